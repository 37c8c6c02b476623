import { fen, formatYuan } from '@mingdai/loan-math';
import { system } from './kernel/actor.ts';
import type { DomainEvent } from './kernel/event.ts';
import { ok } from './kernel/result.ts';
import type { Outbox } from './platform/outbox.ts';
import type { Funnel } from './platform/tx.ts';
import type { Customers, MessageTemplate } from './modules/customers/index.ts';
import type { Servicing } from './modules/servicing/index.ts';

export type NoticesDeps = {
  readonly funnel: Funnel;
  readonly customers: Pick<Customers, 'message' | 'cardOf'>;
  readonly servicing: Pick<Servicing, 'loan'>;
};

type Notice = { readonly template: MessageTemplate; readonly params: Readonly<Record<string, string>> };
type Writer = (deps: NoticesDeps, event: DomainEvent) => Promise<Notice>;

/** Which news of a loan its borrower hears of by text message, and in which words (F1: from the first day past due). */
const writers: Readonly<Record<string, Writer>> = {
  loan_activated: async ({ customers }, event) => {
    const card = await customers.cardOf(text(event, 'customer_id'));
    return { template: 'payout_done', params: { amount: yuan(event, 'amount_fen'), card: card?.last4 ?? '****' } };
  },
  loan_cancelled: async ({ servicing }, event) => ({ template: 'payout_failed', params: { amount: await principalOf(servicing, text(event, 'loan_id')) } }),
  loan_overdue: async (_, event) => ({
    template: 'overdue', params: { amount: yuan(event, 'due_fen'), days: String(event.payload['days_past_due']), day: text(event, 'on') },
  }),
  repayment_booked: async (_, event) => ({ template: 'repaid', params: { amount: yuan(event, 'amount_fen'), day: text(event, 'on') } }),
  loan_settled: async (_, event) => ({ template: 'settled', params: { day: text(event, 'on') } }),
};

/**
 * Has a borrower told by text message what happened to a loan. Only asks for the message: customers knows the
 * phone number, and sends after the commit.
 *
 * Keeps   one event, one message, however often the event is told.
 */
export function listenForNotices(outbox: Pick<Outbox, 'on'>, deps: NoticesDeps): void {
  for (const [type, write] of Object.entries(writers)) outbox.on(type, (event) => ask(deps, event, write));
}

async function ask(deps: NoticesDeps, event: DomainEvent, write: Writer): Promise<void> {
  const { template, params } = await write(deps, event);
  const customerId = text(event, 'customer_id');
  const command = { name: 'notices.ask', key: event.id, input: { event: event.id, template }, actor: system('notices'), at: event.at, shard: event.shard };
  const asked = await deps.funnel.run<null, never>(command, async (tx) => {
    await deps.customers.message(tx, event.at, { customerId, template, params });
    return ok(null);
  });
  if (!asked.ok) throw new Error(`the message for ${event.type} ${event.id} was not asked for: ${asked.error.code}`);
}

/** A cancelled loan's news names no amount, for none moved: the contract does. */
async function principalOf(servicing: NoticesDeps['servicing'], loanId: string): Promise<string> {
  const loan = await servicing.loan(loanId);
  if (!loan.ok) throw new Error(`a cancelled loan can be read: ${loan.error.code}`);
  return formatYuan(loan.value.contract.terms.principal);
}

const yuan = (event: DomainEvent, name: string): string => formatYuan(fen(BigInt(text(event, name))));

function text({ type, payload }: DomainEvent, name: string): string {
  const value = payload[name];
  if (typeof value !== 'string') throw new TypeError(`${type} says its ${name}`);
  return value;
}
