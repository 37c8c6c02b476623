import { businessDate } from '@mingdai/loan-math';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../test/support/database.ts';
import type { By } from '../../kernel/actor.ts';
import { startOf } from '../../kernel/instant.ts';
import { createCompliance } from '../compliance/index.ts';
import { catalogSeed, createCatalog, seedCatalog, type Catalog, type ProductDocument } from './index.ts';

const today = businessDate('2026-10-08');
const by = (key: string): By => ({ key, actor: { kind: 'operator', id: 'op' }, at: startOf(today) });
const weilidai = catalogSeed.products[0]!;
const next = (changes: Partial<ProductDocument>): ProductDocument => ({ ...weilidai, version: 2, effective_on: '2026-11-01', ...changes });
const request = { productCode: 'weilidai', amount: 1_200_000n, months: 12, method: 'level_installment', startOn: today } as const;

let database: TestDatabase;
let catalog: Catalog;
beforeEach(async () => {
  database = await testDatabase();
  catalog = createCatalog({ db: database.db, funnel: database.funnel, compliance: createCompliance() });
  await seedCatalog(catalog, catalogSeed, today);
});

afterEach(() => database.drop());

const codeOf = (answer: { ok: true } | { ok: false; error: { code: string } }): string | null => (answer.ok ? null : answer.error.code);

describe('the catalogue', () => {
  it('starts with weilidai, and starting again changes nothing', async () => {
    await seedCatalog(catalog, catalogSeed, today);
    const products = await catalog.products(today);
    expect(products.map(({ product, lender, mayOffer }) => [product.code, product.version, lender.code, mayOffer.ok])).toEqual([['weilidai', 1, 'webank', true]]);
  });

  it('does not start on a seed that tells another story than what was published', async () => {
    const other = { ...catalogSeed, products: [{ ...weilidai, summary: { zh: '改', en: 'changed' } }] };
    await expect(seedCatalog(catalog, other, today)).rejects.toThrow('weilidai version 1');
  });

  it('quotes a loan: schedule, cost by every measure, and the sheet', async () => {
    const quote = await catalog.quote({ ...request, ratePpm: 72_000n });
    expect(quote).toMatchObject({ ok: true, value: { price: { irrTimes12Ppm: 72_987n, datedPpm: 73_001n }, penalty: { rate: 108_000n, binding: 'contract_uplift' }, sheet: { kind: 'quote', schedule: { total_fen: '1247969' } } } });
  });

  it('without a price, quotes the dearest of the band', async () => {
    const quote = await catalog.quote(request);
    expect(quote.ok && [quote.value.terms.rate, quote.value.terms.penaltyRate, quote.value.penalty.binding]).toEqual([180_000n, 180_000n, 'product']);
  });

  it.each([
    ['an unknown product', { productCode: 'we3000' }, 'product_not_found'],
    ['a product before its first day', { startOn: businessDate('2025-12-31') }, 'product_not_found'],
    ['a price outside the band', { ratePpm: 180_001n }, 'rate_outside_product'],
    ['an amount outside the product', { amount: 20_000_100n }, 'amount_outside_product'],
  ])('refuses %s', async (_, changes, code) => {
    expect(codeOf(await catalog.quote({ ...request, ...changes }))).toBe(code);
  });

  it('a licence that ends stops new offers from the day after, and the shelf says so (G1)', async () => {
    const lender = { ...catalogSeed.lenders[0]!, licence: { ...catalogSeed.lenders[0]!.licence, valid_through: '2026-10-31' } };
    expect((await catalog.recordLender(lender, businessDate('2026-10-15'), by('ends'))).ok).toBe(true);
    const on = (day: string) => catalog.quote({ ...request, startOn: businessDate(day) });
    expect([codeOf(await on('2026-10-31')), codeOf(await on('2026-11-01'))]).toEqual([null, 'licence_not_valid']);
    expect((await catalog.products(businessDate('2026-11-01')))[0]?.mayOffer).toMatchObject({ ok: false, error: { code: 'licence_not_valid' } });
  });

  it('a scope that is taken away stops new offers (G1)', async () => {
    await catalog.recordLender({ ...catalogSeed.lenders[0]!, scope: ['deposits'] }, businessDate('2026-10-08'), by('scope'));
    expect(codeOf(await catalog.quote(request))).toBe('licence_out_of_scope');
  });
});

describe('publishing', () => {
  it('makes the next version, which holds from its day; the one before stands as it was', async () => {
    const published = await catalog.publish(next({ annual_rate: { min_ppm: '72000', max_ppm: '150000', basis: 'act_360' } }), by('v2'));
    expect(published.ok && published.value.version).toBe(2);
    const on = async (day: string) => (await catalog.productVersion('weilidai', businessDate(day)))?.rate.max;
    expect([await on('2026-10-31'), await on('2026-11-01')]).toEqual([180_000n, 150_000n]);
  });

  it('refuses a band whose top costs more than the cap, with rule, measure, figure and bound (G2)', async () => {
    const refused = await catalog.publish(next({ annual_rate: { min_ppm: '72000', max_ppm: '240000', basis: 'act_360' } }), by('dear'));
    expect(refused).toMatchObject({ ok: false, error: { code: 'price_above_cap', rule: 'RATE-011', cap_ppm: '240000', computed_ppm: expect.stringMatching(/^243\d{3}$/) } });
    expect((await catalog.productVersion('weilidai', businessDate('2026-12-01')))?.version).toBe(1);
  });

  it.each<readonly [string, Partial<ProductDocument>, string]>([
    ['a bullet loan over a year (ILOAN-003)', { offerings: [{ method: 'interest_first', months: [24] }] }, 'above_legal_limit'],
    ['more than 200,000.00 yuan (ILOAN-001)', { amount: { min_fen: '50000', max_fen: '30000000', step_fen: '100' } }, 'above_legal_limit'],
    ['a lender nobody knows', { lender: 'ghost' }, 'lender_not_found'],
    ['a kind of loan outside the licence', { scope: 'business_loan_online' }, 'licence_out_of_scope'],
    ['a version out of turn', { version: 3 }, 'product_version_not_next'],
    ['the first version again', { version: 1 }, 'product_version_not_next'],
    ['a day not after the version before', { effective_on: '2026-01-01' }, 'effective_day_not_after'],
    ['a document that does not read', { offerings: [] }, 'product_malformed'],
  ])('refuses %s', async (name, changes, code) => {
    expect(codeOf(await catalog.publish(next(changes), by(name.replaceAll(/[^a-z]/g, '-'))))).toBe(code);
  });

  it('the same key gives the same answer; the same key for another product is refused', async () => {
    const first = await catalog.publish(next({}), by('once'));
    expect(await catalog.publish(next({}), by('once'))).toEqual(first);
    expect(codeOf(await catalog.publish(next({ due_day: 5 }), by('once')))).toBe('idempotency_key_reused');
  });
});
