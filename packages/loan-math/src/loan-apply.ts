import { assert } from './assert.ts';
import type { BusinessDate } from './business-date.ts';
import type { LoanEvent, PrepaymentEffect } from './event.ts';
import { payOpen, prepayPart, settle, type Paying } from './loan-ahead.ts';
import { changeRate, pause, reschedule, resume } from './loan-change.ts';
import { interestToNow, larger, smaller } from './loan-open.ts';
import { clockOf, closeAsOwed, hasUnpaid, noteGraceKept, notePaid, notePenalty, owedOf, partOwed, unpaidRows, type DueRow, type LoanState } from './loan-state.ts';
import type { Plan } from './plan.ts';
import type { Component } from './terms.ts';

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

/** Money on its way through what is due. `day` is the clock's. */
type Spending = { rest: bigint; readonly day: number };

/** Spreads money over what is due as `allocate` does: oldest row first, or component by component. Returns what is left. */
function payDues(state: LoanState, money: bigint, on: BusinessDate): bigint {
  if (money === 0n || (state.feeOwed === 0n && !hasUnpaid(state))) return money;
  const { plan } = state;
  const { allocationOrder, allocationScope } = plan.terms;
  const rows = unpaidRows(state);
  const spending: Spending = { rest: money, day: clockOf(state, on) };
  if (rows.length === 0) payLooseFee(state, spending);
  else if (allocationScope === 'installment_first') {
    for (let index = 0; index < rows.length && spending.rest > 0n; index++) for (let place = 0; place < allocationOrder.length; place++) payPart(state, rows[index]!, allocationOrder[place]!, spending);
  } else {
    for (const component of allocationOrder) for (let index = 0; index < rows.length && spending.rest > 0n; index++) payPart(state, rows[index]!, component, spending);
  }
  for (let index = 0; index < rows.length; index++) notePaid(plan, rows[index]!, { on, day: spending.day });
  return spending.rest;
}

/** Fees that belong to no installment take their place in the order together with the oldest unpaid one, before its own. */
function payLooseFee(state: LoanState, spending: Spending): void {
  if (state.feeOwed <= 0n) return;
  const amount = smaller(spending.rest, state.feeOwed);
  state.feePaid += amount;
  state.feeOwed -= amount;
  spending.rest -= amount;
}

/** Pays what a row asks of one component, as far as the money goes. */
function payPart(state: LoanState, row: DueRow, component: Component, spending: Spending): void {
  const { plan } = state;
  if (component === 'fee' && state.feeOwed > 0n) payLooseFee(state, spending);
  if (spending.rest <= 0n) return;
  const owed = partOwed(plan, row, component, spending.day);
  if (owed <= 0n) return;
  const amount = smaller(spending.rest, owed);
  spending.rest -= amount;
  switch (component) {
    case 'fee':
      state.feePaid += amount;
      row.feePaid += amount;
      return;
    case 'penalty':
      row.penaltyPaid += amount;
      return;
    case 'interest':
      changeInterest(plan, row, spending.day, { member: 'interestPaid', amount });
      state.interestPaid += amount;
      return;
    default:
      notePenalty(plan, row, spending.day);
      row.principalPaid += amount;
      noteGraceKept(plan, row, spending.day);
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
    const amount = smaller(rest, partOwed(state.plan, row, component, day));
    rest -= amount;
    if (component === 'penalty') row.penaltyWaived += amount;
    else if (component === 'fee') {
      row.feeWaived += amount;
      state.feeWaived += amount;
    } else {
      changeInterest(state.plan, row, day, { member: 'interestWaived', amount });
      state.interestWaived += amount;
    }
    notePaid(state.plan, row, { on: valueOn, day });
  }
}

/** Interest that goes stops bearing penalty, where it bore any. */
function changeInterest(plan: Plan, row: DueRow, day: number, goes: { readonly member: 'interestPaid' | 'interestWaived'; readonly amount: bigint }): void {
  if (plan.isPenaltyOnInterest) notePenalty(plan, row, day);
  row[goes.member] += goes.amount;
  if (plan.isPenaltyOnInterest) noteGraceKept(plan, row, day);
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
  const isSettled = state.open === null && state.feeOwed <= 0n && state.refundLiability >= 0n && !hasUnpaid(state);
  state.settledOn = isSettled ? (state.settledOn ?? on) : null;
}
