import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { harness, type Harness } from '../../../test/support/servicing.ts';
import { createHttp, type RouteScope } from '../../platform/http.ts';
import { createLog } from '../../platform/log.ts';
import { createMetrics } from '../../platform/metrics.ts';
import { contractOf, DAILY_12 } from './examples.ts';
import { servicingRoutes } from './index.ts';

const OPERATOR = 'operator-token-0123456789';
const li = contractOf('li', { terms: DAILY_12 });
let h: Harness;
let http: RouteScope;
beforeEach(async () => {
  h = await harness();
  http = await createHttp({
    clock: { now: h.now, today: () => { throw new Error('not asked'); } }, operatorToken: OPERATOR, providerKey: 'provider-key-0123456789', sessionOf: async () => ({ customerId: li.customerId }),
    log: createLog('silent'), metrics: createMetrics(), version: '1.2.3', readiness: {},
  });
  servicingRoutes(http, h);
  await http.ready();
});
afterEach(async () => {
  await http.close();
  await h.database.drop();
});

let keys = 0;
const post = (url: string, payload: object, token = OPERATOR) =>
  http.inject({ method: 'POST', url, payload, headers: { authorization: `Bearer ${token}`, 'idempotency-key': `k${++keys}` } }).then((reply) => [reply.statusCode, reply.json()] as const);
const get = (url: string, token = OPERATOR) => http.inject({ method: 'GET', url, headers: { authorization: `Bearer ${token}` } }).then((reply) => [reply.statusCode, reply.json()] as const);

describe('a loan over HTTP', () => {
  it('is debited on its day, closed, prepaid, quoted, settled, reported and proven', async () => {
    const loan = await h.lend(li);
    h.on('2026-11-08');
    expect(await post('/v1/operations/debit-runs', { on: '2026-11-08' })).toMatchObject([201, { asked: 1, settled: 1, refused: 0, open: 0 }]);
    expect(await post('/v1/operations/debit-runs', { on: '2026-11-08' })).toMatchObject([201, { asked: 0 }]);
    expect(await post('/v1/operations/day-closes', { through: '2026-11-08' })).toMatchObject([201, { through: '2026-11-08', before: null, pool_entries: 62 }]);
    h.on('2026-11-20');
    expect(await post(`/v1/loans/${loan}/repayments`, { purpose: 'prepay', amount_fen: '300000', effect: 'smaller_installment' }, 'li')).toMatchObject([201, { status: 'settled' }]);
    const [, quote] = await get(`/v1/loans/${loan}/settlement-quote`, 'li');
    expect(await get('/v1/loans', 'li')).toMatchObject([200, { loans: [{ id: loan, status: 'active', due_fen: '0' }] }]);
    expect(await post(`/v1/loans/${loan}/repayments`, { purpose: 'settle', amount_fen: quote.total_fen }, 'li')).toMatchObject([201, { status: 'settled' }]);
    expect(await get(`/v1/loans/${loan}`, 'li')).toMatchObject([200, { status: 'settled', principal_outstanding_fen: '0', refund_owed_fen: '0', words: { zh: '已全部结清。' } }]);
    expect(await post('/v1/operations/day-closes', { through: '2026-11-20' })).toMatchObject([201, { before: '2026-11-08' }]);
    expect(await get('/v1/operations/report')).toMatchObject([200, { loans: { settled: 1, active: 0 }, principal_outstanding_fen: '0', funders: [{ funder: 'bank_b', accrued_interest_fen: '0' }, { funder: 'webank' }] }]);
    expect(await post('/v1/operations/proofs', {})).toMatchObject([200, { all_hold: true, refold: { loans: 1 }, sub_ledger: { loans: 1, differences: [] } }]);
  });
});
