import { instant } from '../../../kernel/instant.ts';
import { VersionConflict, type Reader, type Tx } from '../../../platform/tx.ts';
import type { Block, SealedEntry } from '../domain/block.ts';

export type UnsealedEntry = SealedEntry & { readonly shard: number };
export type BlockHead = { readonly shard: number; readonly number: number; readonly hash: string | null };

/** Committed entries that are in no block yet, whatever their order of commit: the oldest fact there is about them is this list. */
export async function unsealedEntries(reader: Reader, shard: number | null, limit: number): Promise<readonly UnsealedEntry[]> {
  const { rows } = await reader.query<UnsealedEntry>(
    `select u.shard, u.entry_id as id, e.digest
     from (select shard, entry_id from ledger.unsealed_entry where $1::int is null or shard = $1 order by shard, entry_id limit $2) as u
     join ledger.entry e on e.shard = u.shard and e.id = u.entry_id order by u.shard, u.entry_id`,
    [shard, limit],
  );
  return rows;
}

/** The last block of each of these shards; a shard without blocks is left out. */
export async function headsOfShards(reader: Reader, shards: readonly number[]): Promise<readonly BlockHead[]> {
  const { rows } = await reader.query<{ shard: number; number: number; hash: string }>(
    `select s.shard, last.number, last.hash from unnest($1::int[]) as s(shard)
     cross join lateral (select number, hash from ledger.block where shard = s.shard order by number desc limit 1) as last`,
    [shards],
  );
  return rows;
}

/**
 * Adds blocks, one a shard, and takes their entries off the list. Throws VersionConflict when another sealer was quicker.
 */
export async function addBlocks(tx: Tx, blocks: readonly Block[]): Promise<void> {
  const held = blocks.flatMap(({ shard, entries }) => entries.map((entry, index) => ({ shard, line: index + 1, ...entry })));
  const { rows } = await tx.query<{ blocks: bigint; entries: bigint }>(ADD_BLOCKS, [
    blocks.map(({ shard }) => shard), blocks.map(({ number }) => number), blocks.map(({ previousHash }) => previousHash),
    blocks.map(({ sealedAt }) => new Date(sealedAt)), blocks.map(({ hash }) => hash), blocks.map(({ keyId }) => keyId), blocks.map(({ signature }) => signature),
    held.map(({ shard }) => shard), held.map(({ line }) => line), held.map(({ id }) => id), held.map(({ digest }) => digest),
  ]);
  const [added] = rows;
  if (Number(added!.blocks) !== blocks.length || Number(added!.entries) !== held.length) throw new VersionConflict('another sealer was quicker');
}

/** Blocks of one shard, or of all, in order of shard and number. `after`: only later numbers. */
export async function blocksOf(reader: Reader, filter: { readonly shard?: number; readonly after?: number; readonly limit?: number }): Promise<readonly Block[]> {
  const { rows } = await reader.query<BlockRow>(
    `select shard, number, previous_hash, sealed_at, entry_ids, entry_digests, hash, key_id, signature from ledger.block
     where ($1::int is null or shard = $1) and number > $2 order by shard, number limit $3`,
    [filter.shard ?? null, filter.after ?? 0, filter.limit ?? null],
  );
  return rows.map((row) => ({
    shard: row.shard, number: row.number, previousHash: row.previous_hash, sealedAt: instant(row.sealed_at.getTime()),
    entries: Array.from({ length: Math.max(row.entry_ids.length, row.entry_digests.length) }, (_, i) => ({ id: row.entry_ids[i] ?? '', digest: row.entry_digests[i] ?? '' })),
    hash: row.hash, keyId: row.key_id, signature: row.signature,
  }));
}

/** Ids on the sealer's list of a shard. */
export async function unsealedIds(reader: Reader, shard: number): Promise<ReadonlySet<string>> {
  const { rows } = await reader.query<{ entry_id: string }>('select entry_id from ledger.unsealed_entry where shard = $1', [shard]);
  return new Set(rows.map(({ entry_id }) => entry_id));
}

type BlockRow = {
  readonly shard: number; readonly number: number; readonly previous_hash: string | null; readonly sealed_at: Date;
  readonly entry_ids: readonly string[]; readonly entry_digests: readonly string[];
  readonly hash: string; readonly key_id: string; readonly signature: string;
};

const ADD_BLOCKS = `
  with held as (
    select * from unnest($8::int[], $9::int[], $10::text[], $11::text[]) as h(shard, line, id, digest)),
  listed as (
    select shard, array_agg(id order by line) as ids, array_agg(digest order by line) as digests from held group by shard),
  added as (
    insert into ledger.block (shard, number, previous_hash, sealed_at, hash, key_id, signature, entry_ids, entry_digests)
    select b.shard, b.number, b.previous_hash, b.sealed_at, b.hash, b.key_id, b.signature, l.ids, l.digests
    from unnest($1::int[], $2::int[], $3::text[], $4::timestamptz[], $5::text[], $6::text[], $7::text[])
      as b(shard, number, previous_hash, sealed_at, hash, key_id, signature)
    join listed l on l.shard = b.shard
    on conflict do nothing returning shard),
  taken as (
    delete from ledger.unsealed_entry u using held where u.shard = held.shard and u.entry_id = held.id returning u.shard)
  select (select count(*) from added) as blocks, (select count(*) from taken) as entries`;
