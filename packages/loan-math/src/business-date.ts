import { ArgumentError } from './assert.ts';
import { civilOfDay, dayOf, DAYS_MAX, DAYS_MIN, isLeap, lengthOfMonth, monthsAway, needDay, type BusinessDate, type CivilDay } from './calendar.ts';
import { needInteger } from './needs.ts';

export type { BusinessDate, CivilDay } from './calendar.ts';

const YEAR_MAX = 9999;
const DAYS_SPAN = DAYS_MAX - DAYS_MIN;
const MONTHS_SPAN = 12 * YEAR_MAX;

/**
 * Mints a day from an epoch-day number.
 *
 * Needs   `epochDay` a whole number, -719162 to 2932896: the years 1 to 9999, the most that YYYY-MM-DD can write.
 * Throws  ArgumentError outside `Needs`.
 */
export function businessDateOf(epochDay: number): BusinessDate {
  needDay('epochDay', epochDay);
  return epochDay;
}

/**
 * `'2026-10-08'` → the day.
 *
 * Needs   `text` a day of the calendar as YYYY-MM-DD, 0001-01-01 to 9999-12-31.
 * Throws  ArgumentError outside `Needs`.
 */
export function businessDate(text: string): BusinessDate {
  const match = typeof text === 'string' ? /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) : null;
  if (match !== null) {
    const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
    if (year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= lengthOfMonth(year, month)) return dayOf(year, month, day) as BusinessDate;
  }
  throw new ArgumentError('text', text, 'a day as YYYY-MM-DD that exists in the calendar');
}

/**
 * The day of a civil date.
 *
 * Needs   `year` 1 to 9999, `month` 1 to 12, `day` 1 to the length of that month.
 * Throws  ArgumentError outside `Needs`.
 */
export function fromCivil(year: number, month: number, day: number): BusinessDate {
  needInteger('day', day, 1, daysInMonth(year, month));
  return dayOf(year, month, day) as BusinessDate;
}

/**
 * The civil year, month (1–12) and day of month of a day.
 *
 * Needs   `date` a day in the years 1 to 9999.
 * Throws  ArgumentError outside `Needs`.
 */
export function civilOf(date: BusinessDate): CivilDay {
  needDay('date', date);
  return civilOfDay(date);
}

/**
 * `'2026-10-08'`.
 *
 * Needs   `date` a day in the years 1 to 9999.
 * Throws  ArgumentError outside `Needs`.
 */
export function formatDate(date: BusinessDate): string {
  const { year, month, day } = civilOf(date);
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/**
 * Whether a year has a 29th of February.
 *
 * Needs   `year` 1 to 9999.
 * Throws  ArgumentError outside `Needs`.
 */
export function isLeapYear(year: number): boolean {
  needInteger('year', year, 1, YEAR_MAX);
  return isLeap(year);
}

/**
 * The days of a month: 28 to 31.
 *
 * Needs   `year` 1 to 9999, `month` 1 to 12.
 * Throws  ArgumentError outside `Needs`.
 */
export function daysInMonth(year: number, month: number): number {
  needInteger('year', year, 1, YEAR_MAX);
  needInteger('month', month, 1, 12);
  return lengthOfMonth(year, month);
}

/**
 * The day so many days later, or earlier when below zero.
 *
 * Needs   `date` and the day it leads to in the years 1 to 9999; `days` a whole number.
 * Throws  ArgumentError outside `Needs`.
 */
export function addDays(date: BusinessDate, days: number): BusinessDate {
  needDay('date', date);
  const to = date + wholeSteps('days', days, DAYS_SPAN);
  if (to < DAYS_MIN || to > DAYS_MAX) throw new ArgumentError('days', days, `${DAYS_MIN - date} to ${DAYS_MAX - date} from ${formatDate(date)}, within the years 1 to 9999`);
  return to as BusinessDate;
}

/**
 * The day `months` later (earlier when below zero) on `anchorDay`, or on the last day of a shorter month. Always stepping from the same
 * anchor returns to it: 31 Jan, 28 Feb, 31 Mar.
 *
 * Needs   `date` and the day it leads to in the years 1 to 9999; `months` a whole number; `anchorDay` 1 to 31 (when left out, the day
 *         of month of `date`).
 * Throws  ArgumentError outside `Needs`.
 */
export function addMonths(date: BusinessDate, months: number, anchorDay?: number): BusinessDate {
  needDay('date', date);
  if (anchorDay !== undefined) needInteger('anchorDay', anchorDay, 1, 31);
  const to = monthsAway(date, wholeSteps('months', months, MONTHS_SPAN), anchorDay);
  if (to < DAYS_MIN || to > DAYS_MAX) throw new ArgumentError('months', months, `to a day within the years 1 to 9999, from ${formatDate(date)}`);
  return to as BusinessDate;
}

/** Steps may be counted down to nothing: a negative zero is none. */
function wholeSteps(argument: string, steps: number, most: number): number {
  if (steps === 0) return 0;
  needInteger(argument, steps, -most, most);
  return steps;
}
