import { decisionReply } from '@mingdai/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { By } from '../../kernel/actor.ts';
import { instant } from '../../kernel/instant.ts';
import { ok, refuse } from '../../kernel/result.ts';
import { clockAt } from '../../platform/clock.ts';
import { createHttp, type RouteScope } from '../../platform/http.ts';
import { createLog } from '../../platform/log.ts';
import { createMetrics } from '../../platform/metrics.ts';
import { decide } from './domain/decide.ts';
import type { Decision } from './domain/decision.ts';
import { sampleEvidence, sampleFacts, type SampleChanges } from './domain/sample-evidence.ts';
import { loadStrategy } from './domain/strategy.ts';
import { decisioningRoutes, weilidaiStrategy, type Decisioning } from './index.ts';

const AT = instant(Date.UTC(2026, 9, 8, 1));
const loaded = loadStrategy(weilidaiStrategy, 240_000n);
if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
const strategy = loaded.value;
const decided = (id: string, changes: SampleChanges = {}): Decision => decide(sampleEvidence(changes), sampleFacts, { id, decidedAt: AT, strategy });
const kept = new Map([decided('dec_yes'), decided('dec_no', { bureau: { enquiries_12m: 12 } })].map((decision) => [decision.id, decision]));
const invited: (readonly string[])[] = [];
const decisioning = {
  findOf: async (customerId: string, id: string) => { const decision = kept.get(id); return decision?.customerId === customerId ? decision : null; },
  invite: async (hashes: readonly string[], by: By) => {
    if (by.key.endsWith('/used')) return refuse({ code: 'idempotency_key_reused', command: 'decisioning.invite', key: by.key } as const);
    invited.push(hashes);
    return ok({ invited: hashes.length, already: 0 });
  },
} as Partial<Decisioning> as Decisioning;

let http: RouteScope;
beforeAll(async () => {
  http = await createHttp({
    clock: clockAt(AT), operatorToken: 'operator-token-0123456789', providerKey: 'provider-key-0123456789', log: createLog('silent'), metrics: createMetrics(), version: '0', readiness: {},
    sessionOf: async (token) => ({ 'session-1': { customerId: 'cus_1' }, 'session-2': { customerId: 'cus_2' } })[token] ?? null,
  });
  decisioningRoutes(http, decisioning);
  await http.ready();
});
afterAll(() => http.close());

const get = (url: string, token?: string) => http.inject({ method: 'GET', url, ...(token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } }) });
const post = (payload: unknown, token: string, key?: string) =>
  http.inject({ method: 'POST', url: '/v1/operations/invitations', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...(key === undefined ? {} : { 'idempotency-key': key }) }, payload: JSON.stringify(payload) });
const HASH = 'a'.repeat(64);

describe('reading a decision', () => {
  it('shows its borrower the verdict, why this price, the whole range, and every rule', async () => {
    const reply = await get('/v1/decisions/dec_yes', 'session-1');
    expect(reply.statusCode).toBe(200);
    const body = decisionReply.parse(reply.json());
    expect(body).toMatchObject({ outcome: 'approve', limit_fen: '7500000', price_ppm: '81000', price: { range: { min_ppm: '72000', max_ppm: '180000' } } });
    expect(body.rules.map(({ rule }) => rule)).toContain('many_enquiries');
  });

  it('shows why it was declined, with the figure and the bound', async () => {
    const { reasons } = decisionReply.parse((await get('/v1/decisions/dec_no', 'session-1')).json());
    expect(reasons).toMatchObject([{ code: 'many_enquiries', kind: 'rule', value: '12', bound: '>= 10', sentence: { en: expect.stringContaining('12 times') } }]);
  });

  it('says the same of one that is another\'s and one that is not there', async () => {
    const [others, none] = [await get('/v1/decisions/dec_yes', 'session-2'), await get('/v1/decisions/dec_nil', 'session-2')];
    expect([others.statusCode, none.statusCode]).toEqual([404, 404]);
    expect(others.json().code).toBe('decision_not_found');
    expect({ ...others.json(), id: '', instance: '' }).toEqual({ ...none.json(), id: '', instance: '' });
  });

  it('is named by a plain id', async () => expect((await get('/v1/decisions/%00', 'session-1')).json().code).toBe('malformed_request'));

  it('needs a session', async () => expect((await get('/v1/decisions/dec_yes')).statusCode).toBe(401));
});

describe('inviting', () => {
  it('is the operator\'s, with a key', async () => {
    expect((await post({ id_numbers_sha256: [HASH] }, 'session-1', 'k')).statusCode).toBe(403);
    expect((await post({ id_numbers_sha256: [HASH] }, 'operator-token-0123456789')).json().code).toBe('idempotency_key_missing');
    const reply = await post({ id_numbers_sha256: [HASH] }, 'operator-token-0123456789', 'k');
    expect([reply.statusCode, reply.json()]).toEqual([201, { invited: 1, already: 0 }]);
  });

  it('under a key that was used for others is refused by name', async () => {
    const reply = await post({ id_numbers_sha256: [HASH] }, 'operator-token-0123456789', 'used');
    expect([reply.statusCode, reply.json().code]).toEqual([422, 'idempotency_key_reused']);
  });

  it.each([
    ['an ID number itself', { id_numbers_sha256: ['990000197001010001'] }], ['upper-case hex', { id_numbers_sha256: [HASH.toUpperCase()] }], ['nobody', { id_numbers_sha256: [] }],
    ['too many', { id_numbers_sha256: Array.from({ length: 3_001 }, () => HASH) }], ['an unknown field', { id_numbers_sha256: [HASH], note: 'x' }], ['no list', { id_numbers_sha256: HASH }],
  ])('refuses %s, and nothing is changed', async (_what, body) => {
    const before = invited.length;
    const reply = await post(body, 'operator-token-0123456789', 'k2');
    expect([reply.statusCode, reply.json().code]).toEqual([400, 'malformed_request']);
    expect(invited.length).toBe(before);
  });
});
