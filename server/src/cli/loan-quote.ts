import {
  annualCostOf, annualRatePpm, assert, formatDate, formatPercent, formatYuan, scheduleOf, validateTerms,
  type AnnualCost, type BusinessDate, type Fen, type Installment, type InterestBasis, type LoanTerms, type TermsRefusal,
} from '@mingdai/loan-math';
import { catalogSeed, type ProductDocument } from '../modules/catalog/index.ts';
import { createCompliance, flowsOf, LENDER_TYPE_OF, type LicenceKind, type PriceRefusal } from '../modules/compliance/index.ts';
import { ok, refuse, type Result } from '../kernel/result.ts';

export type QuoteAsked = {
  readonly product: ProductDocument;
  readonly amount: Fen;
  readonly months: number;
  readonly method: 'level_installment' | 'interest_first';
  readonly ratePpm: bigint;
  readonly basis: InterestBasis;
  readonly startOn: BusinessDate;
};

/** What a loan would cost, by every convention, and whether its lender may charge that. */
export type LoanQuote = QuoteAsked & {
  readonly rows: readonly Installment[];
  readonly cost: AnnualCost;
  readonly cap: { readonly isWithin: true; readonly rule: string; readonly capPpm: bigint } | { readonly isWithin: false; readonly refusal: PriceRefusal };
};

export const productNamed = (code: string): ProductDocument | undefined => catalogSeed.products.findLast((product) => product.code === code);

/**
 * Quotes a loan of any amount, term and price, offered or not: what the law says of the price is part of the answer.
 *
 * Refuses  terms no loan can have.
 * Source   docs/specs/repayment-schedule.md, docs/specs/annual-cost.md, docs/specs/price-cap.md §2.
 */
export function quoteLoan(asked: QuoteAsked): Result<LoanQuote, TermsRefusal> {
  const { product, amount, months, method, ratePpm, basis, startOn } = asked;
  const terms: LoanTerms = {
    principal: amount, method, basis, rate: ratePpm as LoanTerms['rate'], months, termDays: null, dueDay: basis === 'monthly' ? null : product.due_day,
    graceDays: product.grace_days, graceCountsBack: product.grace_counts_back, penaltyRate: annualRatePpm(BigInt(product.overdue_rate_ppm)),
    allocationOrder: product.allocation_order as LoanTerms['allocationOrder'], allocationScope: product.allocation_scope as LoanTerms['allocationScope'],
  };
  const possible = validateTerms(terms);
  if (!possible.ok) return refuse(possible.error);
  const flows = flowsOf(terms, startOn);
  const costs = annualCostOf(flows);
  assert(costs.kind === 'cost', 'a schedule that repays its principal has a yearly cost');
  const lender = catalogSeed.lenders.find(({ code }) => code === product.lender);
  assert(lender !== undefined, `a product has a lender: ${product.lender}`);
  const checked = createCompliance().checkPrice({ stage: 'offering', lenderType: LENDER_TYPE_OF[lender.licence.kind as LicenceKind], on: startOn, months, principal: amount, flows, charges: [] });
  return ok({
    ...asked, rows: scheduleOf(terms, startOn), cost: costs.cost,
    cap: checked.ok ? { isWithin: true, rule: checked.value.cap.rule, capPpm: checked.value.cap.capPpm } : { isWithin: false, refusal: checked.error },
  });
}

const totalOf = (rows: readonly Installment[], part: 'principal' | 'interest'): bigint => rows.reduce((sum, row) => sum + row[part], 0n);

/** The quote as plain JSON: amounts and rates as decimal strings of fen and ppm. */
export function presentQuote(quote: LoanQuote) {
  const { product, amount, months, method, ratePpm, basis, startOn, rows, cost, cap } = quote;
  return {
    product_code: product.code, amount_fen: `${amount}`, months, method, annual_rate_ppm: `${ratePpm}`, basis, start_on: formatDate(startOn),
    schedule: rows.map(({ number, dueOn, principal, interest }) => ({ number, due_on: formatDate(dueOn), principal_fen: `${principal}`, interest_fen: `${interest}`, total_fen: `${principal + interest}` })),
    interest_fen: `${totalOf(rows, 'interest')}`, total_fen: `${amount + totalOf(rows, 'interest')}`,
    annual_cost: {
      irr_times_12_ppm: `${cost.irrTimes12Ppm}`, dated_ppm: `${cost.datedPpm}`, effective_ppm: `${cost.effectivePpm}`, effective_dated_ppm: `${cost.effectiveDatedPpm}`, simple_ppm: `${cost.simplePpm}`,
    },
    cap: cap.isWithin ? { is_within: true, rule: cap.rule, cap_ppm: `${cap.capPpm}` } : { is_within: false, ...cap.refusal },
  };
}

/** The quote as a page of text. */
export function quoteLines(quote: LoanQuote): readonly string[] {
  const { product, amount, months, method, ratePpm, basis, startOn, rows, cost } = quote;
  const line = (...cells: readonly string[]): string => `  ${cells[0]!.padStart(3)}  ${cells[1]!.padEnd(10)}${cells.slice(2).map((cell) => cell.padStart(16)).join('')}`;
  const percent = (words: string, ppm: bigint): string => `  ${words.padEnd(44)}${`${formatPercent(ppm)} %`.padStart(14)}`;
  return [
    `${product.name.en} (${product.name.zh}): ${formatYuan(amount)} yuan over ${months} months, ${method}, ${formatPercent(ratePpm)} % a year (${basis}), from ${formatDate(startOn)}`,
    '', line('', 'due', 'principal', 'interest', 'to pay', 'left'),
    ...rows.map(({ number, dueOn, principal, interest, balance }) => line(String(number), formatDate(dueOn), formatYuan(principal), formatYuan(interest), formatYuan(principal + interest), formatYuan(balance))),
    line('', 'total', formatYuan(amount), formatYuan(totalOf(rows, 'interest')), formatYuan(amount + totalOf(rows, 'interest')), ''),
    '', 'What it costs a year',
    percent('monthly rate × 12 (tested)', cost.irrTimes12Ppm), percent('nominal, by days (tested)', cost.datedPpm),
    percent('effective, by months', cost.effectivePpm), percent('effective, by days', cost.effectiveDatedPpm), percent('simple, on money in use', cost.simplePpm),
    '', capLine(quote),
  ];
}

function capLine({ cap }: LoanQuote): string {
  if (cap.isWithin) return `Within the cap of ${formatPercent(cap.capPpm)} % (${cap.rule}).`;
  const { refusal } = cap;
  if (refusal.code !== 'price_above_cap') return `MAY NOT BE CHARGED: ${refusal.code} (${refusal.rule}).`;
  return `ABOVE THE CAP of ${formatPercent(BigInt(refusal.cap_ppm))} % (${refusal.rule}): ${formatPercent(BigInt(refusal.computed_ppm))} % by ${refusal.measure}.`;
}
