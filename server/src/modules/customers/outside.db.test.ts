import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../test/support/database.ts';
import type { By } from '../../kernel/actor.ts';
import { newId } from '../../kernel/ids.ts';
import { instant } from '../../kernel/instant.ts';
import { clockAt } from '../../platform/clock.ts';
import { providerHttp } from '../../platform/provider-http.ts';
import { createFieldCipher } from '../../platform/secrets.ts';
import { createCustomers, identityGateway, smsGateway, wechatLogin, type Customers } from './index.ts';

const KEY = 'provider-key-0123456789';
const at = instant(Date.UTC(2026, 9, 8, 1));

type SandboxPerson = { readonly code: string; readonly name: string; readonly id_number: string; readonly phone: string; readonly card_number: string; readonly face_ticket: string };

describe('customers against the sandbox', () => {
  let test: TestDatabase;
  let sandbox: ChildProcess;
  let url: string;
  let customers: Customers;
  let persons: readonly SandboxPerson[];

  beforeAll(async () => {
    test = await testDatabase();
    sandbox = spawn(process.execPath, [join(import.meta.dirname, '../../../../sandbox/src/main.ts')], {
      env: { ...process.env, PORT: '0', PROVIDER_KEY: KEY }, stdio: ['ignore', 'pipe', 'inherit'],
    });
    url = await new Promise<string>((listening) => sandbox.stdout!.once('data', (line: Buffer) => listening((JSON.parse(line.toString()) as { sandbox: string }).sandbox)));
    persons = ((await control('GET', 'persons')) as { persons: SandboxPerson[] }).persons;
    const http = (name: string) => providerHttp({ baseUrl: `${url}/${name}`, key: KEY, timeoutMs: 400 });
    customers = createCustomers({
      db: test.db, funnel: test.funnel, clock: clockAt(at), cipher: createFieldCipher('cd'.repeat(32)), acceptsSyntheticIds: true,
      wechat: wechatLogin(http('wechat')), identity: identityGateway(http('identity')), sms: smsGateway(http('sms')),
    });
  });
  afterAll(async () => {
    sandbox.kill('SIGTERM');
    await test.drop();
  });

  const control = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const reply = await fetch(`${url}/control/${path}`, { method, ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }) });
    return reply.json();
  };
  const by = (): By => ({ key: newId('req'), actor: { kind: 'borrower', id: 'x' }, at });
  const entered = async (person: SandboxPerson): Promise<string> => {
    const session = await customers.signIn(person.code, by());
    if (!session.ok) throw new Error(session.error.code);
    const { customerId } = session.value;
    expect(await customers.register(customerId, { name: person.name, idNumber: person.id_number, phone: person.phone }, by())).toMatchObject({ ok: true });
    await customers.giveConsent(customerId, { purpose: 'identity_check', recipient: 'identity' }, by());
    return customerId;
  };
  const checkOf = (person: SandboxPerson, checkId: string) => ({ checkId, cardNumber: person.card_number, faceTicket: person.face_ticket });

  it('a visitor signs in, registers, passes the check and gets a text message', async () => {
    const [li] = persons;
    const id = await entered(li!);
    expect(await customers.identify(id, checkOf(li!, 'idc_li'), by())).toMatchObject({ ok: true, value: { outcome: 'pass', cardToken: expect.any(String) } });
    await test.db.transaction((tx) => customers.message(tx, at, { customerId: id, template: 'payout_done', params: { amount: '1.00', card: '0001' } }));
    expect(await customers.sendMessages(10)).toEqual({ sent: 1 });
    expect(await control('GET', `calls?target=sms.messages`)).toMatchObject({ calls: [{ body: { phone: li!.phone, text: '您的借款1.00元已到账尾号0001的银行卡。' } }] });
    expect(await customers.signIn(li!.code, by())).toMatchObject({ ok: false, error: { code: 'login_code_refused', reason: 'code_used' } });
  });

  it.each(['drop_reply', 'hang', 'http_500', 'garbage', 'processing_then_paid'] as const)('a check under %s is unknown at first, and known when asked again', async (mode) => {
    const wang = { ...persons[1]!, code: `code-demo2-${mode}` };
    const id = await entered(wang);
    await control('POST', 'faults', { target: 'identity.checks', mode, delay_ms: mode === 'hang' ? 2_000 : 50 });
    expect(await customers.identify(id, checkOf(wang, `idc_${mode}`), by())).toMatchObject({ ok: true, value: { outcome: 'unknown' } });
    await new Promise((wake) => setTimeout(wake, 100));
    expect(await customers.identify(id, checkOf(wang, `idc_${mode}`), by())).toMatchObject({ ok: true, value: { outcome: 'pass' } });
  });

  it("another's card fails by its factor", async () => {
    const zhao = persons[2]!;
    const id = await entered(zhao);
    expect(await customers.identify(id, { ...checkOf(zhao, 'idc_zhao'), cardNumber: persons[0]!.card_number }, by())).toEqual({ ok: true, value: { outcome: 'fail', reasons: ['card_mismatch'] } });
  });

  it('someone under age is turned away at the door (ILOAN-022)', async () => {
    const child = persons.at(-1)!;
    const session = await customers.signIn(child.code, by());
    const id = session.ok ? session.value.customerId : '';
    expect(await customers.register(id, { name: child.name, idNumber: child.id_number, phone: child.phone }, by())).toMatchObject({ ok: false, error: { code: 'applicant_under_age' } });
  });
});
