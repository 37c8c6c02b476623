import { assert, fen, businessDate, type BusinessDate, type Fen } from '@mingdai/loan-math';
import { randomUUID } from 'node:crypto';
import type { By } from '../../kernel/actor.ts';
import { system } from '../../kernel/actor.ts';
import { derivedId, shardOf } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/instant.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import type { Clock } from '../../platform/clock.ts';
import type { CommandTx, Db, Funnel, FunnelRefusal } from '../../platform/tx.ts';
import { refusalOf } from './adapters/bank/codec.ts';
import { newsOf } from './domain/news.ts';
import { advance, isFinal, secondsUntilAsked, type Payment, type PaymentCommand, type PaymentStatus } from './domain/payment.ts';
import type { PaymentsError } from './errors.ts';
import type { BankGateway, BankOrder, BankOutcome } from './gateway.ts';
import { countedByStatus, homeOf, insertPayment, isSameOrder, movedBetween, readPayment, stoppedPayments, tryUpdatePayment, updatePayment, type BookRow, type MovedRow } from './repository.ts';

export type PaymentOrder = {
  readonly id: string;
  readonly kind: 'payout' | 'debit';
  readonly shard: number;
  readonly reference: string;
  readonly purpose: string;
  readonly amount: Fen;
  readonly cardToken: string;
  readonly at: Instant;
};

/** The bank's own news of a movement, read from a signed body. */
export type BankCallback =
  | { readonly kind: 'payout' | 'debit'; readonly order_id: string; readonly status: 'paid' | 'refused'; readonly value_on: string; readonly amount_fen: string; readonly reason?: string | undefined }
  | { readonly kind: 'debit_return'; readonly order_id: string; readonly status: 'returned'; readonly value_on: string; readonly amount_fen: string; readonly reason?: string | undefined }
  | { readonly kind: 'transfer_in'; readonly order_id: string; readonly status: 'paid'; readonly value_on: string; readonly amount_fen: string; readonly reference: string };

export type CallbackAnswer = { readonly paymentId: string; readonly status: PaymentStatus };

export type PaymentsBook = {
  /** What moved on the settlement account with a value day in the span: compare with the bank's statement line by line of `kind`. */
  readonly moved: readonly MovedRow[];
  /** Every payment ever asked for, by kind and status. */
  readonly statuses: readonly BookRow[];
};

export interface Payments {
  /** Keeps an order in the asker's transaction, so that the wish and its cause are kept or lost together. The same id with another order is a bug. */
  request(tx: CommandTx, order: PaymentOrder): Promise<void>;
  /** Moves a payment as far as the bank's answer allows: sends what was not sent, asks about what is unknown. Safe to call any number of times. */
  drive(id: string): Promise<PaymentStatus>;
  /** Drives up to `limit` payments that stopped half-way: requested or sent, and untouched for `untouchedSeconds` (15). */
  driveStopped(limit: number, untouchedSeconds?: number): Promise<{ readonly driven: number; readonly stillOpen: number }>;
  find(id: string): Promise<Payment | null>;
  receiveCallback(body: BankCallback, by: By): Promise<Result<CallbackAnswer, PaymentsError | FunnelRefusal>>;
  book(from: BusinessDate, to: BusinessDate): Promise<PaymentsBook>;
}

export type PaymentsDeps = { readonly db: Db; readonly funnel: Funnel; readonly bank: BankGateway; readonly clock: Clock };

/** The job that asks about a payment whose outcome is unknown. */
export const ASK_JOB = 'payments.ask';
/** Longer than a call to the bank may take: what was touched since is in somebody's hands. */
const UNTOUCHED_SECONDS = 15;

export function createPayments(deps: PaymentsDeps): Payments {
  return {
    request: (tx, order) => request(tx, order),
    drive: async (id) => drive(deps, await existing(deps, id)),
    driveStopped: (limit, untouchedSeconds = UNTOUCHED_SECONDS) => driveStopped(deps, limit, untouchedSeconds),
    find: (id) => find(deps, id),
    receiveCallback: (body, by) => (body.kind === 'transfer_in' ? receiveTransfer(deps, body, by) : receiveOutcome(deps, body, by)),
    book: async (from, to) => ({ moved: await movedBetween(deps.db, from, to), statuses: await countedByStatus(deps.db) }),
  };
}

async function request(tx: CommandTx, { at, ...order }: PaymentOrder): Promise<void> {
  assert(order.amount > 0n, 'a payment moves more than nothing');
  await insertPayment(tx, { ...order, requestedAt: at, version: 1, status: 'requested' });
}

async function find({ db }: PaymentsDeps, id: string): Promise<Payment | null> {
  const shard = await homeOf(db, id);
  return shard === null ? null : readPayment(db, shard, id);
}

async function existing(deps: PaymentsDeps, id: string): Promise<Payment> {
  const payment = await find(deps, id);
  assert(payment !== null, 'a payment that is driven was requested before');
  return payment;
}

async function driveStopped(deps: PaymentsDeps, limit: number, untouchedSeconds: number): Promise<{ driven: number; stillOpen: number }> {
  let stillOpen = 0;
  const stopped = await stoppedPayments(deps.db, untouchedSeconds, limit);
  for (const payment of stopped) {
    const status = await drive(deps, payment);
    if (status === 'requested' || status === 'sent' || status === 'unknown') stillOpen += 1;
  }
  return { driven: stopped.length, stillOpen };
}

/**
 * One step: the intent to send is committed before the call (`send`), so a process killed in between leaves a
 * `sent` payment that is asked about. Only the bank's explicit `never_seen` lets the same order go out again,
 * under the same id. Of two that drive at once, one wins the version and sends.
 */
async function drive(deps: PaymentsDeps, payment: Payment): Promise<PaymentStatus> {
  if (isFinal(payment)) return payment.status;
  if (payment.status === 'requested') return sendAfter(deps, payment, { type: 'send' });
  const answer = await deps.bank.ask(orderOf(payment));
  return answer.kind === 'never_seen' ? sendAfter(deps, payment, { type: 'send_again' }) : record(deps, payment, answer);
}

async function sendAfter(deps: PaymentsDeps, payment: Payment, intent: PaymentCommand): Promise<PaymentStatus> {
  const sent = valueOf(advance(payment, intent));
  const mine = await deps.funnel.run<{ isMine: boolean }, never>(commandOf(deps, payment, intent), async (tx) => {
    return ok({ isMine: await tryUpdatePayment(tx, sent) });
  });
  if (!mine.ok || !mine.value.isMine) return (await existing(deps, payment.id)).status;
  return record(deps, sent, await deps.bank.send(orderOf(sent)));
}

/** Keeps what the bank said and tells the others, in one transaction. */
async function record(deps: PaymentsDeps, payment: Payment, outcome: BankOutcome): Promise<PaymentStatus> {
  const commands = commandsFor(outcome);
  const done = await deps.funnel.run(commandOf(deps, payment, commands), applying(payment, commands, deps.clock.now()));
  if (done.ok) return done.value.status;
  assert(done.error.code === 'payment_already_final' || done.error.code === 'busy', `the bank's answer fits the payment: ${done.error.code}`);
  return (await existing(deps, payment.id)).status;
}

type Applying = (tx: CommandTx) => Promise<Result<CallbackAnswer, PaymentsError>>;

/** Commands on one payment as a funnel's work: on the version known outside at first, read anew when another was quicker. */
function applying(known: Payment, commands: readonly PaymentCommand[], at: Instant): Applying {
  let tries = 0;
  return async (tx) => {
    tries += 1;
    const before = tries === 1 ? known : await readPayment(tx, known.shard, known.id);
    assert(before !== null, 'payments are never removed');
    return apply(tx, before, { commands, at });
  };
}

async function apply(tx: CommandTx, before: Payment, { commands, at }: { commands: readonly PaymentCommand[]; at: Instant }): Promise<Result<CallbackAnswer, PaymentsError>> {
  let payment = before;
  for (const command of commands) {
    const next = advance(payment, command);
    if (!next.ok) return next;
    if (next.value === payment) continue;
    await updatePayment(tx, next.value);
    const news = newsOf(payment, next.value, at);
    if (news !== null) tx.tell(news);
    payment = next.value;
  }
  if (payment.status === 'unknown') {
    tx.wake({ job: ASK_JOB, payload: { payment_id: payment.id }, afterSeconds: secondsUntilAsked(payment.attempts) });
  }
  return ok({ paymentId: payment.id, status: payment.status });
}

const commandsFor = (outcome: BankOutcome): readonly PaymentCommand[] => {
  switch (outcome.kind) {
    case 'paid':
      return [{ type: 'settle', valueOn: outcome.valueOn }];
    case 'refused':
      return [{ type: 'record_refusal', reason: outcome.reason }];
    case 'returned':
      return [{ type: 'settle', valueOn: outcome.valueOn }, { type: 'take_back', returnedOn: outcome.returnedOn, reason: outcome.reason }];
    case 'unknown':
      return [{ type: 'record_unknown', seen: outcome.seen }];
  }
};

/** Each drive is its own command: what makes repeats harmless is the payment's version, not the key. */
const commandOf = (deps: PaymentsDeps, payment: Payment, input: unknown) => ({
  name: 'payments.drive', key: `${payment.id}/${randomUUID()}`, input, actor: system('payments'), at: deps.clock.now(), shard: payment.shard,
});

function orderOf(payment: Payment): BankOrder {
  assert(payment.kind !== 'transfer_in' && payment.cardToken !== null, 'only our own orders are spoken about with the bank');
  return { id: payment.id, kind: payment.kind, amount: payment.amount, cardToken: payment.cardToken };
}

function valueOf(moved: Result<Payment, PaymentsError>): Payment {
  assert(moved.ok, 'sending is never refused');
  return moved.value;
}

type Outcome = Exclude<BankCallback, { kind: 'transfer_in' }>;

async function receiveOutcome(deps: PaymentsDeps, body: Outcome, by: By): Promise<Result<CallbackAnswer, PaymentsError | FunnelRefusal>> {
  const payment = await find(deps, body.order_id);
  if (payment === null || payment.kind !== (body.kind === 'debit_return' ? 'debit' : body.kind)) {
    return refuse({ code: 'callback_for_unknown_payment', orderId: body.order_id });
  }
  // The version is part of the key: a callback refused as too early may succeed when the bank repeats it.
  const command = { name: 'payments.receive_callback', key: `${by.key}/${payment.version}`, input: body, actor: by.actor, at: by.at, shard: payment.shard };
  const work = applying(payment, [commandIn(body)], by.at);
  return deps.funnel.run<CallbackAnswer, PaymentsError>(command, async (tx) => {
    if (payment.amount.toString() !== body.amount_fen) {
      return refuse({ code: 'callback_amount_mismatch', orderId: body.order_id, orderedFen: payment.amount, reportedFen: BigInt(body.amount_fen) });
    }
    return work(tx);
  });
}

function commandIn(body: Outcome): PaymentCommand {
  const valueOn = businessDate(body.value_on);
  if (body.kind === 'debit_return') return { type: 'take_back', returnedOn: valueOn, reason: body.reason ?? 'other' };
  return body.status === 'paid' ? { type: 'settle', valueOn } : { type: 'record_refusal', reason: refusalOf(body.reason) };
}

/** A transfer by a borrower: kept on its reference's shard, for only the listener knows whose reference it is. */
async function receiveTransfer(deps: PaymentsDeps, body: Extract<BankCallback, { kind: 'transfer_in' }>, by: By): Promise<Result<CallbackAnswer, PaymentsError | FunnelRefusal>> {
  const payment: Payment = {
    id: derivedId('pay', 'transfer_in', body.order_id), kind: 'transfer_in', shard: shardOf(body.reference), reference: body.reference, purpose: 'transfer_in',
    amount: fen(BigInt(body.amount_fen)), cardToken: null, requestedAt: by.at, version: 1, status: 'settled', valueOn: businessDate(body.value_on),
  };
  const before = await find(deps, payment.id);
  if (before !== null && before.amount === payment.amount && !isSameOrder(before, payment)) return refuse({ code: 'transfer_id_reused', orderId: body.order_id });
  if (before !== null && before.amount !== payment.amount) {
    return refuse({ code: 'callback_amount_mismatch', orderId: body.order_id, orderedFen: before.amount, reportedFen: BigInt(body.amount_fen) });
  }
  const command = { name: 'payments.receive_transfer', key: by.key, input: body, actor: by.actor, at: by.at, shard: payment.shard };
  return deps.funnel.run<CallbackAnswer, PaymentsError>(command, async (tx) => {
    const isNew = await insertPayment(tx, payment);
    const news = isNew ? newsOf(null, payment, by.at) : null;
    if (news !== null) tx.tell(news);
    return ok({ paymentId: payment.id, status: payment.status });
  });
}
