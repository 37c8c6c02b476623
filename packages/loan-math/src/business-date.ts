import { assert } from './assert.ts';

/** A calendar day as whole days since 1970-01-01 (proleptic Gregorian). Ordered, so `<` and `-` work. */
export type BusinessDate = number & { readonly unit: 'epoch-day' };

const DAYS_MAX = 2_932_896; // 9999-12-31
const DAYS_MIN = -719_162; // 0001-01-01

/** Mints a day from an epoch-day number. Throws InvariantError outside the years 1 to 9999. */
export function businessDateOf(epochDay: number): BusinessDate {
  if (!Number.isInteger(epochDay) || epochDay < DAYS_MIN || epochDay > DAYS_MAX) assert(false, `a day is within years 1 to 9999, got ${epochDay}`);
  return epochDay as BusinessDate;
}

/** `'2026-10-08'` → the day. Throws RangeError naming the text when it is no such calendar day. */
export function businessDate(text: string): BusinessDate {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (match !== null) {
    const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
    if (year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)) return fromCivil(year, month, day);
  }
  throw new RangeError(`a day is YYYY-MM-DD and exists in the calendar, got ${JSON.stringify(text)}`);
}

export type CivilDay = { readonly year: number; readonly month: number; readonly day: number };

/** Days from civil date (H. Hinnant's algorithm, public domain). */
export function fromCivil(year: number, month: number, day: number): BusinessDate {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yoe = y - era * 400;
  const doy = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const doe = yoe * 365 + Math.floor(yoe / 4) - Math.floor(yoe / 100) + doy;
  return businessDateOf(era * 146_097 + doe - 719_468);
}

/** The civil year, month (1–12) and day of month of a day. */
export function civilOf(date: BusinessDate): CivilDay {
  const z = date + 719_468;
  const era = Math.floor(z / 146_097);
  const doe = z - era * 146_097;
  const yoe = Math.floor((doe - Math.floor(doe / 1460) + Math.floor(doe / 36_524) - Math.floor(doe / 146_096)) / 365);
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100));
  const mp = Math.floor((5 * doy + 2) / 153);
  const month = mp + (mp < 10 ? 3 : -9);
  return { year: yoe + era * 400 + (month <= 2 ? 1 : 0), month, day: doy - Math.floor((153 * mp + 2) / 5) + 1 };
}

/** `'2026-10-08'`. */
export function formatDate(date: BusinessDate): string {
  const { year, month, day } = civilOf(date);
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

export const isLeapYear = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

export const addDays = (date: BusinessDate, days: number): BusinessDate => businessDateOf(date + days);

/**
 * The day `months` later on `anchorDay` (1–31), or on the last day of a shorter month. Always stepping from
 * the same anchor returns to it: 31 Jan, 28 Feb, 31 Mar.
 */
export function addMonths(date: BusinessDate, months: number, anchorDay: number = civilOf(date).day): BusinessDate {
  const { year, month } = civilOf(date);
  const index = year * 12 + (month - 1) + months;
  const [y, m] = [Math.floor(index / 12), (((index % 12) + 12) % 12) + 1];
  return fromCivil(y, m, Math.min(anchorDay, daysInMonth(y, m)));
}
