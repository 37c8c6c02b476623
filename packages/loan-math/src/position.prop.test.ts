import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyHistory, type History } from '../test/arbitraries.ts';
import { anyLife } from '../test/arbitraries-life.ts';
import { naivePosition } from '../test/naive.ts';
import { addDays, checkEvents, compareEvents, payoffQuote, positionOn, rankOf, validateTerms, type LoanEvent, type Position } from './index.ts';

const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n);
const comparable = (position: Position) => {
  const { at } = position.accruedInterest;
  const common = gcd(at.numerator, at.denominator);
  const { disbursed: _disbursed, ...totals } = position.totals;
  return {
    status: position.status, principalOutstanding: position.principalOutstanding as bigint,
    due: { fee: position.due.fee, penalty: position.due.penalty, interest: position.due.interest, principal: position.due.principal },
    totals, accrued: { n: at.numerator / common, d: at.denominator / common }, daysPastDue: position.daysPastDue,
  };
};
const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? (a < 0n ? -a : a) || 1n : gcd(b, a % b));
const RUNS = { numRuns: 400 };

describe('a position', () => {
  for (const [what, histories, numRuns] of [['any contract and anything that can happen to it', anyLife, 1_000], ['loans as they are sold', anyHistory, 600]] as const) {
    it(`is what a naive walk through every day gives: ${what}`, { timeout: 60_000 }, () => {
      fc.assert(fc.property(histories, ({ terms, events, on }) => {
        const { rows, open, ...naive } = naivePosition(terms, events, on);
        const fold = positionOn(terms, events, on);
        expect(comparable(fold)).toEqual(naive);
        const closed = fold.installments.slice(0, rows.length).map(({ number, principal, interest, penalty, fee, dueOn, ...row }) => (
          { number, principal, interest, penalty, fee, due: dueOn, paid: row.principalPaid + row.interestPaid + row.penaltyPaid + row.feePaid }));
        expect(closed).toEqual(rows);
        const next = fold.installments[rows.length];
        expect(next === undefined ? null : { number: next.number, due: next.dueOn, principal: next.principal, interest: next.interest, fee: next.fee }).toEqual(open);
      }), { numRuns });
    });
  }

  it('comes only from terms and events that the checks accept', () => {
    fc.assert(fc.property(anyLife, ({ terms, events }) => {
      expect(validateTerms(terms)).toEqual({ ok: true });
      expect(checkEvents(terms, events)).toEqual({ ok: true });
    }), RUNS);
  });

  it('accounts for every fen received', () => {
    fc.assert(fc.property(anyLife, ({ terms, events, on }) => {
      const { totals } = positionOn(terms, events, on);
      const { feePaid, penaltyPaid, interestPaid, principalPaid, refundLiability, refunded, recovered } = totals;
      expect(feePaid + penaltyPaid + interestPaid + principalPaid + refundLiability + refunded + recovered).toBe(totals.received);
    }), RUNS);
  });

  it('has installments that add up to the principal lent and to the totals', () => {
    fc.assert(fc.property(anyLife, ({ terms, events, on }) => {
      const { installments, totals, status } = positionOn(terms, events, on);
      expect(sum(installments.map((row) => row.principal))).toBe(terms.principal);
      expect(sum(installments.map((row) => row.principalPaid))).toBe(totals.principalPaid);
      expect(sum(installments.map((row) => row.interestPaid))).toBe(totals.interestPaid);
      expect(sum(installments.map((row) => row.penaltyPaid))).toBe(totals.penaltyPaid);
      expect(sum(installments.map((row) => row.feePaid))).toBeLessThanOrEqual(totals.feePaid);
      expect(sum(installments.map((row) => row.feeWaived))).toBeLessThanOrEqual(totals.feeWaived);
      expect(sum(installments.map((row) => row.penalty))).toBe(totals.penaltyCharged);
      if (status === 'active') expect(installments.at(-1)!.balanceAfter).toBe(0n);
    }), RUNS);
  });

  it('owes what was lent less what came back, never a negative part', () => {
    fc.assert(fc.property(anyLife, ({ terms, events, on }) => {
      const { principalOutstanding, totals, due, installments } = positionOn(terms, events, on);
      expect(principalOutstanding).toBe(terms.principal - totals.principalPaid - totals.principalChargedOff);
      expect(principalOutstanding).toBeGreaterThanOrEqual(0n);
      for (const part of Object.values(due)) expect(part).toBeGreaterThanOrEqual(0n);
      for (const row of installments) for (const value of [row.principal, row.interest, row.penalty, row.principalPaid, row.penaltyPaid]) expect(value).toBeGreaterThanOrEqual(0n);
    }), RUNS);
  });

  it('does not depend on the order in which events are listed', () => {
    fc.assert(fc.property(anyLife, ({ terms, events, on }) => {
      expect(positionOn(terms, events.toReversed(), on)).toEqual(positionOn(terms, events, on));
      expect(positionOn(terms, events.toSorted(compareEvents), on)).toEqual(positionOn(terms, events, on));
    }), RUNS);
  });

  it('known through a sequence number is the position of the events known then', () => {
    fc.assert(fc.property(anyLife, fc.nat(), ({ terms, events, on }, cut) => {
      const known = (cut % events.length) + 1;
      expect(positionOn(terms, events, on, known)).toEqual(positionOn(terms, events.filter((event) => event.sequence <= known), on));
    }), RUNS);
  });

  it('after a reversal is as if the money had never come', () => {
    fc.assert(fc.property(anyLife, ({ terms, events, on }) => {
      const gone = events.flatMap((event) => (event.kind === 'repayment_reversed' ? [event.id, event.reverses] : []));
      const without = events.filter((event) => !gone.includes(event.id));
      expect({ ...positionOn(terms, without, on), knownThrough: 0 }).toEqual({ ...positionOn(terms, events, on), knownThrough: 0 });
    }), RUNS);
  });

  it('ignores the booking markers of the close of day', () => {
    fc.assert(fc.property(anyLife, ({ terms, events, on, start }) => {
      const sequence = events.length + 1;
      const marked: LoanEvent[] = [...events, { id: 'm', sequence, valueOn: addDays(start, 31), bookedAt: 0, kind: 'fell_due', installment: 1 }];
      expect({ ...positionOn(terms, marked, on), knownThrough: 0 }).toEqual({ ...positionOn(terms, events, on), knownThrough: 0 });
    }), RUNS);
  });
});

/** The same history up to one of its days, with a later day on which nothing else happens. */
const cutAt = ({ terms, events, on, start }: History, cut: number) => {
  const day = addDays(start, cut % (on - start + 1));
  return { terms, day, events: events.filter((event) => event.valueOn <= day && event.kind !== 'repayment_reversed') };
};

describe('time alone', () => {
  it('changes nothing before nextActionOn but what grows by the day', () => {
    fc.assert(fc.property(anyLife, fc.nat(), (history, cut) => {
      const { terms, day, events } = cutAt(history, cut);
      const now = positionOn(terms, events, day);
      const until = now.nextActionOn ?? addDays(day, 40);
      for (let later = addDays(day, 1); later < until; later = addDays(later, 1)) {
        const then = positionOn(terms, events, later);
        const passed = BigInt(later - day);
        for (const side of ['accruedInterest', 'accruedPenalty'] as const) {
          expect(then[side]).toEqual({ at: { ...now[side].at, numerator: now[side].at.numerator + passed * now[side].perDay }, perDay: now[side].perDay });
        }
        expect(then.nextActionOn).toBe(now.nextActionOn);
        expect(then.bucket).toBe(now.bucket);
        expect(then.principalOverdue).toBe(now.principalOverdue);
        expect({ ...then.totals, penaltyCharged: 0n }).toEqual({ ...now.totals, penaltyCharged: 0n });
      }
    }), RUNS);
  });

  it('never lowers what is owed', () => {
    fc.assert(fc.property(anyLife, fc.nat(), (history, cut) => {
      const { terms, day, events } = cutAt(history, cut);
      let last = positionOn(terms, events, day);
      for (let step = 1; step <= 70; step += 3) {
        const then = positionOn(terms, events, addDays(day, step));
        expect(then.due.total).toBeGreaterThanOrEqual(last.due.total);
        expect(then.totals.penaltyCharged).toBeGreaterThanOrEqual(last.totals.penaltyCharged);
        expect(then.principalOutstanding).toBe(last.principalOutstanding);
        last = then;
      }
    }), RUNS);
  });
});

describe('an early settlement', () => {
  it('costs exactly its quote and ends the loan', () => {
    fc.assert(fc.property(anyLife, fc.nat(), (history, cut) => {
      const { terms, day, events } = cutAt(history, cut);
      // A refund sent on the very day counts after the settlement: the quote before it is another one.
      const isLastOfDay = events.every((event) => event.valueOn < day || rankOf(event.kind) <= rankOf('prepaid'));
      if (positionOn(terms, events, day).status !== 'active' || !isLastOfDay) return;
      const quote = payoffQuote(terms, events, day);
      const before = positionOn(terms, events, day).totals;
      const last = events.reduce((most, event) => (event.sequence > most ? event.sequence : most), 0);
      const settle: LoanEvent = { id: 'settle', sequence: last + 1, valueOn: day, bookedAt: 0, kind: 'prepaid', amount: quote.total, effect: 'settle' };
      if (quote.total <= 0n) return;
      const after = positionOn(terms, [...events, settle], day);
      expect(after.status).toBe('settled');
      expect(after.settledOn).toBe(day);
      expect(after.principalOutstanding).toBe(0n);
      expect(after.totals.interestPaid - before.interestPaid).toBe(quote.interest);
      expect(after.totals.penaltyPaid - before.penaltyPaid).toBe(quote.penalty);
      expect(after.totals.feePaid - before.feePaid).toBe(quote.fee);
      expect(after.totals.principalPaid - before.principalPaid).toBe(quote.principal);
      expect(after.nextActionOn).toBeNull();
    }), RUNS);
  });
});
