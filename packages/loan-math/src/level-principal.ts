import { assert } from './assert.ts';
import { divideHalfUp, fen } from './money.ts';
import type { LevelRow, LevelTerms } from './level-installment.ts';
import { PPM } from './rate.ts';

/**
 * The schedule of a level-principal loan (等额本金) in months of equal length: the same principal every month,
 * interest on what is left. For quoting beside 等额本息; no product here is repaid this way.
 *
 * Rounds  the principal once, then each month's interest; half up. The last month absorbs the rest.
 * Keeps   Σ principal = terms.principal; the last balance is 0.
 * Throws  InvariantError when months are not 1 to 480 or the principal is not positive.
 * Source  docs/specs/repayment-schedule.md §5.
 */
export function levelPrincipalSchedule({ principal: lent, rate, months }: LevelTerms): readonly LevelRow[] {
  assert(Number.isInteger(months) && months >= 1 && months <= 480, 'months are 1 to 480');
  assert(lent > 0n, 'a principal is positive');
  const level = divideHalfUp(lent, BigInt(months));
  const rows: LevelRow[] = [];
  let balance: bigint = lent;
  for (let number = 1; number <= months && balance > 0n; number++) {
    const interest = divideHalfUp(balance * rate, 12n * PPM);
    const principal = number === months || level > balance ? balance : level;
    balance -= principal;
    rows.push({ number, principal: fen(principal), interest: fen(interest), balance: fen(balance) });
  }
  return rows;
}
