import { positionOn, type BusinessDate } from '@mingdai/loan-math';
import { shardOf } from '../../../kernel/ids.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { eventWords, installmentWords, movesOf, positionWords, startsOf } from '../domain/words.ts';
import type { ServicingError } from '../errors.ts';
import { loadLoan, loansOfCustomer } from '../repository/loans.ts';
import type { LoanSummary, LoanView } from '../servicing.ts';
import type { ServicingDeps } from './deps.ts';

/** A loan on a day, everything said in words. */
export async function viewLoan(deps: ServicingDeps, loanId: string, on: BusinessDate): Promise<Result<LoanView, ServicingError>> {
  const stored = await loadLoan(deps.db, loanId);
  if (stored === null) return refuse({ code: 'loan_not_found', loanId });
  const { loan, events } = stored;
  const { terms } = loan.contract;
  const begins = events.find(({ kind }) => kind === 'disbursed')?.valueOn;
  if (begins !== undefined && on < begins) return refuse({ code: 'day_before_disbursement', askedOn: on, disbursedOn: begins });
  const position = positionOn(terms, events, on);
  const starts = startsOf(position);
  const moves = movesOf(terms, events, on);
  const reversed = new Set(events.flatMap((event) => (event.kind === 'repayment_reversed' ? [event.reverses] : [])));
  return ok({
    id: loan.id,
    contract: loan.contract,
    position,
    words: positionWords(position),
    installments: position.installments.map((row, index) => ({ ...row, words: installmentWords(terms, row, starts[index]!) })),
    events: events
      .filter(({ kind, valueOn }) => kind !== 'fell_due' && kind !== 'crossed_bucket' && (valueOn <= on || kind === 'repayment_reversed'))
      .map((event) => {
        const moved = moves.get(event.id) ?? {};
        return { event, moved, isReversed: reversed.has(event.id), words: eventWords(event, moved) };
      }),
  });
}

/** A borrower's loans, oldest first, as they stand on a day. */
export async function loansOf(deps: ServicingDeps, customerId: string, on: BusinessDate): Promise<readonly LoanSummary[]> {
  const stored = await loansOfCustomer(deps.db, shardOf(customerId), customerId);
  return stored.map(({ loan, events }): LoanSummary => {
    const position = positionOn(loan.contract.terms, events, on);
    return {
      id: loan.id, productCode: loan.contract.productCode, status: position.status, principal: loan.contract.terms.principal,
      principalOutstanding: position.principalOutstanding, due: position.due.total, daysPastDue: position.daysPastDue, nextDueOn: position.nextDueOn,
      signedAt: loan.contract.signedAt,
    };
  }).sort((a, b) => a.signedAt - b.signedAt || (a.id < b.id ? -1 : 1));
}
