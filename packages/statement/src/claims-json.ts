import {
  payoffQuote, positionOn,
  type Accruing, type Bucket, type BusinessDate, type LoanEvent, type LoanStatus, type LoanTerms, type PayoffQuote, type Position, type PositionInstallment, type Totals,
} from '@mingdai/loan-math';
import { amount, boolean, day, field, leaf, list, nullable, oneOf, record, whole, type Codec } from './codec.ts';
import type { Json } from './json-text.ts';
import { rule } from './words.ts';

/** What runs up by time alone, in fen, exact: fractions in lowest terms, `numerator/denominator`. */
type Running = { readonly at: string; readonly perDay: string };

/**
 * The figures a statement claims: all that a position says of money owed and paid, and what would end the loan that day.
 * Left out is only when the books act next; that is no claim.
 */
export type Claims = Omit<Position, 'on' | 'knownThrough' | 'nextActionOn' | 'accruedInterest' | 'accruedPenalty'> & {
  readonly accruedInterest: Running;
  readonly accruedPenalty: Running;
  /** Null when there is nothing to settle: not paid out, cancelled, or charged off. */
  readonly payoff: Omit<PayoffQuote, 'on'> | null;
};

/**
 * What can be claimed of a loan on a day.
 *
 * Keeps   depends on its arguments only: who holds the terms and the events computes the same.
 * Throws  as `positionOn`.
 * Source  docs/specs/statement.md §4.
 */
export function claimsOf(terms: LoanTerms, events: readonly LoanEvent[], on: BusinessDate, knownThrough: number): { readonly claims: Claims; readonly position: Position } {
  const position = positionOn(terms, events, on, knownThrough);
  const isOwing = position.status === 'active' || position.status === 'settled';
  const { on: _on, knownThrough: _known, nextActionOn: _next, accruedInterest, accruedPenalty, ...stated } = position;
  const payoff = isOwing ? payoffQuote(terms, events.filter(({ sequence }) => sequence <= knownThrough), on) : null;
  return { position, claims: { ...stated, accruedInterest: running(accruedInterest), accruedPenalty: running(accruedPenalty), payoff: payoff === null ? null : withoutDay(payoff) } };
}

function withoutDay({ on: _on, ...parts }: PayoffQuote): Omit<PayoffQuote, 'on'> {
  return parts;
}

const running = ({ at, perDay }: Accruing): Running => ({ at: lowest(at.numerator, at.denominator), perDay: lowest(perDay, at.denominator) });

function lowest(numerator: bigint, denominator: bigint): string {
  let [a, b] = [numerator < 0n ? -numerator : numerator, denominator];
  while (b > 0n) [a, b] = [b, a % b];
  return `${numerator / a}/${denominator / a}`;
}

const FRACTION = /^(?:0|-?[1-9]\d{0,59})\/[1-9]\d{0,59}$/;

const fraction: Codec<string> = leaf(rule.fraction, (value) => value, (value) => {
  if (typeof value !== 'string' || !FRACTION.test(value)) return undefined;
  const [numerator, denominator] = value.split('/') as [string, string];
  return lowest(BigInt(numerator), BigInt(denominator)) === value ? value : undefined;
});

const runningCodec = record<Running>({ at: field('at', fraction), perDay: field('per_day', fraction) });

const due = record<Position['due']>({
  fee: field('fee_fen', amount), penalty: field('penalty_fen', amount), interest: field('interest_fen', amount), principal: field('principal_fen', amount), total: field('total_fen', amount),
});

export const totalsCodec = record<Totals>({
  disbursed: field('disbursed_fen', amount),
  received: field('received_fen', amount),
  refunded: field('refunded_fen', amount),
  refundLiability: field('refund_liability_fen', amount),
  principalPaid: field('principal_paid_fen', amount),
  interestCharged: field('interest_charged_fen', amount),
  interestPaid: field('interest_paid_fen', amount),
  interestWaived: field('interest_waived_fen', amount),
  penaltyCharged: field('penalty_charged_fen', amount),
  penaltyPaid: field('penalty_paid_fen', amount),
  penaltyWaived: field('penalty_waived_fen', amount),
  feeCharged: field('fee_charged_fen', amount),
  feePaid: field('fee_paid_fen', amount),
  feeWaived: field('fee_waived_fen', amount),
  principalChargedOff: field('principal_charged_off_fen', amount),
  recovered: field('recovered_fen', amount),
});

const installment = record<PositionInstallment>({
  number: field('number', whole(1, 100_000)),
  dueOn: field('due_on', day),
  principal: field('principal_fen', amount),
  interest: field('interest_fen', amount),
  penalty: field('penalty_fen', amount),
  fee: field('fee_fen', amount),
  principalPaid: field('principal_paid_fen', amount),
  interestPaid: field('interest_paid_fen', amount),
  penaltyPaid: field('penalty_paid_fen', amount),
  feePaid: field('fee_paid_fen', amount),
  interestWaived: field('interest_waived_fen', amount),
  penaltyWaived: field('penalty_waived_fen', amount),
  feeWaived: field('fee_waived_fen', amount),
  balanceAfter: field('balance_after_fen', amount),
  status: field('status', oneOf<PositionInstallment['status']>('upcoming', 'due', 'overdue', 'paid')),
  paidOn: field('paid_on', nullable(day)),
});

const payoff = record<Omit<PayoffQuote, 'on'>>({
  fee: field('fee_fen', amount), penalty: field('penalty_fen', amount), interest: field('interest_fen', amount), principal: field('principal_fen', amount),
  reclaimed: field('reclaimed_fen', amount), total: field('total_fen', amount),
});

/** The claims in JSON, in the order in which they are read out. */
export const claimsCodec = record<Claims>({
  status: field('status', oneOf<LoanStatus>('awaiting_disbursement', 'cancelled', 'active', 'settled', 'charged_off')),
  disbursedOn: field('disbursed_on', nullable(day)),
  settledOn: field('settled_on', nullable(day)),
  principalOutstanding: field('principal_outstanding_fen', amount),
  principalOverdue: field('principal_overdue_fen', amount),
  daysPastDue: field('days_past_due', whole(0, 4_000_000)),
  bucket: field('bucket', oneOf<Bucket>('current', 'M1', 'M2', 'M3', 'M4', 'M5', 'M6', 'M7+')),
  isInGrace: field('is_in_grace', boolean),
  nextDueOn: field('next_due_on', nullable(day)),
  due: field('due', due),
  accruedInterest: field('accrued_interest', runningCodec),
  accruedPenalty: field('accrued_penalty', runningCodec),
  totals: field('totals', totalsCodec),
  installments: field('installments', list(installment, 1_000)),
  payoff: field('payoff', nullable(payoff)),
});

export const claimsToJson = (claims: Claims): Json => claimsCodec.write(claims);
