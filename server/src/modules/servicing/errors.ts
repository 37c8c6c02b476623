import type { BusinessDate } from '@mingdai/loan-math';

/** Why servicing says no, in order of checking. */
export type ServicingError =
  /** No loan of that id, or it is somebody else's. */
  | { readonly code: 'loan_not_found'; readonly loanId: string }
  /** Nothing is paid to a loan that is settled, cancelled or charged off. */
  | { readonly code: 'loan_closed'; readonly loanId: string; readonly status: string }
  /** Its payout has not arrived yet. */
  | { readonly code: 'loan_not_active'; readonly loanId: string; readonly status: string }
  | { readonly code: 'amount_not_positive'; readonly amountFen: bigint }
  /** An earlier debit of this loan is neither paid nor refused yet: asking again could take the money twice. */
  | { readonly code: 'payment_in_flight'; readonly loanId: string; readonly paymentId: string }
  /** An early settlement is for the amount quoted for that day, to the fen. */
  | { readonly code: 'settlement_amount_differs'; readonly amountFen: bigint; readonly settlementFen: bigint; readonly quotedOn: BusinessDate }
  /** Only a prepayment says what it leaves behind. */
  | { readonly code: 'effect_not_for_purpose'; readonly purpose: string; readonly effect: string }
  /** A day is closed, and its dues are debited, once it has begun. */
  | { readonly code: 'day_not_reached'; readonly askedOn: BusinessDate; readonly todayOn: BusinessDate }
  /** A question about a day before the loan was paid out. */
  | { readonly code: 'day_before_disbursement'; readonly askedOn: BusinessDate; readonly disbursedOn: BusinessDate }
  /** More has happened to the loan than one statement lists. */
  | { readonly code: 'statement_too_long'; readonly loanId: string; readonly events: number; readonly most: number };
