import { z } from 'zod';
import { bucketName, loanStatus } from './loans.ts';
import { fenText } from './problem.ts';

const day = z.iso.date().refine((text) => text >= '0001', 'is a day of the years 1 to 9999');

/** POST /v1/operations/debit-runs: the direct debits of a day. `all_due`: for what is overdue too. */
export const debitRunBody = z.strictObject({ on: day, scope: z.enum(['due_today', 'all_due']).optional() });
export const debitRunReply = z.object({
  on: day, asked: z.int(), asked_fen: fenText, settled: z.int(), settled_fen: fenText, refused: z.int(),
  open: z.int().meta({ description: 'Neither yes nor no yet: the bank is being asked.' }),
});

/** POST /v1/operations/day-closes: closes every day up to and including `through`. */
export const dayCloseBody = z.strictObject({ through: day });
export const dayCloseReply = z.object({
  through: day,
  before: day.nullable().meta({ description: 'The last day that had been closed before.' }),
  loans: z.int(), events: z.int(), entries: z.int(), pool_entries: z.int(), folded_again: z.int(), milliseconds: z.int(),
});

/** POST /v1/operations/proofs: what must hold, recomputed now. `refold`: how many loans to fold anew; without it all. */
export const proofsBody = z.strictObject({ refold: z.int().min(1).max(1_000_000).optional() });

const equalBooks = z.object({ entity: z.string(), account: z.string(), ledger_fen: fenText });
export const proofsReply = z.object({
  all_hold: z.boolean(),
  trial_balance: z.object({ holds: z.boolean(), entities: z.array(z.object({ entity: z.string(), net_fen: fenText })) }),
  sub_ledger: z.object({
    holds: z.boolean(), loans: z.int(),
    accounts: z.array(equalBooks.extend({ loans_fen: fenText })),
    differences: z.array(z.object({ loan_id: z.string(), entity: z.string(), account: z.string(), ledger_fen: fenText, loan_fen: fenText })),
  }),
  refold: z.object({ holds: z.boolean(), loans: z.int(), differing: z.array(z.string()) }),
  pools: z.object({
    holds: z.boolean(), on: day,
    pools: z.array(z.object({
      pool: z.string(),
      loans: z.string().meta({ description: 'Σ of what its loans have accrued, exact: fen × the denominator at the end of the pool’s name.' }),
      deltas: z.string(), booked: z.string(), accrued_fen: fenText,
    })),
    accounts: z.array(equalBooks.extend({ pools_fen: fenText })),
  }),
  ledger_chains: z.object({ holds: z.boolean(), fault: z.string().nullable() }),
});

/** GET /v1/operations/open-items: what waits for a person or for another try, oldest first. */
export const openItemsReply = z.object({
  items: z.array(z.object({
    kind: z.enum(['money_unplaced', 'refund_refused']), payment_id: z.string(), reference: z.string(), amount_fen: fenText, why: z.string(), tries: z.int(),
    opened_on: day, age_days: z.int(),
  })),
});

/** GET /v1/operations/report: the portfolio on a day. */
export const portfolioReply = z.object({
  on: day,
  loans: z.record(loanStatus, z.int()),
  disbursed_fen: fenText, received_fen: fenText, refunded_fen: fenText, refund_liability_fen: fenText,
  principal_outstanding_fen: fenText, principal_overdue_fen: fenText,
  interest_charged_fen: fenText, interest_paid_fen: fenText, penalty_charged_fen: fenText, penalty_paid_fen: fenText,
  buckets: z.array(z.object({ bucket: bucketName, loans: z.int(), principal_fen: fenText })),
  funders: z.array(z.object({
    funder: z.string(), disbursed_fen: fenText, principal_outstanding_fen: fenText, interest_earned_fen: fenText, penalty_earned_fen: fenText, rounding_fen: fenText,
    interest_receivable_fen: fenText, accrued_interest_fen: fenText, due_from_lender_fen: fenText,
  })),
});

export type DebitRunReply = z.infer<typeof debitRunReply>;
export type DayCloseReply = z.infer<typeof dayCloseReply>;
export type ProofsReply = z.infer<typeof proofsReply>;
export type PortfolioReply = z.infer<typeof portfolioReply>;
