import { assert } from './assert.ts';
import { divideHalfUp } from './money.ts';

/** A number with 40 decimal digits after the point: the integer n stands for n / 10^40. For rates, never for money. */
export type Fixed = bigint & { readonly unit: '1e-40' };

export const DIGITS = 40n;
const SCALE = 10n ** DIGITS;

export const ONE: Fixed = SCALE as Fixed;
export const ZERO: Fixed = 0n as Fixed;

/** numerator / denominator. Rounds half up at the 40th digit. Throws InvariantError when the denominator is 0. */
export function fixedOf(numerator: bigint, denominator = 1n): Fixed {
  assert(denominator !== 0n, 'a denominator is not zero');
  return (denominator > 0n ? divideHalfUp(numerator * SCALE, denominator) : divideHalfUp(-numerator * SCALE, -denominator)) as Fixed;
}

export const addFixed = (a: Fixed, b: Fixed): Fixed => (a + b) as Fixed;
export const subFixed = (a: Fixed, b: Fixed): Fixed => (a - b) as Fixed;

/** a × b. Rounds half up at the 40th digit. */
export const mulFixed = (a: Fixed, b: Fixed): Fixed => divideHalfUp(a * b, SCALE) as Fixed;

/** a / b. Rounds half up at the 40th digit. Throws InvariantError when b is 0. */
export const divFixed = (a: Fixed, b: Fixed): Fixed => fixedOf(a, b);

/** base to a whole power, negative ones included. Rounds after each multiplication; exact for powers of one. */
export function powFixed(base: Fixed, exponent: number): Fixed {
  assert(Number.isInteger(exponent), 'the exponent is a whole number');
  if (exponent < 0) return divFixed(ONE, powFixed(base, -exponent));
  let result = ONE;
  for (let power = base, left = exponent; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result = mulFixed(result, power);
    power = mulFixed(power, power);
  }
  return result;
}

/** The positive root of degree `degree`. Rounds at the last few digits. Needs value > 0 and degree ≥ 1. */
export function rootFixed(value: Fixed, degree: number): Fixed {
  assert(value > 0n && Number.isInteger(degree) && degree >= 1, 'a root is taken of a positive number');
  const n = BigInt(degree);
  // Newton's step from above falls towards the root and never crosses it: it ends when it stops falling.
  let x: Fixed = value > ONE ? value : ONE;
  for (let step = 0; step < 2000; step++) {
    const next = (((n - 1n) * x + divFixed(value, powFixed(x, degree - 1))) / n) as Fixed;
    if (next >= x) return x;
    x = next;
  }
  return x;
}

/** Natural logarithm, good to about 38 digits. Throws InvariantError unless value > 0. */
export function lnFixed(value: Fixed): Fixed {
  assert(value > 0n, 'a logarithm is taken of a positive number');
  // ln v = 2^k · ln(v^(1/2^k)); near 1, ln v = 2·atanh((v − 1) / (v + 1)).
  let v = value;
  let factor = 2n;
  while (v > (ONE * 11n) / 10n || v < (ONE * 9n) / 10n) {
    v = sqrtFixed(v);
    factor *= 2n;
  }
  const z = divFixed((v - ONE) as Fixed, (v + ONE) as Fixed);
  const square = mulFixed(z, z);
  let sum = 0n;
  let power = z;
  for (let odd = 1n; power !== 0n; odd += 2n) {
    sum += power / odd;
    power = mulFixed(power, square);
  }
  return (sum * factor) as Fixed;
}

function sqrtFixed(value: Fixed): Fixed {
  const target = value * SCALE;
  let x = 1n << BigInt(Math.ceil(target.toString(2).length / 2));
  for (;;) {
    const next = (x + target / x) / 2n;
    if (next >= x) return x as Fixed;
    x = next;
  }
}

/** A fixed number in millionths, half up: 0.0720004999… → 72_000n. */
export const ppmOfFixed = (value: Fixed): bigint => divideHalfUp(value * 1_000_000n, SCALE);
