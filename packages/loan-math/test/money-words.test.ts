import { describe, expect, it } from 'vitest';
import { addDays, addMonths, ArgumentError, businessDate, divideFloor, divideHalfUp, formatDate, formatPercent, formatYuan, parseYuan } from '../src/index.ts';

describe('money', () => {
  it('rounds halves away from zero, and what is whole stays', () => {
    expect([5n, 3n, 1n, 0n, -1n, -3n, -5n].map((halves) => divideHalfUp(halves, 2n))).toEqual([3n, 2n, 1n, 0n, -1n, -2n, -3n]);
    expect([4n, 5n, -4n, -5n, 1n].map((thirds) => divideHalfUp(thirds, 3n))).toEqual([1n, 2n, -1n, -2n, 0n]);
  });
  it('rounds down towards minus infinity where it says so', () => {
    expect([7n, 6n, -1n, -6n, -7n, 0n].map((parts) => divideFloor(parts, 3n))).toEqual([2n, 2n, -1n, -2n, -3n, 0n]);
  });
  it('is written with two decimals and its sign', () => {
    expect([0n, 1n, 99n, 100n, 123_456n, -1n, -250n].map(formatYuan)).toEqual(['0.00', '0.01', '0.99', '1.00', '1234.56', '-0.01', '-2.50']);
  });
  it('is read as it is written, and not otherwise', () => {
    expect(['0', '1', '1.5', '1.05', '-0.01', '00012.30'].map(parseYuan)).toEqual([0n, 100n, 150n, 105n, -1n, 1_230n]);
    for (const text of ['', '.5', '1.', '1.234', '1,000', ' 1', '1 ', '+1', '--1', '1e3', 'x1', '1x', '１']) expect(() => parseYuan(text), text).toThrow(ArgumentError);
  });
});

describe('a rate', () => {
  it('is written in per cent without trailing zeros, with its sign', () => {
    expect([0n, 1n, 100n, 72_500n, 180_000n, 10_000n, -1n, -72_500n].map(formatPercent)).toEqual(['0', '0.0001', '0.01', '7.25', '18', '1', '-0.0001', '-7.25']);
  });
});

describe('a day', () => {
  it('is read when it is in the calendar and written in full, and not otherwise', () => {
    expect(formatDate(businessDate('2024-02-29'))).toBe('2024-02-29');
    for (const text of ['2026-02-29', '2026-00-10', '2026-13-10', '2026-04-00', '2026-04-31', '0000-01-01', '2026-1-01', '2026-01-1', ' 2026-01-01', '2026-01-01 ', '12026-01-01', '2026-01-011', '2026/01/01', '-026-01-01']) {
      expect(() => businessDate(text), text).toThrow(ArgumentError);
    }
  });
  it('lies within the years 1 to 9999, both ends included', () => {
    const [first, last] = [businessDate('0001-01-01'), businessDate('9999-12-31')];
    expect([first, last]).toEqual([-719_162, 2_932_896]);
    expect(formatDate(addMonths(businessDate('0001-02-01'), -1))).toBe('0001-01-01');
    expect(formatDate(addMonths(businessDate('9999-11-30'), 1, 31))).toBe('9999-12-31');
    const day = businessDate('2026-01-15');
    expect(() => addDays(day, last)).toThrow(`days is ${last}: ${first - day} to ${last - day} from 2026-01-15, within the years 1 to 9999`);
    expect(() => addMonths(day, 12 * 9000)).toThrow('months is 108000: to a day within the years 1 to 9999, from 2026-01-15');
  });
});
