import { ArgumentError } from './assert.ts';
import type { BusinessDate } from './business-date.ts';
import { monthsAway, needDaysInOrder } from './calendar.ts';
import { needInteger, needObject } from './needs.ts';
import type { YearFraction } from './day-count.ts';

/** Time in unit-periods: whole ones, and an odd part of one more. */
export type UnitPeriods = { readonly whole: number; readonly odd: YearFraction };

/** The common period of a loan. Months and weeks may be several: a quarter is 3 months. */
export type UnitPeriod =
  | { readonly kind: 'day' }
  | { readonly kind: 'week'; readonly count: number }
  | { readonly kind: 'semimonth' }
  | { readonly kind: 'month'; readonly count: number }
  | { readonly kind: 'year' };

const MONTH_DAYS = 30;
const YEAR_DAYS = 365;

/**
 * The unit-periods between two days on the federal calendar: counted back from the later day, months of 30 days where an odd part of
 * several is left, and days as they are.
 *
 * Units   whole unit-periods and an exact fraction of one.
 * Needs   days in the years 1 to 9999, `to` not before `from`; a count of 1 to 11 months or 1 to 52 weeks.
 * Throws  ArgumentError outside `Needs`.
 * Source  docs/specs/reg-z.md §2 (12 CFR 1026 Appendix J (b)(5)).
 */
export function unitPeriodsBetween(from: BusinessDate, to: BusinessDate, unit: UnitPeriod): UnitPeriods {
  needDaysInOrder(from, to);
  needObject('unit', unit);
  switch (unit.kind) {
    case 'day': return { whole: to - from, odd: odd(0, 1) };
    case 'week': return split(to - from, 7 * countOf(unit.count, 52));
    case 'semimonth': return split(monthDays(from, to), MONTH_DAYS / 2);
    case 'month': return split(monthDays(from, to), MONTH_DAYS * countOf(unit.count, 11));
    case 'year': return yearsBetween(from, to);
    default: return unknown(unit);
  }
}

/**
 * How many of a unit-period make a year.
 *
 * Needs   a count of 1 to 11 months or 1 to 52 weeks.
 * Throws  ArgumentError outside `Needs`.
 * Source  docs/specs/reg-z.md §2.
 */
export function unitPeriodsPerYear(unit: UnitPeriod): YearFraction {
  needObject('unit', unit);
  switch (unit.kind) {
    case 'day': return odd(YEAR_DAYS, 1);
    case 'week': return odd(52, countOf(unit.count, 52));
    case 'semimonth': return odd(24, 1);
    case 'month': return odd(12, countOf(unit.count, 11));
    case 'year': return odd(1, 1);
    default: return unknown(unit);
  }
}

/**
 * A loan of one advance and one payment: its unit-period is its term, and how many make a year depends on its length.
 *
 * Units   unit-periods a year: 12 / months where the term is whole months, else 365 / days.
 * Needs   days in the years 1 to 9999, a term of at least a day; one of more than a year counts in years.
 * Throws  ArgumentError outside `Needs`.
 * Source  docs/specs/reg-z.md §2 (12 CFR 1026 Appendix J (b)(4), (c)(5)).
 */
export function singlePaymentPeriod(from: BusinessDate, to: BusinessDate): { readonly perYear: YearFraction; readonly at: UnitPeriods } {
  needDaysInOrder(from, to);
  if (to === from) throw new ArgumentError('to', to, `after from, ${from}: a term is at least a day`);
  if (monthsAway(from, 12) < to) return { perYear: odd(1, 1), at: yearsBetween(from, to) };
  const months = monthsBack(from, to);
  const perYear = monthsAway(to, -months) === from ? odd(12, months) : odd(YEAR_DAYS, to - from);
  return { perYear, at: { whole: 1, odd: odd(0, 1) } };
}

const odd = (numerator: number, denominator: number): YearFraction => ({ numerator: BigInt(numerator), denominator: BigInt(denominator) });
const split = (days: number, length: number): UnitPeriods => ({ whole: Math.floor(days / length), odd: odd(days % length, length) });

function countOf(count: number, most: number): number {
  needInteger('unit.count', count, 1, most);
  return count;
}

function unknown(unit: never): never {
  throw new ArgumentError('unit.kind', (unit as UnitPeriod).kind, 'day, week, semimonth, month or year');
}

/** Whole months counted back from the later day. */
function monthsBack(from: BusinessDate, to: BusinessDate): number {
  let months = Math.floor((to - from) / 31);
  while (monthsAway(to, -(months + 1)) >= from) months++;
  return months;
}

/** 30 for each whole month, and the days left over. */
function monthDays(from: BusinessDate, to: BusinessDate): number {
  const months = monthsBack(from, to);
  return months * MONTH_DAYS + (monthsAway(to, -months) - from);
}

/** Whole years back from the later day; the rest in twelfths where it is whole months, else in days of 365. */
function yearsBetween(from: BusinessDate, to: BusinessDate): UnitPeriods {
  const months = monthsBack(from, to);
  const whole = Math.floor(months / 12);
  const start = monthsAway(to, -12 * whole);
  const left = months - 12 * whole;
  if (monthsAway(to, -months) === from) return { whole, odd: odd(left, 12) };
  return { whole, odd: odd(start - from, YEAR_DAYS) };
}
