import { divideHalfUp } from './money.ts';

/** What becomes of a half: away from zero (四舍五入), or to the even neighbour (banker's rounding). */
export type Rounding = 'half_up' | 'half_even';

/** An exact share: numerator / denominator, denominator > 0. Not in lowest terms. */
export type Share = { readonly numerator: bigint; readonly denominator: bigint };

/**
 * numerator / denominator to the nearest whole.
 *
 * Rounds  once; a half as `rounding` says.
 * Needs   denominator > 0.
 * Throws  InvariantError when the denominator is not positive.
 * Source  docs/specs/amortization.md §1.
 */
export function divideRounded(numerator: bigint, denominator: bigint, rounding: Rounding): bigint {
  if (rounding === 'half_up') return divideHalfUp(numerator, denominator);
  if (numerator < 0n) return -divideRounded(-numerator, denominator, rounding);
  const up = divideHalfUp(numerator, denominator);
  // Half up went up from the very middle: back, unless that came out even.
  return 2n * numerator + denominator === 2n * up * denominator && up % 2n === 1n ? up - 1n : up;
}

/** The same to the nearest multiple, or to a fen where the multiple would leave nothing of something. */
export function divideToMultiple({ numerator, denominator }: Share, multipleOf: bigint, rounding: Rounding): bigint {
  const rounded = divideRounded(numerator, denominator * multipleOf, rounding) * multipleOf;
  return rounded === 0n && multipleOf > 1n ? divideRounded(numerator, denominator, rounding) : rounded;
}
