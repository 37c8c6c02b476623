/** The refusals of payments, in order of checking. */
export type PaymentsError =
  /** A callback named an order that was never made here, or made as another kind. */
  | { readonly code: 'callback_for_unknown_payment'; readonly orderId: string }
  /** A callback's amount is not the order's. */
  | { readonly code: 'callback_amount_mismatch'; readonly orderId: string; readonly orderedFen: bigint; readonly reportedFen: bigint }
  /** A transfer's id came with another reference than before. */
  | { readonly code: 'transfer_id_reused'; readonly orderId: string }
  /** Only a direct debit can come back from the payer's bank. */
  | { readonly code: 'payment_not_returnable'; readonly paymentId: string; readonly kind: string }
  /** An outcome of an order that was not sent yet. */
  | { readonly code: 'payment_not_sent'; readonly paymentId: string }
  /** A return of a debit whose settlement is not known yet: the bank tells it again later. */
  | { readonly code: 'payment_not_settled'; readonly paymentId: string; readonly status: string }
  /** The bank says the opposite of what it said before: a person looks. */
  | { readonly code: 'payment_already_final'; readonly paymentId: string; readonly status: string };
