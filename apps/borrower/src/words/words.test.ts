import { describe, expect, it } from 'vitest';
import { refusalsEn } from './refusals-en.ts';
import { refusalsZh } from './refusals-zh.ts';
import { wordsIn } from './words.ts';

/** Every text of a catalogue, functions called with stand-ins. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'function') return [String((value as (...args: string[]) => string)('1', '2', '3'))];
  return Object.values(value as object).flatMap(textsOf);
}

describe('the words of the page', () => {
  it('say a refusal in both languages or in neither', () => {
    expect(Object.keys(refusalsEn).toSorted()).toEqual(Object.keys(refusalsZh).toSorted());
  });

  it('leave nothing empty', () => {
    for (const language of ['zh', 'en'] as const) expect(textsOf(wordsIn(language)).filter((text) => text.trim() === '')).toEqual([]);
  });

  it('have no Chinese in the English catalogue but the way back to it', () => {
    const { otherLanguage, ...english } = wordsIn('en');
    expect(otherLanguage).toBe('中文');
    expect(textsOf(english).filter((text) => /[\u4e00-\u9fff]/.test(text))).toEqual([]);
  });

  it('promise nothing (RATE-031)', () => {
    const forbidden = ['低' + '风险', '低' + '门槛', '秒' + '到账', '高' + '收益', '低' + '利率', '无' + '成本'];
    for (const text of textsOf(wordsIn('zh'))) for (const word of forbidden) expect(text).not.toContain(word);
  });
});
