import { assert } from './assert.ts';

/** A nominal yearly rate in parts per million: 7.2 % = 72_000n. */
export type AnnualRatePpm = bigint & { readonly unit: 'ppm-per-year' };

export const PPM = 1_000_000n;

/** Mints a rate. Throws InvariantError outside 0 … 10_000_000 ppm (1000 % a year). */
export function annualRatePpm(ppm: bigint): AnnualRatePpm {
  if (ppm < 0n || ppm > 10_000_000n) assert(false, `a yearly rate is 0 to 10000000 ppm, got ${ppm}`);
  return ppm as AnnualRatePpm;
}

/** `180000n` → `'18'`, `72500n` → `'7.25'`: per cent without trailing zeros. */
export function formatPercent(ppm: bigint): string {
  const sign = ppm < 0n ? '-' : '';
  const abs = ppm < 0n ? -ppm : ppm;
  const decimals = (abs % 10_000n).toString().padStart(4, '0').replace(/0+$/, '');
  return `${sign}${abs / 10_000n}${decimals === '' ? '' : `.${decimals}`}`;
}
