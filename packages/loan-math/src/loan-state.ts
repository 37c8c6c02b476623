import type { Owed } from './allocation.ts';
import type { BusinessDate } from './business-date.ts';
import { divideHalfUp } from './money.ts';
import { levelAmount, periodDenominator, plannedPrincipal, type Plan } from './plan.ts';

/** An installment that has fallen due (or was closed early), with what it asked and what it got. */
export type DueRow = {
  readonly number: number;
  readonly dueOn: BusinessDate;
  readonly principal: bigint;
  readonly interest: bigint;
  readonly balanceAfter: bigint;
  principalPaid: bigint;
  interestPaid: bigint;
  interestWaived: bigint;
  penaltyPaid: bigint;
  penaltyWaived: bigint;
  /** Σ unpaid principal × penalty rate × days through `penaltyThrough`; over `plan.dayBase`. */
  penaltyNumerator: bigint;
  penaltyThrough: number;
  paidOn: BusinessDate | null;
  /** Penalty it asked in all, once paid: it grows no more. */
  penaltyAsked: bigint;
};

/** The interest period that runs now. Its row falls due on `plan.days[row]`. */
export type OpenPeriod = {
  readonly row: number;
  readonly denominator: bigint;
  /** Interest-bearing principal: neither fallen due nor repaid. */
  base: bigint;
  /** Σ base × rate × days through `through`. */
  numerator: bigint;
  through: number;
  /** The level amount this row asks, and the one later rows will ask. */
  level: bigint;
  nextLevel: bigint;
  /** Paid ahead towards this row's amount. */
  aheadInterest: bigint;
  aheadPrincipal: bigint;
  /** Explicit prepayments made in this period, on top of the row's amount. */
  prepaidInterest: bigint;
  prepaidPrincipal: bigint;
  lastPaidOn: BusinessDate | null;
};

/** The fold's working state. Private to the fold: changed in place, never shown. */
export type LoanState = {
  readonly plan: Plan;
  readonly rows: DueRow[];
  /** All rows before this one are paid. */
  firstUnpaid: number;
  open: OpenPeriod | null;
  received: bigint;
  refunded: bigint;
  refundLiability: bigint;
  principalPaid: bigint;
  interestCharged: bigint;
  interestPaid: bigint;
  interestWaived: bigint;
  feeCharged: bigint;
  feePaid: bigint;
  feeWaived: bigint;
  principalChargedOff: bigint;
  recovered: bigint;
  chargedOffOn: BusinessDate | null;
  settledOn: BusinessDate | null;
};

/** A loan on the day on which it is paid out. */
export function startOf(plan: Plan): LoanState {
  const level = plan.terms.method === 'level_installment' ? levelAmount(plan, 1, plan.terms.principal) : 0n;
  return {
    plan,
    rows: [],
    firstUnpaid: 0,
    open: periodAfter(plan, 0, plan.terms.principal, level),
    received: 0n, refunded: 0n, refundLiability: 0n, principalPaid: 0n,
    interestCharged: 0n, interestPaid: 0n, interestWaived: 0n,
    feeCharged: 0n, feePaid: 0n, feeWaived: 0n,
    principalChargedOff: 0n, recovered: 0n, chargedOffOn: null, settledOn: null,
  };
}

/** The period after row `row`, or null when nothing is left to bear interest. */
function periodAfter(plan: Plan, row: number, base: bigint, level: bigint): OpenPeriod | null {
  if (base === 0n || row + 1 >= plan.days.length) return null;
  return {
    row: row + 1,
    denominator: periodDenominator(plan, row + 1),
    base, numerator: 0n, through: plan.days[row]!, level, nextLevel: level,
    aheadInterest: 0n, aheadPrincipal: 0n, prepaidInterest: 0n, prepaidPrincipal: 0n, lastPaidOn: null,
  };
}

/** Lets time pass: every due day up to and including `day` falls due, interest runs to `day`. */
export function advance(state: LoanState, day: number): void {
  const { plan } = state;
  while (state.open !== null && plan.days[state.open.row]! <= day) fallDue(state, state.open);
  if (state.open !== null) accrue(plan, state.open, day);
}

function accrue(plan: Plan, open: OpenPeriod, day: number): void {
  open.numerator += open.base * plan.terms.rate * BigInt(day - open.through);
  open.through = day;
}

/** What the open period's row will ask on its due day if another `extra` of principal is repaid now. */
export function askOf(plan: Plan, open: OpenPeriod, extra = 0n): { readonly interest: bigint; readonly principal: bigint } {
  const interest = interestOfRow(plan, open, extra);
  const balance = open.base + open.aheadPrincipal;
  const principal = plannedPrincipal(plan, open.row, { level: open.level, interest, balance });
  return { interest, principal: principal < open.aheadPrincipal ? open.aheadPrincipal : principal };
}

/** Interest the row asks in all if another `extra` is repaid now: the period's interest, rounded once, less what went with prepayments. */
export function interestOfRow(plan: Plan, open: OpenPeriod, extra: bigint): bigint {
  const left = BigInt(plan.days[open.row]! - open.through);
  const whole = divideHalfUp(open.numerator + (open.base - extra) * plan.terms.rate * left, open.denominator);
  const asked = whole - open.prepaidInterest;
  return asked < 0n ? 0n : asked;
}

/** Interest run up to now that nobody has been asked for yet, rounded half up. Negative when the period was paid ahead. */
export function interestToNow(open: OpenPeriod): bigint {
  return divideHalfUp(open.numerator, open.denominator) - open.prepaidInterest - open.aheadInterest;
}

function fallDue(state: LoanState, open: OpenPeriod): void {
  const { plan } = state;
  accrue(plan, open, plan.days[open.row]!);
  const ask = askOf(plan, open);
  const interest = ask.interest < open.aheadInterest ? open.aheadInterest : ask.interest;
  const due = ask.principal - open.aheadPrincipal;
  state.interestCharged += interest - open.aheadInterest;
  open.base -= due;
  closeRow(state, open, { principal: ask.principal + open.prepaidPrincipal, interest: interest + open.prepaidInterest });
  state.open = periodAfter(plan, open.row, open.base, open.nextLevel);
}

/** Moves the open period's row to the rows that have fallen due. */
function closeRow(state: LoanState, open: OpenPeriod, asked: { readonly principal: bigint; readonly interest: bigint }): void {
  const { terms, days } = state.plan;
  const dueOn = days[open.row]!;
  const row: DueRow = {
    number: open.row, dueOn, principal: asked.principal, interest: asked.interest, balanceAfter: open.base,
    principalPaid: open.aheadPrincipal + open.prepaidPrincipal,
    interestPaid: open.aheadInterest + open.prepaidInterest,
    interestWaived: 0n, penaltyPaid: 0n, penaltyWaived: 0n, penaltyNumerator: 0n,
    penaltyThrough: terms.graceCountsBack ? dueOn : dueOn + terms.graceDays,
    paidOn: null, penaltyAsked: 0n,
  };
  if (row.principalPaid === row.principal && row.interestPaid === row.interest) row.paidOn = open.lastPaidOn ?? dueOn;
  state.rows.push(row);
}

/** Ends the open period now with everything in it repaid: nothing will fall due any more. */
export function closeAsRepaid(state: LoanState, open: OpenPeriod, on: BusinessDate): void {
  open.lastPaidOn = on;
  closeRow(state, open, {
    principal: open.aheadPrincipal + open.prepaidPrincipal,
    interest: open.aheadInterest + open.prepaidInterest,
  });
  state.open = null;
}

/** Ends the open period now with its principal still owed (charge-off): interest to now is asked, then nothing accrues. */
export function closeAsOwed(state: LoanState, open: OpenPeriod): void {
  const toNow = interestToNow(open);
  const interest = toNow < 0n ? 0n : toNow;
  const owed = open.base;
  state.interestCharged += interest;
  open.base = 0n;
  closeRow(state, open, {
    principal: owed + open.aheadPrincipal + open.prepaidPrincipal,
    interest: interest + open.aheadInterest + open.prepaidInterest,
  });
  state.open = null;
}

/** Penalty run up on a row through `day`, exact, over `plan.dayBase`. Nothing while grace runs. */
export function penaltyNumerator(plan: Plan, row: DueRow, day: number): bigint {
  if (day <= row.dueOn + plan.terms.graceDays) return 0n;
  const days = day - row.penaltyThrough;
  return days <= 0 ? row.penaltyNumerator : row.penaltyNumerator + (row.principal - row.principalPaid) * plan.terms.penaltyRate * BigInt(days);
}

/** Penalty asked on a row through `day`. Rounds half up, once a row. */
export function penaltyCharged(plan: Plan, row: DueRow, day: number): bigint {
  if (row.paidOn !== null) return row.penaltyAsked;
  const numerator = penaltyNumerator(plan, row, day);
  return numerator === 0n ? 0n : divideHalfUp(numerator, plan.dayBase);
}

/** The rows that still ask something, oldest first. */
export function unpaidRows(state: LoanState): readonly DueRow[] {
  const { rows } = state;
  while (state.firstUnpaid < rows.length && rows[state.firstUnpaid]!.paidOn !== null) state.firstUnpaid++;
  const unpaid: DueRow[] = [];
  for (let index = state.firstUnpaid; index < rows.length; index++) if (rows[index]!.paidOn === null) unpaid.push(rows[index]!);
  return unpaid;
}

/** Notes that a row asks nothing any more, if so. */
export function notePaid(plan: Plan, row: DueRow, on: BusinessDate): void {
  const penalty = penaltyCharged(plan, row, on);
  if (penalty !== row.penaltyPaid + row.penaltyWaived || row.interest !== row.interestPaid + row.interestWaived || row.principal !== row.principalPaid) return;
  row.penaltyAsked = penalty;
  row.paidOn = on;
}

/** Notes the penalty through `day` before the row's principal changes. Grace kept wholly leaves none. */
export function payPrincipal(plan: Plan, row: DueRow, amount: bigint, day: number): void {
  if (day > row.penaltyThrough) {
    row.penaltyNumerator += (row.principal - row.principalPaid) * plan.terms.penaltyRate * BigInt(day - row.penaltyThrough);
    row.penaltyThrough = day;
  }
  row.principalPaid += amount;
  if (row.principalPaid === row.principal && day <= row.dueOn + plan.terms.graceDays) row.penaltyNumerator = 0n;
}

/** What a row that has fallen due still asks on `day`. */
export function owedOf(plan: Plan, row: DueRow, day: number): Owed {
  return {
    fee: 0n,
    penalty: penaltyCharged(plan, row, day) - row.penaltyPaid - row.penaltyWaived,
    interest: row.interest - row.interestPaid - row.interestWaived,
    principal: row.principal - row.principalPaid,
  };
}
