import { ArgumentError } from './assert.ts';
import { needWhole } from './needs.ts';

/** An amount of money in whole fen (1/100 yuan). Arithmetic on it gives a plain bigint: every new amount is minted with `fen()`. */
export type Fen = bigint & { readonly unit: 'fen' };

/** 10 trillion yuan: no amount in this system is larger. */
export const FEN_MAX = 1_000_000_000_000_000n;

/**
 * Mints an amount.
 *
 * Needs   `amount` -FEN_MAX to FEN_MAX.
 * Throws  ArgumentError outside `Needs`.
 */
export function fen(amount: bigint): Fen {
  if (typeof amount !== 'bigint' || amount < -FEN_MAX || amount > FEN_MAX) throw new ArgumentError('amount', amount, `a bigint, -${FEN_MAX} to ${FEN_MAX} fen`);
  return amount as Fen;
}

export const ZERO_FEN: Fen = 0n as Fen;

/**
 * numerator / denominator to the nearest whole, halves away from zero (half up for amounts ≥ 0).
 *
 * Rounds  once.
 * Needs   bigints of any size, `denominator` above 0.
 * Throws  ArgumentError outside `Needs`.
 */
export function divideHalfUp(numerator: bigint, denominator: bigint): bigint {
  if (typeof numerator !== 'bigint' || typeof denominator !== 'bigint' || denominator <= 0n) refuseFraction(numerator, denominator);
  // For an odd denominator there is no half, and (d − 1) / 2 rounds to the nearest all the same.
  const half = denominator >> 1n;
  return numerator >= 0n ? (numerator + half) / denominator : -((half - numerator) / denominator);
}

/**
 * numerator / denominator rounded down (towards minus infinity).
 *
 * Needs   bigints of any size, `denominator` above 0.
 * Throws  ArgumentError outside `Needs`.
 */
export function divideFloor(numerator: bigint, denominator: bigint): bigint {
  if (typeof numerator !== 'bigint' || typeof denominator !== 'bigint' || denominator <= 0n) refuseFraction(numerator, denominator);
  const quotient = numerator / denominator;
  return numerator % denominator < 0n ? quotient - 1n : quotient;
}

function refuseFraction(numerator: unknown, denominator: unknown): never {
  needWhole('numerator', numerator);
  throw new ArgumentError('denominator', denominator, 'a bigint above 0');
}

/**
 * `123456n` → `'1234.56'`; negative amounts keep their sign.
 *
 * Needs   `amount` a bigint of any size: sums of amounts are written too.
 * Throws  ArgumentError outside `Needs`.
 */
export function formatYuan(amount: bigint): string {
  needWhole('amount', amount);
  const digits = (amount < 0n ? -amount : amount).toString().padStart(3, '0');
  return `${amount < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/**
 * `'1234.5'` → `123450n`.
 *
 * Needs   `text` an amount of yuan in digits with at most two decimals, within ±10 trillion.
 * Throws  ArgumentError outside `Needs`.
 */
export function parseYuan(text: string): Fen {
  const match = typeof text === 'string' ? /^(-?)(\d{1,14})(?:\.(\d{1,2}))?$/.exec(text) : null;
  const [, sign, whole = '', cents = ''] = match ?? [];
  const amount = BigInt(whole) * 100n + BigInt(cents.padEnd(2, '0'));
  if (match === null || amount > FEN_MAX) throw new ArgumentError('text', text, 'an amount in yuan with at most two decimals, at most ten trillion');
  return fen(sign === '-' ? -amount : amount);
}
