import { shardOf } from '../../../kernel/ids.ts';
import { instant, isoOf, type Instant } from '../../../kernel/instant.ts';
import { VersionConflict, type Reader, type Tx } from '../../../platform/tx.ts';

/** A customer as stored: what names the person is sealed. */
export type CustomerRow = {
  readonly shard: number;
  readonly id: string;
  readonly registration: Registration | null;
  readonly card: { readonly token: string; readonly last4: string } | null;
  readonly version: number;
};
export type Registration = { readonly nameSealed: string; readonly idNumberSealed: string; readonly phoneSealed: string; readonly idNumberBlind: string };

type Stored = {
  readonly shard: number; readonly id: string; readonly name_sealed: string | null; readonly id_number_sealed: string | null; readonly phone_sealed: string | null;
  readonly id_number_blind: string | null; readonly card_token: string | null; readonly card_last4: string | null; readonly version: number;
};

export async function readCustomer(reader: Reader, id: string): Promise<CustomerRow | null> {
  const { rows } = await reader.query<Stored>(
    `select shard, id, name_sealed, id_number_sealed, phone_sealed, id_number_blind, card_token, card_last4, version
     from customers.customer where shard = $1 and id = $2`,
    [shardOf(id), id],
  );
  return rows[0] === undefined ? null : customerOf(rows[0]);
}

function customerOf(row: Stored): CustomerRow {
  const { name_sealed: nameSealed, id_number_sealed: idNumberSealed, phone_sealed: phoneSealed, id_number_blind: idNumberBlind } = row;
  const isRegistered = nameSealed !== null && idNumberSealed !== null && phoneSealed !== null && idNumberBlind !== null;
  return {
    shard: row.shard,
    id: row.id,
    registration: isRegistered ? { nameSealed, idNumberSealed, phoneSealed, idNumberBlind } : null,
    card: row.card_token === null || row.card_last4 === null ? null : { token: row.card_token, last4: row.card_last4 },
    version: row.version,
  };
}

/** Whose WeChat account it is. */
export async function customerOfAccount(reader: Reader, openidBlind: string): Promise<string | null> {
  const { rows } = await reader.query<{ customer_id: string }>(
    'select customer_id from customers.wechat_account where shard = $1 and openid_blind = $2', [shardOf(openidBlind), openidBlind]);
  return rows[0]?.customer_id ?? null;
}

/** Makes the customer of a WeChat account; made twice, it is there once. */
export async function insertCustomer(tx: Tx, customer: { id: string; openidBlind: string; at: Instant }): Promise<void> {
  await tx.query('insert into customers.customer (shard, id, created_at) values ($1, $2, $3) on conflict (shard, id) do nothing', [shardOf(customer.id), customer.id, isoOf(customer.at)]);
  await tx.query(
    'insert into customers.wechat_account (shard, openid_blind, customer_id) values ($1, $2, $3) on conflict (shard, openid_blind) do nothing',
    [shardOf(customer.openidBlind), customer.openidBlind, customer.id],
  );
}

/** Takes an id number for a customer, and answers whose it is: the first to take it keeps it. */
export async function ownerOfIdNumber(tx: Tx, idNumberBlind: string, customerId: string): Promise<string> {
  const shard = shardOf(idNumberBlind);
  const { rowCount } = await tx.query(
    'insert into customers.id_number_owner (shard, id_number_blind, customer_id) values ($1, $2, $3) on conflict (shard, id_number_blind) do nothing', [shard, idNumberBlind, customerId]);
  if (rowCount === 1) return customerId;
  const { rows } = await tx.query<{ customer_id: string }>('select customer_id from customers.id_number_owner where shard = $1 and id_number_blind = $2', [shard, idNumberBlind]);
  return rows[0]!.customer_id;
}

/** Throws VersionConflict when the customer is no longer at the version that was read. */
export async function saveRegistration(tx: Tx, customer: CustomerRow, registration: Registration, at: Instant): Promise<void> {
  const { rowCount } = await tx.query(
    `update customers.customer set name_sealed = $4, id_number_sealed = $5, phone_sealed = $6, id_number_blind = $7,
       registered_at = coalesce(registered_at, $8), version = version + 1
     where shard = $1 and id = $2 and version = $3`,
    [customer.shard, customer.id, customer.version, registration.nameSealed, registration.idNumberSealed, registration.phoneSealed, registration.idNumberBlind, isoOf(at)],
  );
  if (rowCount !== 1) throw new VersionConflict(`customer ${customer.id} is no longer at version ${customer.version}`);
}

export async function saveCard(tx: Tx, customerId: string, card: { token: string; last4: string }): Promise<void> {
  await tx.query('update customers.customer set card_token = $3, card_last4 = $4, version = version + 1 where shard = $1 and id = $2', [shardOf(customerId), customerId, card.token, card.last4]);
}

export type Session = { readonly customerId: string; readonly expiresAt: Instant };

export async function insertSession(tx: Tx, tokenSha256: string, session: Session, at: Instant): Promise<void> {
  await tx.query(
    'insert into customers.session (shard, token_sha256, customer_id, created_at, expires_at) values ($1, $2, $3, $4, $5)',
    [shardOf(tokenSha256), tokenSha256, session.customerId, isoOf(at), isoOf(session.expiresAt)],
  );
}

export async function readSession(reader: Reader, tokenSha256: string): Promise<Session | null> {
  const { rows } = await reader.query<{ customer_id: string; expires_at: Date }>(
    'select customer_id, expires_at from customers.session where shard = $1 and token_sha256 = $2', [shardOf(tokenSha256), tokenSha256]);
  return rows[0] === undefined ? null : { customerId: rows[0].customer_id, expiresAt: instant(rows[0].expires_at.getTime()) };
}
