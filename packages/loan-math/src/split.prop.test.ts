import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyHistory } from '../test/arbitraries.ts';
import { addDays, positionOn, splitMovement, splitTotals, type FundingShare, type SplitState } from './index.ts';

const PPM = 1_000_000;
const anyShares: fc.Arbitrary<readonly FundingShare[]> = fc.array(fc.integer({ min: 0, max: PPM }), { maxLength: 7 }).map((cuts) => {
  const edges = [0, ...cuts.toSorted((a, b) => a - b), PPM];
  return edges.slice(1).map((edge, i) => ({ funder: `funder_${i}`, sharePpm: BigInt(edge - edges[i]!) }));
});
const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n);
const drifts = (amount: bigint, total: bigint, share: bigint): boolean => {
  const off = amount * BigInt(PPM) - total * share;
  return off >= BigInt(PPM) || off <= -BigInt(PPM);
};
const anyStep = fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 3_000 }));

describe('a split by running totals', () => {
  it('sums to the fen, drifts by less than a fen, and closes at zero for all at once', () => {
    fc.assert(fc.property(anyShares, fc.integer({ min: 1, max: 4_000 }), fc.array(anyStep, { maxLength: 60 }), (shares, lent, steps) => {
      let state: SplitState = splitMovement({}, shares, 'disbursed', BigInt(lent)).state;
      let paid = 0;
      for (const step of [...steps, lent]) {
        paid = Math.min(lent, paid + step);
        const movement = splitMovement(state, shares, 'principalPaid', BigInt(paid));
        state = movement.state;
        expect(sum(state.principalPaid!)).toBe(BigInt(paid));
        for (const [i, amount] of state.principalPaid!.entries()) {
          expect(drifts(amount, BigInt(paid), shares[i]!.sharePpm)).toBe(false);
          expect(movement.moved[i]).toBeGreaterThanOrEqual(0n);
          expect(amount).toBeLessThanOrEqual(state.disbursed![i]!);
        }
      }
      expect(state.principalPaid).toEqual(state.disbursed);
    }), { numRuns: 500 });
  });

  it('keeps to the shares through reversals', () => {
    fc.assert(fc.property(anyShares, fc.array(fc.integer({ min: -900, max: 1_000 }), { maxLength: 60 }), (shares, steps) => {
      let state: SplitState = {};
      let total = 0n;
      for (const step of steps) {
        total += BigInt(step);
        state = splitMovement(state, shares, 'interestPaid', total).state;
        expect(sum(state.interestPaid!)).toBe(total);
        for (const [i, amount] of state.interestPaid!.entries()) expect(drifts(amount, total, shares[i]!.sharePpm)).toBe(false);
      }
    }), { numRuns: 500 });
  });

  it('splits all totals of a loan, day after day', () => {
    fc.assert(fc.property(anyHistory, anyShares, ({ terms, events, on, start }, shares) => {
      let state: SplitState = {};
      for (let day = start; day <= on; day = addDays(day, 9)) {
        const { totals } = positionOn(terms, events, day);
        state = splitTotals(state, shares, totals).state;
        for (const [component, amounts] of Object.entries(state)) {
          expect(sum(amounts)).toBe(totals[component as 'received']);
          // What is charged off is what lending and repayment left of a funder's principal: it takes over their drift.
          if (component === 'principalChargedOff') continue;
          for (const [i, amount] of amounts.entries()) expect(drifts(amount, totals[component as 'received'], shares[i]!.sharePpm)).toBe(false);
        }
      }
    }), { numRuns: 150 });
  });

  it('gives a single funder everything', () => {
    const { state, moved } = splitMovement({}, [{ funder: 'a', sharePpm: 1_000_000n }], 'received', 12_345n);
    expect([state.received, moved]).toEqual([[12_345n], [12_345n]]);
  });

  it('stops on shares that are not the whole', () => {
    expect(() => splitMovement({}, [{ funder: 'a', sharePpm: 999_999n }], 'received', 1n)).toThrow('sum to 1000000 ppm');
  });
});
