import type { Bucket, BusinessDate, Fen, LoanEvent, LoanStatus, PayoffQuote, Position, PrepaymentEffect, Totals } from '@mingdai/loan-math';
import type { By } from '../../kernel/actor.ts';
import type { DomainEvent } from '../../kernel/event.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Result } from '../../kernel/result.ts';
import type { CommandTx, FunnelRefusal } from '../../platform/tx.ts';
import type { Contract } from './domain/contract.ts';
import type { Words } from './domain/words.ts';
import type { ServicingError } from './errors.ts';

export type ServicingRefusal = ServicingError | FunnelRefusal;

export type Repayment = {
  /** `due`: what is due, then ahead. `settle`: all, today. `prepay`: part of the principal ahead of time. */
  readonly purpose: 'due' | 'settle' | 'prepay';
  readonly amount: Fen;
  /** Only with `prepay`; without it, `shorter_term`. */
  readonly effect?: Exclude<PrepaymentEffect, 'settle'> | undefined;
};

/** A loan on a day, with the words for it. */
export type LoanView = {
  readonly id: string;
  readonly contract: Contract;
  readonly position: Position;
  readonly words: Words;
  readonly installments: readonly (Position['installments'][number] & { readonly words: Words })[];
  readonly events: readonly ExplainedEvent[];
};

/** An event and what it did to each fen. Booking markers of the close are left out. */
export type ExplainedEvent = {
  readonly event: LoanEvent;
  readonly moved: Partial<Totals>;
  readonly isReversed: boolean;
  readonly words: Words;
};

export type LoanSummary = {
  readonly id: string;
  readonly productCode: string;
  readonly status: LoanStatus;
  readonly principal: Fen;
  readonly principalOutstanding: Fen;
  readonly due: Fen;
  readonly daysPastDue: number;
  readonly nextDueOn: BusinessDate | null;
  readonly signedAt: Instant;
};

export type DebitRun = {
  readonly on: BusinessDate;
  readonly asked: number;
  readonly askedFen: bigint;
  readonly settled: number;
  readonly settledFen: bigint;
  readonly refused: number;
  /** Neither yes nor no yet: the bank is being asked. */
  readonly open: number;
};

export type CloseSummary = {
  readonly through: BusinessDate;
  /** The last day that was closed before; null when this was the first close. */
  readonly before: BusinessDate | null;
  readonly loans: number;
  readonly events: number;
  readonly entries: number;
  readonly poolEntries: number;
  /** Loans that somebody else changed meanwhile: they were folded again. */
  readonly foldedAgain: number;
  readonly milliseconds: number;
};

export type SubLedgerRow = { readonly entity: string; readonly account: string; readonly ledgerFen: bigint; readonly loansFen: bigint };
export type SubLedgerProof = {
  readonly isEqual: boolean;
  readonly loans: number;
  readonly rows: readonly SubLedgerRow[];
  /** The first loans whose chain in the ledger says something else than the loan does. */
  readonly differences: readonly { readonly loanId: string; readonly entity: string; readonly account: string; readonly ledgerFen: bigint; readonly loanFen: bigint }[];
};
export type RefoldProof = { readonly isEqual: boolean; readonly loans: number; readonly differing: readonly string[] };
export type PoolProof = {
  readonly isEqual: boolean;
  readonly on: BusinessDate;
  /** Exact sums as text: fen times the pool's denominator. */
  readonly pools: readonly { readonly pool: string; readonly loans: string; readonly deltas: string; readonly booked: string; readonly accruedFen: bigint }[];
  readonly ledger: readonly { readonly entity: string; readonly account: string; readonly ledgerFen: bigint; readonly poolsFen: bigint }[];
};

/** `money_unplaced`: came in and no loan can take it. `refund_refused`: owed back; tried again each day until `tries` runs out. */
export type OpenItem = {
  readonly kind: 'money_unplaced' | 'refund_refused';
  /** The payment's. */
  readonly id: string;
  readonly reference: string;
  readonly amountFen: bigint;
  readonly why: string;
  readonly tries: number;
  readonly openedOn: BusinessDate;
  readonly ageDays: number;
};

export type BucketFigures = { readonly bucket: Bucket; readonly loans: number; readonly principal: bigint };
export type FunderFigures = {
  readonly funder: string;
  readonly disbursed: bigint;
  readonly principalOutstanding: bigint;
  readonly interestEarned: bigint;
  readonly penaltyEarned: bigint;
  readonly rounding: bigint;
  readonly interestReceivable: bigint;
  readonly accruedInterest: bigint;
  /** Clearing with the lender: positive when the lender owes it money. */
  readonly dueFromLender: bigint;
};
export type PortfolioReport = {
  readonly on: BusinessDate;
  readonly loans: Readonly<Record<LoanStatus, number>>;
  readonly disbursed: bigint;
  readonly received: bigint;
  readonly refunded: bigint;
  readonly refundLiability: bigint;
  readonly principalOutstanding: bigint;
  readonly principalOverdue: bigint;
  readonly interestCharged: bigint;
  readonly interestPaid: bigint;
  readonly penaltyCharged: bigint;
  readonly penaltyPaid: bigint;
  readonly buckets: readonly BucketFigures[];
  readonly funders: readonly FunderFigures[];
};

/** What can be recomputed at any time, and must come out. Reads only. */
export interface ServicingProofs {
  /** Each loan's own figures against its chain in the ledger, account by account. */
  subLedger(): Promise<SubLedgerProof>;
  /** Folds loans anew from their events: the stored state must come out, digest by digest. A number: that many, others each day. */
  refold(sample: number | 'all'): Promise<RefoldProof>;
  /** Σ of what loans have accrued = the pools = accrued interest in the ledger. */
  poolProof(): Promise<PoolProof>;
}

/** Loans, from the signed contract to the last fen. */
export interface Servicing extends ServicingProofs {
  /** A loan that waits for its payout, and the order for it: in the signer's transaction. */
  open(tx: CommandTx, contract: Contract): Promise<void>;
  /** Books what payments tells: payout_settled, payout_refused, debit_settled, debit_refused, debit_returned, transfer_received. Any number of times. */
  onPaymentEvent(event: DomainEvent): Promise<void>;
  /** Asks the bank for money of the borrower's bound card, and drives that on. */
  repay(loanId: string, repayment: Repayment, by: By): Promise<Result<{ readonly paymentId: string; readonly status: string }, ServicingRefusal>>;
  /** What ends the loan on a day (default: today): exactly what is then booked. */
  quoteSettlement(loanId: string, on?: BusinessDate): Promise<Result<PayoffQuote, ServicingError>>;
  loan(loanId: string, on?: BusinessDate): Promise<Result<LoanView, ServicingError>>;
  loansOf(customerId: string): Promise<readonly LoanSummary[]>;
  /** A direct debit for every loan on which an installment falls due that day and is unpaid; with `all_due` also for overdue ones. Once a loan and day. */
  runDebits(on: BusinessDate, by: By, scope?: 'due_today' | 'all_due'): Promise<Result<DebitRun, ServicingRefusal>>;
  /** Closes every day up to and including `through`. */
  closeDay(through: BusinessDate, by: By): Promise<Result<CloseSummary, ServicingRefusal>>;
  /** What waits for a person or for another try, oldest first: money no loan can take, refunds the bank refused. */
  openItems(): Promise<readonly OpenItem[]>;
  /** The last day whose books are closed. */
  closedThrough(): Promise<BusinessDate | null>;
  report(on?: BusinessDate): Promise<PortfolioReport>;
}
