import { assert, formatDate, type BusinessDate } from '@mingdai/loan-math';
import { digestOf as digestOfValue } from '../../../kernel/canonical.ts';

/** One line of an entry. Debit positive, credit negative, in fen; never zero. */
export type Posting = { readonly entity: string; readonly account: string; readonly netFen: bigint };

/** One event of money as the books see it. Made by the caller, never changed: a correction is another entry. */
export type JournalEntry = {
  /** The borrower's shard; it leads every key. */
  readonly shard: number;
  /** Made by the caller (`derivedId('je', …)`), so that doing it again is seen as a repeat. */
  readonly id: string;
  /** What the entry is chained to: a loan's id, or a pool's. */
  readonly chain: string;
  /** 1, 2, 3 … without a gap in its chain. */
  readonly chainSeq: number;
  /** The digest of the entry before it in its chain; null for the first. */
  readonly previousDigest: string | null;
  readonly kind: string;
  /** The open day in which it is booked. */
  readonly bookedOn: BusinessDate;
  /** The day it counts from; earlier than `bookedOn` when we learned of it late. */
  readonly valueOn: BusinessDate;
  /** The id of the event that caused it. */
  readonly cause: string;
  readonly postings: readonly Posting[];
};

export const JOURNAL_FORMAT = 'mingdai.journal/1';

/** Whoever makes an entry digests it for its chain's head, and booking digests it again: entries never change, so once is enough. */
const remembered = new WeakMap<JournalEntry, string>();

/**
 * SHA-256 (hex) over the canonical JSON of the whole entry, the digest before it included: whoever holds a
 * chain's last digest holds all of it.
 *
 * Keeps   a change of any field, of any posting or of their order gives another digest.
 * Needs   an entry object that is not changed afterwards (the type says so; its digest is remembered).
 * Source  docs/specs/ledger.md §3, worked example A.
 */
export function digestOf(entry: JournalEntry): string {
  const known = remembered.get(entry);
  if (known !== undefined) return known;
  const digest = digestOfValue({
    format: JOURNAL_FORMAT,
    shard: entry.shard,
    id: entry.id,
    chain: entry.chain,
    chain_seq: entry.chainSeq,
    previous_digest: entry.previousDigest,
    kind: entry.kind,
    booked_on: formatDate(entry.bookedOn),
    value_on: formatDate(entry.valueOn),
    cause: entry.cause,
    postings: entry.postings.map(({ entity, account, netFen }) => ({ entity, account, net_fen: netFen })),
  });
  remembered.set(entry, digest);
  return digest;
}

/**
 * States that an entry is one the books can hold. Whoever made one that is not has a bug.
 *
 * Keeps   debits = credits for every legal entity on its own (loan-model §6); at least two postings, none of them zero.
 * Throws  InvariantError naming the entry and the entity.
 * Source  docs/specs/ledger.md §2.
 */
export function assertBookable(entry: JournalEntry): void {
  assert(entry.postings.length >= 2, `an entry has at least two postings: ${entry.id}`);
  assert(Number.isInteger(entry.chainSeq) && entry.chainSeq >= 1, `a chain counts from 1: ${entry.id}`);
  for (const posting of entry.postings) assert(posting.netFen !== 0n, `a posting moves something: ${entry.id} ${posting.account}`);
  for (const [entity, net] of netPerEntity(entry.postings)) assert(net === 0n, `debits equal credits for ${entity}: ${entry.id} is ${net} fen off`);
}

/** Debits less credits of each legal entity. */
export function netPerEntity(postings: readonly Posting[]): ReadonlyMap<string, bigint> {
  const nets = new Map<string, bigint>();
  for (const { entity, netFen } of postings) nets.set(entity, (nets.get(entity) ?? 0n) + netFen);
  return nets;
}

/** The same movement with one posting for each entity and account, in order of first mention, and none of zero. */
export function netPostings(postings: readonly Posting[]): readonly Posting[] {
  const lines = new Map<string, Posting>();
  for (const posting of postings) {
    const key = `${posting.entity}\u0000${posting.account}`;
    const before = lines.get(key);
    lines.set(key, before === undefined ? posting : { ...posting, netFen: before.netFen + posting.netFen });
  }
  return [...lines.values()].filter(({ netFen }) => netFen !== 0n);
}
