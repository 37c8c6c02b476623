/** The door of the ledger: the only file of this module that others import. */
export { ACCOUNTS, CLEARING, clearingWith } from './domain/accounts.ts';
export type { Account, AccountKind, LegalEntity } from './domain/chart.ts';
export type { Block, SealedEntry } from './domain/block.ts';
export type { Fault } from './domain/fault.ts';
export { digestOf, netPostings, type JournalEntry, type Posting } from './domain/journal.ts';
export type { LedgerError, LedgerQueryError, UnknownAccountReason } from './errors.ts';
export type { Balance, BalanceFilter, BookedEntry, Booked, ChainBalance, ChainHead, Ledger, SealSummary, TrialBalanceRow, Verification } from './ledger.ts';
export { createLedger, type LedgerDeps } from './service.ts';
export { passingSealingKey, sealingKeyFrom, type SealingKey, type SealingKeyOptions } from './sealing-key.ts';
export { ledgerJobs } from './jobs.ts';
export { presentTrialBalance } from './present.ts';
export { ledgerRoutes } from './routes.ts';
