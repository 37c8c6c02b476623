import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { succeeded } from '../../src/demo/api-client.ts';
import { OPERATOR_TOKEN as OPERATOR, PROVIDER_KEY, type World } from '../../src/demo/world.ts';
import { faultsOfBooks } from './books.ts';
import { castMember, readyToSign, setBalance, settleCast, takeLoan, testWorld, visitor, type Visitor } from './cast.ts';

// What is wrong is refused by a stable name, and nothing is changed: the state is read before and after each refusal.
const WISH = { amountFen: 1_200_000n, months: 12, method: 'level_installment' } as const;

let world: World;
/** `li` has a loan, `wang` a confirmed offer, `zhao` an offer whose sheet was never opened, `sun` a settled loan; `new` only consents. */
const cast = {} as Record<'li' | 'wang' | 'zhao' | 'sun' | 'newcomer', Visitor>;
const held = {} as Record<'loan' | 'signed' | 'signedSheet' | 'confirmed' | 'confirmedSheet' | 'offered' | 'offeredSheet' | 'settled' | 'payout', string>;

beforeAll(async () => {
  world = await testWorld('2026-10-08T01:00:00Z');
  await settleCast(world, Array.from({ length: 5 }, (_, index) => castMember(index)));
  for (const [index, name] of (['li', 'wang', 'zhao', 'sun', 'newcomer'] as const).entries()) {
    cast[name] = await visitor(world, castMember(index), 'day1');
    await cast[name].consent();
  }
  const li = await takeLoan(world, cast.li, WISH);
  await setBalance(world, cast.li.who, 10_000_000n);
  const sun = await takeLoan(world, cast.sun, WISH);
  await setBalance(world, cast.sun.who, 1_200_000n);
  succeeded('settlement', await cast.sun.api.post(`/v1/loans/${sun.loanId}/repayments`, { purpose: 'settle', amount_fen: '1200000' }, 'settle'));
  const wang = String(succeeded('application', await cast.wang.apply(WISH))['id']);
  const zhao = String(succeeded('application', await cast.zhao.apply(WISH))['id']);
  succeeded('identity', await cast.zhao.identify(zhao));
  const statement = succeeded('statement', await world.askProvider('/bank/statement?from=2026-10-08&to=2026-10-08')) as unknown as { lines: readonly { kind: string; order_id: string }[] };
  Object.assign(held, {
    loan: li.loanId, signed: li.applicationId, signedSheet: li.sheetHash, settled: sun.loanId, confirmed: wang, confirmedSheet: await readyToSign(cast.wang, wang),
    offered: zhao, offeredSheet: 'f'.repeat(64), payout: statement.lines.find(({ kind }) => kind === 'payout')!.order_id,
  });
});
afterAll(() => world.close());

/** All that anybody can see: the portfolio, every balance, the payments, each person's applications and loans, and what the bank did. */
async function fingerprint(): Promise<unknown> {
  const { operator } = world;
  const paths = ['/v1/operations/report', '/v1/operations/trial-balance', '/v1/operations/payments-book?from=2026-01-01&to=2027-12-31', '/v1/operations/funders', '/v1/operations/clock'];
  const seen = await Promise.all(paths.map((path) => operator.get(path)));
  const persons = await Promise.all(Object.values(cast).flatMap(({ api }) => ['/v1/applications', '/v1/loans', '/v1/me'].map((path) => api.get(path))));
  const loans = await Promise.all([cast.li.api.get(`/v1/loans/${held.loan}/record`), cast.sun.api.get(`/v1/loans/${held.settled}/record`)]);
  const { counts } = (await world.sandbox.get('/control/calls?limit=1')).body as { counts: Record<string, number> };
  return { seen, persons, loans, orders: [counts['bank.payouts'], counts['bank.debits'], counts['bureau.reports'], counts['identity.checks'], counts['funders.decisions']] };
}

type Ask = { readonly method?: 'POST' | 'PUT' | 'GET' | 'DELETE'; readonly path: string; readonly body?: unknown; readonly raw?: string; readonly token?: string; readonly headers?: Record<string, string> };
type Problem = { readonly status: number; readonly type: string | null; readonly body: Record<string, unknown> };

let keys = 0;
async function ask({ method = 'POST', path, body, raw, token, headers = {} }: Ask): Promise<Problem> {
  const reply = await fetch(`${world.serverUrl}${path}`, {
    method, ...(method === 'GET' ? {} : { body: raw ?? JSON.stringify(body) }),
    headers: { 'content-type': 'application/json', ...(method === 'POST' ? { 'idempotency-key': `bad-${keys++}` } : {}), ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...headers },
  });
  return { status: reply.status, type: reply.headers.get('content-type'), body: (await reply.json()) as Record<string, unknown> };
}

/** A problem with this status and code, of the fixed shape, after which nothing is other than before. */
async function refused(request: Ask, status: number, code: string): Promise<Record<string, unknown>> {
  const before = await fingerprint();
  const answer = await ask(request);
  expect(answer).toMatchObject({ status, body: { status, code, type: `urn:mingdai:problem:${code}`, instance: expect.stringMatching(/^urn:mingdai:request:req_/) } });
  expect(answer.type).toContain('application/problem+json');
  expect(await fingerprint()).toEqual(before);
  return answer.body;
}

const tokenOf = new Map<Visitor, string>();
/** Each person signs in once more for a token that this file may send by itself. */
async function token(someone: Visitor): Promise<string> {
  const known = tokenOf.get(someone);
  if (known !== undefined) return known;
  const reply = succeeded('sign in', await world.api.post('/v1/sessions', { wechat_code: `code-${someone.who.openid}-raw` }, `raw/${someone.who.openid}`));
  tokenOf.set(someone, String(reply['token']));
  return String(reply['token']);
}

const applicationOf = ({ who }: Visitor, changes: Record<string, unknown> = {}) => ({
  product_code: 'weilidai', amount_fen: '1200000', months: 12, method: 'level_installment', purpose: 'travel', declared: { is_student: false },
  applicant: { name: who.name, id_number: who.idNumber, phone: who.phone }, ...changes,
});

describe('an amount that is none', () => {
  const shapeless = ['-100', '1.5', '1e6', '1000000000000000000000000000000', '', ' 1200000', '０', '0x10', '01200000', 1_200_000, 1.5, null, ['1200000'], { fen: '1200000' }, true];

  it.each(shapeless)('%j is malformed in an application, a quote and a repayment', async (amount) => {
    const [newcomer, li] = [await token(cast.newcomer), await token(cast.li)];
    const application = await refused({ path: '/v1/applications', body: applicationOf(cast.newcomer, { amount_fen: amount }), token: newcomer }, 400, 'malformed_request');
    expect(application['errors']).toMatchObject([{ path: 'body/amount_fen' }]);
    await refused({ path: '/v1/quotes', body: { product_code: 'weilidai', amount_fen: amount, months: 12, method: 'level_installment' } }, 400, 'malformed_request');
    await refused({ path: `/v1/loans/${held.loan}/repayments`, body: { purpose: 'due', amount_fen: amount }, token: li }, 400, 'malformed_request');
  });

  it.each(['0', '49999', '20000100', '50050', '999999999999999'])('%s fen is outside what the product lends', async (amount) => {
    await refused({ path: '/v1/applications', body: applicationOf(cast.newcomer, { amount_fen: amount }), token: await token(cast.newcomer) }, 422, 'amount_outside_product');
  });

  it('nothing at all cannot be repaid', async () => {
    await refused({ path: `/v1/loans/${held.loan}/repayments`, body: { purpose: 'due', amount_fen: '0' }, token: await token(cast.li) }, 422, 'amount_not_positive');
  });

  it('a settlement is exactly what was quoted', async () => {
    await refused({ path: `/v1/loans/${held.loan}/repayments`, body: { purpose: 'settle', amount_fen: '999999999999999' }, token: await token(cast.li) }, 409, 'settlement_amount_differs');
  });
});

const withWrongEnd = (idNumber: string): string => idNumber.slice(0, 17) + (idNumber.endsWith('0') ? '1' : '0');

describe('a request of the wrong shape', () => {
  it.each<[string, Record<string, unknown>]>([
    ['months as text', { months: '12' }], ['half a month', { months: 12.5 }], ['an unknown method', { method: 'balloon' }], ['a purpose that is no code', { purpose: 'To Travel!' }],
    ['a student who is perhaps one', { declared: { is_student: 'no' } }], ['an unknown member', { coupon: 'x' }], ['an unknown member deep inside', { applicant: { name: '李', id_number: '1', phone: '1', vip: true } }],
    ['no applicant', { applicant: undefined }], ['a name with a line break', { applicant: { name: '李\n四', id_number: '1', phone: '1' } }],
  ])('%s is malformed', async (_, changes) => {
    await refused({ path: '/v1/applications', body: applicationOf(cast.newcomer, changes), token: await token(cast.newcomer) }, 400, 'malformed_request');
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['a term nobody sells', { months: 7 }, 'term_outside_product'], ['a method this product has not', { method: 'any_time' }, 'method_not_offered'], ['an unknown product', { product_code: 'jiebei' }, 'product_not_found'],
    ['a forbidden purpose', { purpose: 'stocks' }, 'purpose_forbidden'],
    ['an ID number whose check character is wrong', { applicant: { name: '李一', id_number: withWrongEnd(castMember(4).idNumber), phone: '13800000004' } }, 'id_number_malformed'],
    ['a phone number that is none', { applicant: { name: '李一', id_number: castMember(4).idNumber, phone: '12' } }, 'phone_malformed'],
  ])('%s is refused by its name', async (_, changes, code) => {
    const status = code === 'product_not_found' ? 404 : 422;
    await refused({ path: '/v1/applications', body: applicationOf(cast.newcomer, changes), token: await token(cast.newcomer) }, status, code);
  });

  it.each<[string, string, number, string]>([
    ['no JSON', '{"product_code":', 400, 'malformed_request'], ['an empty body', '', 400, 'malformed_request'], ['a list', '[]', 400, 'malformed_request'], ['a poisoned prototype', '{"__proto__":{"x":1}}', 400, 'malformed_request'],
    ['too much', JSON.stringify({ product_code: 'x'.repeat(300_000) }), 413, 'body_too_large'],
  ])('%s', async (_, raw, status, code) => {
    await refused({ path: '/v1/applications', raw, token: await token(cast.newcomer) }, status, code);
  });

  it('a form is no JSON', async () => {
    await refused({ path: '/v1/applications', raw: 'a=1', token: await token(cast.newcomer), headers: { 'content-type': 'application/x-www-form-urlencoded' } }, 415, 'media_type_not_supported');
  });

  it('an address that leads nowhere', async () => {
    await refused({ method: 'GET', path: '/v1/loans/loan_1', token: await token(cast.li) }, 400, 'malformed_request');
    await refused({ path: '/v1/loan', body: {} }, 404, 'route_not_found');
  });
});

describe('a day that is none, or comes at the wrong time', () => {
  it.each(['2026-02-30', '2026-13-01', '2026-10-8', '20261008', 'tomorrow', '0000-01-01', '2026-10-08T00:00:00Z'])('%s is no day', async (day) => {
    const li = await token(cast.li);
    await refused({ method: 'GET', path: `/v1/loans/${held.loan}?on=${day}`, token: li }, 400, 'malformed_request');
    await refused({ path: '/v1/operations/day-closes', body: { through: day }, token: OPERATOR }, 400, 'malformed_request');
    await refused({ path: '/v1/operations/debit-runs', body: { on: day }, token: OPERATOR }, 400, 'malformed_request');
  });

  it('a day that has not come cannot be closed, and its debits cannot go out', async () => {
    await refused({ path: '/v1/operations/day-closes', body: { through: '2026-10-09' }, token: OPERATOR }, 422, 'day_not_reached');
    await refused({ path: '/v1/operations/debit-runs', body: { on: '2026-10-09' }, token: OPERATOR }, 422, 'day_not_reached');
  });

  it('there is nothing to settle before the loan began', async () => {
    await refused({ method: 'GET', path: `/v1/loans/${held.loan}/settlement-quote?on=2026-10-07`, token: await token(cast.li) }, 422, 'day_before_disbursement');
  });

  it('the clock does not go back', async () => {
    await refused({ method: 'PUT', path: '/v1/operations/clock', body: { at: '2026-10-07T01:00:00Z' }, token: OPERATOR }, 409, 'clock_backwards');
    await refused({ method: 'PUT', path: '/v1/operations/clock', body: { at: 'noon' }, token: OPERATOR }, 400, 'malformed_request');
  });
});

describe('the same thing again, or in the wrong order', () => {
  it('a second application is refused while the first is open', async () => {
    const body = await refused({ path: '/v1/applications', body: applicationOf(cast.wang), token: await token(cast.wang) }, 409, 'application_already_open');
    expect(body['application_id']).toBe(held.confirmed);
  });

  it('a settled loan takes no repayment and quotes no settlement', async () => {
    const sun = await token(cast.sun);
    for (const purpose of ['due', 'settle', 'prepay']) await refused({ path: `/v1/loans/${held.settled}/repayments`, body: { purpose, amount_fen: '100' }, token: sun }, 409, 'loan_closed');
    const closed = await refused({ method: 'GET', path: `/v1/loans/${held.settled}/settlement-quote`, token: sun }, 409, 'loan_closed');
    expect(closed).toMatchObject({ current_status: 'settled', loan_id: held.settled });
  });

  it('a contract is not signed twice, nor withdrawn from, nor identified again', async () => {
    const li = await token(cast.li);
    const path = `/v1/applications/${held.signed}`;
    await refused({ path: `${path}/signature`, body: { sheet_hash: held.signedSheet, intent: 'I_AGREE' }, token: li }, 409, 'application_closed');
    await refused({ path: `${path}/withdrawal`, body: {}, token: li }, 409, 'application_closed');
    await refused({ path: `${path}/identity`, body: { card_number: cast.li.who.cardNumber, face_ticket: cast.li.who.faceTicket }, token: li }, 409, 'application_closed');
    await refused({ path: `${path}/cost-sheet/openings`, body: {}, token: li }, 409, 'application_closed');
  });

  it('the same key with another body is refused, whatever the body', async () => {
    const li = await token(cast.li);
    const repay = (amount: string) => ({ path: `/v1/loans/${held.loan}/repayments`, body: { purpose: 'prepay', amount_fen: amount }, token: li, headers: { 'idempotency-key': 'once' } });
    expect(await ask(repay('10000'))).toMatchObject({ status: 201, body: { status: 'settled' } });
    await refused(repay('10001'), 422, 'idempotency_key_reused');
    await refused({ ...repay('10000'), path: `/v1/loans/${held.settled}/repayments` }, 404, 'loan_not_found');
    const before = await fingerprint();
    expect(await ask(repay('10000')), 'the same again is the same answer').toMatchObject({ status: 201, body: { status: 'settled' } });
    expect(await fingerprint()).toEqual(before);
  });

  it('a request that changes something names its key', async () => {
    const li = await token(cast.li);
    const path = `/v1/loans/${held.loan}/repayments`;
    await refused({ path, body: { purpose: 'due', amount_fen: '100' }, token: li, headers: { 'idempotency-key': 'with a space' } }, 400, 'idempotency_key_malformed');
    const before = await fingerprint();
    const reply = await fetch(`${world.serverUrl}${path}`, { method: 'POST', body: JSON.stringify({ purpose: 'due', amount_fen: '100' }), headers: { 'content-type': 'application/json', authorization: `Bearer ${li}` } });
    expect([reply.status, ((await reply.json()) as { code: string }).code]).toEqual([400, 'idempotency_key_missing']);
    expect(await fingerprint()).toEqual(before);
  });
});

describe('signing what was not read', () => {
  const sign = (hash: string) => ({ sheet_hash: hash, intent: 'I_AGREE' });

  it('is refused when the sheet was not opened, and confirming it too', async () => {
    const zhao = await token(cast.zhao);
    const differs = await refused({ path: `/v1/applications/${held.offered}/signature`, body: sign(held.offeredSheet), token: zhao }, 409, 'cost_sheet_differs');
    const hash = String(differs['offered_sheet_hash']);
    await refused({ path: `/v1/applications/${held.offered}/signature`, body: sign(hash), token: zhao }, 409, 'cost_sheet_not_opened');
    await refused({ path: `/v1/applications/${held.offered}/cost-sheet/confirmations`, body: { sheet_hash: hash }, token: zhao }, 409, 'cost_sheet_not_opened');
    succeeded('opening', await cast.zhao.open(held.offered));
    await refused({ path: `/v1/applications/${held.offered}/signature`, body: sign(hash), token: zhao }, 409, 'cost_sheet_not_confirmed');
  });

  it('is refused for another sheet than the confirmed one, and without the word of agreement', async () => {
    const wang = await token(cast.wang);
    await refused({ path: `/v1/applications/${held.confirmed}/cost-sheet/confirmations`, body: { sheet_hash: 'a'.repeat(64) }, token: wang }, 409, 'cost_sheet_differs');
    await refused({ path: `/v1/applications/${held.confirmed}/signature`, body: sign('a'.repeat(64)), token: wang }, 409, 'cost_sheet_differs');
    await refused({ path: `/v1/applications/${held.confirmed}/signature`, body: sign(held.confirmedSheet.toUpperCase()), token: wang }, 400, 'malformed_request');
    await refused({ path: `/v1/applications/${held.confirmed}/signature`, body: { sheet_hash: held.confirmedSheet, intent: 'yes' }, token: wang }, 400, 'malformed_request');
  });
});

describe("somebody else's", () => {
  it('application is not there', async () => {
    const li = await token(cast.li);
    const path = `/v1/applications/${held.confirmed}`;
    await refused({ method: 'GET', path, token: li }, 404, 'application_not_found');
    await refused({ path: `${path}/signature`, body: { sheet_hash: held.confirmedSheet, intent: 'I_AGREE' }, token: li }, 404, 'application_not_found');
    await refused({ path: `${path}/identity`, body: { card_number: cast.li.who.cardNumber, face_ticket: cast.li.who.faceTicket }, token: li }, 404, 'application_not_found');
    for (const step of ['withdrawal', 'cost-sheet/openings']) await refused({ path: `${path}/${step}`, body: {}, token: li }, 404, 'application_not_found');
    await refused({ path: `${path}/cost-sheet/confirmations`, body: { sheet_hash: held.confirmedSheet }, token: li }, 404, 'application_not_found');
  });

  it('loan is not there', async () => {
    const wang = await token(cast.wang);
    for (const path of ['', '/record', '/settlement-quote']) await refused({ method: 'GET', path: `/v1/loans/${held.loan}${path}`, token: wang }, 404, 'loan_not_found');
    await refused({ path: `/v1/loans/${held.loan}/repayments`, body: { purpose: 'due', amount_fen: '100' }, token: wang }, 404, 'loan_not_found');
  });

  it('identity cannot be taken: an ID number belongs to one person', async () => {
    await refused({ path: '/v1/applications', body: applicationOf(cast.li), token: await token(cast.newcomer) }, 409, 'id_number_taken');
  });
});

describe('the bank, or who pretends to be it', () => {
  const news = (changes: Record<string, string> = {}) => JSON.stringify({ kind: 'payout', order_id: held.payout, status: 'paid', value_on: '2026-10-08', amount_fen: '1200000', ...changes });
  const from = (raw: string, key = PROVIDER_KEY): Ask => ({ path: '/v1/callbacks/bank', raw, headers: { 'x-signature': createHmac('sha256', key).update(raw).digest('hex') } });

  it('is not believed without its signature', async () => {
    await refused({ path: '/v1/callbacks/bank', raw: news() }, 401, 'signature_wrong');
    await refused(from(news(), 'another-key-0123456789'), 401, 'signature_wrong');
    await refused({ ...from(news()), raw: news({ status: 'refused' }) }, 401, 'signature_wrong');
  });

  it('is refused when it speaks of a payment nobody ordered, of another kind, amount or outcome', async () => {
    await refused(from(news({ order_id: `pay_${'0'.repeat(32)}` })), 404, 'callback_for_unknown_payment');
    await refused(from(news({ kind: 'debit' })), 404, 'callback_for_unknown_payment');
    await refused(from(news({ amount_fen: '1200001' })), 422, 'callback_amount_mismatch');
    await refused(from(news({ status: 'refused', reason: 'other' })), 422, 'payment_already_final');
    await refused(from(news({ amount_fen: '-1200000' })), 400, 'malformed_request');
    await refused(from(news({ value_on: '2026-02-30' })), 400, 'malformed_request');
    await refused(from(news({ memo: 'x' })), 400, 'malformed_request');
  });

  it('may say the same thing as often as it likes', async () => {
    const before = await fingerprint();
    for (let time = 1; time <= 3; time++) expect(await ask(from(news()))).toMatchObject({ status: 200, body: { status: 'settled' } });
    expect(await fingerprint()).toEqual(before);
  });
});

describe('who may not', () => {
  it('without a session, with a made-up one, or with the wrong kind', async () => {
    const body = { purpose: 'due', amount_fen: '100' };
    const path = `/v1/loans/${held.loan}/repayments`;
    await refused({ path, body }, 401, 'not_authenticated');
    await refused({ path, body, token: `ses_${'0'.repeat(64)}` }, 401, 'not_authenticated');
    await refused({ path, body, token: OPERATOR }, 403, 'not_permitted');
    await refused({ path: '/v1/operations/day-closes', body: { through: '2026-10-08' }, token: await token(cast.li) }, 403, 'not_permitted');
    await refused({ path: '/v1/sessions', body: { wechat_code: 'code-nobody-1' } }, 401, 'login_code_refused');
    await refused({ path: '/v1/sessions', body: { wechat_code: `code-${cast.li.who.openid}-day1` } }, 401, 'login_code_refused');
  });

  it('nothing of this has moved the books', async () => {
    expect(await faultsOfBooks(world)).toEqual([]);
  });

  it('a session ends after thirty days', async () => {
    const li = await token(cast.li);
    await world.moveClock('2026-11-08T01:00:00Z');
    for (const name of ['li', 'wang', 'zhao', 'sun', 'newcomer'] as const) cast[name] = await visitor(world, cast[name].who, 'day32');
    await refused({ path: `/v1/loans/${held.loan}/repayments`, body: { purpose: 'due', amount_fen: '100' }, token: li }, 401, 'not_authenticated');
  });
});

