import type { DayCloseReply, DebitRunReply, LoanRecordReply, LoanReply, LoanSummaryView, PortfolioReply, ProofsReply, SettlementQuoteReply } from '@mingdai/contract';
import { formatDate, type BusinessDate, type PayoffQuote } from '@mingdai/loan-math';
import { contractToDocument } from './domain/contract.ts';
import { eventToRecord } from './domain/event-record.ts';
import { instant } from '../../kernel/instant.ts';
import { presentDate, presentFen, presentInstant, presentPpm } from '../../platform/http.ts';
import type { CloseSummary, DebitRun, ExplainedEvent, LoanSummary, LoanView, OpenItem, PoolProof, PortfolioReport, RefoldProof, SubLedgerProof } from './servicing.ts';

const dayOrNull = (day: BusinessDate | null): string | null => (day === null ? null : presentDate(day));

export const presentSummary = (loan: LoanSummary): LoanSummaryView => ({
  id: loan.id, product_code: loan.productCode, status: loan.status, principal_fen: presentFen(loan.principal), principal_outstanding_fen: presentFen(loan.principalOutstanding),
  due_fen: presentFen(loan.due), days_past_due: loan.daysPastDue, next_due_on: dayOrNull(loan.nextDueOn),
});

export function presentLoan(view: LoanView): LoanReply {
  const { contract, position } = view;
  const { due, totals } = position;
  return {
    id: view.id, contract_id: contract.id, product_code: contract.productCode, product_version: contract.productVersion, lender: contract.lender,
    method: contract.terms.method, months: contract.terms.months, principal_fen: presentFen(contract.terms.principal),
    annual_rate_ppm: presentPpm(contract.terms.rate), penalty_rate_ppm: presentPpm(contract.terms.penaltyRate),
    funders: contract.shares.map(({ funder, sharePpm }) => ({ code: funder, share_ppm: presentPpm(sharePpm) })),
    on: presentDate(position.on), status: position.status, disbursed_on: dayOrNull(position.disbursedOn), settled_on: dayOrNull(position.settledOn),
    principal_outstanding_fen: presentFen(position.principalOutstanding), principal_overdue_fen: presentFen(position.principalOverdue),
    due: { fee_fen: presentFen(due.fee), penalty_fen: presentFen(due.penalty), interest_fen: presentFen(due.interest), principal_fen: presentFen(due.principal), total_fen: presentFen(due.total) },
    refund_owed_fen: presentFen(totals.refundLiability),
    days_past_due: position.daysPastDue, bucket: position.bucket, is_in_grace: position.isInGrace, next_due_on: dayOrNull(position.nextDueOn),
    words: view.words, installments: view.installments.map(presentInstallment), events: view.events.map(presentEvent),
  };
}

function presentInstallment(row: LoanView['installments'][number]): LoanReply['installments'][number] {
  return {
    number: row.number, due_on: presentDate(row.dueOn), total_fen: presentFen(row.principal + row.interest + row.penalty + row.fee),
    principal_fen: presentFen(row.principal), interest_fen: presentFen(row.interest), penalty_fen: presentFen(row.penalty),
    principal_paid_fen: presentFen(row.principalPaid), interest_paid_fen: presentFen(row.interestPaid), penalty_paid_fen: presentFen(row.penaltyPaid),
    interest_waived_fen: presentFen(row.interestWaived), penalty_waived_fen: presentFen(row.penaltyWaived),
    fee_fen: presentFen(row.fee), fee_paid_fen: presentFen(row.feePaid), fee_waived_fen: presentFen(row.feeWaived), balance_after_fen: presentFen(row.balanceAfter),
    status: row.status, paid_on: dayOrNull(row.paidOn), words: row.words,
  };
}

const presentEvent = ({ event, moved, isReversed, words }: ExplainedEvent): LoanReply['events'][number] => ({
  id: event.id, kind: event.kind, value_on: presentDate(event.valueOn), booked_at: presentInstant(instant(event.bookedAt)),
  amount_fen: 'amount' in event ? presentFen(event.amount) : null, is_reversed: isReversed,
  moved: Object.fromEntries(Object.entries(moved).map(([component, amount]) => [snake(component), presentFen(amount)])), words,
});

const snake = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Terms, events and claimed figures of a loan, as whoever checks them needs them. */
export function presentRecord({ id, contract, position, events }: LoanView): LoanRecordReply {
  const { terms, shares } = contractToDocument(contract);
  return {
    loan_id: id, contract_id: contract.id, on: presentDate(position.on), known_through: position.knownThrough,
    terms: terms as LoanRecordReply['terms'], shares: [...shares],
    events: events.map(({ event }) => {
      const { valueOn, bookedAt, ...rest } = eventToRecord(event);
      return { ...rest, value_on: presentDate(valueOn), booked_at: presentInstant(instant(bookedAt)) };
    }),
    position: {
      status: position.status, principal_outstanding_fen: presentFen(position.principalOutstanding), due_fen: presentFen(position.due.total), days_past_due: position.daysPastDue,
      totals: Object.fromEntries(Object.entries(position.totals).map(([name, amount]) => [`${snake(name)}_fen`, presentFen(amount)])),
    },
  };
}

export const presentQuote = (loanId: string, quote: PayoffQuote): SettlementQuoteReply => ({
  loan_id: loanId, on: presentDate(quote.on), fee_fen: presentFen(quote.fee), penalty_fen: presentFen(quote.penalty), interest_fen: presentFen(quote.interest),
  principal_fen: presentFen(quote.principal), reclaimed_fen: presentFen(quote.reclaimed), total_fen: presentFen(quote.total),
});

export const presentDebitRun = (run: DebitRun): DebitRunReply => ({
  on: presentDate(run.on), asked: run.asked, asked_fen: presentFen(run.askedFen), settled: run.settled, settled_fen: presentFen(run.settledFen), refused: run.refused, open: run.open,
});

export const presentClose = (close: CloseSummary): DayCloseReply => ({
  through: presentDate(close.through), before: dayOrNull(close.before), loans: close.loans, events: close.events, entries: close.entries,
  pool_entries: close.poolEntries, folded_again: close.foldedAgain, milliseconds: close.milliseconds,
});

/** What was recomputed, by proof. */
export type Proofs = {
  readonly entityNets: readonly { readonly entity: string; readonly netFen: bigint }[];
  readonly subLedger: SubLedgerProof;
  readonly refold: RefoldProof;
  readonly pools: PoolProof;
  /** What the ledger's own verification found wrong, in a word; null when nothing is. */
  readonly ledgerFault: string | null;
};

export function presentProofs({ entityNets, subLedger, refold, pools, ledgerFault }: Proofs): ProofsReply {
  const isBalanced = entityNets.every(({ netFen }) => netFen === 0n);
  return {
    all_hold: isBalanced && subLedger.isEqual && refold.isEqual && pools.isEqual && ledgerFault === null,
    trial_balance: { holds: isBalanced, entities: entityNets.map(({ entity, netFen }) => ({ entity, net_fen: presentFen(netFen) })) },
    sub_ledger: {
      holds: subLedger.isEqual, loans: subLedger.loans,
      accounts: subLedger.rows.map(({ entity, account, ledgerFen, loansFen }) => ({ entity, account, ledger_fen: presentFen(ledgerFen), loans_fen: presentFen(loansFen) })),
      differences: subLedger.differences.map((each) => ({ loan_id: each.loanId, entity: each.entity, account: each.account, ledger_fen: presentFen(each.ledgerFen), loan_fen: presentFen(each.loanFen) })),
    },
    refold: { holds: refold.isEqual, loans: refold.loans, differing: [...refold.differing] },
    pools: {
      holds: pools.isEqual, on: formatDate(pools.on),
      pools: pools.pools.map(({ accruedFen, ...sums }) => ({ ...sums, accrued_fen: presentFen(accruedFen) })),
      accounts: pools.ledger.map(({ entity, account, ledgerFen, poolsFen }) => ({ entity, account, ledger_fen: presentFen(ledgerFen), pools_fen: presentFen(poolsFen) })),
    },
    ledger_chains: { holds: ledgerFault === null, fault: ledgerFault },
  };
}

export const presentReport = (report: PortfolioReport): PortfolioReply => ({
  on: presentDate(report.on), loans: { ...report.loans },
  disbursed_fen: presentFen(report.disbursed), received_fen: presentFen(report.received), refunded_fen: presentFen(report.refunded), refund_liability_fen: presentFen(report.refundLiability),
  principal_outstanding_fen: presentFen(report.principalOutstanding), principal_overdue_fen: presentFen(report.principalOverdue),
  interest_charged_fen: presentFen(report.interestCharged), interest_paid_fen: presentFen(report.interestPaid),
  penalty_charged_fen: presentFen(report.penaltyCharged), penalty_paid_fen: presentFen(report.penaltyPaid),
  buckets: report.buckets.map(({ bucket, loans, principal }) => ({ bucket, loans, principal_fen: presentFen(principal) })),
  funders: report.funders.map((each) => ({
    funder: each.funder, disbursed_fen: presentFen(each.disbursed), principal_outstanding_fen: presentFen(each.principalOutstanding),
    interest_earned_fen: presentFen(each.interestEarned), penalty_earned_fen: presentFen(each.penaltyEarned), rounding_fen: presentFen(each.rounding),
    interest_receivable_fen: presentFen(each.interestReceivable), accrued_interest_fen: presentFen(each.accruedInterest), due_from_lender_fen: presentFen(each.dueFromLender),
  })),
});

export const presentOpenItem = ({ kind, id, reference, amountFen, why, tries, openedOn, ageDays }: OpenItem) =>
  ({ kind, payment_id: id, reference, amount_fen: presentFen(amountFen), why, tries, opened_on: presentDate(openedOn), age_days: ageDays });
