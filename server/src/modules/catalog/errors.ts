import type { LimitRefusal, PriceRefusal } from '../compliance/index.ts';

/** Why the catalogue does not publish, quote or sell, in order of checking. */
export type CatalogError =
  | { readonly code: 'product_not_found'; readonly product_code: string }
  | { readonly code: 'product_malformed'; readonly field: string; readonly why: string }
  | { readonly code: 'lender_not_found'; readonly lender: string }
  /** G1: without a licence that is valid on the day, and covers this kind of loan, nothing is offered. */
  | { readonly code: 'licence_not_valid'; readonly lender: string; readonly on: string; readonly valid_through: string | null }
  | { readonly code: 'licence_out_of_scope'; readonly lender: string; readonly scope: string; readonly allowed: readonly string[] }
  | { readonly code: 'product_version_not_next'; readonly product_code: string; readonly version: number; readonly expected: number }
  | { readonly code: 'effective_day_not_after'; readonly product_code: string; readonly effective_on: string; readonly after: string }
  | { readonly code: 'method_not_offered'; readonly field: 'method'; readonly value: string; readonly bound: readonly string[] }
  | { readonly code: 'term_outside_product'; readonly field: 'months'; readonly value: number; readonly bound: readonly number[] }
  | { readonly code: 'amount_outside_product'; readonly field: 'amount_fen'; readonly value: string; readonly bound: { readonly min_fen: string; readonly max_fen: string; readonly step_fen: string } }
  | { readonly code: 'rate_outside_product'; readonly field: 'annual_rate_ppm'; readonly value: string; readonly bound: { readonly min_ppm: string; readonly max_ppm: string } }
  | LimitRefusal
  | PriceRefusal;
