import { annualRatePpm, CN_WORKING_CALENDAR, fen, type LoanTerms } from '@mingdai/loan-math';
import { describe, expect, it } from 'vitest';
import { termsInWords } from '../terms-words.ts';
import { wordsIn } from './words.ts';

/** Every text of a catalogue, functions called with stand-ins. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'function') return [String((value as (...args: string[]) => string)('1', '2'))];
  return Object.values(value as object).flatMap(textsOf);
}

describe('the words of the page', () => {
  it('leave nothing empty', () => {
    for (const language of ['zh', 'en'] as const) expect(textsOf(wordsIn(language)).filter((text) => text.trim() === '')).toEqual([]);
  });

  it('have no Chinese in the English catalogue but the way back to it', () => {
    const { otherLanguage, ...english } = wordsIn('en');
    expect(otherLanguage).toBe('中文');
    expect(textsOf(english).filter((text) => /[\u4e00-\u9fff]/.test(text))).toEqual([]);
  });
});

describe('a contract in words', () => {
  const terms: LoanTerms = {
    principal: fen(1_200_000n), method: 'level_installment', basis: 'act_360', rate: annualRatePpm(91_200n), months: 12, termDays: null, dueDay: 8,
    graceDays: 3, graceCountsBack: true, penaltyRate: annualRatePpm(136_800n), allocationOrder: ['fee', 'penalty', 'interest', 'principal'], allocationScope: 'installment_first',
  };
  const english = (given: LoanTerms): string => termsInWords(given).map(({ name, says }) => `${name.en}: ${says.en}`).join('\n');

  it('says every rate to its last digit, and every rule', () => {
    const text = english(terms);
    for (const part of ['12,000.00 yuan', '9.12% a year, by actual days, 360 to the year', '12 installments, due each month on day 8', 'within 3 days', '13.68% a year on overdue principal', 'fee, then penalty, then interest, then principal']) expect(text).toContain(part);
  });

  it('says what only some contracts agree, and nothing of it for the others', () => {
    const plain = english(terms).split('\n').length;
    const rich = english({
      ...terms, graceOnPrincipal: 2, penaltyOn: 'principal_and_interest', dueRoll: { rule: 'following', calendar: CN_WORKING_CALENDAR },
      fees: [{ code: 'service', when: 'monthly_on_original', ratePpm: 3_000n }, { code: 'opening', when: 'deducted', amount: fen(10_000n) }],
    });
    for (const part of ['the first 2 installments ask no principal', 'overdue interest (compound)', 'moved to the next working day', 'service: 0.3%, with each installment, on the principal lent', 'opening: 100.00 yuan, taken out of the money paid out']) expect(rich).toContain(part);
    expect(rich.split('\n').length).toBe(plain + 4);
  });
});
