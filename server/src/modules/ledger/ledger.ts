import type { BusinessDate } from '@mingdai/loan-math';
import type { Result } from '../../kernel/result.ts';
import type { Reader, Tx } from '../../platform/tx.ts';
import type { AccountKind } from './domain/chart.ts';
import type { JournalEntry } from './domain/journal.ts';
import type { Block } from './domain/block.ts';
import type { LedgerError } from './errors.ts';
import type { Fault } from './domain/fault.ts';

/** What came of one entry. `already_booked`: the same entry stands, nothing was written. */
export type Booked = { readonly id: string; readonly digest: string; readonly outcome: 'booked' | 'already_booked' };

/** One account of one entity: what was debited and credited in all, and the difference (debit positive). */
export type Balance = {
  readonly entity: string;
  readonly account: string;
  readonly debitFen: bigint;
  readonly creditFen: bigint;
  readonly netFen: bigint;
};
export type TrialBalanceRow = Balance & { readonly name: string; readonly nameZh: string; readonly kind: AccountKind; readonly normal: 'debit' | 'credit' };
export type ChainBalance = { readonly chain: string; readonly entity: string; readonly account: string; readonly netFen: bigint };

/** Which postings to sum: all of those named must match. `account` is exact, suffix included. */
export type BalanceFilter = { readonly on?: BusinessDate; readonly shard?: number; readonly entity?: string; readonly account?: string };

export type BookedEntry = JournalEntry & { readonly digest: string };
export type ChainHead = { readonly chainSeq: number; readonly digest: string };

export type SealSummary = { readonly blocks: number; readonly entries: number };
export type Verification =
  | { readonly ok: true; readonly entries: number; readonly sealed: number; readonly unsealed: number; readonly blocks: number }
  | { readonly ok: false; readonly fault: Fault };

/** The books: what other modules may ask of them. */
export interface Ledger {
  /**
   * Books entries inside the caller's transaction, so that an event and its entries are kept or lost together.
   * One round trip for any number of them; entries of one chain come in order.
   *
   * Refuses `unknown_account`, `journal_id_reused`, `journal_chain_broken`: the caller then rolls back.
   * Throws  InvariantError for an entry that does not balance.
   * Source  docs/specs/ledger.md §4.
   */
  book(tx: Tx, entries: readonly JournalEntry[]): Promise<Result<readonly Booked[], LedgerError>>;
  /** The digest of an entry (pure): the caller keeps it as the head of its chain. */
  digestOf(entry: JournalEntry): string;
  /** The last entry of a chain, or null: for chains whose owner keeps no head of its own (pools). */
  headOf(reader: Reader, shard: number, chain: string): Promise<ChainHead | null>;
  /** All accounts with postings booked up to and including `on` (default: ever), by entity and account. Nets sum to zero per entity. */
  trialBalance(on?: BusinessDate): Promise<readonly TrialBalanceRow[]>;
  balances(filter?: BalanceFilter): Promise<readonly Balance[]>;
  /** What each chain of a shard holds on the given accounts, zero balances left out: for proving a sub-ledger loan by loan. */
  chainBalances(shard: number, accounts: readonly string[]): Promise<readonly ChainBalance[]>;
  /** A chain's entries in order. Without a shard every shard is searched. */
  entriesOf(chain: string, shard?: number): Promise<readonly BookedEntry[]>;
  /** Seals what is committed and in no block yet. Never waits for a writer, nor lets one wait. */
  seal(shard?: number): Promise<SealSummary>;
  /** Adds what was sealed since to the daily totals, so that balances stay quick. Changes no answer. Returns the rows added. */
  rollUp(): Promise<number>;
  /** Recomputes every digest, chain, block, signature and roll-up, and names the first that disagrees. `witnessed`: blocks exported earlier. */
  verify(witnessed?: readonly Block[]): Promise<Verification>;
  exportBlocks(filter?: { readonly shard?: number; readonly after?: number; readonly limit?: number }): Promise<readonly Block[]>;
}
