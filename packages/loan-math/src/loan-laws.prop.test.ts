import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyContract, anyLife, anyPayout } from '../test/arbitraries-life.ts';
import { addDays, annualRatePpm, fen, positionOn, scheduleOf, type BusinessDate, type Installment, type LoanEvent, type LoanTerms } from './index.ts';

const RUNS = { numRuns: 500 };
const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n);
const interestOf = (rows: readonly Installment[]): bigint => sum(rows.map((row) => row.interest));
/** As loans are sold: at rates beyond those, and for a few yuan, the level amount's half fen grows to more than a fen an installment. */
const sold = anyContract.filter(({ principal, rate }) => principal >= 50_000n && rate <= 360_000n);
const unrolled = ({ dueRoll: _, ...terms }: LoanTerms): LoanTerms => terms;

describe('a schedule', () => {
  it('repays the principal exactly, and its parts are its totals', () => {
    fc.assert(fc.property(anyContract, anyPayout, (terms, start) => {
      const rows = scheduleOf(terms, start);
      expect(sum(rows.map((row) => row.principal))).toBe(terms.principal);
      expect(rows.at(-1)!.balance).toBe(0n);
      let [balance, from]: [bigint, BusinessDate] = [terms.principal, start];
      for (const row of rows) {
        balance -= row.principal;
        expect([row.balance, row.total, row.from]).toEqual([balance, row.principal + row.interest + row.fee, from]);
        for (const part of [row.principal, row.interest, row.fee]) expect(part).toBeGreaterThanOrEqual(0n);
        expect(row.dueOn).toBeGreaterThan(row.from);
        from = row.dueOn;
      }
    }), RUNS);
  });

  it('bears no less interest at a higher rate, up to a fen an installment', () => {
    fc.assert(fc.property(sold, anyPayout, fc.bigInt({ min: 1n, max: 50_000n }), (terms, start, more) => {
      const dearer = { ...terms, rate: annualRatePpm(terms.rate + more) };
      const rows = scheduleOf(terms, start);
      expect(interestOf(scheduleOf(dearer, start)) + BigInt(rows.length)).toBeGreaterThanOrEqual(interestOf(rows));
    }), RUNS);
  });

  it('bears no less interest over a longer term, up to a fen an installment', () => {
    fc.assert(fc.property(sold.map(unrolled), anyPayout, fc.integer({ min: 1, max: 12 }), (terms, start, more) => {
      const longer = terms.method === 'any_time' ? { ...terms, termDays: terms.termDays! + more } : { ...terms, months: terms.months + more };
      const rows = scheduleOf(longer, start);
      expect(interestOf(rows) + BigInt(rows.length)).toBeGreaterThanOrEqual(interestOf(scheduleOf(terms, start)));
    }), RUNS);
  });

  it('asks no less in all with a higher fee', () => {
    fc.assert(fc.property(anyContract, anyPayout, fc.nat({ max: 5_000 }), fc.nat({ max: 3 }), (terms, start, more, which) => {
      const fee = terms.fees?.[which];
      if (fee === undefined || fee.when === 'deducted') return;
      const raised = fee.ratePpm === undefined ? { ...fee, amount: fen(fee.amount! + BigInt(more)) } : { ...fee, ratePpm: fee.ratePpm + BigInt(more) };
      const dearer = { ...terms, fees: terms.fees!.with(which, raised) };
      expect(sum(scheduleOf(dearer, start).map((row) => row.total))).toBeGreaterThanOrEqual(sum(scheduleOf(terms, start).map((row) => row.total)));
    }), RUNS);
  });
});

/** Sequence numbers given anew, in the order of `order`. */
const resequenced = (events: readonly LoanEvent[], order: readonly LoanEvent[]): readonly LoanEvent[] => events.map((event) => ({ ...event, sequence: order.indexOf(event) + 1 }));
const standing = (terms: LoanTerms, events: readonly LoanEvent[], on: BusinessDate) => ({ ...positionOn(terms, events, on), knownThrough: 0 });

describe('events of one day', () => {
  it('give the same position in whichever order we learn of different kinds of them', () => {
    fc.assert(fc.property(anyLife, fc.infiniteStream(fc.nat()), ({ terms, events, on }, chance) => {
      const days = Map.groupBy(events, ({ valueOn }) => valueOn);
      const isFree = (event: LoanEvent): boolean => days.get(event.valueOn)!.every((other) => other === event || other.kind !== event.kind);
      const reversed = new Set(events.flatMap((event) => (event.kind === 'repayment_reversed' ? [event.id, event.reverses] : [])));
      // Events of different kinds change places with others of their day; reversals stay behind what they reverse.
      const order = [...events];
      for (const { valueOn } of events) {
        const free = order.flatMap((event, index) => (event.valueOn === valueOn && isFree(event) && !reversed.has(event.id) ? [index] : []));
        if (free.length < 2) continue;
        const [a, b] = [free[chance.next().value! % free.length]!, free[chance.next().value! % free.length]!];
        [order[a], order[b]] = [order[b]!, order[a]!];
      }
      expect(standing(terms, resequenced(events, order), on)).toEqual(standing(terms, events, on));
    }), RUNS);
  });

  it('of one kind give the same total: two payments of a day in either order', () => {
    fc.assert(fc.property(anyLife, fc.bigInt({ min: 1n, max: 500_000n }), fc.bigInt({ min: 1n, max: 500_000n }), ({ terms, events, on }, first, second) => {
      const pay = (id: string, sequence: number, amount: bigint): LoanEvent => ({ id, sequence, valueOn: on, bookedAt: 0, kind: 'repayment_received', amount: fen(amount) });
      const next = events.length + 1;
      const one = positionOn(terms, [...events, pay('a', next, first), pay('b', next + 1, second)], on);
      const other = positionOn(terms, [...events, pay('b', next, second), pay('a', next + 1, first)], on);
      expect(other.totals.received).toBe(one.totals.received);
      expect(other.due).toEqual(one.due);
      expect(other.principalOutstanding).toBe(one.principalOutstanding);
    }), RUNS);
  });

  it('are folded alike in one go and day by day, as they became known, in any order of arrival', () => {
    fc.assert(fc.property(anyLife, fc.nat(), ({ terms, events, on }, turn) => {
      const arrived = [...events.slice(turn % events.length), ...events.slice(0, turn % events.length)];
      for (let known = 1; known <= events.length; known++) {
        const piece = events.filter((event) => event.sequence <= known);
        expect(positionOn(terms, arrived, on, known)).toEqual(positionOn(terms, piece, on));
      }
      expect(positionOn(terms, arrived, on)).toEqual(positionOn(terms, events, on));
    }), { numRuns: 150 });
  });
});

describe('a pause', () => {
  const paused = (start: BusinessDate, from: number, days: number): LoanEvent => (
    { id: 'p', sequence: 2, valueOn: addDays(start, from), bookedAt: 0, kind: 'paused', until: addDays(start, from + days), interest: 'stops' });

  it('asks nothing new, and ages nothing, until it is over', () => {
    fc.assert(fc.property(anyContract.map(unrolled), anyPayout, fc.integer({ min: 0, max: 300 }), fc.integer({ min: 1, max: 200 }), (terms, start, from, days) => {
      const events: readonly LoanEvent[] = [{ id: 'd', sequence: 1, valueOn: start, bookedAt: 0, kind: 'disbursed', amount: terms.principal }, paused(start, from, days)];
      const begins = positionOn(terms, events, addDays(start, from));
      for (let day = from + 1; day <= from + days; day += 3) {
        const now = positionOn(terms, events, addDays(start, day));
        expect([now.due, now.daysPastDue, now.totals, now.accruedInterest.at]).toEqual([begins.due, begins.daysPastDue, begins.totals, begins.accruedInterest.at]);
      }
      const { nextDueOn } = begins;
      if (nextDueOn !== null && nextDueOn > begins.on) expect(nextDueOn).toBeGreaterThan(addDays(start, from + days));
    }), { numRuns: 300 });
  });
});
