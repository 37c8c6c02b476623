import { businessDate, fen, formatDate, type BusinessDate, type LoanEvent } from '@mingdai/loan-math';
import { digestOf } from '../../../kernel/canonical.ts';
import type { Reader, Tx } from '../../../platform/tx.ts';
import { contractFromDocument, contractToDocument, type ContractDocument } from '../domain/contract.ts';
import { eventFromRecord, eventToRecord, type EventPayload } from '../domain/event-record.ts';
import { foldedStateOf, snapshotFromDocument, snapshotToDocument, type Loan, type SnapshotDocument } from '../domain/loan.ts';
import type { PoolDelta } from '../domain/pools.ts';

export type StoredLoan = { readonly loan: Loan; readonly events: readonly LoanEvent[]; readonly snapshotDigest: string };

/** One loan's change, to be written where its version is still `loan.version`. */
export type LoanChange = { readonly loan: Loan; readonly fresh: readonly LoanEvent[]; readonly deltas: readonly PoolDelta[] };

/** The digest of what a refold must give again. */
export const snapshotDigestOf = (loan: Loan): string => digestOf(foldedStateOf(loan));

export async function insertLoan(tx: Tx, loan: Loan): Promise<void> {
  await tx.query(
    `insert into servicing.loan (shard, id, customer_id, contract, status, version, sequence, bucket, principal_outstanding_fen, snapshot, snapshot_digest, chain_seq)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [loan.shard, loan.id, loan.contract.customerId, JSON.stringify(contractToDocument(loan.contract)), loan.status, loan.version, loan.sequence, loan.bucket,
      loan.principalOutstanding, JSON.stringify(snapshotToDocument(loan)), snapshotDigestOf(loan), loan.chain.seq],
  );
}

const LOAN_WITH_EVENTS = `select l.shard, l.id, l.contract, l.status, l.version, l.sequence, l.booked_through, l.next_action_on, l.unpaid_due_on, l.bucket,
    l.principal_outstanding_fen, l.snapshot, l.snapshot_digest, l.chain_seq, l.chain_digest,
    (select json_agg(json_build_array(e.sequence, e.id, e.kind, e.value_on, floor(extract(epoch from e.booked_at) * 1000)::bigint, e.payload) order by e.sequence)
     from servicing.loan_event e where e.shard = l.shard and e.loan_id = l.id) as events`;

/** A loan with its events, and the last day whose books are closed: one round trip. Without a shard it is found by its id. */
export async function loadLoan(reader: Reader, loanId: string, shard: number | null = null): Promise<(StoredLoan & { readonly closedThrough: BusinessDate | null }) | null> {
  const { rows } = await reader.query<LoanRow & { closed_through: string | null }>(
    `${LOAN_WITH_EVENTS}, (select max(through) from servicing.close_run) as closed_through
     from servicing.loan l where l.id = $1 and ($2::int is null or l.shard = $2)`,
    [loanId, shard],
  );
  const [row] = rows;
  return row === undefined ? null : { ...storedFrom(row), closedThrough: dayOrNull(row.closed_through) };
}

export type LoanPlace = { readonly shard: number; readonly id: string };
export const FIRST_PLACE: LoanPlace = { shard: -1, id: '' };

/** Places asked for at once: more than a day's part of a million loans, so that the index of the day is read and not the whole book. */
const PLACES = 100_000;

/** Where loans lie on which something is to be booked by a day: in order of (shard, id), so many at a time. */
export const placesToBook = (reader: Reader, day: BusinessDate, batch: number): AsyncGenerator<readonly LoanPlace[]> => placesWhere(reader, 'l.next_action_on <= $1', { day, batch });

/** Where active loans lie whose oldest unpaid installment fell due by a day: in order of (shard, id), so many at a time. */
export const placesWithDues = (reader: Reader, on: BusinessDate, batch: number): AsyncGenerator<readonly LoanPlace[]> =>
  placesWhere(reader, `l.unpaid_due_on <= $1 and l.status = 'active'`, { day: on, batch });

async function* placesWhere(reader: Reader, condition: string, { day, batch }: { readonly day: BusinessDate; readonly batch: number }): AsyncGenerator<readonly LoanPlace[]> {
  for (let after = FIRST_PLACE; ;) {
    const { rows } = await reader.query<LoanPlace>(
      `select l.shard, l.id from servicing.loan l where ${condition} and (l.shard, l.id) > ($2, $3) order by l.shard, l.id limit $4`, [formatDate(day), after.shard, after.id, PLACES]);
    for (let from = 0; from < rows.length; from += batch) yield rows.slice(from, from + batch);
    if (rows.length < PLACES) return;
    after = rows.at(-1)!;
  }
}

/** These loans as they are now, in order of (shard, id). */
export async function loansAt(reader: Reader, places: readonly LoanPlace[]): Promise<readonly StoredLoan[]> {
  const { rows } = await reader.query<LoanRow>(
    `${LOAN_WITH_EVENTS} from unnest($1::int[], $2::text[]) as p(shard, id)
     join servicing.loan l on l.shard = p.shard and l.id = p.id order by l.shard, l.id`,
    [places.map(({ shard }) => shard), places.map(({ id }) => id)],
  );
  return rows.map(storedFrom);
}

/** All loans, page by page. */
export async function loansAfter(reader: Reader, after: LoanPlace, limit: number): Promise<readonly StoredLoan[]> {
  const { rows } = await reader.query<LoanRow>(
    `${LOAN_WITH_EVENTS} from servicing.loan l where (l.shard, l.id) > ($1, $2) order by l.shard, l.id limit $3`, [after.shard, after.id, limit]);
  return rows.map(storedFrom);
}

export async function loansOfCustomer(reader: Reader, shard: number, customerId: string): Promise<readonly StoredLoan[]> {
  const { rows } = await reader.query<LoanRow>(`${LOAN_WITH_EVENTS} from servicing.loan l where l.shard = $1 and l.customer_id = $2 order by l.id`, [shard, customerId]);
  return rows.map(storedFrom);
}

/**
 * Writes loans, their new events and their pool deltas in one statement, each only where its version is still the one that
 * was read. Answers the ids of those written; of the others nothing is.
 */
export async function saveLoans(tx: Tx, changes: readonly LoanChange[]): Promise<ReadonlySet<string>> {
  const { rows } = await tx.query<{ id: string }>(SAVE, [...loanColumns(changes), ...eventColumns(changes), ...deltaColumns(changes)]);
  return new Set(rows.map(({ id }) => id));
}

const SAVE = `
  with asked as (
    select * from unnest($1::int[], $2::text[], $3::text[], $4::int[], $5::int[], $6::date[], $7::date[], $8::date[], $9::text[], $10::bigint[], $11::text[], $12::text[], $13::int[], $14::text[])
      as a(shard, id, status, version, sequence, booked_through, next_action_on, unpaid_due_on, bucket, principal_outstanding_fen, snapshot, snapshot_digest, chain_seq, chain_digest)),
  moved as (
    update servicing.loan l set status = a.status, version = a.version + 1, sequence = a.sequence, booked_through = a.booked_through, next_action_on = a.next_action_on,
      unpaid_due_on = a.unpaid_due_on, bucket = a.bucket, principal_outstanding_fen = a.principal_outstanding_fen, snapshot = a.snapshot::jsonb,
      snapshot_digest = a.snapshot_digest, chain_seq = a.chain_seq, chain_digest = a.chain_digest
    from asked a where l.shard = a.shard and l.id = a.id and l.version = a.version
    returning l.shard, l.id, l.version),
  happened as (
    insert into servicing.loan_event (shard, loan_id, sequence, id, kind, value_on, booked_at, payload)
    select e.shard, e.loan_id, e.sequence, e.id, e.kind, e.value_on, e.booked_at, e.payload::jsonb
    from unnest($15::int[], $16::text[], $17::int[], $18::text[], $19::text[], $20::date[], $21::timestamptz[], $22::text[])
      as e(shard, loan_id, sequence, id, kind, value_on, booked_at, payload)
    join moved m on m.shard = e.shard and m.id = e.loan_id),
  accruing as (
    insert into servicing.pool_delta (shard, loan_id, loan_version, line, pool, value_on, level, slope, charged_fen, rounding)
    select d.shard, d.loan_id, m.version, d.line, d.pool, d.value_on, d.level, d.slope, d.charged_fen, d.rounding
    from unnest($23::int[], $24::text[], $25::int[], $26::text[], $27::date[], $28::numeric[], $29::numeric[], $30::bigint[], $31::numeric[])
      as d(shard, loan_id, line, pool, value_on, level, slope, charged_fen, rounding)
    join moved m on m.shard = d.shard and m.id = d.loan_id)
  select id from moved`;

type LoanRow = {
  readonly shard: number; readonly id: string; readonly contract: ContractDocument; readonly status: Loan['status']; readonly version: number; readonly sequence: number;
  readonly booked_through: string | null; readonly next_action_on: string | null; readonly unpaid_due_on: string | null; readonly bucket: Loan['bucket'];
  readonly principal_outstanding_fen: bigint; readonly snapshot: SnapshotDocument; readonly snapshot_digest: string;
  readonly chain_seq: number; readonly chain_digest: string | null; readonly events: readonly EventRow[] | null;
};
type EventRow = readonly [sequence: number, id: string, kind: LoanEvent['kind'], valueOn: string, bookedAt: number, payload: EventPayload];

const dayOrNull = (text: string | null): BusinessDate | null => (text === null ? null : businessDate(text));
const textOrNull = (day: BusinessDate | null): string | null => (day === null ? null : formatDate(day));

function storedFrom(row: LoanRow): StoredLoan {
  const loan: Loan = {
    id: row.id, shard: row.shard, contract: contractFromDocument(row.contract), status: row.status, version: row.version, sequence: row.sequence,
    bookedThrough: dayOrNull(row.booked_through), nextActionOn: dayOrNull(row.next_action_on), unpaidDueOn: dayOrNull(row.unpaid_due_on), bucket: row.bucket,
    principalOutstanding: fen(row.principal_outstanding_fen), ...snapshotFromDocument(row.snapshot), chain: { seq: row.chain_seq, digest: row.chain_digest },
  };
  const events = (row.events ?? []).map(([sequence, id, kind, valueOn, bookedAt, payload]) => eventFromRecord({ sequence, id, kind, valueOn: businessDate(valueOn), bookedAt, payload }));
  return { loan, events, snapshotDigest: row.snapshot_digest };
}

const columns = (count: number): unknown[][] => Array.from({ length: count }, () => []);
const push = (into: unknown[][], row: readonly unknown[]): void => row.forEach((cell, column) => into[column]!.push(cell));

function loanColumns(changes: readonly LoanChange[]): readonly unknown[][] {
  const into = columns(14);
  for (const { loan } of changes) {
    push(into, [loan.shard, loan.id, loan.status, loan.version, loan.sequence, textOrNull(loan.bookedThrough), textOrNull(loan.nextActionOn), textOrNull(loan.unpaidDueOn), loan.bucket,
      loan.principalOutstanding, JSON.stringify(snapshotToDocument(loan)), snapshotDigestOf(loan), loan.chain.seq, loan.chain.digest]);
  }
  return into;
}

function eventColumns(changes: readonly LoanChange[]): readonly unknown[][] {
  const into = columns(8);
  for (const { loan, fresh } of changes) {
    for (const event of fresh) {
      const { sequence, id, kind, valueOn, bookedAt, payload } = eventToRecord(event);
      push(into, [loan.shard, loan.id, sequence, id, kind, formatDate(valueOn), new Date(bookedAt).toISOString(), JSON.stringify(payload)]);
    }
  }
  return into;
}

function deltaColumns(changes: readonly LoanChange[]): readonly unknown[][] {
  const into = columns(9);
  for (const { loan, deltas } of changes) {
    deltas.forEach((delta, index) => {
      push(into, [loan.shard, loan.id, index + 1, delta.pool, formatDate(delta.valueOn), delta.level, delta.slope, delta.chargedFen, delta.rounding]);
    });
  }
  return into;
}

/** All that follows in this transaction sees the loans as they are at its first question, and writes nothing. */
export async function oneView(tx: Tx): Promise<void> {
  await tx.query('set transaction isolation level repeatable read, read only');
}
