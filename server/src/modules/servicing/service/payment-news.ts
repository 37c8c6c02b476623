import { assert, businessDate, fen } from '@mingdai/loan-math';
import { system } from '../../../kernel/actor.ts';
import type { DomainEvent } from '../../../kernel/event.ts';
import { derivedId } from '../../../kernel/ids.ts';
import { dayOf } from '../../../kernel/instant.ts';
import { ok } from '../../../kernel/result.ts';
import type { CommandTx } from '../../../platform/tx.ts';
import { bookEvent, nothingBooked, refundToRequest, withRefundRequested, type Booking, type NewLoanEvent } from '../domain/booking.ts';
import type { Loan } from '../domain/loan.ts';
import { loadLoan } from '../repository/loans.ts';
import type { ServicingDeps } from './deps.ts';
import { saveBooking } from './save-bookings.ts';

/** What payments tells, as far as servicing reads it. */
type PaymentNews = { readonly paymentId: string; readonly loanId: string; readonly purpose: string; readonly amountFen: bigint; readonly valueOn: string };

export const REFUND = 'refund';

/**
 * Books news of a payment on its loan, once, whatever the number of times it is told. What was paid too much is sent back
 * to where it came from, in the same transaction that finds it was too much.
 *
 * Throws  InvariantError when no loan is named: the event then waits for a person.
 */
export async function bookPaymentNews(deps: ServicingDeps, event: DomainEvent): Promise<void> {
  const news = newsFrom(event);
  const result = await deps.funnel.run(
    { name: `servicing.book_${event.type}`, key: news.paymentId, input: { ...news }, actor: system('servicing'), at: event.at, shard: event.shard },
    async (tx) => ok({ refundId: await book(deps, tx, { event, news }) }),
  );
  if (!result.ok) throw new Error(`${event.type} of ${news.paymentId} was not booked: ${result.error.code}`);
  if (result.value.refundId !== null) await deps.payments.drive(result.value.refundId);
}

async function book(deps: ServicingDeps, tx: CommandTx, told: { readonly event: DomainEvent; readonly news: PaymentNews }): Promise<string | null> {
  const { event, news } = told;
  const stored = await loadLoan(tx, news.loanId, event.type === 'transfer_received' ? null : event.shard);
  assert(stored !== null, `a payment names a loan: ${news.paymentId} names ${JSON.stringify(news.loanId)}`);
  const before = nothingBooked(debitKnown(stored.loan, news.paymentId), stored.events);
  if (event.type === 'debit_refused') {
    if (before.loan !== stored.loan) await saveBooking(deps, tx, before);
    return null;
  }
  if (event.type === 'payout_refused' && news.purpose === REFUND) {
    await saveBooking(deps, tx, { ...before, loan: withRefundRequested(stored.loan, -news.amountFen) });
    return null;
  }
  const booked = bookEvent(before, loanEventOf(event.type, news), dayOf(event.at), { closedThrough: stored.closedThrough, at: event.at });
  if (booked === before) return null;
  const refund = refundToRequest(booked.loan);
  if (refund === 0n) {
    await saveBooking(deps, tx, booked);
    return null;
  }
  await saveBooking(deps, tx, { ...booked, loan: withRefundRequested(booked.loan, refund) });
  return requestRefund(deps, tx, { booked, refund, event });
}

/** The loan once it is known what became of a debit. */
const debitKnown = (loan: Loan, paymentId: string): Loan => (loan.debitInFlight === paymentId ? { ...loan, debitInFlight: null } : loan);

async function requestRefund(deps: ServicingDeps, tx: CommandTx, { booked, refund, event }: { readonly booked: Booking; readonly refund: bigint; readonly event: DomainEvent }): Promise<string> {
  const { loan } = booked;
  const id = derivedId('pay', loan.id, REFUND, String(loan.sequence));
  await deps.payments.request(tx, { id, kind: 'payout', shard: loan.shard, reference: loan.id, purpose: REFUND, amount: fen(refund), cardToken: loan.contract.cardToken, at: event.at });
  return id;
}

function newsFrom({ type, payload }: DomainEvent): PaymentNews {
  const text = (name: string): string => {
    const value = payload[name];
    assert(typeof value === 'string', `${type} says its ${name}`);
    return value;
  };
  return { paymentId: text('payment_id'), loanId: text('reference'), purpose: text('purpose'), amountFen: BigInt(text('amount_fen')), valueOn: text('value_on') };
}

/** The loan's event behind a payment's news. Its id follows from the payment's, so that a repeat is seen. */
function loanEventOf(type: string, news: PaymentNews): NewLoanEvent {
  const common = { id: derivedId('evt', news.paymentId), valueOn: businessDate(news.valueOn) };
  const amount = fen(news.amountFen);
  switch (type) {
    case 'payout_settled':
      return news.purpose === REFUND ? { ...common, kind: 'overpayment_refunded', amount } : { ...common, kind: 'disbursed', amount };
    case 'payout_refused':
      return { ...common, kind: 'cancelled' };
    case 'debit_settled':
      return repaymentEvent(common, news.purpose, amount);
    case 'transfer_received':
      return { ...common, kind: 'repayment_received', amount };
    case 'debit_returned':
      return { id: derivedId('evt', news.paymentId, 'returned'), valueOn: common.valueOn, kind: 'repayment_reversed', reverses: common.id };
    default:
      throw new Error(`servicing does not listen to ${type}`);
  }
}

function repaymentEvent(common: Pick<NewLoanEvent, 'id' | 'valueOn'>, purpose: string, amount: ReturnType<typeof fen>): NewLoanEvent {
  switch (purpose) {
    case 'settle':
    case 'shorter_term':
    case 'smaller_installment':
      return { ...common, kind: 'prepaid', amount, effect: purpose };
    default:
      return { ...common, kind: 'repayment_received', amount };
  }
}
