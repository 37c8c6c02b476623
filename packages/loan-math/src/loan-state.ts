import type { Owed } from './allocation.ts';
import type { BusinessDate } from './business-date.ts';
import { feesOf } from './loan-fees.ts';
import { accrue, askOf, halfUp, interestToNow, larger, openPeriod, type Cell, type OpenPeriod } from './loan-open.ts';
import type { Plan } from './plan.ts';
import { levelAtStart } from './plan-level.ts';
import type { Component } from './terms.ts';

/** An installment that has fallen due (or was closed early), with what it asked and what it got. */
export type DueRow = {
  readonly number: number;
  readonly dueOn: BusinessDate;
  /** The day from which its days past due count: its due day, later by the days of every pause since. */
  countsFrom: number;
  principal: bigint;
  readonly interest: bigint;
  fee: bigint;
  balanceAfter: bigint;
  principalPaid: bigint;
  interestPaid: bigint;
  interestWaived: bigint;
  penaltyPaid: bigint;
  penaltyWaived: bigint;
  feePaid: bigint;
  feeWaived: bigint;
  /** Σ what bears penalty × penalty rate × days through `penaltyThrough`; over `plan.dayBase`. */
  penaltyNumerator: bigint;
  penaltyThrough: number;
  /** The penalty in whole fen that was last asked about, and the numerator it was rounded from: it is asked about often, and grows seldom. */
  rounded: bigint;
  roundedFrom: bigint;
  asksOverdueFee: boolean;
  paidOn: BusinessDate | null;
  /** Penalty it asked in all, once paid: it grows no more. */
  penaltyAsked: bigint;
};

/** A pause that is not over, and what it pushed aside: its end before its time takes that up again. */
export type Pause = { readonly from: number; readonly until: number; readonly plan: Plan; readonly cells: readonly Cell[] };

/** The fold's working state. Private to the fold: changed in place, never shown. */
export type LoanState = {
  plan: Plan;
  readonly rows: DueRow[];
  /** All rows before this one are paid. */
  firstUnpaid: number;
  open: OpenPeriod | null;
  pause: Pause | null;
  received: bigint;
  refunded: bigint;
  refundLiability: bigint;
  principalPaid: bigint;
  interestCharged: bigint;
  interestPaid: bigint;
  interestWaived: bigint;
  /** All fees, those of installments among them. */
  feeCharged: bigint;
  feePaid: bigint;
  feeWaived: bigint;
  /** Still owed of the fees that belong to no installment. */
  feeOwed: bigint;
  principalChargedOff: bigint;
  recovered: bigint;
  chargedOffOn: BusinessDate | null;
  /** Where the count of days past due stood then. */
  chargedOffAt: number;
  settledOn: BusinessDate | null;
};

/** A loan on the day on which it is paid out. */
export function startOf(plan: Plan): LoanState {
  const { terms } = plan;
  const deducted = feesOf(terms, 'deducted', terms.principal);
  const upfront = feesOf(terms, 'upfront', terms.principal);
  return {
    plan,
    rows: [],
    firstUnpaid: 0,
    open: openPeriod(plan, 1, { base: terms.principal, level: levelAtStart(plan), carried: 0n }),
    pause: null,
    received: deducted, refunded: 0n, refundLiability: 0n, principalPaid: 0n,
    interestCharged: 0n, interestPaid: 0n, interestWaived: 0n,
    feeCharged: deducted + upfront, feePaid: deducted, feeWaived: 0n, feeOwed: upfront,
    principalChargedOff: 0n, recovered: 0n, chargedOffOn: null, chargedOffAt: 0, settledOn: null,
  };
}

/** Lets time pass: a pause ends, every due day up to and including `day` falls due, interest runs to `day`, overdue fees are asked. */
export function advance(state: LoanState, day: number): void {
  if (state.pause !== null && state.pause.until <= day && state.chargedOffOn === null) endPause(state, state.pause.until);
  while (state.open !== null && state.plan.days[state.open.row]! <= day) fallDue(state, state.open);
  if (state.open !== null) accrue(state.plan, state.open, day);
  if (state.plan.asksOverdueFee && state.chargedOffOn === null) askOverdueFees(state, day);
}

/** The day at which penalty and days past due stand on `day`: they stand still during a pause and after a charge-off. */
export function clockOf(state: LoanState, day: number): number {
  if (state.chargedOffOn !== null) return state.chargedOffAt;
  return state.pause !== null && day > state.pause.from ? state.pause.from : day;
}

/** A pause is over: what counts from a day counts from as many days later. */
export function endPause(state: LoanState, day: number): void {
  const days = day - state.pause!.from;
  for (const row of unpaidRows(state)) {
    row.countsFrom += days;
    row.penaltyThrough += days;
  }
  state.pause = null;
}

function askOverdueFees(state: LoanState, day: number): void {
  const { terms } = state.plan;
  const clock = clockOf(state, day);
  for (const row of unpaidRows(state)) {
    if (!row.asksOverdueFee || clock <= row.countsFrom + terms.graceDays) continue;
    const fee = feesOf(terms, 'overdue', row.principal - row.principalPaid);
    row.asksOverdueFee = false;
    row.fee += fee;
    state.feeCharged += fee;
  }
}

function fallDue(state: LoanState, open: OpenPeriod): void {
  const { plan } = state;
  accrue(plan, open, plan.days[open.row]!);
  const ask = askOf(plan, open);
  const interest = larger(ask.interest, open.aheadInterest);
  const due = ask.principal - open.aheadPrincipal;
  const fee = larger(open.fee, open.aheadFee);
  state.interestCharged += interest - open.aheadInterest;
  state.feeCharged += fee - open.aheadFee;
  open.base -= due;
  closeRow(state, open, { principal: ask.principal + open.prepaidPrincipal, interest: interest + open.prepaidInterest, fee });
  state.open = openPeriod(plan, open.row + 1, { base: open.base, level: open.nextLevel, carried: ask.carriedOn });
}

/** Moves the open period's row to the rows that have fallen due. */
function closeRow(state: LoanState, open: OpenPeriod, asked: { readonly principal: bigint; readonly interest: bigint; readonly fee: bigint }): void {
  const { terms, days } = state.plan;
  const dueOn = days[open.row]!;
  const row: DueRow = {
    number: open.row, dueOn, countsFrom: dueOn, principal: asked.principal, interest: asked.interest, fee: asked.fee, balanceAfter: open.base,
    principalPaid: open.aheadPrincipal + open.prepaidPrincipal,
    interestPaid: open.aheadInterest + open.prepaidInterest,
    interestWaived: 0n, penaltyPaid: 0n, penaltyWaived: 0n, feePaid: open.aheadFee, feeWaived: 0n, penaltyNumerator: 0n, rounded: 0n, roundedFrom: 0n,
    penaltyThrough: terms.graceCountsBack ? dueOn : dueOn + terms.graceDays,
    asksOverdueFee: state.plan.asksOverdueFee, paidOn: null, penaltyAsked: 0n,
  };
  if (row.principalPaid === row.principal && row.interestPaid === row.interest && row.feePaid === row.fee) row.paidOn = open.lastPaidOn ?? dueOn;
  state.rows.push(row);
}

/** Ends the open period now with everything in it repaid: nothing will fall due any more. Returns a fee paid ahead that is not asked now. */
export function closeAsRepaid(state: LoanState, open: OpenPeriod, on: BusinessDate): bigint {
  const fee = open.aheadFee;
  state.feeCharged -= fee;
  state.feePaid -= fee;
  open.aheadFee = 0n;
  open.lastPaidOn = on;
  closeRow(state, open, {
    principal: open.aheadPrincipal + open.prepaidPrincipal,
    interest: open.aheadInterest + open.prepaidInterest,
    fee: 0n,
  });
  state.open = null;
  return fee;
}

/** Ends the open period now with its principal still owed (charge-off): interest to now is asked, then nothing accrues. */
export function closeAsOwed(state: LoanState, open: OpenPeriod): void {
  const interest = larger(interestToNow(open), 0n);
  const owed = open.base;
  state.interestCharged += interest;
  open.base = 0n;
  closeRow(state, open, {
    principal: owed + open.aheadPrincipal + open.prepaidPrincipal,
    interest: interest + open.aheadInterest + open.prepaidInterest,
    fee: open.aheadFee,
  });
  state.open = null;
}

/** What of a row bears penalty: its unpaid principal, and its unpaid interest where the contract compounds. */
export function bearingOf(plan: Plan, row: DueRow): bigint {
  const principal = row.principal - row.principalPaid;
  return plan.isPenaltyOnInterest ? principal + row.interest - row.interestPaid - row.interestWaived : principal;
}

/** Penalty run up on a row through the clock's `day`, exact, over `plan.dayBase`. Nothing while grace runs. */
export function penaltyNumerator(plan: Plan, row: DueRow, day: number): bigint {
  if (day <= row.countsFrom + plan.terms.graceDays) return 0n;
  const days = day - row.penaltyThrough;
  const bearing = days <= 0 ? 0n : bearingOf(plan, row);
  return bearing === 0n ? row.penaltyNumerator : row.penaltyNumerator + bearing * plan.penaltyRate * BigInt(days);
}

/** Penalty asked on a row through the clock's `day`. Rounds half up, once a row. */
export function penaltyCharged(plan: Plan, row: DueRow, day: number): bigint {
  if (row.paidOn !== null) return row.penaltyAsked;
  const numerator = penaltyNumerator(plan, row, day);
  if (numerator === row.roundedFrom) return row.rounded;
  row.roundedFrom = numerator;
  return (row.rounded = halfUp(numerator, plan.dayBase));
}

/** Whether any row still asks something. */
export function hasUnpaid(state: LoanState): boolean {
  const { rows } = state;
  while (state.firstUnpaid < rows.length && rows[state.firstUnpaid]!.paidOn !== null) state.firstUnpaid++;
  return state.firstUnpaid < rows.length;
}

const NO_ROWS: readonly DueRow[] = [];

/** The rows that still ask something, oldest first. */
export function unpaidRows(state: LoanState): readonly DueRow[] {
  if (!hasUnpaid(state)) return NO_ROWS;
  const { rows } = state;
  const unpaid: DueRow[] = [];
  for (let index = state.firstUnpaid; index < rows.length; index++) if (rows[index]!.paidOn === null) unpaid.push(rows[index]!);
  return unpaid;
}

/** Notes that a row asks nothing any more, if so. `day` is the clock's. */
export function notePaid(plan: Plan, row: DueRow, when: { readonly on: BusinessDate; readonly day: number }): void {
  if (row.principal !== row.principalPaid || row.interest !== row.interestPaid + row.interestWaived || row.fee !== row.feePaid + row.feeWaived) return;
  const penalty = penaltyCharged(plan, row, when.day);
  if (penalty !== row.penaltyPaid + row.penaltyWaived) return;
  row.penaltyAsked = penalty;
  row.paidOn = when.on;
}

/** Notes the penalty through the clock's `day`, before what bears it changes, or its rate. */
export function notePenalty(plan: Plan, row: DueRow, day: number): void {
  if (day <= row.penaltyThrough) return;
  const bearing = bearingOf(plan, row);
  if (bearing !== 0n) row.penaltyNumerator += bearing * plan.penaltyRate * BigInt(day - row.penaltyThrough);
  row.penaltyThrough = day;
}

/** Grace kept wholly leaves no penalty. */
export function noteGraceKept(plan: Plan, row: DueRow, day: number): void {
  if (bearingOf(plan, row) === 0n && day <= row.countsFrom + plan.terms.graceDays) row.penaltyNumerator = 0n;
}

/** What a row that has fallen due still asks of one component on the clock's `day`. */
export function partOwed(plan: Plan, row: DueRow, component: Component, day: number): bigint {
  switch (component) {
    case 'fee': return row.fee === 0n ? 0n : row.fee - row.feePaid - row.feeWaived;
    case 'penalty': return penaltyCharged(plan, row, day) - row.penaltyPaid - row.penaltyWaived;
    case 'interest': return row.interest - row.interestPaid - row.interestWaived;
    default: return row.principal - row.principalPaid;
  }
}

/** What a row that has fallen due still asks on the clock's `day`. */
export function owedOf(plan: Plan, row: DueRow, day: number): Owed {
  const part = (component: Component): bigint => partOwed(plan, row, component, day);
  return { fee: part('fee'), penalty: part('penalty'), interest: part('interest'), principal: part('principal') };
}
