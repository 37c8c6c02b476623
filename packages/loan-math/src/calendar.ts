import { ArgumentError } from './assert.ts';

/**
 * The calendar's arithmetic on plain numbers, unchecked: for what has checked its days, and must be free to step outside the years
 * 1 to 9999 on its way.
 */

/** A calendar day as whole days since 1970-01-01 (proleptic Gregorian). Ordered, so `<` and `-` work. */
export type BusinessDate = number & { readonly unit: 'epoch-day' };

export type CivilDay = { readonly year: number; readonly month: number; readonly day: number };

export const DAYS_MIN = -719_162; // 0001-01-01
export const DAYS_MAX = 2_932_896; // 9999-12-31

/** A day in the years 1 to 9999. */
export function needDay(argument: string, value: unknown): asserts value is BusinessDate {
  if (typeof value !== 'number' || !Number.isInteger(value) || Object.is(value, -0) || value < DAYS_MIN || value > DAYS_MAX) {
    throw new ArgumentError(argument, value, `a day as businessDate() makes one, ${DAYS_MIN} to ${DAYS_MAX} (years 1 to 9999)`);
  }
}

/** Two days of which the second is not before the first. */
export function needDaysInOrder(from: unknown, to: unknown): void {
  needDay('from', from);
  needDay('to', to);
  if (to < from) throw new ArgumentError('to', to, `on or after from, ${from}`);
}

export const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

export function lengthOfMonth(year: number, month: number): number {
  if (month === 2) return isLeap(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Days from civil date (H. Hinnant's algorithm, public domain). */
export function dayOf(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yoe = y - era * 400;
  const doy = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const doe = yoe * 365 + Math.floor(yoe / 4) - Math.floor(yoe / 100) + doy;
  return era * 146_097 + doe - 719_468;
}

export function civilOfDay(date: number): CivilDay {
  const z = date + 719_468;
  const era = Math.floor(z / 146_097);
  const doe = z - era * 146_097;
  const yoe = Math.floor((doe - Math.floor(doe / 1460) + Math.floor(doe / 36_524) - Math.floor(doe / 146_096)) / 365);
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100));
  const mp = Math.floor((5 * doy + 2) / 153);
  const month = mp + (mp < 10 ? 3 : -9);
  return { year: yoe + era * 400 + (month <= 2 ? 1 : 0), month, day: doy - Math.floor((153 * mp + 2) / 5) + 1 };
}

/** The day `months` away on a day of the month, or on the last day of a shorter one. */
export function monthsAway(date: number, months: number, anchorDay?: number): number {
  const { year, month, day } = civilOfDay(date);
  const index = year * 12 + (month - 1) + months;
  const [y, m] = [Math.floor(index / 12), (((index % 12) + 12) % 12) + 1];
  return dayOf(y, m, Math.min(anchorDay ?? day, lengthOfMonth(y, m)));
}
