import { annualRatePpm, assert, businessDate, fen, formatDate, type AnnualRatePpm, type BusinessDate, type Component, type Fen, type InterestBasis, type LoanTerms, type RepaymentMethod } from '@mingdai/loan-math';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { CatalogError } from '../errors.ts';
import type { BothLanguages } from './lender.ts';

/** One version of a product: never edited. A change is the next version, from its day on. */
export type ProductVersion = {
  readonly code: string;
  readonly version: number;
  readonly effectiveOn: BusinessDate;
  readonly name: BothLanguages;
  readonly summary: BothLanguages;
  readonly lender: string;
  /** What of a licence it needs. */
  readonly scope: string;
  readonly access: 'whitelist' | 'open' | 'at_payment';
  readonly amount: { readonly min: Fen; readonly max: Fen; readonly step: Fen };
  readonly rate: { readonly min: AnnualRatePpm; readonly max: AnnualRatePpm; readonly basis: InterestBasis };
  readonly offerings: readonly { readonly method: RepaymentMethod; readonly months: readonly number[] }[];
  readonly dueDay: number | null;
  readonly graceDays: number;
  readonly graceCountsBack: boolean;
  /** The product's own overdue figure; a contract gets at most what the law leaves of it. */
  readonly overdueRate: AnnualRatePpm;
  readonly allocationOrder: readonly Component[];
  readonly allocationScope: LoanTerms['allocationScope'];
  readonly offerValidDays: number;
  readonly assumed: readonly string[];
};

/** A product version as plain JSON: how it is written down, stored and hashed. */
export type ProductDocument = {
  readonly code: string;
  readonly version: number;
  readonly effective_on: string;
  readonly name: BothLanguages;
  readonly summary: BothLanguages;
  readonly lender: string;
  readonly scope: string;
  readonly access: string;
  readonly amount: { readonly min_fen: string; readonly max_fen: string; readonly step_fen: string };
  readonly annual_rate: { readonly min_ppm: string; readonly max_ppm: string; readonly basis: string };
  readonly offerings: readonly { readonly method: string; readonly months: readonly number[] }[];
  readonly due_day: number | null;
  readonly grace_days: number;
  readonly grace_counts_back: boolean;
  readonly overdue_rate_ppm: string;
  readonly allocation_order: readonly string[];
  readonly allocation_scope: string;
  readonly offer_valid_days: number;
  readonly assumed: readonly string[];
};

/** Reads a product version. Refuses product_malformed naming the field. */
export function productFrom(document: ProductDocument): Result<ProductVersion, CatalogError> {
  const flaw = flawOf(document);
  if (flaw !== null) return refuse({ code: 'product_malformed', ...flaw });
  const { amount, annual_rate: rate } = document;
  return ok({
    code: document.code,
    version: document.version,
    effectiveOn: businessDate(document.effective_on),
    name: document.name,
    summary: document.summary,
    lender: document.lender,
    scope: document.scope,
    access: document.access as ProductVersion['access'],
    amount: { min: fen(BigInt(amount.min_fen)), max: fen(BigInt(amount.max_fen)), step: fen(BigInt(amount.step_fen)) },
    rate: { min: annualRatePpm(BigInt(rate.min_ppm)), max: annualRatePpm(BigInt(rate.max_ppm)), basis: rate.basis as InterestBasis },
    offerings: document.offerings as ProductVersion['offerings'],
    dueDay: document.due_day,
    graceDays: document.grace_days,
    graceCountsBack: document.grace_counts_back,
    overdueRate: annualRatePpm(BigInt(document.overdue_rate_ppm)),
    allocationOrder: document.allocation_order as readonly Component[],
    allocationScope: document.allocation_scope as LoanTerms['allocationScope'],
    offerValidDays: document.offer_valid_days,
    assumed: document.assumed,
  });
}

const WORDS = {
  access: ['whitelist', 'open', 'at_payment'],
  basis: ['monthly', 'act_360', 'act_365'],
  method: ['level_installment', 'interest_first'],
  component: ['fee', 'penalty', 'interest', 'principal'],
  scope: ['installment_first', 'component_first'],
} as const;

const isAmount = (text: string): boolean => /^[1-9]\d{0,14}$/.test(text);
const isRate = (text: string): boolean => /^(0|[1-9]\d{0,6})$/.test(text);
const oneOf = (words: readonly string[], word: string): boolean => words.includes(word);

/** The first thing wrong with a product document, or null. */
function flawOf(document: ProductDocument): { readonly field: string; readonly why: string } | null {
  const { amount, annual_rate: rate, offerings, allocation_order: order } = document;
  const amountsFit = [amount.min_fen, amount.max_fen, amount.step_fen].every(isAmount);
  const ratesFit = [rate.min_ppm, rate.max_ppm, document.overdue_rate_ppm].every(isRate);
  const checks: readonly (readonly [boolean, string, string])[] = [
    [/^[a-z][a-z0-9_]{0,59}$/.test(document.code), 'code', 'a product code is snake_case'],
    [Number.isInteger(document.version) && document.version >= 1, 'version', 'versions count from 1'],
    [isDay(document.effective_on), 'effective_on', 'a day is YYYY-MM-DD'],
    [document.name.zh !== '' && document.name.en !== '', 'name', 'a product has a name in both languages'],
    [oneOf(WORDS.access, document.access), 'access', `access is ${WORDS.access.join(', ')}`],
    [amountsFit && BigInt(amount.min_fen) <= BigInt(amount.max_fen), 'amount', 'amounts are positive fen, the least not above the most'],
    [ratesFit && BigInt(rate.min_ppm) <= BigInt(rate.max_ppm), 'annual_rate', 'rates are ppm, the lowest not above the highest'],
    [oneOf(WORDS.basis, rate.basis), 'annual_rate.basis', `basis is ${WORDS.basis.join(', ')}`],
    [offerings.length > 0 && offerings.every(({ method, months }) => oneOf(WORDS.method, method) && months.length > 0 && months.every((n) => Number.isInteger(n) && n >= 1 && n <= 480)), 'offerings', `each offering has a method (${WORDS.method.join(', ')}) and terms`],
    [new Set(offerings.map(({ method }) => method)).size === offerings.length, 'offerings', 'a method is listed once'],
    [document.due_day === null || (Number.isInteger(document.due_day) && document.due_day >= 1 && document.due_day <= 31), 'due_day', 'a due day is 1 to 31'],
    [Number.isInteger(document.grace_days) && document.grace_days >= 0 && document.grace_days <= 90, 'grace_days', 'grace is 0 to 90 days'],
    [order.length === WORDS.component.length && WORDS.component.every((component) => order.includes(component)), 'allocation_order', 'every component once'],
    [oneOf(WORDS.scope, document.allocation_scope), 'allocation_scope', `scope is ${WORDS.scope.join(', ')}`],
    [Number.isInteger(document.offer_valid_days) && document.offer_valid_days >= 1 && document.offer_valid_days <= 30, 'offer_valid_days', 'an offer is valid 1 to 30 days'],
  ];
  const wrong = checks.find(([holds]) => !holds);
  return wrong === undefined ? null : { field: wrong[1], why: wrong[2] };
}

function isDay(text: string): boolean {
  try {
    return businessDate(text) !== undefined;
  } catch {
    return false;
  }
}

/** What somebody asks of a product. */
export type LoanRequest = { readonly amount: bigint; readonly months: number; readonly method: RepaymentMethod };

/**
 * Whether a product is offered like this.
 *
 * Refuses method_not_offered, term_outside_product, amount_outside_product: with field, value and bound.
 */
export function checkRequest(product: ProductVersion, { amount, months, method }: LoanRequest): Result<'offered', CatalogError> {
  const offering = product.offerings.find((each) => each.method === method);
  if (offering === undefined) return refuse({ code: 'method_not_offered', field: 'method', value: method, bound: product.offerings.map((each) => each.method) });
  if (!offering.months.includes(months)) return refuse({ code: 'term_outside_product', field: 'months', value: months, bound: offering.months });
  const { min, max, step } = product.amount;
  if (amount < min || amount > max || amount % step !== 0n) {
    return refuse({ code: 'amount_outside_product', field: 'amount_fen', value: `${amount}`, bound: { min_fen: `${min}`, max_fen: `${max}`, step_fen: `${step}` } });
  }
  return ok('offered');
}

/** Whether a price is within a product's band. Refuses rate_outside_product. */
export function checkRate(product: ProductVersion, ratePpm: bigint): Result<AnnualRatePpm, CatalogError> {
  const { min, max } = product.rate;
  if (ratePpm >= min && ratePpm <= max) return ok(annualRatePpm(ratePpm));
  return refuse({ code: 'rate_outside_product', field: 'annual_rate_ppm', value: `${ratePpm}`, bound: { min_ppm: `${min}`, max_ppm: `${max}` } });
}

/** The terms of a loan of this product. Needs a request and a rate that were checked, and the overdue rate the law leaves. */
export function termsOf(product: ProductVersion, request: LoanRequest, rates: { readonly rate: AnnualRatePpm; readonly penaltyRate: AnnualRatePpm }): LoanTerms {
  assert(request.method !== 'any_time', 'a product with installments has no loan repayable at any time');
  return {
    principal: fen(request.amount),
    method: request.method,
    basis: product.rate.basis,
    rate: rates.rate,
    months: request.months,
    termDays: null,
    dueDay: product.dueDay,
    graceDays: product.graceDays,
    graceCountsBack: product.graceCountsBack,
    penaltyRate: rates.penaltyRate,
    allocationOrder: product.allocationOrder,
    allocationScope: product.allocationScope,
  };
}

/** The product version as it is stored. `productFrom` of it is the same version. */
export const productDocument = (product: ProductVersion): ProductDocument => ({
  code: product.code,
  version: product.version,
  effective_on: formatDate(product.effectiveOn),
  name: product.name,
  summary: product.summary,
  lender: product.lender,
  scope: product.scope,
  access: product.access,
  amount: { min_fen: `${product.amount.min}`, max_fen: `${product.amount.max}`, step_fen: `${product.amount.step}` },
  annual_rate: { min_ppm: `${product.rate.min}`, max_ppm: `${product.rate.max}`, basis: product.rate.basis },
  offerings: product.offerings,
  due_day: product.dueDay,
  grace_days: product.graceDays,
  grace_counts_back: product.graceCountsBack,
  overdue_rate_ppm: `${product.overdueRate}`,
  allocation_order: product.allocationOrder,
  allocation_scope: product.allocationScope,
  offer_valid_days: product.offerValidDays,
  assumed: product.assumed,
});
