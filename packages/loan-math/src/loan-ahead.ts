import type { BusinessDate } from './business-date.ts';
import type { PrepaymentEffect } from './event.ts';
import { askOf, growthOfOpen, interestAsked, interestOfRow, interestToNow, larger, smaller, unitsLeft, unitsSoFar, type OpenPeriod } from './loan-open.ts';
import { closeAsRepaid, type LoanState } from './loan-state.ts';
import { divideHalfUp } from './money.ts';
import { lastRow, levelAmount } from './plan.ts';

export type Paying = { readonly money: bigint; readonly on: BusinessDate };

/** Pays what is not due yet. Returns what is too much. */
export function payOpen(state: LoanState, paying: Paying): bigint {
  const { open } = state;
  if (open === null || paying.money === 0n) return paying.money;
  return state.plan.terms.method === 'any_time' ? payAnyTime(state, open, paying) : payAhead(state, open, paying);
}

/** Whether part of the open row's principal and interest was paid ahead: then its amount stays. */
export const isPaidAhead = (open: OpenPeriod): boolean => open.aheadInterest + open.aheadPrincipal > 0n;

/**
 * Pays the current installment ahead of its due day. Returns what it does not need.
 *
 * Money first covers the installment's fee. With what was paid ahead before it then covers the period's interest; what is left goes to
 * principal b, the largest with b + interest(b) ≤ money, where interest(b) is the whole period's interest
 * if b bears none from now on. The row's amount stays, so nothing is left on the due day.
 *
 * Rounds  the period's interest, half up, as on the due day.
 * Source  docs/specs/position.md §5 (REPAY-005).
 */
export function payAhead(state: LoanState, open: OpenPeriod, { money, on }: Paying): bigint {
  const { plan } = state;
  if (open.fee + open.aheadFee > 0n && open.row === lastRow(plan) && money + open.aheadFee >= open.base + interestToNow(open)) return settle(state, open, { money, on });
  const offered = payFeeAhead(state, open, money) + open.aheadInterest + open.aheadPrincipal;
  open.lastPaidOn = on;
  if (open.row <= plan.graceOnInterest) return payPrincipalAhead(state, open, offered);
  const interestIfNone = interestOfRow(plan, open, 0n);
  const limit = smaller(offered, larger(rowAmount(state, open, interestIfNone), open.aheadInterest + open.aheadPrincipal));
  let extra = 0n;
  let interest = limit - open.aheadPrincipal;
  if (interest > interestIfNone) ({ extra, interest } = largestAhead(state, open, interest));
  state.interestCharged += interest - open.aheadInterest;
  state.interestPaid += interest - open.aheadInterest;
  open.aheadInterest = interest;
  takeAhead(state, open, extra);
  const rest = offered - open.aheadInterest - open.aheadPrincipal;
  return open.base === 0n ? rest + closeAsRepaid(state, open, on) : rest;
}

function takeAhead(state: LoanState, open: OpenPeriod, principal: bigint): void {
  state.principalPaid += principal;
  open.aheadPrincipal += principal;
  open.base -= principal;
}

function payFeeAhead(state: LoanState, open: OpenPeriod, money: bigint): bigint {
  if (open.fee <= open.aheadFee) return money;
  const fee = smaller(money, open.fee - open.aheadFee);
  state.feeCharged += fee;
  state.feePaid += fee;
  open.aheadFee += fee;
  return money - fee;
}

/** A row that leaves its interest to a later one takes principal alone ahead: as much as it asks, and never the last fen. */
function payPrincipalAhead(state: LoanState, open: OpenPeriod, offered: bigint): bigint {
  open.aheadAmount ??= askOf(state.plan, open).principal;
  const asked = larger(open.aheadAmount - open.aheadPrincipal, 0n);
  takeAhead(state, open, smaller(offered - open.aheadPrincipal, smaller(asked, open.base - 1n)));
  return offered - open.aheadPrincipal;
}

/** The amount the open row asks in all on its due day, with its interest as it will be if nothing is repaid before; without bound in the last row, which may be paid out whole. */
function rowAmount(state: LoanState, open: OpenPeriod, interest: bigint): bigint {
  const { plan } = state;
  const interestOnly = open.aheadPrincipal + interest;
  if (open.row === lastRow(plan)) return open.base + interestOnly;
  if (open.row <= plan.graceOnPrincipal) return interestOnly;
  switch (plan.terms.method) {
    // A long first period at a high rate can bear more interest than the level amount: then that is what is asked.
    case 'level_installment': return larger(open.level + smaller(open.carried, interest), interestOnly);
    case 'level_principal': {
      open.aheadAmount ??= smaller(open.level, open.base) + interest;
      return larger(open.aheadAmount, interestOnly);
    }
    default: return interestOnly;
  }
}

type Ahead = { readonly extra: bigint; readonly interest: bigint };

/** The largest b ≤ base with b + interest(b) ≤ money, and that interest. Needs interest(0) ≤ money. */
function largestAhead(state: LoanState, open: OpenPeriod, money: bigint): Ahead {
  const { plan } = state;
  const saved = unitsLeft(plan, open);
  const whole = open.numerator + open.base * saved;
  const interestWith = (b: bigint): bigint => interestAsked(open, whole - b * saved);
  const fits = (b: bigint): boolean => b + interestWith(b) <= money;
  const found = (b: bigint): Ahead => ({ extra: b, interest: interestWith(b) });
  // The days left bear as much as the principal itself: it is repaid whole or not at all.
  if (saved >= open.denominator) return found(fits(open.base) ? open.base : 0n);
  let b = ((money + open.prepaidInterest - open.carried) * open.denominator - whole) / (open.denominator - saved);
  if (b > open.base) b = open.base;
  if (b < 0n) b = 0n;
  for (let tries = 0; tries < 4; tries++) {
    const interest = interestWith(b);
    if (b + interest > money) b -= 1n;
    else if (b === open.base || !fits(b + 1n)) return { extra: b, interest };
    else b += 1n;
  }
  // Interest prepaid beyond what the row bears: no straight line leads there.
  return found(fits(open.base) ? open.base : largestBelow(open.base, fits));
}

/** The largest amount below `bound` that fits, when all smaller ones do; 0 when none does. */
function largestBelow(bound: bigint, fits: (amount: bigint) => boolean): bigint {
  let [low, high] = [0n, bound - 1n];
  while (low < high) {
    const middle = (low + high + 1n) / 2n;
    if (fits(middle)) low = middle;
    else high = middle - 1n;
  }
  return low;
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
  open.aheadInterest += interest;
  takeAhead(state, open, money - interest);
  open.lastPaidOn = on;
  return 0n;
}

/** Ends the loan: interest to now rounded half up and all principal. Returns the money left over. */
export function settle(state: LoanState, open: OpenPeriod, { money, on }: Paying): bigint {
  const interest = interestToNow(open);
  const principal = open.base;
  state.interestCharged += interest;
  state.interestPaid += interest;
  state.principalPaid += principal;
  open.prepaidInterest += interest;
  open.prepaidPrincipal += principal;
  open.base = 0n;
  return money - interest - principal + closeAsRepaid(state, open, on);
}

/**
 * A partial prepayment: principal b leaves with the interest it has borne in this period, the rest of the loan
 * goes on. Rounds that interest half up; the period is still rounded once in all, on its due day.
 */
export function prepayPart(state: LoanState, open: OpenPeriod, how: Paying & { readonly effect: PrepaymentEffect }): bigint {
  const borne = unitsSoFar(open);
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
  const rest = divideAfresh(state, open, how.on);
  if (how.effect === 'smaller_installment' && state.open !== null) relevel(state, open);
  return rest;
}

/** What was paid ahead is divided afresh after the interest of its period has changed. Returns what is not needed any more. */
export const divideAfresh = (state: LoanState, open: OpenPeriod, on: BusinessDate): bigint => (isPaidAhead(open) ? payAhead(state, open, { money: 0n, on }) : 0n);

/** Spreads what is left evenly over the rows left. A row already paid ahead keeps its amount. */
export function relevel(state: LoanState, open: OpenPeriod): void {
  const { plan } = state;
  const { method } = plan.terms;
  if (method !== 'level_installment' && method !== 'level_principal') return;
  if (!isPaidAhead(open)) {
    open.level = open.nextLevel = levelAmount(plan, open.row, open.base, growthOfOpen(plan, open));
  } else if (open.row < lastRow(plan)) {
    const left = open.base - (askOf(plan, open).principal - open.aheadPrincipal);
    if (left > 0n) open.nextLevel = levelAmount(plan, open.row + 1, left);
  }
}
