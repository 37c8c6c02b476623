import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amortizationPeriods, amortize, divideRounded, installmentOf, levelOver, type AmortizationShape, type AmortizationTerms } from './amortization.ts';
import { businessDate, businessDateOf } from './business-date.ts';
import { flatFeeSchedule } from './flat-fee.ts';
import { fixedOf } from './fixed.ts';
import { levelInstallment, levelInstallmentSchedule } from './level-installment.ts';
import { levelPrincipalSchedule } from './level-principal.ts';
import { fen } from './money.ts';
import { annualRatePpm } from './rate.ts';

const principals = fc.bigInt({ min: 100n, max: 10_000_000_000n }).map(fen);
const rates = fc.bigInt({ min: 0n, max: 1_000_000n }).map(annualRatePpm);
const shapes = fc.constantFrom<AmortizationShape>('level', 'level_principal', 'flat', 'flat_level', 'bullet');
const share = fc.record({ numerator: fc.bigInt({ min: 0n, max: 50n }), denominator: fc.bigInt({ min: 100n, max: 1000n }) });
const loans = fc.record({
  principal: principals, shape: shapes, rounding: fc.constantFrom('half_up' as const, 'half_even' as const), multipleOf: fc.constantFrom(1n, 100n, 1000n),
  respread: fc.integer({ min: 0, max: 3 }), flatCharge: fc.constantFrom('period' as const, 'term' as const),
  periods: fc.array(fc.record({ factor: share, changes: fc.array(fc.record({ amount: fc.bigInt({ min: 0n, max: 1_000_000n }), factor: share }), { maxLength: 2 }) }), { minLength: 3, maxLength: 40 }),
  graceOnPrincipal: fc.integer({ min: 0, max: 2 }), graceOnInterest: fc.integer({ min: 0, max: 2 }), interestFree: fc.integer({ min: 0, max: 2 }), capitalized: fc.integer({ min: 0, max: 2 }),
}).map((loan): AmortizationTerms => ({ ...loan, periods: loan.periods.map((period, index) => ({ ...period, dueOn: businessDateOf(20_000 + 30 * index) })) }));
const months = (count: number, rate: bigint) => amortizationPeriods({ from: businessDate('2026-01-15'), count, unit: 'month', rate: annualRatePpm(rate), convention: 'equal' });
const total = (amounts: readonly bigint[]): bigint => amounts.reduce((sum, amount) => sum + amount, 0n);

describe('a schedule over any periods', () => {
  it('repays exactly what was lent and added, asks nothing negative, and has a row for each period', () => {
    fc.assert(fc.property(loans, (loan) => {
      const rows = amortize(loan);
      const lent = loan.principal + total(loan.periods.flatMap(({ changes = [] }) => changes.map(({ amount }) => amount)));
      expect(rows).toHaveLength(loan.periods.length);
      expect(total(rows.map(({ principal }) => principal))).toBe(lent + total(rows.map(({ capitalized }) => capitalized)));
      expect(rows.at(-1)!.balance).toBe(0n);
      for (const row of rows) {
        expect(row.total).toBe(row.principal + row.interest);
        expect([row.principal, row.interest, row.capitalized, row.balance].every((amount) => amount >= 0n)).toBe(true);
      }
    }));
  });
  it('asks the same interest in all, whether its first rows ask it or leave it to the next', () => {
    fc.assert(fc.property(loans, fc.integer({ min: 0, max: 2 }), (loan, graceOnInterest) => {
      const asked = (grace: number): bigint => total(amortize({ ...loan, capitalized: 0, graceOnInterest: grace }).map(({ interest }) => interest));
      expect(asked(graceOnInterest)).toBe(asked(0));
    }));
  });
  it('asks nothing of what grace puts off', () => {
    fc.assert(fc.property(loans, (loan) => {
      const rows = amortize(loan);
      for (const row of rows.slice(0, Math.max(loan.graceOnPrincipal!, loan.capitalized!))) expect(row.principal).toBe(0n);
      for (const row of rows.slice(0, Math.max(loan.graceOnInterest!, loan.capitalized!))) expect(row.interest).toBe(0n);
    }));
  });
  it('is brought nearer by a re-spread, or left alone', () => {
    fc.assert(fc.property(loans, (loan) => {
      const level = { ...loan, shape: 'level' as const, respread: 0 };
      const off = (terms: AmortizationTerms): bigint => {
        const difference = amortize(terms).at(-1)!.principal - installmentOf(terms) + amortize(terms).at(-1)!.interest;
        return difference < 0n ? -difference : difference;
      };
      expect(off({ ...level, respread: 3 })).toBeLessThanOrEqual(off(level));
    }));
  });
});

describe('in equal months', () => {
  const terms = fc.record({ principal: principals, rate: rates, months: fc.integer({ min: 1, max: 120 }) });
  it('level rows are those of the quick way', () => {
    fc.assert(fc.property(terms, (loan) => {
      const { principal } = loan;
      const quick = levelInstallmentSchedule(loan);
      const rows = amortize({ principal, shape: 'level', periods: months(loan.months, loan.rate) });
      expect(levelOver(principal, { periods: months(loan.months, loan.rate) })).toBe(levelInstallment(loan));
      expect(rows.slice(0, quick.length).map((row) => [row.principal, row.interest, row.balance])).toEqual(quick.map((row) => [row.principal, row.interest, row.balance]));
    }));
  });
  it('level principal and flat charges are their own schedules', () => {
    fc.assert(fc.property(terms, (loan) => {
      const { principal } = loan;
      const periods = months(loan.months, loan.rate);
      const declining = levelPrincipalSchedule(loan);
      expect(amortize({ principal, shape: 'level_principal', periods }).slice(0, declining.length).map((row) => [row.principal, row.interest])).toEqual(declining.map((row) => [row.principal, row.interest]));
      const flat = flatFeeSchedule({ principal, months: loan.months, rate: { rate: fixedOf(loan.rate, 1_000_000n), per: 'year' } });
      expect(amortize({ principal, shape: 'flat', periods }).map((row) => [row.principal, row.interest, row.total])).toEqual(flat.map((row) => [row.principal, row.interest, row.total]));
    }));
  });
});

describe('rounding', () => {
  it('differs between its two kinds only in the very middle, by one', () => {
    fc.assert(fc.property(fc.bigInt({ min: -(10n ** 9n), max: 10n ** 9n }), fc.bigInt({ min: 1n, max: 40n }), (numerator, denominator) => {
      const [up, even] = [divideRounded(numerator, denominator, 'half_up'), divideRounded(numerator, denominator, 'half_even')];
      const isMiddle = (2n * numerator) % denominator === 0n && numerator % denominator !== 0n && ((2n * numerator) / denominator) % 2n !== 0n;
      expect(even).toBe(isMiddle && up % 2n !== 0n ? up - (numerator < 0n ? -1n : 1n) : up);
    }));
  });
  it('goes to the even neighbour of 0.5, 1.5, 2.5 and their negatives', () => {
    expect([1n, 3n, 5n, -1n, -3n, -5n].map((halves) => divideRounded(halves, 2n, 'half_even'))).toEqual([0n, 2n, 2n, 0n, -2n, -2n]);
  });
});
