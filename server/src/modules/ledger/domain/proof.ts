import { formatDate } from '@mingdai/loan-math';
import { blockHashOf, type Block } from './block.ts';
import type { BlockFaultKind, EntryFaultKind, Fault } from './fault.ts';
import { digestOf, netPerEntity, type JournalEntry } from './journal.ts';

type KeptEntry = JournalEntry & { readonly digest: string };

/** What is known of a shard before its entries are read: which block holds what, and which entries wait for one. */
export type ShardSeals = {
  readonly sealed: ReadonlyMap<string, { readonly digest: string; readonly block: number }>;
  readonly waiting: ReadonlySet<string>;
};

export type SignatureCheck = (block: Block) => boolean | null;

/**
 * The first fault in a shard's blocks, or null. `witnessed`: blocks exported earlier, by number.
 *
 * Source  docs/specs/sealing.md §4.
 */
export function faultInBlocks(blocks: readonly Block[], isSigned: SignatureCheck, witnessed: ReadonlyMap<number, Block>): Fault | null {
  let before: Block | null = null;
  for (const block of blocks) {
    const fault = (kind: BlockFaultKind, detail: string): Fault => ({ kind, shard: block.shard, block: block.number, detail });
    const expected = (before?.number ?? 0) + 1;
    if (block.number !== expected) return { ...fault('block_missing', `block ${expected} is not there`), block: expected } as Fault;
    const hash = blockHashOf(block);
    if (hash !== block.hash) return fault('block_altered', `its content gives ${hash}, kept is ${block.hash}`);
    if (block.previousHash !== (before?.hash ?? null)) return fault('block_chain_broken', `it follows ${block.previousHash}, the block before is ${before?.hash ?? null}`);
    const isSignedWell = isSigned(block);
    if (isSignedWell === null) return fault('block_key_unknown', `signed with key ${block.keyId}`);
    if (!isSignedWell) return fault('block_signature_wrong', `not signed by key ${block.keyId}`);
    const witness = witnessed.get(block.number);
    if (witness !== undefined && witness.hash !== block.hash) return fault('block_differs_from_witness', `exported as ${witness.hash}, now ${block.hash}`);
    before = block;
  }
  const last = before?.number ?? 0;
  const lost = [...witnessed.values()].find(({ number }) => number > last);
  return lost === undefined ? null : { kind: 'block_missing', shard: lost.shard, block: last + 1, detail: `exported up to ${lost.number}, the books end with ${last}` };
}

/** Walks a shard's entries in order of chain and number, and stops at the first that disagrees. */
export function entryWalk(seals: ShardSeals) {
  let before: KeptEntry | null = null;
  const missing = new Map(seals.sealed);
  return {
    /** The fault of the next entry, or null. */
    next(entry: KeptEntry): Fault | null {
      const follows = before !== null && before.chain === entry.chain ? before : null;
      before = entry;
      missing.delete(entry.id);
      const found = faultOf(entry, follows, seals);
      return found === null ? null : { kind: found[0], shard: entry.shard, entry: entry.id, chain: entry.chain, chainSeq: entry.chainSeq, detail: found[1] };
    },
    /** After the last entry: one that a block holds and the journal does not. */
    end(shard: number): Fault | null {
      const [first] = missing;
      return first === undefined ? null : { kind: 'entry_missing', shard, entry: first[0], block: first[1].block, detail: `block ${first[1].block} holds it as ${first[1].digest}` };
    },
  };
}

function faultOf(entry: KeptEntry, follows: KeptEntry | null, seals: ShardSeals): readonly [EntryFaultKind, string] | null {
  const digest = digestOf(entry);
  if (digest !== entry.digest) return ['entry_altered', `its content gives ${digest}, kept is ${entry.digest}`];
  for (const [entity, net] of netPerEntity(entry.postings)) if (net !== 0n) return ['entry_unbalanced', `${entity} is ${net} fen off`];
  if (entry.chainSeq !== (follows?.chainSeq ?? 0) + 1) return ['chain_broken', `it is number ${entry.chainSeq} after number ${follows?.chainSeq ?? 0}`];
  if (entry.previousDigest !== (follows?.digest ?? null)) return ['chain_broken', `it follows ${entry.previousDigest}, the entry before is ${follows?.digest ?? null}`];
  const seal = seals.sealed.get(entry.id);
  if (seal === undefined) return seals.waiting.has(entry.id) ? null : ['entry_not_sealed', 'no block holds it and it waits for none'];
  return seal.digest === entry.digest ? null : ['entry_differs_from_block', `block ${seal.block} holds it as ${seal.digest}, kept is ${entry.digest}`];
}

/** Sums postings by day, entity and account, as a roll-up does: for comparing the two. */
export function dayTotals() {
  const totals = new Map<string, { debit: bigint; credit: bigint }>();
  const add = (key: string, debit: bigint, credit: bigint): void => {
    const total = totals.get(key) ?? { debit: 0n, credit: 0n };
    totals.set(key, { debit: total.debit + debit, credit: total.credit + credit });
  };
  return {
    add(entry: JournalEntry): void {
      for (const { entity, account, netFen } of entry.postings) {
        add(`${formatDate(entry.bookedOn)} ${entity} ${account}`, netFen > 0n ? netFen : 0n, netFen < 0n ? -netFen : 0n);
      }
    },
    /** Takes a kept total away; what is left over after all of them is the difference. */
    less(kept: { readonly bookedOn: string; readonly entity: string; readonly account: string; readonly debitFen: bigint; readonly creditFen: bigint }): void {
      add(`${kept.bookedOn} ${kept.entity} ${kept.account}`, -kept.debitFen, -kept.creditFen);
    },
    difference(): string | null {
      for (const [key, { debit, credit }] of totals) if (debit !== 0n || credit !== 0n) return `${key}: debit ${debit} fen and credit ${credit} fen off`;
      return null;
    },
  };
}
