import { divideHalfUp, FEN_MAX, type Fen } from './money.ts';
import { needBigint, needInteger, needObject } from './needs.ts';
import { PPM, type AnnualRatePpm } from './rate.ts';

export type LevelTerms = { readonly principal: Fen; readonly rate: AnnualRatePpm; readonly months: number };

export type LevelRow = { readonly number: number; readonly principal: Fen; readonly interest: Fen; readonly balance: Fen };

/** 12 months × 1_000_000 ppm: rate / MONTHLY is the rate of a month. */
const MONTHLY = 12n * PPM;
const MONTHS_MAX = 480;
const RATE_MAX = 10n * PPM;

/**
 * The schedule of a level-installment loan (等额本息) in months of equal length, without a calendar: what
 * `scheduleOf` gives with the basis `monthly`, in the shortest time.
 *
 * Units   fen, ppm per year.
 * Rounds  the level amount once, then each month's interest; half up. The last month absorbs the rest.
 * Keeps   Σ principal = terms.principal; the last balance is 0; no amount is negative.
 * Needs   1 to 480 months, a principal of 1 fen to 10 trillion yuan, a rate of 0 to 1000 % a year.
 * Throws  ArgumentError outside `Needs`.
 * Source  docs/specs/repayment-schedule.md §2, example A.
 */
export function levelInstallmentSchedule(terms: LevelTerms): readonly LevelRow[] {
  checkLevelTerms(terms);
  const { rate, months } = terms;
  const level = levelAmount(terms);
  const rows: LevelRow[] = [];
  let balance: bigint = terms.principal;
  for (let number = 1; balance > 0n; number++) {
    const interest = (2n * balance * rate + MONTHLY) / (2n * MONTHLY);
    // The level amount is at least the first interest, rounded alike, and no later interest is more: principal is never below 0.
    const principal = number === months || level - interest > balance ? balance : level - interest;
    balance -= principal;
    // Each amount is between 0 and the principal, which was minted: minting again would cost half of the time.
    rows.push({ number, principal: principal as Fen, interest: interest as Fen, balance: balance as Fen });
  }
  return rows;
}

/**
 * The level amount of equal months: P·r·(1+r)ⁿ / ((1+r)ⁿ − 1), or P / n at rate zero; `levelOver` is the same for any periods.
 *
 * Units   fen, ppm per year.
 * Rounds  one exact fraction once, half up.
 * Needs   1 to 480 months, a principal of 1 fen to 10 trillion yuan, a rate of 0 to 1000 % a year.
 * Throws  ArgumentError outside `Needs`.
 * Source  docs/specs/repayment-schedule.md §2.
 */
export function levelInstallment(terms: LevelTerms): bigint {
  checkLevelTerms(terms);
  return levelAmount(terms);
}

function levelAmount({ principal, rate, months }: LevelTerms): bigint {
  if (rate === 0n) return divideHalfUp(principal, BigInt(months));
  const grown = (MONTHLY + rate) ** BigInt(months);
  return divideHalfUp(principal * rate * grown, MONTHLY * (grown - MONTHLY ** BigInt(months)));
}

/** The needs of the two schedules in equal months. */
export function checkLevelTerms(terms: LevelTerms): void {
  needObject('terms', terms);
  needInteger('terms.months', terms.months, 1, MONTHS_MAX);
  needBigint('terms.principal', terms.principal, 1n, FEN_MAX);
  needBigint('terms.rate', terms.rate, 0n, RATE_MAX);
}
