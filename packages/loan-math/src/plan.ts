import { assert } from './assert.ts';
import { businessDateOf, civilOf, fromCivil, isLeapYear, type BusinessDate } from './business-date.ts';
import { days360, type ThirtyRule } from './day-count.ts';
import { divideHalfUp } from './money.ts';
import { dueDaysOf, firstShift, rolled, type DueLayout } from './plan-days.ts';
import { PPM } from './rate.ts';
import type { InterestBasis, LoanTerms } from './terms.ts';

/** Terms set on the calendar, as they stand after the changes known so far. Before the first one: what the loan is from the day it is paid out. */
export type Plan = {
  readonly terms: LoanTerms;
  readonly disbursedOn: BusinessDate;
  readonly rate: bigint;
  readonly penaltyRate: bigint;
  /** The first day, then every due day. Row n runs from `days[n - 1]` to `days[n]`. */
  readonly days: readonly BusinessDate[];
  /** The same days where they stood before they moved to working days. */
  readonly unrolled: readonly BusinessDate[];
  /** How due days follow from each other. */
  readonly layout: DueLayout;
  /** Denominator of one day's penalty (and of one day's interest with act_360 and act_365): 360 or 365 × 1_000_000. */
  readonly dayBase: bigint;
  /** Whether each day of every period bears the same part of the year: 1 / dayBase. */
  readonly isDayRate: boolean;
  readonly thirty: ThirtyRule | null;
  /** Rows up to these ask no principal, no interest; bear none. */
  readonly graceOnPrincipal: number;
  readonly graceOnInterest: number;
  readonly interestFree: number;
  readonly isPenaltyOnInterest: boolean;
  readonly asksOverdueFee: boolean;
};

export const MONTHS_IN_YEAR = 12n;
export const THIRTY_YEAR = 360n;
/** Of act_act: a day is 366 parts of it in a common year, 365 in a leap year. */
export const ACT_ACT_YEAR = 365n * 366n;

/** Sets terms on the calendar. Needs terms that `validateTerms` accepts. */
export function planOf(terms: LoanTerms, disbursedOn: BusinessDate): Plan {
  const layout = layoutOf(terms, disbursedOn);
  const unrolled = dueDaysOf(layout, disbursedOn);
  return {
    terms, disbursedOn, layout, unrolled,
    rate: terms.rate, penaltyRate: terms.penaltyRate,
    days: terms.dueRoll === undefined ? unrolled : rolled(unrolled, terms.dueRoll),
    dayBase: (terms.basis === 'act_365' || terms.basis === 'act_act' ? 365n : 360n) * PPM,
    isDayRate: terms.basis === 'act_360' || terms.basis === 'act_365',
    thirty: thirtyOf(terms.basis),
    graceOnPrincipal: terms.graceOnPrincipal ?? 0,
    graceOnInterest: terms.graceOnInterest ?? 0,
    interestFree: terms.interestFree ?? 0,
    isPenaltyOnInterest: terms.penaltyOn === 'principal_and_interest',
    asksOverdueFee: terms.fees !== undefined && terms.fees.some((fee) => fee.when === 'overdue'),
  };
}

const thirtyOf = (basis: InterestBasis): ThirtyRule | null => (basis.startsWith('thirty_') ? (basis.slice('thirty_'.length) as ThirtyRule) : null);

function layoutOf(terms: LoanTerms, disbursedOn: BusinessDate): DueLayout {
  if (terms.method === 'any_time') {
    assert(terms.termDays !== null, 'a loan repayable at any time has a term in days');
    const origin = businessDateOf(disbursedOn + terms.termDays);
    return { origin, before: 1, last: 1, shift: 0, anchor: civilOf(origin).day };
  }
  const anchor = terms.dueDay ?? civilOf(disbursedOn).day;
  return { origin: disbursedOn, before: 0, last: terms.months, shift: firstShift(terms, disbursedOn, anchor), anchor };
}

export const lastRow = (plan: Plan): number => plan.days.length - 1;

/**
 * The fixed denominator of interest inside row `row`: one day's interest on a balance is
 * balance × rate × `periodWeight` / denominator. With `monthly` that makes the whole row's interest balance × rate / 12.
 */
export function periodDenominator(plan: Plan, row: number): bigint {
  if (plan.isDayRate) return plan.dayBase;
  const { basis } = plan.terms;
  if (basis === 'act_act') return ACT_ACT_YEAR * PPM;
  return (basis === 'monthly' ? MONTHS_IN_YEAR : THIRTY_YEAR) * PPM * BigInt(plan.days[row]! - plan.days[row - 1]!);
}

/** The weight of each day of row `row`; with act_act that of its first day. */
export function periodWeight(plan: Plan, row: number): bigint {
  if (plan.isDayRate) return 1n;
  if (plan.thirty !== null) return BigInt(thirtyDays(plan, plan.unrolled[row - 1]!, plan.unrolled[row]!));
  return plan.terms.basis === 'act_act' ? yearWeight(civilOf(plan.days[row - 1]!).year) : 1n;
}

/** Days of a period with months of 30 days. */
export function thirtyDays(plan: Plan, from: BusinessDate, to: BusinessDate): number {
  const days = days360(from, to, plan.thirty!, plan.unrolled[lastRow(plan)]!);
  return days < 0 ? 0 : days;
}

export const yearWeight = (year: number): bigint => (isLeapYear(year) ? 365n : 366n);

/** The 1 January after a day. */
export const nextYear = (day: BusinessDate): BusinessDate => fromCivil(civilOf(day).year + 1, 1, 1);

/** Σ of the weights of all days of row `row`. */
function wholeWeight(plan: Plan, row: number): bigint {
  if (row <= plan.interestFree) return 0n;
  const [from, to] = [plan.days[row - 1]!, plan.days[row]!];
  if (plan.terms.basis !== 'act_act') return periodWeight(plan, row) * BigInt(to - from);
  let weight = 0n;
  for (let day = from; day < to; ) {
    const border = nextYear(day);
    const end = border < to ? border : to;
    weight += yearWeight(civilOf(day).year) * BigInt(end - day);
    day = end;
  }
  return weight;
}

/** Interest of the whole of row `row` on an unchanged balance. Rounds once, half up. */
export function wholePeriodInterest(plan: Plan, row: number, balance: bigint): bigint {
  if (row <= plan.interestFree) return 0n;
  if (plan.isDayRate) return divideHalfUp(balance * plan.rate * BigInt(plan.days[row]! - plan.days[row - 1]!), plan.dayBase);
  if (plan.terms.basis === 'monthly') return divideHalfUp(balance * plan.rate, MONTHS_IN_YEAR * PPM);
  return divideHalfUp(balance * plan.rate * wholeWeight(plan, row), periodDenominator(plan, row));
}

/** How a row that is under way grows a balance: by (denominator + units) / denominator. */
export type Growth = { readonly denominator: bigint; readonly units: bigint };

/**
 * The amount of principal and interest (level installment) or of principal (level principal) that, asked at the end of each row from
 * `fromRow` on that repays principal, would repay `balance` exactly. `first`: how row `fromRow` grows it, when it is under way.
 *
 * Units   fen.
 * Rounds  once, half up: the fraction is exact before that.
 * Keeps   all rows equal over the real lengths of their periods; with `monthly`, P·r·(1+r)ⁿ / ((1+r)ⁿ − 1).
 * Source  docs/specs/repayment-schedule.md §2, §5.
 */
export function levelAmount(plan: Plan, fromRow: number, balance: bigint, first: Growth | null = null): bigint {
  const { rate, terms, interestFree } = plan;
  if (terms.method !== 'level_installment' && terms.method !== 'level_principal') return 0n;
  const last = lastRow(plan);
  const from = fromRow <= plan.graceOnPrincipal ? plan.graceOnPrincipal + 1 : fromRow;
  const underWay = from === fromRow ? first : null;
  const rows = BigInt(last - from + 1);
  if (terms.method === 'level_principal' || (rate === 0n && underWay === null)) return divideHalfUp(balance, rows);
  if (terms.basis === 'monthly' && underWay === null && interestFree < from) {
    const whole = MONTHS_IN_YEAR * PPM;
    const grown = (whole + rate) ** rows;
    return divideHalfUp(balance * rate * grown, whole * (grown - whole ** rows));
  }
  const isPlain = plan.isDayRate && underWay === null && interestFree < from;
  return isPlain ? levelByDays(plan, from, balance) : levelByGrowth(plan, from, { balance, underWay });
}

/** balance = level × Σₖ Πⱼ≤ₖ dⱼ/gⱼ with gⱼ = dⱼ + rate × weight of row j, brought over the one denominator Π gⱼ. */
function levelByGrowth(plan: Plan, from: number, { balance, underWay }: { readonly balance: bigint; readonly underWay: Growth | null }): bigint {
  let [grown, weights, flat] = [1n, 0n, 1n];
  for (let row = from; row < plan.days.length; row++) {
    const { denominator, units } = row === from && underWay !== null ? underWay : growthOf(plan, row);
    grown *= denominator + units;
    flat *= denominator;
    weights = weights * (denominator + units) + flat;
  }
  return divideHalfUp(balance * grown, weights);
}

/** The same where every day of every row bears alike. */
function levelByDays({ days, dayBase, rate }: Plan, from: number, balance: bigint): bigint {
  let [grown, weights, flat] = [1n, 0n, 1n];
  for (let row = from; row < days.length; row++) {
    const growth = dayBase + rate * BigInt(days[row]! - days[row - 1]!);
    grown *= growth;
    flat *= dayBase;
    weights = weights * growth + flat;
  }
  return divideHalfUp(balance * grown, weights);
}

/** How row `row` grows a balance from its first day to its last. */
function growthOf(plan: Plan, row: number): Growth {
  if (plan.terms.basis === 'monthly') return { denominator: MONTHS_IN_YEAR * PPM, units: row <= plan.interestFree ? 0n : plan.rate };
  return { denominator: periodDenominator(plan, row), units: plan.rate * wholeWeight(plan, row) };
}

/**
 * What row `row` asks as principal, given the interest it bears: all that is left in the last row, nothing earlier with interest first or in
 * a grace on principal.
 */
export function plannedPrincipal(plan: Plan, row: number, ask: { readonly level: bigint; readonly interest: bigint; readonly balance: bigint }): bigint {
  if (row === plan.days.length - 1) return ask.balance;
  const { method } = plan.terms;
  if (row <= plan.graceOnPrincipal || (method !== 'level_installment' && method !== 'level_principal')) return 0n;
  const share = method === 'level_principal' ? ask.level : ask.level - ask.interest;
  return share < 0n ? 0n : share > ask.balance ? ask.balance : share;
}

/** What a row asks that begins with `balance`: its interest, with what earlier rows left to be asked later, unless it leaves all that too. */
export type PlannedRow = { readonly principal: bigint; readonly interest: bigint; readonly carriedOn: bigint };

export function plannedRow(plan: Plan, row: number, begins: { readonly level: bigint; readonly balance: bigint; readonly carried: bigint }): PlannedRow {
  const { level, balance, carried } = begins;
  const own = wholePeriodInterest(plan, row, balance);
  const principal = plannedPrincipal(plan, row, { level, interest: own, balance });
  const interest = own + carried;
  return leavesInterest(plan, row, balance - principal) ? { principal, interest: 0n, carriedOn: interest } : { principal, interest, carriedOn: 0n };
}

/** Whether a row asks its interest later: in the grace on interest, while principal is left to ask it with. */
export const leavesInterest = (plan: Plan, row: number, balanceAfter: bigint): boolean => row <= plan.graceOnInterest && balanceAfter > 0n;
