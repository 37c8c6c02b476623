import { equalRows } from './amortization-rows.ts';
import { fen } from './money.ts';
import { checkLevelTerms, type LevelRow, type LevelTerms } from './level-installment.ts';
import { PPM } from './rate.ts';

/**
 * The schedule of a level-principal loan (等额本金) in months of equal length: the same principal every month,
 * interest on what is left.
 *
 * Units   fen, ppm per year.
 * Rounds  the principal once, then each month's interest; half up. The last month absorbs the rest.
 * Keeps   Σ principal = terms.principal; the last balance is 0; rows end when the balance is 0.
 * Needs   1 to 480 months, a principal of 1 fen to 10 trillion yuan, a rate of 0 to 1000 % a year.
 * Throws  ArgumentError outside `Needs`.
 * Source  docs/specs/repayment-schedule.md §5.
 */
export function levelPrincipalSchedule(terms: LevelTerms): readonly LevelRow[] {
  checkLevelTerms(terms);
  const { principal: lent, rate, months } = terms;
  const rows = equalRows({ principal: lent, count: months, factor: { numerator: rate, denominator: 12n * PPM }, shape: 'level_principal' });
  return rows
    .filter((_, index) => index === 0 || rows[index - 1]!.balance > 0n)
    .map(({ principal, interest, balance }, index) => ({ number: index + 1, principal: fen(principal), interest: fen(interest), balance: fen(balance) }));
}
