import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyHistory, type History } from '../test/arbitraries.ts';
import { anyChangedLife } from '../test/changed-lives.ts';
import { addDays, checkEvents, fen, NO_TOTALS, positionOn, replay, type LoanEvent, type NetComponent, type Position, type Replay } from './index.ts';

const RUNS = { numRuns: 300 };

const amountOf = ({ totals, due, principalOutstanding, principalOverdue }: Position): Record<NetComponent, bigint> => ({
  ...totals, principalOutstanding, principalOverdue, dueFee: due.fee, duePenalty: due.penalty, dueInterest: due.interest, duePrincipal: due.principal, due: due.total,
});
const done = (result: ReturnType<typeof replay>): Replay => {
  if (!result.ok) throw new Error(result.error.code);
  return result;
};
const payment = (history: History, name: string, { day, amount }: { readonly day: number; readonly amount: bigint }): LoanEvent => ({
  id: name, sequence: history.events.length + 100 + name.length, valueOn: addDays(history.start, day % (history.on - history.start + 1)), bookedAt: 0, kind: 'repayment_received', amount: fen(amount + 1n),
});
const anyPayment = fc.record({ day: fc.nat(), amount: fc.bigInt({ min: 0n, max: 300_000n }) });

describe('a replay', () => {
  it('nets each amount exactly: after less before, and nothing that did not change', () => {
    fc.assert(fc.property(anyHistory, anyPayment, (history, paid) => {
      const { terms, events, on } = history;
      const added = [payment(history, 'late', paid)];
      const { before, after, net } = done(replay(terms, events, added, on));
      expect(before).toEqual(positionOn(terms, events, on));
      expect(after).toEqual(positionOn(terms, [...events, ...added], on));
      const [was, is] = [amountOf(before), amountOf(after)];
      for (const component of Object.keys(is) as NetComponent[]) {
        const told = net.find((each) => each.component === component);
        expect(told?.change ?? 0n).toBe(is[component] - was[component]);
        if (told !== undefined) expect([told.before, told.after, told.change === 0n]).toEqual([was[component], is[component], false]);
      }
    }), RUNS);
  });

  it('names the installments on which an amount changed, and they sum to the change', () => {
    fc.assert(fc.property(anyHistory, anyPayment, (history, paid) => {
      const { net } = done(replay(history.terms, history.events, [payment(history, 'late', paid)], history.on));
      for (const { rows, change, component } of net) {
        if (rows.length > 0) expect({ component, sum: rows.reduce((sum, row) => sum + row.after - row.before, 0n) }).toEqual({ component, sum: change });
        else expect(['received', 'refunded', 'refundLiability', 'feeCharged', 'feePaid', 'feeWaived', 'recovered', 'principalOutstanding', 'dueFee', 'due']).toContain(component);
      }
    }), RUNS);
  });

  it('of a payment and its reversal together leaves all as it was', () => {
    fc.assert(fc.property(anyHistory, anyPayment, (history, paid) => {
      const received = payment(history, 'late', paid);
      const reversal: LoanEvent = { id: 'back', sequence: received.sequence + 1, valueOn: addDays(received.valueOn, 2), bookedAt: 0, kind: 'repayment_reversed', reverses: received.id };
      const { net, facts, before, after } = done(replay(history.terms, history.events, [received, reversal], history.on));
      expect([net, facts]).toEqual([[], []]);
      expect({ ...after, knownThrough: 0 }).toEqual({ ...before, knownThrough: 0 });
    }), RUNS);
  });

  it('that takes a payment back is the replay that added it, the other way round', () => {
    fc.assert(fc.property(anyHistory, anyPayment, (history, paid) => {
      const received = payment(history, 'late', paid);
      const reversal: LoanEvent = { id: 'back', sequence: received.sequence + 1, valueOn: history.on, bookedAt: 0, kind: 'repayment_reversed', reverses: received.id };
      const there = done(replay(history.terms, history.events, [received], history.on));
      const back = done(replay(history.terms, [...history.events, received], [reversal], history.on));
      expect(back.net.map(({ component, change }) => [component, -change])).toEqual(there.net.map(({ component, change }) => [component, change]));
      expect(back.facts.map(({ before, after }) => [after, before])).toEqual(there.facts.map(({ before, after }) => [before, after]));
    }), RUNS);
  });

  it('does not depend on the order in which what is added is listed', () => {
    fc.assert(fc.property(anyHistory, fc.array(anyPayment, { minLength: 2, maxLength: 4 }), (history, paid) => {
      const added = paid.map((each, index) => payment(history, 'late'.padEnd(5 + index, 'r'), each));
      expect(replay(history.terms, history.events, added.toReversed(), history.on)).toEqual(replay(history.terms, history.events, added, history.on));
    }), RUNS);
  });

  it('says why in both languages, naming the day of what was added', () => {
    fc.assert(fc.property(anyHistory, anyPayment, (history, paid) => {
      const { net, facts } = done(replay(history.terms, history.events, [payment(history, 'late', paid)], history.on));
      for (const { why } of [...net, ...facts]) {
        expect(why.zh).toMatch(/补记 \d+ 年 \d+ 月 \d+ 日的还款 [\d,]+\.\d\d 元/);
        expect(why.en).toMatch(/the repayment of CNY [\d,]+\.\d\d of \d+ [A-Z][a-z]+ \d+ is added/);
        expect(why.zh + why.en).not.toMatch(/undefined|null|NaN/);
      }
    }), RUNS);
  });

  it('counts the days of penalty it names from the amounts overdue', () => {
    fc.assert(fc.property(anyHistory, anyPayment, (history, paid) => {
      const { net, before, after } = done(replay(history.terms, history.events, [payment(history, 'late', paid)], history.on));
      for (const { component, rows } of net) {
        if (component !== 'penaltyCharged') continue;
        for (const row of rows) {
          expect(before.installments.find(({ number }) => number === row.installment)?.penalty ?? 0n).toBe(row.before);
          expect(after.installments.find(({ number }) => number === row.installment)?.penalty ?? 0n).toBe(row.after);
        }
      }
    }), RUNS);
  });

  it('is refused by the same code as the events together', () => {
    fc.assert(fc.property(anyHistory, fc.constantFrom('id', 'sequence', 'before', 'twice', 'unknown'), ({ terms, events, on, start }, wrong) => {
      const sequence = events.length + 100;
      const common = { id: 'x', sequence, valueOn: on, bookedAt: 0 };
      const added: LoanEvent = wrong === 'id' ? { ...common, id: 'e1', kind: 'repayment_received', amount: fen(1n) }
        : wrong === 'sequence' ? { ...common, sequence: 1, kind: 'repayment_received', amount: fen(1n) }
        : wrong === 'before' ? { ...common, valueOn: addDays(start, -1), kind: 'repayment_received', amount: fen(1n) }
        : wrong === 'twice' ? { ...common, kind: 'disbursed', amount: terms.principal }
        : { ...common, kind: 'repayment_reversed', reverses: 'nobody' };
      const refused = replay(terms, events, [added], on);
      expect(refused.ok).toBe(false);
      expect(refused).toEqual(checkEvents(terms, [...events, added]));
    }), RUNS);
  });

  it('of nothing changes nothing', () => {
    fc.assert(fc.property(anyHistory, ({ terms, events, on }) => {
      const { net, facts } = done(replay(terms, events, [], on));
      expect([net, facts]).toEqual([[], []]);
    }), RUNS);
    expect(Object.keys(NO_TOTALS)).toContain('received');
  });
});

describe('a replay of a loan whose contract changes on the way', () => {
  it('nets exactly, names what was added, and sums over the installments it names', () => {
    fc.assert(fc.property(anyChangedLife, anyPayment, (history, paid) => {
      const added = [payment(history, 'late', paid)];
      const { before, after, net } = done(replay(history.terms, history.events, added, history.on));
      const [was, is] = [amountOf(before), amountOf(after)];
      for (const { component, change, rows, why } of net) {
        expect(change).toBe(is[component] - was[component]);
        if (rows.length > 0) expect({ component, sum: rows.reduce((sum, row) => sum + row.after - row.before, 0n) }).toEqual({ component, sum: change });
        expect(why.zh + why.en).not.toMatch(/undefined|null|NaN/);
      }
    }), RUNS);
  });

  it('takes changes of the contract as it takes payments: what is added late is what was always there', () => {
    fc.assert(fc.property(anyChangedLife, ({ terms, events, on }) => {
      const changes = events.filter(({ kind }) => ['rate_changed', 'rescheduled', 'paused', 'resumed'].includes(kind));
      const { after, before, net } = done(replay(terms, events.filter((event) => !changes.includes(event)), changes, on));
      expect({ ...after, knownThrough: 0 }).toEqual({ ...positionOn(terms, events, on), knownThrough: 0 });
      const [was, is] = [amountOf(before), amountOf(after)];
      for (const { component, change } of net) expect(change).toBe(is[component] - was[component]);
    }), RUNS);
  });
});
