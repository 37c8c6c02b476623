import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { penaltyRateFor, type PenaltyReason } from './penalty-rate.ts';

// docs/specs/price-cap.md §4: product figure, contract rate, ceiling → overdue rate, what bound it, what was cut.
const examples: readonly (readonly [bigint, bigint, bigint, 'act_360' | 'act_365', bigint, PenaltyReason, bigint])[] = [
  [180_000n, 72_000n, 240_000n, 'act_360', 108_000n, 'contract_uplift', 72_000n],
  [180_000n, 119_998n, 240_000n, 'act_360', 179_997n, 'contract_uplift', 3n],
  [180_000n, 120_000n, 240_000n, 'act_360', 180_000n, 'product', 0n],
  [180_000n, 180_000n, 240_000n, 'act_360', 180_000n, 'product', 0n],
  [352_800n, 180_000n, 240_000n, 'act_360', 236_712n, 'cap', 116_088n],
  [352_800n, 180_000n, 240_000n, 'act_365', 240_000n, 'cap', 112_800n],
  [180_000n, 110_000n, 120_000n, 'act_360', 118_356n, 'cap', 61_644n],
];

describe('the overdue rate of a contract', () => {
  it.each(examples)('product %i, contract %i, ceiling %i, %s → %i bound by %s', (product, contract, cap, basis, rate, binding, cutPpm) => {
    expect(penaltyRateFor({ product, contract, cap, basis })).toMatchObject({ rate, binding, cutPpm, productPpm: product });
  });

  it('the article’s 0.05 % a day on a 7.2 % loan would be two and a half times the contract rate: it is cut, and the rule is named (REPAY-002)', () => {
    expect(penaltyRateFor({ product: 180_000n, contract: 72_000n, cap: 240_000n })).toEqual({
      rate: 108_000n, binding: 'contract_uplift', rule: 'REPAY-002', productPpm: 180_000n, upliftPpm: 108_000n, capLeavesPpm: 236_712n, cutPpm: 72_000n,
    });
  });

  it('is never above any of the three, and always one of them', () => {
    const ppm = (max: bigint) => fc.bigInt({ min: 0n, max });
    fc.assert(fc.property(ppm(1_000_000n), ppm(360_000n), ppm(360_000n), (product, contract, cap) => {
      const { rate, productPpm, upliftPpm, capLeavesPpm } = penaltyRateFor({ product, contract, cap });
      for (const bound of [productPpm, upliftPpm, capLeavesPpm]) expect(rate).toBeLessThanOrEqual(bound);
      expect([productPpm, upliftPpm, capLeavesPpm]).toContain(rate);
      expect(capLeavesPpm * 365n).toBeLessThanOrEqual(240_000n * 360n);
    }));
  });
});
