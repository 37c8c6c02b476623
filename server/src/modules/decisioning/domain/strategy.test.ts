import { describe, expect, it } from 'vitest';
import { weilidaiStrategy } from '../strategies.ts';
import type { TableDocument } from './decision-table.ts';
import { loadStrategy, type StrategyDocument } from './strategy.ts';

const CAP = 240_000n;
type Row = TableDocument['rows'][number];
const changed = (part: 'gate' | 'counted_income' | 'limit' | 'price', id: string, change: (row: Row) => Row): StrategyDocument => ({
  ...weilidaiStrategy, [part]: { ...weilidaiStrategy[part], rows: weilidaiStrategy[part].rows.map((row) => (row.id === id ? change(row) : row)) },
});
const giving = (then: Record<string, string>) => (row: Row): Row => ({ ...row, then });

describe('the strategy that ships', () => {
  it('proves under the cap for platform-assisted loans', () => expect(loadStrategy(weilidaiStrategy, CAP).ok).toBe(true));

  it('stays within the product of the article: 500 to 200,000 yuan, 7.2 % to 18 % a year, by invitation', () => {
    const { product } = weilidaiStrategy;
    expect(product).toMatchObject({ limit_min_fen: '50_000', limit_max_fen: '20_000_000', price_min_ppm: '72_000', price_max_ppm: '180_000', access: 'whitelist' });
  });

  it('has one hash for one content', () => {
    const hashOf = (document: StrategyDocument) => { const strategy = loadStrategy(document, CAP); return strategy.ok ? strategy.value.hash : null; };
    expect(hashOf(structuredClone(weilidaiStrategy))).toBe(hashOf(weilidaiStrategy));
    expect(hashOf(changed('limit', 'full_a_i1', giving({ limit_fen: '3_000_100' })))).not.toBe(hashOf(weilidaiStrategy));
  });
});

describe('a strategy is refused', () => {
  it.each<[string, StrategyDocument, bigint, object]>([
    ['when a riskier person would get a higher limit', changed('limit', 'full_b_i1', giving({ limit_fen: '3_000_001' })), CAP, { code: 'limit_rises_with_risk', table: 'limit', rows: ['full_a_i1', 'full_b_i1'] }],
    ['when a riskier thin-file person would get a higher limit', changed('limit', 'thin_high', giving({ limit_fen: '900_000' })), CAP, { code: 'limit_rises_with_risk', table: 'limit', rows: ['thin_middle', 'thin_high'] }],
    ['when a riskier person would pay less', changed('price', 'full_p4', giving({ price_ppm: '89_999' })), CAP, { code: 'price_falls_with_risk', table: 'price', rows: ['full_p3', 'full_p4'] }],
    ['when a limit is above the product\'s', changed('limit', 'full_a_i5', giving({ limit_fen: '20_000_001' })), CAP, { code: 'limit_outside_product', row: 'full_a_i5' }],
    ['when a limit is below the product\'s', changed('limit', 'thin_high_unknown', giving({ limit_fen: '49_999' })), CAP, { code: 'limit_outside_product', row: 'thin_high_unknown' }],
    ['when a price is outside the product\'s band', changed('price', 'full_p1', giving({ price_ppm: '71_999' })), CAP, { code: 'price_outside_product', row: 'full_p1' }],
    ['when a price is above the cap it is given', weilidaiStrategy, 120_000n, { code: 'price_over_ceiling', ceiling_ppm: '120000' }],
    ['when a limit is no amount', changed('limit', 'full_a_i1', giving({ limit_fen: '30,000.00' })), CAP, { code: 'table_result_unreadable', row: 'full_a_i1' }],
    ['when a price is forgotten', changed('price', 'full_p1', giving({})), CAP, { code: 'table_result_unreadable', row: 'full_p1' }],
    ['when an outcome is mistyped', changed('gate', 'too_high', giving({ outcome: 'declin', code: 'risk_too_high' })), CAP, { code: 'table_result_unreadable', table: 'risk' }],
    ['when a decline has no words', changed('gate', 'too_high', giving({ outcome: 'decline', code: 'because' })), CAP, { code: 'table_result_unreadable', table: 'risk' }],
    ['when a decline has no code', changed('gate', 'too_high', giving({ outcome: 'decline' })), CAP, { code: 'table_result_unreadable', table: 'risk' }],
    ['when a cell is mistyped', changed('gate', 'too_high', (row) => ({ ...row, when: { bad_ppm: '> > 80_000' } })), CAP, { code: 'table_cell_unreadable', table: 'risk' }],
    ['when two rows leave a gap', changed('gate', 'too_high', (row) => ({ ...row, when: { bad_ppm: '> 90_000' } })), CAP, { code: 'table_incomplete', example: { bad_ppm: '80001' } }],
    ['when two rows overlap', changed('gate', 'too_high', (row) => ({ ...row, when: { bad_ppm: '>= 80_000' } })), CAP, { code: 'table_overlap', example: { bad_ppm: '80000' } }],
    [
      'when a column is one that can never be known',
      { ...weilidaiStrategy, policy: [{ name: 'typo', columns: [{ name: 'age_year', type: 'integer', unit: 'years', range: ['0', '150'], on_missing: 'refer' }], rows: [{ id: 'a', when: { age_year: 'any' }, then: { outcome: 'pass' } }] }] },
      CAP,
      { code: 'table_column_unheard_of', column: 'age_year' },
    ],
  ])('%s', (_what, document, cap, error) => expect(loadStrategy(document, cap)).toMatchObject({ ok: false, error }));
});
