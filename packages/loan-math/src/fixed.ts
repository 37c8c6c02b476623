import { ArgumentError } from './assert.ts';
import { divideHalfUp } from './money.ts';
import { needBigint, needInteger, needWhole } from './needs.ts';

/** A number with 40 decimal digits after the point: the integer n stands for n / 10^40. For rates, never for money. */
export type Fixed = bigint & { readonly unit: '1e-40' };

export const DIGITS = 40n;
const SCALE = 10n ** DIGITS;

export const ONE: Fixed = SCALE as Fixed;
export const ZERO: Fixed = 0n as Fixed;

/** Powers are taken up to 2^4000000 and this exponent: beyond, a call takes longer than a second. */
const POWER_BITS_MAX = 4_000_000;
const EXPONENT_MAX = 1_000_000_000;
const DEGREE_MAX = 1000;
/** 10^60: what roots and logarithms are taken of. */
const LARGEST = SCALE * 10n ** 60n;

/**
 * numerator / denominator.
 *
 * Rounds  half up at the 40th digit.
 * Needs   bigints of any size, `denominator` not 0.
 * Throws  ArgumentError outside `Needs`.
 */
export function fixedOf(numerator: bigint, denominator = 1n): Fixed {
  needWhole('numerator', numerator);
  needWhole('denominator', denominator);
  return quotient(numerator, denominator, 'denominator');
}

/**
 * a + b, exact.
 *
 * Needs   fixed numbers of any size.
 * Throws  ArgumentError outside `Needs`.
 */
export function addFixed(a: Fixed, b: Fixed): Fixed {
  if (typeof a !== 'bigint' || typeof b !== 'bigint') refuse(a, b);
  return (a + b) as Fixed;
}

/**
 * a − b, exact.
 *
 * Needs   fixed numbers of any size.
 * Throws  ArgumentError outside `Needs`.
 */
export function subFixed(a: Fixed, b: Fixed): Fixed {
  if (typeof a !== 'bigint' || typeof b !== 'bigint') refuse(a, b);
  return (a - b) as Fixed;
}

/**
 * a × b.
 *
 * Rounds  half up at the 40th digit.
 * Needs   fixed numbers of any size.
 * Throws  ArgumentError outside `Needs`.
 */
export function mulFixed(a: Fixed, b: Fixed): Fixed {
  if (typeof a !== 'bigint' || typeof b !== 'bigint') refuse(a, b);
  return divideHalfUp(a * b, SCALE) as Fixed;
}

/**
 * a / b.
 *
 * Rounds  half up at the 40th digit.
 * Needs   fixed numbers of any size, `b` not 0.
 * Throws  ArgumentError outside `Needs`.
 */
export function divFixed(a: Fixed, b: Fixed): Fixed {
  if (typeof a !== 'bigint' || typeof b !== 'bigint') refuse(a, b);
  return quotient(a, b, 'b');
}

function refuse(a: unknown, b: unknown): never {
  throw typeof a !== 'bigint' ? new ArgumentError('a', a, 'a bigint') : new ArgumentError('b', b, 'a bigint');
}

function quotient(numerator: bigint, denominator: bigint, argument: string): Fixed {
  if (denominator === 0n) throw new ArgumentError(argument, denominator, 'not 0');
  return (denominator > 0n ? divideHalfUp(numerator * SCALE, denominator) : divideHalfUp(-numerator * SCALE, -denominator)) as Fixed;
}

/**
 * base to a whole power.
 *
 * Rounds  after each multiplication, half up at the 40th digit; exact for powers of one.
 * Needs   `exponent` a whole number, ±10^9, with a power (on the way to a negative one: its reciprocal) below 2^4000000 that is not 0
 *         when it is divided by: larger ones take longer than a second.
 * Throws  ArgumentError outside `Needs`.
 */
export function powFixed(base: Fixed, exponent: number): Fixed {
  needWhole('base', base);
  if (exponent !== 0) needInteger('exponent', exponent, -EXPONENT_MAX, EXPONENT_MAX);
  if (bitsOf(base) * Math.abs(exponent) > POWER_BITS_MAX) throw new ArgumentError('exponent', exponent, `one that keeps the power of this base below 2^${POWER_BITS_MAX}`);
  const power = wholePower(base, Math.abs(exponent));
  if (exponent >= 0) return power;
  if (power === 0n) throw new ArgumentError('exponent', exponent, 'one at which the power of this base is not nothing at 40 digits');
  return divFixed(ONE, power);
}

function wholePower(base: Fixed, exponent: number): Fixed {
  let result = ONE;
  let power = base;
  for (let left = exponent; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result = mulFixed(result, power);
    if (left > 1) power = mulFixed(power, power);
  }
  return result;
}

/** Binary digits before the point of a number's size, with their fraction: below 0 for what shrinks. */
function bitsOf(value: bigint): number {
  const size = value < 0n ? -value : value;
  const near = Number(size);
  return Number.isFinite(near) ? Math.log2(near / 1e40) : size.toString(16).length * 4 - 132;
}

/**
 * The positive root of degree `degree`.
 *
 * Rounds  down at the 40th digit.
 * Needs   `value` above 0, at most 10^60; `degree` a whole number, 1 to 1000: its power is taken exactly.
 * Throws  ArgumentError outside `Needs`.
 */
export function rootFixed(value: Fixed, degree: number): Fixed {
  needBigint('value', value, 1n, LARGEST);
  needInteger('degree', degree, 1, DEGREE_MAX);
  const n = BigInt(degree);
  const target = value * SCALE ** (n - 1n);
  // Newton's step from above falls towards the root and never crosses it: it ends when it stops falling. Where it starts decides only
  // how soon.
  let x = BigInt(Math.ceil(Math.pow(Number(value) / 1e40, 1 / degree) * (1 + 1e-12) * 1e15) + 1) * 10n ** 25n;
  for (;;) {
    const next = ((n - 1n) * x + target / x ** (n - 1n)) / n;
    if (next >= x) return x as Fixed;
    x = next;
  }
}

/**
 * Natural logarithm.
 *
 * Rounds  good to about 38 digits.
 * Needs   `value` above 0, at most 10^60.
 * Throws  ArgumentError outside `Needs`.
 */
export function lnFixed(value: Fixed): Fixed {
  needBigint('value', value, 1n, LARGEST);
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

/**
 * A fixed number in millionths: 0.0720004999… → 72_000n.
 *
 * Rounds  half up.
 * Needs   `value` a fixed number of any size.
 * Throws  ArgumentError outside `Needs`.
 */
export function ppmOfFixed(value: Fixed): bigint {
  needWhole('value', value);
  return divideHalfUp(value * 1_000_000n, SCALE);
}
