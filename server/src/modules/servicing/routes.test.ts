import { businessDate, fen, positionOn } from '@mingdai/loan-math';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startOf } from '../../kernel/instant.ts';
import { ok, refuse } from '../../kernel/result.ts';
import { clockAt } from '../../platform/clock.ts';
import { createHttp, type RouteScope } from '../../platform/http.ts';
import { createLog } from '../../platform/log.ts';
import { createMetrics } from '../../platform/metrics.ts';
import { contractOf } from './examples.ts';
import { eventWords, installmentWords, movesOf, positionWords, startsOf } from './domain/words.ts';
import type { LoanView, Repayment, Servicing } from './servicing.ts';
import { servicingRoutes } from './routes.ts';

const OPERATOR = 'operator-token-0123456789';
const LOAN = `loan_${'a'.repeat(32)}`;
const contract = contractOf('li');
const day = businessDate;
const asked: unknown[] = [];

function view(): LoanView {
  const events = [
    { id: 'e1', sequence: 1, kind: 'disbursed', valueOn: day('2026-10-08'), bookedAt: 0, amount: fen(1_200_000n) },
    { id: 'e2', sequence: 2, kind: 'repayment_received', valueOn: day('2026-11-08'), bookedAt: 0, amount: fen(103_943n) },
  ] as const;
  const position = positionOn(contract.terms, events, day('2026-11-08'));
  const moves = movesOf(contract.terms, events, position.on);
  return {
    id: LOAN, contract, position, words: positionWords(position),
    installments: position.installments.map((row, index) => ({ ...row, words: installmentWords(contract.terms, row, startsOf(position)[index]!) })),
    events: events.map((event) => ({ event, moved: moves.get(event.id)!, isReversed: false, words: eventWords(event, moves.get(event.id)!) })),
  };
}

const servicing = {
  loan: async (id: string, on: unknown) => {
    asked.push(on);
    return id === LOAN ? ok(view()) : refuse({ code: 'loan_not_found', loanId: id });
  },
  loansOf: async (customerId: string) => (customerId === contract.customerId ? [{ id: LOAN, productCode: 'weilidai', status: 'active', principal: fen(1_200_000n), principalOutstanding: fen(1_103_257n), due: fen(0n), daysPastDue: 0, nextDueOn: day('2026-12-08'), signedAt: contract.signedAt }] : []),
  quoteSettlement: async () => ok({ on: day('2026-11-08'), fee: fen(0n), penalty: fen(0n), interest: fen(1n), principal: fen(2n), reclaimed: fen(0n), total: fen(3n) }),
  repay: async (_id: string, repayment: Repayment) => {
    asked.push(repayment);
    if (repayment.purpose === 'settle') return refuse({ code: 'settlement_amount_differs', amountFen: repayment.amount, settlementFen: 3n, quotedOn: day('2026-11-08') });
    return ok({ paymentId: 'pay_1', status: repayment.amount === 7n ? 'unknown' : 'settled' });
  },
  openItems: async () => [{ kind: 'money_unplaced', id: 'pay_9', reference: '4711', amountFen: 500n, why: 'no_such_loan', tries: 1, openedOn: day('2026-11-01'), ageDays: 7 }],
  closeDay: async () => refuse({ code: 'day_not_reached', askedOn: day('2026-11-09'), todayOn: day('2026-11-08') }),
} as unknown as Servicing;

let http: RouteScope;
beforeAll(async () => {
  http = await createHttp({
    clock: clockAt(startOf(day('2026-11-08'))), operatorToken: OPERATOR, providerKey: 'provider-key-0123456789',
    sessionOf: async (token) => ({ customerId: token === 'li' ? contract.customerId : 'cus_other' }),
    log: createLog('silent'), metrics: createMetrics(), version: '1.2.3', readiness: {},
  });
  servicingRoutes(http, { servicing, ledger: { trialBalance: async () => [], verify: async () => ({ ok: true, entries: 0, sealed: 0, unsealed: 0, blocks: 0 }) } });
  await http.ready();
});
afterAll(() => http.close());

const get = (url: string, token = 'li') => http.inject({ method: 'GET', url, headers: { authorization: `Bearer ${token}` } });
const post = (url: string, payload: object, token = 'li') =>
  http.inject({ method: 'POST', url, payload, headers: { authorization: `Bearer ${token}`, 'idempotency-key': 'k1' } });

describe('GET /v1/loans/:id', () => {
  it('says where the loan stands and what each fen is, in both languages', async () => {
    const reply = await get(`/v1/loans/${LOAN}?on=2026-11-08`);
    expect(reply.statusCode).toBe(200);
    expect(asked.at(-1)).toBe(day('2026-11-08'));
    const loan = reply.json();
    expect(loan).toMatchObject({ status: 'active', principal_outstanding_fen: '1103257', due: { total_fen: '0' }, bucket: 'current' });
    expect(loan.installments[0]).toMatchObject({ number: 1, total_fen: '103943', status: 'paid', paid_on: '2026-11-08' });
    expect(loan.installments[0].words.en).toBe('Installment 1, due 2026-11-08: 1039.43 yuan = 967.43 principal + 72.00 interest. Interest: 7.2 % a year for 31 days on at most 12000.00 yuan.');
    expect(loan.events[1]).toMatchObject({ kind: 'repayment_received', moved: { principal_paid: '96743', interest_paid: '7200', received: '103943' } });
    expect(loan.events[1].words).toEqual({ en: '2026-11-08: 1039.43 yuan received = 72.00 interest + 967.43 principal.', zh: '2026-11-08 收到还款 1039.43 元：利息 72.00 元＋本金 967.43 元。' });
  });

  it("does not show somebody else's loan, nor say that it exists", async () => {
    for (const url of [`/v1/loans/${LOAN}`, `/v1/loans/${LOAN}/settlement-quote`]) {
      const reply = await get(url, 'somebody');
      expect([reply.statusCode, reply.json().code]).toEqual([404, 'loan_not_found']);
    }
    expect((await get(`/v1/loans/loan_${'0'.repeat(32)}`)).json()).toMatchObject({ code: 'loan_not_found' });
    expect((await get('/v1/loans/nonsense')).json()).toMatchObject({ code: 'malformed_request' });
    expect((await get('/v1/loans', 'somebody')).json()).toEqual({ loans: [] });
  });
});

describe('POST /v1/loans/:id/repayments', () => {
  it('answers 201 when the bank said yes or no, 202 while it is being asked', async () => {
    expect((await post(`/v1/loans/${LOAN}/repayments`, { purpose: 'due', amount_fen: '103943' })).statusCode).toBe(201);
    const open = await post(`/v1/loans/${LOAN}/repayments`, { purpose: 'due', amount_fen: '7' });
    expect([open.statusCode, open.json()]).toEqual([202, { payment_id: 'pay_1', status: 'unknown' }]);
  });

  it('refuses by name, with the amount that would have been right', async () => {
    const reply = await post(`/v1/loans/${LOAN}/repayments`, { purpose: 'settle', amount_fen: '4' });
    expect(reply.statusCode).toBe(409);
    expect(reply.json()).toMatchObject({ code: 'settlement_amount_differs', amount_fen: '4', settlement_fen: '3', quoted_on: '2026-11-08' });
  });

  it.each([
    [{ purpose: 'due', amount_fen: '12.5' }], [{ purpose: 'due', amount_fen: 100 }], [{ purpose: 'due', amount_fen: '-1' }], [{ purpose: 'due', amount_fen: `1${'0'.repeat(30)}` }],
    [{ purpose: 'gift', amount_fen: '1' }], [{ purpose: 'due', amount_fen: '1', extra: true }], [{ amount_fen: '1' }],
  ])('finds %j malformed, and asks nobody', async (body) => {
    const before = asked.length;
    expect((await post(`/v1/loans/${LOAN}/repayments`, body)).json()).toMatchObject({ code: 'malformed_request', status: 400 });
    expect(asked).toHaveLength(before);
  });
});

describe('POST /v1/operations/day-closes', () => {
  it('is for operators, and refuses a day that has not come', async () => {
    expect((await post('/v1/operations/day-closes', { through: '2026-11-09' })).statusCode).toBe(403);
    const reply = await post('/v1/operations/day-closes', { through: '2026-11-09' }, OPERATOR);
    expect([reply.statusCode, reply.json()]).toMatchObject([422, { code: 'day_not_reached', asked_on: '2026-11-09', today_on: '2026-11-08' }]);
    expect((await post('/v1/operations/day-closes', { through: '2026-02-30' }, OPERATOR)).json()).toMatchObject({ code: 'malformed_request' });
  });
});

describe('GET /v1/operations/open-items', () => {
  it('shows an operator what waits, why and how long', async () => {
    expect((await get('/v1/operations/open-items')).statusCode).toBe(403);
    expect((await get('/v1/operations/open-items', OPERATOR)).json()).toEqual({
      items: [{ kind: 'money_unplaced', payment_id: 'pay_9', reference: '4711', amount_fen: '500', why: 'no_such_loan', tries: 1, opened_on: '2026-11-01', age_days: 7 }],
    });
  });
});
