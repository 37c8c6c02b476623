import { allocate } from './allocation.ts';
import { assert } from './assert.ts';
import type { BusinessDate } from './business-date.ts';
import type { LoanEvent, PrepaymentEffect } from './event.ts';
import { payOpen, prepayPart, settle, type Paying } from './loan-ahead.ts';
import { changeRate, pause, reschedule, resume } from './loan-change.ts';
import { interestToNow, larger, smaller } from './loan-open.ts';
import { clockOf, closeAsOwed, noteGraceKept, notePaid, notePenalty, owedOf, unpaidRows, type DueRow, type LoanState } from './loan-state.ts';

/** Applies one event on its value day. Time has been advanced to that day. `disbursed` and `cancelled` are the caller's. */
export function applyEvent(state: LoanState, event: LoanEvent): void {
  switch (event.kind) {
    case 'repayment_received':
      repay(state, event.amount, event.valueOn);
      break;
    case 'prepaid':
      prepay(state, event.amount, { effect: event.effect, on: event.valueOn });
      break;
    case 'overpayment_refunded':
      state.refunded += event.amount;
      state.refundLiability -= event.amount;
      break;
    case 'fee_charged':
      state.feeCharged += event.amount;
      state.feeOwed += event.amount;
      break;
    case 'waived':
      waive(state, event);
      break;
    case 'rate_changed':
      changeRate(state, event);
      break;
    case 'rescheduled':
      reschedule(state, event);
      break;
    case 'paused':
      pause(state, event);
      break;
    case 'resumed':
      resume(state, event.valueOn);
      break;
    case 'charged_off':
      chargeOff(state, event.valueOn);
      break;
    case 'recovered':
      assert(state.chargedOffOn !== null, 'only a loan that was charged off is recovered');
      state.received += event.amount;
      state.recovered += event.amount;
      break;
    default:
      assert(false, `a loan is disbursed or cancelled once, before anything else: ${event.id}`);
  }
  noteSettlement(state, event.valueOn);
}

/** The parts of the amount that ends the loan now. `interest` and `fee` may hold a credit for what was paid ahead and is not needed. */
export type Payoff = { readonly fee: bigint; readonly penalty: bigint; readonly interest: bigint; readonly principal: bigint; readonly reclaimed: bigint };

/** What ends the loan now: all that is due, interest to now rounded half up, all principal, and refunds taken back. */
export function payoffOf(state: LoanState, on: BusinessDate): Payoff {
  const { open } = state;
  const clock = clockOf(state, on);
  let [fee, penalty, interest, principal] = [state.feeOwed, 0n, 0n, 0n];
  for (const row of unpaidRows(state)) {
    const owed = owedOf(state.plan, row, clock);
    fee += owed.fee;
    penalty += owed.penalty;
    interest += owed.interest;
    principal += owed.principal;
  }
  if (open !== null) {
    fee -= open.aheadFee;
    interest += interestToNow(open);
    principal += open.base;
  }
  const reclaimed = state.refundLiability < 0n ? -state.refundLiability : 0n;
  return { fee, penalty, interest, principal, reclaimed };
}

/** Money received: first a refund the bank took back, then what is due, then the current installment, then it is too much. */
function repay(state: LoanState, amount: bigint, on: BusinessDate): void {
  const money = takeIn(state, amount);
  if (state.chargedOffOn !== null) {
    state.recovered += money;
    return;
  }
  const rest = payDues(state, money, on);
  state.refundLiability += payOpen(state, { money: rest, on });
}

function prepay(state: LoanState, amount: bigint, how: { readonly effect: PrepaymentEffect; readonly on: BusinessDate }): void {
  const { on, effect } = how;
  const payoff = payoffOf(state, on);
  const needed = payoff.fee + payoff.penalty + payoff.interest + payoff.principal + payoff.reclaimed;
  const falls = amount < needed;
  if (state.chargedOffOn !== null || (falls && effect === 'settle')) return repay(state, amount, on);
  const paying: Paying = { money: payDues(state, takeIn(state, amount), on), on };
  if (!falls) state.refundLiability += state.open === null ? paying.money : settle(state, state.open, paying);
  else if (state.open !== null && paying.money > 0n) {
    state.refundLiability += state.plan.terms.method === 'any_time' ? payOpen(state, paying) : prepayPart(state, state.open, { ...paying, effect });
  }
}

/** Books money as received; what a bounced overpayment left us short of is made good first. Returns the rest. */
function takeIn(state: LoanState, amount: bigint): bigint {
  state.received += amount;
  if (state.refundLiability >= 0n) return amount;
  const back = smaller(amount, -state.refundLiability);
  state.refundLiability += back;
  return amount - back;
}

function payDues(state: LoanState, money: bigint, on: BusinessDate): bigint {
  const fee = state.feeOwed;
  const rows = unpaidRows(state);
  if (money === 0n || (rows.length === 0 && fee === 0n)) return money;
  const { plan } = state;
  const day = clockOf(state, on);
  const owed = rows.map((row) => owedOf(plan, row, day));
  // Fees that belong to no installment take their place in the order together with the oldest unpaid one, before its own.
  const oldest = owed[0] ?? { fee: 0n, penalty: 0n, interest: 0n, principal: 0n };
  if (fee > 0n) owed[0] = { ...oldest, fee: oldest.fee + fee };
  const { paid, rest } = allocate(money, owed, plan.terms);
  for (const { row, component, amount } of paid) {
    if (component === 'fee') payFee(state, rows[row], amount);
    else payRow(state, rows[row]!, { component, amount, day });
  }
  for (const row of rows) notePaid(plan, row, { on, day });
  return rest;
}

function payFee(state: LoanState, row: DueRow | undefined, amount: bigint): void {
  const loose = smaller(amount, state.feeOwed);
  state.feePaid += amount;
  state.feeOwed -= loose;
  if (row !== undefined) row.feePaid += amount - loose;
}

function payRow(state: LoanState, row: DueRow, payment: { readonly component: 'penalty' | 'interest' | 'principal'; readonly amount: bigint; readonly day: number }): void {
  const { component, amount, day } = payment;
  if (component === 'penalty') row.penaltyPaid += amount;
  else if (component === 'interest') {
    changeInterest(state, row, day, () => (row.interestPaid += amount));
    state.interestPaid += amount;
  } else {
    notePenalty(state.plan, row, day);
    row.principalPaid += amount;
    noteGraceKept(state.plan, row, day);
    state.principalPaid += amount;
  }
}

/** Forgives what is due of one component, oldest first. What is not due cannot be waived: the rest lapses. */
function waive(state: LoanState, event: Extract<LoanEvent, { kind: 'waived' }>): void {
  const { component, valueOn } = event;
  const day = clockOf(state, valueOn);
  let rest: bigint = event.amount;
  if (component === 'fee') {
    const loose = smaller(rest, larger(state.feeOwed, 0n));
    state.feeOwed -= loose;
    state.feeWaived += loose;
    rest -= loose;
  }
  for (const row of unpaidRows(state)) {
    if (rest === 0n) break;
    const amount = smaller(rest, owedOf(state.plan, row, day)[component]);
    rest -= amount;
    if (component === 'penalty') row.penaltyWaived += amount;
    else if (component === 'fee') {
      row.feeWaived += amount;
      state.feeWaived += amount;
    } else {
      changeInterest(state, row, day, () => (row.interestWaived += amount));
      state.interestWaived += amount;
    }
    notePaid(state.plan, row, { on: valueOn, day });
  }
}

/** Interest that goes stops bearing penalty, where it bore any. */
function changeInterest({ plan }: LoanState, row: DueRow, day: number, change: () => void): void {
  if (!plan.isPenaltyOnInterest) return change();
  notePenalty(plan, row, day);
  change();
  noteGraceKept(plan, row, day);
}

function chargeOff(state: LoanState, on: BusinessDate): void {
  assert(state.chargedOffOn === null, 'a loan is charged off once');
  const clock = clockOf(state, on);
  if (state.open !== null) closeAsOwed(state, state.open);
  for (const row of state.rows) state.principalChargedOff += row.principal - row.principalPaid;
  state.chargedOffAt = clock;
  state.chargedOffOn = on;
}

function noteSettlement(state: LoanState, on: BusinessDate): void {
  const isSettled = state.open === null && state.feeOwed <= 0n && state.refundLiability >= 0n && unpaidRows(state).length === 0;
  state.settledOn = isSettled ? (state.settledOn ?? on) : null;
}
