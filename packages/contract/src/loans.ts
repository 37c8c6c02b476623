import { z } from 'zod';
import { askedFen, fenText, interestBasis, ppmText, repaymentMethod } from './problem.ts';

const day = z.iso.date().refine((text) => text >= '0001', 'is a day of the years 1 to 9999');
const words = z.object({ en: z.string(), zh: z.string() });

export const loanPath = z.strictObject({ id: z.string().regex(/^loan_[0-9a-f]{32}$/, 'is a loan id') });

/** `on`: the day to look at; without it, today. */
export const onDayQuery = z.strictObject({ on: day.optional() });

export const loanStatus = z.enum(['awaiting_disbursement', 'cancelled', 'active', 'settled', 'charged_off']);
export const bucketName = z.enum(['current', 'M1', 'M2', 'M3', 'M4', 'M5', 'M6', 'M7+']);

export const loanSummary = z.object({
  id: z.string(),
  product_code: z.string(),
  status: loanStatus,
  principal_fen: fenText,
  principal_outstanding_fen: fenText,
  due_fen: fenText,
  days_past_due: z.int(),
  next_due_on: day.nullable(),
});

/** GET /v1/loans: the borrower's own, oldest first. */
export const loansReply = z.object({ loans: z.array(loanSummary) });

export const installmentView = z.object({
  number: z.int(),
  due_on: day,
  total_fen: fenText,
  principal_fen: fenText,
  interest_fen: fenText,
  penalty_fen: fenText,
  principal_paid_fen: fenText,
  interest_paid_fen: fenText,
  penalty_paid_fen: fenText,
  interest_waived_fen: fenText,
  penalty_waived_fen: fenText,
  fee_fen: fenText,
  fee_paid_fen: fenText,
  fee_waived_fen: fenText,
  balance_after_fen: fenText,
  status: z.enum(['upcoming', 'due', 'overdue', 'paid']),
  paid_on: day.nullable(),
  words,
});

export const loanEventView = z.object({
  id: z.string(),
  kind: z.string(),
  value_on: day,
  booked_at: z.iso.datetime(),
  amount_fen: fenText.nullable(),
  is_reversed: z.boolean(),
  moved: z.record(z.string(), fenText).meta({ description: 'How much of each running total the event moved, in fen.' }),
  words,
});

/** GET /v1/loans/:id: where the loan stands on a day, and what each fen is. */
export const loanReply = z.object({
  id: z.string(),
  contract_id: z.string(),
  product_code: z.string(),
  product_version: z.int(),
  lender: z.string(),
  method: repaymentMethod,
  months: z.int(),
  principal_fen: fenText,
  annual_rate_ppm: ppmText,
  penalty_rate_ppm: ppmText,
  funders: z.array(z.object({ code: z.string(), share_ppm: ppmText })),
  on: day,
  status: loanStatus,
  disbursed_on: day.nullable(),
  settled_on: day.nullable(),
  principal_outstanding_fen: fenText,
  principal_overdue_fen: fenText,
  due: z.object({ fee_fen: fenText, penalty_fen: fenText, interest_fen: fenText, principal_fen: fenText, total_fen: fenText }),
  refund_owed_fen: fenText,
  days_past_due: z.int(),
  bucket: bucketName,
  is_in_grace: z.boolean(),
  next_due_on: day.nullable(),
  words,
  installments: z.array(installmentView),
  events: z.array(loanEventView),
});

/** GET /v1/loans/:id/settlement-quote: what ends the loan on a day, by parts (REPAY-005). */
export const settlementQuoteReply = z.object({
  loan_id: z.string(), on: day,
  fee_fen: fenText, penalty_fen: fenText, interest_fen: fenText, principal_fen: fenText, reclaimed_fen: fenText, total_fen: fenText,
});

/** POST /v1/loans/:id/repayments: a direct debit of the bound card. `effect` only with `prepay`. */
export const repaymentBody = z.strictObject({
  purpose: z.enum(['due', 'settle', 'prepay']),
  amount_fen: askedFen,
  effect: z.enum(['shorter_term', 'smaller_installment']).optional(),
});

export const repaymentReply = z.object({ payment_id: z.string(), status: z.enum(['requested', 'sent', 'unknown', 'settled', 'refused', 'returned']) });

export type LoanSummaryView = z.infer<typeof loanSummary>;
export type LoanReply = z.infer<typeof loanReply>;
export type SettlementQuoteReply = z.infer<typeof settlementQuoteReply>;
export type RepaymentBody = z.infer<typeof repaymentBody>;
export type RepaymentReply = z.infer<typeof repaymentReply>;

/** GET /v1/loans/:id/record: all that a loan's figures follow from, and the figures claimed; enough to recompute every fen elsewhere. */
export const loanRecordReply = z.object({
  loan_id: z.string(),
  contract_id: z.string(),
  on: day,
  known_through: z.int(),
  terms: z.object({
    principal_fen: fenText, method: repaymentMethod, basis: interestBasis, rate_ppm: ppmText, months: z.int(), term_days: z.int().nullable(),
    due_day: z.int().nullable(), grace_days: z.int(), grace_counts_back: z.boolean(), penalty_rate_ppm: ppmText,
    allocation_order: z.array(z.string()), allocation_scope: z.enum(['installment_first', 'component_first']),
    grace_on_principal: z.int().optional(), grace_on_interest: z.int().optional(), interest_free: z.int().optional(), first_period_days_min: z.int().optional(),
    due_roll: z.object({
      rule: z.enum(['following', 'modified_following', 'preceding']),
      calendar: z.object({ name: z.string(), from: day, through: day, closed: z.array(day), working: z.array(day) }),
    }).optional(),
    fees: z.array(z.object({ code: z.string(), when: z.string(), amount_fen: fenText.optional(), rate_ppm: ppmText.optional() })).optional(),
    penalty_on: z.enum(['principal', 'principal_and_interest']).optional(),
  }),
  shares: z.array(z.object({ funder: z.string(), share_ppm: ppmText })),
  events: z.array(z.object({
    id: z.string(), sequence: z.int(), kind: z.string(), value_on: day, booked_at: z.iso.datetime(), payload: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  })),
  position: z.object({ status: loanStatus, principal_outstanding_fen: fenText, due_fen: fenText, days_past_due: z.int(), totals: z.record(z.string(), fenText) }),
});

export type LoanRecordReply = z.infer<typeof loanRecordReply>;

/**
 * GET /v1/loans/:id/statement: `statement.json`, as a file to keep. What the members mean and how it is checked: docs/specs/statement.md.
 * Terms, events and claims are as the record shows them.
 */
export const statementReply = z.looseObject({
  format: z.literal('mingdai-statement/1'),
  arithmetic: z.string().meta({ description: 'The version of the arithmetic by which it is recomputed.' }),
  currency: z.literal('CNY'),
  id: z.string(),
  issued_at: z.iso.datetime(),
  as_of: day,
  known_through: z.int().meta({ description: 'The number of the last event that was known.' }),
  supersedes: z.string().nullable().meta({ description: 'The statement of the same loan and day that this one corrects.' }),
  loan: z.looseObject({ id: z.string(), contract_id: z.string(), product_code: z.string(), product_version: z.int(), lender: z.string(), signed_at: z.iso.datetime(), sheet_hash: z.string() }),
  terms: z.looseObject({ principal_fen: fenText, rate_ppm: ppmText, months: z.int() }),
  events: z.array(z.looseObject({ id: z.string(), sequence: z.int(), kind: z.string(), value_on: day, booked_at: z.iso.datetime() })),
  claimed: z.looseObject({ status: loanStatus, principal_outstanding_fen: fenText }),
  seals: z.record(z.string(), z.string()).meta({ description: 'For each leaf, by its path, 16 hex digits of a SHA-256: they name what was touched.' }),
  signature: z.object({
    algorithm: z.literal('Ed25519'), key_id: z.string(), public_key: z.string(),
    value: z.string().meta({ description: 'Over the canonical JSON of everything but this value.' }),
  }),
});

/** GET /v1/statement-keys: every key that ever signed a statement here. Compare the fingerprint with one got another way. */
export const statementKeysReply = z.object({
  keys: z.array(z.object({ key_id: z.string(), fingerprint: z.string(), algorithm: z.literal('Ed25519'), public_key: z.string(), public_key_pem: z.string(), is_current: z.boolean() })),
});
