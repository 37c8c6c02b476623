import type { LedgerBlock, TrialBalanceReply } from '@mingdai/contract';
import { formatDate, type BusinessDate } from '@mingdai/loan-math';
import { isoOf } from '../../kernel/instant.ts';
import type { Block } from './domain/block.ts';
import type { BookedEntry, TrialBalanceRow } from './ledger.ts';

/** A trial balance on the wire: by entity, each with its net, which is zero. The command line prints the same. */
export function presentTrialBalance(rows: readonly TrialBalanceRow[], on: BusinessDate | null): TrialBalanceReply {
  const entities = [...Map.groupBy(rows, ({ entity }) => entity)].map(([entity, of]) => ({ entity, of, net: of.reduce((sum, { netFen }) => sum + netFen, 0n) }));
  return {
    on: on === null ? null : formatDate(on),
    is_balanced: entities.every(({ net }) => net === 0n),
    entities: entities.map(({ entity, of, net }) => ({
      entity, net_fen: net.toString(),
      accounts: of.map(({ account, name, nameZh, kind, normal, debitFen, creditFen, netFen }) => ({
        account, name, name_zh: nameZh, kind, normal, debit_fen: debitFen.toString(), credit_fen: creditFen.toString(), net_fen: netFen.toString(),
      })),
    })),
  };
}

export const presentEntry = (entry: BookedEntry) => ({
  id: entry.id, shard: entry.shard, chain: entry.chain, chain_seq: entry.chainSeq, previous_digest: entry.previousDigest, digest: entry.digest,
  kind: entry.kind, booked_on: formatDate(entry.bookedOn), value_on: formatDate(entry.valueOn), cause: entry.cause,
  postings: entry.postings.map(({ entity, account, netFen }) => ({ entity, account, net_fen: netFen.toString() })),
});

export const presentBlock = (block: Block): LedgerBlock => ({
  shard: block.shard, number: block.number, previous_hash: block.previousHash, sealed_at: isoOf(block.sealedAt),
  entries: block.entries.map(({ id, digest }) => ({ id, digest })),
  hash: block.hash, key_id: block.keyId, signature: block.signature,
});
