import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { fen } from '@mingdai/loan-math';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../test/support/database.ts';
import { system } from './kernel/actor.ts';
import type { NewEvent } from './kernel/event.ts';
import { newId, shardOf } from './kernel/ids.ts';
import { instant } from './kernel/instant.ts';
import { ok } from './kernel/result.ts';
import { createCustomers, identityGateway, smsGateway, wechatLogin, type Customers } from './modules/customers/index.ts';
import { listenForNotices, type NoticesDeps } from './notices.ts';
import { clockAt } from './platform/clock.ts';
import { providerHttp } from './platform/provider-http.ts';
import { createFieldCipher } from './platform/secrets.ts';

const KEY = 'provider-key-0123456789';
const at = instant(Date.UTC(2026, 9, 8, 1));

type Person = { readonly code: string; readonly name: string; readonly id_number: string; readonly phone: string; readonly card_number: string; readonly face_ticket: string };

describe('what a borrower hears by text message', () => {
  let test: TestDatabase;
  let sandbox: ChildProcess;
  let url: string;
  let customers: Customers;
  let li: Person;
  let customerId: string;

  beforeAll(async () => {
    test = await testDatabase();
    sandbox = spawn(process.execPath, [join(import.meta.dirname, '../../sandbox/src/main.ts')], { env: { ...process.env, PORT: '0', PROVIDER_KEY: KEY }, stdio: ['ignore', 'pipe', 'inherit'] });
    url = await new Promise<string>((listening) => sandbox.stdout!.once('data', (line: Buffer) => listening((JSON.parse(line.toString()) as { sandbox: string }).sandbox)));
    li = ((await (await fetch(`${url}/control/persons`)).json()) as { persons: Person[] }).persons[0]!;
    const http = (name: string) => providerHttp({ baseUrl: `${url}/${name}`, key: KEY, timeoutMs: 2_000 });
    customers = createCustomers({
      db: test.db, funnel: test.funnel, clock: clockAt(at), cipher: createFieldCipher('cd'.repeat(32)), acceptsSyntheticIds: true,
      wechat: wechatLogin(http('wechat')), identity: identityGateway(http('identity')), sms: smsGateway(http('sms')),
    });
    const servicing = { loan: async () => ok({ contract: { terms: { principal: fen(1_200_000n) } } }) } as unknown as NoticesDeps['servicing'];
    listenForNotices(test.outbox, { funnel: test.funnel, customers, servicing });
    customerId = await identified();
  });
  afterAll(async () => {
    sandbox.kill('SIGTERM');
    await test.drop();
  });

  const by = () => ({ key: newId('req'), actor: system('test'), at });
  const identified = async (): Promise<string> => {
    const session = await customers.signIn(li.code, by());
    const id = session.ok ? session.value.customerId : '';
    await customers.register(id, { name: li.name, idNumber: li.id_number, phone: li.phone }, by());
    await customers.giveConsent(id, { purpose: 'identity_check', recipient: 'identity' }, by());
    expect(await customers.identify(id, { checkId: 'idc_li', cardNumber: li.card_number, faceTicket: li.face_ticket }, by())).toMatchObject({ ok: true, value: { outcome: 'pass' } });
    return id;
  };
  const tell = async (type: string, payload: Record<string, unknown>): Promise<NewEvent & { id: string; at: typeof at }> => {
    const event: NewEvent = { type, shard: shardOf(customerId), subject: 'loan_1', payload: { loan_id: 'loan_1', customer_id: customerId, application_id: 'app_1', on: '2026-11-09', ...payload } };
    const key = newId('req');
    await test.funnel.run({ name: 'test.tell', key, input: null, actor: system('test'), at, shard: event.shard }, async (tx) => {
      tx.tell(event);
      return ok(null);
    });
    const { rows } = await test.db.query<{ id: string }>('select id from platform.outbox where type = $1 order by written_at desc limit 1', [type]);
    return { ...event, id: rows[0]!.id, at };
  };
  const heard = async (): Promise<readonly string[]> => {
    const before = ((await (await fetch(`${url}/control/calls?target=sms.messages`)).json()) as { calls: unknown[] }).calls.length;
    await customers.sendMessages(50);
    const { calls } = (await (await fetch(`${url}/control/calls?target=sms.messages`)).json()) as { calls: { body: { phone: string; text: string } }[] };
    expect(calls.slice(before).every(({ body }) => body.phone === li.phone)).toBe(true);
    return calls.slice(before).map(({ body }) => body.text);
  };

  it.each([
    ['loan_activated', { amount_fen: '1200000' }, (): string => `您的借款12000.00元已到账尾号${li.card_number.slice(-4)}的银行卡。`],
    ['loan_cancelled', {}, (): string => '您的借款12000.00元未能到账，本次借款已取消，不会产生利息。'],
    ['loan_overdue', { days_past_due: 1, due_fen: '103943' }, (): string => '截至2026-11-09，您的借款已逾期1天，应还1039.43元，逾期信息可能报送征信。'],
    ['repayment_booked', { amount_fen: '103943' }, (): string => '已收到您2026-11-09的还款1039.43元。'],
    ['loan_settled', {}, (): string => '您的借款已于2026-11-09全部结清，感谢使用。'],
  ] as const)('hears of %s', async (type, payload, words) => {
    await tell(type, payload);
    expect(await heard()).toEqual([words()]);
  });

  it('news told twice is one message', async () => {
    const event = await tell('repayment_booked', { amount_fen: '100' });
    await test.outbox.deliver([event]);
    expect(await heard()).toEqual(['已收到您2026-11-09的还款1.00元。']);
  });

  it('nothing of a message names the person: neither in the command record nor beside the message', async () => {
    await tell('loan_activated', { amount_fen: '100' });
    const { rows } = await test.db.query<{ kept: string }>(
      `select key || input_hash || coalesce(answer, '') as kept from platform.command where name = 'notices.ask' union all select params from customers.message`);
    expect(rows.filter(({ kept }) => [li.name, li.phone, li.id_number, li.card_number].some((secret) => kept.includes(secret)))).toEqual([]);
  });
});
