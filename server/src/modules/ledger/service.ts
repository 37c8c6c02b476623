import { assert } from '@mingdai/loan-math';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import type { Clock } from '../../platform/clock.ts';
import { VersionConflict, type Db, type Tx } from '../../platform/tx.ts';
import chartDocument from './chart.json' with { type: 'json' };
import { accountIn, assertMemorandumApart, chartOf, whyNotPostable, type Chart, type LegalEntity } from './domain/chart.ts';
import { blockHashOf, nextBlock, type Block } from './domain/block.ts';
import { assertBookable, digestOf, type JournalEntry } from './domain/journal.ts';
import type { LedgerError } from './errors.ts';
import type { Booked, Ledger, SealSummary, TrialBalanceRow } from './ledger.ts';
import { addRollUps, balancesByChain, balancesOf } from './repository/balances.ts';
import { addBlocks, blocksOf, headsOfShards, unsealedEntries } from './repository/blocks.ts';
import { addEntries } from './repository/booking.ts';
import { entriesOfChain, headOfChain, shardOfChain } from './repository/reading.ts';
import type { SealingKey } from './sealing-key.ts';
import { verifyBooks } from './verify.ts';

export type LedgerDeps = {
  readonly db: Db;
  readonly clock: Clock;
  readonly sealingKey: SealingKey;
  /** Legal entities besides those of `chart.json`: the funders and lenders that other data names. */
  readonly entities?: readonly LegalEntity[];
};

/** The books over a database. Throws InvariantError when the chart of accounts is wrong. */
export function createLedger(deps: LedgerDeps): Ledger {
  const { db } = deps;
  const chart = chartOf(chartDocument, deps.entities);
  return {
    book: (tx, entries) => book(chart, tx, entries),
    digestOf,
    headOf: headOfChain,
    trialBalance: async (on) => (await balancesOf(db, on === undefined ? {} : { on })).map((balance) => named(chart, balance)),
    balances: (filter = {}) => balancesOf(db, filter),
    chainBalances: (shard, accounts) => balancesByChain(db, shard, accounts),
    async entriesOf(chain, shard) {
      const found = shard ?? (await shardOfChain(db, chain));
      return found === null ? [] : entriesOfChain(db, found, chain);
    },
    seal: (shard) => seal(deps, shard ?? null),
    rollUp: () => db.transaction(addRollUps),
    verify: (witnessed = []) => verifyBooks(deps, witnessed),
    exportBlocks: (filter = {}) => blocksOf(db, filter),
  };
}

async function book(chart: Chart, tx: Tx, entries: readonly JournalEntry[]): Promise<Result<readonly Booked[], LedgerError>> {
  if (entries.length === 0) return ok([]);
  for (const { postings } of entries) {
    for (const { entity, account } of postings) {
      const why = whyNotPostable(chart, { entity, account });
      if (why !== null) return refuse({ code: 'unknown_account', entity, account, why });
    }
  }
  for (const entry of entries) {
    assertBookable(entry);
    assertMemorandumApart(chart, entry.postings);
  }
  assert(new Set(entries.map(({ id }) => id)).size === entries.length, 'entries booked together have distinct ids');
  return addEntries(tx, entries.map((entry) => ({ entry, digest: digestOf(entry) })));
}

function named(chart: Chart, balance: Omit<TrialBalanceRow, 'name' | 'nameZh' | 'kind' | 'normal'>): TrialBalanceRow {
  const { name, nameZh, kind, normal } = accountIn(chart, balance.account);
  return { ...balance, name, nameZh, kind, normal };
}

const ENTRIES_PER_PASS = 20_000;
const TRIES = 3;

/** Pass by pass until nothing committed is left over. A pass that lost to another sealer looks again. */
async function seal(deps: LedgerDeps, shard: number | null): Promise<SealSummary> {
  const sum = { blocks: 0, entries: 0 };
  for (let lost = 0; lost < TRIES;) {
    const blocks = await sealOnce(deps, shard).catch((cause: unknown) => {
      if (cause instanceof VersionConflict) return null;
      throw cause;
    });
    if (blocks === null) {
      lost += 1;
      continue;
    }
    const entries = blocks.reduce((count, block) => count + block.entries.length, 0);
    sum.blocks += blocks.length;
    sum.entries += entries;
    if (entries < ENTRIES_PER_PASS) break;
  }
  return sum;
}

/**
 * One block for each shard that has unsealed entries. Chosen by "not yet in a block", never by time or number: an
 * entry whose transaction commits late goes into a later block, and none is lost.
 *
 * Source  docs/specs/sealing.md §1.
 */
function sealOnce({ db, clock, sealingKey }: LedgerDeps, shard: number | null): Promise<readonly Block[]> {
  return db.transaction(async (tx) => {
    const waiting = await unsealedEntries(tx, shard, ENTRIES_PER_PASS);
    if (waiting.length === 0) return [];
    const byShard = Map.groupBy(waiting, (entry) => entry.shard);
    const heads = new Map((await headsOfShards(tx, [...byShard.keys()])).map((head) => [head.shard, head]));
    const sealedAt = clock.now();
    const blocks = [...byShard].map(([of, entries]): Block => {
      const content = nextBlock(heads.get(of) ?? { shard: of, number: 0, hash: null }, entries, sealedAt);
      const hash = blockHashOf(content);
      return { ...content, hash, keyId: sealingKey.keyId, signature: sealingKey.sign(hash) };
    });
    await addBlocks(tx, blocks);
    return blocks;
  });
}
