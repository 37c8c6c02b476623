import { annualRatePpm, businessDate } from '@mingdai/loan-math';
import { describe, expect, it } from 'vitest';
import { LENDER_TYPE_OF } from '../../compliance/index.ts';
import seed from '../seed/weilidai.json' with { type: 'json' };
import { lenderFrom, mayLend } from './lender.ts';
import { checkRate, checkRequest, productDocument, productFrom, termsOf, type ProductDocument } from './product.ts';

const document = seed.products[0] as ProductDocument;
const read = productFrom(document);
if (!read.ok) throw new Error(JSON.stringify(read.error));
const weilidai = read.value;

describe('weilidai as it is written down', () => {
  it('is read and written back word for word', () => {
    expect(productDocument(weilidai)).toEqual(document);
  });

  it('has the article’s band and limits (B1, D, F)', () => {
    expect(weilidai).toMatchObject({ access: 'whitelist', amount: { min: 50_000n, max: 20_000_000n }, rate: { min: 72_000n, max: 180_000n, basis: 'act_360' }, graceDays: 0, overdueRate: 180_000n });
    expect(weilidai.assumed).toContain('offerings');
  });

  it.each<readonly [string, Partial<ProductDocument>, string]>([
    ['a code with capitals', { code: 'Weilidai' }, 'code'],
    ['version 0', { version: 0 }, 'version'],
    ['30 February', { effective_on: '2026-02-30' }, 'effective_on'],
    ['no English name', { name: { zh: '微粒贷', en: '' } }, 'name'],
    ['a least amount above the most', { amount: { min_fen: '2', max_fen: '1', step_fen: '1' } }, 'amount'],
    ['an amount of 1.5 fen', { amount: { min_fen: '1.5', max_fen: '2', step_fen: '1' } }, 'amount'],
    ['a lowest rate above the highest', { annual_rate: { min_ppm: '2', max_ppm: '1', basis: 'act_360' } }, 'annual_rate'],
    ['a day count nobody knows', { annual_rate: { min_ppm: '1', max_ppm: '2', basis: 'act_364' } }, 'annual_rate.basis'],
    ['no offering', { offerings: [] }, 'offerings'],
    ['a method twice', { offerings: [{ method: 'interest_first', months: [6] }, { method: 'interest_first', months: [12] }] }, 'offerings'],
    ['a due day 32', { due_day: 32 }, 'due_day'],
    ['a component left out', { allocation_order: ['fee', 'penalty', 'interest'] }, 'allocation_order'],
    ['an offer valid for no day', { offer_valid_days: 0 }, 'offer_valid_days'],
  ])('%s is refused by field', (_, changes, field) => {
    expect(productFrom({ ...document, ...changes })).toMatchObject({ ok: false, error: { code: 'product_malformed', field } });
  });
});

describe('what may be asked of weilidai', () => {
  it.each<readonly [string, bigint, number, 'level_installment' | 'interest_first' | 'any_time', string | null]>([
    ['500.00 yuan, the least', 50_000n, 6, 'level_installment', null],
    ['200,000.00 yuan, the most', 20_000_000n, 24, 'level_installment', null],
    ['interest first over 12 months', 1_000_000n, 12, 'interest_first', null],
    ['a yuan less than the least', 49_900n, 6, 'level_installment', 'amount_outside_product'],
    ['a yuan more than the most', 20_000_100n, 6, 'level_installment', 'amount_outside_product'],
    ['nothing', 0n, 6, 'level_installment', 'amount_outside_product'],
    ['not whole yuan', 50_001n, 6, 'level_installment', 'amount_outside_product'],
    ['10^30 fen', 10n ** 30n, 6, 'level_installment', 'amount_outside_product'],
    ['interest first over 24 months', 1_000_000n, 24, 'interest_first', 'term_outside_product'],
    ['7 months', 1_000_000n, 7, 'level_installment', 'term_outside_product'],
    ['repay at any time', 1_000_000n, 6, 'any_time', 'method_not_offered'],
  ])('%s', (_, amount, months, method, code) => {
    const checked = checkRequest(weilidai, { amount, months, method });
    expect(checked.ok ? null : checked.error.code).toBe(code);
  });

  it('names field, value and bound', () => {
    expect(checkRequest(weilidai, { amount: 1n, months: 6, method: 'level_installment' })).toEqual({
      ok: false, error: { code: 'amount_outside_product', field: 'amount_fen', value: '1', bound: { min_fen: '50000', max_fen: '20000000', step_fen: '100' } },
    });
  });

  it('a price lies within the band', () => {
    expect([71_999n, 72_000n, 180_000n, 180_001n].map((ppm) => checkRate(weilidai, ppm).ok)).toEqual([false, true, true, false]);
  });

  it('its terms carry the product’s own rules and the overdue rate the law left', () => {
    expect(termsOf(weilidai, { amount: 1_200_000n, months: 12, method: 'level_installment' }, { rate: annualRatePpm(72_000n), penaltyRate: annualRatePpm(108_000n) })).toEqual({
      principal: 1_200_000n, method: 'level_installment', basis: 'act_360', rate: 72_000n, months: 12, termDays: null, dueDay: null, graceDays: 0, graceCountsBack: true,
      penaltyRate: 108_000n, allocationOrder: ['fee', 'penalty', 'interest', 'principal'], allocationScope: 'installment_first',
    });
  });
});

describe('a licence (G1)', () => {
  const lender = lenderFrom({ ...seed.lenders[0]!, licence: { kind: 'private_bank', no: 'B1', valid_from: '2026-01-01', valid_through: '2026-12-31' } }, LENDER_TYPE_OF);
  const on = (day: string, scope = 'consumer_loan_online') => {
    const answer = mayLend(lender, scope, businessDate(day));
    return answer.ok ? answer.value : answer.error.code;
  };
  it('allows new loans on its first and last day, and not a day outside', () => {
    expect(['2025-12-31', '2026-01-01', '2026-12-31', '2027-01-01'].map((day) => on(day))).toEqual(['licence_not_valid', 'may_lend', 'may_lend', 'licence_not_valid']);
  });
  it('allows only what is in its scope', () => {
    expect(on('2026-06-01', 'business_loan_online')).toBe('licence_out_of_scope');
  });
  it('is of a kind the caps know', () => {
    expect(() => lenderFrom({ ...seed.lenders[0]!, licence: { kind: 'platform', no: 'X', valid_from: '2026-01-01', valid_through: null } }, LENDER_TYPE_OF)).toThrow('known kind');
  });
});
