import type { Fen } from './money.ts';
import type { AnnualRatePpm } from './rate.ts';
import type { RollRule, WorkingCalendar } from './working-days.ts';

/** 等额本息 · 等额本金 · 先息后本 · 随借随还. */
export type RepaymentMethod = 'level_installment' | 'level_principal' | 'interest_first' | 'any_time';

/**
 * How a period's interest follows from the yearly rate.
 * `monthly`: rate / 12 a period; inside it by elapsed days / days of the period.
 * `thirty_…`: rate × days of the period counted by that rule of 30/360 / 360; inside it as `monthly`.
 * `act_360`, `act_365`: rate / 360 or / 365 for each day; first day counts, last does not.
 * `act_act`: rate / 366 for each day in a leap year, / 365 for each other. (ISDA)
 */
export type InterestBasis = 'monthly' | ThirtyBasis | 'act_360' | 'act_365' | 'act_act';

export type ThirtyBasis = 'thirty_bond_basis' | 'thirty_us' | 'thirty_european' | 'thirty_european_plus' | 'thirty_isda' | 'thirty_excel_nasd';

/**
 * A fee that the contract names from the start.
 * `deducted`: set off on the payout day: the borrower receives that much less.
 * `upfront`: due on the payout day.
 * `monthly_on_original`, `monthly_on_outstanding`: asked with each installment, on the principal lent or on what is not due at the start of its period.
 * `first_installment`: asked with the first one.
 * `overdue`: once for each installment that is not wholly paid when its grace is used up.
 */
export type FeeTime = 'deducted' | 'upfront' | 'monthly_on_original' | 'monthly_on_outstanding' | 'first_installment' | 'overdue';

/** Exactly one of `amount` and `ratePpm` is given. Each fee rounds half up each time it is asked. */
export type LoanFee = {
  readonly code: string;
  readonly when: FeeTime;
  readonly amount?: Fen;
  /** Ppm of the principal lent; of what is outstanding for `monthly_on_outstanding`; of the installment's unpaid principal for `overdue`. */
  readonly ratePpm?: bigint;
};

/** Due days that are no working days move. Interest runs to the day to which one moved; the next is counted from where this one was. */
export type DueRoll = { readonly rule: RollRule; readonly calendar: WorkingCalendar };

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
  /** So many first installments ask no principal. Absent: none. */
  readonly graceOnPrincipal?: number;
  /** So many first installments ask no interest: it runs on, bears none itself, and is asked with the first one after. Absent: none. */
  readonly graceOnInterest?: number;
  /** In so many first periods no interest runs. Absent: none. */
  readonly interestFree?: number;
  /** With a `dueDay`: a first period of fewer days than this ends on the due day a month later. Absent: it does not. */
  readonly firstPeriodDaysMin?: number;
  /** Absent: due days fall on any day. */
  readonly dueRoll?: DueRoll;
  /** Absent: none but those charged by events. */
  readonly fees?: readonly LoanFee[];
  /** What bears the penalty rate on an overdue installment: its principal (when absent), or its interest too (复利). */
  readonly penaltyOn?: 'principal' | 'principal_and_interest';
};

/** One funder's part of a loan. Shares are ppm and sum to 1_000_000. */
export type FundingShare = { readonly funder: string; readonly sharePpm: bigint };
