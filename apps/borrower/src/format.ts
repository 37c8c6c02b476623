import { formatPercent, formatYuan } from '@mingdai/loan-math';

export type Language = 'zh' | 'en';

/** `120000n` → `1,200.00`; grouped by thousands in both languages. */
export function groupedYuan(fen: bigint): string {
  const [whole, cents] = formatYuan(fen).split('.') as [string, string];
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${cents}`;
}

/** An amount as it stands in a sentence: `¥1,200.00`, `CN¥1,200.00`. */
export const money = (fen: bigint | string, language: Language): string => {
  const amount = BigInt(fen);
  const sign = amount < 0n ? '-' : '';
  return `${sign}${language === 'zh' ? '¥' : 'CN¥'}${groupedYuan(amount < 0n ? -amount : amount)}`;
};

/** An amount of whole yuan, without its two zeros: limits and ranges. */
export const wholeYuan = (fen: bigint | string, language: Language): string => money(fen, language).replace(/\.00$/, '');

/** A yearly rate or a share, for reading: `7.2%`, `18.25%`. Rounds half up to two decimals; the cost sheet's own words have every digit. */
export const percent = (ppm: bigint | string): string => `${formatPercent(((BigInt(ppm) + 50n) / 100n) * 100n)}%`;

/** A day's rate of a 360-day year, as the contract charges it: `0.02 %`. Never shown larger than the yearly one. */
export function dayRate(ppm: bigint | string): string {
  const hundredThousandths = (BigInt(ppm) * 10n + 180n) / 360n;
  const fraction = (hundredThousandths % 100_000n).toString().padStart(5, '0').replace(/0+$/, '');
  return `${hundredThousandths / 100_000n}${fraction === '' ? '' : `.${fraction}`}%`;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A business day, `2026-12-10`: `2026年12月10日`, `10 Dec 2026`. */
export function day(text: string, language: Language): string {
  const [year, month, date] = text.split('-').map(Number) as [number, number, number];
  return language === 'zh' ? `${year}年${month}月${date}日` : `${date} ${MONTHS[month - 1]} ${year}`;
}

const BEIJING = { timeZone: 'Asia/Shanghai', hour12: false } as const;

/** An instant in Beijing, whatever the phone says: to the minute. */
export function minute(iso: string, language: Language): string {
  const date = new Date(iso);
  const on = new Intl.DateTimeFormat('en-CA', { timeZone: BEIJING.timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(date);
  const at = new Intl.DateTimeFormat('en-GB', { ...BEIJING, hour: '2-digit', minute: '2-digit' }).format(date);
  return `${day(on, language)} ${at}`;
}
