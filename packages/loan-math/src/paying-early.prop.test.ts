import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyContract, anyPayout } from '../test/arbitraries-life.ts';
import { addDays, fen, positionOn, scheduleOf, type BusinessDate, type LoanEvent, type LoanTerms } from './index.ts';

const RUNS = { numRuns: 400 };
const disbursed = (terms: LoanTerms, on: BusinessDate): LoanEvent => ({ id: 'd', sequence: 1, valueOn: on, bookedAt: 0, kind: 'disbursed', amount: terms.principal });

/** A borrower who pays what the position asks for the next installment, each `early` days ahead (0: on the day). */
function paidThrough(terms: LoanTerms, start: BusinessDate, early: (row: number) => number): readonly LoanEvent[] {
  const events: LoanEvent[] = [disbursed(terms, start)];
  const upfront = positionOn(terms, events, start).due.total;
  if (upfront > 0n) events.push({ id: 'u', sequence: 2, valueOn: start, bookedAt: 0, kind: 'repayment_received', amount: upfront });
  const rows = scheduleOf(terms, start).length;
  for (let number = 1; number <= rows; number++) {
    const now = positionOn(terms, events, events.at(-1)!.valueOn);
    const row = now.installments.find((each) => each.number === number);
    if (row === undefined) break;
    const before = now.installments.find((each) => each.number === number - 1)?.dueOn ?? start;
    const valueOn = addDays(row.dueOn, -Math.min(early(number), row.dueOn - before - 1));
    const asked = positionOn(terms, events, valueOn).installments.find((each) => each.number === number)!;
    const amount = fen(asked.principal + asked.interest + asked.fee - asked.principalPaid - asked.interestPaid - asked.feePaid);
    if (amount > 0n) events.push({ id: `p${number}`, sequence: events.length + 1, valueOn, bookedAt: 0, kind: 'repayment_received', amount });
  }
  return events;
}

const sold = anyContract.filter((terms) => terms.principal >= 50_000n);
const interestOf = (terms: LoanTerms, events: readonly LoanEvent[]): bigint => positionOn(terms, events, addDays(events.at(-1)!.valueOn, 800)).totals.interestCharged;

describe('a loan paid on its due days', () => {
  it('asks exactly its schedule and ends settled', () => {
    fc.assert(fc.property(anyContract, anyPayout, (terms, start) => {
      const events = paidThrough(terms, start, () => 0);
      const end = positionOn(terms, events, events.at(-1)!.valueOn);
      expect(end.status).toBe('settled');
      expect(end.totals.refundLiability).toBe(0n);
      expect(end.installments.map(({ dueOn, principal, interest, fee, balanceAfter }) => ({ dueOn, principal, interest, fee, balance: balanceAfter })))
        .toEqual(scheduleOf(terms, start).map(({ dueOn, principal, interest, fee, balance }) => ({ dueOn, principal, interest, fee, balance })));
    }), RUNS);
  });

  it('stands before any payment as its schedule says', () => {
    fc.assert(fc.property(anyContract, anyPayout, (terms, start) => {
      const { installments } = positionOn(terms, [disbursed(terms, start)], start);
      expect(installments.map((row) => row.principal + row.interest + row.fee)).toEqual(scheduleOf(terms, start).map((row) => row.total));
    }), RUNS);
  });
});

describe('paying ahead', () => {
  it('leaves nothing due on the due day', () => {
    fc.assert(fc.property(sold, anyPayout, fc.integer({ min: 1, max: 25 }), (terms, start, early) => {
      const events = paidThrough(terms, start, () => early);
      for (const row of scheduleOf(terms, start)) {
        const position = positionOn(terms, events, row.dueOn);
        if (terms.method !== 'any_time') expect(position.due.total).toBe(0n);
        expect(position.daysPastDue).toBe(0);
      }
    }), RUNS);
  });

  it('is never dearer than paying on the day', () => {
    fc.assert(fc.property(sold, anyPayout, fc.func(fc.integer({ min: 0, max: 28 })), (terms, start, early) => {
      const onTheDay = interestOf(terms, paidThrough(terms, start, () => 0));
      const ahead = interestOf(terms, paidThrough(terms, start, early));
      // One rounding of half a fen a period is all that may stand against it.
      expect(ahead).toBeLessThanOrEqual(onTheDay + BigInt(scheduleOf(terms, start).length));
    }), RUNS);
  });

  it('saves about a day of interest on the principal for each day', () => {
    fc.assert(fc.property(sold, anyPayout, (terms, start) => {
      if (terms.method !== 'level_installment' || terms.rate < 10_000n || terms.months < 2) return;
      const [first] = scheduleOf(terms, start);
      const ahead = positionOn(terms, paidThrough(terms, start, (row) => (row === 1 ? 20 : 0)), first!.dueOn);
      expect(ahead.installments[0]!.interest).toBeLessThanOrEqual(first!.interest);
      expect(ahead.installments[0]!.principal + ahead.installments[0]!.interest).toBe(first!.total - first!.fee);
    }), RUNS);
  });

  it('pays an installment in two parts as well as in one', () => {
    fc.assert(fc.property(sold, anyPayout, fc.integer({ min: 1, max: 99 }), (terms, start, part) => {
      const [row] = scheduleOf(terms, start);
      if (terms.method === 'any_time' || row!.total < 2n) return;
      const half = fen((row!.total * BigInt(part)) / 100n + 1n);
      if (half >= row!.total) return;
      const pay = (id: string, sequence: number, amount: bigint, day: number): LoanEvent => ({ id, sequence, valueOn: addDays(start, day), bookedAt: 0, kind: 'repayment_received', amount: fen(amount) });
      const twice = [disbursed(terms, start), pay('a', 2, half, 1), pay('b', 3, row!.total - half, 1)];
      const once = [disbursed(terms, start), pay('a', 2, row!.total, 1)];
      const onDueDay = (events: readonly LoanEvent[]) => ({ ...positionOn(terms, events, row!.dueOn), knownThrough: 0 });
      expect(onDueDay(twice)).toEqual(onDueDay(once));
    }), RUNS);
  });
});

describe('settling early', () => {
  it('never costs more interest than keeping the loan to its end', () => {
    fc.assert(fc.property(sold, anyPayout, fc.integer({ min: 0, max: 600 }), (terms, start, after) => {
      const onTheDay = paidThrough(terms, start, () => 0);
      const day = addDays(start, after % (onTheDay.at(-1)!.valueOn - start + 1));
      const sofar = onTheDay.filter((event) => event.valueOn < day);
      if (sofar.length === 0) return;
      const settle: LoanEvent = { id: 's', sequence: 99, valueOn: day, bookedAt: 0, kind: 'prepaid', amount: fen(terms.principal * 12n), effect: 'settle' };
      const settled = positionOn(terms, [...sofar, settle], day);
      expect(settled.status).toBe('settled');
      expect(settled.totals.interestPaid).toBeLessThanOrEqual(interestOf(terms, onTheDay));
      // Nor more in fees: that of the period in which it ends is not asked.
      expect(settled.totals.feePaid).toBeLessThanOrEqual(positionOn(terms, onTheDay, addDays(onTheDay.at(-1)!.valueOn, 800)).totals.feePaid);
    }), RUNS);
  });
});
