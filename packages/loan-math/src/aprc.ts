import { assert } from './assert.ts';
import { addDays, addMonths, type BusinessDate } from './business-date.ts';
import type { YearFraction } from './day-count.ts';
import { addFixed, ONE, powFixed, subFixed, type Fixed } from './fixed.ts';
import { divideHalfUp } from './money.ts';
import { searchRate, type NoRate } from './rate-search.ts';

/** The units in which the Directive counts time: equal months, weeks of which 52 make a year, years, or days of a year of 365 or 366. */
export type AprcUnit = 'year' | 'month' | 'week' | 'day';

/** A length of time as the Directive writes it: whole units, and days left over in a year of 365 or 366. */
export type AprcInterval = {
  readonly wholeUnits: number;
  readonly unitsPerYear: number;
  readonly days: number;
  /** The year the days left over are counted in. */
  readonly daysInYear: 365 | 366;
};

/** Money at a time in years from the first drawdown; before it, below zero. Drawdowns positive; repayments and charges negative. */
export type AprcFlow = { readonly at: YearFraction; readonly amount: bigint };

export type Aprc =
  | { readonly kind: 'rate'; readonly rate: Fixed; /** Other rates that solve the equation, where its time runs both ways. */ readonly others: readonly Fixed[] }
  | { readonly kind: 'none'; readonly why: NoRate };

const UNITS_PER_YEAR = { year: 1, month: 12, week: 52, day: 365 } as const;
const TICKS_MAX = 1_000_000_000n;

/**
 * The time between two days: whole units counted back from the later, and the days that are left over the length of the year that
 * ends where they end.
 *
 * Units   whole units of `unit`, then days. With `day` there are only days.
 * Throws  InvariantError when `to` is before `from`.
 * Source  docs/specs/aprc.md §2 (EU-002; Directive 2008/48/EC Annex I, remark c; SWD(2012) 128 §4.1.1).
 */
export function aprcInterval(from: BusinessDate, to: BusinessDate, unit: AprcUnit): AprcInterval {
  assert(to >= from, 'an interval ends on or after its first day');
  let wholeUnits = 0;
  let rest = to;
  if (unit === 'week') {
    wholeUnits = Math.floor((to - from) / 7);
    rest = addDays(to, -7 * wholeUnits);
  } else if (unit !== 'day') {
    const months = unit === 'year' ? 12 : 1;
    wholeUnits = Math.max(0, Math.floor((to - from) / (31 * months)) - 1);
    while (addMonths(to, -months * (wholeUnits + 1)) >= from) wholeUnits++;
    rest = addMonths(to, -months * wholeUnits);
  }
  const daysInYear = rest - addMonths(rest, -12) === 366 ? 366 : 365;
  return { wholeUnits, unitsPerYear: UNITS_PER_YEAR[unit], days: rest - from, daysInYear };
}

/** An interval in years. Exact. */
export function yearsOfInterval({ wholeUnits, unitsPerYear, days, daysInYear }: AprcInterval): YearFraction {
  return { numerator: BigInt(wholeUnits * daysInYear + days * unitsPerYear), denominator: BigInt(unitsPerYear * daysInYear) };
}

/**
 * Dated money as flows of the equation. A day before the first drawdown counts back from it.
 *
 * Needs   `drawnOn`, the day of the first drawdown.
 * Source  docs/specs/aprc.md §2 (EU-002).
 */
export function aprcFlows(drawnOn: BusinessDate, unit: AprcUnit, money: readonly { readonly on: BusinessDate; readonly amount: bigint }[]): readonly AprcFlow[] {
  return money.map(({ on, amount }) => {
    const { numerator, denominator } = yearsOfInterval(on < drawnOn ? aprcInterval(on, drawnOn, unit) : aprcInterval(drawnOn, on, unit));
    return { at: { numerator: on < drawnOn ? -numerator : numerator, denominator }, amount };
  });
}

/**
 * The annual percentage rate of charge X: Σ drawdowns / (1 + X)^t = Σ repayments and charges / (1 + X)^s.
 *
 * Units   a fraction a year, compounded; amounts in any whole unit, times in years.
 * Rounds  to within 1e-24; `aprcPercent` rounds for showing.
 * Keeps   of several solutions (a charge before the first drawdown makes a second) the one nearest to nothing counts.
 * Needs   times whose common denominator divides a year into parts of which the flows span at most 10^9.
 * Throws  InvariantError outside `Needs`.
 * Source  docs/specs/aprc.md §1 (EU-002).
 */
export function aprc(flows: readonly AprcFlow[]): Aprc {
  if (flows.length === 0) return { kind: 'none', why: 'same_sign' };
  const ticksAYear = flows.map(({ at }) => lowest(at).denominator).reduce(leastCommonMultiple, 1n);
  const ticks = flows.map(({ at, amount }) => ({ at: (at.numerator * ticksAYear) / at.denominator, amount }));
  const first = ticks.reduce((least, { at }) => (at < least ? at : least), ticks[0]!.at);
  if (ticksAYear > TICKS_MAX || ticks.some(({ at }) => at - first > TICKS_MAX)) assert(false, `times have a common part of a year, of which they span at most ${TICKS_MAX}`);
  const found = searchRate(ticks.map(({ at, amount }) => ({ at: Number(at - first), amount })));
  if (found.kind === 'none') return found;
  const rates = (found.kind === 'one' ? [found.rate] : [...found.rates]).map((rate) => subFixed(powFixed(addFixed(ONE, rate), Number(ticksAYear)), ONE));
  const [rate, ...others] = rates.sort((a, b) => (absolute(a) < absolute(b) ? -1 : 1));
  return { kind: 'rate', rate: rate!, others };
}

/**
 * A rate in percent as the Directive shows it: when the figure after the last shown is 5 or more, that one rises.
 *
 * Rounds  half up.
 * Needs   decimals from 0 to 20; the Directive asks for at least one.
 * Source  docs/specs/aprc.md §3 (Directive 2008/48/EC Annex I, remark d).
 */
export function aprcPercent(rate: Fixed, decimals = 1): string {
  assert(Number.isInteger(decimals) && decimals >= 0 && decimals <= 20, `a percentage has 0 to 20 decimals, got ${decimals}`);
  const scaled = divideHalfUp(rate * 10n ** BigInt(decimals + 2), ONE);
  const digits = absolute(scaled).toString().padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  return `${scaled < 0n ? '-' : ''}${whole}${decimals === 0 ? '' : `.${digits.slice(-decimals)}`}`;
}

const absolute = (value: bigint): bigint => (value < 0n ? -value : value);
const greatestCommonDivisor = (a: bigint, b: bigint): bigint => (b === 0n ? absolute(a) : greatestCommonDivisor(b, a % b));
const leastCommonMultiple = (a: bigint, b: bigint): bigint => (a / greatestCommonDivisor(a, b)) * b;

function lowest({ numerator, denominator }: YearFraction): YearFraction {
  assert(denominator > 0n, 'a length of time has a positive denominator');
  const common = greatestCommonDivisor(numerator, denominator);
  return { numerator: numerator / common, denominator: denominator / common };
}
