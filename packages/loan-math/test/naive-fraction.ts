/** Exact fractions in lowest terms, for the naive computation. */
export type Fraction = { readonly n: bigint; readonly d: bigint };

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? (a < 0n ? -a : a) : gcd(b, a % b));
export const fraction = (n: bigint, d = 1n): Fraction => {
  const common = gcd(n, d) || 1n;
  return { n: n / common, d: d / common };
};
export const plus = (a: Fraction, b: Fraction): Fraction => fraction(a.n * b.d + b.n * a.d, a.d * b.d);
export const times = (a: Fraction, b: Fraction): Fraction => fraction(a.n * b.n, a.d * b.d);
export const over = (a: Fraction, b: Fraction): Fraction => fraction(a.n * b.d, a.d * b.n);
export const whole = (a: bigint): Fraction => fraction(a);
export const rounded = ({ n, d }: Fraction): bigint => (n < 0n ? -rounded({ n: -n, d }) : n / d + (2n * (n % d) >= d ? 1n : 0n));
export const floored = ({ n, d }: Fraction): bigint => n / d;
export const min = (a: bigint, b: bigint): bigint => (a < b ? a : b);
export const max = (a: bigint, b: bigint): bigint => (a > b ? a : b);
export const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n);

/** The largest amount up to a bound that fits, when all smaller ones do; 0 when none does. */
export function largest(bound: bigint, fits: (amount: bigint) => boolean): bigint {
  let [low, high] = [0n, bound];
  while (low < high) {
    const middle = (low + high + 1n) / 2n;
    if (fits(middle)) low = middle;
    else high = middle - 1n;
  }
  return low;
}
