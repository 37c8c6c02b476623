import { shardOf } from '../../../kernel/ids.ts';
import { isoOf, type Instant } from '../../../kernel/instant.ts';
import type { Reader, Tx } from '../../../platform/tx.ts';
import type { MessageStatus, MessageTemplate } from '../domain/message.ts';

export type NewMessage = { readonly id: string; readonly customerId: string; readonly template: MessageTemplate; readonly params: Readonly<Record<string, string>>; readonly at: Instant };
export type ClaimedMessage = Omit<NewMessage, 'at'> & { readonly shard: number; readonly attempts: number };

export async function insertMessage(tx: Tx, message: NewMessage): Promise<void> {
  await tx.query(
    `insert into customers.message (shard, id, customer_id, template, params, status, asked_at) values ($1, $2, $3, $4, $5, 'queued', $6)`,
    [shardOf(message.customerId), message.id, message.customerId, message.template, JSON.stringify(message.params), isoOf(message.at)],
  );
}

/** Messages to send now: fresh ones, and those without an answer that nobody touched for a while. */
const WAITING = `(status = 'queued' or (status in ('sending', 'unknown') and touched_at <= now() - make_interval(secs => $1)))`;

export async function waitingMessages(reader: Reader, untouchedSeconds: number, limit: number): Promise<readonly { shard: number; id: string }[]> {
  const { rows } = await reader.query<{ shard: number; id: string }>(
    `select shard, id from customers.message where ${WAITING} order by touched_at, shard, id limit $2`, [untouchedSeconds, limit]);
  return rows;
}

/** Takes messages in hand: of two processes, one gets each. */
export async function claimMessages(tx: Tx, untouchedSeconds: number, waiting: readonly { shard: number; id: string }[]): Promise<readonly ClaimedMessage[]> {
  const { rows } = await tx.query<{ shard: number; id: string; customer_id: string; template: MessageTemplate; params: string; attempts: number }>(
    `update customers.message m set status = 'sending', attempts = attempts + 1, touched_at = now()
     from unnest($2::int[], $3::text[]) as w(shard, id) where m.shard = w.shard and m.id = w.id and ${WAITING}
     returning m.shard, m.id, m.customer_id, m.template, m.params, m.attempts`,
    [untouchedSeconds, waiting.map(({ shard }) => shard), waiting.map(({ id }) => id)],
  );
  return rows.map((row) => ({ shard: row.shard, id: row.id, customerId: row.customer_id, template: row.template, params: JSON.parse(row.params) as Record<string, string>, attempts: row.attempts }));
}

export async function settleMessages(tx: Tx, settled: readonly { shard: number; id: string; status: MessageStatus }[]): Promise<void> {
  await tx.query(
    `update customers.message m set status = s.status, touched_at = now()
     from unnest($1::int[], $2::text[], $3::text[]) as s(shard, id, status) where m.shard = s.shard and m.id = s.id and m.status = 'sending'`,
    [settled.map(({ shard }) => shard), settled.map(({ id }) => id), settled.map(({ status }) => status)],
  );
}

export async function messagesOf(reader: Reader, customerId: string): Promise<readonly { template: MessageTemplate; status: MessageStatus; attempts: number }[]> {
  const { rows } = await reader.query<{ template: MessageTemplate; status: MessageStatus; attempts: number }>(
    'select template, status, attempts from customers.message where shard = $1 and customer_id = $2 order by asked_at, id', [shardOf(customerId), customerId]);
  return rows;
}
