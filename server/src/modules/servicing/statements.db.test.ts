import { businessDate } from '@mingdai/loan-math';
import { verifyStatement } from '@mingdai/statement';
import { createPublicKey, verify } from 'node:crypto';
import { canonicalJson } from '@mingdai/loan-math';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { harness, type Harness } from '../../../test/support/servicing.ts';
import { dayOf } from '../../kernel/instant.ts';
import { createHttp, type RouteScope } from '../../platform/http.ts';
import { createLog } from '../../platform/log.ts';
import { createMetrics } from '../../platform/metrics.ts';
import { by, contractOf, DAILY_12 } from './examples.ts';
import { statementRoutes } from './index.ts';

const li = contractOf('li', { terms: DAILY_12 });
let h: Harness;
let http: RouteScope;
beforeEach(async () => {
  h = await harness();
  http = await createHttp({
    clock: { now: h.now, today: () => dayOf(h.now()) }, operatorToken: 'operator-token-0123456789', providerKey: 'provider-key-0123456789',
    sessionOf: async (token) => ({ customerId: token === 'li' ? li.customerId : 'cus_other' }), log: createLog('silent'), metrics: createMetrics(), version: '1.2.3', readiness: {},
  });
  statementRoutes(http, h);
  await http.ready();
});
afterEach(async () => {
  await http.close();
  await h.database.drop();
});

const get = (url: string, token = 'li') => http.inject({ method: 'GET', url, headers: { authorization: `Bearer ${token}` } });
const keys = async () => (await get('/v1/statement-keys')).json().keys as readonly { fingerprint: string; public_key_pem: string; is_current: boolean }[];
const trusted = async () => ({ trustedKeyIds: (await keys()).map(({ fingerprint }) => fingerprint) });

describe('a statement of a loan', () => {
  it('is a file that anybody can recompute, signed by a key that is published', async () => {
    const loan = await h.lend(li);
    h.on('2026-11-08');
    await h.servicing.runDebits(businessDate('2026-11-08'), by('debits', h.now()));
    const reply = await get(`/v1/loans/${loan}/statement`);
    expect(reply.statusCode).toBe(200);
    expect(reply.headers['content-disposition']).toBe(`attachment; filename="mingdai-statement-${loan}-2026-11-08.json"`);
    expect(verifyStatement(reply.payload, await trusted())).toMatchObject({ verdict: 'agrees', problems: [], head: { supersedes: null, loan: { id: loan } } });
    const { signature, ...content } = reply.json();
    const { value, ...members } = signature;
    const [key] = await keys();
    expect(verify(null, Buffer.from(canonicalJson({ ...content, signature: members })), createPublicKey(key!.public_key_pem), Buffer.from(value, 'hex'))).toBe(true);
  });

  it('is handed out again word for word while nothing new is known of that day', async () => {
    const loan = await h.lend(li);
    h.on('2026-11-09');
    const first = await get(`/v1/loans/${loan}/statement?on=2026-11-07`);
    h.on('2026-11-10');
    await h.servicing.closeDay(businessDate('2026-11-09'), by('close', h.now()));
    await h.transfer(loan, { id: 'later', amountFen: 5_000n });
    expect((await get(`/v1/loans/${loan}/statement?on=2026-11-07`)).payload).toBe(first.payload);
  });

  it('names the one it supersedes once a payment that counts from before that day is known; the old one stays as it was', async () => {
    const loan = await h.lend(li);
    h.on('2026-11-12');
    const before = await get(`/v1/loans/${loan}/statement?on=2026-11-10`);
    await h.transfer(loan, { id: 'late', amountFen: 103_997n, valueOn: '2026-11-08' });
    const after = await get(`/v1/loans/${loan}/statement?on=2026-11-10`);
    expect(after.json()).toMatchObject({ supersedes: before.json().id, claimed: { days_past_due: 0 } });
    expect(before.json()).toMatchObject({ supersedes: null, claimed: { days_past_due: 2 } });
    for (const { payload } of [before, after]) expect(verifyStatement(payload, await trusted()).verdict).toBe('agrees');
    expect((await get(`/v1/loans/${loan}/statement?on=2026-11-10`)).payload).toBe(after.payload);
  });

  it('of a day that a debit taken back later had covered shows it as never paid', async () => {
    const loan = await h.lend(li);
    h.on('2026-11-08');
    await h.servicing.runDebits(businessDate('2026-11-08'), by('debits', h.now()));
    const { rows } = await h.database.db.query<{ id: string }>(`select id from payments.payment where kind = 'debit'`);
    h.on('2026-11-11');
    await h.bounce(rows[0]!.id);
    const reply = await get(`/v1/loans/${loan}/statement?on=2026-11-09`);
    expect(reply.json().claimed).toMatchObject({ days_past_due: 1, totals: { principal_paid_fen: '0' } });
    expect(verifyStatement(reply.payload, await trusted())).toMatchObject({ verdict: 'agrees', problems: [] });
  });

  it('is asked for at the same time by two, and both get the same', async () => {
    const loan = await h.lend(li);
    const [one, two] = await Promise.all([get(`/v1/loans/${loan}/statement`), get(`/v1/loans/${loan}/statement`)]);
    expect(one!.statusCode).toBe(200);
    expect(two!.payload).toBe(one!.payload);
  });

  it('of a loan with more events than one lists is refused by name, and issued up to that', async () => {
    const loan = await h.lend(li);
    h.on('2026-11-07');
    const pay = (from: number, to: number): Promise<unknown> => h.database.db.query(
      `insert into servicing.loan_event (shard, loan_id, sequence, id, kind, value_on, booked_at, payload)
       select shard, loan_id, n, 'evt_' || n, 'repayment_received', '2026-10-20', booked_at, '{"amount_fen": "1"}' from servicing.loan_event, generate_series($2::int, $3::int) n where loan_id = $1 and sequence = 1`, [loan, from, to]);
    await pay(2, 1_000);
    const most = await get(`/v1/loans/${loan}/statement`);
    expect(verifyStatement(most.payload, await trusted())).toMatchObject({ verdict: 'agrees', events: { length: 1_000 } });
    await pay(1_001, 1_001);
    expect((await get(`/v1/loans/${loan}/statement`)).json()).toMatchObject({ status: 422, code: 'statement_too_long', loan_id: loan, events: 1_001, most: 1_000 });
    expect((await get(`/v1/loans/${loan}/statement?on=2026-10-19`)).statusCode).toBe(200);
  });

  it("is nobody else's, of no day to come, and of none before the loan began", async () => {
    const loan = await h.lend(li);
    expect((await get(`/v1/loans/${loan}/statement`, 'wang')).json()).toMatchObject({ status: 404, code: 'loan_not_found' });
    expect((await get(`/v1/loans/${loan}/statement?on=2026-10-09`)).json()).toMatchObject({ status: 422, code: 'day_not_reached' });
    expect((await get(`/v1/loans/${loan}/statement?on=2026-10-07`)).json()).toMatchObject({ status: 422, code: 'day_before_disbursement' });
  });
});
