import { ArgumentError } from './assert.ts';
import { addFixed, divFixed, fixedOf, lnFixed, mulFixed, ONE, powFixed, rootFixed, subFixed, ZERO, type Fixed } from './fixed.ts';
import { needBigint, needInteger, needObject } from './needs.ts';
import { searchRate, type RateSearch } from './rate-search.ts';

/**
 * The annuity functions of spreadsheets, with their signs: what is received is positive, what is paid negative.
 * Units: 40-digit fixed numbers. For checking and for quoting from a calculator; schedules of loans are in whole fen.
 * Source: docs/specs/repayment-schedule.md §6.
 */
export type Annuity = {
  /** Rate per period as a fraction: 0.08/12. −0.9999 to 1,000,000. */
  readonly rate: Fixed;
  /** 1 to 10,000. */
  readonly nper: number;
  /** Amounts: within ±10^40. */
  readonly pv: Fixed;
  readonly fv: Fixed;
  readonly type: PaymentTime;
};

/** 0: payments at the end of each period; 1: at its beginning. */
export type PaymentTime = 0 | 1;

const PERIODS_MAX = 10_000;
/** Forty years of months: rates of any size are searched, and over many more periods that takes longer than a second. */
const SEARCHED_MAX = 480;
const DEGREE_MAX = 1000;
const RATE_LEAST = fixedOf(-9_999n, 10_000n);
const RATE_MOST = fixedOf(1_000_000n);
const AMOUNT_MAX = fixedOf(10n ** 40n);
/** Nearer to nothing the logarithms of two growths have too few digits left to divide. */
const RATE_NEAR = fixedOf(1n, 10n ** 10n);

/**
 * The level payment: pv·(1+r)ⁿ + pmt·(1 + r·type)·((1+r)ⁿ − 1)/r + fv = 0.
 *
 * Rounds  at the 40th digit, after each multiplication.
 * Needs   as `Annuity` says.
 * Throws  ArgumentError outside `Needs`.
 */
export function pmt(annuity: Annuity): Fixed {
  needAnnuity(annuity);
  return paymentOf(annuity);
}

function paymentOf({ rate, nper, pv, fv, type }: Annuity): Fixed {
  const { power, sum } = seriesOf(addFixed(ONE, rate), nper);
  return -divFixed(addFixed(mulFixed(pv, power), fv), type === 1 ? mulFixed(addFixed(ONE, rate), sum) : sum) as Fixed;
}

/** baseⁿ, and 1 + base + … + baseⁿ⁻¹, by doubling: near a base of one nothing cancels. */
function seriesOf(base: Fixed, count: number): { readonly power: Fixed; readonly sum: Fixed } {
  let [power, sum] = [ONE, ZERO];
  for (let bit = 2 ** Math.floor(Math.log2(Math.max(count, 1))); bit >= 1; bit /= 2) {
    sum = addFixed(sum, mulFixed(sum, power));
    power = mulFixed(power, power);
    if (Math.floor(count / bit) % 2 === 0) continue;
    sum = addFixed(sum, power);
    power = mulFixed(power, base);
  }
  return { power, sum };
}

/**
 * Interest in payment `period`.
 *
 * Needs   as `Annuity` says; `period` 1 to nper.
 * Throws  ArgumentError outside `Needs`.
 */
export function ipmt(annuity: Annuity, period: number): Fixed {
  needAnnuity(annuity);
  needInteger('period', period, 1, annuity.nper);
  return interestOf(annuity, period);
}

function interestOf(annuity: Annuity, period: number): Fixed {
  const { rate, type } = annuity;
  if (type === 1 && period === 1) return ZERO;
  const interest = mulFixed(balanceAfter(annuity, period - 1), rate);
  return type === 1 ? divFixed(interest, addFixed(ONE, rate)) : interest;
}

/** What has grown by the end of a period: −(pv·(1+r)^k + pmt·…), a debt being negative. */
function balanceAfter(annuity: Annuity, periods: number): Fixed {
  const { rate, pv, type } = annuity;
  const { power, sum } = seriesOf(addFixed(ONE, rate), periods);
  const paid = mulFixed(paymentOf(annuity), type === 1 ? mulFixed(addFixed(ONE, rate), sum) : sum);
  return -addFixed(mulFixed(pv, power), paid) as Fixed;
}

/**
 * Principal in payment `period`.
 *
 * Needs   as `Annuity` says; `period` 1 to nper.
 * Throws  ArgumentError outside `Needs`.
 */
export const ppmt = (annuity: Annuity, period: number): Fixed => {
  const interest = ipmt(annuity, period);
  return subFixed(paymentOf(annuity), interest);
};

/**
 * Interest in payments `from` to `to`, both included.
 *
 * Needs   as `Annuity` says; 1 ≤ `from` ≤ `to` ≤ nper.
 * Throws  ArgumentError outside `Needs`.
 */
export function cumipmt(annuity: Annuity, from: number, to: number): Fixed {
  needSpan(annuity, from, to);
  const { rate, type } = annuity;
  const first = type === 1 && from === 1 ? 2 : from;
  // Interest is what a balance grows by beyond the payments: two balances say it for all payments between.
  const grown = subFixed(balanceAfter(annuity, to), balanceAfter(annuity, first - 1));
  return addFixed(type === 1 ? divFixed(grown, addFixed(ONE, rate)) : grown, (paymentOf(annuity) * BigInt(to - first + 1)) as Fixed);
}

/**
 * Principal in payments `from` to `to`, both included.
 *
 * Needs   as `Annuity` says; 1 ≤ `from` ≤ `to` ≤ nper.
 * Throws  ArgumentError outside `Needs`.
 */
export function cumprinc(annuity: Annuity, from: number, to: number): Fixed {
  const interest = cumipmt(annuity, from, to);
  return (paymentOf(annuity) * BigInt(to - from + 1) - interest) as Fixed;
}

/** Level payments: members and their bounds as in `Annuity`. */
export type Payments = { readonly nper: number; readonly pmt: Fixed; readonly fv: Fixed; readonly type: PaymentTime };

/**
 * The present value of level payments.
 *
 * Needs   `rate` −0.9999 to 1,000,000 a period; payments as `Payments` says.
 * Throws  ArgumentError outside `Needs`.
 */
export function presentValue(rate: Fixed, payments: Payments): Fixed {
  needRate(rate);
  needPayments(payments, PERIODS_MAX);
  const { nper: count, pmt: payment, fv, type } = payments;
  const discount = divFixed(ONE, addFixed(ONE, rate));
  const { power, sum } = seriesOf(discount, count);
  const worth = mulFixed(payment, type === 1 ? sum : mulFixed(discount, sum));
  return -addFixed(worth, mulFixed(fv, power)) as Fixed;
}

/**
 * The number of payments, broken ones included.
 *
 * Rounds  good to 28 digits.
 * Needs   `rate` 0, or −0.9999 to 1,000,000 and at least 10^-10 from nothing; amounts within ±10^40, with a payment by which the value is
 *         reached at all: not 0 without interest, and not on the wrong side of the interest that runs.
 * Throws  ArgumentError outside `Needs`.
 */
export function nper(rate: Fixed, terms: { readonly pmt: Fixed; readonly pv: Fixed; readonly fv: Fixed; readonly type: PaymentTime }): Fixed {
  needRate(rate);
  if (rate !== 0n && rate < RATE_NEAR && rate > -RATE_NEAR) throw new ArgumentError('rate', rate, `0, or at least ${RATE_NEAR} from it`);
  needObject('terms', terms);
  for (const key of ['pmt', 'pv', 'fv'] as const) needBigint(`terms.${key}`, terms[key], -AMOUNT_MAX, AMOUNT_MAX);
  needInteger('terms.type', terms.type, 0, 1);
  const { pmt: payment, pv, fv, type } = terms;
  if (rate === 0n) {
    if (payment === 0n) throw new ArgumentError('terms.pmt', payment, 'not 0: without interest and payments nothing changes');
    return -divFixed(addFixed(pv, fv), payment) as Fixed;
  }
  const flow = type === 1 ? mulFixed(payment, addFixed(ONE, rate)) : payment;
  const [top, bottom] = [subFixed(flow, mulFixed(fv, rate)), addFixed(flow, mulFixed(pv, rate))];
  const isReached = top !== 0n && bottom !== 0n && top > 0n === bottom > 0n;
  const ratio = isReached ? divFixed(top, bottom) : ZERO;
  if (ratio <= 0n || ratio > RATIO_MAX) throw new ArgumentError('terms.pmt', payment, 'a payment by which the future value is reached');
  return divFixed(lnFixed(ratio), lnFixed(addFixed(ONE, rate)));
}

const RATIO_MAX = fixedOf(10n ** 60n);

/**
 * The rate per period of level payments: all the rates, when there are several.
 *
 * Needs   `pv` within ±10^40; payments as `Payments` says, at most 480 of them (forty years of months): a search over many more
 *         takes longer than a second.
 * Throws  ArgumentError outside `Needs`.
 */
export function rate(pv: Fixed, payments: Payments): RateSearch {
  needBigint('pv', pv, -AMOUNT_MAX, AMOUNT_MAX);
  needPayments(payments, SEARCHED_MAX);
  const { nper: count, pmt: payment, fv, type } = payments;
  const first = type === 1 ? 0 : 1;
  const flows = [{ at: 0, amount: pv as bigint }, { at: count, amount: fv as bigint }];
  for (let i = 0; i < count; i++) flows.push({ at: i + first, amount: payment });
  return searchRate(flows);
}

/**
 * (1 + nominal / n)ⁿ − 1.
 *
 * Needs   `periods` 1 to 10,000; `nominal` −0.9999 a period to 1,000,000.
 * Throws  ArgumentError outside `Needs`.
 */
export function effect(nominal: Fixed, periods: number): Fixed {
  needInteger('periods', periods, 1, PERIODS_MAX);
  needBigint('nominal', nominal, RATE_LEAST * BigInt(periods), RATE_MOST);
  return subFixed(powFixed(addFixed(ONE, divFixed(nominal, fixedOf(BigInt(periods)))), periods), ONE);
}

/**
 * n·((1 + effective)^(1/n) − 1).
 *
 * Needs   `effective` −0.9999 to 1,000,000; `periods` 1 to 1000, as `rootFixed`.
 * Throws  ArgumentError outside `Needs`.
 */
export function nominal(effective: Fixed, periods: number): Fixed {
  needBigint('effective', effective, RATE_LEAST, RATE_MOST);
  needInteger('periods', periods, 1, DEGREE_MAX);
  return ((rootFixed(addFixed(ONE, effective), periods) - ONE) * BigInt(periods)) as Fixed;
}

function needRate(rate: Fixed): void {
  needBigint('rate', rate, RATE_LEAST, RATE_MOST);
}

function needAnnuity(annuity: Annuity): void {
  needObject('annuity', annuity);
  needBigint('annuity.rate', annuity.rate, RATE_LEAST, RATE_MOST);
  needInteger('annuity.nper', annuity.nper, 1, PERIODS_MAX);
  needBigint('annuity.pv', annuity.pv, -AMOUNT_MAX, AMOUNT_MAX);
  needBigint('annuity.fv', annuity.fv, -AMOUNT_MAX, AMOUNT_MAX);
  needInteger('annuity.type', annuity.type, 0, 1);
}

function needSpan(annuity: Annuity, from: number, to: number): void {
  needAnnuity(annuity);
  needInteger('from', from, 1, annuity.nper);
  needInteger('to', to, from, annuity.nper);
}

function needPayments(payments: Payments, most: number): void {
  needObject('payments', payments);
  needInteger('payments.nper', payments.nper, 1, most);
  needBigint('payments.pmt', payments.pmt, -AMOUNT_MAX, AMOUNT_MAX);
  needBigint('payments.fv', payments.fv, -AMOUNT_MAX, AMOUNT_MAX);
  needInteger('payments.type', payments.type, 0, 1);
}
