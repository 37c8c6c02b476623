import { assert, formatDate } from '@mingdai/loan-math';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Rows, Tx } from '../../../platform/tx.ts';
import type { JournalEntry } from '../domain/journal.ts';
import type { LedgerError } from '../errors.ts';
import type { Booked } from '../ledger.ts';

/** An entry with its digest. */
export type DigestedEntry = { readonly entry: JournalEntry; readonly digest: string };

/**
 * Adds entries, their postings and their place in the sealer's list, and reads the entry before each in its chain:
 * one statement for any number of entries. Only when some id or place was taken does a second one ask by what.
 *
 * Needs   entries of one chain in order; ids distinct.
 * Refuses `journal_id_reused`, `journal_chain_broken`; rows may then have been written, so the caller rolls back.
 */
export async function addEntries(tx: Tx, digested: readonly DigestedEntry[]): Promise<Result<readonly Booked[], LedgerError>> {
  const malformed = digested.find(({ entry }) => (entry.chainSeq === 1) !== (entry.previousDigest === null));
  if (malformed !== undefined) return brokenAt(malformed.entry);
  const { rows } = digested.length === 1 ? await addOne(tx, digested[0]!) : await tx.query<Added>(ADD, [...entryColumns(digested), ...postingColumns(digested)]);
  const added = new Map(rows.map((row) => [row.id, row]));
  const repeated = digested.filter(({ entry }) => !added.get(entry.id)!.fresh);
  const standing = repeated.length === 0 ? [] : await standingInTheWay(tx, repeated);

  const booked: Booked[] = [];
  const heads = new Map<string, string>();
  for (const { entry, digest } of digested) {
    const chain = `${entry.shard} ${entry.chain}`;
    const row = added.get(entry.id)!;
    if (row.fresh) {
      if (entry.previousDigest !== (heads.get(chain) ?? row.previous)) return brokenAt(entry);
      booked.push({ id: entry.id, digest, outcome: 'booked' });
    } else {
      const same = standing.find(({ shard, id }) => shard === entry.shard && id === entry.id);
      if (same === undefined) return brokenAt(entry);
      if (same.digest !== digest) return refuse({ code: 'journal_id_reused', id: entry.id });
      booked.push({ id: entry.id, digest, outcome: 'already_booked' });
    }
    heads.set(chain, digest);
  }
  return ok(booked);
}

type Added = { readonly id: string; readonly fresh: boolean; readonly previous: string | null };
type Standing = { readonly shard: number; readonly id: string; readonly digest: string };

const ADD = `
  with asked as (
    select * from unnest($1::int[], $2::text[], $3::text[], $4::int[], $5::text[], $6::text[], $7::text[], $8::date[], $9::date[], $10::text[])
      as a(shard, id, chain, chain_seq, previous_digest, digest, kind, booked_on, value_on, cause)),
  fresh as (
    insert into ledger.entry (shard, id, chain, chain_seq, previous_digest, digest, kind, booked_on, value_on, cause)
    select shard, id, chain, chain_seq, previous_digest, digest, kind, booked_on, value_on, cause from asked
    on conflict do nothing returning shard, id),
  lines as (
    insert into ledger.posting (shard, entry_id, line, entity, account, net_fen)
    select l.shard, l.entry_id, l.line, l.entity, l.account, l.net_fen
    from unnest($11::int[], $12::text[], $13::int[], $14::text[], $15::text[], $16::bigint[])
      as l(shard, entry_id, line, entity, account, net_fen)
    join fresh on fresh.shard = l.shard and fresh.id = l.entry_id),
  listed as (
    insert into ledger.unsealed_entry (shard, entry_id) select shard, id from fresh)
  select asked.id, fresh.id is not null as fresh,
    case when asked.chain_seq > 1 then (
      select before.digest from ledger.entry before
      where before.shard = asked.shard and before.chain = asked.chain and before.chain_seq = asked.chain_seq - 1) end as previous
  from asked left join fresh on fresh.shard = asked.shard and fresh.id = asked.id`;

/** The same for one entry, in plain values: the server keeps one plan for it instead of planning for each size of array. */
function addOne(tx: Tx, digested: DigestedEntry): Promise<Rows<Added>> {
  const { postings } = digested.entry;
  const lines = [postings.map(({ entity }) => entity), postings.map(({ account }) => account), postings.map(({ netFen }) => netFen)];
  return tx.query<Added>(ADD_ONE, [...rowOf(digested), ...lines]);
}

const ADD_ONE = `
  with fresh as (
    insert into ledger.entry (shard, id, chain, chain_seq, previous_digest, digest, kind, booked_on, value_on, cause)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing returning shard, id),
  lines as (
    insert into ledger.posting (shard, entry_id, line, entity, account, net_fen)
    select fresh.shard, fresh.id, l.line, l.entity, l.account, l.net_fen
    from fresh cross join unnest($11::text[], $12::text[], $13::bigint[]) with ordinality as l(entity, account, net_fen, line)),
  listed as (
    insert into ledger.unsealed_entry (shard, entry_id) select shard, id from fresh)
  select $2 as id, exists (select from fresh) as fresh,
    (select before.digest from ledger.entry before where before.shard = $1 and before.chain = $3 and before.chain_seq = $4 - 1) as previous`;

/** The entries that stand under the ids asked for. A statement of its own: the one before cannot see what another transaction just committed. */
async function standingInTheWay(tx: Tx, repeated: readonly DigestedEntry[]): Promise<readonly Standing[]> {
  const { rows } = await tx.query<Standing>(
    `select e.shard, e.id, e.digest from unnest($1::int[], $2::text[]) as a(shard, id)
     join ledger.entry e on e.shard = a.shard and e.id = a.id`,
    [repeated.map(({ entry }) => entry.shard), repeated.map(({ entry }) => entry.id)],
  );
  return rows;
}

const brokenAt = ({ id, chain, chainSeq }: JournalEntry) => refuse({ code: 'journal_chain_broken', id, chain, chainSeq });

function entryColumns(digested: readonly DigestedEntry[]): readonly unknown[][] {
  const columns: unknown[][] = Array.from({ length: 10 }, () => []);
  for (const row of digested.map(rowOf)) row.forEach((cell, column) => columns[column]!.push(cell));
  return columns;
}

const rowOf = ({ entry: e, digest }: DigestedEntry): readonly unknown[] =>
  [e.shard, e.id, e.chain, e.chainSeq, e.previousDigest, digest, e.kind, formatDate(e.bookedOn), formatDate(e.valueOn), e.cause];

function postingColumns(digested: readonly DigestedEntry[]): readonly unknown[][] {
  const columns: unknown[][] = Array.from({ length: 6 }, () => []);
  for (const { entry } of digested) {
    entry.postings.forEach(({ entity, account, netFen }, index) => {
      const row = [entry.shard, entry.id, index + 1, entity, account, netFen];
      row.forEach((cell, column) => columns[column]!.push(cell));
    });
  }
  assert(columns[0]!.length > 0, 'entries have postings');
  return columns;
}
