import type { PenaltyReason } from './penalty-rate.ts';

/**
 * The all-in financing cost sheet (个人贷款综合融资成本明示表) as it is kept, hashed and shown: plain JSON, amounts in fen and rates in ppm
 * as decimal strings. Never edited; a change is another version.
 */
export type CostSheet = {
  readonly form: 'mingdai-cost-sheet/1';
  readonly rules: readonly string[];
  /** `quote`: shown before anybody applied, lenders not routed yet. `offer`: what will be signed. */
  readonly kind: 'quote' | 'offer';
  readonly version: number;
  readonly product: { readonly code: string; readonly version: number; readonly name_zh: string; readonly name_en: string };
  readonly lender: SheetParty;
  readonly principal_fen: string;
  readonly months: number;
  readonly starts_on: string;
  /** 年化利率 – 还款方式 – 逾期成本: the three elements, together (G4, RATE-028). */
  readonly elements: { readonly annual_rate_ppm: string; readonly repayment_method: string; readonly overdue_rate_ppm: string };
  readonly fee_items: readonly FeeItem[];
  readonly annual_cost: {
    readonly all_in_ppm: string;
    readonly irr_times_12_ppm: string;
    readonly dated_ppm: string;
    readonly effective_ppm: string;
    readonly simple_ppm: string;
    readonly cap_ppm: string;
    readonly cap_rule: string;
  };
  readonly contingent_items: readonly ContingentItem[];
  readonly no_other_charges: true;
  readonly lenders: readonly (SheetParty & { readonly share_ppm: string; readonly annual_rate_ppm: string; readonly collects: readonly string[] })[];
  readonly penalty_reason: { readonly binding: PenaltyReason; readonly product_ppm: string; readonly contract_uplift_ppm: string; readonly cap_leaves_ppm: string; readonly cut_ppm: string };
  readonly schedule: {
    readonly rows: readonly { readonly number: number; readonly due_on: string; readonly principal_fen: string; readonly interest_fen: string; readonly total_fen: string }[];
    readonly principal_fen: string;
    readonly interest_fen: string;
    readonly total_fen: string;
  };
  readonly words: { readonly zh: SheetWords; readonly en: SheetWords };
};

export type SheetParty = { readonly code: string; readonly name_zh: string; readonly name_en: string; readonly licence_no: string };

export type FeeItem = { readonly code: 'interest'; readonly how_charged: string; readonly annual_rate_ppm: string; readonly collector: string; readonly amount_fen: string };
export type ContingentItem =
  | { readonly code: 'overdue_interest'; readonly how_charged: 'on_overdue_principal_instead_of_interest'; readonly annual_rate_ppm: string; readonly collector: string }
  | { readonly code: 'prepayment_fee'; readonly how_charged: 'none'; readonly annual_rate_ppm: '0'; readonly collector: string };

/** The sheet as a borrower reads it, one language: lines in the order in which they are shown. */
export type SheetWords = {
  readonly title: string;
  /** Annual rate – repayment method – overdue cost: shown together, never apart (RATE-028). */
  readonly elements: readonly [string, string, string];
  readonly lines: readonly string[];
};
