import { assert } from './assert.ts';
import { addMonths, civilOf, daysInMonth, fromCivil, isLeapYear, type BusinessDate, type CivilDay } from './business-date.ts';

/** A length of time in years, exact. Not in lowest terms. */
export type YearFraction = { readonly numerator: bigint; readonly denominator: bigint };

/** Rules that count days as if every month had 30. They differ in what they do at the ends of months. */
export type ThirtyRule = 'bond_basis' | 'us' | 'european' | 'isda' | 'european_plus' | 'excel_nasd';

/**
 * Days from `from` to `to` with months of 30 days.
 *
 * Needs   `termination` with `isda`: the last day of February moves to the 30th unless it ends the deal.
 * Source  docs/specs/day-count.md §2.
 */
export function days360(from: BusinessDate, to: BusinessDate, rule: ThirtyRule, termination: BusinessDate | null = null): number {
  const start = civilOf(from);
  const end = civilOf(to);
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
      return unreachable(rule);
  }
  return (end.year - start.year) * 360 + (end.month - start.month) * 30 + days.end - days.start;
}

const endsMonth = ({ year, month, day }: CivilDay): boolean => day === daysInMonth(year, month);
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
 * Throws  InvariantError when `to` is before `from`.
 * Source  docs/specs/day-count.md (REPAY-001).
 */
export function yearFraction(from: BusinessDate, to: BusinessDate, convention: DayCount): YearFraction {
  assert(to >= from, 'a period ends on or after its first day');
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
    default: return unreachable(convention);
  }
}

/** How many 29ths of February lie after `from` up to and including `to`. */
function leapDaysAfter(from: BusinessDate, to: BusinessDate): number {
  let count = 0;
  for (let year = civilOf(from).year; year <= civilOf(to).year; year++) {
    if (!isLeapYear(year)) continue;
    const leapDay = fromCivil(year, 2, 29);
    if (leapDay > from && leapDay <= to) count++;
  }
  return count;
}

/** Days in leap years / 366 + days in other years / 365. */
function actActIsda(from: BusinessDate, to: BusinessDate): YearFraction {
  let [inLeap, inOther] = [0, 0];
  for (let year = civilOf(from).year; year <= civilOf(to).year; year++) {
    const days = Math.min(to, fromCivil(year + 1, 1, 1)) - Math.max(from, fromCivil(year, 1, 1));
    if (isLeapYear(year)) inLeap += days;
    else inOther += days;
  }
  return fractionOf(inLeap * 365 + inOther * 366, 365 * 366);
}

/** Whole years counted back from the end; what is left over 366 when it holds a 29th of February, else over 365. */
function actActAfb(from: BusinessDate, to: BusinessDate): YearFraction {
  let years = 0;
  while (addMonths(to, -12 * (years + 1)) >= from) years++;
  const rest = addMonths(to, -12 * years);
  const base = leapDaysAfter((from - 1) as BusinessDate, (rest - 1) as BusinessDate) > 0 ? 366 : 365;
  return fractionOf(years * base + (rest - from), base);
}

/**
 * Act/Act ISMA (ICMA): every coupon period is an equal part of a year, days count inside theirs.
 *
 * Needs   one regular period `[start, end)`; others are stepped off it by its length in months.
 * Source  docs/specs/day-count.md §4.
 */
export function actActIsma(from: BusinessDate, to: BusinessDate, reference: { readonly start: BusinessDate; readonly end: BusinessDate }): YearFraction {
  const months = Math.max(1, Math.round((12 * (reference.end - reference.start)) / 365));
  let total: YearFraction = fractionOf(0, 1);
  let end = reference.end;
  for (let back = 1; end > from; back++) {
    const start = back === 1 ? reference.start : addMonths(reference.start, -months * (back - 1));
    const inside = Math.max(0, Math.min(to, end) - Math.max(from, start));
    // inside / length of this period, of which 12 / months make a year.
    total = sumOf(total, fractionOf(inside * months, 12 * (end - start)));
    end = start;
  }
  return total;
}

const sumOf = (a: YearFraction, b: YearFraction): YearFraction => ({
  numerator: a.numerator * b.denominator + b.numerator * a.denominator,
  denominator: a.denominator * b.denominator,
});

/** Excel's YEARFRAC. Basis 0: US 30/360, 1: actual/actual in Excel's own way, 2: act/360, 3: act/365, 4: European 30/360. */
export function excelYearFrac(a: BusinessDate, b: BusinessDate, basis: 0 | 1 | 2 | 3 | 4): YearFraction {
  const [from, to] = a <= b ? [a, b] : [b, a];
  switch (basis) {
    case 0: return fractionOf(days360(from, to, 'us'), 360);
    case 1: return excelActAct(from, to);
    case 2: return fractionOf(to - from, 360);
    case 3: return fractionOf(to - from, 365);
    case 4: return fractionOf(days360(from, to, 'european'), 360);
    default: return unreachable(basis);
  }
}

/** Up to a year apart: over 366 when a leap day is near, else 365. Further: over the mean length of the calendar years touched. */
function excelActAct(from: BusinessDate, to: BusinessDate): YearFraction {
  const [start, end] = [civilOf(from), civilOf(to)];
  if (to <= addMonths(from, 12)) {
    const isSameLeapYear = start.year === end.year && isLeapYear(start.year);
    const hasLeapDay = leapDaysAfter((from - 1) as BusinessDate, to) > 0;
    return fractionOf(to - from, isSameLeapYear || hasLeapDay ? 366 : 365);
  }
  const years = end.year - start.year + 1;
  return fractionOf((to - from) * years, fromCivil(end.year + 1, 1, 1) - fromCivil(start.year, 1, 1));
}

/** Excel's EDATE: the same day of a month `months` away, or that month's last day. It forgets the day it came from. */
export const edate = (date: BusinessDate, months: number): BusinessDate => addMonths(date, months);

/** Excel's EOMONTH: the last day of the month `months` away. */
export const eomonth = (date: BusinessDate, months: number): BusinessDate => addMonths(date, months, 31);

/** `count` monthly days after `from` that keep its day of month: 31 Jan, 29 Feb, 31 Mar. Source: docs/specs/day-count.md §5. */
export function anchoredMonths(from: BusinessDate, count: number, anchorDay: number = civilOf(from).day): readonly BusinessDate[] {
  return Array.from({ length: count }, (_, index) => addMonths(from, index + 1, anchorDay));
}

function unreachable(value: never): never {
  throw new RangeError(`no such day count: ${String(value)}`);
}
