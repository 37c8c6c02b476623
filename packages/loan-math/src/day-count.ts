import { ArgumentError } from './assert.ts';
import { addMonths, type BusinessDate, type CivilDay } from './business-date.ts';
import { civilOfDay, dayOf, DAYS_MAX, isLeap, lengthOfMonth, monthsAway, needDay, needDaysInOrder } from './calendar.ts';
import { needInteger, needObject } from './needs.ts';

/** A length of time in years, exact. Not in lowest terms. */
export type YearFraction = { readonly numerator: bigint; readonly denominator: bigint };

/** Rules that count days as if every month had 30. They differ in what they do at the ends of months. */
export type ThirtyRule = 'bond_basis' | 'us' | 'european' | 'isda' | 'european_plus' | 'excel_nasd';

/**
 * Days from `from` to `to` with months of 30 days; below zero when `to` is before `from`.
 *
 * Needs   days in the years 1 to 9999; `rule` one of `ThirtyRule`; `termination` a day or null, and a day with `isda` where `to` may
 *         end the deal: there the last day of February does not move to the 30th.
 * Throws  ArgumentError outside `Needs`.
 * Source  docs/specs/day-count.md §2.
 */
export function days360(from: BusinessDate, to: BusinessDate, rule: ThirtyRule, termination: BusinessDate | null = null): number {
  needDay('from', from);
  needDay('to', to);
  if (termination !== null) needDay('termination', termination);
  const start = civilOfDay(from);
  const end = civilOfDay(to);
  const days = { start: start.day, end: end.day };
  switch (rule) {
    case 'bond_basis':
      if (days.start === 31) days.start = 30;
      if (days.end === 31 && days.start === 30) days.end = 30;
      break;
    case 'us':
      if (endsFebruary(start) && endsFebruary(end)) days.end = 30;
      if (endsFebruary(start) || days.start === 31) days.start = 30;
      if (days.end === 31 && days.start === 30) days.end = 30;
      break;
    case 'european':
      days.start = Math.min(days.start, 30);
      days.end = Math.min(days.end, 30);
      break;
    case 'isda':
      if (endsMonth(start)) days.start = 30;
      if (endsMonth(end) && !(end.month === 2 && to === termination)) days.end = 30;
      break;
    case 'european_plus':
      days.start = Math.min(days.start, 30);
      break; // an end on the 31st is the 1st of the next month, which is the same count
    case 'excel_nasd':
      if (endsFebruary(start) || days.start === 31) days.start = 30;
      if (days.end === 31 && days.start === 30) days.end = 30;
      break;
    default:
      return unknown('rule', rule, 'bond_basis, us, european, isda, european_plus or excel_nasd');
  }
  return (end.year - start.year) * 360 + (end.month - start.month) * 30 + days.end - days.start;
}

const endsMonth = ({ year, month, day }: CivilDay): boolean => day === lengthOfMonth(year, month);
const endsFebruary = (civil: CivilDay): boolean => civil.month === 2 && endsMonth(civil);

const fractionOf = (numerator: number, denominator: number): YearFraction => ({ numerator: BigInt(numerator), denominator: BigInt(denominator) });

/** Conventions that need nothing but the two days. */
export type DayCount =
  | '30/360_bond_basis' | '30/360_us' | '30E/360' | '30E+/360'
  | 'act/360' | 'act/365F' | 'nl/365' | 'act/act_isda' | 'act/act_afb';

/**
 * The years from `from` to `to` by a convention.
 *
 * Units   an exact fraction of a year; the first day counts, the last does not.
 * Needs   days in the years 1 to 9999, `to` not before `from`; `convention` one of `DayCount`.
 * Throws  ArgumentError outside `Needs`.
 * Source  docs/specs/day-count.md (REPAY-001).
 */
export function yearFraction(from: BusinessDate, to: BusinessDate, convention: DayCount): YearFraction {
  needDaysInOrder(from, to);
  switch (convention) {
    case '30/360_bond_basis': return fractionOf(days360(from, to, 'bond_basis'), 360);
    case '30/360_us': return fractionOf(days360(from, to, 'us'), 360);
    case '30E/360': return fractionOf(days360(from, to, 'european'), 360);
    case '30E+/360': return fractionOf(days360(from, to, 'european_plus'), 360);
    case 'act/360': return fractionOf(to - from, 360);
    case 'act/365F': return fractionOf(to - from, 365);
    case 'nl/365': return fractionOf(to - from - leapDaysAfter(from, to), 365);
    case 'act/act_isda': return actActIsda(from, to);
    case 'act/act_afb': return actActAfb(from, to);
    default: return unknown('convention', convention, 'one of DayCount, such as act/365F');
  }
}

/** How many 29ths of February lie after `from` up to and including `to`. */
function leapDaysAfter(from: number, to: number): number {
  let count = 0;
  for (let year = civilOfDay(from).year; year <= civilOfDay(to).year; year++) {
    if (!isLeap(year)) continue;
    const leapDay = dayOf(year, 2, 29);
    if (leapDay > from && leapDay <= to) count++;
  }
  return count;
}

/** Days in leap years / 366 + days in other years / 365. */
function actActIsda(from: number, to: number): YearFraction {
  let [inLeap, inOther] = [0, 0];
  for (let year = civilOfDay(from).year; year <= civilOfDay(to).year; year++) {
    const days = Math.min(to, dayOf(year + 1, 1, 1)) - Math.max(from, dayOf(year, 1, 1));
    if (isLeap(year)) inLeap += days;
    else inOther += days;
  }
  return fractionOf(inLeap * 365 + inOther * 366, 365 * 366);
}

/** Whole years counted back from the end; what is left over 366 when it holds a 29th of February, else over 365. */
function actActAfb(from: number, to: number): YearFraction {
  let years = 0;
  while (monthsAway(to, -12 * (years + 1)) >= from) years++;
  const rest = monthsAway(to, -12 * years);
  const base = leapDaysAfter(from - 1, rest - 1) > 0 ? 366 : 365;
  return fractionOf(years * base + (rest - from), base);
}

/** A coupon period is a month to a year long; a fortnight stands for a month. */
const ISMA_DAYS_MIN = 14;
const ISMA_DAYS_MAX = 366;

/**
 * Act/Act ISMA (ICMA): every coupon period is an equal part of a year, days count inside theirs.
 *
 * Needs   days in the years 1 to 9999, `to` not before `from`; `reference` one regular period of 14 to 366 days that ends on or after
 *         `to`: earlier ones are stepped off it by its length in months.
 * Throws  ArgumentError outside `Needs`.
 * Source  docs/specs/day-count.md §4.
 */
export function actActIsma(from: BusinessDate, to: BusinessDate, reference: { readonly start: BusinessDate; readonly end: BusinessDate }): YearFraction {
  needDaysInOrder(from, to);
  needObject('reference', reference);
  needDay('reference.start', reference.start);
  needDay('reference.end', reference.end);
  const length = reference.end - reference.start;
  if (length < ISMA_DAYS_MIN || length > ISMA_DAYS_MAX) throw new ArgumentError('reference.end', reference.end, `${ISMA_DAYS_MIN} to ${ISMA_DAYS_MAX} days after reference.start`);
  if (reference.end < to) throw new ArgumentError('reference.end', reference.end, `on or after to, ${to}`);
  const months = Math.max(1, Math.round((12 * length) / 365));
  // Days inside periods of one length add up before they become a fraction: there are few lengths, and many periods.
  const inside = new Map<number, number>();
  let end: number = reference.end;
  for (let back = 1; end > from; back++) {
    const start = back === 1 ? reference.start : monthsAway(reference.start, -months * (back - 1));
    const days = Math.max(0, Math.min(to, end) - Math.max(from, start));
    if (days > 0) inside.set(end - start, (inside.get(end - start) ?? 0) + days);
    end = start;
  }
  // inside / length of the period, of which 12 / months make a year.
  return [...inside].reduce((total, [period, days]) => sumOf(total, fractionOf(days * months, 12 * period)), fractionOf(0, 1));
}

const sumOf = (a: YearFraction, b: YearFraction): YearFraction => ({
  numerator: a.numerator * b.denominator + b.numerator * a.denominator,
  denominator: a.denominator * b.denominator,
});

/**
 * Excel's YEARFRAC. Basis 0: US 30/360, 1: actual/actual in Excel's own way, 2: act/360, 3: act/365, 4: European 30/360.
 *
 * Units   an exact fraction of a year, never below zero: the days come in any order.
 * Needs   days in the years 1 to 9999; `basis` 0 to 4.
 * Throws  ArgumentError outside `Needs`.
 * Source  docs/specs/day-count.md §3.
 */
export function excelYearFrac(a: BusinessDate, b: BusinessDate, basis: 0 | 1 | 2 | 3 | 4): YearFraction {
  needDay('a', a);
  needDay('b', b);
  const [from, to] = a <= b ? [a, b] : [b, a];
  switch (basis) {
    case 0: return fractionOf(days360(from, to, 'us'), 360);
    case 1: return excelActAct(from, to);
    case 2: return fractionOf(to - from, 360);
    case 3: return fractionOf(to - from, 365);
    case 4: return fractionOf(days360(from, to, 'european'), 360);
    default: return unknown('basis', basis, '0 to 4');
  }
}

/** Up to a year apart: over 366 when a leap day is near, else 365. Further: over the mean length of the calendar years touched. */
function excelActAct(from: number, to: number): YearFraction {
  const [start, end] = [civilOfDay(from), civilOfDay(to)];
  if (to <= monthsAway(from, 12)) {
    const isSameLeapYear = start.year === end.year && isLeap(start.year);
    const hasLeapDay = leapDaysAfter(from - 1, to) > 0;
    return fractionOf(to - from, isSameLeapYear || hasLeapDay ? 366 : 365);
  }
  const years = end.year - start.year + 1;
  return fractionOf((to - from) * years, dayOf(end.year + 1, 1, 1) - dayOf(start.year, 1, 1));
}

/**
 * Excel's EDATE: the same day of a month `months` away, or that month's last day. It forgets the day it came from.
 *
 * Needs   as `addMonths`.
 * Throws  ArgumentError outside `Needs`.
 */
export const edate = (date: BusinessDate, months: number): BusinessDate => addMonths(date, months);

/**
 * Excel's EOMONTH: the last day of the month `months` away.
 *
 * Needs   as `addMonths`.
 * Throws  ArgumentError outside `Needs`.
 */
export const eomonth = (date: BusinessDate, months: number): BusinessDate => addMonths(date, months, 31);

/** A hundred years. */
const ANCHORED_MAX = 1200;

/**
 * `count` monthly days after `from` that keep its day of month: 31 Jan, 29 Feb, 31 Mar.
 *
 * Needs   `from` and the last of them in the years 1 to 9999; `count` 0 to 1200 (a hundred years); `anchorDay` 1 to 31.
 * Throws  ArgumentError outside `Needs`.
 * Source  docs/specs/day-count.md §5.
 */
export function anchoredMonths(from: BusinessDate, count: number, anchorDay?: number): readonly BusinessDate[] {
  needDay('from', from);
  if (anchorDay !== undefined) needInteger('anchorDay', anchorDay, 1, 31);
  needInteger('count', count, 0, ANCHORED_MAX);
  if (monthsAway(from, count, anchorDay) > DAYS_MAX) throw new ArgumentError('count', count, 'months that end within the year 9999');
  return Array.from({ length: count }, (_, index) => monthsAway(from, index + 1, anchorDay) as BusinessDate);
}

function unknown(argument: string, value: never, bound: string): never {
  throw new ArgumentError(argument, value, bound);
}
