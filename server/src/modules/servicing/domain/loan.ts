import { fen, type Bucket, type BusinessDate, type Fen, type LoanStatus, type Position, type SplitState, type Totals } from '@mingdai/loan-math';
import type { Contract } from './contract.ts';
import { NOTHING_ACCRUED, type Accruals, type Accrued } from './pools.ts';
import { NOTHING_BOOKED } from './postings.ts';

/**
 * A loan as it is stored: its contract, and what the last fold made of its events. All but the contract and the chain is a
 * cache: folding the events through `bookedThrough` gives it again, to the digest.
 */
export type Loan = {
  readonly id: string;
  readonly shard: number;
  readonly contract: Contract;
  readonly status: LoanStatus;
  /** Counts changes; a write holds only where it is still the one that was read. */
  readonly version: number;
  /** The last event's number. */
  readonly sequence: number;
  /** The day of the last fold; null until the payout. */
  readonly bookedThrough: BusinessDate | null;
  readonly nextActionOn: BusinessDate | null;
  /** The due day of the oldest installment that is not paid. */
  readonly unpaidDueOn: BusinessDate | null;
  readonly bucket: Bucket;
  readonly principalOutstanding: Fen;
  readonly totals: Totals;
  readonly split: SplitState;
  readonly accruals: Accruals;
  /** Σ of refunds asked for and not refused: what is owed back beyond it is still to be sent. */
  readonly refundRequested: Fen;
  /** The direct debit that was ordered and of which neither yes nor no is booked: one at a time, so that no money is asked for twice. */
  readonly debitInFlight: string | null;
  readonly chain: { readonly seq: number; readonly digest: string | null };
};

/** A loan just signed: its payout is on its way. */
export function loanFrom(id: string, contract: Contract): Loan {
  return {
    id, shard: contract.shard, contract, status: 'awaiting_disbursement', version: 1, sequence: 0,
    bookedThrough: null, nextActionOn: null, unpaidDueOn: null, bucket: 'current', principalOutstanding: fen(0n),
    totals: NOTHING_BOOKED.totals, split: NOTHING_BOOKED.split, accruals: NOTHING_ACCRUED, refundRequested: fen(0n), debitInFlight: null,
    chain: { seq: 0, digest: null },
  };
}

export const unpaidDueOn = (position: Position): BusinessDate | null => position.installments.find(({ status }) => status !== 'paid')?.dueOn ?? null;

/** What a refold must give again: the part of a loan that follows from its contract and events alone. */
export type FoldedState = Pick<Loan, 'status' | 'sequence' | 'bookedThrough' | 'nextActionOn' | 'unpaidDueOn' | 'bucket' | 'principalOutstanding' | 'totals' | 'accruals'>;

export const foldedStateOf = (loan: Loan): FoldedState => ({
  status: loan.status, sequence: loan.sequence, bookedThrough: loan.bookedThrough, nextActionOn: loan.nextActionOn, unpaidDueOn: loan.unpaidDueOn,
  bucket: loan.bucket, principalOutstanding: loan.principalOutstanding, totals: loan.totals, accruals: loan.accruals,
});

/** The changing figures of a loan as plain JSON. */
export type SnapshotDocument = {
  readonly totals: Readonly<Record<string, string>>;
  readonly split: Readonly<Record<string, readonly string[]>>;
  readonly accruals: Readonly<Record<keyof Accruals, readonly [numerator: string, denominator: string, perDay: string]>>;
  readonly refund_requested_fen: string;
  readonly debit_in_flight?: string;
};

/** Running totals that are zero are left out: most of a loan's never move. */
export function snapshotToDocument({ totals, split, accruals, refundRequested, debitInFlight }: Loan): SnapshotDocument {
  return {
    totals: Object.fromEntries(Object.entries(totals).filter(([, amount]) => amount !== 0n).map(([component, amount]) => [component, amount.toString()])),
    split: Object.fromEntries(Object.entries(split).map(([component, parts]) => [component, parts.map(String)])),
    accruals: { interest: accruedToDocument(accruals.interest), penalty: accruedToDocument(accruals.penalty) },
    refund_requested_fen: refundRequested.toString(),
    ...(debitInFlight === null ? {} : { debit_in_flight: debitInFlight }),
  };
}

export function snapshotFromDocument(document: SnapshotDocument): Pick<Loan, 'totals' | 'split' | 'accruals' | 'refundRequested' | 'debitInFlight'> {
  const totals: Record<string, Fen> = { ...NOTHING_BOOKED.totals };
  for (const [component, amount] of Object.entries(document.totals)) totals[component] = fen(BigInt(amount));
  const split: Record<string, readonly bigint[]> = {};
  for (const [component, parts] of Object.entries(document.split)) split[component] = parts.map(BigInt);
  return {
    totals: totals as Totals, split,
    accruals: { interest: accruedFromDocument(document.accruals.interest), penalty: accruedFromDocument(document.accruals.penalty) },
    refundRequested: fen(BigInt(document.refund_requested_fen)),
    debitInFlight: document.debit_in_flight ?? null,
  };
}

const accruedToDocument = ({ numerator, denominator, perDay }: Accrued) => [numerator.toString(), denominator.toString(), perDay.toString()] as const;
const accruedFromDocument = ([numerator, denominator, perDay]: readonly [string, string, string]): Accrued =>
  ({ numerator: BigInt(numerator), denominator: BigInt(denominator), perDay: BigInt(perDay) });
