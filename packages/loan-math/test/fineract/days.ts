import { addDays, addMonths, civilOf, fromCivil, isLeapYear, type BusinessDate, type Share } from '../../src/index.ts';
import type { Settings } from './settings.ts';

/** From one due day to the next. */
export type Span = { readonly from: BusinessDate; readonly due: BusinessDate };

export const NOTHING: Share = { numerator: 0n, denominator: 1n };

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? a : gcd(b, a % b));
export const share = (numerator: bigint, denominator: bigint): Share => {
  const common = gcd(numerator, denominator);
  return { numerator: numerator / common, denominator: denominator / common };
};
export const plus = (a: Share, b: Share): Share => share(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);
export const times = (a: Share, b: Share): Share => share(a.numerator * b.numerator, a.denominator * b.denominator);
const over = (numerator: number, denominator: number): Share => share(BigInt(numerator), BigInt(denominator));

/** The spans of a loan from its first day: months keep the day of month, or take the last of a shorter one. */
export function spansOf(from: BusinessDate, { count, every, unit }: Settings): readonly Span[] {
  const after = (steps: number): BusinessDate => (unit === 'MONTHS' ? addMonths(from, steps) : addDays(from, unit === 'WEEKS' ? 7 * steps : steps));
  return Array.from({ length: count }, (_, index) => ({ from: after(index * every), due: after((index + 1) * every) }));
}

const UNIT_DAYS = { DAYS: 1, WEEKS: 7, MONTHS: 30 } as const;
const UNITS_A_YEAR = { DAYS: 365, WEEKS: 52, MONTHS: 12 } as const;

/**
 * Progressive: what part of a year's rate a slice of a span bears.
 * Months of 30 days: the whole span is a round number of days, a slice its part of them. Actual days: days / year, the year being that of the
 * slice's first day; across a year's end the two parts are counted apart.
 */
export function sliceOfYear({ from, to, span }: { readonly from: BusinessDate; readonly to: BusinessDate; readonly span: Span }, settings: Settings): Share {
  const { yearDays, monthDays, every, unit, isDaily, leapOnlyWithFeb29 } = settings;
  const part = over(to - from, span.due - span.from);
  if (!isDaily) return times(over(every, UNITS_A_YEAR[unit]), part);
  const leaps = !leapOnlyWithFeb29 || hasFeb29(span);
  if (yearDays === 'ACTUAL' && civilOf(to).year > civilOf(from).year && leaps) return acrossYears(from, to, settings);
  const year = yearDays === 'ACTUAL' ? daysOfYear(civilOf(from).year, leaps) : yearDays;
  return monthDays === 'ACTUAL' ? over(to - from, year) : times(over(UNIT_DAYS[unit] * every, year), part);
}

function acrossYears(from: BusinessDate, to: BusinessDate, { yearEndsOn }: Settings): Share {
  let total = NOTHING;
  let start = from;
  for (let { year } = civilOf(from); year <= civilOf(to).year; year++) {
    const last = yearEndsOn === '31 December' ? fromCivil(year, 12, 31) : fromCivil(year + 1, 1, 1);
    const end = last < to && year < civilOf(to).year ? last : to;
    total = plus(total, over(end - start, daysOfYear(year, true)));
    start = end;
  }
  return total;
}

const daysOfYear = (year: number, leaps: boolean): number => (leaps && isLeapYear(year) ? 366 : 365);

function hasFeb29({ from, due }: Span): boolean {
  for (let { year } = civilOf(from); year <= civilOf(due).year; year++) if (isLeapYear(year) && fromCivil(year, 2, 29) > from && fromCivil(year, 2, 29) <= due) return true;
  return false;
}

/** Cumulative: a daily loan counts days over the year (365 when actual), or months of 30; another counts whole periods of a year. */
export function cumulativePart(from: BusinessDate, to: BusinessDate, { settings, span }: { readonly settings: Settings; readonly span: Span }): Share {
  const { isDaily, monthDays, yearDays, unit, every } = settings;
  const part = over(to - from, span.due - span.from);
  if (!isDaily) return times(over(every, UNITS_A_YEAR[unit]), part);
  const year = yearDays === 'ACTUAL' ? 365 : yearDays;
  return monthDays === 30 && unit === 'MONTHS' ? times(over(30 * every, year), part) : over(to - from, year);
}

/** Cumulative: the part of a year by which the installment is computed: a month has 30 days here, whatever the interest counts. */
export function cumulativeLevelPart({ isDaily, yearDays, unit, every }: Settings): Share {
  return isDaily ? over(UNIT_DAYS[unit] * every, yearDays === 'ACTUAL' ? 365 : yearDays) : over(every, UNITS_A_YEAR[unit]);
}
