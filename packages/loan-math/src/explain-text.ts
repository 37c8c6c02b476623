import { civilOf, type BusinessDate } from './business-date.ts';
import { isWhole, recomputed, type FigurePart, type Figures, type Reason, type Words } from './explain.ts';
import { fen, formatYuan } from './money.ts';
import { formatPercent } from './rate.ts';
import type { Component } from './terms.ts';

/** `1,234.56`: yuan with commas. */
export function grouped(amount: bigint): string {
  const yuan = formatYuan(amount < 0n ? -amount : amount).replace(/\B(?=(\d{3})+\.)/g, ',');
  return `${amount < 0n ? '−' : ''}${yuan}`;
}

/** `1,234.56 元` and `CNY 1,234.56`. */
export const money = (amount: bigint): Words => ({ zh: `${grouped(amount)} 元`, en: `CNY ${grouped(amount)}` });

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'] as const;

/** `2026 年 3 月 5 日` and `5 March 2026`. */
export function dayWords(date: BusinessDate): Words {
  const { year, month, day } = civilOf(date);
  return { zh: `${year} 年 ${month} 月 ${day} 日`, en: `${day} ${MONTHS[month - 1]!} ${year}` };
}

export const rowWords = (number: number): Words => ({ zh: `第 ${number} 期`, en: `installment ${number}` });

export const plural = (count: number, one: string): string => (count === 1 ? `1 ${one}` : `${count} ${one}s`);

export const WORD = {
  fee: { zh: '费用', en: 'fee' },
  penalty: { zh: '罚息', en: 'penalty' },
  interest: { zh: '利息', en: 'interest' },
  principal: { zh: '本金', en: 'principal' },
} as const satisfies Record<Component, Words>;

/** A plain amount in a computation. */
export const part = (base: bigint, label: Words | null = null, count = 1): FigurePart => ({ label, base: fen(base), count, bears: null });

/** Figures of a sum of plain amounts: exact. */
export function sumFigures(parts: readonly FigurePart[]): Figures {
  return { parts, rounding: 'exact', result: recomputed({ parts, rounding: 'exact' }) };
}

/** Figures of something borne by the day: rounded once. */
export function borneFigures(parts: readonly FigurePart[], rounding: 'half_up' | 'down' = 'half_up'): Figures {
  const kept = isWhole(parts) ? 'exact' : rounding;
  return { parts, rounding: kept, result: recomputed({ parts, rounding: kept }) };
}

/** `10,000.00 × 7.2% ÷ 360 × 15 天 + … = 58.80 元`. */
export function computation(figures: Figures): Words {
  const note = NOTES[figures.rounding];
  const result = money(figures.result);
  const [only] = figures.parts;
  if (only === undefined) return result;
  if (figures.parts.length === 1 && only.count === 1 && only.bears === null) {
    return only.label === null ? result : { zh: `${only.label.zh} ${result.zh}`, en: `${only.label.en} ${result.en}` };
  }
  return { zh: `${sideOf(figures, 'zh')} = ${result.zh}${note.zh}`, en: `${sideOf(figures, 'en')} = ${result.en}${note.en}` };
}

const NOTES = {
  exact: { zh: '', en: '' },
  half_up: { zh: '（四舍五入到分）', en: ' (rounded to the fen)' },
  down: { zh: '（不足一分的以后再算）', en: ' (what is less than a fen is left for later)' },
} as const;

function sideOf({ parts }: Figures, language: 'zh' | 'en'): string {
  let text = '';
  for (const addend of parts) {
    const isMinus = addend.base < 0n;
    text += text === '' ? (isMinus ? '−' : '') : isMinus ? ' − ' : ' + ';
    text += addendText(addend, language);
  }
  return text;
}

function addendText({ label, base, count, bears }: FigurePart, language: 'zh' | 'en'): string {
  const text = `${label === null ? '' : `${label[language]} `}${grouped(base < 0n ? -base : base)}${count === 1 ? '' : ` × ${count}`}`;
  if (bears === null) return text;
  const rate = ` × ${formatPercent(bears.rate)}%${bears.perYear === 1 ? '' : ` ÷ ${bears.perYear}`}`;
  const unit = language === 'zh' ? (bears.perYear === 12 ? '个月' : '天') : bears.perYear === 12 ? 'month' : 'day';
  const units = bears.perYear <= 12 && bears.units === 1 ? '' : language === 'zh' ? ` × ${bears.units} ${unit}` : ` × ${plural(bears.units, unit)}`;
  const share = bears.share === null ? '' : ` × ${bears.share.part}/${bears.share.whole}`;
  return `${text}${rate}${units}${share}`;
}

/** A sentence that ends in its computation. */
export function reasoned(zh: string, en: string, figures: Figures): Reason {
  const shown = computation(figures);
  return { zh: `${zh}：${shown.zh}。`, en: `${en}: ${shown.en}.`, figures };
}

/** A sentence without a computation. */
export const said = (zh: string, en: string): Reason => ({ zh, en, figures: null });

/** Words put together, with what stands between them. */
export function joined(words: readonly Words[], between: Words): Words {
  return { zh: words.map((each) => each.zh).join(between.zh), en: words.map((each) => each.en).join(between.en) };
}
export const COMMA: Words = { zh: '、', en: ', ' };
export const SEMICOLON: Words = { zh: '；', en: '; ' };
