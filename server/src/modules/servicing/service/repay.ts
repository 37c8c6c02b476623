import { payoffQuote, type BusinessDate, type PayoffQuote } from '@mingdai/loan-math';
import type { Actor, By } from '../../../kernel/actor.ts';
import { derivedId } from '../../../kernel/ids.ts';
import { dayOf } from '../../../kernel/instant.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { nothingBooked } from '../domain/booking.ts';
import type { ServicingError } from '../errors.ts';
import { loadLoan, type StoredLoan } from '../repository/loans.ts';
import type { Repayment, ServicingRefusal } from '../servicing.ts';
import type { ServicingDeps } from './deps.ts';
import { saveBooking } from './save-bookings.ts';

/**
 * Orders a direct debit for a repayment and drives it on. What the bank answers is booked before this returns, when it answers.
 * While an earlier debit of the loan is open none is ordered: the bank is asked about that one first.
 */
export async function repay(deps: ServicingDeps, ask: { readonly loanId: string; readonly repayment: Repayment }, by: By): Promise<Result<{ paymentId: string; status: string }, ServicingRefusal>> {
  const { loanId, repayment } = ask;
  const paymentId = derivedId('pay', loanId, by.key);
  const seen = (await loadLoan(deps.db, loanId))?.loan;
  const shard = seen?.shard ?? 0;
  if (seen !== undefined && seen.debitInFlight !== null && seen.debitInFlight !== paymentId) await deps.payments.drive(seen.debitInFlight);
  const ordered = await deps.funnel.run<{ paymentId: string }, ServicingError>(
    { name: 'servicing.repay', key: by.key, input: { loanId, ...repayment }, actor: by.actor, at: by.at, shard },
    async (tx) => {
      const stored = await loadLoan(tx, loanId, shard);
      const checked = check({ stored: ownedBy(stored, by.actor), loanId, repayment }, dayOf(by.at));
      if (!checked.ok) return checked;
      const { loan, events } = checked.value;
      const purpose = repayment.purpose === 'prepay' ? (repayment.effect ?? 'shorter_term') : repayment.purpose;
      await deps.payments.request(tx, { id: paymentId, kind: 'debit', shard: loan.shard, reference: loan.id, purpose, amount: repayment.amount, cardToken: loan.contract.cardToken, at: by.at });
      await saveBooking(deps, tx, nothingBooked({ ...loan, debitInFlight: paymentId }, events));
      return ok({ paymentId });
    },
  );
  if (!ordered.ok) return ordered;
  return ok({ paymentId, status: await deps.payments.drive(paymentId) });
}

/** The checks of a repayment, in the order of `ServicingError`. */
function check(ask: { readonly stored: StoredLoan | null; readonly loanId: string; readonly repayment: Repayment }, today: BusinessDate): Result<StoredLoan, ServicingError> {
  const { loanId, repayment } = ask;
  const payable = whenPayable(ask.stored, loanId, today);
  if (!payable.ok) return payable;
  const { loan, events } = payable.value;
  if (loan.status === 'charged_off' && repayment.purpose !== 'due') return refuse({ code: 'loan_closed', loanId, status: loan.status });
  if (repayment.amount <= 0n) return refuse({ code: 'amount_not_positive', amountFen: repayment.amount });
  if (loan.debitInFlight !== null) return refuse({ code: 'payment_in_flight', loanId, paymentId: loan.debitInFlight });
  if (repayment.purpose === 'settle') {
    const quote = payoffQuote(loan.contract.terms, events, today);
    if (repayment.amount !== quote.total) {
      return refuse({ code: 'settlement_amount_differs', amountFen: repayment.amount, settlementFen: quote.total, quotedOn: today });
    }
  }
  if (repayment.purpose !== 'prepay' && repayment.effect !== undefined) return refuse({ code: 'effect_not_for_purpose', purpose: repayment.purpose, effect: repayment.effect });
  return ok(payable.value);
}

/** A loan that money can be paid to. A payout that counts from tomorrow cannot be repaid today. */
function whenPayable(stored: StoredLoan | null, loanId: string, today: BusinessDate): Result<StoredLoan, ServicingError> {
  if (stored === null) return refuse({ code: 'loan_not_found', loanId });
  const { status } = stored.loan;
  if (status === 'settled' || status === 'cancelled') return refuse({ code: 'loan_closed', loanId, status });
  if (status === 'awaiting_disbursement' || disbursedOn(stored) > today) return refuse({ code: 'loan_not_active', loanId, status });
  return ok(stored);
}

const ownedBy = (stored: StoredLoan | null, actor: Actor): StoredLoan | null =>
  actor.kind === 'borrower' && stored?.loan.contract.customerId !== actor.id ? null : stored;

const disbursedOn = ({ events }: StoredLoan): BusinessDate => events.find(({ kind }) => kind === 'disbursed')!.valueOn;

/** What ends the loan on a day. */
export async function quoteSettlement(deps: ServicingDeps, loanId: string, on: BusinessDate): Promise<Result<PayoffQuote, ServicingError>> {
  const today = deps.clock.today();
  const payable = whenPayable(await loadLoan(deps.db, loanId), loanId, on > today ? on : today);
  if (!payable.ok) return payable;
  const { loan, events } = payable.value;
  if (loan.status === 'charged_off') return refuse({ code: 'loan_closed', loanId, status: loan.status });
  const begun = disbursedOn(payable.value);
  if (on < begun) return refuse({ code: 'day_before_disbursement', askedOn: on, disbursedOn: begun });
  return ok(payoffQuote(loan.contract.terms, events, on));
}
