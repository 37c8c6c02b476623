import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyStart, anyTerms } from '../test/arbitraries.ts';
import { annualCostOf, annualRatePpm, businessDate, costExceeds, fen, fixedOf, scheduleOf, searchRate, worthAt, type CostFlows, type LoanTerms, type BusinessDate } from './index.ts';

const flowsOf = (terms: LoanTerms, on: BusinessDate, held = 0n): CostFlows => ({
  received: fen(terms.principal - held),
  receivedOn: on,
  payments: scheduleOf(terms, on).map((row) => ({ dueOn: row.dueOn, principal: row.principal, charges: row.interest })),
});
const sold = anyTerms.filter((terms) => terms.principal >= 500_000n && terms.rate <= 360_000n);

describe('the annual cost', () => {
  it('by monthly rate × 12 is the contract rate of a level-installment loan in equal months', () => {
    fc.assert(fc.property(sold, anyStart, (terms, on) => {
      const level = { ...terms, method: 'level_installment', basis: 'monthly', dueDay: null, termDays: null, principal: fen(terms.principal * 1_000n) } as const;
      const result = annualCostOf(flowsOf(level, on));
      if (result.kind !== 'cost') throw new Error('a loan has a cost');
      const off = result.cost.irrTimes12Ppm - level.rate;
      expect(off <= 1n && off >= -1n).toBe(true);
    }), { numRuns: 200 });
  });

  it('agrees with the cap test on both sides of it', () => {
    fc.assert(fc.property(sold, anyStart, fc.bigInt({ min: 0n, max: 3_000n }), (terms, on, held) => {
      const flows = flowsOf(terms, on, held);
      const result = annualCostOf(flows);
      if (result.kind !== 'cost') throw new Error('a loan has a cost');
      const { irrTimes12Ppm: irr, datedPpm: dated } = result.cost;
      expect(costExceeds(flows, irr + 1n).byIrrTimes12).toBe(false);
      expect(costExceeds(flows, irr - 1n).byIrrTimes12).toBe(true);
      expect(costExceeds(flows, dated + 1n).byDatedFlows).toBe(false);
      expect(costExceeds(flows, dated - 1n).byDatedFlows).toBe(true);
    }), { numRuns: 200 });
  });

  it('rises with everything held back from the payout', () => {
    fc.assert(fc.property(sold, anyStart, (terms, on) => {
      const [whole, less] = [annualCostOf(flowsOf(terms, on)), annualCostOf(flowsOf(terms, on, terms.principal / 50n))];
      if (whole.kind !== 'cost' || less.kind !== 'cost') throw new Error('a loan has a cost');
      for (const measure of ['irrTimes12Ppm', 'effectivePpm', 'simplePpm', 'datedPpm'] as const) expect(less.cost[measure]).toBeGreaterThan(whole.cost[measure]);
    }), { numRuns: 200 });
  });

  it('of exactly the cap does not exceed it, and of a fen more does', () => {
    const month = (charges: bigint): CostFlows => ({ received: fen(1_200_000n), receivedOn: businessDate('2026-01-15'), payments: [{ dueOn: businessDate('2026-02-15'), principal: fen(1_200_000n), charges: fen(charges) }] });
    expect([costExceeds(month(24_000n), 240_000n).byIrrTimes12, costExceeds(month(24_001n), 240_000n).byIrrTimes12]).toEqual([false, true]);
    const year = (charges: bigint): CostFlows => ({ received: fen(1_000_000n), receivedOn: businessDate('2026-01-15'), payments: [{ dueOn: businessDate('2027-01-15'), principal: fen(1_000_000n), charges: fen(charges) }] });
    expect([costExceeds(year(240_000n), 240_000n).byDatedFlows, costExceeds(year(240_001n), 240_000n).byDatedFlows]).toEqual([false, true]);
  });

  it('says when there is no rate', () => {
    const free = { received: fen(100n), receivedOn: businessDate('2026-01-15'), payments: [] };
    expect(annualCostOf(free)).toEqual({ kind: 'no_rate' });
    expect(annualCostOf({ ...free, received: fen(0n) })).toEqual({ kind: 'no_rate' });
  });
});

describe('the rate search', () => {
  it('names every rate when there are several', () => {
    const found = searchRate([{ at: 0, amount: 100n }, { at: 1, amount: -230n }, { at: 2, amount: 132n }]);
    if (found.kind !== 'several') throw new Error('two rates');
    expect(found.rates.map((rate) => (rate + fixedOf(1n, 10n ** 20n)) / fixedOf(1n, 100n))).toEqual([10n, 20n]);
  });
  it('finds none for money that only comes, for none at all, and for flows without a real rate', () => {
    expect(searchRate([{ at: 0, amount: 1n }, { at: 1, amount: 5n }])).toEqual({ kind: 'none' });
    expect(searchRate([])).toEqual({ kind: 'none' });
    expect(searchRate([{ at: 0, amount: 100n }, { at: 1, amount: -100n }, { at: 2, amount: 100n }])).toEqual({ kind: 'none' });
  });
  it('ends on any flows, and what it finds makes them worth nothing', () => {
    fc.assert(fc.property(fc.array(fc.record({ at: fc.integer({ min: 0, max: 500 }), amount: fc.bigInt({ min: -(10n ** 9n), max: 10n ** 9n }) }), { maxLength: 12 }), (flows) => {
      const found = searchRate(flows);
      const rates = found.kind === 'none' ? [] : found.kind === 'one' ? [found.rate] : found.rates;
      for (const rate of rates) {
        const step = fixedOf(1n, 10n ** 25n);
        const [below, above] = [worthAt(flows, (rate - step) as typeof rate), worthAt(flows, (rate + step) as typeof rate)];
        expect(below >= 0n !== above > 0n || below === 0n || above === 0n).toBe(true);
      }
    }), { numRuns: 200 });
  });
  it('stops on a flow between two periods', () => expect(() => searchRate([{ at: 0.5, amount: 1n }])).toThrow('whole period'));
});

it('a rate is refused outside 0 to 1000 %', () => expect(() => annualRatePpm(10_000_001n)).toThrow('0 to 10000000 ppm'));
