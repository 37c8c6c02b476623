import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { instant } from '../../kernel/instant.ts';
import { clockAt } from '../../platform/clock.ts';
import { createHttp, type RouteScope } from '../../platform/http.ts';
import { createLog } from '../../platform/log.ts';
import { createMetrics } from '../../platform/metrics.ts';
import { sign } from '../../platform/secrets.ts';
import { paymentsRoutes, type BankCallback, type Payments } from './index.ts';

const KEY = 'provider-key-0123456789';
const news = { kind: 'payout', order_id: 'pay_1', status: 'paid', value_on: '2026-10-08', amount_fen: '1200000' };

describe('POST /v1/callbacks/bank', () => {
  let http: RouteScope;
  const received: BankCallback[] = [];
  let answer: Awaited<ReturnType<Payments['receiveCallback']>>;
  beforeAll(async () => {
    http = await createHttp({
      clock: clockAt(instant(Date.UTC(2026, 9, 8, 1))), operatorToken: 'operator-token-0123456789', providerKey: KEY, sessionOf: async () => null,
      log: createLog('silent'), metrics: createMetrics(), readiness: {}, version: '0',
    });
    const payments = { receiveCallback: async (body: BankCallback) => { received.push(body); return answer; } } as unknown as Payments;
    paymentsRoutes(http, payments);
    await http.ready();
  });
  afterAll(() => http.close());
  beforeEach(() => {
    received.length = 0;
    answer = { ok: true, value: { paymentId: 'pay_1', status: 'settled' } };
  });

  const post = (body: unknown, key = KEY) => {
    const payload = JSON.stringify(body);
    return http.inject({ method: 'POST', url: '/v1/callbacks/bank', payload, headers: { 'content-type': 'application/json', 'x-signature': sign(key, payload) } });
  };

  it('takes signed news', async () => {
    const reply = await post(news);
    expect([reply.statusCode, reply.json()]).toEqual([200, { payment_id: 'pay_1', status: 'settled' }]);
    expect(received).toEqual([news]);
  });

  it('turns away what is not signed with the key, and looks no further', async () => {
    expect((await post(news, 'another-key')).statusCode).toBe(401);
    expect(received).toEqual([]);
  });

  it.each([
    ['an amount as a number', { ...news, amount_fen: 1_200_000 }],
    ['an amount of 0', { ...news, amount_fen: '0' }],
    ['a negative amount', { ...news, amount_fen: '-5' }],
    ['1.5 fen', { ...news, amount_fen: '1.5' }],
    ['10^30 fen', { ...news, amount_fen: `1${'0'.repeat(30)}` }],
    ['a day that does not exist', { ...news, value_on: '2026-02-30' }],
    ['a day of the year 0', { ...news, value_on: '0000-01-01' }],
    ['an order with a null character', { ...news, order_id: 'pay\u0000' }],
    ['a reference with a null character', { ...news, kind: 'transfer_in', reference: 'loan\u0000' }],
    ['a kind that does not exist', { ...news, kind: 'refund' }],
    ['a payout that is returned', { ...news, status: 'returned' }],
    ['a transfer without a reference', { ...news, kind: 'transfer_in' }],
    ['a member nobody knows', { ...news, card_number: '6222' }],
    ['no order', { ...news, order_id: undefined }],
  ])('does not understand %s', async (_, body) => {
    const reply = await post(body);
    expect([reply.statusCode, reply.json().code]).toEqual([400, 'malformed_request']);
    expect(received).toEqual([]);
  });

  it.each([
    [{ code: 'callback_for_unknown_payment', orderId: 'pay_1' }, 404],
    [{ code: 'callback_amount_mismatch', orderId: 'pay_1', orderedFen: 1n, reportedFen: 2n }, 422],
    [{ code: 'payment_not_settled', paymentId: 'pay_1', status: 'unknown' }, 409],
    [{ code: 'payment_already_final', paymentId: 'pay_1', status: 'settled' }, 422],
  ] as const)('answers %o as a problem', async (error, status) => {
    answer = { ok: false, error };
    const reply = await post(news);
    expect([reply.statusCode, reply.json().code, reply.headers['content-type']]).toEqual([status, error.code, 'application/problem+json; charset=utf-8']);
  });
});
