import { businessDate } from '@mingdai/loan-math';
import { ACCOUNTS, clearingWith } from './domain/accounts.ts';
import type { LegalEntity } from './domain/chart.ts';
import { digestOf, type JournalEntry, type Posting } from './domain/journal.ts';

/** Entries for the tests and the bench of this module. */
export const BANK_B: LegalEntity = { code: 'bank_b', name: 'Bank B', nameZh: '乙银行', roles: ['funder'] };

/** docs/specs/ledger.md §2, worked example A: 10,000.00 yuan paid out, 30 % WeBank's money and 70 % Bank B's. */
export const PAYOUT: readonly Posting[] = [
  { entity: 'webank', account: ACCOUNTS.loanPrincipal, netFen: 300_000n },
  { entity: 'webank', account: clearingWith('bank_b'), netFen: 700_000n },
  { entity: 'webank', account: ACCOUNTS.cashAtBank, netFen: -1_000_000n },
  { entity: 'bank_b', account: ACCOUNTS.loanPrincipal, netFen: 700_000n },
  { entity: 'bank_b', account: clearingWith('webank'), netFen: -700_000n },
];

/** An entry of WeBank alone: principal repaid in cash. */
export const repayment = (amountFen: bigint): readonly Posting[] => [
  { entity: 'webank', account: ACCOUNTS.cashAtBank, netFen: amountFen },
  { entity: 'webank', account: ACCOUNTS.loanPrincipal, netFen: -amountFen },
];

/** The first entry of a chain; `changes` says what is different. */
export function entryOf(changes: Partial<JournalEntry> = {}): JournalEntry {
  const day = businessDate('2026-10-08');
  return {
    shard: 7, id: 'je_1', chain: 'loan_1', chainSeq: 1, previousDigest: null, kind: 'disbursed',
    bookedOn: day, valueOn: day, cause: 'evt_1', postings: PAYOUT, ...changes,
  };
}

/** The entry after another in its chain. */
export const entryAfter = (before: JournalEntry, changes: Partial<JournalEntry> = {}): JournalEntry =>
  entryOf({
    shard: before.shard, chain: before.chain, chainSeq: before.chainSeq + 1, previousDigest: digestOf(before), id: `je_${before.chain}_${before.chainSeq + 1}`,
    kind: 'repayment_received', bookedOn: before.bookedOn, valueOn: before.bookedOn, postings: repayment(100n), ...changes,
  });
