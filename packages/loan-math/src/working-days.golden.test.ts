import { describe, expect, it } from 'vitest';
import { examplesOf } from '../test/spec-page.ts';
import holidays from '../test/vectors/cn-holidays.json' with { type: 'json' };
import { ArgumentError } from './assert.ts';
import { addDays, businessDate, formatDate, type BusinessDate } from './business-date.ts';
import { CN_WORKING_CALENDAR as CN } from './working-days-cn.ts';
import { calendarWithin, isWorkingDay, rolledDay, type RollRule, type WorkingCalendar } from './working-days.ts';

const WEEKDAYS = ['Thursday', 'Friday', 'Saturday', 'Sunday', 'Monday', 'Tuesday', 'Wednesday'];

function daysOf({ from, through }: WorkingCalendar): readonly BusinessDate[] {
  return Array.from({ length: through - from + 1 }, (_, n) => addDays(from, n));
}

describe('docs/specs/working-days.md', () => {
  for (const [day, weekday, worked, why] of examplesOf('working-days.md', 'day')[0]!.rows) {
    it(`${day}, a ${weekday}, is ${worked === 'yes' ? 'worked' : 'not worked'}: ${why}`, () => {
      expect(isWorkingDay(CN, businessDate(day!))).toBe(worked === 'yes');
      expect(WEEKDAYS[businessDate(day!) % 7]).toBe(weekday);
    });
  }
  for (const [due, ...rolled] of examplesOf('working-days.md', 'due')[0]!.rows) {
    it(`a due day of ${due} moves to ${rolled.join(', ')}`, () => {
      const computed = (['following', 'modified_following', 'preceding'] as const).map((rule) => formatDate(rolledDay(CN, businessDate(due!), rule)));
      expect(computed).toEqual(rolled);
    });
  }
  for (const [from, through, closed, working] of examplesOf('working-days.md', 'from')[0]!.rows) {
    it(`from ${from} through ${through} a contract keeps ${closed} closed and ${working} worked days`, () => {
      const part = calendarWithin(CN, businessDate(from!), businessDate(through!));
      expect([part.closed.length, part.working.length].map(String)).toEqual([closed, working]);
      expect([part.name, formatDate(part.from), formatDate(part.through)]).toEqual(['cn', from, through]);
      for (const day of daysOf(part)) expect(isWorkingDay(part, day)).toBe(isWorkingDay(CN, day));
    });
  }
});

describe('the Chinese calendar', () => {
  const named = new Map(holidays.cases.map((c) => [c.date, c.expected.isOffDay]));
  it('answers each of the 254 days the notices name as they do', () => {
    expect(named.size).toBe(254);
    for (const [date, isOff] of named) expect([date, isWorkingDay(CN, businessDate(date))]).toEqual([date, !isOff]);
  });
  it('answers every other day of 2020 to 2026 by its weekday', () => {
    expect([formatDate(CN.from), formatDate(CN.through)]).toEqual(['2020-01-01', '2026-12-31']);
    for (const day of daysOf(CN)) {
      const date = formatDate(day);
      if (!named.has(date)) expect([date, isWorkingDay(CN, day)]).toEqual([date, !['Saturday', 'Sunday'].includes(WEEKDAYS[day % 7]!)]);
    }
  });
  it('lists closed weekdays and worked weekend days only, each once and in order', () => {
    const weekend = (day: BusinessDate) => ['Saturday', 'Sunday'].includes(WEEKDAYS[day % 7]!);
    expect(CN.closed.some(weekend)).toBe(false);
    expect(CN.working.every(weekend)).toBe(true);
    for (const list of [CN.closed, CN.working]) expect(list.every((day, n) => n === 0 || day > list[n - 1]!)).toBe(true);
  });
});

describe('a calendar', () => {
  const week: WorkingCalendar = { name: 'one week of 1969', from: businessDate('1969-12-22'), through: businessDate('1969-12-28'), closed: [businessDate('1969-12-25')], working: [] };
  it('knows the weekday of a day before 1970', () => {
    expect(daysOf(week).map((day) => isWorkingDay(week, day))).toEqual([true, true, true, false, true, false, false]);
  });
  it('does not guess about a day outside its span', () => {
    for (const day of ['1969-12-21', '1969-12-29', '2027-01-01']) {
      expect(() => isWorkingDay(week, businessDate(day))).toThrow(`day is "${day}": 1969-12-22 to 1969-12-28, which one week of 1969 knows about`);
    }
    expect(() => isWorkingDay(CN, businessDate('2027-01-01'))).toThrow(ArgumentError);
    expect(() => isWorkingDay(CN, businessDate('2019-12-31'))).toThrow(ArgumentError);
    expect(() => isWorkingDay(CN, Number.NaN as BusinessDate)).toThrow('day is NaN: 2020-01-01 to 2026-12-31');
    expect(() => isWorkingDay(CN, 1e9 as BusinessDate)).toThrow('day is 1000000000: 2020-01-01 to 2026-12-31');
  });
  it('does not roll a due day out of its span', () => {
    expect(() => rolledDay(week, businessDate('1969-12-27'), 'following')).toThrow('day is "1969-12-29"');
    expect(formatDate(rolledDay(week, businessDate('1969-12-27'), 'preceding'))).toBe('1969-12-26');
  });
  it('knows three rules of rolling', () => {
    expect(() => rolledDay(CN, businessDate('2026-05-08'), 'backwards' as RollRule)).toThrow('rule is "backwards": one of following, modified_following, preceding');
  });
  it('is cut only where it has days', () => {
    const cut = (from: string, through: string) => () => calendarWithin(CN, businessDate(from), businessDate(through));
    expect(cut('2019-12-31', '2020-05-01')).toThrow('from is "2019-12-31": 2020-01-01 to 2026-12-31, which cn knows about');
    expect(cut('2027-01-01', '2027-02-01')).toThrow('from is "2027-01-01"');
    expect(cut('2026-05-01', '2027-01-01')).toThrow('through is "2027-01-01": 2026-05-01 to 2026-12-31');
    expect(cut('2026-05-02', '2026-05-01')).toThrow('through is "2026-05-01": 2026-05-02 to 2026-12-31');
    expect(cut('2026-12-31', '2026-12-31')().closed).toEqual([]);
  });
});
