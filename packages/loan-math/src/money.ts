import { assert } from './assert.ts';

/** An amount of money in whole fen (1/100 yuan). Arithmetic on it gives a plain bigint: every new amount is minted with `fen()`. */
export type Fen = bigint & { readonly unit: 'fen' };

/** 10 trillion yuan: no amount in this system is larger. */
export const FEN_MAX = 1_000_000_000_000_000n;

/** Mints an amount. Throws InvariantError outside -FEN_MAX … FEN_MAX. */
export function fen(amount: bigint): Fen {
  if (amount < -FEN_MAX || amount > FEN_MAX) assert(false, `an amount is within ±${FEN_MAX} fen, got ${amount}`);
  return amount as Fen;
}

export const ZERO_FEN: Fen = fen(0n);

/**
 * numerator / denominator to the nearest whole, halves away from zero (half up for amounts ≥ 0).
 *
 * Rounds once. Throws InvariantError when the denominator is not positive.
 */
export function divideHalfUp(numerator: bigint, denominator: bigint): bigint {
  if (denominator <= 0n) assert(false, 'a denominator is positive');
  // For an odd denominator there is no half, and (d − 1) / 2 rounds to the nearest all the same.
  const half = denominator >> 1n;
  return numerator >= 0n ? (numerator + half) / denominator : -((half - numerator) / denominator);
}

/** numerator / denominator rounded down (towards minus infinity). Throws InvariantError when the denominator is not positive. */
export function divideFloor(numerator: bigint, denominator: bigint): bigint {
  assert(denominator > 0n, 'a denominator is positive');
  const quotient = numerator / denominator;
  return numerator % denominator < 0n ? quotient - 1n : quotient;
}

/** `123456n` → `'1234.56'`; negative amounts keep their sign. */
export function formatYuan(amount: bigint): string {
  const digits = (amount < 0n ? -amount : amount).toString().padStart(3, '0');
  return `${amount < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** `'1234.5'` → `123450n`. At most two decimals; throws RangeError naming the text otherwise. */
export function parseYuan(text: string): Fen {
  const match = /^(-?)(\d{1,14})(?:\.(\d{1,2}))?$/.exec(text);
  const [, sign, whole = '', cents = ''] = match ?? [];
  const amount = BigInt(whole) * 100n + BigInt(cents.padEnd(2, '0'));
  if (match === null || amount > FEN_MAX) throw new RangeError(`an amount in yuan has at most two decimals and is at most ten trillion, got ${JSON.stringify(text)}`);
  return fen(sign === '-' ? -amount : amount);
}
