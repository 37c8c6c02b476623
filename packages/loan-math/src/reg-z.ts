import { assert } from './assert.ts';
import { addFixed, divFixed, fixedOf, mulFixed, ONE, powFixed, type Fixed } from './fixed.ts';
import type { UnitPeriods } from './reg-z-periods.ts';

/** Money at unit-periods from the first advance. Amounts above zero, in any whole unit. */
export type RegZFlow = { readonly at: UnitPeriods; readonly amount: bigint };

export type RegZLoan = {
  /** How many unit-periods make a year: 12 months, 52 weeks, 365/42 terms of 42 days. */
  readonly unitPeriodsPerYear: { readonly numerator: bigint; readonly denominator: bigint };
  readonly advances: readonly RegZFlow[];
  readonly payments: readonly RegZFlow[];
};

export type RegZApr =
  | { readonly kind: 'rate'; readonly apr: Fixed }
  /** Nothing advanced or nothing paid, or no rate from −99.99 % to a millionfold a unit-period does it. */
  | { readonly kind: 'none'; readonly why: 'nothing_advanced' | 'nothing_paid' | 'out_of_range' };

const RATE_MOST = fixedOf(1_000_000n);
const RATE_LEAST = fixedOf(-9_999n, 10_000n);
const CLOSE = ONE / 10n ** 32n;
const STEPS = 400;
const FLOWS_MAX = 10_000;
const PERIODS_MAX = 20_000;

/**
 * The annual percentage rate by the actuarial method: w × i, where i per unit-period solves
 * Σ advance / ((1 + e·i)(1 + i)^q) = Σ payment / ((1 + f·i)(1 + i)^t), whole unit-periods compounding and odd fractions simple.
 *
 * Units   a fraction a year, nominal.
 * Rounds  to within 1e-28; `aprcPercent` shows it.
 * Keeps   ends after a bounded number of steps. Where advances and payments alternate so that several rates do it, the one answered
 *         is the first from zero upwards (downwards when less is paid than advanced).
 * Needs   at most 10,000 flows, at most 20,000 unit-periods, fractions from 0 to 1, amounts from 0.
 * Throws  InvariantError outside `Needs`.
 * Source  docs/specs/reg-z.md §1 (12 CFR 1026 Appendix J (b)).
 */
export function regZApr({ unitPeriodsPerYear, advances, payments }: RegZLoan): RegZApr {
  check(advances, payments);
  const total = (flows: readonly RegZFlow[]): bigint => flows.reduce((sum, { amount }) => sum + amount, 0n);
  const [advanced, paid] = [total(advances), total(payments)];
  if (advanced === 0n) return { kind: 'none', why: 'nothing_advanced' };
  if (paid === 0n) return { kind: 'none', why: 'nothing_paid' };
  const worth = worthOf(advances, payments);
  const bracket = paid === advanced ? ([0n, 0n] as unknown as Bracket) : bracketOf(worth, paid > advanced);
  if (bracket === null) return { kind: 'none', why: 'out_of_range' };
  const rate = closeIn(worth, bracket);
  return { kind: 'rate', apr: ((rate * unitPeriodsPerYear.numerator) / unitPeriodsPerYear.denominator) as Fixed };
}

function check(advances: readonly RegZFlow[], payments: readonly RegZFlow[]): void {
  if (advances.length + payments.length > FLOWS_MAX) assert(false, `a loan has at most ${FLOWS_MAX} advances and payments`);
  for (const { at: { whole, odd }, amount } of [...advances, ...payments]) {
    if (amount < 0n) assert(false, `an amount is not below zero, got ${amount}`);
    if (!Number.isInteger(whole) || whole < 0 || whole > PERIODS_MAX) assert(false, `whole unit-periods are from 0 to ${PERIODS_MAX}, got ${whole}`);
    if (odd.denominator <= 0n || odd.numerator < 0n || odd.numerator > odd.denominator) assert(false, `an odd part of a unit-period is from 0 to 1, got ${odd.numerator}/${odd.denominator}`);
  }
}

/** Advances less payments at a rate, both at the first day, and how fast that rises with the rate. */
type Worth = (rate: Fixed) => { readonly value: bigint; readonly slope: bigint };

function worthOf(advances: readonly RegZFlow[], payments: readonly RegZFlow[]): Worth {
  const terms = [...advances.map((flow) => termOf(flow, 1n)), ...payments.map((flow) => termOf(flow, -1n))].sort((a, b) => a.whole - b.whole);
  return (rate) => {
    const discount = divFixed(ONE, addFixed(ONE, rate));
    const simple = new Map<Fixed, Fixed>();
    let [value, slope] = [0n, 0n];
    let [at, power] = [0, ONE];
    for (const { whole, odd, amount } of terms) {
      if (whole !== at) power = mulFixed(power, whole - at === 1 ? discount : powFixed(discount, whole - at));
      at = whole;
      let share = simple.get(odd);
      if (share === undefined) simple.set(odd, (share = divFixed(ONE, addFixed(ONE, mulFixed(odd, rate)))));
      const now = amount * (odd === 0n ? power : mulFixed(power, share));
      value += now;
      slope -= (now * (mulFixed(odd, share) + BigInt(whole) * discount)) / ONE;
    }
    return { value, slope };
  };
}

const termOf = ({ at: { whole, odd }, amount }: RegZFlow, sign: 1n | -1n) => ({ whole, odd: fixedOf(odd.numerator, odd.denominator), amount: amount * sign });

type Bracket = readonly [low: Fixed, high: Fixed];

/** From zero on, by steps that grow by half, until the sign of what is left changes. */
function bracketOf(worth: Worth, isUp: boolean): Bracket | null {
  let near: bigint = 0n;
  for (let step = ONE / 1000n, i = 0; i < STEPS; i++, step += step / 2n) {
    const far: bigint = isUp ? near + step : near - step > RATE_LEAST ? near - step : RATE_LEAST;
    const { value } = worth(far as Fixed);
    if (isUp ? value > 0n : value < 0n) return (isUp ? [near, far] : [far, near]) as unknown as Bracket;
    if (isUp ? far > RATE_MOST : far === RATE_LEAST) return null;
    near = far;
  }
  return null;
}

/** Worth is below zero at the low end and above at the high: Newton's step while it stays between and falls, halving otherwise. */
function closeIn(worth: Worth, [low, high]: Bracket): Fixed {
  let [below, above] = [low, high];
  let rate = ((low + high) >> 1n) as Fixed;
  let width = above - below;
  for (let step = 0; step < STEPS && above - below > CLOSE; step++) {
    const { value, slope } = worth(rate);
    if (value === 0n) return rate;
    if (value < 0n) below = rate;
    else above = rate;
    const next = slope === 0n ? below : ((rate - (value * ONE) / slope) as Fixed);
    const move = next > rate ? next - rate : rate - next;
    const isGood = next > below && next < above && move * 2n <= width;
    [rate, width] = isGood ? [next, move] : [((below + above) >> 1n) as Fixed, above - below];
    if (isGood && move <= CLOSE) return rate;
  }
  return rate;
}

/**
 * The finance charge on each 100 of amount financed over equal monthly payments, as the tables of annual percentage rates print it.
 *
 * Units   in 100ths of the same unit as the 100: 124 is 1.24 %.
 * Rounds  half up at the 40th digit.
 * Needs   apr above 0, payments from 1 to 20,000.
 * Source  docs/specs/reg-z.md §3 (Regulation Z, Volume I tables).
 */
export function financeChargePer100(apr: Fixed, payments: number): Fixed {
  assert(apr > 0n && Number.isInteger(payments) && payments >= 1 && payments <= PERIODS_MAX, `a table has a rate above zero and 1 to ${PERIODS_MAX} payments`);
  const rate = (apr / 12n) as Fixed;
  const annuity = divFixed(rate, (ONE - powFixed(divFixed(ONE, addFixed(ONE, rate)), payments)) as Fixed);
  return (100n * (annuity * BigInt(payments) - ONE)) as Fixed;
}
