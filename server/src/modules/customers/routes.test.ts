import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { instant } from '../../kernel/instant.ts';
import { ok, refuse } from '../../kernel/result.ts';
import { clockAt } from '../../platform/clock.ts';
import { createHttp, type RouteScope } from '../../platform/http.ts';
import { createLog } from '../../platform/log.ts';
import { createMetrics } from '../../platform/metrics.ts';
import { customersRoutes, type Consent, type Customers } from './index.ts';

const at = instant(Date.UTC(2026, 9, 8, 1));
const consent: Consent = { id: 'con_1', customerId: 'cus_li', purpose: 'bureau_query', recipient: 'bureau', textVersion: 1, text: '…', givenAt: at, withdrawnAt: null };
const presented = { consent_id: 'con_1', purpose: 'bureau_query', recipient: 'bureau', text_version: 1, text: '…', given_at: '2026-10-08T01:00:00.000Z', withdrawn_at: null };

describe("the customers' routes", () => {
  let http: RouteScope;
  const asked: unknown[] = [];
  let signIn: Awaited<ReturnType<Customers['signIn']>>;
  beforeAll(async () => {
    http = await createHttp({
      clock: clockAt(at), operatorToken: 'operator-token-0123456789', providerKey: 'provider-key-0123456789',
      sessionOf: async (token) => (token === 'ses_li' ? { customerId: 'cus_li' } : null), log: createLog('silent'), metrics: createMetrics(), readiness: {}, version: '0',
    });
    const customers = {
      signIn: async (code: string) => { asked.push(code); return signIn; },
      giveConsent: async (id: string, given: unknown) => { asked.push([id, given]); return ok(consent); },
      withdrawConsent: async (id: string, consentId: string) => (consentId === 'con_1' && id === 'cus_li' ? ok({ ...consent, withdrawnAt: at }) : refuse({ code: 'consent_not_found' })),
      me: async (id: string) => ({ customerId: id, isRegistered: true, name: '李**', idNumber: '9****************7', phone: '138****1234', card: '0128', consents: [consent] }),
    } as unknown as Customers;
    customersRoutes(http, customers);
    await http.ready();
  });
  afterAll(() => http.close());
  beforeEach(() => {
    asked.length = 0;
    signIn = ok({ customerId: 'cus_li', token: 'ses_li', expiresAt: at });
  });

  const call = (method: 'GET' | 'POST' | 'DELETE', url: string, body?: object, token = 'ses_li') =>
    http.inject({ method, url, headers: { authorization: `Bearer ${token}`, ...(method === 'POST' ? { 'idempotency-key': 'k1' } : {}) }, ...(body === undefined ? {} : { payload: body }) });

  it('a login code brings a session', async () => {
    const reply = await call('POST', '/v1/sessions', { wechat_code: 'code-1' });
    expect([reply.statusCode, reply.json()]).toEqual([201, { customer_id: 'cus_li', token: 'ses_li', expires_at: '2026-10-08T01:00:00.000Z' }]);
    expect(asked).toEqual(['code-1']);
  });

  it.each([
    [{ code: 'login_code_refused', reason: 'code_used' }, 401],
    [{ code: 'login_unavailable' }, 503],
  ] as const)('a login that fails as %o is a problem', async (error, status) => {
    signIn = refuse(error as { code: 'login_unavailable' });
    const reply = await call('POST', '/v1/sessions', { wechat_code: 'code-1' });
    expect([reply.statusCode, reply.json().code]).toEqual([status, error.code]);
  });

  it.each([{}, { wechat_code: 5 }, { wechat_code: '' }, { wechat_code: 'c', extra: 1 }])('does not understand a login of %o', async (body) => {
    expect((await call('POST', '/v1/sessions', body)).statusCode).toBe(400);
    expect(asked).toEqual([]);
  });

  it('shows who is signed in, masked, and nothing to anybody else', async () => {
    expect((await call('GET', '/v1/me')).json()).toEqual({
      customer_id: 'cus_li', is_registered: true, name: '李**', id_number: '9****************7', phone: '138****1234', card: '0128', consents: [presented],
    });
    expect((await call('GET', '/v1/me', undefined, 'ses_forged')).statusCode).toBe(401);
  });

  it('a consent is read first, then given, for one purpose and recipient', async () => {
    const text = await call('GET', `/v1/consent-texts?purpose=bureau_query&recipient=${encodeURIComponent('百行征信')}`);
    expect(text.json()).toMatchObject({ purpose: 'bureau_query', recipient: '百行征信', text_version: 1, text: expect.stringContaining('「百行征信」') });
    const given = await call('POST', '/v1/consents', { purpose: 'bureau_query', recipient: 'bureau', text_version: 1 });
    expect([given.statusCode, given.json()]).toEqual([201, presented]);
    expect(asked).toEqual([['cus_li', { purpose: 'bureau_query', recipient: 'bureau', textVersion: 1 }]]);
  });

  it.each([{ purpose: 'everything', recipient: 'all' }, { purpose: 'bureau_query' }, { purpose: 'bureau_query', recipient: '' }, { purpose: ['bureau_query', 'funder_share'], recipient: 'x' }])('does not take a consent like %o', async (body) => {
    expect((await call('POST', '/v1/consents', body)).statusCode).toBe(400);
  });

  it('is withdrawn with one call (DATA-010); another’s is not found', async () => {
    expect((await call('DELETE', '/v1/consents/con_1')).json()).toEqual({ ...presented, withdrawn_at: '2026-10-08T01:00:00.000Z' });
    const reply = await call('DELETE', '/v1/consents/con_2');
    expect([reply.statusCode, reply.json().code]).toEqual([404, 'consent_not_found']);
  });
});
