import { businessDate } from '@mingdai/loan-math';
import { SHARDS } from '../../../kernel/ids.ts';
import type { Reader, Tx } from '../../../platform/tx.ts';
import type { BookedEntry, ChainHead } from '../ledger.ts';

/** The last entry of a chain. */
export async function headOfChain(reader: Reader, shard: number, chain: string): Promise<ChainHead | null> {
  const { rows } = await reader.query<{ chain_seq: number; digest: string }>(
    'select chain_seq, digest from ledger.entry where shard = $1 and chain = $2 order by chain_seq desc limit 1',
    [shard, chain],
  );
  const [head] = rows;
  return head === undefined ? null : { chainSeq: head.chain_seq, digest: head.digest };
}

/** A chain's entries with their postings, in order. */
export async function entriesOfChain(reader: Reader, shard: number, chain: string): Promise<readonly BookedEntry[]> {
  const { rows } = await reader.query<LineRow>(
    `select ${LINE_COLUMNS} from ledger.entry e left join ledger.posting p on p.shard = e.shard and p.entry_id = e.id
     where e.shard = $1 and e.chain = $2 order by e.chain_seq, p.line`,
    [shard, chain],
  );
  return entriesFrom(rows);
}

/** The shard in which a chain lies, or null. Asks every shard: for people, not for the critical path. */
export async function shardOfChain(reader: Reader, chain: string): Promise<number | null> {
  const { rows } = await reader.query<{ shard: number }>(
    `select s.shard from generate_series(0, $2::int) as s(shard)
     where exists (select from ledger.entry e where e.shard = s.shard and e.chain = $1 and e.chain_seq = 1) limit 1`,
    [chain, SHARDS - 1],
  );
  return rows[0]?.shard ?? null;
}

export type ChainPlace = { readonly chain: string; readonly chainSeq: number };

/** The next `limit` entries of a shard after a place, in order of chain and number: all of them, page by page. */
export async function entriesAfter(reader: Reader, shard: number, after: ChainPlace, limit: number): Promise<readonly BookedEntry[]> {
  const { rows } = await reader.query<LineRow>(
    `select ${LINE_COLUMNS} from (
       select * from ledger.entry where shard = $1 and (chain, chain_seq) > ($2, $3) order by chain, chain_seq limit $4) as e
     left join ledger.posting p on p.shard = e.shard and p.entry_id = e.id
     order by e.chain, e.chain_seq, p.line`,
    [shard, after.chain, after.chainSeq, limit],
  );
  return entriesFrom(rows);
}

/** All that follows in this transaction sees the books as they are at its first question, and writes nothing. */
export async function oneView(tx: Tx): Promise<void> {
  await tx.query('set transaction isolation level repeatable read, read only');
}

/** The shards that hold anything at all. */
export async function shardsInUse(reader: Reader): Promise<readonly number[]> {
  const { rows } = await reader.query<{ shard: number }>(
    'select shard from ledger.entry union select shard from ledger.block union select shard from ledger.posting union select shard from ledger.roll_up order by 1',
  );
  return rows.map(({ shard }) => shard);
}

/** An entry id that postings name and the journal does not have, or null. */
export async function postingWithoutEntry(reader: Reader, shard: number): Promise<string | null> {
  const { rows } = await reader.query<{ entry_id: string }>(
    `select p.entry_id from ledger.posting p left join ledger.entry e on e.shard = p.shard and e.id = p.entry_id
     where p.shard = $1 and e.id is null order by p.entry_id limit 1`,
    [shard],
  );
  return rows[0]?.entry_id ?? null;
}

type LineRow = {
  readonly shard: number; readonly id: string; readonly chain: string; readonly chain_seq: number;
  readonly previous_digest: string | null; readonly digest: string; readonly kind: string;
  readonly booked_on: string; readonly value_on: string; readonly cause: string;
  readonly entity: string | null; readonly account: string | null; readonly net_fen: bigint | null;
};
const LINE_COLUMNS = `e.shard, e.id, e.chain, e.chain_seq, e.previous_digest, e.digest, e.kind, e.booked_on, e.value_on, e.cause, p.entity, p.account, p.net_fen`;

/** One entry for each run of rows with the same id. */
function entriesFrom(rows: readonly LineRow[]): readonly BookedEntry[] {
  const entries: (BookedEntry & { postings: { entity: string; account: string; netFen: bigint }[] })[] = [];
  for (const row of rows) {
    let entry = entries.at(-1);
    if (entry?.id !== row.id) {
      entry = {
        shard: row.shard, id: row.id, chain: row.chain, chainSeq: row.chain_seq, previousDigest: row.previous_digest, digest: row.digest,
        kind: row.kind, bookedOn: businessDate(row.booked_on), valueOn: businessDate(row.value_on), cause: row.cause, postings: [],
      };
      entries.push(entry);
    }
    if (row.entity !== null) entry.postings.push({ entity: row.entity, account: row.account!, netFen: row.net_fen! });
  }
  return entries;
}
