import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyStart, anyTerms } from '../test/arbitraries.ts';
import { addDays, annualCostOf, annualRatePpm, businessDate, costExceeds, fen, fixedOf, scheduleOf, searchRate, worthAt, type CostFlows, type LoanTerms, type BusinessDate } from './index.ts';

const flowsOf = (terms: LoanTerms, on: BusinessDate, held = 0n): CostFlows => ({
  received: fen(terms.principal - held),
  receivedOn: on,
  payments: scheduleOf(terms, on).map((row) => ({ dueOn: row.dueOn, principal: row.principal, charges: row.interest })),
});
const LEVEL: LoanTerms = {
  principal: fen(20_000_000n), method: 'level_installment', basis: 'act_360', rate: annualRatePpm(240_000n), months: 12, termDays: null, dueDay: null,
  graceDays: 0, graceCountsBack: true, penaltyRate: annualRatePpm(240_000n), allocationOrder: ['fee', 'penalty', 'interest', 'principal'], allocationScope: 'installment_first',
};
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
      const { irrTimes12Ppm: irr, datedPpm: dated, effectiveDatedPpm: effective } = result.cost;
      expect(costExceeds(flows, irr + 1n).byIrrTimes12).toBe(false);
      expect(costExceeds(flows, irr - 1n).byIrrTimes12).toBe(true);
      expect(costExceeds(flows, dated).byDatedFlows).toBe(false);
      expect(costExceeds(flows, effective + 1n).byEffective).toBe(false);
      expect(costExceeds(flows, effective - 1n).byEffective).toBe(true);
      expect(costExceeds(flows, dated - 1n).byDatedFlows).toBe(true);
    }), { numRuns: 200 });
  });

  it('rises with everything held back from the payout', () => {
    fc.assert(fc.property(sold, anyStart, (terms, on) => {
      const [whole, less] = [annualCostOf(flowsOf(terms, on)), annualCostOf(flowsOf(terms, on, terms.principal / 50n))];
      if (whole.kind !== 'cost' || less.kind !== 'cost') throw new Error('a loan has a cost');
      for (const measure of ['irrTimes12Ppm', 'effectivePpm', 'simplePpm', 'datedPpm', 'effectiveDatedPpm'] as const) expect(less.cost[measure]).toBeGreaterThan(whole.cost[measure]);
    }), { numRuns: 200 });
  });

  it('of exactly the cap does not exceed it, and of a fen more does', () => {
    const month = (charges: bigint): CostFlows => ({ received: fen(1_200_000n), receivedOn: businessDate('2026-01-15'), payments: [{ dueOn: businessDate('2026-02-15'), principal: fen(1_200_000n), charges: fen(charges) }] });
    expect([costExceeds(month(24_000n), 240_000n).byIrrTimes12, costExceeds(month(24_001n), 240_000n).byIrrTimes12]).toEqual([false, true]);
    const year = (charges: bigint): CostFlows => ({ received: fen(1_000_000n), receivedOn: businessDate('2026-01-15'), payments: [{ dueOn: businessDate('2027-01-15'), principal: fen(1_000_000n), charges: fen(charges) }] });
    expect([costExceeds(year(240_000n), 240_000n).byDatedFlows, costExceeds(year(240_001n), 240_000n).byDatedFlows]).toEqual([false, true]);
  });

  it('by dated flows is 365/360 of the contract rate on Act/360, whatever the months look like', () => {
    const terms = { ...LEVEL, principal: fen(10_000_000_000n) };
    for (const months of [3, 12, 24]) {
      const result = annualCostOf(flowsOf({ ...terms, months }, businessDate('2026-10-08')));
      expect(result.kind === 'cost' && result.cost.datedPpm).toBe(243_334n);
    }
  });

  it('by dated flows fits 24 % at 0.0657 % a day and not at 0.0658 % (RATE-011)', () => {
    const exceeds = (dayRatePpm100: bigint) => {
      const terms = { ...LEVEL, rate: annualRatePpm((dayRatePpm100 * 360n)) };
      return costExceeds(flowsOf(terms, businessDate('2026-10-08')), 240_000n).byDatedFlows;
    };
    expect([exceeds(657n), exceeds(658n)]).toEqual([false, true]);
  });

  it('by dated flows is below zero when less comes back, and has no ceiling', () => {
    const on = businessDate('2026-01-15');
    const back = (principal: bigint, charges: bigint, days: number): CostFlows => ({ received: fen(100_000n), receivedOn: on, payments: [{ dueOn: addDays(on, days), principal: fen(principal), charges: fen(charges) }] });
    const dated = (flows: CostFlows) => { const result = annualCostOf(flows); return result.kind === 'cost' && result.cost.datedPpm; };
    expect(dated(back(90_000n, 0n, 365))).toBe(-100_000n);
    expect(dated(back(100_000n, 30_000n, 7))).toBe(15_642_858n); // 0.3 × 365 / 7, up
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
    expect(searchRate([{ at: 0, amount: 1n }, { at: 1, amount: 5n }])).toMatchObject({ kind: 'none' });
    expect(searchRate([])).toMatchObject({ kind: 'none' });
    expect(searchRate([{ at: 0, amount: 100n }, { at: 1, amount: -100n }, { at: 2, amount: 100n }])).toMatchObject({ kind: 'none' });
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
  it('stops on a flow between two periods', () => expect(() => searchRate([{ at: 0.5, amount: 1n }])).toThrow('flows[0].at is 0.5: a whole number'));
});

it('a rate is refused outside 0 to 1000 %', () => expect(() => annualRatePpm(10_000_001n)).toThrow('0 to 10000000 ppm'));
