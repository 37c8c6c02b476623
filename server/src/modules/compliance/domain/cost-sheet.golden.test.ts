import { annualRatePpm, businessDate, fen } from '@mingdai/loan-math';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { createCompliance, flowsOf, isOnSheet, sheetHash, type CostSheet } from '../index.ts';

const compliance = createCompliance();
const startOn = businessDate('2026-10-08');
const webank = { code: 'webank', name_zh: '微众银行', name_en: 'WeBank', licence_no: 'B0000' };
const city = { code: 'example_city_bank', name_zh: '示例城商行', name_en: 'Example City Bank', licence_no: 'C0001' };

/** docs/specs/cost-sheet.md §4: 12,000.00 yuan, 7.2 %, 12 level installments, from 8 October 2026, 30 % WeBank and 70 % Example City Bank. */
function example(version = 1, parties = [webank, city]): CostSheet {
  const penalty = compliance.penaltyRateFor({ product: 180_000n, contract: 72_000n, cap: 240_000n });
  const terms = {
    principal: fen(1_200_000n), method: 'level_installment', basis: 'act_360', rate: annualRatePpm(72_000n), months: 12, termDays: null, dueDay: null,
    graceDays: 0, graceCountsBack: true, penaltyRate: penalty.rate, allocationOrder: ['fee', 'penalty', 'interest', 'principal'], allocationScope: 'installment_first',
  } as const;
  const price = compliance.checkPrice({ stage: 'offering', lenderType: 'bank', on: startOn, months: 12, principal: terms.principal, flows: flowsOf(terms, startOn), charges: [] });
  if (!price.ok) throw new Error(JSON.stringify(price.error));
  return compliance.costSheet({
    kind: 'offer', version, product: { code: 'weilidai', version: 1, name_zh: '微粒贷', name_en: 'Weilidai' }, lender: webank, parties,
    shares: [{ funder: 'webank', sharePpm: 300_000n }, { funder: 'example_city_bank', sharePpm: 700_000n }], terms, disbursedOn: startOn, price: price.value, penalty,
  });
}

let sheet: CostSheet;
beforeAll(() => { sheet = example(); });

describe('the cost sheet of the example', () => {
  it.each(['zh', 'en'] as const)('reads as on the page, in %s', async (language) => {
    const { title, elements, lines } = sheet.words[language];
    const text = [title, ...elements, ...lines].join('\n');
    expect(text).toBe((await readFile(join(import.meta.dirname, `cost-sheet.golden.${language}.txt`), 'utf8')).trimEnd());
  });

  it('has every field the rule asks for (RATE-004)', () => {
    expect(sheet).toMatchObject({
      principal_fen: '1200000', no_other_charges: true,
      elements: { annual_rate_ppm: '72000', repayment_method: 'level_installment', overdue_rate_ppm: '108000' },
      fee_items: [{ code: 'interest', how_charged: 'daily_on_outstanding_principal_act_360', annual_rate_ppm: '72000', collector: 'webank' }],
      annual_cost: { all_in_ppm: '73001', irr_times_12_ppm: '72987', dated_ppm: '73001', cap_ppm: '240000', cap_rule: 'RATE-011' },
      contingent_items: [{ code: 'overdue_interest', annual_rate_ppm: '108000' }, { code: 'prepayment_fee', how_charged: 'none' }],
      penalty_reason: { binding: 'contract_uplift', product_ppm: '180000', cut_ppm: '72000' },
    });
  });

  it('names every lender with share and rate, and who collects (ILOAN-024)', () => {
    expect(sheet.lenders.map(({ code, share_ppm, annual_rate_ppm }) => [code, share_ppm, annual_rate_ppm])).toEqual([['webank', '300000', '72000'], ['example_city_bank', '700000', '72000']]);
  });

  it('totals are the sums of the rows', () => {
    const sum = (member: 'principal_fen' | 'interest_fen' | 'total_fen') => `${sheet.schedule.rows.reduce((total, row) => total + BigInt(row[member]), 0n)}`;
    expect([sum('principal_fen'), sum('interest_fen'), sum('total_fen')]).toEqual([sheet.schedule.principal_fen, sheet.schedule.interest_fen, sheet.schedule.total_fen]);
    expect(sheet.fee_items[0]!.amount_fen).toBe(sheet.schedule.interest_fen);
  });

  it('nothing off the sheet may be charged (RATE-008)', () => {
    expect(['interest', 'overdue_interest', 'prepayment_fee', 'service_fee'].map((charge) => isOnSheet(sheet, charge))).toEqual([true, true, false, false]);
  });

  it('has one hash, which any change of a word or a version changes', () => {
    expect(sheetHash(example())).toBe(sheetHash(sheet));
    expect(sheetHash(JSON.parse(JSON.stringify(sheet)) as CostSheet)).toBe(sheetHash(sheet));
    expect(sheetHash(example(2))).not.toBe(sheetHash(sheet));
    expect(sheetHash({ ...sheet, words: { ...sheet.words, zh: { ...sheet.words.zh, title: '明示表' } } })).not.toBe(sheetHash(sheet));
  });

  it('no marketing words, in either language (RATE-031)', () => {
    const text = JSON.stringify(sheet.words);
    for (const word of ['低风险', '低门槛', '秒到账', '高收益', '低利率', '无成本', '零成本', 'instant', 'low rate']) expect(text).not.toContain(word);
  });

  it('every funder on it is a named party', () => {
    expect(() => example(1, [webank])).toThrow('every funder on a sheet is a named party: example_city_bank');
  });
});
