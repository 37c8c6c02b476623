import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { builtInPersons } from '../src/people.ts';
import { buildSandbox, type Sandbox } from '../src/sandbox.ts';
import { FAULT_MODES } from '../src/world.ts';
import { clientOf, KEY, listener, until } from './client.ts';

const li = builtInPersons[0]!;
const login = '/wechat/sns/jscode2session?js_code=code-demo1-a';
const report = { report_id: 'r1', subject: { name: li.name, id_number: li.id_number }, consent_id: 'c1', purpose: 'credit_decision' };
const check = { check_id: 'k1', name: li.name, id_number: li.id_number, card_number: li.card_number, phone: li.phone, face_ticket: li.face_ticket };

describe('the providers', () => {
  let sandbox: Sandbox;
  let call: ReturnType<typeof clientOf>;
  beforeEach(() => {
    sandbox = buildSandbox({ providerKey: KEY, dataDir: null, callbackUrl: null });
    call = clientOf(sandbox.app);
  });
  afterEach(() => sandbox.app.close());

  it('WeChat takes a login code once', async () => {
    expect((await call.get(login)).body['openid']).toBe('demo1');
    expect((await call.get(login)).body['errcode']).toBe(40163);
    expect((await call.get('/wechat/sns/jscode2session?js_code=code-nobody-a')).body['errcode']).toBe(40029);
    expect((await call.get('/wechat/sns/jscode2session?js_code=nonsense')).body['errcode']).toBe(40029);
  });

  it('the bureau tells what it has on a person, and on nobody else', async () => {
    expect((await call.post('/bureau/reports', report)).body).toMatchObject({ report_id: 'r1', status: 'found' });
    expect((await call.get('/bureau/reports/r1')).body['status']).toBe('found');
    expect((await call.get('/behaviour/reports/r1')).status).toBe(404);
    const stranger = { ...report, report_id: 'r2', subject: { name: '无名', id_number: li.id_number } };
    expect((await call.post('/bureau/reports', stranger)).body['status']).toBe('not_found');
    expect((await call.post('/bureau/reports', { ...report, purpose: 'other' })).status).toBe(409);
    expect((await call.post('/bureau/reports', { ...report, report_id: 'r3', consent_id: '' })).status).toBe(400);
  });

  it('the identity check names each factor that does not fit, and gives a card token on a pass', async () => {
    const wrong = { ...check, check_id: 'k2', card_number: '6200000000000005', phone: '13800000000', face_ticket: 'face-other' };
    expect((await call.post('/identity/checks', wrong)).body).toEqual({ check_id: 'k2', result: 'fail', reasons: ['card_mismatch', 'phone_mismatch', 'face_mismatch'] });
    const pass = (await call.post('/identity/checks', check)).body;
    expect(pass).toMatchObject({ result: 'pass', reasons: [] });
    const paid = await call.post('/bank/payouts', { order_id: 'o1', amount_fen: '100', card_token: pass['card_token'] });
    expect(paid.body['status']).toBe('paid');
  });

  it('a text message with one id is delivered once', async () => {
    const message = { message_id: 'm1', phone: li.phone, text: '您的借款已到账' };
    await call.post('/sms/messages', message);
    expect((await call.post('/sms/messages', message)).body['status']).toBe('delivered');
    expect((await call.get(`/sms/messages?phone=${li.phone}`)).body['messages']).toHaveLength(1);
  });

  it('a funder says yes unless told otherwise, and keeps to what it said', async () => {
    await call.post('/control/faults', { target: 'funders.decisions', mode: 'refuse', match: 'bank_a' });
    const ask = (code: string) => call.post(`/funders/${code}/decisions`, { decision_id: 'f1', application: { amount_fen: '1' } });
    expect((await ask('bank_b')).body['decision']).toBe('yes');
    expect((await ask('bank_a')).body['decision']).toBe('veto');
    expect((await ask('bank_a')).body['decision']).toBe('veto');
    expect((await call.get('/funders/bank_a/decisions/f1')).body['decision']).toBe('veto');
  });

  it('a fault hits as often as was said, only what it names, and can be lifted', async () => {
    await call.post('/control/faults', { target: 'sms.messages', mode: 'http_500', times: 2, match: '13900000001' });
    const send = async (id: string, phone: string) => (await call.post('/sms/messages', { message_id: id, phone, text: 'x' })).status;
    expect([await send('1', '13900000002'), await send('2', '13900000001'), await send('2', '13900000001'), await send('2', '13900000001')]).toEqual([200, 500, 500, 200]);
    await call.post('/control/faults', { target: 'sms.messages', mode: 'http_500', times: 9 });
    await call.delete('/control/faults');
    expect(await send('3', '13900000001')).toBe(200);
  });

  it('keeps a log of what it was asked', async () => {
    await call.post('/control/faults', { target: 'bureau.reports', mode: 'garbage' });
    await call.get(login);
    const { body } = await call.get('/control/calls?target=wechat.jscode2session');
    expect(body['counts']).toEqual({ 'wechat.jscode2session': 1 });
    expect(body['calls']).toMatchObject([{ target: 'wechat.jscode2session', url: login, status: 200, fault: null }]);
  });

  it('loads thousands of persons at once, with money on their cards', async () => {
    const persons = Array.from({ length: 10_000 }, (_, i) => ({
      openid: `w${i}`, name: `人${i}`, id_number: `9900001990010${String(i).padStart(5, '0')}`, phone: '13900000000', card_number: `62100000${String(i).padStart(8, '0')}`, balance_fen: '700',
      bureau: { status: 'found', report: { annual_inc: i } },
    }));
    expect((await call.post('/control/persons', { persons })).body).toEqual({ loaded: 10_000 });
    expect((await call.get('/control/accounts/6210000000009999')).body['balance_fen']).toBe('700');
    expect((await call.get('/wechat/sns/jscode2session?js_code=code-w77-x')).body['openid']).toBe('w77');
  });

  it('tells its listeners the time before it answers, and starts anew when told to', async () => {
    const server = await listener();
    await call.post('/control/clock-listeners', { url: `${server.url}/v1/operations/clock`, token: 'op' });
    const moved = await call.put('/control/clock', { at: '2026-10-08T09:00:00+08:00' });
    expect(moved.body).toMatchObject({ at: '2026-10-08T01:00:00.000Z', today: '2026-10-08', running: false, told: [{ status: 200 }] });
    expect(server.heard).toMatchObject([{ text: '{"at":"2026-10-08T01:00:00.000Z"}', headers: { authorization: 'Bearer op' } }]);
    await call.post('/control/reset', {});
    expect((await call.get('/control/clock')).body['running']).toBe(true);
    expect((await call.get('/control/persons')).body['persons']).toHaveLength(builtInPersons.length);
    server.server.close();
  });
});

describe('every fault mode works on every target', () => {
  const targets: readonly (readonly [string, 'GET' | 'POST', string, unknown])[] = [
    ['wechat.jscode2session', 'GET', login, undefined],
    ['bureau.reports', 'POST', '/bureau/reports', report],
    ['behaviour.reports', 'POST', '/behaviour/reports', report],
    ['identity.checks', 'POST', '/identity/checks', check],
    ['sms.messages', 'POST', '/sms/messages', { message_id: 'm1', phone: li.phone, text: 'x' }],
    ['funders.decisions', 'POST', '/funders/f/decisions', { decision_id: 'f1', application: {} }],
    ['bank.payouts', 'POST', '/bank/payouts', { order_id: 'o1', amount_fen: '100', card_number: li.card_number }],
    ['bank.debits', 'POST', '/bank/debits', { order_id: 'o1', amount_fen: '100', card_number: li.card_number }],
    ['bank.statement', 'GET', '/bank/statement', undefined],
  ];

  it.each(targets.flatMap((target) => FAULT_MODES.map((mode) => [target[0], mode, target] as const)))('%s under %s, then well again', async (_, mode, [target, method, url, body]) => {
    const sandbox = buildSandbox({ providerKey: KEY, dataDir: null, callbackUrl: null });
    const address = await sandbox.app.listen({ port: 0, host: '127.0.0.1' });
    const { sign } = await import('../src/signature.ts');
    const send = async (at = url) => {
      const text = body === undefined ? undefined : JSON.stringify(body);
      return fetch(`${address}${at}`, {
        method, ...(text === undefined ? {} : { body: text }), headers: { 'x-signature': sign(KEY, text ?? at), ...(text === undefined ? {} : { 'content-type': 'application/json' }) },
      }).then(async (reply) => ({ status: reply.status, text: await reply.text() }), () => 'cut' as const);
    };
    await clientOf(sandbox.app).post('/control/faults', { target, mode, delay_ms: 5 });
    const first = await send();
    if (mode === 'hang' || mode === 'drop_reply') expect(first).toBe('cut');
    else if (mode === 'http_500') expect(first).toMatchObject({ status: 500 });
    else if (mode === 'garbage') expect(first).toMatchObject({ text: expect.stringContaining('<html>') });
    else expect(first).toMatchObject({ text: expect.stringMatching(/^\{/) });
    const again = target === 'wechat.jscode2session' ? login.replace('-a', '-b') : url;
    let second = await send(again);
    await until(() => sandbox.store.world.faults.length === 0);
    if (mode.startsWith('processing')) second = await send(again);
    expect(second).toMatchObject({ status: expect.any(Number), text: expect.stringMatching(/^\{/) });
    await sandbox.app.close();
  });
});
