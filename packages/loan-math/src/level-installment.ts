import { assert } from './assert.ts';
import { divideHalfUp, type Fen } from './money.ts';
import { PPM, type AnnualRatePpm } from './rate.ts';

export type LevelTerms = { readonly principal: Fen; readonly rate: AnnualRatePpm; readonly months: number };

export type LevelRow = { readonly number: number; readonly principal: Fen; readonly interest: Fen; readonly balance: Fen };

/** 12 months × 1_000_000 ppm: rate / MONTHLY is the rate of a month. */
const MONTHLY = 12n * PPM;
const MONTHS_MAX = 480;

/**
 * The schedule of a level-installment loan (等额本息) in months of equal length, without a calendar: what
 * `scheduleOf` gives with the basis `monthly`, in the shortest time.
 *
 * Units   fen, ppm per year.
 * Rounds  the level amount once, then each month's interest; half up. The last month absorbs the rest.
 * Keeps   Σ principal = terms.principal; the last balance is 0; no amount is negative.
 * Throws  InvariantError when months are not 1 to 480 or the principal is not positive.
 * Source  docs/specs/repayment-schedule.md §2, example A.
 */
export function levelInstallmentSchedule(terms: LevelTerms): readonly LevelRow[] {
  const { rate, months } = terms;
  assert(Number.isInteger(months) && months >= 1 && months <= MONTHS_MAX, 'months are 1 to 480');
  assert(terms.principal > 0n, 'a principal is positive');
  const level = levelInstallment(terms);
  const rows: LevelRow[] = [];
  let balance: bigint = terms.principal;
  for (let number = 1; number <= months && balance > 0n; number++) {
    const interest = (2n * balance * rate + MONTHLY) / (2n * MONTHLY);
    let principal = number === months ? balance : level - interest;
    if (principal > balance) principal = balance;
    if (principal < 0n) principal = 0n;
    balance -= principal;
    // Each amount is between 0 and the principal, which was minted: minting again would cost half of the time.
    rows.push({ number, principal: principal as Fen, interest: interest as Fen, balance: balance as Fen });
  }
  return rows;
}

/** P·r·(1+r)ⁿ / ((1+r)ⁿ − 1) as one exact fraction, rounded half up once; P / n at rate zero. */
export function levelInstallment({ principal, rate, months }: LevelTerms): bigint {
  if (rate === 0n) return divideHalfUp(principal, BigInt(months));
  const grown = (MONTHLY + rate) ** BigInt(months);
  return divideHalfUp(principal * rate * grown, MONTHLY * (grown - MONTHLY ** BigInt(months)));
}
