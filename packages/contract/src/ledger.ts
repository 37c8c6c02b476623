import { z } from 'zod';
import { fenText } from './problem.ts';

const day = z.iso.date().refine((text) => text >= '0001', 'is a day of the years 1 to 9999');
const digest = z.string().regex(/^[0-9a-f]{64}$/);
const wholeNumber = (most: number, words: string) => z.string().regex(/^(0|[1-9]\d{0,8})$/, words).refine((text) => Number(text) <= most, words);

/** GET /v1/operations/trial-balance: up to and including a business day; without it, all that is booked. */
export const trialBalanceQuery = z.strictObject({ on: day.optional() });

export const trialBalanceRow = z.object({
  account: z.string(), name: z.string(), name_zh: z.string(),
  kind: z.enum(['asset', 'liability', 'equity', 'income', 'expense', 'memorandum']), normal: z.enum(['debit', 'credit']),
  debit_fen: fenText, credit_fen: fenText, net_fen: fenText,
});

/** Debits less credits are zero for every entity; `is_balanced` says whether they are. */
export const trialBalanceReply = z.object({
  on: day.nullable(),
  is_balanced: z.boolean(),
  entities: z.array(z.object({ entity: z.string(), net_fen: fenText, accounts: z.array(trialBalanceRow) })),
});

export const ledgerChainPath = z.strictObject({ chain: z.string().regex(/^[\x21-\x7e]{1,100}$/, 'is 1 to 100 visible ASCII characters') });

export const journalEntryReply = z.object({
  id: z.string(), shard: z.int(), chain: z.string(), chain_seq: z.int(), previous_digest: digest.nullable(), digest,
  kind: z.string(), booked_on: day, value_on: day, cause: z.string(),
  postings: z.array(z.object({ entity: z.string(), account: z.string(), net_fen: fenText })),
});

/** GET /v1/operations/ledger/chains/:chain: a loan's or a pool's entries, in order. */
export const ledgerChainReply = z.object({ chain: z.string(), entries: z.array(journalEntryReply) });

/** GET /v1/operations/ledger/blocks: signed blocks in order of shard and number, after a number, at most 1,000. */
export const ledgerBlocksQuery = z.strictObject({
  shard: wholeNumber(255, 'is a shard, 0 to 255').optional(),
  after: wholeNumber(999_999_999, 'is a block number').optional(),
  limit: wholeNumber(1_000, 'is at most 1000').optional(),
});

export const ledgerBlock = z.object({
  shard: z.int(), number: z.int(), previous_hash: digest.nullable(), sealed_at: z.iso.datetime(),
  entries: z.array(z.object({ id: z.string(), digest })),
  hash: digest, key_id: z.string(), signature: z.string(),
});

export const ledgerBlocksReply = z.object({ blocks: z.array(ledgerBlock) });

export type TrialBalanceReply = z.infer<typeof trialBalanceReply>;
export type LedgerBlock = z.infer<typeof ledgerBlock>;
