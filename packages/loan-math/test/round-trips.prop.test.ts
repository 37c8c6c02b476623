import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays, annualRatePpm, annuity, aprc, aprcFlows, aprcPercent, businessDate, canonicalJson, divFixed, divideHalfUp, fen, FEN_MAX, fixedOf, formatDate, formatPercent, formatYuan, fromCivil, irr, levelInstallmentSchedule,
  levelPrincipalSchedule, ONE, parseYuan, powFixed, PPM, ppmOfFixed, rootFixed, subFixed, unitPeriodsBetween, unitPeriodsPerYear, regZApr, xirr, type BusinessDate, type Fixed, type RateSearch,
} from '../src/index.ts';
import { anyTerms } from './arbitraries.ts';

const only = (found: RateSearch): Fixed => {
  if (found.kind !== 'one') throw new Error(`one rate, not ${found.kind}`);
  return found.rate;
};
const distance = (a: bigint, b: bigint): bigint => (a > b ? a - b : b - a);

/** Reads a percentage exactly, in units of its last decimal. */
function read(text: string, decimals: number): bigint {
  const [, sign, units, digits = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text)!;
  return BigInt(`${sign}1`) * (BigInt(units!) * 10n ** BigInt(decimals) + BigInt(digits.padEnd(decimals, '0') || '0'));
}

describe('what is written reads back as it was', () => {
  it('amounts, in both directions', () => {
    fc.assert(fc.property(fc.bigInt({ min: -FEN_MAX, max: FEN_MAX }), (amount) => {
      const text = formatYuan(amount);
      expect(parseYuan(text)).toBe(amount);
      expect(formatYuan(parseYuan(text))).toBe(text);
    }));
  });
  it('days, in both directions', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 9999 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }), (year, month, day) => {
      const text = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
      expect(formatDate(businessDate(text))).toBe(text);
      expect(businessDate(text)).toBe(fromCivil(year, month, day));
    }));
  });
  it('rates in per cent', () => {
    fc.assert(fc.property(fc.bigInt({ min: 0n, max: 10_000_000n }), (ppm) => {
      expect(read(formatPercent(annualRatePpm(ppm)), 4)).toBe(ppm);
      expect(ppmOfFixed(fixedOf(ppm, PPM))).toBe(ppm);
    }));
  });
  it('percentages with any number of decimals', () => {
    fc.assert(fc.property(fc.bigInt({ min: -(10n ** 9n), max: 10n ** 9n }), fc.integer({ min: 0, max: 20 }), (units, decimals) => {
      expect(read(aprcPercent(fixedOf(units, 100n * 10n ** BigInt(decimals)), decimals), decimals)).toBe(units);
    }));
  });
  it('terms, by their canonical text', () => {
    fc.assert(fc.property(anyTerms, (terms) => {
      const bigints = new Set(Object.entries(terms).filter(([, value]) => typeof value === 'bigint').map(([key]) => key));
      const again: unknown = JSON.parse(canonicalJson(terms), (key, value: unknown) => (bigints.has(key) && typeof value === 'string' ? BigInt(value) : value));
      expect(again).toEqual(JSON.parse(JSON.stringify(terms, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value)), (_, value: unknown) => (typeof value === 'string' && /^\d+n$/.test(value) ? BigInt(value.slice(0, -1)) : value)));
      expect(canonicalJson(again)).toBe(canonicalJson(terms));
    }));
  });
});

const anyRate = fc.integer({ min: 1, max: 1_000_000 });
const anyMonths = fc.integer({ min: 2, max: 60 });

describe('a schedule costs the rate it was made from', () => {
  it.each([['level installments', levelInstallmentSchedule], ['level principal', levelPrincipalSchedule]] as const)('%s, to a ppm a year', (_name, scheduleOf) => {
    fc.assert(fc.property(anyRate, anyMonths, (ppm, months) => {
      const principal = 100_000_000_000n;
      const rows = scheduleOf({ principal: fen(principal), rate: annualRatePpm(BigInt(ppm)), months });
      const monthly = only(irr([principal, ...rows.map(({ principal: part, interest }) => -(part + interest))]));
      expect(distance(ppmOfFixed((monthly * 12n) as Fixed), BigInt(ppm))).toBeLessThanOrEqual(1n);
    }), { numRuns: 40 });
  });
  it('to 28 digits, where payments are not rounded', () => {
    fc.assert(fc.property(anyRate, anyMonths, fc.constantFrom(0 as const, 1 as const), (ppm, nper, type) => {
      const rate = fixedOf(BigInt(ppm), 12n * PPM);
      const pv = fixedOf(1000n);
      const payment = annuity.pmt({ rate, nper, pv, fv: fixedOf(0n), type });
      expect(distance(only(annuity.rate(pv, { nper, pmt: payment, fv: fixedOf(0n), type })), rate)).toBeLessThan(ONE / 10n ** 28n);
      expect(distance(annuity.presentValue(rate, { nper, pmt: payment, fv: fixedOf(0n), type }), pv)).toBeLessThan(ONE / 10n ** 28n);
      expect(distance(annuity.nper(rate, { pmt: payment, pv, fv: fixedOf(0n), type }), fixedOf(BigInt(nper)))).toBeLessThan(ONE / 10n ** 20n);
    }), { numRuns: 40 });
  });
  it('interest and principal of all payments are what is paid, and repay', () => {
    fc.assert(fc.property(anyRate, anyMonths, fc.constantFrom(0 as const, 1 as const), (ppm, nper, type) => {
      const loan = { rate: fixedOf(BigInt(ppm), 12n * PPM), nper, pv: fixedOf(1000n), fv: fixedOf(0n), type };
      const each = Array.from({ length: nper }, (_, index) => annuity.ipmt(loan, index + 1)).reduce<bigint>((sum, interest) => sum + interest, 0n);
      const close = BigInt(nper) * 10n ** 10n;
      expect(distance(annuity.cumipmt(loan, 1, nper), each)).toBeLessThan(close);
      expect(distance(annuity.cumprinc(loan, 1, nper), fixedOf(-1000n))).toBeLessThan(close);
      expect(annuity.cumipmt(loan, 1, nper) + annuity.cumprinc(loan, 1, nper)).toBe(annuity.pmt(loan) * BigInt(nper));
    }), { numRuns: 40 });
  });
});

describe('there and back', () => {
  it('nominal and effective rates', () => {
    fc.assert(fc.property(fc.integer({ min: -9_999, max: 100_000 }), fc.integer({ min: 1, max: 365 }), (tenThousandths, periods) => {
      const effective = fixedOf(BigInt(tenThousandths), 10_000n);
      expect(distance(annuity.effect(annuity.nominal(effective, periods), periods), effective)).toBeLessThan(ONE / 10n ** 30n);
    }));
  });
  it('powers and roots', () => {
    fc.assert(fc.property(fc.bigInt({ min: 1000n, max: 10n ** 8n }), fc.integer({ min: 1, max: 12 }), (value, degree) => {
      const root = fixedOf(value, 1000n);
      expect(distance(rootFixed(powFixed(root, degree), degree), root)).toBeLessThan(10n ** 7n);
      expect(rootFixed(powFixed(fixedOf(value), 2), 2)).toBe(fixedOf(value));
      expect(divFixed(ONE, powFixed(root, degree))).toBe(powFixed(root, -degree));
    }));
  });
  it('one payment a year later: by every convention the rate it was made from', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 20_000 }), anyRate, (days, ppm) => {
      const drawn = addDays(businessDate('1980-01-01'), days);
      const [lent, repaid] = [10n ** 12n, 10n ** 6n * (PPM + BigInt(ppm))];
      const wanted = fixedOf(BigInt(ppm), PPM);
      const due = addDays(drawn, 365);
      expect(distance(only(xirr([{ on: drawn, amount: lent }, { on: due, amount: -repaid }])), wanted)).toBeLessThan(ONE / 10n ** 24n);
      const yearOn: BusinessDate = businessDate(`${Number(formatDate(drawn).slice(0, 4)) + 1}${formatDate(drawn).slice(4).replace('02-29', '02-28')}`);
      const eu = aprc(aprcFlows(drawn, 'year', [{ on: drawn, amount: lent }, { on: yearOn, amount: -repaid }]));
      if (formatDate(drawn).slice(5) !== '02-29') expect(eu.kind === 'rate' && distance(eu.rate, wanted)).toBeLessThan(ONE / 10n ** 22n);
      const unit = { kind: 'month', count: 1 } as const;
      const us = regZApr({ unitPeriodsPerYear: unitPeriodsPerYear(unit), advances: [{ at: unitPeriodsBetween(drawn, drawn, unit), amount: lent }], payments: [{ at: { whole: 12, odd: { numerator: 0n, denominator: 1n } }, amount: repaid }] });
      const monthly = subFixed(rootFixed(fixedOf(repaid, lent), 12), ONE);
      expect(us.kind === 'rate' && distance(us.apr, monthly * 12n)).toBeLessThan(ONE / 10n ** 26n);
    }), { numRuns: 60 });
  });
  it('a half is rounded away from nothing, on both sides', () => {
    fc.assert(fc.property(fc.bigInt({ min: 0n, max: 10n ** 30n }), (half) => {
      expect([divideHalfUp(2n * half + 1n, 2n), divideHalfUp(-2n * half - 1n, 2n)]).toEqual([half + 1n, -half - 1n]);
    }));
  });
});
