import { ArgumentError } from './assert.ts';
import type { BusinessDate } from './business-date.ts';
import { monthsAway, needDay, needDaysInOrder } from './calendar.ts';
import type { YearFraction } from './day-count.ts';
import { addFixed, fixedOf, ONE, powFixed, subFixed, type Fixed } from './fixed.ts';
import { divideHalfUp } from './money.ts';
import { needBigint, needInteger, needList, needObject, needOneOf } from './needs.ts';
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
const UNITS: readonly AprcUnit[] = ['year', 'month', 'week', 'day'];
/** A year of 52 weeks, of 365 and of 366 days at once has under 7 million common parts; beyond 10^7 powers lose too many digits. */
const TICKS_A_YEAR_MAX = 10_000_000n;
const TICKS_MAX = 1_000_000_000n;
/** Thirty years of days, in one loan. */
const FLOWS_MAX = 10_000;
const AMOUNT_MAX = 10n ** 100n;
const DENOMINATOR_MAX = 1_000_000_000n;
/** Ten thousand years. */
const YEARS_MAX = 10_000n;
const DAYS_MAX = 3_660_000;
const UNITS_MAX = 530_000;
/** Growth a year beyond which a rate is algebra and no price: 10^40. */
const GROWTH_MOST = fixedOf(10n ** 40n);
const SHOWN_MAX = fixedOf(10n ** 41n);
const GROWTH_BITS = Math.log2(10) * 40;

/**
 * The time between two days: whole units counted back from the later, and the days that are left over the length of the year that
 * ends where they end.
 *
 * Units   whole units of `unit`, then days. With `day` there are only days.
 * Needs   days in the years 1 to 9999, `to` not before `from`; `unit` one of `AprcUnit`.
 * Throws  ArgumentError outside `Needs`.
 * Source  docs/specs/aprc.md §2 (EU-002; Directive 2008/48/EC Annex I, remark c; SWD(2012) 128 §4.1.1).
 */
export function aprcInterval(from: BusinessDate, to: BusinessDate, unit: AprcUnit): AprcInterval {
  needDaysInOrder(from, to);
  needOneOf('unit', unit, UNITS);
  let wholeUnits = 0;
  let rest: number = to;
  if (unit === 'week') {
    wholeUnits = Math.floor((to - from) / 7);
    rest = to - 7 * wholeUnits;
  } else if (unit !== 'day') {
    const months = unit === 'year' ? 12 : 1;
    wholeUnits = Math.floor((to - from) / (31 * months));
    while (monthsAway(to, -months * (wholeUnits + 1)) >= from) wholeUnits++;
    rest = monthsAway(to, -months * wholeUnits);
  }
  const daysInYear = rest - monthsAway(rest, -12) === 366 ? 366 : 365;
  return { wholeUnits, unitsPerYear: UNITS_PER_YEAR[unit], days: rest - from, daysInYear };
}

/**
 * An interval in years. Exact.
 *
 * Needs   an interval of at most ten thousand years, in whole numbers from 0; a year of 1 to 366 units, and of 365 or 366 days.
 * Throws  ArgumentError outside `Needs`.
 */
export function yearsOfInterval(interval: AprcInterval): YearFraction {
  needObject('interval', interval);
  const { wholeUnits, unitsPerYear, days, daysInYear } = interval;
  needInteger('interval.wholeUnits', wholeUnits, 0, UNITS_MAX);
  needInteger('interval.unitsPerYear', unitsPerYear, 1, 366);
  needInteger('interval.days', days, 0, DAYS_MAX);
  needInteger('interval.daysInYear', daysInYear, 365, 366);
  return { numerator: BigInt(wholeUnits * daysInYear + days * unitsPerYear), denominator: BigInt(unitsPerYear * daysInYear) };
}

/**
 * Dated money as flows of the equation. A day before the first drawdown counts back from it.
 *
 * Needs   `drawnOn`, the day of the first drawdown; `unit` one of `AprcUnit`; at most 10,000 entries of money, within ±10^100, on days in
 *         the years 1 to 9999.
 * Throws  ArgumentError outside `Needs`.
 * Source  docs/specs/aprc.md §2 (EU-002).
 */
export function aprcFlows(drawnOn: BusinessDate, unit: AprcUnit, money: readonly { readonly on: BusinessDate; readonly amount: bigint }[]): readonly AprcFlow[] {
  needDay('drawnOn', drawnOn);
  needOneOf('unit', unit, UNITS);
  needList('money', money, FLOWS_MAX);
  return Array.from(money, (entry, index) => {
    needObject(`money[${index}]`, entry);
    const { on, amount } = entry;
    needDay(`money[${index}].on`, on);
    needBigint(`money[${index}].amount`, amount, -AMOUNT_MAX, AMOUNT_MAX);
    const { numerator, denominator } = yearsOfInterval(on < drawnOn ? aprcInterval(on, drawnOn, unit) : aprcInterval(drawnOn, on, unit));
    return { at: { numerator: on < drawnOn ? -numerator : numerator, denominator }, amount };
  });
}

/**
 * The annual percentage rate of charge X: Σ drawdowns / (1 + X)^t = Σ repayments and charges / (1 + X)^s.
 *
 * Units   a fraction a year, compounded; amounts in any whole unit, times in years.
 * Rounds  to within 1e-22; `aprcPercent` rounds for showing.
 * Keeps   of several solutions (a charge before the first drawdown makes a second) the one nearest to nothing counts.
 *         A solution beyond 10^40 is none (`out_of_range`): it is algebra and no price.
 * Needs   at most 10,000 flows; amounts within ±10^100; times within ten thousand years, as fractions over 1 to 10^9, whose common
 *         denominator divides a year into at most 10^7 parts of which the flows span at most 10^9: a power of more takes too long.
 * Throws  ArgumentError outside `Needs`.
 * Source  docs/specs/aprc.md §1 (EU-002).
 */
export function aprc(flows: readonly AprcFlow[]): Aprc {
  const ticksAYear = partsOfYear(flows);
  if (flows.length === 0) return { kind: 'none', why: 'same_sign' };
  const ticks = flows.map(({ at, amount }) => ({ at: (at.numerator * ticksAYear) / at.denominator, amount }));
  const first = ticks.reduce((least, { at }) => (at < least ? at : least), ticks[0]!.at);
  const span = ticks.reduce((most, { at }) => (at - first > most ? at - first : most), 0n);
  if (span > TICKS_MAX) throw new ArgumentError('flows', flows, `times whose common part of a year, 1/${ticksAYear}, is in their span at most ${TICKS_MAX} times`);
  const found = searchRate(ticks.map(({ at, amount }) => ({ at: Number(at - first), amount })));
  if (found.kind === 'none') return found;
  const rates = (found.kind === 'one' ? [found.rate] : [...found.rates]).flatMap((rate) => yearly(rate, ticksAYear));
  const [rate, ...others] = rates.sort((a, b) => (absolute(a) < absolute(b) ? -1 : 1));
  return rate === undefined ? { kind: 'none', why: 'out_of_range' } : { kind: 'rate', rate, others };
}

/** Checks flows, and finds the part of a year that all their times are whole numbers of. */
function partsOfYear(flows: readonly AprcFlow[]): bigint {
  needList('flows', flows, FLOWS_MAX);
  let parts = 1n;
  for (let index = 0; index < flows.length; index++) {
    const flow: AprcFlow | undefined = flows[index];
    needObject(`flows[${index}]`, flow);
    needObject(`flows[${index}].at`, flow!.at);
    const { at, amount } = flow!;
    needBigint(`flows[${index}].amount`, amount, -AMOUNT_MAX, AMOUNT_MAX);
    needBigint(`flows[${index}].at.denominator`, at.denominator, 1n, DENOMINATOR_MAX);
    needBigint(`flows[${index}].at.numerator`, at.numerator, -YEARS_MAX * at.denominator, YEARS_MAX * at.denominator);
    parts = leastCommonMultiple(parts, at.denominator / greatestCommonDivisor(at.numerator, at.denominator));
    if (parts > TICKS_A_YEAR_MAX) throw new ArgumentError(`flows[${index}].at`, at, `a time with the others of which a common part of a year is at least 1/${TICKS_A_YEAR_MAX}`);
  }
  return parts;
}

/** The rate a year, where it is one. */
function yearly(rate: Fixed, ticksAYear: bigint): readonly Fixed[] {
  const growth = addFixed(ONE, rate);
  if (Math.log2(Number(growth) / 1e40) * Number(ticksAYear) > GROWTH_BITS + 1) return [];
  const grown = powFixed(growth, Number(ticksAYear));
  return grown > GROWTH_MOST ? [] : [subFixed(grown, ONE)];
}

/**
 * A rate in percent as the Directive shows it: when the figure after the last shown is 5 or more, that one rises.
 *
 * Rounds  half up.
 * Needs   `rate` a fixed number within ±10^41; `decimals` 0 to 20, of which the Directive asks for at least one.
 * Throws  ArgumentError outside `Needs`.
 * Source  docs/specs/aprc.md §3 (Directive 2008/48/EC Annex I, remark d).
 */
export function aprcPercent(rate: Fixed, decimals = 1): string {
  needBigint('rate', rate, -SHOWN_MAX, SHOWN_MAX);
  needInteger('decimals', decimals, 0, 20);
  const scaled = divideHalfUp(rate * 10n ** BigInt(decimals + 2), ONE);
  const digits = absolute(scaled).toString().padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  return `${scaled < 0n ? '-' : ''}${whole}${decimals === 0 ? '' : `.${digits.slice(-decimals)}`}`;
}

const absolute = (value: bigint): bigint => (value < 0n ? -value : value);
const greatestCommonDivisor = (a: bigint, b: bigint): bigint => (b === 0n ? absolute(a) : greatestCommonDivisor(b, a % b));
const leastCommonMultiple = (a: bigint, b: bigint): bigint => (a / greatestCommonDivisor(a, b)) * b;
