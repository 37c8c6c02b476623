import { assert } from './assert.ts';
import { divFixed, fixedOf, lnFixed, mulFixed, ONE, powFixed, rootFixed, ZERO, type Fixed } from './fixed.ts';
import { searchRate, type RateSearch } from './rate-search.ts';

/**
 * The annuity functions of spreadsheets, with their signs: what is received is positive, what is paid negative.
 * Units: 40-digit fixed numbers. For checking and for quoting from a calculator; schedules of loans are in whole fen.
 * Source: docs/specs/repayment-schedule.md §6.
 */
export type Annuity = {
  /** Rate per period as a fraction: 0.08/12. Above −1. */
  readonly rate: Fixed;
  readonly nper: number;
  readonly pv: Fixed;
  readonly fv: Fixed;
  readonly type: PaymentTime;
};

/** 0: payments at the end of each period; 1: at its beginning. */
export type PaymentTime = 0 | 1;

/** The level payment: pv·(1+r)ⁿ + pmt·(1 + r·type)·((1+r)ⁿ − 1)/r + fv = 0. */
export function pmt({ rate, nper, pv, fv, type }: Annuity): Fixed {
  if (rate === 0n) return divFixed((-(pv + fv)) as Fixed, fixedOf(BigInt(nper)));
  const grown = powFixed((ONE + rate) as Fixed, nper);
  const paid = (mulFixed(pv, grown) + fv) as Fixed;
  const perPayment = mulFixed(type === 1 ? ((ONE + rate) as Fixed) : ONE, (grown - ONE) as Fixed);
  return -divFixed(mulFixed(paid, rate), perPayment) as Fixed;
}

/** Interest in payment `period` (1 … nper). */
export function ipmt(annuity: Annuity, period: number): Fixed {
  assert(Number.isInteger(period) && period >= 1 && period <= annuity.nper, 'a payment is one of the annuity');
  const { rate, type } = annuity;
  if (type === 1 && period === 1) return ZERO;
  const balance = balanceAfter(annuity, period - 1);
  const interest = mulFixed(balance, rate);
  return type === 1 ? divFixed(interest, (ONE + rate) as Fixed) : interest;
}

/** What has grown by the end of a period: −(pv·(1+r)^k + pmt·…), a debt being negative. */
function balanceAfter(annuity: Annuity, periods: number): Fixed {
  const { rate, pv, type } = annuity;
  const payment = pmt(annuity);
  if (rate === 0n) return (-(pv + payment * BigInt(periods))) as Fixed;
  const grown = powFixed((ONE + rate) as Fixed, periods);
  const paid = divFixed(mulFixed(payment, (grown - ONE) as Fixed), rate);
  return (-(mulFixed(pv, grown) + (type === 1 ? mulFixed(paid, (ONE + rate) as Fixed) : paid))) as Fixed;
}

/** Principal in payment `period`. */
export const ppmt = (annuity: Annuity, period: number): Fixed => (pmt(annuity) - ipmt(annuity, period)) as Fixed;

/** Interest in payments `from` to `to`, both included. */
export function cumipmt(annuity: Annuity, from: number, to: number): Fixed {
  let total = 0n;
  for (let period = from; period <= to; period++) total += ipmt(annuity, period);
  return total as Fixed;
}

/** Principal in payments `from` to `to`, both included. */
export function cumprinc(annuity: Annuity, from: number, to: number): Fixed {
  return (pmt(annuity) * BigInt(to - from + 1) - cumipmt(annuity, from, to)) as Fixed;
}

export type Payments = { readonly nper: number; readonly pmt: Fixed; readonly fv: Fixed; readonly type: PaymentTime };

/** The present value of level payments. */
export function presentValue(rate: Fixed, { nper, pmt: payment, fv, type }: Payments): Fixed {
  if (rate === 0n) return (-(payment * BigInt(nper) + fv)) as Fixed;
  const grown = powFixed((ONE + rate) as Fixed, nper);
  const worth = mulFixed(divFixed(payment, rate), (grown - ONE) as Fixed);
  return -divFixed(((type === 1 ? mulFixed(worth, (ONE + rate) as Fixed) : worth) + fv) as Fixed, grown) as Fixed;
}

/** The number of payments, broken ones included. Throws InvariantError when no number of them does it. */
export function nper(rate: Fixed, { pmt: payment, pv, fv, type }: { readonly pmt: Fixed; readonly pv: Fixed; readonly fv: Fixed; readonly type: PaymentTime }): Fixed {
  if (rate === 0n) {
    assert(payment !== 0n, 'without interest and payments nothing changes');
    return -divFixed((pv + fv) as Fixed, payment) as Fixed;
  }
  const flow = type === 1 ? mulFixed(payment, (ONE + rate) as Fixed) : payment;
  const ratio = divFixed((flow - mulFixed(fv, rate)) as Fixed, (flow + mulFixed(pv, rate)) as Fixed);
  return divFixed(lnFixed(ratio), lnFixed((ONE + rate) as Fixed));
}

/** The rate per period of level payments: all the rates, when there are several. */
export function rate(pv: Fixed, { nper: count, pmt: payment, fv, type }: Payments): RateSearch {
  const first = type === 1 ? 0 : 1;
  const flows = [{ at: 0, amount: pv as bigint }, { at: count, amount: fv as bigint }];
  for (let i = 0; i < count; i++) flows.push({ at: i + first, amount: payment });
  return searchRate(flows);
}

/** (1 + nominal / n)ⁿ − 1. */
export const effect = (nominal: Fixed, periods: number): Fixed => (powFixed((ONE + divFixed(nominal, fixedOf(BigInt(periods)))) as Fixed, periods) - ONE) as Fixed;

/** n·((1 + effective)^(1/n) − 1). */
export const nominal = (effective: Fixed, periods: number): Fixed => ((rootFixed((ONE + effective) as Fixed, periods) - ONE) * BigInt(periods)) as Fixed;
