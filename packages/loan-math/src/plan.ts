import { assert } from './assert.ts';
import { addMonths, businessDateOf, civilOf, type BusinessDate } from './business-date.ts';
import { divideHalfUp } from './money.ts';
import { PPM } from './rate.ts';
import type { LoanTerms } from './terms.ts';

/** Terms set on the calendar: what a loan is from the day it is paid out, before anybody pays anything. */
export type Plan = {
  readonly terms: LoanTerms;
  readonly disbursedOn: BusinessDate;
  /** The day of disbursement, then every due day. Row n runs from `days[n - 1]` to `days[n]`. */
  readonly days: readonly BusinessDate[];
  /** Denominator of one day's penalty (and of one day's interest with an act basis): 360 or 365 × 1_000_000. */
  readonly dayBase: bigint;
};

const MONTHS_IN_YEAR = 12n;

/** Sets terms on the calendar. Needs terms that `validateTerms` accepts. */
export function planOf(terms: LoanTerms, disbursedOn: BusinessDate): Plan {
  const dayBase = (terms.basis === 'act_365' ? 365n : 360n) * PPM;
  return { terms, disbursedOn, days: daysOf(terms, disbursedOn), dayBase };
}

function daysOf(terms: LoanTerms, disbursedOn: BusinessDate): BusinessDate[] {
  if (terms.method === 'any_time') {
    assert(terms.termDays !== null, 'a loan repayable at any time has a term in days');
    return [disbursedOn, businessDateOf(disbursedOn + terms.termDays)];
  }
  const anchor = terms.dueDay ?? civilOf(disbursedOn).day;
  const days = [disbursedOn];
  for (let month = 1; month <= terms.months; month++) days.push(addMonths(disbursedOn, month, anchor));
  return days;
}

/**
 * The fixed denominator of interest inside row `row`: one day's interest on a balance is
 * balance × rate / denominator. With `monthly` that makes the whole row's interest balance × rate / 12.
 */
export function periodDenominator(plan: Plan, row: number): bigint {
  return plan.terms.basis === 'monthly' ? MONTHS_IN_YEAR * PPM * BigInt(plan.days[row]! - plan.days[row - 1]!) : plan.dayBase;
}

/** Interest of the whole of row `row` on an unchanged balance. Rounds once, half up. */
export function wholePeriodInterest(plan: Plan, row: number, balance: bigint): bigint {
  if (plan.terms.basis === 'monthly') return divideHalfUp(balance * plan.terms.rate, MONTHS_IN_YEAR * PPM);
  return divideHalfUp(balance * plan.terms.rate * BigInt(plan.days[row]! - plan.days[row - 1]!), plan.dayBase);
}

/**
 * The amount that, asked at the end of each row from `fromRow` on, would repay `balance` exactly.
 *
 * Units   fen.
 * Rounds  once, half up: the fraction is exact before that.
 * Keeps   all rows equal over the real lengths of their periods; with `monthly`, P·r·(1+r)ⁿ / ((1+r)ⁿ − 1).
 * Source  docs/specs/repayment-schedule.md §2.
 */
export function levelAmount(plan: Plan, fromRow: number, balance: bigint): bigint {
  const { rate, basis, months } = plan.terms;
  const rows = BigInt(months - fromRow + 1);
  if (rate === 0n) return divideHalfUp(balance, rows);
  if (basis === 'monthly') {
    const whole = MONTHS_IN_YEAR * PPM;
    const grown = (whole + rate) ** rows;
    return divideHalfUp(balance * rate * grown, whole * (grown - whole ** rows));
  }
  // balance = level × Σₖ Πⱼ≤ₖ base/gⱼ with gⱼ = base + rate × days of row j, brought over the one denominator Π gⱼ.
  let grown = 1n;
  let weights = 0n;
  let flat = 1n;
  for (let row = fromRow; row <= months; row++) {
    const growth = plan.dayBase + rate * BigInt(plan.days[row]! - plan.days[row - 1]!);
    grown *= growth;
    flat *= plan.dayBase;
    weights = weights * growth + flat;
  }
  return divideHalfUp(balance * grown, weights);
}

/** What row `row` asks as principal, given its interest: all that is left in the last row, nothing earlier with interest first. */
export function plannedPrincipal(plan: Plan, row: number, ask: { readonly level: bigint; readonly interest: bigint; readonly balance: bigint }): bigint {
  if (row === plan.days.length - 1) return ask.balance;
  if (plan.terms.method !== 'level_installment') return 0n;
  const share = ask.level - ask.interest;
  return share < 0n ? 0n : share > ask.balance ? ask.balance : share;
}
