import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, businessDate, divideHalfUp, fixedOf, irr, ONE, searchRate, worthAt, xirr, type DatedFlow, type Fixed, type Flow, type RateSearch } from './index.ts';

const START = businessDate('2020-02-29');
const ratesOf = (found: RateSearch): readonly Fixed[] => (found.kind === 'none' ? [] : found.kind === 'one' ? [found.rate] : found.rates);

/** Money out once, then back in parts, each time some days later. */
const loan = fc.record({
  lent: fc.bigInt({ min: 10_000n, max: 10n ** 9n }),
  parts: fc.array(fc.record({ days: fc.integer({ min: 1, max: 62 }), weight: fc.bigInt({ min: 1n, max: 100n }) }), { minLength: 1, maxLength: 60 }),
  charges: fc.bigInt({ min: 1n, max: 10n ** 9n }),
});
function flowsOf({ lent, parts }: { lent: bigint; parts: readonly { days: number; weight: bigint }[] }, charges: bigint): readonly DatedFlow[] {
  const weights = parts.reduce((sum, { weight }) => sum + weight, 0n);
  let on = START;
  return [{ on, amount: lent }, ...parts.map(({ days, weight }) => ({ on: (on = addDays(on, days)), amount: -((lent + charges) * weight) / weights - 1n }))];
}

/** Anything: huge, tiny, nothing, twice on a day, signs at random. */
const hostile = fc.array(fc.record({
  at: fc.oneof(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 4_000 })),
  amount: fc.oneof(fc.bigInt({ min: -100n, max: 100n }), fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n })),
}), { maxLength: 6 });

/** Less comes back than went out: rates below zero, years apart. */
const loss = fc.array(fc.record({ days: fc.integer({ min: 0, max: 900 }), amount: fc.bigInt({ min: 0n, max: 10n ** 7n }) }), { minLength: 1, maxLength: 12 })
  .map((parts): readonly DatedFlow[] => flowsOf({ lent: 10n ** 8n, parts: parts.map(({ days, amount }) => ({ days, weight: amount + 1n })) }, -(10n ** 7n) * 4n));
const anything = hostile.map((flows) => flows.map(({ at, amount }): DatedFlow => ({ on: addDays(START, at), amount })));

function rounded(found: RateSearch, decimals: number): RateSearch {
  if (found.kind === 'none') return found;
  const unit = 10n ** (40n - BigInt(decimals));
  const near = (rate: Fixed): Fixed => (divideHalfUp(rate, unit) * unit) as Fixed;
  return found.kind === 'one' ? { kind: 'one', rate: near(found.rate) } : { kind: 'several', rates: found.rates.map(near) };
}

describe('the yearly rate of dated flows', () => {
  it('makes the flows of a loan worth nothing, and is the only one', () => {
    fc.assert(fc.property(loan, (each) => {
      const flows = flowsOf(each, each.charges).map(({ on, amount }): Flow => ({ at: on - START, amount }));
      const found = searchRate(flows);
      if (found.kind !== 'one') throw new Error('a loan has one rate');
      const step = fixedOf(1n, 10n ** 30n);
      expect(worthAt(flows, (found.rate - step) as Fixed)).toBeLessThan(0n);
      expect(worthAt(flows, (found.rate + step) as Fixed)).toBeGreaterThan(0n);
    }), { numRuns: 300 });
  });

  it('rises with every charge', () => {
    fc.assert(fc.property(loan, fc.bigInt({ min: 10_000n, max: 10n ** 6n }), (each, more) => {
      const [less, dear] = [xirr(flowsOf(each, each.charges)), xirr(flowsOf(each, each.charges + more))];
      if (less.kind !== 'one' || dear.kind !== 'one') throw new Error('a loan has one rate');
      expect(dear.rate).toBeGreaterThan(less.rate);
    }), { numRuns: 200 });
  });

  it('does not depend on the order in which flows are given, their unit, or who counts them', () => {
    fc.assert(fc.property(loan, fc.bigInt({ min: 2n, max: 10n ** 6n }), (each, unit) => {
      const flows = flowsOf(each, each.charges);
      const found = xirr(flows);
      expect(xirr(flows.toReversed())).toEqual(found);
      const [turned, scaled] = [xirr(flows.map(({ on, amount }) => ({ on, amount: -amount }))), xirr(flows.map(({ on, amount }) => ({ on, amount: amount * unit })))];
      const growth = ONE + ratesOf(found)[0]!;
      for (const other of [turned, scaled]) {
        const off = ratesOf(other)[0]! + ONE - growth;
        expect((off < 0n ? -off : off) * 10n ** 24n < growth + 10n ** 24n).toBe(true);
      }
    }), { numRuns: 100 });
  });

  it('is every rate at which the polynomial was built to be worth nothing', () => {
    // Π (1 + rate_i − growth) in whole hundredths: roots are known.
    fc.assert(fc.property(fc.uniqueArray(fc.integer({ min: 5, max: 400 }), { minLength: 1, maxLength: 6 }), (growths) => {
      let coefficients = [1n];
      for (const growth of growths) coefficients = [...coefficients, 0n].map((c, i) => c * 100n - (coefficients[i - 1] ?? 0n) * BigInt(growth));
      const rates = ratesOf(irr(coefficients));
      const wanted = growths.map((growth) => fixedOf(BigInt(growth) - 100n, 100n)).sort((a, b) => (a < b ? -1 : 1));
      expect(rates).toHaveLength(wanted.length);
      for (const [i, rate] of rates.entries()) expect(rate - wanted[i]! < ONE / 10n ** 20n && wanted[i]! - rate < ONE / 10n ** 20n).toBe(true);
    }), { numRuns: 200 });
  });

  it('counts a rate that only touches nothing', () => {
    expect(irr([100n, -220n, 121n])).toMatchObject({ kind: 'one' });
    expect(irr([100n, -220n, 120n])).toMatchObject({ kind: 'several' });
    expect(irr([100n, -220n, 122n])).toEqual({ kind: 'none', why: 'no_root' });
  });

  it('rounded to a decimal is the rate of 30 digits, rounded', () => {
    const bases = ['act/365F', 'act/360', '30/360_us', '30/360_bond_basis', '30E/360'] as const;
    fc.assert(fc.property(fc.oneof({ weight: 4, arbitrary: loan.map((each) => flowsOf(each, each.charges)) }, { weight: 4, arbitrary: loss }, anything), fc.constantFrom(...bases), fc.integer({ min: 0, max: 14 }), fc.boolean(), (flows, basis, decimals, isTurned) => {
      const given = isTurned ? flows.toReversed() : flows;
      expect(xirr(given, basis, decimals)).toEqual(rounded(xirr(flows, basis), decimals));
      const amounts = flows.map(({ amount }) => amount);
      expect(irr(amounts, decimals)).toEqual(rounded(irr(amounts), decimals));
    }), { numRuns: 800 });
  });

  it('rounded is right on both sides of a boundary between two decimals', () => {
    // One payment n periods after the first is a rate known exactly; amounts about 10^13 put it as near to a half as they can.
    fc.assert(fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 0, max: 999_999 }), fc.integer({ min: -3, max: 3 }), (periods, thousandths, off) => {
      const base = 10n ** 13n;
      const back = base + (BigInt(thousandths) * base) / 1_000_000n + base / 2_000_000n + BigInt(off);
      const flows = [-base, ...Array.from({ length: periods - 1 }, () => 0n), back];
      for (const decimals of [6, 9, 12]) expect(irr(flows, decimals)).toEqual(rounded(irr(flows), decimals));
    }), { numRuns: 300 });
  });

  it('says why there is none', () => {
    expect(xirr([])).toEqual({ kind: 'none', why: 'same_sign' });
    expect(irr([5n, 0n, 7n])).toEqual({ kind: 'none', why: 'same_sign' });
    expect(irr([1n, -(10n ** 9n)])).toEqual({ kind: 'none', why: 'out_of_range' });
    expect(irr(Array.from({ length: 140 }, (_, i) => (i % 2 === 0 ? 5n : -6n)))).toEqual({ kind: 'none', why: 'too_many_changes' });
  });

  it('always answers, whatever the flows', () => {
    fc.assert(fc.property(hostile, (flows) => {
      for (const found of [searchRate(flows), xirr(flows.map(({ at, amount }) => ({ on: addDays(START, at), amount })))]) {
        for (const rate of ratesOf(found)) if (typeof rate !== 'bigint' || rate < -ONE) throw new Error('a rate is a number above −100 %');
        if (found.kind === 'several' && found.rates.some((rate, i) => i > 0 && rate < found.rates[i - 1]!)) throw new Error('rates ascend');
      }
    }), { numRuns: 2_000 });
  });
});
