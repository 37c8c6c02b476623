import { assert, formatDate, scheduleOf, type BusinessDate, type FundingShare, type LoanTerms } from '@mingdai/loan-math';
import { digestOf } from '../../../kernel/canonical.ts';
import type { CostSheet, SheetParty } from './cost-sheet-document.ts';
import { wordsOf } from './cost-sheet-words.ts';
import type { PenaltyRate } from './penalty-rate.ts';
import type { PriceCheck } from './price-check.ts';

/** All a sheet is made of. `prepaymentFee` is none: the contract has no such charge (REPAY-005). */
export type SheetInput = {
  readonly kind: CostSheet['kind'];
  readonly version: number;
  readonly product: CostSheet['product'];
  readonly lender: SheetParty;
  readonly terms: LoanTerms;
  readonly disbursedOn: BusinessDate;
  readonly shares: readonly FundingShare[];
  readonly parties: readonly SheetParty[];
  readonly price: PriceCheck;
  readonly penalty: PenaltyRate;
};

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
