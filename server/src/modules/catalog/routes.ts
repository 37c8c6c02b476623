import { productsReply, quoteBody, quoteReply, type ProductReply, type QuoteReply } from '@mingdai/contract';
import { businessDate, type BusinessDate } from '@mingdai/loan-math';
import { dayOf } from '../../kernel/instant.ts';
import { presentDate, presentFen, presentPpm, type RouteScope } from '../../platform/http.ts';
import type { CatalogError } from './errors.ts';
import type { Catalog, ProductOnSale, Quote } from './service.ts';

/** One row per refusal: what is not there is 404, what may not be asked for is 422, what may not be sold now is 409. */
export const catalogStatus = {
  product_not_found: 404,
  product_malformed: 422,
  lender_not_found: 409,
  licence_not_valid: 409,
  licence_out_of_scope: 409,
  product_version_not_next: 409,
  effective_day_not_after: 422,
  method_not_offered: 422,
  term_outside_product: 422,
  amount_outside_product: 422,
  rate_outside_product: 422,
  no_limit_rule: 409,
  above_legal_limit: 422,
  charge_collector_not_allowed: 422,
  interest_deducted_in_advance: 422,
  no_cap_rule: 409,
  price_not_computable: 422,
  price_above_cap: 422,
} as const satisfies Record<CatalogError['code'], number>;

export function catalogRoutes(http: RouteScope, catalog: Catalog): void {
  http.get('/v1/products', {
    config: { access: 'public' },
    schema: { summary: 'What may be borrowed, from whom, and what it costs at least and at most', response: { 200: productsReply } },
  }, async (request, reply) => {
    const today = dayOf(request.at);
    const found = await catalog.products(today);
    return reply.send({ products: found.flatMap((each) => presentProduct(each) ?? []) });
  });

  http.post('/v1/quotes', {
    config: { access: 'public', changesNothing: true },
    schema: { summary: 'What a loan would cost: schedule, yearly cost by every measure, cost sheet. Changes nothing', body: quoteBody, response: { 200: quoteReply } },
  }, async (request, reply) => {
    const { product_code, amount_fen, months, method, annual_rate_ppm, start_on } = request.body;
    const startOn = startDay(start_on, dayOf(request.at));
    const rate = annual_rate_ppm === undefined ? {} : { ratePpm: BigInt(annual_rate_ppm) };
    const quote = await catalog.quote({ productCode: product_code, amount: BigInt(amount_fen), months, method, startOn, ...rate });
    if (!quote.ok) return reply.problem(catalogStatus[quote.error.code], quote.error);
    return reply.send(presentQuote(quote.value));
  });
}

/** `z.iso.date` knows the calendar, so a day that came this far exists. */
const startDay = (text: string | undefined, today: BusinessDate): BusinessDate => (text === undefined ? today : businessDate(text));

/** A product that may no longer be priced as published is not shown: there is no honest figure to show. */
function presentProduct({ product, lender, mayOffer, costs }: ProductOnSale): ProductReply | null {
  if (costs === null) return null;
  const allIn = ({ price }: { readonly price: { readonly irrTimes12Ppm: bigint; readonly datedPpm: bigint } }) => presentPpm(price.irrTimes12Ppm > price.datedPpm ? price.irrTimes12Ppm : price.datedPpm);
  const { cap } = costs.dearest.price;
  return {
    code: product.code,
    version: product.version,
    effective_on: presentDate(product.effectiveOn),
    name: product.name,
    summary: product.summary,
    lender: { code: lender.code, name: lender.name, licence_no: lender.licence.no, licence_kind: lender.licence.kind },
    access: product.access,
    amount: { min_fen: presentFen(product.amount.min), max_fen: presentFen(product.amount.max), step_fen: presentFen(product.amount.step) },
    annual_rate: { min_ppm: presentPpm(product.rate.min), max_ppm: presentPpm(product.rate.max), basis: product.rate.basis },
    all_in_cost: { min_ppm: allIn(costs.lowest), max_ppm: allIn(costs.dearest), cap_ppm: presentPpm(cap.capPpm), cap_rule: cap.rule },
    offerings: product.offerings.map(({ method, months }) => ({ method, months: [...months] })),
    grace_days: product.graceDays,
    overdue: { product_rate_ppm: presentPpm(product.overdueRate), replaces_interest: true },
    prepayment_fee: 'none',
    assumed: [...product.assumed],
    is_on_sale: mayOffer.ok,
  };
}

function presentQuote({ product, startOn, terms, price, sheet }: Quote): QuoteReply {
  const view = structuredClone(sheet) as unknown as QuoteReply['cost_sheet'];
  return {
    product: { code: product.code, version: product.version, name: product.name },
    amount_fen: presentFen(terms.principal),
    months: terms.months,
    method: terms.method,
    annual_rate_ppm: presentPpm(terms.rate),
    start_on: presentDate(startOn),
    annual_cost: view.annual_cost,
    schedule: view.schedule,
    cost_sheet: view,
    warnings: price.warnings.map(({ rule, measure, computedPpm, capPpm }) => ({ rule, measure, computed_ppm: presentPpm(computedPpm), cap_ppm: presentPpm(capPpm) })),
  };
}
