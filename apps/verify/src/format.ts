import { formatDate, formatPercent, formatYuan, type BusinessDate } from '@mingdai/loan-math';
import { fractionOf } from '@mingdai/statement';

export type Language = 'zh' | 'en';

/** `120000n` → `1,200.00`. */
export const groupedYuan = (fen: bigint): string => grouped(formatYuan(fen));

/**
 * A figure as a statement's check writes it, for reading: amounts in yuan get their thousands; an exact fraction of a fen says first what it
 * comes to in yuan, then itself, with places where a narrow column may break it; all else stands as it is.
 */
export function figure(text: string, { fen, yuan }: { readonly fen: string; readonly yuan: string }): string {
  if (/^-?\d+\.\d\d$/.test(text)) return grouped(text);
  const fraction = fractionOf(text);
  if (fraction === null) return text;
  const { isExact, numerator, denominator } = fraction;
  const exact = denominator === '1' ? `${numerator} ${fen}` : `${numerator}/\u200b${denominator} ${fen}`;
  return `${isExact ? '' : '≈ '}${grouped(fraction.yuan)} ${yuan} (${exact})`;
}

const grouped = (yuan: string): string => {
  const [whole, cents] = yuan.split('.') as [string, string];
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${cents}`;
};

/** A difference with its sign: `+1,200.00`, `−30.00`. */
export const signed = (fen: bigint): string => (fen < 0n ? `−${groupedYuan(-fen)}` : `+${groupedYuan(fen)}`);

/** A yearly rate, every digit of it: `7.2%`. */
export const percent = (ppm: bigint): string => `${formatPercent(ppm)}%`;

/** A yearly cost for reading, half up to two decimals. */
export const costPercent = (ppm: bigint): string => `${formatPercent(((ppm + 50n) / 100n) * 100n)}%`;

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A day as people write it: `2026年12月10日`, `10 Dec 2026`. */
export function day(on: BusinessDate, language: Language): string {
  const [year, month, date] = formatDate(on).split('-').map(Number) as [number, number, number];
  return language === 'zh' ? `${year}年${month}月${date}日` : `${date} ${MONTHS[month - 1]} ${year}`;
}

/** An instant in Beijing to the minute: `2026-12-10 09:30`. The zone has had no summer time since long before any loan here. */
export function minute(iso: string): string {
  return new Date(Date.parse(iso) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
}

/** `0f3a…` in groups of four, as it is read out and compared. */
export const inFours = (hex: string): string => (hex.match(/.{1,4}/g) ?? []).join(' ');

/** A size of a file: `1.4 MB`, `312 kB`. */
export function sizeOf(bytes: number): string {
  return bytes >= 1_000_000 ? `${Math.round(bytes / 100_000) / 10} MB` : `${Math.max(1, Math.round(bytes / 1_000))} kB`;
}
