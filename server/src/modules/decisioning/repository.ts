import { assert, canonicalJson } from '@mingdai/loan-math';
import type { By } from '../../kernel/actor.ts';
import { digestOf } from '../../kernel/canonical.ts';
import { SHARDS } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Reader, Tx } from '../../platform/tx.ts';
import type { Decision } from './domain/decision.ts';
import type { Evidence, SourceName } from './domain/evidence.ts';
import type { Strategy, StrategyDocument } from './domain/strategy.ts';

/** The only SQL of decisioning. Nothing here is ever updated: documents are kept as canonical JSON beside their SHA-256. */

export type ReportRequestRow = {
  readonly shard: number;
  readonly id: string;
  readonly applicationId: string;
  readonly customerId: string;
  readonly source: SourceName;
  readonly supplier: string;
  readonly consentId: string;
  readonly purpose: string;
  readonly askedAt: Instant;
};

export async function insertReportRequest(tx: Tx, row: ReportRequestRow): Promise<void> {
  await tx.query(
    `insert into decisioning.report_request (shard, id, application_id, customer_id, source, supplier, consent_id, purpose, asked_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [row.shard, row.id, row.applicationId, row.customerId, row.source, row.supplier, row.consentId, row.purpose, new Date(row.askedAt)],
  );
}

export async function insertEvidence(tx: Tx, evidence: Evidence, hash: string): Promise<void> {
  await tx.query(
    `insert into decisioning.evidence (shard, id, application_id, customer_id, taken_at, document, hash) values ($1, $2, $3, $4, $5, $6, $7)`,
    [evidence.shard, evidence.id, evidence.applicationId, evidence.customerId, new Date(evidence.bureau.obtainedAt), canonicalJson(evidence), hash],
  );
}

/** The snapshot, checked against its hash: altered evidence is a broken invariant, not evidence. */
export async function evidence(reader: Reader, shard: number, id: string): Promise<Evidence | null> {
  const { rows } = await reader.query<{ document: string; hash: string }>('select document, hash from decisioning.evidence where shard = $1 and id = $2', [shard, id]);
  const row = rows[0];
  if (row === undefined) return null;
  const found = revived<Evidence>(row.document, /_fen$/);
  assert(digestOf(found) === row.hash, `evidence ${id} is as it was kept`);
  return found;
}

export async function insertStrategy(tx: Tx, shard: number, { hash, code, version, document }: Strategy, at: Instant): Promise<void> {
  await tx.query(
    `insert into decisioning.strategy (shard, hash, code, version, document, first_used_at) values ($1, $2, $3, $4, $5, $6)
     on conflict (shard, hash) do nothing`,
    [shard, hash, code, version, canonicalJson(document), new Date(at)],
  );
}

export async function strategy(reader: Reader, shard: number, hash: string): Promise<StrategyDocument | null> {
  const { rows } = await reader.query<{ document: string }>('select document from decisioning.strategy where shard = $1 and hash = $2', [shard, hash]);
  if (rows[0] === undefined) return null;
  const found = JSON.parse(rows[0].document) as StrategyDocument;
  assert(digestOf(found) === hash, `strategy ${hash} is as it was kept`);
  return found;
}

export async function insertDecision(tx: Tx, decision: Decision): Promise<void> {
  await tx.query(
    `insert into decisioning.decision (shard, id, application_id, customer_id, evidence_id, outcome, limit_fen, price_ppm, strategy_hash, decided_at, document, digest)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      decision.shard, decision.id, decision.applicationId, decision.customerId, decision.evidenceId, decision.outcome, decision.limitFen, decision.pricePpm,
      decision.strategy.hash, new Date(decision.decidedAt), canonicalJson(decision), digestOf(decision),
    ],
  );
}

/** A decision with the text it is kept as, checked against its digest. Without a shard all shards are looked through: off the critical path only. */
export async function decision(reader: Reader, id: string, shard?: number): Promise<{ readonly decision: Decision; readonly document: string } | null> {
  const shards = shard === undefined ? Array.from({ length: SHARDS }, (_, at) => at) : [shard];
  const { rows } = await reader.query<{ document: string; digest: string }>('select document, digest from decisioning.decision where shard = any($1::int[]) and id = $2', [shards, id]);
  const row = rows[0];
  if (row === undefined) return null;
  const found = revived<Decision>(row.document, /(Fen|Ppm)$/);
  assert(digestOf(found) === row.digest, `decision ${id} is as it was kept`);
  return { decision: found, document: row.document };
}

/** Adds those not yet invited; answers how many were new. */
export async function insertInvitations(tx: Tx, hashes: readonly string[], { at, actor }: By): Promise<number> {
  const { rowCount } = await tx.query(
    `insert into decisioning.invitation (shard, id_number_hash, invited_at, invited_by)
     select shard, hash, $3, $4 from unnest($1::int[], $2::text[]) as i(shard, hash)
     on conflict (shard, id_number_hash) do nothing`,
    [hashes.map(shardOfHash), hashes, new Date(at), `${actor.kind}/${actor.id}`],
  );
  return rowCount;
}

export async function isInvited(reader: Reader, hash: string): Promise<boolean> {
  if (!/^[0-9a-f]{64}$/.test(hash)) return false;
  const { rowCount } = await reader.query('select from decisioning.invitation where shard = $1 and id_number_hash = $2', [shardOfHash(hash), hash]);
  return rowCount > 0;
}

const shardOfHash = (hash: string): number => parseInt(hash.slice(0, 2), 16) % SHARDS;

/** Canonical JSON writes bigint as text; members whose name says fen or ppm are read back as bigint. */
function revived<T>(text: string, exact: RegExp): T {
  return JSON.parse(text, (key, value: unknown) => (exact.test(key) && typeof value === 'string' ? BigInt(value) : value)) as T;
}
