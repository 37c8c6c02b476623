import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyContract, anyPayout } from '../test/arbitraries-life.ts';
import { annualRatePpm, fen, validateTerms, type LoanTerms } from './index.ts';
import { levelAtStart } from './plan-level.ts';
import { levelAmount, planOf } from './plan.ts';

describe('the level amount of a whole loan', () => {
  it('is the exact one, however it was worked out', () => {
    const principal = fc.oneof(fc.bigInt({ min: 1n, max: 100n }), fc.bigInt({ min: 1n, max: 10n ** 8n }), fc.bigInt({ min: 1n, max: 10n ** 15n }));
    const rate = fc.oneof(fc.bigInt({ min: 1n, max: 100n }), fc.bigInt({ min: 1n, max: 3_600_000n }));
    fc.assert(fc.property(anyContract, anyPayout, principal, rate, fc.integer({ min: 1, max: 480 }), (contract, on, lent, ppm, months) => {
      const terms: LoanTerms = contract.method === 'level_installment' ? { ...contract, principal: fen(lent), rate: annualRatePpm(ppm), months: contract.dueRoll === undefined ? months : contract.months } : contract;
      fc.pre(validateTerms(terms).ok);
      const plan = planOf(terms, on);
      expect(levelAtStart(plan)).toBe(levelAmount(plan, 1, terms.principal));
    }), { numRuns: 1_000 });
  });

  it('is exact where a half lies too near for floating point', () => {
    // One row of 36 days at 10 %: level = principal × 1.01, a half of a fen at every 50 fen.
    for (const principal of [50n, 150n, 10n ** 15n - 50n]) {
      const terms: LoanTerms = {
        principal: fen(principal), method: 'level_installment', basis: 'act_360', rate: annualRatePpm(100_000n), months: 1, termDays: null, dueDay: null,
        graceDays: 0, graceCountsBack: false, penaltyRate: annualRatePpm(0n), allocationOrder: ['fee', 'penalty', 'interest', 'principal'], allocationScope: 'installment_first',
      };
      const plan = { ...planOf(terms, 20_000 as never), days: [20_000, 20_036] as never };
      expect(levelAtStart(plan)).toBe((principal * 101n + 50n) / 100n);
    }
  });
});
