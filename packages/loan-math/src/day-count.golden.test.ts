import { describe, expect, it } from 'vitest';
import { examplesOf } from '../test/spec-page.ts';
import { actActIsma, anchoredMonths, businessDate, days360, excelYearFrac, formatDate, yearFraction, type DayCount, type ThirtyRule } from './index.ts';

const day = businessDate;
const asText = ({ numerator, denominator }: { numerator: bigint; denominator: bigint }, over: string): boolean => {
  const [n, d] = over.split('/').map(BigInt);
  return numerator * d! === n! * denominator;
};

describe('docs/specs/day-count.md', () => {
  for (const [first, last, convention, years, why] of examplesOf('day-count.md', 'first')[0]!.rows) {
    it(`${first} to ${last} by ${convention} is ${years}: ${why}`, () => {
      const excel = /^excel (\d)$/.exec(convention!);
      const fraction = excel === null ? yearFraction(day(first!), day(last!), convention as DayCount) : excelYearFrac(day(first!), day(last!), Number(excel[1]) as 0);
      expect(asText(fraction, years!), `${fraction.numerator}/${fraction.denominator}`).toBe(true);
    });
  }
  it('counts Act/Act ISMA inside each coupon period, and the periods one by one', () => {
    const quarter = { start: day('2025-10-01'), end: day('2026-01-01') };
    expect(asText(actActIsma(day('2025-10-01'), day('2026-01-01'), quarter), '1/4')).toBe(true);
    expect(asText(actActIsma(day('2025-07-01'), day('2026-01-01'), quarter), '1/2')).toBe(true);
    expect(asText(actActIsma(day('2025-06-30'), day('2025-12-31'), quarter), '16745/33488')).toBe(true);
    expect(asText(actActIsma(day('2025-11-01'), day('2025-11-01'), quarter), '0/1')).toBe(true);
  });
});

describe('months of 30 days', () => {
  const days = (rule: ThirtyRule, from: string, to: string, end?: string) => days360(day(from), day(to), rule, end === undefined ? null : day(end));
  it('turn the end of February into the 30th where their rule does, and no other day of it', () => {
    expect([days('isda', '2026-02-28', '2026-08-31'), days('isda', '2026-02-27', '2026-08-31'), days('isda', '2026-01-31', '2026-02-28'), days('isda', '2026-01-31', '2026-02-28', '2026-02-28')]).toEqual([180, 183, 30, 28]);
    expect(days('isda', '2026-02-28', '2026-08-31', '2026-08-31')).toBe(180);
    expect([days('european_plus', '2026-01-31', '2026-03-30'), days('european_plus', '2026-01-30', '2026-03-31')]).toEqual([60, 61]);
    expect([days('us', '2026-02-28', '2027-02-28'), days('us', '2026-02-27', '2027-02-28'), days('us', '2026-02-28', '2026-08-31'), days('us', '2026-04-30', '2026-06-30')]).toEqual([360, 361, 180, 60]);
  });
});

describe('monthly days', () => {
  it('keep to the day they are anchored on', () => {
    expect(anchoredMonths(day('2026-01-15'), 3, 31).map(formatDate)).toEqual(['2026-02-28', '2026-03-31', '2026-04-30']);
    expect(anchoredMonths(day('2026-01-31'), 0)).toEqual([]);
  });
});
