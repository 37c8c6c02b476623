import { addMonths, type BusinessDate } from './business-date.ts';
import { ArgumentError } from './assert.ts';
import { civilOfDay, dayOf, lengthOfMonth } from './calendar.ts';
import type { DueRoll, LoanTerms } from './terms.ts';
import { rolledDay } from './working-days.ts';

/** How due days follow from each other: row n falls due n − before + shift months after the origin, on the anchor's day of month. */
export type DueLayout = {
  readonly origin: BusinessDate;
  readonly before: number;
  /** The last row. */
  readonly last: number;
  readonly shift: number;
  readonly anchor: number;
};

/** The due day of a row before it moves to a working day. */
export const dueDayOf = ({ origin, before, shift, anchor }: DueLayout, row: number): BusinessDate => addMonths(origin, row - before + shift, anchor);

/** The first day, then the due day of every row, before they move to working days. */
export function dueDaysOf(layout: DueLayout, first: BusinessDate): BusinessDate[] {
  const { origin, before, shift, anchor, last } = layout;
  // The last of them is a day of a year there is, and so are all before it.
  dueDayOf(layout, last);
  const days = [first];
  const { year, month } = civilOfDay(origin);
  for (let row = 1, index = month + row - before + shift - 1; row <= last; row++, index++) {
    const [y, m] = [year + Math.floor(index / 12), (index % 12) + 1];
    days.push(dayOf(y, m, Math.min(anchor, lengthOfMonth(y, m))) as BusinessDate);
  }
  return days;
}

/** 1 when a first period that begins on `from` would be shorter than the contract lets it be, else 0. */
export function firstShift({ firstPeriodDaysMin }: LoanTerms, from: BusinessDate, anchor: number): number {
  return firstPeriodDaysMin !== undefined && addMonths(from, 1, anchor) - from < firstPeriodDaysMin ? 1 : 0;
}

/** Due days moved to working days; the first day of all is none and stays. Throws ArgumentError outside the calendar. */
export function rolled(days: readonly BusinessDate[], roll: DueRoll): readonly BusinessDate[] {
  const moved = [days[0]!];
  for (let row = 1; row < days.length; row++) moved.push(movedDue(days[row]!, moved[row - 1]!, roll));
  return moved;
}

/** A due day never moves back onto the first day of its own period: then it moves forward. */
function movedDue(day: BusinessDate, from: BusinessDate, { rule, calendar }: DueRoll): BusinessDate {
  const moved = rolledDay(calendar, day, rule);
  return moved > from ? moved : rolledDay(calendar, day, 'following');
}

/** The same for days that a later change makes: where the contract's calendar knows nothing of them, they stay where they are. */
export function rolledAsKnown(day: BusinessDate, from: BusinessDate, roll: DueRoll | undefined): BusinessDate {
  if (roll === undefined) return day;
  try {
    return movedDue(day, from, roll);
  } catch (error) {
    if (error instanceof ArgumentError) return day;
    throw error;
  }
}
