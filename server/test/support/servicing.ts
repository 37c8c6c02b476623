import { formatDate, type BusinessDate } from '@mingdai/loan-math';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { testDatabase, type TestDatabase } from './database.ts';
import type { DomainEvent } from '../../src/kernel/event.ts';
import { derivedId } from '../../src/kernel/ids.ts';
import { dayOf, type Instant } from '../../src/kernel/instant.ts';
import { ok } from '../../src/kernel/result.ts';
import { createLedger, sealingKeyFrom, type Ledger } from '../../src/modules/ledger/index.ts';
import { createPayments, type BankGateway, type BankOrder, type BankOutcome, type Payments } from '../../src/modules/payments/index.ts';
import { BANK_B, BANK_C, by, noon } from '../../src/modules/servicing/examples.ts';
import { createServicing, createStatements, loanIdOf, PAYMENT_EVENTS, payoutIdOf, statementKeyFrom, type Contract, type Servicing, type Statements } from '../../src/modules/servicing/index.ts';

/** Servicing with a real ledger and real payments over a database of its own; only the bank and the clock are played. */
export type Harness = {
  readonly database: TestDatabase;
  readonly servicing: Servicing;
  readonly statements: Statements;
  readonly ledger: Ledger;
  readonly payments: Payments;
  readonly bank: PlayedBank;
  /** Every piece of news of a loan, in order. */
  readonly news: DomainEvent[];
  now(): Instant;
  /** Moves the clock to noon of a day. */
  on(day: string | BusinessDate): Instant;
  /** Signs a contract today and drives its payout. Answers the loan's id. */
  lend(contract: Contract): Promise<string>;
  /** Money that reaches our account on a day, told today. */
  transfer(loanId: string, order: { readonly id: string; readonly amountFen: bigint; readonly valueOn?: string }): Promise<void>;
  /** The bank takes a settled debit back, today. */
  bounce(paymentId: string): Promise<void>;
  /** Every account of every entity as text, by day of booking: what two books are compared by. */
  books(): Promise<readonly string[]>;
};

/** `slow`: neither yes nor no, however often it is asked; afterwards it answers as `refuse` says. */
export type PlayedBank = { refuse: boolean; slow: boolean; readonly orders: BankOrder[] };

const NEWS = ['loan_activated', 'loan_cancelled', 'loan_settled', 'loan_overdue', 'loan_cured', 'repayment_booked', 'repayment_taken_back'];

export async function harness(): Promise<Harness> {
  const database = await testDatabase();
  const { db, funnel, outbox } = database;
  let now = noon('2026-10-08');
  const clock = { now: () => now, today: () => dayOf(now) };
  const dataDir = mkdtempSync(join(tmpdir(), 'mingdai-key-'));
  const ledger = createLedger({ db, clock, sealingKey: sealingKeyFrom({ dataDir }), entities: [BANK_B, BANK_C] });
  const bank: PlayedBank = { refuse: false, slow: false, orders: [] };
  const payments = createPayments({ db, funnel, clock, bank: playedGateway(bank, () => dayOf(now)) });
  const servicing = createServicing({ db, funnel, clock, ledger, payments });
  const statements = createStatements({ db, funnel, clock, key: statementKeyFrom({ dataDir }) });
  const news: DomainEvent[] = [];
  for (const type of PAYMENT_EVENTS) outbox.on(type, servicing.onPaymentEvent);
  for (const type of NEWS) outbox.on(type, async (event) => void news.push(event));
  let told = 0;
  return {
    database, servicing, statements, ledger, payments, bank, news,
    now: () => now,
    on: (day) => (now = noon(day)),
    async lend(contract) {
      const command = { name: 'test.sign', key: contract.id, input: {}, actor: by('sign', now).actor, at: now, shard: contract.shard };
      await funnel.run(command, async (tx) => ok(await servicing.open(tx, { ...contract, signedAt: now }).then(() => null)));
      const loanId = loanIdOf(contract.id);
      await payments.drive(payoutIdOf(loanId));
      return loanId;
    },
    async transfer(loanId, order) {
      const body = { kind: 'transfer_in', order_id: order.id, status: 'paid', value_on: order.valueOn ?? formatDate(dayOf(now)), amount_fen: order.amountFen.toString(), reference: loanId } as const;
      const received = await payments.receiveCallback(body, by(`transfer-${order.id}-${told++}`, now));
      if (!received.ok) throw new Error(received.error.code);
    },
    async bounce(paymentId) {
      const payment = (await payments.find(paymentId))!;
      const body = { kind: 'debit_return', order_id: paymentId, status: 'returned', value_on: formatDate(dayOf(now)), amount_fen: payment.amount.toString(), reason: 'insufficient_funds' } as const;
      const received = await payments.receiveCallback(body, by(`bounce-${paymentId}`, now));
      if (!received.ok) throw new Error(received.error.code);
    },
    async books() {
      const { rows } = await db.query<{ booked_on: string; entity: string; account: string; net: string }>(
        `select e.booked_on, p.entity, p.account, sum(p.net_fen) as net from ledger.entry e join ledger.posting p on p.shard = e.shard and p.entry_id = e.id
         group by e.booked_on, p.entity, p.account order by 1, 2, 3`);
      return rows.map((row) => `${row.booked_on} ${row.entity} ${row.account} ${row.net}`);
    },
  };
}

function playedGateway(bank: PlayedBank, today: () => BusinessDate): BankGateway {
  const answer = (): BankOutcome => (bank.slow ? { kind: 'unknown', seen: 'processing' } : bank.refuse ? { kind: 'refused', reason: 'insufficient_funds' } : { kind: 'paid', valueOn: today() });
  return {
    name: 'played',
    async send(order) {
      bank.orders.push(order);
      return answer();
    },
    ask: async () => answer(),
  };
}

/** The payment that a repayment with this key orders. */
export const paymentIdOf = (loanId: string, key: string): string => derivedId('pay', loanId, key);

/** All that must hold of any book: every entity balanced, loans = ledger, loans refolded, pools = loans, chains unbroken. */
export async function provesOut({ servicing, ledger }: Harness): Promise<void> {
  const nets = new Map<string, bigint>();
  for (const { entity, netFen } of await ledger.trialBalance()) nets.set(entity, (nets.get(entity) ?? 0n) + netFen);
  for (const [entity, net] of nets) expect(`${entity} ${net}`).toBe(`${entity} 0`);
  expect(await servicing.subLedger()).toMatchObject({ isEqual: true, differences: [] });
  expect(await servicing.refold('all')).toMatchObject({ isEqual: true, differing: [] });
  const pools = await servicing.poolProof();
  expect(pools.pools.filter((pool) => pool.loans !== pool.deltas || pool.deltas !== pool.booked)).toEqual([]);
  expect(pools.ledger.filter((row) => row.ledgerFen !== row.poolsFen)).toEqual([]);
  expect(await ledger.verify()).toMatchObject({ ok: true });
}
