import { spawn, type ChildProcess } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { businessDate, fen } from '@mingdai/loan-math';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { system } from '../../kernel/actor.ts';
import { newId } from '../../kernel/ids.ts';
import { instant } from '../../kernel/instant.ts';
import { ok } from '../../kernel/result.ts';
import { clockAt } from '../../platform/clock.ts';
import { providerHttp } from '../../platform/provider-http.ts';
import { isSignedBy, sha256 } from '../../platform/secrets.ts';
import { bankGateway, createPayments, type BankCallback, type Payments } from './index.ts';

const KEY = 'provider-key-0123456789';
const at = instant(Date.UTC(2026, 9, 8, 1));

/** Our book against the played bank's own book, through its API only, whatever goes wrong on the way. */
describe('payments against the sandbox bank', () => {
  let test: TestDatabase;
  let sandbox: ChildProcess;
  let url: string;
  let callbacks: Server;
  let payments: Payments;
  let card: string;
  const callbackStatuses: number[] = [];

  beforeAll(async () => {
    test = await testDatabase();
    callbacks = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', async () => {
        const body = Buffer.concat(parts);
        const isSigned = isSignedBy(KEY, body, String(request.headers['x-signature']));
        const result = await payments.receiveCallback(JSON.parse(body.toString()) as BankCallback, { key: sha256(body), actor: { kind: 'provider', id: 'bank' }, at });
        response.statusCode = !isSigned ? 401 : result.ok ? 200 : 409;
        callbackStatuses.push(response.statusCode);
        response.end();
      });
    });
    await new Promise<void>((ready) => callbacks.listen(0, '127.0.0.1', ready));
    sandbox = spawn(process.execPath, [join(import.meta.dirname, '../../../../sandbox/src/main.ts')], {
      env: { ...process.env, PORT: '0', PROVIDER_KEY: KEY, CALLBACK_URL: `http://127.0.0.1:${(callbacks.address() as AddressInfo).port}` }, stdio: ['ignore', 'pipe', 'inherit'],
    });
    url = await new Promise<string>((listening) => sandbox.stdout!.once('data', (line: Buffer) => listening((JSON.parse(line.toString()) as { sandbox: string }).sandbox)));
    await control('PUT', 'clock', { at: '2026-10-08T01:00:00Z' });
    card = ((await control('GET', 'persons')) as { persons: { card_number: string }[] }).persons[0]!.card_number;
    const http = providerHttp({ baseUrl: `${url}/bank`, key: KEY, timeoutMs: 300 });
    payments = createPayments({
      db: test.db, funnel: test.funnel, clock: clockAt(at),
      bank: bankGateway((call) => http(call.method === 'POST' ? { ...call, body: withCardNumber(call.body as Record<string, string>) } : call)),
    });
  });
  afterAll(async () => {
    sandbox.kill('SIGTERM');
    callbacks.close();
    await test.drop();
  });

  const control = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const reply = await fetch(`${url}/control/${path}`, { method, ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }) });
    return reply.json();
  };
  /** The sandbox gives card tokens only after a check; these orders name the card itself. */
  const withCardNumber = ({ card_token: cardNumber, ...body }: Record<string, string>) => ({ ...body, card_number: cardNumber });

  const ordered = async (kind: 'payout' | 'debit', amount: bigint): Promise<string> => {
    const id = newId('pay');
    await test.funnel.run({ name: 'test.request', key: id, input: null, actor: system('test'), at, shard: 3 }, async (tx) => {
      await payments.request(tx, { id, kind, shard: 3, reference: 'loan_1', purpose: 'test', amount: fen(amount), cardToken: card, at });
      return ok(null);
    });
    return id;
  };
  const settledIn = async (id: string, isDone: (status: string) => boolean): Promise<string> => {
    for (let tries = 0; tries < 100; tries++) {
      const status = await payments.drive(id);
      if (isDone(status)) return status;
      await new Promise((wake) => setTimeout(wake, 30));
    }
    throw new Error('the payment never came to an end');
  };
  const isFinal = (status: string) => status === 'settled' || status === 'refused' || status === 'returned';
  const linesOf = async (id: string): Promise<string[]> => {
    const path = '/statement?from=2026-10-01&to=2026-12-31';
    const reply = await providerHttp({ baseUrl: `${url}/bank`, key: KEY, timeoutMs: 5_000 })({ method: 'GET', path });
    if (reply.kind !== 'reply') throw new Error(reply.seen);
    return (reply.body as { lines: { kind: string; order_id: string; amount_fen: string }[] }).lines.filter((line) => line.order_id === id).map((line) => `${line.kind} ${line.amount_fen}`);
  };

  it.each([
    ['no fault', null, 'settled'],
    ['hang', 'hang', 'settled'],
    ['drop_reply', 'drop_reply', 'settled'],
    ['http_500', 'http_500', 'settled'],
    ['garbage', 'garbage', 'settled'],
    ['refuse', 'refuse', 'refused'],
    ['processing_then_paid', 'processing_then_paid', 'settled'],
    ['processing_then_refused', 'processing_then_refused', 'refused'],
    ['duplicate_callback', 'duplicate_callback', 'settled'],
  ] as const)('a payout under %s ends as the bank has it, and money moves at most once', async (_, mode, end) => {
    const id = await ordered('payout', 1_200_000n);
    if (mode !== null) await control('POST', 'faults', { target: 'bank.payouts', mode, match: id, delay_ms: mode === 'hang' ? 2_000 : 100 });
    expect(await settledIn(id, isFinal)).toBe(end);
    expect(await linesOf(id)).toEqual(end === 'settled' ? ['payout -1200000'] : []);
  });

  it('a debit that comes back days later is returned here as there', async () => {
    const id = await ordered('debit', 5_000n);
    await control('POST', 'faults', { target: 'bank.debits', mode: 'late_return', match: id, after_days: 3 });
    expect(await settledIn(id, isFinal)).toBe('settled');
    await control('PUT', 'clock', { at: '2026-10-11T01:00:00Z' });
    expect(await settledIn(id, (status) => status === 'returned')).toBe('returned');
    expect(await payments.find(id)).toMatchObject({ valueOn: businessDate('2026-10-08'), returnedOn: businessDate('2026-10-11') });
    expect(await linesOf(id)).toEqual(['debit 5000', 'debit_return -5000']);
  });

  it('questions that fail as well only take longer', async () => {
    const id = await ordered('payout', 700n);
    await control('POST', 'faults', { target: 'bank.payouts', mode: 'drop_reply', match: id });
    await control('POST', 'faults', { target: 'bank.payouts.get', mode: 'http_500', match: id, times: 2 });
    await control('POST', 'faults', { target: 'bank.payouts.get', mode: 'garbage', match: id, times: 2 });
    expect(await settledIn(id, isFinal)).toBe('settled');
    expect(await linesOf(id)).toEqual(['payout -700']);
  });

  it('our book and the bank statement add up to the same, kind by kind', async () => {
    const book = await payments.book(businessDate('2026-10-01'), businessDate('2026-12-31'));
    const reply = await providerHttp({ baseUrl: `${url}/bank`, key: KEY, timeoutMs: 5_000 })({ method: 'GET', path: '/statement?from=2026-10-01&to=2026-12-31' });
    const lines = reply.kind === 'reply' ? (reply.body as { lines: { kind: string; amount_fen: string }[] }).lines : [];
    for (const { kind, amountFen } of book.moved) {
      const total = lines.filter((line) => line.kind === kind).reduce((sum, line) => sum + BigInt(line.amount_fen), 0n);
      expect([kind, total < 0n ? -total : total]).toEqual([kind, amountFen]);
    }
    expect(book.moved.map((row) => row.kind).sort()).toEqual(['debit', 'debit_return', 'payout']);
    expect(callbackStatuses.length).toBeGreaterThan(0);
    expect(callbackStatuses.filter((status) => status === 401)).toEqual([]);
  });
});
