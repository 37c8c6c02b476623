import { ArgumentError } from './assert.ts';
import { needWhole } from './needs.ts';

/** A nominal yearly rate in parts per million: 7.2 % = 72_000n. */
export type AnnualRatePpm = bigint & { readonly unit: 'ppm-per-year' };

export const PPM = 1_000_000n;

/** 1000 % a year: no rate in this system is higher. */
const RATE_MAX = 10_000_000n;

/**
 * Mints a rate.
 *
 * Needs   `ppm` 0 to 10_000_000 (1000 % a year).
 * Throws  ArgumentError outside `Needs`.
 */
export function annualRatePpm(ppm: bigint): AnnualRatePpm {
  if (typeof ppm !== 'bigint' || ppm < 0n || ppm > RATE_MAX) throw new ArgumentError('ppm', ppm, `a bigint, 0 to ${RATE_MAX} ppm`);
  return ppm as AnnualRatePpm;
}

/**
 * `180000n` → `'18'`, `72500n` → `'7.25'`: per cent without trailing zeros; below zero with its sign.
 *
 * Needs   `ppm` a bigint of any size.
 * Throws  ArgumentError outside `Needs`.
 */
export function formatPercent(ppm: bigint): string {
  needWhole('ppm', ppm);
  const sign = ppm < 0n ? '-' : '';
  const abs = ppm < 0n ? -ppm : ppm;
  const decimals = (abs % 10_000n).toString().padStart(4, '0').replace(/0+$/, '');
  return `${sign}${abs / 10_000n}${decimals === '' ? '' : `.${decimals}`}`;
}
