import type { FundingShare } from '@mingdai/loan-math';
import { assert } from '@mingdai/loan-math';
import { derivedId } from '../../../kernel/ids.ts';
import { dayOf, instant, type Instant } from '../../../kernel/instant.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { checkRate, mayLend, partyOf, priceLoan, type CatalogError, type Lender, type Priced, type ProductVersion } from '../../catalog/index.ts';
import { sheetHash } from '../../compliance/index.ts';
import type { Application } from '../domain/application.ts';
import type { Offer } from '../domain/offer.ts';
import type { OriginationDeps } from './deps.ts';

const DAY_MS = 86_400_000;

type Priceable = Extract<Application, { readonly pricePpm: bigint }>;
export type OnSale = { readonly product: ProductVersion; readonly lender: Lender };

/**
 * The product as it was when the person applied (a later version is for those who apply later), and its lender as known now:
 * the licence must hold today.
 */
export async function onSale(deps: OriginationDeps, app: Application, at: Instant): Promise<Result<OnSale, CatalogError>> {
  const { months, method } = app.request;
  const applied = await deps.catalog.offerable({ productCode: app.productCode, amount: amountOf(app), months, method, startOn: dayOf(app.submittedAt) });
  if (!applied.ok) return applied;
  const { product } = applied.value;
  const lender = await deps.catalog.lender(product.lender, dayOf(at));
  if (lender === null) return refuse({ code: 'lender_not_found', lender: product.lender });
  const licensed = mayLend(lender, product.scope, dayOf(at));
  return licensed.ok ? ok({ product, lender }) : licensed;
}

/** What is lent: what was asked for, at most the limit. */
export const amountOf = (app: Application): bigint => ('limitFen' in app && app.limitFen < app.request.amountFen ? app.limitFen : app.request.amountFen);

/** Terms, overdue rate and cap check for the day: at offering, and again at signing. */
export function priceOn(deps: OriginationDeps, app: Priceable, { product, lender }: OnSale, when: { readonly at: Instant; readonly stage: 'offering' | 'signing' }): Result<Priced, CatalogError> {
  const rate = checkRate(product, app.pricePpm);
  if (!rate.ok) return rate;
  const { months, method } = app.request;
  return priceLoan(deps.compliance, { product, lender, request: { amount: amountOf(app), months, method }, rate: rate.value, startOn: dayOf(when.at), stage: when.stage });
}

type ToOffer = { readonly shares: readonly FundingShare[]; readonly routing: string; readonly version: number; readonly at: Instant; readonly expiresAt?: Instant };

/**
 * The offer for today, with its cost sheet. `version` counts the sheets of one application: opened on another day, the due days
 * are others, and so is the sheet.
 */
export async function makeOffer(deps: OriginationDeps, app: Priceable, { shares, routing, version, at, expiresAt }: ToOffer): Promise<Result<Offer, CatalogError>> {
  const sale = await onSale(deps, app, at);
  if (!sale.ok) return sale;
  const { product, lender } = sale.value;
  const priced = priceOn(deps, app, sale.value, { at, stage: 'offering' });
  if (!priced.ok) return priced;
  const parties = [partyOf(lender), ...(await deps.funding.parties(shares.map(({ funder }) => funder).filter((code) => code !== lender.code), dayOf(at)))];
  const lawful = deps.compliance.checkShares(shares, dayOf(at));
  assert(lawful.ok, `routing keeps to the law on joint lending: ${lawful.ok ? '' : JSON.stringify(lawful.error)}`);
  const { terms, price, penalty } = priced.value;
  const sheet = deps.compliance.costSheet({
    kind: 'offer', version,
    product: { code: product.code, version: product.version, name_zh: product.name.zh, name_en: product.name.en },
    lender: partyOf(lender), parties, shares, terms, disbursedOn: dayOf(at), price, penalty,
  });
  return ok({
    id: derivedId('off', app.id, String(version)), shard: app.shard, applicationId: app.id, decisionId: app.decisionId,
    productCode: product.code, productVersion: product.version, lender: lender.code,
    terms, shares, routing, price, sheet, sheetHash: sheetHash(sheet), minimumReadingSeconds: deps.minimumReadingSeconds,
    madeAt: at, expiresAt: expiresAt ?? instant(at + product.offerValidDays * DAY_MS),
  });
}
