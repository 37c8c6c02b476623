import { businessDate } from '@mingdai/loan-math';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { instant, startOf } from '../../kernel/instant.ts';
import { clockAt } from '../../platform/clock.ts';
import { createHttp, type RouteScope } from '../../platform/http.ts';
import { createLog } from '../../platform/log.ts';
import { createMetrics } from '../../platform/metrics.ts';
import { digestOf } from './domain/journal.ts';
import { entryOf } from './examples.ts';
import type { Ledger, TrialBalanceRow } from './ledger.ts';
import { ledgerRoutes } from './routes.ts';

const OPERATOR = 'operator-token-0123456789';
const row = (entity: string, account: string, netFen: bigint): TrialBalanceRow => ({
  entity, account, name: 'Cash', nameZh: '存款', kind: 'asset', normal: 'debit', debitFen: netFen > 0n ? netFen : 0n, creditFen: netFen < 0n ? -netFen : 0n, netFen,
});
const asked: unknown[] = [];
let rows: readonly TrialBalanceRow[] = [];
const books: Pick<Ledger, 'trialBalance' | 'entriesOf' | 'exportBlocks'> = {
  trialBalance: async (on) => { asked.push(on); return rows; },
  entriesOf: async (chain) => (chain === 'loan_1' ? [{ ...entryOf(), digest: digestOf(entryOf()) }] : []),
  exportBlocks: async (filter) => {
    asked.push(filter);
    return [{ shard: 7, number: 1, previousHash: null, sealedAt: instant(Date.UTC(2026, 9, 8)), entries: [{ id: 'je_1', digest: 'a'.repeat(64) }], hash: 'b'.repeat(64), keyId: 'c'.repeat(16), signature: 'd'.repeat(128) }];
  },
};
let http: RouteScope;
beforeAll(async () => {
  http = await createHttp({
    clock: clockAt(startOf(businessDate('2026-10-08'))), operatorToken: OPERATOR, providerKey: 'provider-key-0123456789', sessionOf: async () => null,
    log: createLog('silent'), metrics: createMetrics(), version: '1.2.3', readiness: {},
  });
  ledgerRoutes(http, books);
  await http.ready();
});
afterAll(() => http.close());

const get = (url: string, token = OPERATOR) => http.inject({ method: 'GET', url, headers: { authorization: `Bearer ${token}` } });

describe('GET /v1/operations/trial-balance', () => {
  it('shows every entity with its accounts and its net', async () => {
    rows = [row('webank', '1002', 500n), row('webank', '1303', -500n), row('bank_b', '1303', 12n)];
    const reply = await get('/v1/operations/trial-balance?on=2026-10-08');
    expect(asked.at(-1)).toBe(businessDate('2026-10-08'));
    expect(reply.statusCode).toBe(200);
    expect(reply.json()).toMatchObject({ on: '2026-10-08', is_balanced: false, entities: [{ entity: 'webank', net_fen: '0' }, { entity: 'bank_b', net_fen: '12' }] });
    expect(reply.json().entities[0].accounts[1]).toEqual({ account: '1303', name: 'Cash', name_zh: '存款', kind: 'asset', normal: 'debit', debit_fen: '0', credit_fen: '500', net_fen: '-500' });
  });

  it('without a day shows all that is booked', async () => {
    rows = [];
    expect((await get('/v1/operations/trial-balance')).json()).toEqual({ on: null, is_balanced: true, entities: [] });
    expect(asked.at(-1)).toBeUndefined();
  });

  it.each(['on=2026-02-30', 'on=yesterday', 'on=0000-01-01', 'day=2026-10-08'])('refuses ?%s', async (query) => {
    expect((await get(`/v1/operations/trial-balance?${query}`)).statusCode).toBe(400);
  });

  it('is for operators', async () => {
    expect((await get('/v1/operations/trial-balance', 'somebody')).statusCode).toBe(401);
  });
});

describe('GET /v1/operations/ledger/chains/:chain', () => {
  it('shows the entries with amounts as text', async () => {
    const reply = (await get('/v1/operations/ledger/chains/loan_1')).json();
    expect(reply.entries[0]).toMatchObject({ id: 'je_1', chain_seq: 1, previous_digest: null, booked_on: '2026-10-08', digest: digestOf(entryOf()) });
    expect(reply.entries[0].postings[2]).toEqual({ entity: 'webank', account: '1002', net_fen: '-1000000' });
  });

  it('refuses a chain nobody knows', async () => {
    const reply = await get('/v1/operations/ledger/chains/loan_9');
    expect([reply.statusCode, reply.json()]).toMatchObject([404, { code: 'chain_not_found', chain: 'loan_9' }]);
  });
});

describe('GET /v1/operations/ledger/blocks', () => {
  it('exports blocks after a number', async () => {
    const reply = await get('/v1/operations/ledger/blocks?shard=7&after=0&limit=5');
    expect(asked.at(-1)).toEqual({ shard: 7, after: 0, limit: 5 });
    expect(reply.json().blocks[0]).toMatchObject({ shard: 7, number: 1, previous_hash: null, sealed_at: '2026-10-08T00:00:00.000Z', entries: [{ id: 'je_1' }] });
  });

  it.each(['shard=256', 'shard=-1', 'shard=07', 'after=x', 'limit=1001', 'from=1'])('refuses ?%s', async (query) => {
    expect((await get(`/v1/operations/ledger/blocks?${query}`)).statusCode).toBe(400);
  });
});
