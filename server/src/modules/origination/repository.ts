import type { Instant } from '../../kernel/instant.ts';
import { VersionConflict, type Reader, type Tx } from '../../platform/tx.ts';
import { DRIVEN_STATUSES, OPEN_STATUSES, type Application } from './domain/application.ts';
import { applicationFrom, recordOf, type ApplicationRecord } from './domain/application-record.ts';

/** An application as read, with the version a write must find unchanged. */
export type Kept = { readonly app: Application; readonly version: number };
export type Reading = { readonly kind: 'opened' | 'confirmed'; readonly sheetHash: string; readonly at: Instant };

type Stored = { readonly document: ApplicationRecord; readonly version: number };
/** As the partial indexes say it. */
const OPEN = OPEN_STATUSES.map((status) => `'${status}'`).join(', ');
const kept = (row: Stored): Kept => ({ app: applicationFrom(row.document), version: row.version });

/** Keeps a new application, unless the person has an open one of the product: then that one's id. Throws VersionConflict when it was closed this moment. */
export async function insertApplication(tx: Tx, app: Application): Promise<{ readonly alreadyOpen: string | null }> {
  const inserted = await tx.query(
    `insert into origination.application (shard, id, customer_id, product_code, status, version, document)
     values ($1, $2, $3, $4, $5, 1, $6) on conflict (shard, customer_id, product_code) where status in (${OPEN}) do nothing`,
    [app.shard, app.id, app.customerId, app.productCode, app.status, JSON.stringify(recordOf(app))],
  );
  if (inserted.rowCount === 1) return { alreadyOpen: null };
  const { rows } = await tx.query<{ id: string }>(
    `select id from origination.application where shard = $1 and customer_id = $2 and product_code = $3 and status = any($4::text[])`,
    [app.shard, app.customerId, app.productCode, OPEN_STATUSES],
  );
  if (rows[0] === undefined) throw new VersionConflict(`the open application of ${app.customerId} was closed this moment`);
  return { alreadyOpen: rows[0].id };
}

/** Saves what an application became. Throws VersionConflict when somebody was quicker. */
export async function saveApplication(tx: Tx, app: Application, version: number): Promise<void> {
  const expiresAt = 'expiresAt' in app ? app.expiresAt : null;
  const { rowCount } = await tx.query(
    `update origination.application set status = $3, version = version + 1, document = $4, expires_at = $5, touched_at = now()
     where shard = $1 and id = $2 and version = $6`,
    [app.shard, app.id, app.status, JSON.stringify(recordOf(app)), expiresAt, version],
  );
  if (rowCount !== 1) throw new VersionConflict(`application ${app.id} is no longer at version ${version}`);
}

export async function readApplication(reader: Reader, shard: number, id: string): Promise<Kept | null> {
  const { rows } = await reader.query<Stored>(`select document, version from origination.application where shard = $1 and id = $2`, [shard, id]);
  return rows[0] === undefined ? null : kept(rows[0]);
}

/** By id alone, for those who do not know whose it is (a job, news of a loan). */
export async function findApplication(reader: Reader, id: string): Promise<Kept | null> {
  const { rows } = await reader.query<Stored>(`select document, version from origination.application where id = $1`, [id]);
  return rows[0] === undefined ? null : kept(rows[0]);
}

export async function applicationsOf(reader: Reader, shard: number, customerId: string): Promise<readonly Application[]> {
  const { rows } = await reader.query<Stored>(
    `select document, version from origination.application where shard = $1 and customer_id = $2 order by document->'common'->>'submittedAt' desc, id`, [shard, customerId]);
  return rows.map((row) => kept(row).app);
}

/**
 * Takes applications that wait for the program itself and that nobody touched for a while, the longest untouched first. Taking
 * touches them: those that go on waiting let the others have their turn.
 */
export async function takeStopped(tx: Tx, untouchedSeconds: number, limit: number): Promise<readonly string[]> {
  const { rows } = await tx.query<{ id: string }>(
    `update origination.application set touched_at = now() where (shard, id) in (
       select shard, id from origination.application where status = any($3::text[]) and status in (${OPEN}) and touched_at < now() - make_interval(secs => $1)
       order by touched_at, id limit $2)
     returning id`, [untouchedSeconds, limit, DRIVEN_STATUSES]);
  return rows.map(({ id }) => id);
}

/** Offers that ran out and that nobody has closed. */
export async function expiredApplications(reader: Reader, at: Instant, limit: number): Promise<readonly string[]> {
  const { rows } = await reader.query<{ id: string }>(
    `select id from origination.application where status in ('offered', 'identified') and expires_at <= $1 order by expires_at limit $2`, [at, limit]);
  return rows.map(({ id }) => id);
}

export type Document = { readonly shard: number; readonly id: string; readonly applicationId: string; readonly document: unknown };

export async function insertOffer(tx: Tx, offer: Document & { readonly sheetHash: string; readonly madeAt: Instant }): Promise<void> {
  await tx.query(
    `insert into origination.offer (shard, id, application_id, sheet_hash, made_at, document) values ($1, $2, $3, $4, $5, $6) on conflict (shard, id) do nothing`,
    [offer.shard, offer.id, offer.applicationId, offer.sheetHash, offer.madeAt, JSON.stringify(offer.document)],
  );
}

export async function readOffer(reader: Reader, shard: number, id: string): Promise<unknown> {
  const { rows } = await reader.query<{ document: unknown }>(`select document from origination.offer where shard = $1 and id = $2`, [shard, id]);
  return rows[0]?.document ?? null;
}

/** Who read which version of a sheet, and when: the first opening and the first confirmation stand (RATE-005). */
export async function insertReading(tx: Tx, where: { readonly shard: number; readonly applicationId: string }, reading: Reading & { readonly evidence: unknown }): Promise<void> {
  await tx.query(
    `insert into origination.sheet_reading (shard, application_id, sheet_hash, kind, at, evidence) values ($1, $2, $3, $4, $5, $6)
     on conflict (shard, application_id, sheet_hash, kind) do nothing`,
    [where.shard, where.applicationId, reading.sheetHash, reading.kind, reading.at, JSON.stringify(reading.evidence)],
  );
}

export async function readReadings(reader: Reader, shard: number, applicationId: string): Promise<readonly Reading[]> {
  const { rows } = await reader.query<{ kind: Reading['kind']; sheet_hash: string; at: bigint }>(
    `select kind, sheet_hash, at from origination.sheet_reading where shard = $1 and application_id = $2`, [shard, applicationId]);
  return rows.map(({ kind, sheet_hash, at }) => ({ kind, sheetHash: sheet_hash, at: Number(at) as Instant }));
}

export async function insertContract(tx: Tx, contract: Document & { readonly loanId: string; readonly signedAt: Instant; readonly digest: string }): Promise<void> {
  await tx.query(
    `insert into origination.contract (shard, id, application_id, loan_id, signed_at, digest, document) values ($1, $2, $3, $4, $5, $6, $7)`,
    [contract.shard, contract.id, contract.applicationId, contract.loanId, contract.signedAt, contract.digest, JSON.stringify(contract.document)],
  );
}

/** How the applications stand, by status and reason: the lender's funnel. */
export async function countByOutcome(reader: Reader): Promise<readonly { readonly status: string; readonly reason: string | null; readonly count: bigint }[]> {
  const { rows } = await reader.query<{ status: string; reason: string | null; count: bigint }>(
    `select status, document->'state'->>'reason' as reason, count(*) as count from origination.application group by 1, 2 order by 1, 2`);
  return rows;
}
