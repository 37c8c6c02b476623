import { mkdtempSync, appendFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { builtInPersons } from '../src/people.ts';
import { buildSandbox, type Sandbox } from '../src/sandbox.ts';
import { sign } from '../src/signature.ts';
import { clientOf, KEY, listener, until } from './client.ts';

const card = builtInPersons[0]!.card_number;
const payout = (id: string, amount = '1200000') => ({ order_id: id, amount_fen: amount, card_number: card });

describe('the bank', () => {
  let sandbox: Sandbox;
  let call: ReturnType<typeof clientOf>;
  const start = (config: { dataDir?: string; callbackUrl?: string } = {}) => {
    sandbox = buildSandbox({ providerKey: KEY, dataDir: config.dataDir ?? null, callbackUrl: config.callbackUrl ?? null });
    call = clientOf(sandbox.app);
  };
  const balance = async (account: string) => (await call.get(`/control/accounts/${account}`)).body['balance_fen'];
  beforeEach(() => start());
  afterEach(() => sandbox.app.close());

  it('pays out of the settlement account onto the card, and shows it on the statement', async () => {
    await call.put('/control/clock', { at: '2026-10-08T01:00:00Z' });
    expect(await call.post('/bank/payouts', payout('o1'))).toEqual({
      status: 200, body: { order_id: 'o1', status: 'paid', amount_fen: '1200000', value_on: '2026-10-08' },
    });
    expect(await balance(card)).toBe('1700000');
    const statement = (await call.get('/bank/statement?from=2026-10-08&to=2026-10-08')).body;
    expect(statement['lines']).toEqual([{ kind: 'payout', order_id: 'o1', value_on: '2026-10-08', amount_fen: '-1200000', balance_fen: '99998800000' }]);
    expect(statement['balance_fen']).toBe('99998800000');
  });

  it('counts in the same total on both sides: no money is made', async () => {
    await call.post('/bank/payouts', payout('o1'));
    await call.post('/bank/debits', payout('o2', '40000'));
    expect([...sandbox.store.world.balances.values()].reduce((a, b) => a + b, 0n)).toBe(0n);
  });

  it('answers a repeated order again, moves money once, and refuses the id for another order', async () => {
    await call.post('/bank/payouts', payout('o1'));
    expect((await call.post('/bank/payouts', payout('o1'))).body['status']).toBe('paid');
    expect((await call.post('/bank/payouts', payout('o1', '1'))).status).toBe(409);
    expect((await call.post('/bank/debits', payout('o1'))).status).toBe(409);
    expect(await balance(card)).toBe('1700000');
  });

  it.each([
    ['an empty account', { order_id: 'd', amount_fen: '500001', card_number: card }, 'insufficient_funds'],
    ['an unknown card', { order_id: 'd', amount_fen: '1', card_number: '6200000000000005' }, 'card_unknown'],
    ['an unknown token', { order_id: 'd', amount_fen: '1', card_token: 'card_x' }, 'card_unknown'],
    ['another name', { order_id: 'd', amount_fen: '1', card_number: card, name: '王五' }, 'name_mismatch'],
  ])('refuses a debit from %s', async (_, order, reason) => {
    expect((await call.post('/bank/debits', order)).body).toMatchObject({ status: 'refused', reason });
    expect(await balance(card)).toBe('500000');
  });

  it.each([{ amount_fen: '0' }, { amount_fen: '1.5' }, { amount_fen: 5 }, { amount_fen: '-1' }, { surprise: true }])('does not understand %o', async (change) => {
    expect((await call.post('/bank/payouts', { ...payout('o1'), ...change })).status).toBe(400);
  });

  it('knows nothing of an order it never saw, and a payout is no debit', async () => {
    await call.post('/bank/payouts', payout('o1'));
    expect((await call.get('/bank/payouts/o2')).status).toBe(404);
    expect((await call.get('/bank/debits/o1')).status).toBe(404);
    expect((await call.get('/bank/payouts/o1')).body['status']).toBe('paid');
  });

  it('turns away a call with a wrong signature', async () => {
    expect((await call.post('/bank/payouts', payout('o1'), 'other-key')).status).toBe(401);
    expect((await call.get('/bank/payouts/o1', 'other-key')).status).toBe(401);
    expect(sandbox.store.world.orders.size).toBe(0);
  });

  it.each([['processing_then_paid', 'paid'], ['processing_then_refused', 'refused']])('%s ends %s and tells the lender, signed', async (mode, status) => {
    const lender = await listener();
    await sandbox.app.close();
    start({ callbackUrl: lender.url });
    await call.post('/control/faults', { target: 'bank.payouts', mode, delay_ms: 20 });
    expect((await call.post('/bank/payouts', payout('o1'))).body['status']).toBe('processing');
    await until(() => lender.heard.length === 1);
    const heard = lender.heard[0]!;
    expect(heard.url).toBe('/v1/callbacks/bank');
    expect(heard.headers['x-signature']).toBe(sign(KEY, heard.text));
    expect(JSON.parse(heard.text)).toMatchObject({ kind: 'payout', order_id: 'o1', status, amount_fen: '1200000' });
    expect((await call.get('/bank/payouts/o1')).body['status']).toBe(status);
    lender.server.close();
  });

  it('takes a settled debit back days later on the virtual clock', async () => {
    const lender = await listener();
    await sandbox.app.close();
    start({ callbackUrl: lender.url });
    await call.put('/control/clock', { at: '2026-10-08T01:00:00Z' });
    await call.post('/control/faults', { target: 'bank.debits', mode: 'late_return', after_days: 2 });
    expect((await call.post('/bank/debits', payout('d1', '300'))).body['status']).toBe('paid');
    await call.put('/control/clock', { at: '2026-10-09T01:00:00Z' });
    expect(await balance(card)).toBe('499700');
    await call.put('/control/clock', { at: '2026-10-10T01:00:00Z' });
    expect(await balance(card)).toBe('500000');
    await until(() => lender.heard.length === 1);
    expect(JSON.parse(lender.heard[0]!.text)).toEqual({
      kind: 'debit_return', order_id: 'd1', status: 'returned', value_on: '2026-10-10', amount_fen: '300', reason: 'returned_by_payer_bank',
    });
    lender.server.close();
  });

  it('tries a callback again until it is taken, and can send it twice', async () => {
    const lender = await listener([500, 200]);
    await sandbox.app.close();
    start({ callbackUrl: lender.url });
    await call.post('/control/faults', { target: 'bank.payouts', mode: 'duplicate_callback' });
    expect((await call.post('/bank/payouts', payout('o1'))).body['status']).toBe('paid');
    await until(() => lender.heard.length === 3 && sandbox.store.world.callbacks.size === 0);
    expect(new Set(lender.heard.map((each) => each.text)).size).toBe(1);
    lender.server.close();
  });

  it('carries a transfer by the borrower to the lender with its reference', async () => {
    const lender = await listener();
    await sandbox.app.close();
    start({ callbackUrl: lender.url });
    expect((await call.post('/control/transfers', { card_number: card, amount_fen: '500001', reference: 'loan_1' })).status).toBe(409);
    await call.post('/control/transfers', { card_number: card, amount_fen: '700', reference: 'loan_1', transfer_id: 't1' });
    await until(() => lender.heard.length === 1);
    expect(JSON.parse(lender.heard[0]!.text)).toMatchObject({ kind: 'transfer_in', order_id: 't1', reference: 'loan_1', amount_fen: '700', status: 'paid' });
    lender.server.close();
  });

  it('remembers everything after a restart, even with a line cut in half', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'sandbox-'));
    await sandbox.app.close();
    start({ dataDir });
    await call.put('/control/clock', { at: '2026-10-08T01:00:00Z' });
    await call.post('/bank/payouts', payout('o1'));
    await call.post('/control/faults', { target: 'bank.payouts', mode: 'processing_then_paid', delay_ms: 600_000 });
    await call.post('/bank/payouts', payout('o2'));
    await sandbox.app.close();
    appendFileSync(join(dataDir, 'sandbox.jsonl'), '{"t":"movem');
    start({ dataDir });
    expect(await balance(card)).toBe('1700000');
    expect((await call.get('/bank/payouts/o1')).body['status']).toBe('paid');
    expect((await call.get('/bank/payouts/o2')).body['status']).toBe('processing');
    expect((await call.get('/control/clock')).body['today']).toBe('2026-10-08');
    expect((await call.get('/control/faults')).body['faults']).toEqual([]);
  });
});
