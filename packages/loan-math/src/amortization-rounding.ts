/** What becomes of a half: away from zero (四舍五入), or to the even neighbour (banker's rounding). */
export type Rounding = 'half_up' | 'half_even';

/** An exact share: numerator / denominator, denominator > 0. Not in lowest terms. */
export type Share = { readonly numerator: bigint; readonly denominator: bigint };

/** numerator / denominator to the nearest whole; a half as `rounding` says. `divideRounded` is this with its needs checked. */
export function rounded(numerator: bigint, denominator: bigint, rounding: Rounding): bigint {
  if (numerator < 0n) return -rounded(-numerator, denominator, rounding);
  const up = (2n * numerator + denominator) / (2n * denominator);
  // Half up went up from the very middle: back, unless that came out even.
  return rounding === 'half_even' && 2n * numerator + denominator === 2n * up * denominator && up % 2n === 1n ? up - 1n : up;
}

/** The same to the nearest multiple, or to a fen where the multiple would leave nothing of something. */
export function divideToMultiple({ numerator, denominator }: Share, multipleOf: bigint, rounding: Rounding): bigint {
  const multiple = rounded(numerator, denominator * multipleOf, rounding) * multipleOf;
  return multiple === 0n ? rounded(numerator, denominator, rounding) : multiple;
}
