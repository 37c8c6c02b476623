import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, businessDate, financeChargePer100, fixedOf, ONE, regZApr, searchRate, singlePaymentPeriod, unitPeriodsBetween, type RegZFlow, type RegZLoan, type UnitPeriod } from './index.ts';

const START = businessDate('2019-11-30');
const MONTHLY = { numerator: 12n, denominator: 1n };
const flow = (amount: bigint, whole: number, odd = 0n): RegZFlow => ({ amount, at: { whole, odd: { numerator: odd, denominator: 30n } } });

const level = fc.record({ lent: fc.bigInt({ min: 10_000n, max: 10n ** 9n }), months: fc.integer({ min: 1, max: 120 }), odd: fc.bigInt({ min: 0n, max: 29n }), charges: fc.bigInt({ min: 1n, max: 10n ** 6n }) });
function loanOf({ lent, months, odd, charges }: { lent: bigint; months: number; odd: bigint; charges: bigint }): RegZLoan {
  const payment = (lent + charges) / BigInt(months) + 1n;
  return { unitPeriodsPerYear: MONTHLY, advances: [flow(lent, 0)], payments: Array.from({ length: months }, (_, n) => flow(payment, n + 1, odd)) };
}
function aprOf(loan: RegZLoan): bigint {
  const result = regZApr(loan);
  if (result.kind !== 'rate') throw new Error(result.why);
  return result.apr;
}

describe('the annual percentage rate of Regulation Z', () => {
  it('is monthly rate × 12 where no period is odd', () => {
    fc.assert(fc.property(level, (each) => {
      const loan = loanOf({ ...each, odd: 0n });
      const found = searchRate([{ at: 0, amount: each.lent }, ...loan.payments.map(({ at, amount }) => ({ at: at.whole, amount: -amount }))]);
      if (found.kind !== 'one') throw new Error('one rate');
      const off = aprOf(loan) - found.rate * 12n;
      expect(off < ONE / 10n ** 27n && off > -ONE / 10n ** 27n).toBe(true);
    }), { numRuns: 60 });
  });
  it('rises with charges, and falls when the first period is longer', () => {
    fc.assert(fc.property(level, (each) => {
      const apr = aprOf(loanOf(each));
      expect(aprOf(loanOf({ ...each, charges: each.charges + 1_000n }))).toBeGreaterThan(apr);
      if (each.odd < 29n) expect(aprOf(loanOf({ ...each, odd: each.odd + 1n }))).toBeLessThan(apr);
    }), { numRuns: 60 });
  });
  it('takes advances in parts: what comes later costs more for the same charge', () => {
    const payments = [flow(11_000n, 12)];
    const [atOnce, inParts] = [[flow(10_000n, 0)], [flow(5_000n, 0), flow(5_000n, 6)]].map((advances) => aprOf({ unitPeriodsPerYear: MONTHLY, advances, payments }));
    expect(inParts! > atOnce!).toBe(true);
  });
  it('always answers, whatever the loan', () => {
    const any = fc.array(fc.record({ amount: fc.bigInt({ min: 0n, max: 10n ** 30n }), whole: fc.integer({ min: 0, max: 60 }), odd: fc.bigInt({ min: 0n, max: 30n }) }).map(({ amount, whole, odd }) => flow(amount, whole, odd)), { maxLength: 4 });
    fc.assert(fc.property(any, any, (advances, payments) => {
      const result = regZApr({ unitPeriodsPerYear: MONTHLY, advances, payments });
      if (result.kind === 'rate') expect(result.apr > -ONE * 12n).toBe(true);
    }), { numRuns: 500 });
  });
  it('is below zero when less is paid, nothing when as much is, and none when nothing is', () => {
    const loan = (paid: bigint): RegZLoan => ({ unitPeriodsPerYear: MONTHLY, advances: [flow(1_000n, 0)], payments: [flow(paid, 12)] });
    expect(aprOf(loan(900n))).toBeLessThan(0n);
    expect(aprOf(loan(1_000n))).toBe(0n);
    expect(regZApr(loan(0n))).toEqual({ kind: 'none', why: 'nothing_paid' });
    expect(regZApr({ ...loan(5n), advances: [] })).toEqual({ kind: 'none', why: 'nothing_advanced' });
    expect(regZApr({ ...loan(10n ** 100n), advances: [flow(1n, 12)] })).toEqual({ kind: 'none', why: 'out_of_range' });
  });
  it('refuses what no loan is, by name', () => {
    const with_ = (payment: RegZFlow) => () => regZApr({ unitPeriodsPerYear: MONTHLY, advances: [flow(1n, 0)], payments: [payment] });
    expect(with_(flow(-1n, 1))).toThrow('.amount is -1: 0 to ');
    expect(with_(flow(1n, 20_001))).toThrow('.at.whole is 20001: 0 to 20000');
    expect(with_(flow(1n, 1, 31n))).toThrow('.at.odd.numerator is 31: 0 to 30');
  });
});

describe('the federal calendar', () => {
  const units: readonly UnitPeriod[] = [{ kind: 'day' }, { kind: 'week', count: 2 }, { kind: 'semimonth' }, { kind: 'month', count: 1 }, { kind: 'month', count: 6 }, { kind: 'year' }];
  it('leaves an odd part of at most one unit-period, and never runs backwards', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 4_000 }), fc.integer({ min: 0, max: 8_000 }), fc.constantFrom(...units), (from, days, unit) => {
      const { whole, odd } = unitPeriodsBetween(addDays(START, from), addDays(START, from + days), unit);
      expect(whole >= 0 && odd.numerator >= 0n && odd.numerator <= odd.denominator).toBe(true);
    }), { numRuns: 500 });
  });
  it('refuses units it has not', () => {
    expect(() => unitPeriodsBetween(START, addDays(START, 40), { kind: 'month', count: 12 })).toThrow('1 to 11');
    expect(() => unitPeriodsBetween(addDays(START, 1), START, { kind: 'day' })).toThrow('on or after from');
    expect(() => singlePaymentPeriod(START, START)).toThrow('at least a day');
  });
  it('counts a term beyond a year in years', () => expect(singlePaymentPeriod(businessDate('2026-01-10'), businessDate('2028-01-10'))).toEqual({ perYear: { numerator: 1n, denominator: 1n }, at: { whole: 2, odd: { numerator: 0n, denominator: 12n } } }));
});

it('a table of finance charges has a rate above nothing', () => {
  expect(() => financeChargePer100(fixedOf(0n), 12)).toThrow('apr is 0: 1 to ');
  expect(() => financeChargePer100(ONE, 0)).toThrow('payments is 0: 1 to 20000');
});
