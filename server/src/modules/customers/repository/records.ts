import type { Actor } from '../../../kernel/actor.ts';
import { shardOf } from '../../../kernel/ids.ts';
import { instant, isoOf, type Instant } from '../../../kernel/instant.ts';
import type { Reader, Tx } from '../../../platform/tx.ts';
import type { Consent, ConsentPurpose } from '../domain/consent.ts';
import type { CheckState, IdentityCheck, IdentityReason } from '../domain/identity-check.ts';

type ConsentRow = {
  readonly id: string; readonly customer_id: string; readonly purpose: ConsentPurpose; readonly recipient: string; readonly text_version: number; readonly text: string;
  readonly given_at: Date; readonly withdrawn_at: Date | null;
};

export async function consentsOf(reader: Reader, customerId: string): Promise<readonly Consent[]> {
  const { rows } = await reader.query<ConsentRow>(
    `select id, customer_id, purpose, recipient, text_version, text, given_at, withdrawn_at from customers.consent
     where shard = $1 and customer_id = $2 order by given_at, id`,
    [shardOf(customerId), customerId],
  );
  return rows.map((row) => ({
    id: row.id, customerId: row.customer_id, purpose: row.purpose, recipient: row.recipient, textVersion: row.text_version, text: row.text,
    givenAt: instant(row.given_at.getTime()), withdrawnAt: row.withdrawn_at === null ? null : instant(row.withdrawn_at.getTime()),
  }));
}

/** Answers whether it is new. */
export async function insertConsent(tx: Tx, consent: Consent): Promise<boolean> {
  const { rowCount } = await tx.query(
    `insert into customers.consent (shard, id, customer_id, purpose, recipient, text_version, text, given_at) values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (shard, id) do nothing`,
    [shardOf(consent.customerId), consent.id, consent.customerId, consent.purpose, consent.recipient, consent.textVersion, consent.text, isoOf(consent.givenAt)],
  );
  return rowCount === 1;
}

export async function withdrawConsent(tx: Tx, customerId: string, consentId: string, at: Instant): Promise<void> {
  await tx.query('update customers.consent set withdrawn_at = $3 where shard = $1 and id = $2 and withdrawn_at is null', [shardOf(customerId), consentId, isoOf(at)]);
}

/** Starts a check. Answers whether it is new. */
export async function insertCheck(tx: Tx, check: IdentityCheck, at: Instant): Promise<boolean> {
  const { rowCount } = await tx.query(
    `insert into customers.identity_check (shard, id, customer_id, card_blind, card_last4, outcome, started_at) values ($1, $2, $3, $4, $5, 'started', $6)
     on conflict (shard, id) do nothing`,
    [shardOf(check.customerId), check.id, check.customerId, check.cardBlind, check.cardLast4, isoOf(at)],
  );
  return rowCount === 1;
}

type CheckRow = {
  readonly id: string; readonly customer_id: string; readonly card_blind: string; readonly card_last4: string; readonly outcome: CheckState['outcome'];
  readonly reasons: readonly IdentityReason[]; readonly card_token: string | null;
};

export async function readCheck(reader: Reader, customerId: string, id: string): Promise<IdentityCheck | null> {
  const { rows } = await reader.query<CheckRow>(
    'select id, customer_id, card_blind, card_last4, outcome, reasons, card_token from customers.identity_check where shard = $1 and id = $2', [shardOf(customerId), id]);
  const [row] = rows;
  return row === undefined ? null : { id: row.id, customerId: row.customer_id, cardBlind: row.card_blind, cardLast4: row.card_last4, ...stateOf(row) };
}

function stateOf({ outcome, reasons, card_token }: CheckRow): CheckState {
  if (outcome === 'pass') return { outcome, cardToken: card_token ?? '' };
  return outcome === 'fail' ? { outcome, reasons } : { outcome };
}

/** Writes an answer over a check without one. Answers whether it was written: an answer is never changed. */
export async function settleCheckRow(tx: Tx, customerId: string, check: { id: string; state: CheckState }, at: Instant): Promise<boolean> {
  const { state } = check;
  const { rowCount } = await tx.query(
    `update customers.identity_check set outcome = $3, reasons = $4::text[], card_token = $5, settled_at = $6
     where shard = $1 and id = $2 and outcome in ('started', 'unknown')`,
    [shardOf(customerId), check.id, state.outcome, state.outcome === 'fail' ? [...state.reasons] : [], state.outcome === 'pass' ? state.cardToken : null, isoOf(at)],
  );
  return rowCount === 1;
}

export type Reading = { readonly id: string; readonly customerId: string; readonly purpose: string; readonly actor: Actor; readonly at: Instant };

/** Notes that personal data is read. */
export const insertReading = (tx: Tx, reading: Reading): Promise<void> => insertReadings(tx, [reading]);

/** The same for many, in one round trip. */
export async function insertReadings(tx: Tx, readings: readonly Reading[]): Promise<void> {
  await tx.query(
    `insert into customers.reading (shard, id, customer_id, purpose, actor_kind, actor_id, at)
     select * from unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[])`,
    [
      readings.map(({ customerId }) => shardOf(customerId)), readings.map(({ id }) => id), readings.map(({ customerId }) => customerId), readings.map(({ purpose }) => purpose),
      readings.map(({ actor }) => actor.kind), readings.map(({ actor }) => actor.id), readings.map(({ at }) => isoOf(at)),
    ],
  );
}

/** Who read a customer's personal data, newest first. */
export async function readingsOf(reader: Reader, customerId: string): Promise<readonly { purpose: string; actor: string; at: Instant }[]> {
  const { rows } = await reader.query<{ purpose: string; actor_kind: string; actor_id: string; at: Date }>(
    'select purpose, actor_kind, actor_id, at from customers.reading where shard = $1 and customer_id = $2 order by at desc, id', [shardOf(customerId), customerId]);
  return rows.map((row) => ({ purpose: row.purpose, actor: `${row.actor_kind}/${row.actor_id}`, at: instant(row.at.getTime()) }));
}
