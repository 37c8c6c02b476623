import type { Fen } from './money.ts';
import type { AnnualRatePpm } from './rate.ts';

/** 等额本息 · 先息后本 · 随借随还. */
export type RepaymentMethod = 'level_installment' | 'interest_first' | 'any_time';

/**
 * How a period's interest follows from the yearly rate.
 * `monthly`: rate / 12 a period; inside it by elapsed days / days of the period. (30/360)
 * `act_360`, `act_365`: rate / 360 or / 365 for each day; first day counts, last does not.
 */
export type InterestBasis = 'monthly' | 'act_360' | 'act_365';

/** What money can be owed for, in the words of the waterfall. */
export type Component = 'fee' | 'penalty' | 'interest' | 'principal';

/**
 * The arithmetic part of a contract: all that a loan's balance depends on, apart from its events.
 * It names no day: the first day is that of the `disbursed` event.
 */
export type LoanTerms = {
  readonly principal: Fen;
  readonly method: RepaymentMethod;
  readonly basis: InterestBasis;
  readonly rate: AnnualRatePpm;
  /** Number of installments, 1 to 480. For `any_time`: 1. */
  readonly months: number;
  /** Only for `any_time`: days from disbursement to the one due day; otherwise null. */
  readonly termDays: number | null;
  /** Day of month on which installments fall due, or null for the day of month of disbursement. */
  readonly dueDay: number | null;
  readonly graceDays: number;
  /** When grace is used up: does penalty count from the due day (true) or from the end of grace (false). */
  readonly graceCountsBack: boolean;
  /** Yearly rate (÷ 360 a day, ÷ 365 with act_365) on overdue principal, replacing the contract rate there. */
  readonly penaltyRate: AnnualRatePpm;
  /** Order in which money received pays what is due; every component once. */
  readonly allocationOrder: readonly Component[];
  /** Oldest installment first and in it by component, or component by component over all installments. */
  readonly allocationScope: 'installment_first' | 'component_first';
};

/** One funder's part of a loan. Shares are ppm and sum to 1_000_000. */
export type FundingShare = { readonly funder: string; readonly sharePpm: bigint };
