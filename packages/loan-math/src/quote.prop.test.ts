import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { annualCostOf, annualRatePpm, ArgumentError, businessDate, fen, formatYuan, quoteOf, scheduleOf, validateTerms, type LoanTerms, type QuoteTerms } from './index.ts';

const start = businessDate('2026-01-31');
const rest = { graceDays: 0, graceCountsBack: false, penaltyRate: annualRatePpm(0n), allocationOrder: ['fee', 'penalty', 'interest', 'principal'], allocationScope: 'installment_first' } as const;
/** Mostly what a contract may say; each member now and then what none may. */
const mostly = <T>(good: fc.Arbitrary<T>, ...bad: readonly unknown[]) => fc.oneof({ weight: 12, arbitrary: good as fc.Arbitrary<unknown> }, { weight: 1, arbitrary: fc.constantFrom(...bad) });
const anyTerms = fc.constantFrom('level_installment', 'level_principal', 'interest_first', 'any_time').chain((method) => fc.record({
  principal: mostly(fc.oneof(fc.bigInt({ min: 1n, max: 200n }), fc.bigInt({ min: 1n, max: 10n ** 12n })), 0n, 10n ** 15n + 1n),
  method: mostly(fc.constant(method), 'balloon'),
  basis: mostly(fc.constantFrom('act_360', 'act_365', 'act_act', ...(method === 'any_time' ? [] : ['monthly', 'thirty_us', 'thirty_isda', 'thirty_bond_basis', 'thirty_european', 'thirty_european_plus', 'thirty_excel_nasd'])), 'thirty', 'monthly'),
  rate: mostly(fc.oneof(fc.bigInt({ min: 0n, max: 400_000n }), fc.constant(3_600_000n)), -1n, 3_600_001n),
  months: mostly(method === 'any_time' ? fc.constant(1) : fc.integer({ min: 1, max: 40 }), 0, 481, 2, 1.5),
  termDays: mostly(method === 'any_time' ? fc.constantFrom(1, 30, 14_610) : fc.constant(null), 0, 14_611, null, 30),
  dueDay: mostly(method === 'any_time' ? fc.constant(null) : fc.constantFrom(null, 1, 15, 31), 0, 32, 15),
})).map((terms) => terms as unknown as QuoteTerms);

describe('a quote', () => {
  it('is the schedule and the annual cost of a contract of these terms, and refuses what no contract may say', () => {
    fc.assert(fc.property(anyTerms, (terms) => {
      const contract: LoanTerms = { ...terms, ...rest };
      if (!validateTerms(contract).ok) {
        expect(() => quoteOf(terms, start)).toThrow(ArgumentError);
        return;
      }
      const { rows, interest, total, cost } = quoteOf(terms, start);
      expect(rows).toEqual(scheduleOf(contract, start));
      expect(total).toBe(rows.reduce((sum, row) => sum + row.total, 0n));
      expect(interest).toBe(total - terms.principal);
      const whole = annualCostOf({ received: terms.principal, receivedOn: start, payments: rows.map((row) => ({ dueOn: row.dueOn, principal: row.principal, charges: row.interest })) });
      expect(cost).toEqual(whole.kind === 'cost' ? whole.cost : null);
    }), { numRuns: 1_500 });
  });

  it('of 12,000.00 yuan over a year at 7.2 % asks 473.15 of interest', () => {
    const { rows, interest, total, cost } = quoteOf({ principal: fen(1_200_000n), method: 'level_installment', basis: 'monthly', rate: annualRatePpm(72_000n), months: 12, termDays: null, dueDay: null }, businessDate('2026-01-05'));
    expect([rows.length, formatYuan(rows[0]!.total), formatYuan(interest), formatYuan(total), cost!.irrTimes12Ppm]).toEqual([12, '1039.43', '473.15', '12473.15', 72_003n]);
  });

  it('says of what it refuses which member it is', () => {
    const plain: QuoteTerms = { principal: fen(1_200_000n), method: 'level_installment', basis: 'act_360', rate: annualRatePpm(72_000n), months: 12, termDays: null, dueDay: 15 };
    const said = (change: object, on: unknown = start): string => {
      try {
        quoteOf({ ...plain, ...change }, on as never);
        return 'taken';
      } catch (error) {
        return (error as Error).message;
      }
    };
    expect([said({}), said({ termDays: 30 }), said({ basis: 'monthly' }), said({ method: 'any_time', dueDay: null, months: 1, termDays: 30 }), said({ method: 'any_time', months: 1, termDays: 30 }), said({ method: 'any_time', months: 2, dueDay: null, termDays: 30 })]).toEqual([
      'taken', 'terms.termDays is 30: null, but with any_time', 'terms.dueDay is 15: null, with any_time and with monthly', 'taken', 'terms.dueDay is 15: null, with any_time and with monthly', 'terms.months is 2: 1 to 1',
    ]);
    expect([said({ principal: 0n }), said({ rate: -1n }), said({ months: 481 }), said({ dueDay: 0 }), said({}, 0.5), said({ method: 'any_time', basis: 'monthly' })].map((words) => words.split(' is ')[0])).toEqual([
      'terms.principal', 'terms.rate', 'terms.months', 'terms.dueDay', 'startOn', 'terms.basis',
    ]);
    expect(() => quoteOf(null as never, start)).toThrow('terms is null: an object');
  });
});
