import { describe, expect, it } from 'vitest';
import { fen } from './money.ts';
import { annualRatePpm } from './rate.ts';
import { levelInstallment, levelInstallmentSchedule, type LevelTerms } from './level-installment.ts';
import { levelPrincipalSchedule } from './level-principal.ts';

const terms = (principal: bigint, ppm: bigint, months: number): LevelTerms => ({ principal: principal as LevelTerms['principal'], rate: ppm as LevelTerms['rate'], months });
const shown = (rows: ReturnType<typeof levelInstallmentSchedule>): readonly string[] => rows.map(({ number, principal, interest, balance }) => `${number}: ${principal} + ${interest} → ${balance}`);
const MONTH_TENTH = 1_200_000n; // 120 % a year: a tenth a month

describe('level months', () => {
  it('ask the same, interest first', () => {
    expect(levelInstallment({ principal: fen(210n), rate: annualRatePpm(MONTH_TENTH), months: 2 })).toBe(121n);
    expect(shown(levelInstallmentSchedule(terms(210n, MONTH_TENTH, 2)))).toEqual(['1: 100 + 21 → 110', '2: 110 + 11 → 0']);
  });
  it('ask more interest than principal where the rate is high', () => {
    // 80 % a month: 280 × 0.8 × 3.24 / 2.24 = 324
    expect(shown(levelInstallmentSchedule(terms(280n, 9_600_000n, 2)))).toEqual(['1: 100 + 224 → 180', '2: 180 + 144 → 0']);
  });
  it('round a half of a fen up, of the level amount and of each interest', () => {
    expect(levelInstallment(terms(5n, 0n, 2))).toBe(3n);
    // 5 at a tenth bears 0.5; 15 bears 1.5.
    expect(shown(levelInstallmentSchedule(terms(5n, MONTH_TENTH, 1)))).toEqual(['1: 5 + 1 → 0']);
    expect(shown(levelInstallmentSchedule(terms(15n, MONTH_TENTH, 1)))).toEqual(['1: 15 + 2 → 0']);
    expect(shown(levelInstallmentSchedule(terms(14n, MONTH_TENTH, 1)))).toEqual(['1: 14 + 1 → 0']);
  });
  it('end when nothing is left, and leave the last month what is', () => {
    expect(shown(levelInstallmentSchedule(terms(3n, 0n, 5)))).toEqual(['1: 1 + 0 → 2', '2: 1 + 0 → 1', '3: 1 + 0 → 0']);
    expect(shown(levelInstallmentSchedule(terms(11n, 0n, 7)))).toEqual(['1: 2 + 0 → 9', '2: 2 + 0 → 7', '3: 2 + 0 → 5', '4: 2 + 0 → 3', '5: 2 + 0 → 1', '6: 1 + 0 → 0']);
    expect(shown(levelInstallmentSchedule(terms(5n, 0n, 3)))).toEqual(['1: 2 + 0 → 3', '2: 2 + 0 → 1', '3: 1 + 0 → 0']);
    expect(shown(levelInstallmentSchedule(terms(7n, 0n, 3)))).toEqual(['1: 2 + 0 → 5', '2: 2 + 0 → 3', '3: 3 + 0 → 0']);
  });
  it('repay nothing before the last where the level amount rounds to the interest', () => {
    // 6 at a twelfth bears 0.5 a month, rounded up to 1; the level amount rounds to 1 as well: nothing is repaid before the last.
    expect(shown(levelInstallmentSchedule(terms(6n, 1_000_000n, 24))).filter((_, index) => index === 0 || index === 23)).toEqual(['1: 0 + 1 → 6', '24: 6 + 1 → 0']);
  });
});

describe('level principal', () => {
  it('is the same share each month, with interest on what is left', () => {
    expect(shown(levelPrincipalSchedule(terms(200n, MONTH_TENTH, 2)))).toEqual(['1: 100 + 20 → 100', '2: 100 + 10 → 0']);
    expect(shown(levelPrincipalSchedule(terms(100n, MONTH_TENTH, 3)))).toEqual(['1: 33 + 10 → 67', '2: 33 + 7 → 34', '3: 34 + 3 → 0']);
  });
  it('ends when nothing is left', () => {
    expect(shown(levelPrincipalSchedule(terms(3n, 0n, 5)))).toEqual(['1: 1 + 0 → 2', '2: 1 + 0 → 1', '3: 1 + 0 → 0']);
    expect(shown(levelPrincipalSchedule(terms(1n, MONTH_TENTH, 1)))).toEqual(['1: 1 + 0 → 0']);
  });
});

describe('the bounds of equal months', () => {
  const inside: readonly LevelTerms[] = [terms(1n, 0n, 1), terms(1_000_000_000_000_000n, 10_000_000n, 1), terms(100n, 0n, 480), terms(480n, 10_000_000n, 480)];
  it.each(inside)('take $principal fen at $rate ppm over $months months', (each) => {
    for (const rows of [levelInstallmentSchedule(each), levelPrincipalSchedule(each)]) expect(rows.reduce((sum, { principal }) => sum + principal, 0n)).toBe(each.principal);
    expect(levelInstallment(each)).toBeGreaterThanOrEqual(0n);
  });
  const outside: readonly (readonly [message: string, terms: unknown])[] = [
    ['terms is null: an object', null],
    ['terms.months is 0: 1 to 480', terms(1n, 0n, 0)],
    ['terms.months is 481: 1 to 480', terms(1n, 0n, 481)],
    ['terms.principal is 0: 1 to 1000000000000000', terms(0n, 0n, 1)],
    ['terms.principal is 1000000000000001: 1 to 1000000000000000', terms(1_000_000_000_000_001n, 0n, 1)],
    ['terms.rate is -1: 0 to 10000000', terms(1n, -1n, 1)],
    ['terms.rate is 10000001: 0 to 10000000', terms(1n, 10_000_001n, 1)],
  ];
  it.each(outside)('refuse: %s', (message, each) => {
    for (const act of [levelInstallment, levelInstallmentSchedule, levelPrincipalSchedule]) expect(() => act(each as LevelTerms)).toThrow(message);
  });
});
