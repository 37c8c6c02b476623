import { businessDate, type RepaymentMethod } from '@mingdai/loan-math';
import { describe, expect, it } from 'vitest';
import limits from '../data/limits.json' with { type: 'json' };
import type { LenderType } from './cap-table.ts';
import { checkConcentration, checkShape, checkShares, FORBIDDEN_PURPOSES, loadLimits } from './limits.ts';

const table = loadLimits(limits.rows);
const on = businessDate('2026-10-08');
const shape = (principal: bigint, months: number, method: RepaymentMethod, lenderType: LenderType = 'bank') => checkShape(table, { lenderType, on, principal, months, method });

describe('the shape of a consumer loan', () => {
  it.each<readonly [string, bigint, number, RepaymentMethod, string | null]>([
    ['200,000.00 yuan is the most (ILOAN-001)', 20_000_000n, 24, 'level_installment', null],
    ['a fen more is too much', 20_000_001n, 24, 'level_installment', 'ILOAN-001'],
    ['a bullet of 12 months (ILOAN-003)', 1_000_000n, 12, 'interest_first', null],
    ['a bullet of 13 months', 1_000_000n, 13, 'interest_first', 'ILOAN-003'],
    ['repay at any time within 13 months is a bullet too', 1_000_000n, 13, 'any_time', 'ILOAN-003'],
    ['60 months of installments (ILOAN-004)', 1_000_000n, 60, 'level_installment', null],
    ['61 months', 1_000_000n, 61, 'level_installment', 'ILOAN-004'],
  ])('%s', (_, principal, months, method, rule) => {
    const checked = shape(principal, months, method);
    expect(checked.ok ? null : 'rule' in checked.error && checked.error.rule).toBe(rule);
  });

  it('names field, value and bound', () => {
    expect(shape(20_000_001n, 12, 'level_installment')).toEqual({ ok: false, error: { code: 'above_legal_limit', rule: 'ILOAN-001', limit: 'consumer_line_fen', value: '20000001', bound: '20000000' } });
  });

  it('each kind of lender has its own rule of the line', () => {
    const rules = (['consumer_finance', 'microloan'] as const).map((type) => shape(30_000_000n, 12, 'level_installment', type)).map((checked) => (!checked.ok && 'rule' in checked.error ? checked.error.rule : null));
    expect(rules).toEqual(['LIC-001', 'LIC-005']);
  });

  it('without a rule for the day nothing is lent', () => {
    const early = checkShape(table, { lenderType: 'bank', on: businessDate('2020-07-11'), principal: 1n, months: 1, method: 'level_installment' });
    expect(early).toEqual({ ok: false, error: { code: 'no_limit_rule', limit: 'consumer_line_fen', lender_type: 'bank', on: '2020-07-11' } });
  });

  it('a later row overrides an earlier one for its days (ILOAN-002)', () => {
    const raised = loadLimits([...limits.rows, { rule: 'ILOAN-002', limit: 'consumer_line_fen', lender_type: 'bank', from: '2025-03-01', through: '2026-10-08', value: '30000000' }]);
    const ask = (day: string) => checkShape(raised, { lenderType: 'bank', on: businessDate(day), principal: 30_000_000n, months: 12, method: 'level_installment' }).ok;
    expect(['2025-02-28', '2025-03-01', '2026-10-08', '2026-10-09'].map(ask)).toEqual([false, true, true, false]);
  });
});

describe('the shares of a joint loan', () => {
  const shares = (...ppm: bigint[]) => checkShares(table, ppm.map((sharePpm, index) => ({ funder: `funder_${index}`, sharePpm })), on);

  it.each<readonly [string, bigint[], string | null]>([
    ['one funder carries it all', [1_000_000n], null],
    ['30 % is enough (ILOAN-013)', [700_000n, 300_000n], null],
    ['a ppm less is not', [700_001n, 299_999n], 'partner_share_too_small'],
    ['the lead carries at least 30 % too', [200_000n, 800_000n], 'partner_share_too_small'],
    ['shares that leave a ppm over', [700_000n, 299_999n], 'shares_incomplete'],
    ['a share of nothing', [1_000_000n, 0n], 'shares_incomplete'],
  ])('%s', (_, ppm, code) => {
    const checked = shares(...ppm);
    expect(checked.ok ? null : checked.error.code).toBe(code);
  });
});

describe('joint lending and the lead’s books', () => {
  const books = { funder: 'example_city_bank', tier1: 1_000n, jointBalance: 100n, allLoans: 1_000n };
  it.each<readonly [string, Partial<typeof books> & { balance: bigint }, string | null]>([
    ['a quarter of tier-1 capital with one partner (ILOAN-014)', { balance: 250n }, null],
    ['a fen more', { balance: 251n }, 'partner_concentration'],
    ['half of all loans with all partners (ILOAN-015)', { balance: 1n, jointBalance: 500n }, null],
    ['a fen more of all', { balance: 1n, jointBalance: 501n }, 'joint_lending_share_of_book'],
  ])('%s', (_, figures, code) => {
    const checked = checkConcentration(table, { ...books, ...figures }, on);
    expect(checked.ok ? null : checked.error.code).toBe(code);
  });
});

it('money may not be borrowed for houses, securities, medicine or schooling (ILOAN-007, I4)', () => {
  expect(['real_estate', 'stocks', 'futures', 'mortgage', 'medical', 'education'].every((purpose) => Object.hasOwn(FORBIDDEN_PURPOSES, purpose))).toBe(true);
  expect(Object.hasOwn(FORBIDDEN_PURPOSES, 'daily_consumption')).toBe(false);
});
