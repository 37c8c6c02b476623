import { addDays, formatDate, type BusinessDate } from '@mingdai/loan-math';
import type { By } from '../../../kernel/actor.ts';
import { digestOf } from '../../../kernel/canonical.ts';
import { derivedId } from '../../../kernel/ids.ts';
import { dayOf } from '../../../kernel/instant.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { bookThrough, nothingBooked, type Booking } from '../domain/booking.ts';
import { addCloseRun, closedThrough } from '../repository/closes.ts';
import { loansAt, placesToBook, type LoanPlace, type StoredLoan } from '../repository/loans.ts';
import type { CloseSummary, ServicingRefusal } from '../servicing.ts';
import { bookPools } from './book-pools.ts';
import type { ServicingDeps } from './deps.ts';
import { saveBookings } from './save-bookings.ts';

/** Loans in one transaction: enough to spend a flush of the disk well, few enough that a repayment waits for milliseconds. */
export const BATCH = 2_000;

type Counts = { loans: number; events: number; entries: number; foldedAgain: number };
type Close = { readonly through: BusinessDate; readonly before: BusinessDate | null; readonly by: By };

/**
 * Closes the books through a day: what time alone did to loans, then what they earned, by pool and day.
 *
 * What    only loans with something to book are read; a batch writes those that nobody changed meanwhile, the others
 *         are folded again. The last transaction books the pools and notes the close: a run that is killed
 *         before it leaves days open, and the next run takes up where it stopped.
 * Refuses `day_not_reached`.
 * Source  docs/specs/close-of-day.md.
 */
export async function closeDay(deps: ServicingDeps, through: BusinessDate, by: By): Promise<Result<CloseSummary, ServicingRefusal>> {
  const today = dayOf(by.at);
  if (through > today) return refuse({ code: 'day_not_reached', askedOn: through, todayOn: today });
  const started = performance.now();
  const before = await closedThrough(deps.db);
  const counts: Counts = { loans: 0, events: 0, entries: 0, foldedAgain: 0 };
  await bookLoans(deps, { through, before, by }, counts);
  const milliseconds = (): number => Math.round(performance.now() - started);
  if (before !== null && through <= before) return ok({ through, before, ...counts, poolEntries: 0, milliseconds: milliseconds() });

  const closed = await deps.funnel.run<{ poolEntries: number }, never>(
    { name: 'servicing.close_day', key: closeKey(by.key, through), input: { through, before }, actor: by.actor, at: by.at, shard: 0 },
    async (tx) => {
      const closed = await closedThrough(tx);
      if (closed !== null && closed >= through) return ok({ poolEntries: 0 }); // another close was quicker
      const poolEntries = await bookPools(deps, tx, { through, from: closed === null ? null : addDays(closed, 1) });
      await addCloseRun(tx, { id: derivedId('evt', 'close', formatDate(through), by.key), through, closedAt: by.at, ...counts, poolEntries, milliseconds: milliseconds() });
      return ok({ poolEntries });
    },
  );
  if (!closed.ok) return closed;
  return ok({ through, before, ...counts, poolEntries: closed.value.poolEntries, milliseconds: milliseconds() });
}

const closeKey = (key: string, through: BusinessDate): string => derivedId('req', key, formatDate(through));

/** Batch after batch in order of (shard, id); the next is read while this one is written. */
async function bookLoans(deps: ServicingDeps, close: Close, counts: Counts): Promise<void> {
  const places = placesToBook(deps.db, close.through, BATCH);
  const read = async (): Promise<readonly StoredLoan[] | null> => {
    const next = await places.next();
    return next.done === true ? null : stillToBook(deps, next.value, close.through);
  };
  let reading = read();
  for (;;) {
    const batch = await reading;
    if (batch === null) return;
    reading = read();
    let left = await bookBatch(deps, close, { batch, counts });
    while (left.length > 0) {
      counts.foldedAgain += left.length;
      left = await bookBatch(deps, close, { batch: await stillToBook(deps, left, close.through), counts });
    }
  }
}

const stillToBook = async (deps: ServicingDeps, places: readonly LoanPlace[], through: BusinessDate): Promise<readonly StoredLoan[]> =>
  (await loansAt(deps.db, places)).filter(({ loan }) => loan.nextActionOn !== null && loan.nextActionOn <= through);

/** Books a batch in one transaction. Answers the loans that somebody else changed after they were read. */
async function bookBatch(deps: ServicingDeps, { through, before, by }: Close, { batch, counts }: { readonly batch: readonly StoredLoan[]; readonly counts: Counts }): Promise<readonly LoanPlace[]> {
  if (batch.length === 0) return [];
  const open = { closedThrough: before, at: by.at };
  const bookings = batch.map(({ loan, events }) => bookThrough(nothingBooked(loan, events), through, open));
  const read = digestOf(batch.map(({ loan }) => [loan.shard, loan.id, loan.version]));
  const result = await deps.funnel.run<{ left: readonly LoanPlace[] }, never>(
    { name: 'servicing.close_batch', key: `${formatDate(through)}/${read}`, input: { through, read }, actor: by.actor, at: by.at, shard: 0 },
    async (tx) => {
      const left = await saveBookings(deps, tx, bookings);
      return ok({ left: left.map(({ loan }) => ({ shard: loan.shard, id: loan.id })) });
    },
  );
  if (!result.ok) throw new Error(`a batch of the close was not booked: ${result.error.code}`);
  const { left } = result.value;
  const isLeft = new Set(left.map(({ id }) => id));
  count(counts, bookings.filter(({ loan }) => !isLeft.has(loan.id)));
  return left;
}

function count(counts: Counts, booked: readonly Booking[]): void {
  counts.loans += booked.length;
  for (const { fresh, entries } of booked) {
    counts.events += fresh.length;
    counts.entries += entries.length;
  }
}
