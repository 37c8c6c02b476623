import { assert, canonicalJson, fen, formatDate, type BusinessDate, type Fen, type FundingShare } from '@mingdai/loan-math';
import { digestOf } from '../../kernel/canonical.ts';
import { shardOf } from '../../kernel/ids.ts';
import { instant, type Instant } from '../../kernel/instant.ts';
import type { Reader, Tx } from '../../platform/tx.ts';
import type { WireFacts } from './domain/facts.ts';
import type { FunderDocument } from './domain/funder.ts';

/** Funders are few and the same for everybody: one shard. Their quotas lie each on its own. */
const SHARD = 0;
export const quotaShard = (funder: string): number => shardOf(funder);

/** Keeps what is known of a funder from a day on; false when that day is written already. */
export async function insertFunder(tx: Tx, document: FunderDocument, at: Instant): Promise<boolean> {
  const { rowCount } = await tx.query(
    'insert into funding.funder (shard, code, known_from, document, digest, written_at) values ($1, $2, $3, $4, $5, $6) on conflict (shard, code, known_from) do nothing',
    [SHARD, document.code, document.known_from, canonicalJson(document), digestOf(document), new Date(at)],
  );
  return rowCount === 1;
}

/** Every funder as known on a day, by code. */
export async function fundersOn(reader: Reader, on: BusinessDate): Promise<readonly FunderDocument[]> {
  const { rows } = await reader.query<{ document: string }>(
    'select distinct on (code) document from funding.funder where shard = $1 and known_from <= $2 order by code, known_from desc', [SHARD, formatDate(on)]);
  return rows.map(({ document }) => JSON.parse(document) as FunderDocument);
}

export type Quota = { readonly funder: string; readonly limit: Fen; readonly reserved: Fen; readonly lent: Fen };

/** Makes a quota, or changes its limit. Throws what the database says when less is left than is used. */
export async function setQuota(tx: Tx, funder: string, limit: Fen): Promise<void> {
  await tx.query(
    `insert into funding.quota (shard, funder, limit_fen, reserved_fen, lent_fen) values ($1, $2, $3, 0, 0)
     on conflict (shard, funder) do update set limit_fen = excluded.limit_fen`,
    [quotaShard(funder), funder, limit],
  );
}

export async function quotasOf(reader: Reader, funders: readonly string[]): Promise<readonly Quota[]> {
  const { rows } = await reader.query<{ funder: string; limit_fen: bigint; reserved_fen: bigint; lent_fen: bigint }>(
    'select funder, limit_fen, reserved_fen, lent_fen from funding.quota where shard = any($1) and funder = any($2) order by funder', [funders.map(quotaShard), funders]);
  return rows.map((row) => ({ funder: row.funder, limit: fen(row.limit_fen), reserved: fen(row.reserved_fen), lent: fen(row.lent_fen) }));
}

export type Reservation = { readonly id: string; readonly funder: string; readonly applicationId: string; readonly attempt: number; readonly amount: Fen };

/**
 * Holds an amount of a funder's quota, if it is still there: compare and set in one statement. False when it is not, nothing held.
 * Needs to be asked once per id (the funnel's key), inside one transaction.
 */
export async function hold(tx: Tx, { id, funder, applicationId, attempt, amount }: Reservation, at: Instant): Promise<boolean> {
  const { rowCount } = await tx.query(
    `with taken as (
       update funding.quota set reserved_fen = reserved_fen + $6 where shard = $1 and funder = $3 and reserved_fen + lent_fen + $6 <= limit_fen returning funder)
     insert into funding.reservation (shard, id, funder, application_id, attempt, amount_fen, state, held_at)
     select $1, $2, $3, $4, $5, $6, 'held', $7 from taken`,
    [quotaShard(funder), id, funder, applicationId, attempt, amount, new Date(at)],
  );
  return rowCount === 1;
}

export type Settling = { readonly funder: string; readonly applicationId: string; readonly state: 'lent' | 'released'; readonly throughAttempt: number | null; readonly only?: string };

/** Settles what is held for an application (up to an attempt, or only one reservation): lent for good, or given back. What is settled already is left alone. */
export async function settle(tx: Tx, { funder, applicationId, state, throughAttempt, only }: Settling, at: Instant): Promise<bigint> {
  const { rows } = await tx.query<{ amount_fen: bigint }>(
    `update funding.reservation set state = $4, settled_at = $6
     where shard = $1 and funder = $2 and application_id = $3 and state = 'held' and ($5::int is null or attempt <= $5) and ($7::text is null or id = $7) returning amount_fen`,
    [quotaShard(funder), funder, applicationId, state, throughAttempt, new Date(at), only ?? null],
  );
  const amount = rows.reduce((sum, row) => sum + row.amount_fen, 0n);
  if (amount === 0n) return 0n;
  const { rowCount } = await tx.query(
    'update funding.quota set reserved_fen = reserved_fen - $3, lent_fen = lent_fen + $4 where shard = $1 and funder = $2',
    [quotaShard(funder), funder, amount, state === 'lent' ? amount : 0n],
  );
  assert(rowCount === 1, 'what is held is held of a quota');
  return amount;
}

/** Who was chosen for an application, one attempt. */
export type Routing = { readonly applicationId: string; readonly shard: number; readonly attempt: number; readonly shares: readonly FundingShare[]; readonly explanation: string; readonly excluded: readonly string[] };

/** Keeps a routing; of two that route at once the first stands. */
export async function insertRouting(tx: Tx, { applicationId, shard, attempt, shares, explanation, excluded }: Routing, at: Instant): Promise<void> {
  const document = { shares: shares.map(({ funder, sharePpm }) => ({ funder, share_ppm: `${sharePpm}` })), explanation, excluded };
  await tx.query(
    'insert into funding.routing (shard, application_id, attempt, document, routed_at) values ($1, $2, $3, $4, $5) on conflict (shard, application_id, attempt) do nothing',
    [shard, applicationId, attempt, canonicalJson(document), new Date(at)],
  );
}

/** The last routing of an application, or null. */
export async function lastRouting(reader: Reader, shard: number, applicationId: string): Promise<Routing | null> {
  const { rows } = await reader.query<{ attempt: number; document: string }>(
    'select attempt, document from funding.routing where shard = $1 and application_id = $2 order by attempt desc limit 1', [shard, applicationId]);
  if (rows[0] === undefined) return null;
  const document = JSON.parse(rows[0].document) as { shares: { funder: string; share_ppm: string }[]; explanation: string; excluded: string[] };
  return {
    applicationId, shard, attempt: rows[0].attempt, explanation: document.explanation, excluded: document.excluded,
    shares: document.shares.map(({ funder, share_ppm }) => ({ funder, sharePpm: BigInt(share_ppm) })),
  };
}

export type Question = { readonly id: string; readonly shard: number; readonly applicationId: string; readonly attempt: number; readonly funder: string; readonly facts: WireFacts };

export async function insertQuestion(tx: Tx, { id, shard, applicationId, attempt, funder, facts }: Question, at: Instant): Promise<void> {
  await tx.query(
    'insert into funding.question (shard, id, application_id, attempt, funder, facts, asked_at) values ($1, $2, $3, $4, $5, $6, $7)',
    [shard, id, applicationId, attempt, funder, canonicalJson(facts), new Date(at)],
  );
}

/** A funder's own decision about its share of one loan. */
export type FunderDecision = {
  readonly id: string;
  readonly shard: number;
  readonly applicationId: string;
  readonly attempt: number;
  readonly funder: string;
  readonly sharePpm: bigint;
  readonly decision: 'yes' | 'veto';
  readonly reason: string | null;
  readonly decidedAt: Instant;
};

/** Keeps a decision; the first one stands. */
export async function insertDecision(tx: Tx, decision: FunderDecision): Promise<void> {
  const { shard, id, applicationId, attempt, funder, sharePpm, decision: said, reason, decidedAt } = decision;
  await tx.query(
    `insert into funding.decision (shard, id, application_id, attempt, funder, share_ppm, decision, reason, decided_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (shard, id) do nothing`,
    [shard, id, applicationId, attempt, funder, sharePpm, said, reason, new Date(decidedAt)],
  );
}

/** Every decision about an application, by attempt and funder. */
export async function decisionsOf(reader: Reader, shard: number, applicationId: string): Promise<readonly FunderDecision[]> {
  const { rows } = await reader.query<{ id: string; attempt: number; funder: string; share_ppm: bigint; decision: 'yes' | 'veto'; reason: string | null; decided_at: Date }>(
    'select id, attempt, funder, share_ppm, decision, reason, decided_at from funding.decision where shard = $1 and application_id = $2 order by attempt, funder', [shard, applicationId]);
  return rows.map((row) => ({
    id: row.id, shard, applicationId, attempt: row.attempt, funder: row.funder, sharePpm: row.share_ppm, decision: row.decision, reason: row.reason, decidedAt: instant(row.decided_at.getTime()),
  }));
}
