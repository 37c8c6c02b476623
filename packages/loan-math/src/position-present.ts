import { businessDateOf, type BusinessDate } from './business-date.ts';
import type { Bucket } from './event.ts';
import { bearingOf, clockOf, owedOf, penaltyNumerator, unpaidRows, type LoanState } from './loan-state.ts';
import { fen } from './money.ts';
import { needInteger } from './needs.ts';
import { dueInstallments, upcomingInstallments } from './position-installments.ts';
import type { Accruing, LoanStatus, Position, PositionInstallment, Totals } from './position.ts';

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

/** A fold's state as a position. Time has been advanced to `on`. */
export function presented(state: LoanState, on: BusinessDate, knownThrough: number): Position {
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
    totals: totalsOf(state, installments),
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

/** `installments`: those of the state's rows come first, with their penalty of the day. */
function totalsOf(state: LoanState, installments: readonly PositionInstallment[]): Totals {
  const penalty = { charged: 0n, paid: 0n, waived: 0n };
  for (const [index, row] of state.rows.entries()) {
    penalty.charged += installments[index]!.penalty;
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
