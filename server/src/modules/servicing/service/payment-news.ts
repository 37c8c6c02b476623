import { assert, businessDate, fen, payoffQuote } from '@mingdai/loan-math';
import { system } from '../../../kernel/actor.ts';
import type { DomainEvent } from '../../../kernel/event.ts';
import { derivedId } from '../../../kernel/ids.ts';
import { dayOf } from '../../../kernel/instant.ts';
import { ok } from '../../../kernel/result.ts';
import type { CommandTx } from '../../../platform/tx.ts';
import { bookEvent, nothingBooked, withRefundRequested, type NewLoanEvent } from '../domain/booking.ts';
import type { Loan } from '../domain/loan.ts';
import { loadLoan, type StoredLoan } from '../repository/loans.ts';
import { openItem } from '../repository/open-items.ts';
import type { ServicingDeps } from './deps.ts';
import { REFUND, saveAndRefund } from './refunds.ts';
import { saveBooking } from './save-bookings.ts';
import { keepUnplaced, whyNotTaken } from './unplaced.ts';

/** What payments tells, as far as servicing reads it. */
type PaymentNews = { readonly paymentId: string; readonly loanId: string; readonly purpose: string; readonly amountFen: bigint; readonly valueOn: string; readonly reason: string };

/**
 * Books news of a payment on its loan, once, whatever the number of times it is told. What was paid too much is sent back
 * to where it came from, in the same transaction that finds it was too much. A transfer that no loan can take is kept as unplaced.
 *
 * Throws  InvariantError when one of our own payments names no loan: the event then waits for a person.
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
  const why = event.type === 'transfer_received' ? whyNotTaken(stored, loanEventOf(event.type, news)) : null;
  if (why !== null) {
    await keepUnplaced(deps, tx, { ...news, reference: news.loanId, shard: event.shard, at: event.at, why });
    return null;
  }
  assert(stored !== null, `a payment names a loan: ${news.paymentId} names ${JSON.stringify(news.loanId)}`);
  const before = nothingBooked(debitKnown(stored.loan, news.paymentId), stored.events);
  if (event.type === 'debit_refused') {
    if (before.loan !== stored.loan) await saveBooking(deps, tx, before);
    return null;
  }
  if (event.type === 'payout_refused' && news.purpose === REFUND) {
    await saveBooking(deps, tx, { ...before, loan: withRefundRequested(stored.loan, -news.amountFen) });
    await openItem(tx, { shard: stored.loan.shard, reference: stored.loan.id, id: news.paymentId, kind: 'refund_refused', amountFen: news.amountFen, why: news.reason, openedOn: dayOf(event.at) });
    return null;
  }
  const happened = settlingInTime(stored, loanEventOf(event.type, news));
  const booked = bookEvent(before, happened, dayOf(event.at), { closedThrough: stored.closedThrough, at: event.at });
  if (booked === before) return null;
  return saveAndRefund(deps, tx, { booking: booked, cause: String(booked.loan.sequence), at: event.at });
}

/**
 * A settlement that the bank made only on a later day is short of that day's interest. It then repays as much principal as it
 * can and leaves a small rest to be paid: what was meant to end the loan is not sent back.
 */
function settlingInTime({ loan, events }: StoredLoan, event: NewLoanEvent): NewLoanEvent {
  if (event.kind !== 'prepaid' || event.effect !== 'settle' || loan.status !== 'active') return event;
  const isShort = event.amount < payoffQuote(loan.contract.terms, events, event.valueOn).total;
  return isShort ? { ...event, effect: 'shorter_term' } : event;
}

/** The loan once it is known what became of a debit. */
const debitKnown = (loan: Loan, paymentId: string): Loan => (loan.debitInFlight === paymentId ? { ...loan, debitInFlight: null } : loan);

function newsFrom({ type, payload }: DomainEvent): PaymentNews {
  const text = (name: string): string => {
    const value = payload[name];
    assert(typeof value === 'string', `${type} says its ${name}`);
    return value;
  };
  return { paymentId: text('payment_id'), loanId: text('reference'), purpose: text('purpose'), amountFen: BigInt(text('amount_fen')), valueOn: text('value_on'), reason: typeof payload['reason'] === 'string' ? payload['reason'] : 'none given' };
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
