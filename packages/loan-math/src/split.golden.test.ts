import { describe, expect, it } from 'vitest';
import { examplesOf } from '../test/spec-page.ts';
import { ArgumentError } from './assert.ts';
import { NO_TOTALS } from './position-on.ts';
import { splitMovement, splitTotals, type SplitState } from './split.ts';

const sharesOf = (text: string) => text.split('/').map((percent, index) => ({ funder: `funder_${index}`, sharePpm: BigInt(percent) * 10_000n }));
const listOf = (text: string) => text.split(' ').map(BigInt);

describe('docs/specs/funding-split.md §5', () => {
  for (const [shares, movements, has, given, why] of examplesOf('funding-split.md', 'shares')[0]!.rows) {
    it(`${shares}: ${movements}: ${why}`, () => {
      let state: SplitState = {};
      let last: { readonly state: SplitState; readonly moved: readonly bigint[] } = { state, moved: [] };
      let component = '';
      for (const movement of movements!.split(/, | (?=then )/)) {
        const [what, total] = movement.split(' ');
        if (what !== 'then') component = what!;
        last = splitMovement(state, sharesOf(shares!), component as 'received', BigInt(total!));
        state = last.state;
      }
      expect([state[component as 'received'], last.moved]).toEqual([listOf(has!), listOf(given!)]);
    });
  }
});

describe('all totals of a loan at once', () => {
  const shares = sharesOf('70/20/10');
  const lent = { ...NO_TOTALS, disbursed: 10_001n };
  const repaid = { ...lent, received: 4_333n, principalPaid: 3_333n, interestPaid: 1_000n };

  it('are split each, and only what moved', () => {
    const first = splitTotals({}, shares, lent as never);
    expect(first).toEqual({ state: { disbursed: [7_001n, 2_000n, 1_000n] }, moved: { disbursed: [7_001n, 2_000n, 1_000n] } });
    const second = splitTotals(first.state, shares, repaid as never);
    expect(second.moved).toEqual({ received: [3_034n, 866n, 433n], principalPaid: [2_334n, 666n, 333n], interestPaid: [700n, 200n, 100n] });
    expect(second.state).toEqual({ ...first.state, ...second.moved });
    expect(splitTotals(second.state, shares, repaid as never)).toEqual({ state: second.state, moved: {} });
  });
  it('move back together when a payment is reversed', () => {
    const paid = splitTotals(splitTotals({}, shares, lent as never).state, shares, repaid as never);
    const reversed = splitTotals(paid.state, shares, lent as never);
    expect(reversed.moved).toEqual({ received: [-3_034n, -866n, -433n], principalPaid: [-2_334n, -666n, -333n], interestPaid: [-700n, -200n, -100n] });
  });
});

describe('a split is refused', () => {
  const shares = sharesOf('70/30');
  it('when more principal comes back than was lent', () => {
    expect(() => splitMovement({}, shares, 'principalPaid', 1n)).toThrow(ArgumentError);
    expect(() => splitMovement({ disbursed: [7n, 3n], principalChargedOff: [1n, 0n] }, shares, 'principalPaid', 10n)).toThrow(ArgumentError);
    expect(splitMovement({ disbursed: [7n, 3n], principalChargedOff: [1n, 0n] }, shares, 'principalPaid', 9n).state.principalPaid).toEqual([6n, 3n]);
  });
  it('when shares are not the whole', () => {
    expect(() => splitMovement({}, sharesOf('70/29'), 'received', 1n)).toThrow('shares is a list of 2: shares that sum to 1000000 ppm, not 990000');
    expect(() => splitMovement({}, sharesOf('70/31'), 'received', 1n)).toThrow('not 1010000');
    expect(() => splitMovement({}, [], 'received', 1n)).toThrow('not 0');
  });
  it('when the state is that of other funders', () => {
    expect(() => splitMovement({ received: [1n] }, shares, 'received', 2n)).toThrow('state.received is a list of 1: an amount for each of 2 funders');
    expect(() => splitMovement({ paid: [1n, 2n] } as never, shares, 'received', 2n)).toThrow('state is "paid": one of disbursed, received');
    expect(splitMovement({ received: undefined } as never, shares, 'received', 10n).moved).toEqual([7n, 3n]);
  });
});
