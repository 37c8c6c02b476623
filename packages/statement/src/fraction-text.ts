/** An exact figure of a check, taken apart: `81356209/18750 fen`. */
export type FractionText = {
  /** In yuan to a hundredth of a fen, half up: `43.3900`. */
  readonly yuan: string;
  /** The decimals say it all. */
  readonly isExact: boolean;
  readonly numerator: string;
  readonly denominator: string;
};

/**
 * The parts of a figure that a check writes as a fraction of fen, and what it comes to in yuan; null for any other text.
 *
 * Rounds  half away from zero, for reading only: what is compared is the fraction.
 * Source  docs/specs/statement.md §4.
 */
export function fractionOf(text: string): FractionText | null {
  const [, numerator, denominator] = /^(-?\d+)\/([1-9]\d*) fen$/.exec(text) ?? [];
  if (numerator === undefined || denominator === undefined) return null;
  const [over, under] = [BigInt(numerator) * 100n, BigInt(denominator)];
  const size = over < 0n ? -over : over;
  const digits = ((size * 2n + under) / (under * 2n)).toString().padStart(5, '0');
  return { yuan: `${over < 0n ? '-' : ''}${digits.slice(0, -4)}.${digits.slice(-4)}`, isExact: size % under === 0n, numerator, denominator };
}
