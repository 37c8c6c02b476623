import { fen } from '@mingdai/loan-math';
import type { By } from '../../../kernel/actor.ts';
import { derivedId } from '../../../kernel/ids.ts';
import { dayOf, type Instant } from '../../../kernel/instant.ts';
import { ok } from '../../../kernel/result.ts';
import type { CommandTx } from '../../../platform/tx.ts';
import { nothingBooked, refundToRequest, withRefundRequested, type Booking } from '../domain/booking.ts';
import { closeRefusedRefunds, refundsToTry, type OpenItem } from '../repository/open-items.ts';
import { loadLoan } from '../repository/loans.ts';
import type { ServicingDeps } from './deps.ts';
import { saveBooking } from './save-bookings.ts';

/** The purpose of a payout that sends back what was too much. */
export const REFUND = 'refund';

/** A refund the bank refused so often waits for a person: the card may be closed. */
export const REFUND_TRIES_MAX = 5;
const AT_MOST = 500;

/** Writes a booking and orders what it finds is owed back, in one transaction. Answers the payout to drive, or null. */
export async function saveAndRefund(deps: ServicingDeps, tx: CommandTx, { booking, cause, at }: { readonly booking: Booking; readonly cause: string; readonly at: Instant }): Promise<string | null> {
  const { loan } = booking;
  const refund = refundToRequest(loan);
  if (refund === 0n) {
    await saveBooking(deps, tx, booking);
    return null;
  }
  await saveBooking(deps, tx, { ...booking, loan: withRefundRequested(loan, refund) });
  const id = derivedId('pay', loan.id, REFUND, cause);
  await deps.payments.request(tx, { id, kind: 'payout', shard: loan.shard, reference: loan.id, purpose: REFUND, amount: fen(refund), cardToken: loan.contract.cardToken, at });
  await closeRefusedRefunds(tx, { shard: loan.shard, reference: loan.id }, dayOf(at));
  return id;
}

/** Orders again the refunds that the bank refused on an earlier day: once a day, a bounded number of times. */
export async function sendRefundsAgain(deps: ServicingDeps, by: By): Promise<void> {
  for (const item of await refundsToTry(deps.db, dayOf(by.at), { tries: REFUND_TRIES_MAX, items: AT_MOST })) await sendAgain(deps, item, by);
}

async function sendAgain(deps: ServicingDeps, item: OpenItem, by: By): Promise<void> {
  const ordered = await deps.funnel.run<{ refundId: string | null }, never>(
    { name: 'servicing.send_refund_again', key: item.id, input: { loanId: item.reference, refused: item.id }, actor: by.actor, at: by.at, shard: item.shard },
    async (tx) => {
      const stored = await loadLoan(tx, item.reference, item.shard);
      const refundId = stored === null ? null : await saveAndRefund(deps, tx, { booking: nothingBooked(stored.loan, stored.events), cause: item.id, at: by.at });
      if (refundId === null) await closeRefusedRefunds(tx, item, dayOf(by.at));
      return ok({ refundId });
    },
  );
  // What is busy keeps no answer: the next run takes it up.
  if (ordered.ok && ordered.value.refundId !== null) await deps.payments.drive(ordered.value.refundId);
}
