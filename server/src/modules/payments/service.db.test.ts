import { businessDate, fen } from '@mingdai/loan-math';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { system, type By } from '../../kernel/actor.ts';
import type { DomainEvent } from '../../kernel/event.ts';
import { newId } from '../../kernel/ids.ts';
import { instant } from '../../kernel/instant.ts';
import { ok, type Result } from '../../kernel/result.ts';
import { createPayments, type BankCallback, type BankGateway, type BankOrder, type BankOutcome, type PaymentOrder, type Payments } from './index.ts';

const at = instant(Date.UTC(2026, 9, 8, 1));
const day = businessDate('2026-10-08');
const paid: BankOutcome = { kind: 'paid', valueOn: day };
const cut: BankOutcome = { kind: 'unknown', seen: 'TimeoutError' };

/** A bank that says what it is told to, in order, and keeps what it was asked. */
function scriptedBank() {
  const heard: string[] = [];
  const says: Awaited<ReturnType<BankGateway['ask']>>[] = [];
  const next = () => says.shift() ?? paid;
  const bank: BankGateway = {
    name: 'scripted',
    async send(order: BankOrder) {
      heard.push(`send ${order.kind} ${order.amount}`);
      return next() as BankOutcome;
    },
    async ask(order) {
      heard.push(`ask ${order.kind}`);
      return next();
    },
  };
  return { bank, heard, says };
}

describe('payments', () => {
  let test: TestDatabase;
  let payments: Payments;
  let script: ReturnType<typeof scriptedBank>;
  const told: DomainEvent[] = [];
  beforeAll(async () => {
    test = await testDatabase();
    for (const type of ['payout_settled', 'payout_refused', 'debit_settled', 'debit_refused', 'debit_returned', 'transfer_received']) {
      test.outbox.on(type, async (event) => void told.push(event));
    }
  });
  afterAll(() => test.drop());
  beforeEach(() => {
    told.length = 0;
    test.wakes.length = 0;
    script = scriptedBank();
    payments = createPayments({ db: test.db, funnel: test.funnel, bank: script.bank, clock: { now: () => at, today: () => day } });
  });

  const requested = async (change: Partial<PaymentOrder> = {}): Promise<string> => {
    const order: PaymentOrder = { id: newId('pay'), kind: 'payout', shard: 17, reference: 'loan_1', purpose: 'disbursement', amount: fen(1_200_000n), cardToken: 'card_1', at, ...change };
    const done: Result<null, never | { code: string }> = await test.funnel.run(
      { name: 'test.request', key: newId('req'), input: null, actor: system('test'), at, shard: order.shard },
      async (tx) => {
        await payments.request(tx, order);
        return ok(null);
      });
    expect(done.ok).toBe(true);
    return order.id;
  };
  const bankBy = (key: string): By => ({ key, actor: { kind: 'provider', id: 'bank' }, at });
  const callback = (body: Partial<BankCallback> & { order_id: string }): BankCallback => ({ kind: 'payout', status: 'paid', value_on: '2026-10-08', amount_fen: '1200000', ...body }) as BankCallback;

  it('a payout is sent once, settles, and the others hear it', async () => {
    const id = await requested();
    expect(await payments.drive(id)).toBe('settled');
    expect(await payments.drive(id)).toBe('settled');
    expect(script.heard).toEqual(['send payout 1200000']);
    expect(told).toMatchObject([{ type: 'payout_settled', subject: id, shard: 17, payload: { payment_id: id, reference: 'loan_1', purpose: 'disbursement', amount_fen: '1200000', value_on: '2026-10-08' } }]);
    expect(await payments.find(id)).toMatchObject({ status: 'settled', valueOn: day, amount: 1_200_000n, cardToken: 'card_1' });
  });

  it('the same order asked for twice is one payment; the id with another amount is a bug', async () => {
    const id = await requested();
    await requested({ id });
    await expect(requested({ id, amount: fen(1n) })).rejects.toThrow('a payment id stands for one order');
    expect(await payments.find(id)).toMatchObject({ status: 'requested', amount: 1_200_000n, version: 1 });
  });

  it('a refused debit is told with its reason and never sent again', async () => {
    const id = await requested({ kind: 'debit' });
    script.says.push({ kind: 'refused', reason: 'insufficient_funds' });
    expect(await payments.drive(id)).toBe('refused');
    expect(await payments.drive(id)).toBe('refused');
    expect(script.heard).toHaveLength(1);
    expect(told).toMatchObject([{ type: 'debit_refused', payload: { reason: 'insufficient_funds' } }]);
  });

  it('an unknown payout is asked about, and never sent again, until it turns out paid', async () => {
    const id = await requested();
    script.says.push(cut, { kind: 'unknown', seen: 'processing' }, paid);
    expect([await payments.drive(id), await payments.drive(id), await payments.drive(id)]).toEqual(['unknown', 'unknown', 'settled']);
    expect(script.heard).toEqual(['send payout 1200000', 'ask payout', 'ask payout']);
    expect(test.wakes).toEqual([
      { job: 'payments.ask', payload: { payment_id: id }, afterSeconds: 2 },
      { job: 'payments.ask', payload: { payment_id: id }, afterSeconds: 4 },
    ]);
    expect(told.map((event) => event.type)).toEqual(['payout_settled']);
  });

  it('an unknown payout that turns out refused is refused', async () => {
    const id = await requested();
    script.says.push(cut, { kind: 'refused', reason: 'refused_by_bank' });
    expect([await payments.drive(id), await payments.drive(id)]).toEqual(['unknown', 'refused']);
    expect(told.map((event) => event.type)).toEqual(['payout_refused']);
  });

  it("goes out again only on the bank's word that it never saw the id", async () => {
    const id = await requested();
    script.says.push(cut, { kind: 'never_seen' }, paid);
    expect([await payments.drive(id), await payments.drive(id)]).toEqual(['unknown', 'settled']);
    expect(script.heard).toEqual(['send payout 1200000', 'ask payout', 'send payout 1200000']);
  });

  it('a process killed between the intent and the answer leaves a payment that is asked about', async () => {
    const id = await requested();
    const dying = createPayments({
      db: test.db, funnel: test.funnel, clock: { now: () => at, today: () => day },
      bank: { name: 'killed', send: () => Promise.reject(new Error('killed')), ask: () => Promise.reject(new Error('killed')) },
    });
    await expect(dying.drive(id)).rejects.toThrow('killed');
    expect(await payments.find(id)).toMatchObject({ status: 'sent', attempts: 1 });
    await payments.drive(id);
    expect(script.heard).toEqual(['ask payout']);
    expect(await payments.find(id)).toMatchObject({ status: 'settled' });
  });

  it('a process killed before the intent leaves a payment that is sent by the sweep', async () => {
    const id = await requested({ kind: 'debit', amount: fen(77n) });
    await payments.driveStopped(50, 15);
    expect(await payments.find(id)).toMatchObject({ status: 'requested' });
    await payments.driveStopped(50, 0);
    expect(script.heard).toContain('send debit 77');
    expect(await payments.find(id)).toMatchObject({ status: 'settled' });
  });

  it('of many that drive at once, one sends', async () => {
    const id = await requested();
    script.says.push(...Array.from({ length: 8 }, () => ({ kind: 'unknown', seen: 'slow' }) as const));
    await Promise.all(Array.from({ length: 6 }, () => payments.drive(id)));
    expect(script.heard.filter((line) => line.startsWith('send'))).toHaveLength(1);
  });

  it('a debit that bounced while nobody listened is settled and returned, in that order', async () => {
    const id = await requested({ kind: 'debit' });
    script.says.push(cut, { kind: 'returned', valueOn: day, returnedOn: businessDate('2026-10-12'), reason: 'returned_by_payer_bank' });
    expect([await payments.drive(id), await payments.drive(id)]).toEqual(['unknown', 'returned']);
    expect(told.map((event) => [event.type, event.payload['value_on']])).toEqual([['debit_settled', '2026-10-08'], ['debit_returned', '2026-10-12']]);
  });

  describe('a callback', () => {
    it('settles an unknown payout; repeated, it is answered the same and told once', async () => {
      const id = await requested();
      script.says.push(cut);
      await payments.drive(id);
      const answer = { ok: true, value: { paymentId: id, status: 'settled' } };
      expect(await payments.receiveCallback(callback({ order_id: id }), bankBy('same'))).toEqual(answer);
      expect(await payments.receiveCallback(callback({ order_id: id }), bankBy('same'))).toEqual(answer);
      expect(await payments.receiveCallback(callback({ order_id: id }), bankBy('other'))).toEqual(answer);
      expect(told).toHaveLength(1);
    });

    it.each([
      ['an order never made', { order_id: 'pay_nobody' }, 'callback_for_unknown_payment'],
      ['an order of another kind', { kind: 'debit' }, 'callback_for_unknown_payment'],
      ['another amount', { amount_fen: '1200001' }, 'callback_amount_mismatch'],
      ['a return of a payout', { kind: 'debit_return', status: 'returned' }, 'callback_for_unknown_payment'],
    ] as const)('about %s is refused and changes nothing', async (_, change, code) => {
      const id = await requested();
      script.says.push(cut);
      await payments.drive(id);
      const before = await payments.find(id);
      expect(await payments.receiveCallback(callback({ order_id: id, ...change } as never), bankBy(newId('req')))).toMatchObject({ ok: false, error: { code } });
      expect(await payments.find(id)).toEqual(before);
      expect(told).toEqual([]);
    });

    it('of a return is refused while the debit is open, and taken when it comes again after it settled', async () => {
      const id = await requested({ kind: 'debit' });
      script.says.push(cut, paid);
      await payments.drive(id);
      const back = callback({ kind: 'debit_return', order_id: id, status: 'returned', value_on: '2026-10-11', reason: 'no_mandate' } as never);
      expect(await payments.receiveCallback(back, bankBy('back'))).toMatchObject({ ok: false, error: { code: 'payment_not_settled' } });
      await payments.drive(id);
      expect(await payments.receiveCallback(back, bankBy('back'))).toMatchObject({ ok: true, value: { status: 'returned' } });
      expect(await payments.receiveCallback(back, bankBy('back'))).toMatchObject({ ok: true, value: { status: 'returned' } });
      expect(told.map((event) => event.type)).toEqual(['debit_settled', 'debit_returned']);
    });

    it('that contradicts what the bank said before is refused', async () => {
      const id = await requested();
      await payments.drive(id);
      const no = callback({ order_id: id, status: 'refused', reason: 'refused_by_bank' } as never);
      expect(await payments.receiveCallback(no, bankBy('no'))).toMatchObject({ ok: false, error: { code: 'payment_already_final', status: 'settled' } });
    });

    it('about an order not sent yet is refused', async () => {
      const id = await requested();
      expect(await payments.receiveCallback(callback({ order_id: id }), bankBy(newId('req')))).toMatchObject({ ok: false, error: { code: 'payment_not_sent' } });
    });

    it('brings a transfer by the borrower once, under its reference', async () => {
      const transfer: BankCallback = { kind: 'transfer_in', order_id: 'tin_1', status: 'paid', value_on: '2026-10-09', amount_fen: '50000', reference: 'loan_9' };
      const first = await payments.receiveCallback(transfer, bankBy('t1'));
      expect(await payments.receiveCallback(transfer, bankBy('t2'))).toEqual(first);
      expect(told).toMatchObject([{ type: 'transfer_received', payload: { reference: 'loan_9', amount_fen: '50000', value_on: '2026-10-09' } }]);
      expect(await payments.receiveCallback({ ...transfer, amount_fen: '50001' }, bankBy('t3'))).toMatchObject({ ok: false, error: { code: 'callback_amount_mismatch' } });
      expect(await payments.receiveCallback({ ...transfer, reference: 'loan_8' }, bankBy('t4'))).toMatchObject({ ok: false, error: { code: 'transfer_id_reused' } });
      expect(told).toHaveLength(1);
    });
  });

  it('its book adds up what moved, by kind and day, for the comparison with the statement', async () => {
    const on = businessDate('2027-03-03');
    script.says.push({ kind: 'paid', valueOn: on }, { kind: 'paid', valueOn: on }, { kind: 'refused', reason: 'other' }, cut, { kind: 'returned', valueOn: on, returnedOn: businessDate('2027-03-05'), reason: 'other' });
    await payments.drive(await requested({ amount: fen(1000n) }));
    await payments.drive(await requested({ kind: 'debit', amount: fen(30n) }));
    await payments.drive(await requested({ kind: 'debit', amount: fen(5n) }));
    const bounced = await requested({ kind: 'debit', amount: fen(7n) });
    await payments.drive(bounced);
    await payments.drive(bounced);
    expect((await payments.book(on, on)).moved).toEqual([
      { kind: 'debit', count: 2, amountFen: 37n },
      { kind: 'payout', count: 1, amountFen: 1000n },
    ]);
    expect((await payments.book(on, businessDate('2027-03-05'))).moved).toContainEqual({ kind: 'debit_return', count: 1, amountFen: 7n });
    expect((await payments.book(on, on)).statuses).toContainEqual({ kind: 'debit', status: 'returned', count: expect.any(Number), amountFen: expect.any(BigInt) });
  });
});
