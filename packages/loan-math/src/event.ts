import type { BusinessDate } from './business-date.ts';
import type { Fen } from './money.ts';
import type { AnnualRatePpm } from './rate.ts';
import type { Component } from './terms.ts';

/** What every event carries. The fold orders by (`valueOn`, rank of kind, `sequence`). */
type Common = {
  /** Made by the caller; unique in the loan. */
  readonly id: string;
  /** 1, 2, 3 … in the order in which we learned of them. */
  readonly sequence: number;
  /** The day it counts from. */
  readonly valueOn: BusinessDate;
  /** When we learned of it: epoch milliseconds. Never used by the fold. */
  readonly bookedAt: number;
};

/** What a full or partial prepayment leaves: nothing, fewer installments, or smaller ones. */
export type PrepaymentEffect = 'settle' | 'shorter_term' | 'smaller_installment';

export type LoanEvent = Common &
  (
    | { readonly kind: 'disbursed'; readonly amount: Fen }
    | { readonly kind: 'cancelled' }
    | { readonly kind: 'repayment_received'; readonly amount: Fen }
    | { readonly kind: 'repayment_reversed'; readonly reverses: string }
    | { readonly kind: 'prepaid'; readonly amount: Fen; readonly effect: PrepaymentEffect }
    | { readonly kind: 'overpayment_refunded'; readonly amount: Fen }
    | { readonly kind: 'fee_charged'; readonly amount: Fen; readonly fee: string }
    | { readonly kind: 'waived'; readonly component: Exclude<Component, 'principal'>; readonly amount: Fen }
    | { readonly kind: 'charged_off' }
    | { readonly kind: 'recovered'; readonly amount: Fen }
    /** Another yearly rate from its value day on; `penaltyRate` null: that one stays. */
    | { readonly kind: 'rate_changed'; readonly rate: AnnualRatePpm; readonly penaltyRate: AnnualRatePpm | null }
    /** What is not due (with `includesOverdue` also unpaid principal that is) is spread anew over `months` installments; `dueDay` null: the day of month stays. */
    | { readonly kind: 'rescheduled'; readonly months: number; readonly dueDay: number | null; readonly includesOverdue: boolean }
    /** Through `until` nothing falls due, no penalty runs and days past due stand still. */
    | { readonly kind: 'paused'; readonly until: BusinessDate; readonly interest: 'runs' | 'stops' }
    /** A pause is over before its time. */
    | { readonly kind: 'resumed' }
    /** Booking markers of the close of day: the fold ignores them. */
    | { readonly kind: 'fell_due'; readonly installment: number }
    | { readonly kind: 'crossed_bucket'; readonly to: Bucket }
  );

export type LoanEventKind = LoanEvent['kind'];

/** By days past due: 1–30 M1, 31–60 M2, … 181 and more M7+. */
export type Bucket = 'current' | 'M1' | 'M2' | 'M3' | 'M4' | 'M5' | 'M6' | 'M7+';
