import { ArgumentError, assert } from './assert.ts';
import type { BusinessDate } from './business-date.ts';
import type { LoanEvent } from './event.ts';
import { countedEvents } from './event-counting.ts';
import { needLoan, stoppedBy } from './loan-accepts.ts';
import { applyEvent, payoffOf } from './loan-apply.ts';
import { advance, startOf, type LoanState } from './loan-state.ts';
import { needKnown } from './loan-needs.ts';
import { fen, ZERO_FEN, type Fen } from './money.ts';
import { planOf } from './plan.ts';
import { presented } from './position-present.ts';
import type { Accruing, LoanStatus, Position, Totals } from './position.ts';
import type { LoanTerms } from './terms.ts';

export { bucketOf } from './position-present.ts';

/**
 * Where a loan stands on a day: the one computation of a balance in this system.
 *
 * What    folds the events that count from `on` or before and were known through sequence `knownThrough`
 *         (all, when not given), in the order of `compareEvents`, letting time pass between them.
 * Units   fen; exact fractions of fen where the type says so.
 * Rounds  interest once a period, penalty once an installment, half up.
 * Keeps   the identity of `Totals`; Σ installments' principal = principal lent; depends on its arguments only.
 * Needs   terms that `validateTerms` accepts; at most 10,000 events that `checkEvents` accepts, all of them and those known; `on` in the
 *         years 1 to 9999; `knownThrough` a whole number from 0.
 * Throws  ArgumentError outside `Needs`.
 * Source  docs/specs/position.md.
 */
export function positionOn(terms: LoanTerms, events: readonly LoanEvent[], on: BusinessDate, knownThrough?: number): Position {
  needLoan(terms, events, on);
  if (knownThrough !== undefined) needKnown(knownThrough);
  const known = knownThrough ?? lastSequence(events);
  try {
    return positionAt(terms, events, on, known);
  } catch (error) {
    throw stoppedBy(error, { terms, events, knownThrough: known });
  }
}

function positionAt(terms: LoanTerms, events: readonly LoanEvent[], on: BusinessDate, knownThrough: number): Position {
  const counting = countedEvents(events, on, knownThrough);
  const [first, ...rest] = counting;
  if (first === undefined) return notBegun(on, knownThrough, 'awaiting_disbursement');
  if (first.kind === 'cancelled') {
    assert(rest.length === 0, 'nothing happens to a cancelled loan');
    return notBegun(on, knownThrough, 'cancelled');
  }
  return presented(foldFrom(terms, counting, on), on, knownThrough);
}

/** What ends the loan on a day, by parts. `interest` is what is due plus what has run up, less what was paid ahead and is not needed. */
export type PayoffQuote = {
  readonly on: BusinessDate;
  readonly fee: Fen;
  readonly penalty: Fen;
  readonly interest: Fen;
  readonly principal: Fen;
  /** A refund already sent for money the bank later took back. */
  readonly reclaimed: Fen;
  readonly total: Fen;
};

/**
 * The amount that settles the loan on a day: exactly what a `prepaid` event with effect `settle` then books.
 *
 * Rounds  interest to the day, half up.
 * Needs   as `positionOn`; a loan that is paid out by then, and not charged off.
 * Throws  ArgumentError outside `Needs`.
 * Source  docs/specs/position.md §6 (REPAY-005).
 */
export function payoffQuote(terms: LoanTerms, events: readonly LoanEvent[], on: BusinessDate): PayoffQuote {
  needLoan(terms, events, on);
  try {
    return payoffAt(terms, events, on);
  } catch (error) {
    throw stoppedBy(error, { terms, events, knownThrough: lastSequence(events) });
  }
}

function payoffAt(terms: LoanTerms, events: readonly LoanEvent[], on: BusinessDate): PayoffQuote {
  const counting = countedEvents(events, on, lastSequence(events));
  if (counting[0] === undefined || counting[0].kind === 'cancelled') throw new ArgumentError('on', on, 'a day after payout: only a loan that was paid out can be settled');
  const state = foldFrom(terms, counting, on);
  if (state.chargedOffOn !== null) throw new ArgumentError('on', on, `a day before its charge-off, ${state.chargedOffOn}: a charged-off loan is recovered, not settled`);
  const { fee, penalty, interest, principal, reclaimed } = payoffOf(state, on);
  return {
    on, fee: fen(fee), penalty: fen(penalty), interest: fen(interest), principal: fen(principal), reclaimed: fen(reclaimed),
    total: fen(fee + penalty + interest + principal + reclaimed),
  };
}

function lastSequence(events: readonly LoanEvent[]): number {
  let last = 0;
  for (const event of events) if (event.sequence > last) last = event.sequence;
  return last;
}

function foldFrom(terms: LoanTerms, counting: readonly LoanEvent[], on: BusinessDate): LoanState {
  const first = counting[0]!;
  assert(first.kind === 'disbursed', `a loan begins with its disbursement, not with ${first.kind} ${first.id}`);
  assert(first.amount === terms.principal, 'what is paid out is the contract principal');
  const state = startOf(planOf(terms, first.valueOn));
  for (let index = 1; index < counting.length; index++) {
    const event = counting[index]!;
    advance(state, event.valueOn);
    applyEvent(state, event);
  }
  advance(state, on);
  return state;
}

function notBegun(on: BusinessDate, knownThrough: number, status: LoanStatus): Position {
  const nothing: Accruing = { at: { numerator: 0n, denominator: 1n }, perDay: 0n };
  return {
    on, knownThrough, status,
    disbursedOn: null, settledOn: null, principalOutstanding: ZERO_FEN, principalOverdue: ZERO_FEN,
    due: { fee: ZERO_FEN, penalty: ZERO_FEN, interest: ZERO_FEN, principal: ZERO_FEN, total: ZERO_FEN },
    accruedInterest: nothing, accruedPenalty: nothing, totals: NO_TOTALS, installments: [],
    daysPastDue: 0, bucket: 'current', isInGrace: false, nextDueOn: null, nextActionOn: null,
  };
}

/** The totals of a loan to which nothing has happened: what the first booked difference starts from. */
export const NO_TOTALS: Totals = {
  disbursed: ZERO_FEN, received: ZERO_FEN, refunded: ZERO_FEN, refundLiability: ZERO_FEN, principalPaid: ZERO_FEN,
  interestCharged: ZERO_FEN, interestPaid: ZERO_FEN, interestWaived: ZERO_FEN,
  penaltyCharged: ZERO_FEN, penaltyPaid: ZERO_FEN, penaltyWaived: ZERO_FEN,
  feeCharged: ZERO_FEN, feePaid: ZERO_FEN, feeWaived: ZERO_FEN, principalChargedOff: ZERO_FEN, recovered: ZERO_FEN,
};
