import { describe, expect, it } from 'vitest';
import { instant } from '../../../kernel/instant.ts';
import { entryAfter, entryOf } from '../examples.ts';
import { blockHashOf, nextBlock, type BlockContent } from './block.ts';
import { digestOf } from './journal.ts';

const first = entryOf();
const second = entryAfter(first);
const SEALED_AT = instant(Date.UTC(2026, 9, 7, 18, 1));
const START = { shard: 7, number: 0, hash: null };
const block = nextBlock(START, [{ id: second.id, digest: digestOf(second) }, { id: first.id, digest: digestOf(first) }], SEALED_AT);

describe('a block', () => {
  it('has the hash of docs/specs/sealing.md §2, worked example A', () => {
    expect(blockHashOf(block)).toBe('d3f7a688f0bc7f52ebf3320fc3046b0db68f23f380483140517383e6222f8011');
  });

  it('holds its entries in order of id, whatever order they were committed in', () => {
    expect(block.entries.map(({ id }) => id)).toEqual(['je_1', 'je_loan_1_2']);
  });

  it('follows the one before it', () => {
    expect(nextBlock({ shard: 7, number: 4, hash: 'abc' }, [], SEALED_AT)).toMatchObject({ number: 5, previousHash: 'abc' });
  });

  const changes: readonly Partial<BlockContent>[] = [
    { shard: 8 }, { number: 2 }, { previousHash: '00' }, { sealedAt: instant(SEALED_AT + 1) }, { entries: block.entries.slice(1) }, { entries: block.entries.toReversed() },
  ];
  it.each(changes)('has another hash when it says anything else: %o', (change) => {
    expect(blockHashOf({ ...block, ...change })).not.toBe(blockHashOf(block));
  });
});
