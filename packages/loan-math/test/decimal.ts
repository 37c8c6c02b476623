import { readFileSync } from 'node:fs';
import { ONE, type Fixed } from '../src/index.ts';

/** `-0.0275`, `1.06e+284` → the number with 40 decimal digits; what is beyond is cut. */
export function decimalOf(text: string): Fixed {
  const match = /^([+-]?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text);
  if (match === null) throw new Error(`not a decimal: ${text}`);
  const [, sign, whole, decimals = '', exponent = '0'] = match;
  const shift = Number(exponent) - decimals.length;
  const digits = BigInt(whole! + decimals) * ONE;
  const value = shift >= 0 ? digits * 10n ** BigInt(shift) : digits / 10n ** BigInt(-shift);
  return (sign === '-' ? -value : value) as Fixed;
}

/** The cases of a file that `skipped-cases.md` names. */
export function skippedOf(file: string): readonly string[] {
  const lines = readFileSync(new URL('./skipped-cases.md', import.meta.url), 'utf8').split('\n');
  return lines.map((line) => line.split('|').map((cell) => cell.trim())).filter(([, name]) => name === file).map(([, , id]) => id!);
}
