import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aprc, aprcInterval, aprcPercent, businessDate, addDays, fixedOf, ONE, yearsOfInterval, type AprcFlow, type AprcUnit } from './index.ts';

const START = businessDate('2019-11-30');
const years = (numerator: number, denominator: number) => ({ numerator: BigInt(numerator), denominator: BigInt(denominator) });
const credit = fc.record({ drawn: fc.bigInt({ min: 10_000n, max: 10n ** 8n }), months: fc.integer({ min: 1, max: 120 }), odd: fc.integer({ min: 0, max: 30 }), fee: fc.bigInt({ min: 0n, max: 2_000n }) });

function flowsOf({ drawn, months, odd, fee }: { drawn: bigint; months: number; odd: number; fee: bigint }): readonly AprcFlow[] {
  const payment = (drawn * 11n) / (10n * BigInt(months)) + 1n;
  return [
    { at: years(0, 1), amount: drawn }, { at: years(0, 1), amount: -fee },
    ...Array.from({ length: months }, (_, n) => ({ at: years((n + 1) * 365 + odd * 12, 12 * 365), amount: -payment })),
  ];
}

describe('the annual percentage rate of charge', () => {
  it('is what the drawdown and the payments say in closed form, for one payment', () => {
    fc.assert(fc.property(fc.bigInt({ min: 1_000n, max: 10n ** 8n }), fc.integer({ min: 1, max: 30 }), fc.bigInt({ min: 1n, max: 300n }), (drawn, span, percent) => {
      const owed = drawn * (100n + percent) ** BigInt(span);
      const result = aprc([{ at: years(0, 1), amount: drawn * 100n ** BigInt(span) }, { at: years(span, 1), amount: -owed }]);
      expect(result.kind === 'rate' && aprcPercent(result.rate, 12)).toBe(`${percent}.${'0'.repeat(12)}`);
    }), { numRuns: 100 });
  });
  it('rises with a fee, and there is one', () => {
    fc.assert(fc.property(credit, (each) => {
      const [less, dear] = [aprc(flowsOf(each)), aprc(flowsOf({ ...each, fee: each.fee + 50n }))];
      if (less.kind !== 'rate' || dear.kind !== 'rate') throw new Error('a credit has a rate');
      expect([less.others, dear.others]).toEqual([[], []]);
      expect(dear.rate).toBeGreaterThan(less.rate);
    }), { numRuns: 100 });
  });
  it('always answers, whatever the flows', () => {
    const time = fc.record({ numerator: fc.bigInt({ min: -40n, max: 200n }), denominator: fc.constantFrom(1n, 12n, 52n, 365n, 366n, 4_380n) });
    fc.assert(fc.property(fc.array(fc.record({ at: time, amount: fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }) }), { maxLength: 4 }), (flows) => {
      const result = aprc(flows);
      if (result.kind === 'rate') expect(result.rate >= -ONE).toBe(true);
    }), { numRuns: 1_000 });
  });
  it('is refused for times that share no part of a year', () => {
    expect(() => aprc([{ at: years(1, 999_999_937), amount: 1n }, { at: years(1, 999_999_893), amount: -2n }])).toThrow('a common part of a year');
    expect(() => aprc([{ at: years(1, 0), amount: 1n }])).toThrow('flows[0].at.denominator is 0: 1 to 1000000000');
  });
  it('says why there is none', () => {
    expect(aprc([])).toEqual({ kind: 'none', why: 'same_sign' });
    expect(aprc([{ at: years(0, 1), amount: 5n }])).toEqual({ kind: 'none', why: 'same_sign' });
  });
});

describe('an interval', () => {
  it('ends where it is counted to, in every unit', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 0, max: 20_000 }), fc.constantFrom<AprcUnit>('year', 'month', 'week', 'day'), (from, days, unit) => {
      const interval = aprcInterval(addDays(START, from), addDays(START, from + days), unit);
      const longest = { year: 365, month: 30, week: 6, day: 20_000 }[unit];
      expect(interval.days).toBeGreaterThanOrEqual(0);
      expect(interval.days).toBeLessThanOrEqual(longest);
      const { numerator, denominator } = yearsOfInterval(interval);
      const off = fixedOf(numerator, denominator) - fixedOf(BigInt(days), 365n);
      // Leap days, and weeks of which 52 make a year, move it by less than a day in 270.
      expect(off < ONE / 100n + fixedOf(BigInt(days), 365n * 270n) && off > -(ONE / 100n + fixedOf(BigInt(days), 365n * 270n))).toBe(true);
    }), { numRuns: 500 });
  });
  it('runs forward', () => expect(() => aprcInterval(addDays(START, 1), START, 'month')).toThrow('on or after from'));
});

describe('a percentage', () => {
  it('rises at five, below zero as above', () => {
    expect([fixedOf(305n, 10_000n), fixedOf(-305n, 10_000n), fixedOf(1n, 100_000n)].map((rate) => aprcPercent(rate))).toEqual(['3.1', '-3.1', '0.0']);
    expect(aprcPercent(fixedOf(1_254n, 10_000n), 0)).toBe('13');
    expect(() => aprcPercent(ONE, 21)).toThrow('decimals is 21: 0 to 20');
  });
});
