import { businessDate } from '@mingdai/loan-math';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { startOf } from '../../kernel/instant.ts';
import { clockAt } from '../../platform/clock.ts';
import { createHttp, problem as problemSchema, type RouteScope } from '../../platform/http.ts';
import { createLog } from '../../platform/log.ts';
import { createMetrics } from '../../platform/metrics.ts';
import { createCompliance, sheetHash, type CostSheet } from '../compliance/index.ts';
import { catalogRoutes, catalogSeed, createCatalog, seedCatalog } from './index.ts';

const today = businessDate('2026-10-08');
let database: TestDatabase;
let http: RouteScope;
beforeAll(async () => {
  database = await testDatabase();
  const catalog = createCatalog({ db: database.db, funnel: database.funnel, compliance: createCompliance() });
  await seedCatalog(catalog, catalogSeed, today);
  http = await createHttp({
    clock: clockAt(startOf(today)), operatorToken: 'operator-token-0123456789', providerKey: 'provider-key-0123456789', sessionOf: async () => null,
    log: createLog('silent'), metrics: createMetrics(), version: '0', readiness: {},
  });
  catalogRoutes(http, catalog);
  await http.ready();
});
afterAll(async () => {
  await http.close();
  await database.drop();
});

const quote = (body: object) => http.inject({ method: 'POST', url: '/v1/quotes', headers: { 'content-type': 'application/json' }, payload: JSON.stringify({ product_code: 'weilidai', amount_fen: '1200000', months: 12, method: 'level_installment', ...body }) });

describe('GET /v1/products', () => {
  it('shows band, all-in cost and cap together, and what is assumed', async () => {
    const reply = await http.inject({ method: 'GET', url: '/v1/products' });
    expect(reply.statusCode).toBe(200);
    expect(reply.json()).toMatchObject({ products: [{
      code: 'weilidai', version: 1, is_on_sale: true, prepayment_fee: 'none', annual_rate: { min_ppm: '72000', max_ppm: '180000', basis: 'act_360' },
      all_in_cost: { cap_ppm: '240000', cap_rule: 'RATE-011' }, overdue: { product_rate_ppm: '180000', replaces_interest: true }, assumed: expect.arrayContaining(['offerings']),
    }] });
  });
});

describe('POST /v1/quotes', () => {
  it('needs no key and no session, and answers schedule, cost and sheet', async () => {
    const reply = await quote({ annual_rate_ppm: '72000' });
    expect(reply.statusCode).toBe(200);
    const body = reply.json<{ cost_sheet: CostSheet; schedule: unknown }>();
    expect(body).toMatchObject({ start_on: '2026-10-08', annual_cost: { irr_times_12_ppm: '72987', dated_ppm: '73001', all_in_ppm: '73001' }, schedule: { interest_fen: '47969', total_fen: '1247969' } });
    expect(body.schedule).toEqual(body.cost_sheet.schedule);
    expect(sheetHash(body.cost_sheet)).toBe(sheetHash((await quote({ annual_rate_ppm: '72000' })).json<{ cost_sheet: CostSheet }>().cost_sheet));
  });

  it.each<readonly [string, object, number, string]>([
    ['an unknown product', { product_code: 'we3000' }, 404, 'product_not_found'],
    ['nothing', { amount_fen: '0' }, 422, 'amount_outside_product'],
    ['more than the product lends', { amount_fen: '20000100' }, 422, 'amount_outside_product'],
    ['a negative amount', { amount_fen: '-1' }, 400, 'malformed_request'],
    ['10^30 fen', { amount_fen: `1${'0'.repeat(30)}` }, 400, 'malformed_request'],
    ['1.5 fen', { amount_fen: '1.5' }, 400, 'malformed_request'],
    ['an amount as a number', { amount_fen: 1200000 }, 400, 'malformed_request'],
    ['a member nobody knows', { amount: '1' }, 400, 'malformed_request'],
    ['7 months', { months: 7 }, 422, 'term_outside_product'],
    ['12.5 months', { months: 12.5 }, 400, 'malformed_request'],
    ['repay at any time', { method: 'any_time' }, 422, 'method_not_offered'],
    ['a price above the band', { annual_rate_ppm: '180001' }, 422, 'rate_outside_product'],
    ['30 February', { start_on: '2026-02-30' }, 400, 'malformed_request'],
    ['the year 0', { start_on: '0000-01-01' }, 400, 'malformed_request'],
    ['a day nobody will see', { start_on: '9999-12-31' }, 400, 'malformed_request'],
    ['a day before the product', { start_on: '2025-12-31' }, 404, 'product_not_found'],
  ])('refuses %s', async (_, body, status, code) => {
    const reply = await quote(body);
    expect([reply.statusCode, problemSchema.parse(reply.json()).code]).toEqual([status, code]);
  });
});
