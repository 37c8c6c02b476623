import { annualRatePpm, assert, formatDate, type BusinessDate, type RepaymentMethod } from '@mingdai/loan-math';
import { system, type By } from '../../kernel/actor.ts';
import { startOf } from '../../kernel/instant.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import type { Db, Funnel, FunnelRefusal } from '../../platform/tx.ts';
import { LENDER_TYPE_OF, type Compliance, type CostSheet } from '../compliance/index.ts';
import { lenderFrom, mayLend, type Lender, type LenderDocument } from './domain/lender.ts';
import { checkRate, checkRequest, productDocument, productFrom, type LoanRequest, type ProductDocument, type ProductVersion } from './domain/product.ts';
import { priceLoan, quoteSheet, type Priced } from './pricing.ts';
import type { CatalogError } from './errors.ts';
import * as repository from './repository.ts';

export type CatalogDeps = { readonly db: Db; readonly funnel: Funnel; readonly compliance: Compliance };

export type QuoteRequest = { readonly productCode: string; readonly amount: bigint; readonly months: number; readonly method: RepaymentMethod; readonly ratePpm?: bigint; readonly startOn: BusinessDate };
export type Quote = { readonly product: ProductVersion; readonly startOn: BusinessDate; readonly sheet: CostSheet } & Priced;

/** A product on a day: the version that holds, its lender, and whether the lender may make new offers of it. */
export type ProductOnSale = { readonly product: ProductVersion; readonly lender: Lender; readonly mayOffer: Result<'may_lend', CatalogError>; readonly costs: { readonly lowest: Priced; readonly dearest: Priced } | null };

export interface Catalog {
  /** The version of a product that holds on a day, or null. */
  productVersion(code: string, on: BusinessDate): Promise<ProductVersion | null>;
  products(on: BusinessDate): Promise<readonly ProductOnSale[]>;
  /** A lender as known on a day, or null. */
  lender(code: string, on: BusinessDate): Promise<Lender | null>;
  /** Makes the next version of a product, once every offering is within the cap at the dearest price. */
  publish(draft: ProductDocument, by: By): Promise<Result<ProductVersion, CatalogError | FunnelRefusal>>;
  /** Writes down what is known of a lender from a day on: a licence that ends, a scope that changes. */
  recordLender(document: LenderDocument, knownFrom: BusinessDate, by: By): Promise<Result<Lender, CatalogError | FunnelRefusal>>;
  /** Whether a loan may be offered on a day like this: product, licence, request. The same checks for a quote and an application. */
  offerable(request: Omit<QuoteRequest, 'ratePpm'>): Promise<Result<{ readonly product: ProductVersion; readonly lender: Lender }, CatalogError>>;
  /** Pure but for reading the catalogue. */
  quote(request: QuoteRequest): Promise<Result<Quote, CatalogError>>;
}

export function createCatalog(deps: CatalogDeps): Catalog {
  return {
    productVersion: (code, on) => productVersion(deps, code, on),
    products: (on) => products(deps, on),
    lender: (code, on) => lender(deps, code, on),
    publish: (draft, by) => publish(deps, draft, by),
    recordLender: (document, knownFrom, by) => recordLender(deps, { document, knownFrom, by }),
    offerable: (request) => offerable(deps, request),
    quote: (request) => quote(deps, request),
  };
}

async function productVersion({ db }: CatalogDeps, code: string, on: BusinessDate): Promise<ProductVersion | null> {
  const document = await repository.productOn(db, code, on);
  return document === null ? null : stored(document);
}

async function lender({ db }: CatalogDeps, code: string, on: BusinessDate): Promise<Lender | null> {
  const document = await repository.lenderOn(db, code, on);
  return document === null ? null : lenderFrom(document, LENDER_TYPE_OF);
}

function stored(document: ProductDocument): ProductVersion {
  const product = productFrom(document);
  assert(product.ok, `a version that was published can be read: ${document.code} ${document.version}`);
  return product.value;
}

async function offerable(deps: CatalogDeps, { productCode, amount, months, method, startOn }: Omit<QuoteRequest, 'ratePpm'>): Promise<Result<{ product: ProductVersion; lender: Lender }, CatalogError>> {
  const product = await productVersion(deps, productCode, startOn);
  if (product === null) return refuse({ code: 'product_not_found', product_code: productCode });
  const lends = await lender(deps, product.lender, startOn);
  if (lends === null) return refuse({ code: 'lender_not_found', lender: product.lender });
  const licensed = mayLend(lends, product.scope, startOn);
  if (!licensed.ok) return licensed;
  const offered = checkRequest(product, { amount, months, method });
  return offered.ok ? ok({ product, lender: lends }) : offered;
}

async function quote(deps: CatalogDeps, asked: QuoteRequest): Promise<Result<Quote, CatalogError>> {
  const found = await offerable(deps, asked);
  if (!found.ok) return found;
  const { product, lender: lends } = found.value;
  const rate = asked.ratePpm === undefined ? ok(product.rate.max) : checkRate(product, asked.ratePpm);
  if (!rate.ok) return rate;
  const { amount, months, method, startOn } = asked;
  const toPrice = { product, lender: lends, request: { amount, months, method }, rate: rate.value, startOn, stage: 'offering' } as const;
  const priced = priceLoan(deps.compliance, toPrice);
  if (!priced.ok) return priced;
  return ok({ product, startOn, sheet: quoteSheet(deps.compliance, toPrice, priced.value), ...priced.value });
}

async function products(deps: CatalogDeps, on: BusinessDate): Promise<readonly ProductOnSale[]> {
  const documents = await repository.productsOn(deps.db, on);
  return Promise.all(documents.map(async (document) => {
    const product = stored(document);
    const lends = await lender(deps, product.lender, on);
    assert(lends !== null, `a published product has a lender: ${product.lender}`);
    return { product, lender: lends, mayOffer: mayLend(lends, product.scope, on), costs: costsOf(deps, product, { lender: lends, on }) };
  }));
}

/** What the cheapest and the dearest loan of a product cost a year; null when a price of it may no longer be offered. */
function costsOf({ compliance }: CatalogDeps, product: ProductVersion, { lender: lends, on }: { readonly lender: Lender; readonly on: BusinessDate }): ProductOnSale['costs'] {
  const [{ method, months }] = product.offerings as [ProductVersion['offerings'][number]];
  const request: LoanRequest = { amount: product.amount.max, months: months[0]!, method };
  const at = (ppm: bigint) => priceLoan(compliance, { product, lender: lends, request, rate: annualRatePpm(ppm), startOn: on, stage: 'offering' });
  const [lowest, dearest] = [at(product.rate.min), at(product.rate.max)];
  return lowest.ok && dearest.ok ? { lowest: lowest.value, dearest: dearest.value } : null;
}

async function publish(deps: CatalogDeps, draft: ProductDocument, by: By): Promise<Result<ProductVersion, CatalogError | FunnelRefusal>> {
  const command = { name: 'catalog.publish', key: by.key, input: draft, actor: by.actor, at: by.at, shard: 0 };
  const done = await deps.funnel.run<ProductDocument, CatalogError>(command, async (tx) => {
    const product = productFrom(draft);
    if (!product.ok) return product;
    const lenderDocument = await repository.lenderOn(tx, draft.lender, product.value.effectiveOn);
    if (lenderDocument === null) return refuse({ code: 'lender_not_found', lender: draft.lender });
    const gate = mayPublish(deps.compliance, product.value, lenderFrom(lenderDocument, LENDER_TYPE_OF));
    if (!gate.ok) return gate;
    const last = await repository.lastVersion(tx, draft.code);
    const expected = (last?.version ?? 0) + 1;
    if (draft.version !== expected) return refuse({ code: 'product_version_not_next', product_code: draft.code, version: draft.version, expected });
    if (last !== null && draft.effective_on <= last.effective_on) return refuse({ code: 'effective_day_not_after', product_code: draft.code, effective_on: draft.effective_on, after: last.effective_on });
    const isNew = await repository.insertProductVersion(tx, { document: draft, priceCheck: gate.value, at: by.at, by: by.actor.id });
    if (!isNew) return refuse({ code: 'product_version_not_next', product_code: draft.code, version: draft.version, expected: expected + 1 });
    tx.tell({ type: 'product_version_published', shard: 0, subject: draft.code, payload: { product_code: draft.code, version: draft.version, effective_on: draft.effective_on } });
    return ok(productDocument(product.value));
  });
  return done.ok ? ok(stored(done.value)) : done;
}

/** The gate at publishing: licence, legal limits, and the cap at the top of the band for every method, term and both ends of the amount (G2). */
function mayPublish(compliance: Compliance, product: ProductVersion, lends: Lender): Result<readonly unknown[], CatalogError> {
  const licensed = mayLend(lends, product.scope, product.effectiveOn);
  if (!licensed.ok) return licensed;
  const checks: unknown[] = [];
  for (const { method, months } of product.offerings) {
    for (const term of months) {
      for (const amount of [product.amount.min, product.amount.max]) {
        const request = { amount, months: term, method };
        const priced = priceLoan(compliance, { product, lender: lends, request, rate: product.rate.max, startOn: product.effectiveOn, stage: 'publishing' });
        if (!priced.ok) return priced;
        checks.push({ ...request, ...priced.value.price });
      }
    }
  }
  return ok(checks);
}

type ToRecord = { readonly document: LenderDocument; readonly knownFrom: BusinessDate; readonly by: By };

async function recordLender(deps: CatalogDeps, { document, knownFrom, by }: ToRecord): Promise<Result<Lender, CatalogError | FunnelRefusal>> {
  const read = lenderFrom(document, LENDER_TYPE_OF);
  const command = { name: 'catalog.record_lender', key: by.key, input: { document, knownFrom: formatDate(knownFrom) }, actor: by.actor, at: by.at, shard: 0 };
  const done = await deps.funnel.run<'recorded', CatalogError>(command, async (tx) => {
    await repository.insertLender(tx, { document, knownFrom, at: by.at });
    return ok('recorded');
  });
  return done.ok ? ok(read) : done;
}

/** What a fresh database starts with. */
export type Seed = { readonly lenders: readonly LenderDocument[]; readonly products: readonly ProductDocument[] };

/**
 * Brings a database to hold the seed: writes what is missing, changes nothing that is there. Products pass the same gate as any other.
 *
 * Throws  when the seed says something else than a version that was published, or when a product of it may not be sold.
 */
export async function seedCatalog(catalog: Catalog, seed: Seed, on: BusinessDate): Promise<void> {
  const by = (key: string): By => ({ key: `seed/${key}`, actor: system('seed'), at: startOf(on) });
  for (const document of seed.lenders) {
    const knownFrom = lenderFrom(document, LENDER_TYPE_OF).licence.validFrom;
    const done = await catalog.recordLender(document, knownFrom, by(`lender/${document.code}`));
    if (!done.ok) throw new Error(`the seed's lender ${document.code} is not the one on record: ${JSON.stringify(done.error)}`);
  }
  for (const draft of seed.products) {
    const done = await catalog.publish(draft, by(`product/${draft.code}/${draft.version}`));
    if (!done.ok) throw new Error(`the seed's product ${draft.code} version ${draft.version} is refused: ${JSON.stringify(done.error)}`);
  }
}
