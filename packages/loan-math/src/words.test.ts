import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addMonths, annualRatePpm, bucketOf, businessDate, businessDateOf, canonicalJson, civilOf, divideFloor, divideHalfUp, fen, FEN_MAX, formatDate, formatPercent, formatYuan,
  fromCivil, parseYuan, rankOf,
} from './index.ts';

describe('money', () => {
  it('reads and writes yuan without loss', () => {
    fc.assert(fc.property(fc.bigInt({ min: -FEN_MAX, max: FEN_MAX }), (amount) => {
      expect(parseYuan(formatYuan(amount))).toBe(amount);
    }));
  });
  it('is never half a fen, a word or an exponent', () => {
    for (const text of ['1.505', '1e3', '', '.5', '１００', ' 1', '1,000.00', 'NaN']) expect(() => parseYuan(text)).toThrow(RangeError);
  });
  it('is at most ten trillion yuan', () => expect(() => fen(FEN_MAX + 1n)).toThrow('amount is 1000000000000001'));
  it('rounds to the nearest, halves away from zero', () => {
    fc.assert(fc.property(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.bigInt({ min: 1n, max: 10n ** 12n }), (n, d) => {
      const twiceOff = 2n * (n - divideHalfUp(n, d) * d);
      expect(twiceOff >= -d && twiceOff <= d).toBe(true);
      expect(divideHalfUp(-n, d)).toBe(-divideHalfUp(n, d));
      const rest = n - divideFloor(n, d) * d;
      expect(rest >= 0n && rest < d).toBe(true);
    }));
    expect([divideHalfUp(5n, 2n), divideHalfUp(-5n, 2n), divideHalfUp(1n, 3n), divideHalfUp(5n, 3n)]).toEqual([3n, -3n, 0n, 2n]);
  });
});

describe('a day', () => {
  it('is written as it is read', () => {
    fc.assert(fc.property(fc.integer({ min: -719_162, max: 2_932_896 }), (day) => {
      const date = businessDateOf(day);
      const { year, month, day: dayOfMonth } = civilOf(date);
      expect(fromCivil(year, month, dayOfMonth)).toBe(date);
      expect(businessDate(formatDate(date))).toBe(date);
      expect(new Date(day * 86_400_000).toISOString().slice(0, 10)).toBe(formatDate(date));
    }));
  });
  it('exists in the calendar', () => {
    for (const text of ['2026-02-29', '2026-13-01', '2026-00-10', '2026-1-1', '0000-01-01', 'today']) expect(() => businessDate(text)).toThrow(RangeError);
  });
  it('returns to its anchor after a shorter month', () => {
    const start = businessDate('2026-01-31');
    expect([1, 2, 3].map((months) => formatDate(addMonths(start, months)))).toEqual(['2026-02-28', '2026-03-31', '2026-04-30']);
  });
});

describe('words', () => {
  it('name buckets by days past due', () => {
    expect([0, 1, 30, 31, 60, 61, 90, 91, 120, 121, 150, 151, 180, 181, 4000].map(bucketOf))
      .toEqual(['current', 'M1', 'M1', 'M2', 'M2', 'M3', 'M3', 'M4', 'M4', 'M5', 'M5', 'M6', 'M6', 'M7+', 'M7+']);
  });
  it('order the kinds of one day: fees and waivers before money, refunds after it', () => {
    const kinds = ['disbursed', 'fee_charged', 'waived', 'repayment_received', 'prepaid', 'overpayment_refunded', 'charged_off', 'recovered'] as const;
    expect(kinds.map(rankOf)).toEqual(kinds.map(rankOf).toSorted((a, b) => a - b));
  });
  it('write rates in per cent', () => expect([72_000n, 72_500n, 0n, 182_471n].map((ppm) => formatPercent(annualRatePpm(ppm)))).toEqual(['7.2', '7.25', '0', '18.2471']));
});

describe('canonical JSON', () => {
  it('is one text whatever the order of members', () => {
    expect(canonicalJson({ b: 1, a: [fen(5n), null, 'x'], c: undefined })).toBe('{"a":["5",null,"x"],"b":1}');
    fc.assert(fc.property(fc.dictionary(fc.string(), fc.oneof(fc.integer(), fc.string(), fc.boolean())), (object) => {
      expect(canonicalJson(Object.fromEntries(Object.entries(object).toReversed()))).toBe(canonicalJson(object));
    }));
  });
  it('refuses what has no such text', () => {
    for (const value of [Number.NaN, -0, Infinity, () => 1, Symbol('x'), new Map()]) expect(() => canonicalJson(value)).toThrow(RangeError);
  });
});
