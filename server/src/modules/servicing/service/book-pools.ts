import { assert, businessDateOf, formatDate, type BusinessDate } from '@mingdai/loan-math';
import { derivedId } from '../../../kernel/ids.ts';
import { VersionConflict, type CommandTx } from '../../../platform/tx.ts';
import { ACCOUNTS, type JournalEntry, type Posting } from '../../ledger/index.ts';
import { nextPoolDay, poolBefore, poolOf, type Pool, type PoolDelta, type PoolEntry } from '../domain/pools.ts';
import { addPoolDays, lastPoolDays, shardOfPool, takeDeltas, type StoredPoolDay } from '../repository/pools.ts';
import type { ServicingDeps } from './deps.ts';

/** The days to book: up to `through`, and none before `from` (null: since the first delta). */
export type OpenDays = { readonly through: BusinessDate; readonly from: BusinessDate | null };

type Chained = { readonly days: readonly StoredPoolDay[]; readonly entries: readonly JournalEntry[] };

/**
 * Books what the pools earned, one entry for each pool and day, in three round trips for any number of them.
 *
 * Keeps   pool entries of days booked at once are those of days booked one by one.
 * Source  docs/specs/interest-pools.md §3.
 */
export async function bookPools(deps: ServicingDeps, tx: CommandTx, open: OpenDays): Promise<number> {
  const before = new Map((await lastPoolDays(tx)).map((day) => [day.pool, day]));
  const deltas = Map.groupBy(await takeDeltas(tx, open.through), ({ pool }) => pool);
  const chained = [...new Set([...before.keys(), ...deltas.keys()])].sort()
    .map((pool) => bookPool(deps, { pool, before: before.get(pool) ?? null, deltas: deltas.get(pool) ?? [] }, open));
  await addPoolDays(tx, chained.flatMap(({ days }) => days));
  const entries = chained.flatMap((each) => each.entries);
  const booked = await deps.ledger.book(tx, entries);
  assert(booked.ok, `the ledger books what pools earn: ${JSON.stringify(booked.ok ? '' : booked.error)}`);
  return entries.length;
}

type PoolSpan = { readonly pool: string; readonly before: StoredPoolDay | null; readonly deltas: readonly PoolDelta[] };

function bookPool(deps: ServicingDeps, { pool, before, deltas }: PoolSpan, open: OpenDays): Chained {
  const days: StoredPoolDay[] = [];
  const entries: JournalEntry[] = [];
  const about = poolOf(pool);
  const firstDelta = deltas.length === 0 ? Infinity : Math.min(...deltas.map(({ valueOn }) => valueOn));
  let last: StoredPoolDay = before ?? { pool, ...poolBefore(businessDateOf(firstDelta - 1)), chain: { seq: 0, digest: null } };
  let isFirst = true;
  for (let on = firstDayOf(last, firstDelta, open); on <= open.through; on++) {
    const day = businessDateOf(on);
    const fresh = deltas.filter(({ valueOn }) => (isFirst ? valueOn <= day : valueOn === day));
    isFirst = false;
    if (last.slope === 0n && fresh.length === 0) continue;
    const next = nextPoolDay(about.denominator, last, day, fresh);
    const entry = journalEntry({ pool, about, chain: last.chain }, day, next.entry);
    last = { pool, ...next.day, chain: entry === null ? last.chain : { seq: entry.chainSeq, digest: deps.ledger.digestOf(entry) } };
    days.push(last);
    if (entry !== null) entries.push(entry);
  }
  // A later close got ahead: taken here, these would be in no entry. The whole work is done again, and finds its days closed.
  if (isFirst && deltas.length > 0) throw new VersionConflict('another close of day was quicker');
  return { days, entries };
}

/** A pool that stands still is not written down each day. */
function firstDayOf(last: StoredPoolDay, firstDelta: number, { from }: OpenDays): number {
  const next = last.slope === 0n ? Math.max(last.on + 1, firstDelta) : last.on + 1;
  return from === null ? next : Math.max(next, from);
}

function journalEntry({ pool, about, chain }: { readonly pool: string; readonly about: Pool; readonly chain: StoredPoolDay['chain'] }, on: BusinessDate, earned: PoolEntry): JournalEntry | null {
  const isContract = about.kind === 'contract';
  const lines: readonly Posting[] = [
    { entity: about.funder, account: isContract ? ACCOUNTS.accruedInterest : ACCOUNTS.accruedPenalty, netFen: earned.incomeFen - earned.roundingFen },
    { entity: about.funder, account: isContract ? ACCOUNTS.interestIncome : ACCOUNTS.penaltyIncome, netFen: -earned.incomeFen },
    { entity: about.funder, account: ACCOUNTS.roundingDifference, netFen: earned.roundingFen },
  ];
  const postings = lines.filter(({ netFen }) => netFen !== 0n);
  if (postings.length === 0) return null;
  return {
    shard: shardOfPool(pool), id: derivedId('je', pool, formatDate(on)), chain: pool, chainSeq: chain.seq + 1, previousDigest: chain.digest,
    kind: isContract ? 'interest_accrued' : 'penalty_accrued', bookedOn: on, valueOn: on, cause: `close:${formatDate(on)}`, postings,
  };
}
