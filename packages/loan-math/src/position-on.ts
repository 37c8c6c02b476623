import { ArgumentError, assert } from './assert.ts';
import { businessDateOf, type BusinessDate } from './business-date.ts';
import type { Bucket, LoanEvent } from './event.ts';
import { countedEvents } from './event-counting.ts';
import { needLoan, stoppedBy } from './loan-accepts.ts';
import { applyEvent, payoffOf } from './loan-apply.ts';
import { advance, bearingOf, clockOf, owedOf, penaltyCharged, penaltyNumerator, startOf, unpaidRows, type LoanState } from './loan-state.ts';
import { needKnown } from './loan-needs.ts';
import { fen, ZERO_FEN, type Fen } from './money.ts';
import { needInteger } from './needs.ts';
import { planOf } from './plan.ts';
import { dueInstallments, upcomingInstallments } from './position-installments.ts';
import type { Accruing, LoanStatus, Position, Totals } from './position.ts';
import type { LoanTerms } from './terms.ts';

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

/**
 * 0 → current, 1–30 → M1, 31–60 → M2 … 181 and more → M7+.
 *
 * Needs   `daysPastDue` 0 to 4,000,000: ten thousand years.
 * Throws  ArgumentError outside `Needs`.
 */
export function bucketOf(daysPastDue: number): Bucket {
  needInteger('daysPastDue', daysPastDue, 0, PAST_DUE_MAX);
  if (daysPastDue <= 0) return 'current';
  return (['M1', 'M2', 'M3', 'M4', 'M5', 'M6'] as const)[Math.floor((daysPastDue - 1) / 30)] ?? 'M7+';
}

const PAST_DUE_MAX = 4_000_000;

/** Days past due on which a bucket begins. */
const BUCKET_BORDERS = [1, 31, 61, 91, 121, 151, 181] as const;

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

function presented(state: LoanState, on: BusinessDate, knownThrough: number): Position {
  const { plan } = state;
  const isChargedOff = state.chargedOffOn !== null;
  // After a charge-off nothing runs on: what is due and how long it has been due stay as they stood.
  const seenOn = clockOf(state, on);
  const due = { fee: state.feeOwed, penalty: 0n, interest: 0n, principal: 0n };
  let principalOverdue = 0n;
  let oldest: number | null = null;
  for (const row of unpaidRows(state)) {
    const owed = owedOf(plan, row, seenOn);
    due.fee += owed.fee;
    due.penalty += owed.penalty;
    due.interest += owed.interest;
    oldest ??= row.countsFrom;
    if (isChargedOff) continue;
    due.principal += owed.principal;
    if (row.countsFrom < seenOn) principalOverdue += owed.principal;
  }
  const daysPastDue = oldest === null || oldest > seenOn ? 0 : seenOn - oldest;
  const isInGrace = daysPastDue > 0 && daysPastDue <= plan.terms.graceDays;
  const installments = [...dueInstallments(state, seenOn), ...upcomingInstallments(state)];
  return {
    on,
    knownThrough,
    status: statusOf(state),
    disbursedOn: plan.disbursedOn,
    settledOn: state.settledOn,
    principalOutstanding: fen(plan.terms.principal - state.principalPaid - state.principalChargedOff),
    principalOverdue: fen(principalOverdue),
    due: {
      fee: fen(due.fee), penalty: fen(due.penalty), interest: fen(due.interest), principal: fen(due.principal),
      total: fen(due.fee + due.penalty + due.interest + due.principal),
    },
    accruedInterest: accruedInterest(state),
    accruedPenalty: accruedPenalty(state, seenOn),
    totals: totalsOf(state, seenOn),
    installments,
    daysPastDue,
    bucket: isInGrace ? 'current' : bucketOf(daysPastDue),
    isInGrace,
    nextDueOn: installments.find((row) => row.dueOn >= on && row.status !== 'paid')?.dueOn ?? null,
    nextActionOn: isChargedOff ? null : nextActionOn(state, on, oldest),
  };
}

function statusOf(state: LoanState): LoanStatus {
  if (state.chargedOffOn !== null) return 'charged_off';
  return state.settledOn === null ? 'active' : 'settled';
}

function accruedInterest({ open, plan }: LoanState): Accruing {
  if (open === null) return { at: { numerator: 0n, denominator: plan.dayBase }, perDay: 0n };
  const charged = (open.prepaidInterest + open.aheadInterest - open.carried) * open.denominator;
  return { at: { numerator: open.numerator - charged, denominator: open.denominator }, perDay: open.base * open.unit };
}

/** As the clock stands at `on`. */
function accruedPenalty(state: LoanState, on: number): Accruing {
  const { plan } = state;
  const { graceDays } = plan.terms;
  const isStill = state.chargedOffOn !== null || state.pause !== null;
  let numerator = 0n;
  let perDay = 0n;
  for (const row of unpaidRows(state)) {
    const bearing = bearingOf(plan, row);
    if (bearing === 0n) continue;
    numerator += penaltyNumerator(plan, row, on);
    // The day after a grace brings a jump, not a step: nextActionOn names it.
    const runsFrom = graceDays === 0 ? row.countsFrom : row.countsFrom + graceDays + 1;
    if (on >= runsFrom && !isStill) perDay += bearing * plan.penaltyRate;
  }
  return { at: { numerator, denominator: plan.dayBase }, perDay };
}

function totalsOf(state: LoanState, on: number): Totals {
  const penalty = { charged: 0n, paid: 0n, waived: 0n };
  for (const row of state.rows) {
    penalty.charged += penaltyCharged(state.plan, row, on);
    penalty.paid += row.penaltyPaid;
    penalty.waived += row.penaltyWaived;
  }
  return {
    disbursed: state.plan.terms.principal,
    received: fen(state.received),
    refunded: fen(state.refunded),
    refundLiability: fen(state.refundLiability),
    principalPaid: fen(state.principalPaid),
    interestCharged: fen(state.interestCharged),
    interestPaid: fen(state.interestPaid),
    interestWaived: fen(state.interestWaived),
    penaltyCharged: fen(penalty.charged),
    penaltyPaid: fen(penalty.paid),
    penaltyWaived: fen(penalty.waived),
    feeCharged: fen(state.feeCharged),
    feePaid: fen(state.feePaid),
    feeWaived: fen(state.feeWaived),
    principalChargedOff: fen(state.principalChargedOff),
    recovered: fen(state.recovered),
  };
}

/**
 * The next due day, the day after a due day, a bucket border of the oldest unpaid one, the day on which a grace is used up, the end of a
 * pause, or the day on which interest begins to run otherwise.
 */
function nextActionOn(state: LoanState, on: BusinessDate, oldest: number | null): BusinessDate | null {
  const { plan, open, pause } = state;
  let next = open === null ? Infinity : plan.days[open.row]!;
  const consider = (day: number): void => {
    if (day > on && day < next) next = day;
  };
  if (open !== null && open.later.length > 0) consider(open.stepThrough);
  if (pause !== null) {
    if (open !== null || oldest !== null) consider(pause.until);
    return next === Infinity ? null : businessDateOf(next);
  }
  for (const row of unpaidRows(state)) {
    consider(row.countsFrom + 1);
    consider(row.countsFrom + plan.terms.graceDays + 1);
  }
  if (oldest !== null) for (const border of BUCKET_BORDERS) consider(oldest + border);
  return next === Infinity ? null : businessDateOf(next);
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
