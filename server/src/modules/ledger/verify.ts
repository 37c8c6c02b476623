import type { Db, Reader } from '../../platform/tx.ts';
import type { Block } from './domain/block.ts';
import type { Fault } from './domain/fault.ts';
import { dayTotals, entryWalk, faultInBlocks, type ShardSeals } from './domain/proof.ts';
import type { Verification } from './ledger.ts';
import { rolledUp } from './repository/balances.ts';
import { blocksOf, unsealedIds } from './repository/blocks.ts';
import { entriesAfter, oneView, postingWithoutEntry, shardsInUse, type ChainPlace } from './repository/reading.ts';
import type { SealingKey } from './sealing-key.ts';

const PAGE = 2_000;

/**
 * Recomputes the whole book from its rows: digests, chains, blocks, signatures, roll-ups. Shard by shard, within
 * one view of the database, while others go on writing. Stops at the first fault.
 *
 * Source  docs/specs/sealing.md §4.
 */
export function verifyBooks(deps: { readonly db: Db; readonly sealingKey: SealingKey }, witnessed: readonly Block[]): Promise<Verification> {
  return deps.db.transaction(async (tx) => {
    await oneView(tx);
    const sum = { entries: 0, sealed: 0, unsealed: 0, blocks: 0 };
    const shards = new Set([...(await shardsInUse(tx)), ...witnessed.map(({ shard }) => shard)]);
    for (const shard of [...shards].sort((a, b) => a - b)) {
      const witnesses = new Map(witnessed.filter((block) => block.shard === shard).map((block) => [block.number, block]));
      const found = await verifyShard(tx, shard, { sealingKey: deps.sealingKey, witnesses });
      if ('fault' in found) return { ok: false, fault: found.fault };
      sum.entries += found.entries;
      sum.sealed += found.sealed;
      sum.unsealed += found.entries - found.sealed;
      sum.blocks += found.blocks;
    }
    return { ok: true, ...sum };
  });
}

type ShardProof = { readonly entries: number; readonly sealed: number; readonly blocks: number } | { readonly fault: Fault };
type Trust = { readonly sealingKey: SealingKey; readonly witnesses: ReadonlyMap<number, Block> };

async function verifyShard(reader: Reader, shard: number, { sealingKey, witnesses }: Trust): Promise<ShardProof> {
  const blocks = await blocksOf(reader, { shard });
  const fault = faultInBlocks(blocks, ({ keyId, hash, signature }) => sealingKey.isSignedBy(keyId, hash, signature), witnesses);
  if (fault !== null) return { fault };

  const sealed = new Map(blocks.flatMap(({ number, entries }) => entries.map(({ id, digest }) => [id, { digest, block: number }] as const)));
  const seals: ShardSeals = { sealed, waiting: await unsealedIds(reader, shard) };
  const walked = await walkEntries(reader, shard, seals);
  if ('fault' in walked) return walked;
  const orphan = await postingWithoutEntry(reader, shard);
  if (orphan !== null) return { fault: { kind: 'posting_without_entry', shard, entry: orphan, detail: 'postings name an entry that is not there' } };
  return { entries: walked.entries, sealed: sealed.size, blocks: blocks.length };
}

async function walkEntries(reader: Reader, shard: number, seals: ShardSeals): Promise<{ readonly entries: number } | { readonly fault: Fault }> {
  const kept = await rolledUp(reader, shard);
  const totals = dayTotals();
  const walk = entryWalk(seals);
  let entries = 0;
  let after: ChainPlace = { chain: '', chainSeq: 0 };
  for (;;) {
    const page = await entriesAfter(reader, shard, after, PAGE);
    for (const entry of page) {
      const fault = walk.next(entry);
      if (fault !== null) return { fault };
      if ((seals.sealed.get(entry.id)?.block ?? Infinity) <= kept.throughBlock) totals.add(entry);
    }
    entries += page.length;
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) break;
    after = last;
  }
  const missing = walk.end(shard);
  if (missing !== null) return { fault: missing };
  for (const total of kept.totals) totals.less(total);
  const difference = totals.difference();
  return difference === null ? { entries } : { fault: { kind: 'roll_up_differs', shard, detail: difference } };
}
