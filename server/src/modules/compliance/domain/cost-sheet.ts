import { assert, formatDate, scheduleOf, type BusinessDate, type FundingShare, type LoanTerms } from '@mingdai/loan-math';
import { digestOf } from '../../../kernel/canonical.ts';
import { wordsOf, type SheetWords } from './cost-sheet-words.ts';
import type { PenaltyRate } from './penalty-rate.ts';
import type { PriceCheck } from './price-check.ts';

export type SheetParty = { readonly code: string; readonly name_zh: string; readonly name_en: string; readonly licence_no: string };

/** All a sheet is made of. `prepaymentFee` is none: the contract has no such charge (REPAY-005). */
export type SheetInput = {
  /** `quote`: shown before anybody applied, lenders not routed yet. `offer`: what will be signed. */
  readonly kind: 'quote' | 'offer';
  readonly version: number;
  readonly product: { readonly code: string; readonly version: number; readonly name_zh: string; readonly name_en: string };
  readonly lender: SheetParty;
  readonly terms: LoanTerms;
  readonly disbursedOn: BusinessDate;
  readonly shares: readonly FundingShare[];
  readonly parties: readonly SheetParty[];
  readonly price: PriceCheck;
  readonly penalty: PenaltyRate;
};

/**
 * The all-in financing cost sheet (个人贷款综合融资成本明示表) as it is kept, hashed and shown: plain JSON, amounts in fen and rates in ppm
 * as decimal strings. Never edited; a change is another version.
 */
export type CostSheet = {
  readonly form: 'mingdai-cost-sheet/1';
  readonly rules: readonly string[];
  readonly kind: SheetInput['kind'];
  readonly version: number;
  readonly product: SheetInput['product'];
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
  readonly penalty_reason: { readonly binding: PenaltyRate['binding']; readonly product_ppm: string; readonly contract_uplift_ppm: string; readonly cap_leaves_ppm: string; readonly cut_ppm: string };
  readonly schedule: {
    readonly rows: readonly { readonly number: number; readonly due_on: string; readonly principal_fen: string; readonly interest_fen: string; readonly total_fen: string }[];
    readonly principal_fen: string;
    readonly interest_fen: string;
    readonly total_fen: string;
  };
  readonly words: { readonly zh: SheetWords; readonly en: SheetWords };
};

export type FeeItem = { readonly code: 'interest'; readonly how_charged: string; readonly annual_rate_ppm: string; readonly collector: string; readonly amount_fen: string };
export type ContingentItem =
  | { readonly code: 'overdue_interest'; readonly how_charged: 'on_overdue_principal_instead_of_interest'; readonly annual_rate_ppm: string; readonly collector: string }
  | { readonly code: 'prepayment_fee'; readonly how_charged: 'none'; readonly annual_rate_ppm: '0'; readonly collector: string };

/**
 * Builds the sheet of one loan: what it costs, who collects it, what it could cost, who lends, and that nothing else may be charged.
 *
 * Keeps   the schedule's totals are the sums of its rows; the same input gives the same sheet and hash.
 * Source  docs/specs/cost-sheet.md (G4, RATE-004, RATE-008, RATE-028, ILOAN-024).
 */
export function costSheet(input: SheetInput): CostSheet {
  const { terms, penalty, price, shares, lender } = input;
  const rows = scheduleOf(terms, input.disbursedOn);
  const interest = rows.reduce((sum, row) => sum + row.interest, 0n);
  const collector = shares.length === 1 ? shares[0]!.funder : lender.code;
  const document: Omit<CostSheet, 'words'> = {
    form: 'mingdai-cost-sheet/1',
    rules: ['RATE-004', 'RATE-005', 'RATE-008', 'RATE-028', 'ILOAN-024', price.cap.rule],
    kind: input.kind,
    version: input.version,
    product: input.product,
    lender,
    principal_fen: `${terms.principal}`,
    months: terms.months,
    starts_on: formatDate(input.disbursedOn),
    elements: { annual_rate_ppm: `${terms.rate}`, repayment_method: terms.method, overdue_rate_ppm: `${penalty.rate}` },
    fee_items: [{ code: 'interest', how_charged: `daily_on_outstanding_principal_${terms.basis}`, annual_rate_ppm: `${terms.rate}`, collector, amount_fen: `${interest}` }],
    annual_cost: costOf(price),
    contingent_items: [
      { code: 'overdue_interest', how_charged: 'on_overdue_principal_instead_of_interest', annual_rate_ppm: `${penalty.rate}`, collector },
      { code: 'prepayment_fee', how_charged: 'none', annual_rate_ppm: '0', collector },
    ],
    no_other_charges: true,
    lenders: lendersOf(input),
    penalty_reason: { binding: penalty.binding, product_ppm: `${penalty.productPpm}`, contract_uplift_ppm: `${penalty.upliftPpm}`, cap_leaves_ppm: `${penalty.capLeavesPpm}`, cut_ppm: `${penalty.cutPpm}` },
    schedule: {
      rows: rows.map((row) => ({ number: row.number, due_on: formatDate(row.dueOn), principal_fen: `${row.principal}`, interest_fen: `${row.interest}`, total_fen: `${row.total}` })),
      principal_fen: `${terms.principal}`,
      interest_fen: `${interest}`,
      total_fen: `${terms.principal + interest}`,
    },
  };
  return { ...document, words: { zh: wordsOf(document, 'zh'), en: wordsOf(document, 'en') } };
}

/** SHA-256 of the sheet's canonical JSON: what the borrower confirms and what the contract names. */
export const sheetHash = (sheet: CostSheet): string => digestOf(sheet);

/** Whether a charge may be posted for a contract that was signed under this sheet: it must stand on it (RATE-008). */
export const isOnSheet = (sheet: CostSheet, charge: string): boolean =>
  sheet.fee_items.some(({ code }) => code === charge) || sheet.contingent_items.some((item) => item.code === charge && item.how_charged !== 'none');

/** The all-in figure printed large is the higher of the two that are tested. */
function costOf(price: PriceCheck): CostSheet['annual_cost'] {
  const { irrTimes12Ppm, datedPpm, effectivePpm, simplePpm, cap } = price;
  return {
    all_in_ppm: `${irrTimes12Ppm > datedPpm ? irrTimes12Ppm : datedPpm}`,
    irr_times_12_ppm: `${irrTimes12Ppm}`,
    dated_ppm: `${datedPpm}`,
    effective_ppm: `${effectivePpm}`,
    simple_ppm: `${simplePpm}`,
    cap_ppm: `${cap.capPpm}`,
    cap_rule: cap.rule,
  };
}

function lendersOf({ shares, parties, terms }: SheetInput): CostSheet['lenders'] {
  return shares.map(({ funder, sharePpm }) => {
    const party = parties.find(({ code }) => code === funder);
    assert(party !== undefined, `every funder on a sheet is a named party: ${funder}`);
    return { ...party, share_ppm: `${sharePpm}`, annual_rate_ppm: `${terms.rate}`, collects: ['interest', 'overdue_interest'] };
  });
}
