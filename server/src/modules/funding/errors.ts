/** Why a funder cannot take part in a loan. */
export type PassedOver = { readonly funder: string; readonly why: 'excluded' | 'licence' | 'region' | 'price_below_minimum' | 'outside_agreement' | 'student' | 'share_not_allowed' | 'concentration' | 'quota'; readonly rule: string | null };

/** Why funding says no, in order of checking. */
export type FundingError =
  /** The lender of the product is on nobody's list of funders. */
  | { readonly code: 'lead_funder_unknown'; readonly funder: string }
  /** Nobody can fund this loan; each funder with what stood in its way. */
  | { readonly code: 'no_funder'; readonly application_id: string; readonly passed_over: readonly PassedOver[] }
  /** The funder's agreed volume does not hold this amount as well. */
  | { readonly code: 'quota_exhausted'; readonly funder: string; readonly amount_fen: string };
