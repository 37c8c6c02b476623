/** How a price is measured. The first two are always tested, the third where a lender asks for it. */
export type PriceMeasure = 'irr_times_12' | 'dated_flows' | 'effective';

/** Why a price may not be published, offered or signed, in order of checking. */
export type PriceRefusal =
  /** Every charge names who collects it, and that is the lender or a listed guarantor: never the platform (RATE-013). */
  | { readonly code: 'charge_collector_not_allowed'; readonly rule: 'RATE-013'; readonly charge: string; readonly collector: string }
  /** What reaches the borrower is the whole principal (RATE-026). */
  | { readonly code: 'interest_deducted_in_advance'; readonly rule: 'RATE-026'; readonly received_fen: string; readonly principal_fen: string }
  /** No cap rule holds for this kind of lender on this day, so nothing may be sold (RATE-027). */
  | { readonly code: 'no_cap_rule'; readonly rule: 'RATE-027'; readonly lender_type: string; readonly on: string }
  | { readonly code: 'price_not_computable'; readonly rule: 'RATE-002'; readonly why: string }
  | { readonly code: 'price_above_cap'; readonly rule: string; readonly measure: PriceMeasure; readonly computed_ppm: string; readonly cap_ppm: string };

/** Why a loan of this shape may not be lent at all, in order of checking. */
export type LimitRefusal =
  | { readonly code: 'no_limit_rule'; readonly limit: string; readonly lender_type: string; readonly on: string }
  | { readonly code: 'above_legal_limit'; readonly rule: string; readonly limit: string; readonly value: string; readonly bound: string };

/** Why these shares may not fund one loan, in order of checking. */
export type ShareRefusal =
  | { readonly code: 'shares_incomplete'; readonly sum_ppm: string; readonly bound_ppm: '1000000' }
  | { readonly code: 'partner_share_too_small'; readonly rule: string; readonly funder: string; readonly share_ppm: string; readonly bound_ppm: string }
  | { readonly code: 'partner_concentration'; readonly rule: string; readonly funder: string; readonly balance_fen: string; readonly bound_fen: string }
  | { readonly code: 'joint_lending_share_of_book'; readonly rule: string; readonly balance_fen: string; readonly bound_fen: string };
