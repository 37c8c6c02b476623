import { assert } from '@mingdai/loan-math';
import { derivedId } from '../../../kernel/ids.ts';
import { VersionConflict, type CommandTx } from '../../../platform/tx.ts';
import { ACCOUNTS, clearingWith, type JournalEntry } from '../../ledger/index.ts';
import type { Booking, EntryDraft } from '../domain/booking.ts';
import type { Loan } from '../domain/loan.ts';
import type { LoanPosting } from '../domain/postings.ts';
import { saveLoans } from '../repository/loans.ts';
import type { ServicingDeps } from './deps.ts';

/**
 * Writes bookings whose loans are still as they were read: loan, events, pool deltas, then journal entries and news. Two
 * round trips for any number of loans. Answers those that were not written, because somebody else was quicker.
 */
export async function saveBookings(deps: ServicingDeps, tx: CommandTx, bookings: readonly Booking[]): Promise<readonly Booking[]> {
  if (bookings.length === 0) return [];
  const chained = bookings.map((booking) => chain(deps, booking));
  const written = await saveLoans(tx, chained.map(({ loan, booking }) => ({ loan, fresh: booking.fresh, deltas: booking.deltas })));
  const kept = written.size === chained.length ? chained : chained.filter(({ loan }) => written.has(loan.id));
  const booked = await deps.ledger.book(tx, kept.flatMap(({ entries }) => entries));
  assert(booked.ok, `the ledger books what servicing makes: ${JSON.stringify(booked.ok ? '' : booked.error)}`);
  for (const { booking } of kept) tellAll(tx, booking);
  return kept.length === chained.length ? [] : chained.filter(({ loan }) => !written.has(loan.id)).map(({ booking }) => booking);
}

/** Writes one booking, or has the whole command done again. */
export async function saveBooking(deps: ServicingDeps, tx: CommandTx, booking: Booking): Promise<void> {
  const left = await saveBookings(deps, tx, [booking]);
  if (left.length > 0) throw new VersionConflict(`${booking.loan.id} changed meanwhile`);
}

type Chained = { readonly booking: Booking; readonly loan: Loan; readonly entries: readonly JournalEntry[] };

/** Gives the entries their places in the loan's chain. */
function chain(deps: ServicingDeps, booking: Booking): Chained {
  const { loan } = booking;
  let head = loan.chain;
  const entries = booking.entries.map((draft) => {
    const seq = head.seq + 1;
    const entry = journalEntry(loan, draft, { seq, previousDigest: head.digest });
    head = { seq, digest: deps.ledger.digestOf(entry) };
    return entry;
  });
  return { booking, loan: { ...loan, chain: head }, entries };
}

function journalEntry(loan: Loan, draft: EntryDraft, place: { readonly seq: number; readonly previousDigest: string | null }): JournalEntry {
  return {
    shard: loan.shard, id: derivedId('je', loan.id, String(place.seq)), chain: loan.id, chainSeq: place.seq, previousDigest: place.previousDigest,
    kind: draft.kind, bookedOn: draft.bookedOn, valueOn: draft.valueOn, cause: draft.cause,
    postings: draft.postings.map(({ entity, account, netFen }) => ({ entity, account: accountCode(account), netFen })),
  };
}

/** The chart's code of an account that the accounting policy names. */
export const accountCode = (account: LoanPosting['account']): string => (typeof account === 'string' ? ACCOUNTS[account] : clearingWith(account.clearing));

function tellAll(tx: CommandTx, { loan, news }: Booking): void {
  for (const { type, payload } of news) tx.tell({ type, shard: loan.shard, subject: loan.id, payload });
}
