import { annualRatePpm, businessDate, fen, formatDate, PPM } from '@mingdai/loan-math';
import { describe, expect, it } from 'vitest';
import { contractOf, DAILY_12, MONTHLY_12, type ContractChanges } from '../examples.ts';
import { bookEvent, bookThrough, nothingBooked, refundToRequest, withRefundRequested, type Booking } from './booking.ts';
import { loanFrom } from './loan.ts';

const day = businessDate;
const open = { closedThrough: null, at: 0 };

function lent(on: string, changes: ContractChanges): Booking {
  const contract = contractOf('li', changes);
  return bookEvent(nothingBooked(loanFrom('loan_li', contract), []), { id: 'payout', kind: 'disbursed', amount: contract.terms.principal, valueOn: day(on) }, day(on), open);
}
const fresh = (booking: Booking): Booking => ({ ...booking, fresh: [], entries: [], deltas: [], news: [] });

describe('booking what time has done', () => {
  it('takes the days on which something changes, and no others (docs/specs/close-of-day.md §2)', () => {
    const first = bookThrough(fresh(lent('2026-01-05', { terms: MONTHLY_12 })), day('2026-02-10'), open);
    expect(first.entries.map(({ kind, bookedOn }) => `${formatDate(bookedOn)} ${kind}`)).toEqual(['2026-02-05 fell_due', '2026-02-06 crossed_bucket']);
    expect(first.fresh.map(({ kind, sequence }) => [kind, sequence])).toEqual([['fell_due', 2], ['crossed_bucket', 3]]);
    expect(first.news.map(({ type, payload }) => [type, payload['due_fen']])).toEqual([['loan_overdue', '103972']]);
    const later = bookThrough(first, day('2026-02-28'), open);
    expect(later).toBe(first);
    const march = bookThrough(fresh(first), day('2026-03-10'), open);
    expect(march.entries.map(({ bookedOn }) => formatDate(bookedOn))).toEqual(['2026-03-05', '2026-03-06', '2026-03-08']);
  });

  it('gives the pools what the period earned, and the rounding what was charged beyond it (docs/specs/interest-pools.md §2)', () => {
    for (const [rate, charged, thirds] of [[72_000n, 7_440n, 0n], [72_500n, 7_492n, -1n]] as const) {
      const terms = { ...DAILY_12, rate: annualRatePpm(rate) };
      const paidOut = lent('2026-10-08', { terms, shares: [{ funder: 'webank', sharePpm: PPM }] });
      const denominator = 360_000_000n * PPM;
      expect(paidOut.deltas).toMatchObject([{ level: 0n, slope: 1_200_000n * rate * PPM, chargedFen: 0n, rounding: 0n }]);
      const [due] = bookThrough(fresh(paidOut), day('2026-11-08'), open).deltas;
      expect(due).toMatchObject({ chargedFen: charged, rounding: (thirds * denominator) / 3n, level: -(1_200_000n * rate * 31n * PPM) });
    }
  });
});

describe('booking an event', () => {
  it('twice changes nothing the second time', () => {
    const once = lent('2026-01-05', {});
    expect(bookEvent(once, { id: 'payout', kind: 'disbursed', amount: fen(1_200_000n), valueOn: day('2026-01-05') }, day('2026-01-06'), open)).toBe(once);
  });

  it('in a day that is closed goes to the first open one, with its own value day', () => {
    const booked = bookEvent(fresh(lent('2026-01-05', {})), { id: 'r', kind: 'repayment_received', amount: fen(1_000n), valueOn: day('2026-01-10') }, day('2026-01-12'), { closedThrough: day('2026-01-12'), at: 0 });
    expect(booked.entries.map(({ bookedOn, valueOn }) => [formatDate(bookedOn), formatDate(valueOn)])).toEqual([['2026-01-13', '2026-01-10']]);
  });

  it('that pays too much leaves exactly the rest to be sent back, once', () => {
    const { loan } = bookEvent(lent('2026-01-05', {}), { id: 'r', kind: 'prepaid', effect: 'settle', amount: fen(1_300_000n), valueOn: day('2026-01-05') }, day('2026-01-05'), open);
    expect(refundToRequest(loan)).toBe(100_000n);
    expect(refundToRequest(withRefundRequested(loan, 100_000n))).toBe(0n);
  });
});
