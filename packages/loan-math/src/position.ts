import type { BusinessDate } from './business-date.ts';
import type { Bucket } from './event.ts';
import type { Fen } from './money.ts';

/** An exact amount of fen: numerator / denominator, not yet rounded. */
export type ExactFen = { readonly numerator: bigint; readonly denominator: bigint };

/**
 * How interest grows by time alone: `at` on the position's day, plus `perDay` (over the same denominator) for each
 * day before `nextActionOn`.
 */
export type Accruing = { readonly at: ExactFen; readonly perDay: bigint };

export type LoanStatus = 'awaiting_disbursement' | 'cancelled' | 'active' | 'settled' | 'charged_off';

export type PositionInstallment = {
  readonly number: number;
  readonly dueOn: BusinessDate;
  /** What the installment asks; for one not yet due, what it will ask if nothing else happens. */
  readonly principal: Fen;
  readonly interest: Fen;
  /** Penalty run up on it so far. */
  readonly penalty: Fen;
  /** Fees of the contract asked with it. */
  readonly fee: Fen;
  readonly principalPaid: Fen;
  readonly interestPaid: Fen;
  readonly penaltyPaid: Fen;
  readonly feePaid: Fen;
  readonly interestWaived: Fen;
  readonly penaltyWaived: Fen;
  readonly feeWaived: Fen;
  /** Principal balance of the loan once this installment is paid. */
  readonly balanceAfter: Fen;
  readonly status: 'upcoming' | 'due' | 'overdue' | 'paid';
  /** The day on which its last fen was paid, or null. */
  readonly paidOn: BusinessDate | null;
};

/**
 * Running totals since the loan began: what the ledger books is always the difference of two of these.
 * received = feePaid + penaltyPaid + interestPaid + principalPaid + refundLiability + refunded + recovered.
 */
export type Totals = {
  readonly disbursed: Fen;
  readonly received: Fen;
  readonly refunded: Fen;
  readonly refundLiability: Fen;
  readonly principalPaid: Fen;
  /** Interest that has become money owed: fallen due, or paid before it fell due. Rounded once an installment. */
  readonly interestCharged: Fen;
  readonly interestPaid: Fen;
  readonly interestWaived: Fen;
  /** Penalty run up to the position's day, rounded half up once an installment. */
  readonly penaltyCharged: Fen;
  readonly penaltyPaid: Fen;
  readonly penaltyWaived: Fen;
  readonly feeCharged: Fen;
  readonly feePaid: Fen;
  readonly feeWaived: Fen;
  readonly principalChargedOff: Fen;
  readonly recovered: Fen;
};

/** Where a loan stands on a day, as known through an event's sequence number. */
export type Position = {
  readonly on: BusinessDate;
  readonly knownThrough: number;
  readonly status: LoanStatus;
  readonly disbursedOn: BusinessDate | null;
  readonly settledOn: BusinessDate | null;
  readonly principalOutstanding: Fen;
  readonly principalOverdue: Fen;
  /** Fallen due and unpaid (today's dues included). */
  readonly due: { readonly fee: Fen; readonly penalty: Fen; readonly interest: Fen; readonly principal: Fen; readonly total: Fen };
  /** Contract interest run up but not yet charged, exact. Negative when the period was paid ahead: `at` + charged is what has been earned. */
  readonly accruedInterest: Accruing;
  /** Penalty run up in all on installments whose principal is overdue now, exact, before rounding. Nothing while grace runs. */
  readonly accruedPenalty: Accruing;
  readonly totals: Totals;
  readonly installments: readonly PositionInstallment[];
  /** Days since the oldest unpaid due day, those of a pause not counted; 0 when nothing is overdue. */
  readonly daysPastDue: number;
  readonly bucket: Bucket;
  readonly isInGrace: boolean;
  readonly nextDueOn: BusinessDate | null;
  /** The first later day on which time alone changes something to book; null when there is none. */
  readonly nextActionOn: BusinessDate | null;
};
