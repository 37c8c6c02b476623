import { describe, expect, it } from 'vitest';
import { aprc, aprcFlows, aprcInterval, aprcPercent, yearsOfInterval, type AprcFlow } from './aprc.ts';
import { businessDate } from './business-date.ts';
import { fixedOf, ONE, type Fixed } from './fixed.ts';

const unchecked = <T>(value: unknown): T => value as T;
const flow = (amount: bigint, numerator: bigint, denominator = 1n): AprcFlow => ({ at: { numerator, denominator }, amount });
const day = businessDate('2026-01-15');
const A_DAY = ': a day as businessDate() makes one, -719162 to 2932896 (years 1 to 9999)';
const MOST = 10n ** 100n;

describe('a rate of charge', () => {
  it('of several is the one nearest to nothing, whichever is found first', () => {
    // 100 − 160 / x + 55 / x² is nothing at x = 1.1 and x = 0.5; 100 − 240 / x + 135 / x² at 0.9 and 1.5.
    const shown = (flows: readonly AprcFlow[]): readonly string[] => {
      const found = aprc(flows);
      if (found.kind !== 'rate') throw new Error(found.why);
      return [found.rate, ...found.others].map((rate) => aprcPercent(rate, 12));
    };
    expect(shown([flow(100n, 0n), flow(-160n, 1n), flow(55n, 2n)])).toEqual(['10.000000000000', '-50.000000000000']);
    expect(shown([flow(100n, 0n), flow(-240n, 1n), flow(135n, 2n)])).toEqual(['-10.000000000000', '50.000000000000']);
  });
  it('beyond 10^40 a year is algebra, and none', () => {
    // In a month 2000, 2154, 2155 and 3000 for one: 4 × 10^39, 9.98 × 10^39, 1.003 × 10^40 and 5 × 10^41 in a year.
    const inAMonth = (amount: bigint) => aprc([flow(1n, 0n), flow(-amount, 1n, 12n)]);
    for (const amount of [2000n, 2154n]) expect(inAMonth(amount)).toMatchObject({ kind: 'rate', others: [] });
    for (const amount of [2155n, 3000n]) expect(inAMonth(amount)).toEqual({ kind: 'none', why: 'out_of_range' });
    // Ten for one after a day, and after a ten-millionth of a year.
    expect(aprc([flow(1n, 0n), flow(-10n, 1n, 365n)])).toEqual({ kind: 'none', why: 'out_of_range' });
    expect(aprc([flow(1n, 0n), flow(-10n, 1n, 10_000_000n)])).toEqual({ kind: 'none', why: 'out_of_range' });
  });
  it('counts from the first time, whatever it is called', () => {
    const at = (first: bigint) => aprc([flow(-110n, first + 1n), flow(100n, first)]);
    for (const first of [-3n, 0n, 5n]) {
      const found = at(first);
      expect(found.kind === 'rate' && aprcPercent(found.rate, 12)).toBe('10.000000000000');
    }
  });
});

describe('a percentage', () => {
  it('is shown with as many decimals as asked', () => {
    const shown = (numerator: bigint, denominator: bigint, decimals: number): string => aprcPercent(fixedOf(numerator, denominator), decimals);
    expect([shown(1n, 100_000n, 3), shown(-1n, 100_000n, 3), shown(0n, 1n, 2), shown(0n, 1n, 0), shown(-5n, 1000n, 0), shown(12_345n, 1000n, 1)]).toEqual(['0.001', '-0.001', '0.00', '0', '-1', '1234.5']);
    expect(aprcPercent(fixedOf(10n ** 41n), 0)).toBe(`1${'0'.repeat(43)}`);
    expect(aprcPercent(fixedOf(-(10n ** 41n)), 1)).toBe(`-1${'0'.repeat(43)}.0`);
  });
});

describe('what is refused', () => {
  const interval = aprcInterval(day, day, 'month');
  const wrong = (change: Readonly<Record<string, unknown>>) => () => yearsOfInterval(unchecked({ ...interval, ...change }));
  const outside: readonly (readonly [message: string, act: () => unknown])[] = [
    ['unit is "decade": one of year, month, week, day', () => aprcInterval(day, day, unchecked('decade'))],
    [`from is null${A_DAY}`, () => aprcInterval(unchecked(null), day, 'day')],
    ['interval is 1: an object', () => yearsOfInterval(unchecked(1))],
    ['interval.wholeUnits is 530001: 0 to 530000', wrong({ wholeUnits: 530_001 })],
    ['interval.unitsPerYear is 0: 1 to 366', wrong({ unitsPerYear: 0 })],
    ['interval.days is 3660001: 0 to 3660000', wrong({ days: 3_660_001 })],
    ['interval.daysInYear is 364: 365 to 366', wrong({ daysInYear: 364 })],
    [`drawnOn is 0.5${A_DAY}`, () => aprcFlows(unchecked(0.5), 'day', [])],
    ['unit is "decade": one of year, month, week, day', () => aprcFlows(day, unchecked('decade'), [])],
    ['money is 5: a list of at most 10000', () => aprcFlows(day, 'day', unchecked(5))],
    ['money[0] is undefined: an object', () => aprcFlows(day, 'day', [unchecked(undefined)])],
    [`money[1].on is 0.5${A_DAY}`, () => aprcFlows(day, 'day', [{ on: day, amount: 1n }, { on: unchecked(0.5), amount: 1n }])],
    [`money[0].amount is less than -10^60: -${MOST} to ${MOST}`, () => aprcFlows(day, 'day', [{ on: day, amount: -MOST - 1n }])],
    ['flows is 5: a list of at most 10000', () => aprc(unchecked(5))],
    ['flows[0] is null: an object', () => aprc([unchecked(null)])],
    ['flows[0].at is 5: an object', () => aprc([unchecked({ at: 5, amount: 1n })])],
    [`flows[1].amount is more than 10^60: -${MOST} to ${MOST}`, () => aprc([flow(1n, 0n), flow(MOST + 1n, 1n)])],
    ['flows[0].at.denominator is 1000000001: 1 to 1000000000', () => aprc([flow(1n, 0n, 1_000_000_001n)])],
    ['flows[0].at.numerator is -20001: -20000 to 20000', () => aprc([flow(1n, -20_001n, 2n)])],
    ['flows[1].at is an object: a time with the others of which a common part of a year is at least 1/10000000', () => aprc([flow(1n, 0n), flow(1n, 1n, 10_000_001n)])],
    ['flows is a list of 2: times whose common part of a year, 1/10000000, is in their span at most 1000000000 times', () => aprc([flow(1n, -1n, 10_000_000n), flow(-1n, 100n)])],
    ['flows is a list of 3: times whose common part of a year, 1/10000000, is in their span at most 1000000000 times', () => aprc([flow(1n, -1n, 10_000_000n), flow(-1n, 100n), flow(1n, 0n)])],
    [`rate is more than 10^60: -${10n ** 81n} to ${10n ** 81n}`, () => aprcPercent((ONE * 10n ** 41n + 1n) as Fixed)],
    ['decimals is -1: 0 to 20', () => aprcPercent(ONE, -1)],
  ];
  it.each(outside)('%s', (message, act) => expect(act).toThrow(expect.objectContaining({ name: 'ArgumentError', message })));
  it('but not what is just within', () => {
    expect(wrong({ wholeUnits: 530_000, days: 3_660_000, daysInYear: 366, unitsPerYear: 366 })()).toEqual({ numerator: 530_000n * 366n + 3_660_000n * 366n, denominator: 366n * 366n });
    expect(aprcFlows(day, 'day', [{ on: day, amount: MOST }, { on: day, amount: -MOST }])).toHaveLength(2);
    expect(aprc([flow(MOST, -20_000n, 2n), flow(-MOST, 20_000n, 2n)])).toMatchObject({ kind: 'rate' });
    expect(aprc([flow(1n, 0n, 1_000_000_000n)])).toEqual({ kind: 'none', why: 'same_sign' });
  });
});
