import { digestOf as digestOfValue } from '../../../kernel/canonical.ts';
import { isoOf, type Instant } from '../../../kernel/instant.ts';

/** An entry as a block holds it. */
export type SealedEntry = { readonly id: string; readonly digest: string };

/** What a block says, before it is signed. */
export type BlockContent = {
  readonly shard: number;
  /** 1, 2, 3 … without a gap in its shard. */
  readonly number: number;
  /** The hash of the block before it in its shard; null for the first. */
  readonly previousHash: string | null;
  readonly sealedAt: Instant;
  /** In order of id. */
  readonly entries: readonly SealedEntry[];
};

/** A signed block: whoever keeps its hash can later prove that every entry up to it still stands as it stood. */
export type Block = BlockContent & {
  readonly hash: string;
  readonly keyId: string;
  /** Ed25519 over the hash's 32 bytes, hex. */
  readonly signature: string;
};

export const BLOCK_FORMAT = 'mingdai.block/1';

/**
 * SHA-256 (hex) over the canonical JSON of what a block says, the hash before it included.
 *
 * Source  docs/specs/sealing.md §2, worked example A.
 */
export function blockHashOf(content: BlockContent): string {
  return digestOfValue({
    format: BLOCK_FORMAT,
    shard: content.shard,
    number: content.number,
    previous_hash: content.previousHash,
    sealed_at: isoOf(content.sealedAt),
    entries: content.entries.map(({ id, digest }) => ({ id, digest })),
  });
}

/** The next block of a shard, unsigned: the entries in order of id. */
export function nextBlock(head: { readonly shard: number; readonly number: number; readonly hash: string | null }, entries: readonly SealedEntry[], sealedAt: Instant): BlockContent {
  const inOrder = [...entries].sort((a, b) => (a.id < b.id ? -1 : 1));
  return { shard: head.shard, number: head.number + 1, previousHash: head.hash, sealedAt, entries: inOrder };
}
