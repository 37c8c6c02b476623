import { ArgumentError } from './assert.ts';
import { civilOf, formatDate, type BusinessDate } from './business-date.ts';
import { needDay } from './calendar.ts';
import { needList, needObject, needOneOf, needText } from './needs.ts';

/**
 * Which days are worked, for a span of time about which it is known. Monday to Friday are worked and the weekend is not, but for the days named:
 * a calendar is data, and says nothing about a day outside its span.
 */
export type WorkingCalendar = {
  readonly name: string;
  /** The first and the last day it knows about. */
  readonly from: BusinessDate;
  readonly through: BusinessDate;
  /** Weekdays that are holidays. */
  readonly closed: readonly BusinessDate[];
  /** Days of a weekend that are worked (调休上班). */
  readonly working: readonly BusinessDate[];
};

/** To which working day a due day moves that is none: the next; the next, unless that is in another month, then the one before; the one before. */
export type RollRule = 'following' | 'modified_following' | 'preceding';

const SATURDAY = 6;
/** Days a calendar may name: those of the Chinese one, for two hundred years. */
const NAMED_MAX = 10_000;
const NAME_MAX = 200;
const RULES: readonly RollRule[] = ['following', 'modified_following', 'preceding'];

/** Monday is 1, Sunday is 7. Day 0 (1970-01-01) was a Thursday. */
const weekdayOf = (day: BusinessDate): number => ((((day + 3) % 7) + 7) % 7) + 1;

/**
 * Whether the day is worked.
 *
 * Needs   a calendar of at most 10,000 days named, and a day inside its span. A year for which no holidays are announced yet is not
 *         answered by its weekdays.
 * Throws  ArgumentError outside `Needs`.
 * Source  docs/specs/working-days.md §1.
 */
export function isWorkingDay(calendar: WorkingCalendar, day: BusinessDate): boolean {
  needCalendar(calendar);
  return isWorked(calendar, day);
}

function isWorked(calendar: WorkingCalendar, day: BusinessDate): boolean {
  if (!Number.isInteger(day) || day < calendar.from || day > calendar.through) throw new ArgumentError('day', dayText(day), boundOf(calendar));
  return weekdayOf(day) >= SATURDAY ? calendar.working.includes(day) : !calendar.closed.includes(day);
}

/**
 * The working day a due day moves to; a working day stays.
 *
 * Keeps   the result is a working day; rolled again it stays; `following` never goes back, `preceding` never forward, `modified_following` never
 *         leaves the month of `day`, if that month has a working day on that side.
 * Needs   a calendar as `isWorkingDay`; the day, and every day looked at on the way, inside its span; one of the three rules.
 * Throws  ArgumentError outside `Needs`.
 * Source  docs/specs/working-days.md §2.
 */
export function rolledDay(calendar: WorkingCalendar, day: BusinessDate, rule: RollRule): BusinessDate {
  needCalendar(calendar);
  needOneOf('rule', rule, RULES);
  switch (rule) {
    case 'following': return worked(calendar, day, 1);
    case 'preceding': return worked(calendar, day, -1);
    case 'modified_following': {
      const next = worked(calendar, day, 1);
      return civilOf(next).month === civilOf(day).month ? next : worked(calendar, day, -1);
    }
  }
}

/** The first day worked from this one on, this one included. The span of a calendar is finite, so the walk is. */
function worked(calendar: WorkingCalendar, from: BusinessDate, step: 1 | -1): BusinessDate {
  let day = from;
  while (!isWorked(calendar, day)) day = (day + step) as BusinessDate;
  return day;
}

/**
 * The part of a calendar that a loan of these days needs: what its contract keeps, so that it can be recomputed without the whole table.
 *
 * Keeps   every day within is worked exactly if it is worked in the whole.
 * Needs   a calendar as `isWorkingDay`; `from` not after `through`, both inside its span.
 * Throws  ArgumentError outside `Needs`.
 * Source  docs/specs/working-days.md §3.
 */
export function calendarWithin(calendar: WorkingCalendar, from: BusinessDate, through: BusinessDate): WorkingCalendar {
  needCalendar(calendar);
  if (!Number.isInteger(from) || from < calendar.from || from > calendar.through) throw new ArgumentError('from', dayText(from), boundOf(calendar));
  if (!Number.isInteger(through) || through < from || through > calendar.through) throw new ArgumentError('through', dayText(through), `${formatDate(from)} to ${formatDate(calendar.through)}`);
  const isWithin = (day: BusinessDate): boolean => day >= from && day <= through;
  return { name: calendar.name, from, through, closed: calendar.closed.filter(isWithin), working: calendar.working.filter(isWithin) };
}

function needCalendar(calendar: WorkingCalendar): void {
  needObject('calendar', calendar);
  needText('calendar.name', calendar.name, NAME_MAX);
  needDay('calendar.from', calendar.from);
  needDay('calendar.through', calendar.through);
  for (const key of ['closed', 'working'] as const) {
    const days = calendar[key];
    needList(`calendar.${key}`, days, NAMED_MAX);
    for (let index = 0; index < days.length; index++) if (!Number.isInteger(days[index])) throw new ArgumentError(`calendar.${key}[${index}]`, days[index], 'a day');
  }
}

/** A calendar is asked about any number: what is a day is shown as one. */
const dayText = (day: BusinessDate): unknown => (Number.isInteger(day) && Math.abs(day) < 700_000 ? formatDate(day) : day);

const boundOf = ({ name, from, through }: WorkingCalendar): string => `${formatDate(from)} to ${formatDate(through)}, which ${name} knows about`;
