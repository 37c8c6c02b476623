import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, civilOf, type BusinessDate } from './business-date.ts';
import { CN_WORKING_CALENDAR as CN } from './working-days-cn.ts';
import { calendarWithin, isWorkingDay, rolledDay, type RollRule } from './working-days.ts';

// Ten days from either end: the longest run of days off is shorter.
const day = fc.integer({ min: CN.from + 10, max: CN.through - 10 }).map((n) => n as BusinessDate);
const rule = fc.constantFrom<RollRule>('following', 'modified_following', 'preceding');

describe('a rolled due day', () => {
  it('is a working day, and stays where it is when rolled again', () => {
    fc.assert(fc.property(day, rule, (due, by) => {
      const rolled = rolledDay(CN, due, by);
      expect(isWorkingDay(CN, rolled)).toBe(true);
      expect(rolledDay(CN, rolled, by)).toBe(rolled);
    }));
  });
  it('passes no working day on the way, and keeps to its side', () => {
    fc.assert(fc.property(day, rule, (due, by) => {
      const rolled = rolledDay(CN, due, by);
      const step = rolled < due ? 1 : -1;
      for (let on = addDays(rolled, step); rolled !== due && on !== due; on = addDays(on, step)) expect(isWorkingDay(CN, on)).toBe(false);
      if (by === 'following') expect(rolled).toBeGreaterThanOrEqual(due);
      if (by === 'preceding') expect(rolled).toBeLessThanOrEqual(due);
      if (by === 'modified_following') expect(civilOf(rolled).month).toBe(civilOf(due).month);
    }));
  });
  it('is the same by the calendar a contract keeps', () => {
    fc.assert(fc.property(day, rule, (due, by) => {
      const kept = calendarWithin(CN, addDays(due, -10), addDays(due, 10));
      expect(rolledDay(kept, due, by)).toBe(rolledDay(CN, due, by));
    }));
  });
});
