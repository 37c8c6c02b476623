import { exceeds, needRatePpm, ratePpmOf } from './annual-cost-dated.ts';
import type { CostFlows } from './annual-cost-flows.ts';
import { addFixed, fixedOf, ONE, powFixed, ppmOfFixed, subFixed, type Fixed } from './fixed.ts';
import { needCostFlows } from './flow-needs.ts';
import { divideHalfUp } from './money.ts';
import { needBigint, needInteger } from './needs.ts';
import { searchRate, WORTH_UNIT, worthAt, type Flow, type RateSearch } from './rate-search.ts';
import { PPM } from './rate.ts';

export type { CostFlows, CostPayment } from './annual-cost-flows.ts';

/** The yearly cost of a loan by five measures, each in ppm, half up unless it says otherwise. */
export type AnnualCost = {
  /** Monthly internal rate × 12 (近似折算年化利率，单利): installment n counts as n months. */
  readonly irrTimes12Ppm: bigint;
  /** (1 + monthly internal rate)^12 − 1 (复利). */
  readonly effectivePpm: bigint;
  /** All charges ÷ (money in use × time): what the loan costs a year on each yuan while it is in use, act/365. */
  readonly simplePpm: bigint;
  /** Nominal, by dated flows: a day costs a 365th of it on what is out, interest joins the balance when something is paid. Rounded up. */
  readonly datedPpm: bigint;
  /** Compounded, by dated flows: the yearly rate r at which Σ amount / (1 + r)^(days / 365) = 0. */
  readonly effectiveDatedPpm: bigint;
};

export type AnnualCostResult =
  | { readonly kind: 'cost'; readonly cost: AnnualCost }
  /** Nothing received, nothing paid, or less paid back than any rate above −100 % explains. */
  | { readonly kind: 'no_rate' };

const MONTHS = 12;
const YEAR_DAYS = 365;
const RATE_MAX = fixedOf(10n ** 9n);
const PERIODS_MAX = 10_000;

/**
 * What a loan costs a year.
 *
 * Units   ppm a year.
 * Rounds  each measure once: half up, from a rate good to 30 digits; the dated one up, from exact tests.
 * Refuses flows that no rate explains (`no_rate`).
 * Needs   at most 1,200 payments (a hundred years of months), in order, none before the first day; amounts within ±10 trillion yuan.
 * Throws  ArgumentError outside `Needs`.
 * Source  docs/specs/annual-cost.md (RATE-011).
 */
export function annualCostOf(flows: CostFlows): AnnualCostResult {
  needCostFlows(flows);
  const monthly = loanRate(byMonth(flows));
  const daily = loanRate(byDay(flows));
  const simple = simpleCost(flows);
  if (monthly === null || daily === null || simple === null) return { kind: 'no_rate' };
  const dated = ratePpmOf(flows);
  if (dated === null) return { kind: 'no_rate' };
  return {
    kind: 'cost',
    cost: {
      irrTimes12Ppm: ppmOfFixed((monthly * BigInt(MONTHS)) as Fixed),
      effectivePpm: ppmOfFixed(effectiveRate(monthly, MONTHS)),
      simplePpm: simple,
      datedPpm: dated,
      effectiveDatedPpm: ppmOfFixed(effectiveRate(daily, YEAR_DAYS)),
    },
  };
}

/**
 * Whether the loan costs more than a cap, no rounding to ppm hides anything. The law's tests are the first two: monthly rate × 12 and
 * the nominal rate of the dated flows. The third, their compounded rate, is for who wants it.
 */
export type CapTest = { readonly byIrrTimes12: boolean; readonly byDatedFlows: boolean; readonly byEffective: boolean };

/**
 * Tests the cost against a yearly cap: the borrower's flows are worth more than nothing at the cap exactly when their own rate
 * is below it.
 *
 * Needs   flows as `annualCostOf`, with one change of sign (money in, then money out), as every loan here has: of others, the answer is
 *         about their worth at the cap. A cap as the rate of `costsMoreThan`.
 * Throws  ArgumentError outside `Needs`.
 * Source  docs/specs/annual-cost.md §4 (RATE-011).
 */
export function costExceeds(flows: CostFlows, capPpm: bigint): CapTest {
  needCostFlows(flows);
  needRatePpm('capPpm', capPpm, flows);
  const monthlyCap = fixedOf(capPpm, PPM * BigInt(MONTHS));
  const yearlyGrowth = fixedOf(PPM + capPpm, PPM);
  return {
    byIrrTimes12: worthAt(byMonth(flows), monthlyCap) < -WORTH_TOLERANCE,
    byDatedFlows: exceeds(flows, capPpm),
    byEffective: growthExceeds(byDay(flows), yearlyGrowth),
  };
}

/** 10^-20: far above the arithmetic's own error, far below anything money can show. */
const TOLERANCE = ONE / 10n ** 20n;
const WORTH_TOLERANCE = WORTH_UNIT / 10n ** 20n;

function growthExceeds(flows: readonly Flow[], yearlyGrowth: Fixed): boolean {
  const daily = loanRate(flows);
  return daily !== null && powFixed(addFixed(ONE, daily), YEAR_DAYS) > yearlyGrowth + TOLERANCE;
}

/**
 * Flows month by month, the n-th payment after n months. The rate of such flows × 12 is what banks print.
 *
 * Needs   flows as `annualCostOf`.
 * Throws  ArgumentError outside `Needs`.
 */
export function monthlyFlows(flows: CostFlows): readonly Flow[] {
  needCostFlows(flows);
  return byMonth(flows);
}

function byMonth({ received, payments }: CostFlows): readonly Flow[] {
  return [{ at: 0, amount: received }, ...payments.map((payment, index) => ({ at: index + 1, amount: -(payment.principal + payment.charges) }))];
}

/**
 * Flows by day, counted from the first.
 *
 * Needs   flows as `annualCostOf`.
 * Throws  ArgumentError outside `Needs`.
 */
export function datedFlows(flows: CostFlows): readonly Flow[] {
  needCostFlows(flows);
  return byDay(flows);
}

function byDay({ received, receivedOn, payments }: CostFlows): readonly Flow[] {
  return [{ at: 0, amount: received }, ...payments.map(({ dueOn, principal, charges }) => ({ at: dueOn - receivedOn, amount: -(principal + charges) }))];
}

function loanRate(flows: readonly Flow[]): Fixed | null {
  const found: RateSearch = searchRate(flows);
  return found.kind === 'one' ? found.rate : null;
}

/**
 * (1 + rate per period)^periods − 1.
 *
 * Rounds  half up at the 40th digit, after each multiplication.
 * Needs   a rate of −1 to 10^9 a period; 0 to 10,000 periods.
 * Throws  ArgumentError outside `Needs`.
 */
export function effectiveRate(rate: Fixed, periods: number): Fixed {
  needBigint('rate', rate, -ONE, RATE_MAX);
  needInteger('periods', periods, 0, PERIODS_MAX);
  return subFixed(powFixed(addFixed(ONE, rate), periods), ONE);
}

/** Everything paid beyond what was received, over received × (share of principal still out) × time. Null when nothing was in use. */
function simpleCost({ received, receivedOn, payments }: CostFlows): bigint | null {
  const lent = payments.reduce((sum, { principal }) => sum + principal, 0n);
  const paid = payments.reduce((sum, { principal, charges }) => sum + principal + charges, 0n);
  let out = lent;
  let since = receivedOn;
  let inUse = 0n; // Σ principal out × days
  for (const { dueOn, principal } of payments) {
    inUse += out * BigInt(dueOn - since);
    out -= principal;
    since = dueOn;
  }
  if (received <= 0n || inUse <= 0n) return null;
  return divideHalfUp((paid - received) * BigInt(YEAR_DAYS) * PPM * lent, inUse * received);
}
