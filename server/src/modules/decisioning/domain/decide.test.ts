import { canonicalJson } from '@mingdai/loan-math';
import { describe, expect, it } from 'vitest';
import type { Instant } from '../../../kernel/instant.ts';
import { weilidaiStrategy } from '../strategies.ts';
import { decide } from './decide.ts';
import type { Decision } from './decision.ts';
import type { DecidedFacts } from './inputs.ts';
import { sampleEvidence, sampleFacts, type SampleChanges } from './sample-evidence.ts';
import { loadStrategy } from './strategy.ts';

const loaded = loadStrategy(weilidaiStrategy, 240_000n);
if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
const strategy = loaded.value;
const AT = 1_791_417_600_000 as Instant;
const decided = (changes: SampleChanges = {}, facts: Partial<DecidedFacts> = {}): Decision =>
  decide(sampleEvidence(changes), { ...sampleFacts, ...facts }, { id: 'dec_1', decidedAt: AT, strategy });
const thin = { bureauStatus: 'thin', behaviourStatus: 'thin' } as const;
const unknown = { bureauStatus: 'not_found', behaviourStatus: 'not_found' } as const;

describe('an unremarkable applicant', () => {
  const decision = decided();
  it('is approved, with a limit and a price from the tables', () => {
    expect(decision).toMatchObject({ outcome: 'approve', reasons: [], limit: { row: 'full_a_i3', matrixFen: 15_000_000n } });
    // 200,000 yuan a year × 40 % / 12 − 20,000 yuan / 48 = 6,250.00 a month, × 12 = 75,000.00.
    expect(decision.limit).toMatchObject({ countedIncomeFen: 20_000_000n, affordableFen: 7_500_000n });
    expect(decision.limitFen).toBe(7_500_000n);
    expect(decision.pricePpm).toBe(81_000n);
  });

  it('is told why this price, and the whole range (D0)', () => {
    expect(decision.price).toMatchObject({ pricePpm: 81_000n, range: { minPpm: 72_000n, maxPpm: 180_000n }, nextBetter: { pricePpm: 72_000n, belowBadPpm: 20_000n } });
    expect(decision.price!.helped[0]!.pointsLost).toBeLessThan(0);
    expect(decision.price!.sentence.en).toContain('everyone\'s rate for this product is between 7.2 % and 18 %');
    expect(decision.price!.sentence.zh).toContain('您的年利率为 8.1%');
  });

  it('leaves a trace of every rule, also of those that passed', () => {
    expect(decision.trace.map(({ table }) => table)).toEqual([...strategy.policy.map(({ name }) => name), 'risk', 'counted_income', 'limit', 'price']);
    expect(decision.trace[0]).toEqual({ table: 'age', row: 'of_age', inputs: [{ column: 'age_years', value: '30', cell: '>= 18' }], answer: { outcome: 'pass' }, stopped: null });
  });

  it('names the strategy and the evidence by their hashes', () => {
    expect(decision.strategy).toEqual({ code: 'weilidai', version: 1, hash: strategy.hash });
    expect(decision.evidenceHash).toMatch(/^[0-9a-f]{64}$/);
    expect(decided({ bureau: { enquiries_12m: 2 } }).evidenceHash).not.toBe(decision.evidenceHash);
  });

  it('gets the same decision again, byte for byte', () => expect(canonicalJson(decided())).toBe(canonicalJson(decision)));
});

describe('a decline names the rule and the value it found', () => {
  it.each<[string, SampleChanges, Partial<DecidedFacts>, object]>([
    ['under 18 (ILOAN-022)', {}, { ageYears: 17 }, { code: 'under_age', name: 'age', value: '17', bound: '< 18' }],
    ['a student asks a micro-loan company (ILOAN-021)', {}, { isStudent: true, lenderType: 'microloan' }, { code: 'student_microloan', name: 'student', value: 'true' }],
    ['not invited (B1)', {}, { isInvited: false }, { code: 'not_invited', name: 'invitation', value: 'false' }],
    ['an amount overdue now', { bureau: { overdue_now_fen: 1n } }, {}, { code: 'overdue_now', value: '1', bound: '>= 1' }],
    ['an account overdue now', { bureau: { accounts_overdue_now: 1 } }, {}, { code: 'accounts_overdue', value: '1' }],
    ['often overdue', { bureau: { delinquencies_24m: 4 } }, {}, { code: 'often_overdue', value: '4', bound: '>= 4' }],
    ['many enquiries', { bureau: { enquiries_12m: 10 } }, {}, { code: 'many_enquiries', value: '10' }],
    ['loan upon loan (J4)', { bureau: { installment_loans_opened_12m: 5 } }, {}, { code: 'debt_stacking', value: '5' }],
    ['too little income', { behaviour: { annual_income_fen: 5_999_999n } }, {}, { code: 'income_too_low', value: '5999999' }],
    ['nothing left to repay with', { bureau: { installment_balance_fen: 90_000_000n } }, {}, { code: 'cannot_afford', name: 'affordability', value: '0' }],
  ])('%s', (_what, changes, facts, reason) => {
    const decision = decided(changes, facts);
    expect(decision).toMatchObject({ outcome: 'decline', limitFen: null, pricePpm: null });
    expect(decision.reasons).toContainEqual(expect.objectContaining({ kind: 'rule', ...reason }));
    for (const { sentence } of decision.reasons) {
      expect(sentence.zh.length).toBeGreaterThan(0);
      expect(`${sentence.zh}${sentence.en}`).not.toMatch(/[{}]|undefined/);
    }
  });

  it('too risky by the score: the probability, the bound, and the features that cost the most points', () => {
    const decision = decided({ bureau: { enquiries_6m: 3, enquiries_12m: 5, finance_enquiries: 4, overall_utilisation_permille: 900, installment_loans_opened_12m: 3, installment_loans_opened_24m: 4, installment_balance_fen: 20_000_000n } });
    expect(decision.outcome).toBe('decline');
    expect(decision.reasons[0]).toMatchObject({ code: 'risk_too_high', name: 'risk', value: `${decision.score.badPpm}`, bound: '> 80_000' });
    const features = decision.reasons.slice(1);
    expect(features.map(({ kind }) => kind)).toEqual(['feature', 'feature', 'feature']);
    expect(features[0]).toMatchObject({ name: 'installment_loans_opened_12m', value: '3', row: '>= 2' });
  });

  it('all the rules that declined, not only the first', () => {
    expect(decided({ bureau: { delinquencies_24m: 9, enquiries_12m: 30 } }, { isInvited: false }).reasons.map(({ code }) => code)).toEqual(['not_invited', 'often_overdue', 'many_enquiries']);
  });
});

describe('a case for a person (ILOAN-025)', () => {
  it.each<[string, SampleChanges, Partial<DecidedFacts>, object]>([
    ['a student asks a bank (ILOAN-021)', {}, { isStudent: true }, { code: 'student_second_source', value: 'true' }],
    ['neither source knows the person', unknown, {}, { code: 'no_evidence', value: 'none' }],
    ['age unknown', {}, { ageYears: null }, { code: 'value_missing', name: 'age', value: null }],
    ['student or not unknown', {}, { isStudent: null }, { code: 'value_missing', name: 'student' }],
    ['a full file without a figure the rules need', { bureau: { overdue_now_fen: null } }, {}, { code: 'figure_unknown', name: 'overdue_now', value: null, bound: 'missing' }],
    ['an age nobody has', {}, { ageYears: 200 }, { code: 'value_out_of_range', name: 'age', value: '200' }],
  ])('%s', (_what, changes, facts, reason) => {
    const decision = decided(changes, facts);
    expect(decision.outcome).toBe('refer');
    expect(decision.reasons).toContainEqual(expect.objectContaining(reason));
  });

  it('is declined all the same when another rule declines', () => {
    const decision = decided(unknown, { ageYears: 16 });
    expect(decision.outcome).toBe('decline');
    expect(decision.reasons.map(({ code }) => code)).toEqual(['under_age']);
  });
});

describe('a thin file (E5)', () => {
  it('is served, with a small limit, not refused', () => {
    expect(decided(thin)).toMatchObject({ outcome: 'approve', limitFen: 300_000n, limit: { row: 'thin_middle_unknown', affordableFen: null } });
  });

  it('gets more when its income is known, and never more than 8,000 yuan', () => {
    const limits = [null, 8_000_000n, 900_000_000n].map((income) => decided({ ...thin, behaviour: { annual_income_fen: income } }).limitFen!);
    expect(limits[0]! < limits[1]!).toBe(true);
    expect(limits.every((limit) => limit <= 800_000n)).toBe(true);
  });

  it('with a bad figure in it is declined like any other', () => {
    expect(decided({ ...thin, bureau: { overdue_now_fen: 100n } })).toMatchObject({ outcome: 'decline' });
  });
});

describe('what must never be decided', () => {
  it.each<[string, SampleChanges, Partial<DecidedFacts>]>([
    ['text for a number', { bureau: { enquiries_12m: '2' } }, {}],
    ['a fraction for a count', { bureau: { enquiries_12m: 2.5 } }, {}],
    ['NaN', { bureau: { enquiries_12m: Number.NaN } }, {}],
    ['a number for an amount in text', { behaviour: { annual_income_fen: '20000000' } }, {}],
    ['text for a flag', {}, { isInvited: 'true' as never }],
    ['another product', {}, { productCode: 'we2000' }],
  ])('%s stops with an error and no decision', (_what, changes, facts) => expect(() => decided(changes, facts)).toThrow());
});
