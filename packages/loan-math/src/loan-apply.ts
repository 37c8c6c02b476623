import { allocate } from './allocation.ts';
import { assert } from './assert.ts';
import type { BusinessDate } from './business-date.ts';
import type { LoanEvent, PrepaymentEffect } from './event.ts';
import {
  askOf, closeAsOwed, closeAsRepaid, interestOfRow, interestToNow, notePaid, owedOf, payPrincipal, unpaidRows,
  type DueRow, type LoanState, type OpenPeriod,
} from './loan-state.ts';
import { divideHalfUp } from './money.ts';
import { levelAmount } from './plan.ts';

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
      break;
    case 'waived':
      waive(state, event);
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

/** The parts of the amount that ends the loan now. `interest` may hold a credit for interest paid ahead. */
export type Payoff = { readonly fee: bigint; readonly penalty: bigint; readonly interest: bigint; readonly principal: bigint; readonly reclaimed: bigint };

/** What ends the loan now: all that is due, interest to now rounded half up, all principal, and refunds taken back. */
export function payoffOf(state: LoanState, on: BusinessDate): Payoff {
  const { open } = state;
  let [penalty, interest, principal] = [0n, 0n, 0n];
  for (const row of unpaidRows(state)) {
    const owed = owedOf(state.plan, row, on);
    penalty += owed.penalty;
    interest += owed.interest;
    principal += owed.principal;
  }
  if (open !== null) {
    interest += interestToNow(open);
    principal += open.base;
  }
  const reclaimed = state.refundLiability < 0n ? -state.refundLiability : 0n;
  return { fee: feeOwed(state), penalty, interest, principal, reclaimed };
}

export const feeOwed = (state: LoanState): bigint => state.feeCharged - state.feePaid - state.feeWaived;

/** Money received: first a refund the bank took back, then what is due, then the current installment, then it is too much. */
function repay(state: LoanState, amount: bigint, on: BusinessDate): void {
  const money = takeIn(state, amount);
  if (state.chargedOffOn !== null) {
    state.recovered += money;
    return;
  }
  const rest = payDues(state, money, on);
  state.refundLiability += payOpen(state, rest, on);
}

function prepay(state: LoanState, amount: bigint, how: { readonly effect: PrepaymentEffect; readonly on: BusinessDate }): void {
  const { on, effect } = how;
  const payoff = payoffOf(state, on);
  const needed = payoff.fee + payoff.penalty + payoff.interest + payoff.principal + payoff.reclaimed;
  const falls = amount < needed;
  if (state.chargedOffOn !== null || (falls && effect === 'settle')) return repay(state, amount, on);
  const rest = payDues(state, takeIn(state, amount), on);
  if (!falls) {
    state.refundLiability += state.open === null ? rest : settle(state, state.open, { money: rest, on });
    return;
  }
  if (state.open === null || rest === 0n) return;
  state.refundLiability += state.plan.terms.method === 'any_time' ? payAnyTime(state, state.open, { money: rest, on }) : prepayPart(state, state.open, { money: rest, on, effect });
}

/** Books money as received; what a bounced overpayment left us short of is made good first. Returns the rest. */
function takeIn(state: LoanState, amount: bigint): bigint {
  state.received += amount;
  if (state.refundLiability >= 0n) return amount;
  const short = -state.refundLiability;
  const back = amount < short ? amount : short;
  state.refundLiability += back;
  return amount - back;
}

function payDues(state: LoanState, money: bigint, on: BusinessDate): bigint {
  const fee = feeOwed(state);
  const rows = unpaidRows(state);
  if (money === 0n || (rows.length === 0 && fee === 0n)) return money;
  const { plan } = state;
  const owed = rows.map((row) => owedOf(plan, row, on));
  // Fees belong to no installment: they take their place in the order together with the oldest unpaid one.
  if (fee > 0n) owed[0] = { ...(owed[0] ?? { penalty: 0n, interest: 0n, principal: 0n }), fee };
  const { paid, rest } = allocate(money, owed, plan.terms);
  for (const { row, component, amount } of paid) {
    if (component === 'fee') state.feePaid += amount;
    else payRow(state, rows[row]!, { component, amount, on });
  }
  for (const row of rows) notePaid(plan, row, on);
  return rest;
}

function payRow(state: LoanState, row: DueRow, payment: { readonly component: 'penalty' | 'interest' | 'principal'; readonly amount: bigint; readonly on: BusinessDate }): void {
  const { component, amount, on } = payment;
  if (component === 'penalty') row.penaltyPaid += amount;
  else if (component === 'interest') {
    row.interestPaid += amount;
    state.interestPaid += amount;
  } else {
    payPrincipal(state.plan, row, amount, on);
    state.principalPaid += amount;
  }
}

type Paying = { readonly money: bigint; readonly on: BusinessDate };

function payOpen(state: LoanState, money: bigint, on: BusinessDate): bigint {
  if (state.open === null || money === 0n) return money;
  return state.plan.terms.method === 'any_time' ? payAnyTime(state, state.open, { money, on }) : payAhead(state, state.open, { money, on });
}

/**
 * Pays the current installment ahead of its due day. Returns what it does not need.
 *
 * The money (with what was paid ahead before) first covers the period's interest; what is left goes to
 * principal b, the largest with b + interest(b) ≤ money, where interest(b) is the whole period's interest
 * if b bears none from now on. The row's amount stays, so nothing is left on the due day.
 *
 * Rounds  the period's interest, half up, as on the due day.
 * Source  docs/specs/position.md §5 (REPAY-005).
 */
function payAhead(state: LoanState, open: OpenPeriod, { money, on }: Paying): bigint {
  const { plan } = state;
  const before = open.aheadInterest + open.aheadPrincipal;
  const offered = before + money;
  const limit = smaller(offered, larger(rowAmount(state, open), before));
  const interestIfNone = interestOfRow(plan, open, 0n);
  let extra = 0n;
  let interest = limit - open.aheadPrincipal;
  if (interest > interestIfNone) {
    extra = largestAhead(state, open, interest);
    interest = interestOfRow(plan, open, extra);
  }
  state.interestCharged += interest - open.aheadInterest;
  state.interestPaid += interest - open.aheadInterest;
  state.principalPaid += extra;
  open.aheadInterest = interest;
  open.aheadPrincipal += extra;
  open.base -= extra;
  open.lastPaidOn = on;
  if (open.base === 0n) closeAsRepaid(state, open, on);
  return offered - open.aheadInterest - open.aheadPrincipal;
}

/** The amount the open row asks in all on its due day; without bound in the last row, which may be paid out whole. */
function rowAmount(state: LoanState, open: OpenPeriod): bigint {
  const { plan } = state;
  const interestOnly = open.aheadPrincipal + interestOfRow(plan, open, 0n);
  if (open.row === plan.days.length - 1) return open.base + interestOnly;
  // A long first period at a high rate can bear more interest than the level amount: then that is what is asked.
  return plan.terms.method === 'level_installment' ? larger(open.level, interestOnly) : interestOnly;
}

/** The largest b ≤ base with b + interest(b) ≤ money. Needs interest(0) ≤ money, and that a day's rate × days left is below 1. */
function largestAhead(state: LoanState, open: OpenPeriod, money: bigint): bigint {
  const { plan } = state;
  const saved = plan.terms.rate * BigInt(plan.days[open.row]! - open.through);
  const whole = open.numerator + open.base * saved;
  const fits = (b: bigint): boolean => b + interestOfRow(plan, open, b) <= money;
  let b = ((money + open.prepaidInterest) * open.denominator - whole) / (open.denominator - saved);
  if (b > open.base) b = open.base;
  if (b < 0n) b = 0n;
  while (b > 0n && !fits(b)) b -= 1n;
  while (b < open.base && fits(b + 1n)) b += 1n;
  return b;
}

/** Any time (随借随还): whole fen of interest run up, then principal; the broken fen is carried. Returns what is too much. */
function payAnyTime(state: LoanState, open: OpenPeriod, { money, on }: Paying): bigint {
  const toNow = interestToNow(open);
  if (money >= open.base + toNow) return settle(state, open, { money, on });
  const floored = open.numerator / open.denominator - open.aheadInterest;
  // One fen short of everything: interest is rounded as it will be at the end, so that principal is what stays.
  const wanted = money - floored >= open.base ? toNow : floored;
  const interest = smaller(money, larger(wanted, 0n));
  state.interestCharged += interest;
  state.interestPaid += interest;
  state.principalPaid += money - interest;
  open.aheadInterest += interest;
  open.aheadPrincipal += money - interest;
  open.base -= money - interest;
  open.lastPaidOn = on;
  return 0n;
}

/** Ends the loan: interest to now rounded half up and all principal. Returns the money left over. */
function settle(state: LoanState, open: OpenPeriod, { money, on }: Paying): bigint {
  const interest = interestToNow(open);
  const principal = open.base;
  state.interestCharged += interest;
  state.interestPaid += interest;
  state.principalPaid += principal;
  open.prepaidInterest += interest;
  open.prepaidPrincipal += principal;
  open.base = 0n;
  closeAsRepaid(state, open, on);
  return money - interest - principal;
}

/**
 * A partial prepayment: principal b leaves with the interest it has borne in this period, the rest of the loan
 * goes on. Rounds that interest half up; the period is still rounded once in all, on its due day.
 */
function prepayPart(state: LoanState, open: OpenPeriod, how: Paying & { readonly effect: PrepaymentEffect }): bigint {
  const { plan } = state;
  const borne = plan.terms.rate * BigInt(open.through - plan.days[open.row - 1]!);
  const fits = (b: bigint): boolean => b + divideHalfUp(b * borne, open.denominator) <= how.money;
  let principal = (how.money * open.denominator) / (open.denominator + borne) + 1n;
  while (principal > 0n && !fits(principal)) principal -= 1n;
  if (principal >= open.base) principal = open.base - 1n;
  const interest = how.money - principal;
  state.principalPaid += principal;
  state.interestCharged += interest;
  state.interestPaid += interest;
  open.base -= principal;
  open.prepaidPrincipal += principal;
  open.prepaidInterest += interest;
  open.lastPaidOn = how.on;
  const isPaidAhead = open.aheadInterest + open.aheadPrincipal > 0n;
  const rest = isPaidAhead ? payAhead(state, open, { money: 0n, on: how.on }) : 0n;
  if (how.effect === 'smaller_installment' && state.open !== null) relevel(state, open);
  return rest;
}

/** Spreads what is left evenly over the rows left. A row already paid ahead keeps its amount. */
function relevel(state: LoanState, open: OpenPeriod): void {
  const { plan } = state;
  if (plan.terms.method !== 'level_installment') return;
  if (open.aheadInterest + open.aheadPrincipal === 0n) {
    open.level = open.nextLevel = levelAmount(plan, open.row, open.base);
  } else if (open.row < plan.terms.months) {
    const left = open.base - (askOf(plan, open).principal - open.aheadPrincipal);
    if (left > 0n) open.nextLevel = levelAmount(plan, open.row + 1, left);
  }
}

/** Forgives what is due of one component, oldest first. What is not due cannot be waived: the rest lapses. */
function waive(state: LoanState, event: Extract<LoanEvent, { kind: 'waived' }>): void {
  let rest: bigint = event.amount;
  if (event.component === 'fee') {
    state.feeWaived += smaller(rest, larger(feeOwed(state), 0n));
    return;
  }
  for (const row of unpaidRows(state)) {
    if (rest === 0n) break;
    const amount = smaller(rest, owedOf(state.plan, row, event.valueOn)[event.component]);
    rest -= amount;
    if (event.component === 'penalty') row.penaltyWaived += amount;
    else {
      row.interestWaived += amount;
      state.interestWaived += amount;
    }
    notePaid(state.plan, row, event.valueOn);
  }
}

function chargeOff(state: LoanState, on: BusinessDate): void {
  assert(state.chargedOffOn === null, 'a loan is charged off once');
  if (state.open !== null) closeAsOwed(state, state.open);
  for (const row of state.rows) state.principalChargedOff += row.principal - row.principalPaid;
  state.chargedOffOn = on;
}

function noteSettlement(state: LoanState, on: BusinessDate): void {
  const isSettled = state.open === null && feeOwed(state) <= 0n && state.refundLiability >= 0n && unpaidRows(state).length === 0;
  state.settledOn = isSettled ? (state.settledOn ?? on) : null;
}

const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b);
