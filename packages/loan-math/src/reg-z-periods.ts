import { assert } from './assert.ts';
import { addMonths, type BusinessDate } from './business-date.ts';
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
 * Throws  InvariantError when `to` is before `from`, or a count is not from 1 to 11 months or 1 to 52 weeks.
 * Source  docs/specs/reg-z.md §2 (12 CFR 1026 Appendix J (b)(5)).
 */
export function unitPeriodsBetween(from: BusinessDate, to: BusinessDate, unit: UnitPeriod): UnitPeriods {
  assert(to >= from, 'a period ends on or after its first day');
  switch (unit.kind) {
    case 'day': return { whole: to - from, odd: odd(0, 1) };
    case 'week': return split(to - from, 7 * countOf(unit.count, 52));
    case 'semimonth': return split(monthDays(from, to), MONTH_DAYS / 2);
    case 'month': return split(monthDays(from, to), MONTH_DAYS * countOf(unit.count, 11));
    case 'year': return yearsBetween(from, to);
    default: return assert(false, `no such unit-period: ${String(unit satisfies never)}`) as never;
  }
}

/** How many of a unit-period make a year. Source: docs/specs/reg-z.md §2. */
export function unitPeriodsPerYear(unit: UnitPeriod): YearFraction {
  switch (unit.kind) {
    case 'day': return odd(YEAR_DAYS, 1);
    case 'week': return odd(52, countOf(unit.count, 52));
    case 'semimonth': return odd(24, 1);
    case 'month': return odd(12, countOf(unit.count, 11));
    case 'year': return odd(1, 1);
    default: return assert(false, `no such unit-period: ${String(unit satisfies never)}`) as never;
  }
}

/**
 * A loan of one advance and one payment: its unit-period is its term, and how many make a year depends on its length.
 *
 * Units   unit-periods a year: 12 / months where the term is whole months, else 365 / days.
 * Needs   a term of at least a day and at most a year; a longer one counts in years.
 * Throws  InvariantError when the term is shorter than a day.
 * Source  docs/specs/reg-z.md §2 (12 CFR 1026 Appendix J (b)(4), (c)(5)).
 */
export function singlePaymentPeriod(from: BusinessDate, to: BusinessDate): { readonly perYear: YearFraction; readonly at: UnitPeriods } {
  assert(to > from, 'a term is at least a day');
  if (addMonths(from, 12) < to) return { perYear: odd(1, 1), at: yearsBetween(from, to) };
  const months = monthsBack(from, to);
  const perYear = addMonths(to, -months) === from && months > 0 ? odd(12, months) : odd(YEAR_DAYS, to - from);
  return { perYear, at: { whole: 1, odd: odd(0, 1) } };
}

const odd = (numerator: number, denominator: number): YearFraction => ({ numerator: BigInt(numerator), denominator: BigInt(denominator) });
const split = (days: number, length: number): UnitPeriods => ({ whole: Math.floor(days / length), odd: odd(days % length, length) });

function countOf(count: number, most: number): number {
  if (!Number.isInteger(count) || count < 1 || count > most) assert(false, `a unit-period holds 1 to ${most} of its unit, got ${count}`);
  return count;
}

/** Whole months counted back from the later day. */
function monthsBack(from: BusinessDate, to: BusinessDate): number {
  let months = Math.max(0, Math.floor((to - from) / 31) - 1);
  while (addMonths(to, -(months + 1)) >= from) months++;
  return months;
}

/** 30 for each whole month, and the days left over. */
function monthDays(from: BusinessDate, to: BusinessDate): number {
  const months = monthsBack(from, to);
  return months * MONTH_DAYS + (addMonths(to, -months) - from);
}

/** Whole years back from the later day; the rest in twelfths where it is whole months, else in days of 365. */
function yearsBetween(from: BusinessDate, to: BusinessDate): UnitPeriods {
  const months = monthsBack(from, to);
  const whole = Math.floor(months / 12);
  const start = addMonths(to, -12 * whole);
  const left = months - 12 * whole;
  if (addMonths(to, -months) === from) return { whole, odd: odd(left, 12) };
  return { whole, odd: start - from > YEAR_DAYS ? odd(YEAR_DAYS, YEAR_DAYS) : odd(start - from, YEAR_DAYS) };
}
