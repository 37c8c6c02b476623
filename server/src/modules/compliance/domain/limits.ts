import { assert, businessDate, formatDate, type BusinessDate, type FundingShare, type RepaymentMethod } from '@mingdai/loan-math';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { LimitRefusal, ShareRefusal } from '../errors.ts';
import type { LenderType } from './cap-table.ts';

export type LimitName = 'consumer_line_fen' | 'bullet_months' | 'term_months' | 'partner_share_min_ppm' | 'partner_of_tier1_ppm' | 'joint_of_all_loans_ppm' | 'age_min_years';
export type LimitRowDocument = { readonly rule: string; readonly limit: string; readonly lender_type: string; readonly from: string; readonly through: string | null; readonly value: string };
type LimitRow = { readonly rule: string; readonly limit: string; readonly lenderType: string; readonly from: BusinessDate; readonly through: BusinessDate | null; readonly value: bigint };
export type LimitTable = readonly LimitRow[];
export type Limit = { readonly rule: string; readonly value: bigint };

export const loadLimits = (rows: readonly LimitRowDocument[]): LimitTable =>
  rows.map(({ rule, limit, lender_type, from, through, value }) => ({ rule, limit, lenderType: lender_type, from: businessDate(from), through: through === null ? null : businessDate(through), value: BigInt(value) }));

/** The limit that holds on a day, or null when none is known. A later row overrides an earlier one (ILOAN-002 over ILOAN-001). */
export function limitFor(table: LimitTable, limit: LimitName, lenderType: LenderType, on: BusinessDate): Limit | null {
  const row = table.filter((each) => each.limit === limit && each.lenderType === lenderType && each.from <= on && (each.through === null || on <= each.through)).sort((a, b) => b.from - a.from)[0];
  return row === undefined ? null : { rule: row.rule, value: row.value };
}

/** The shape of a loan, as far as the law limits it. */
export type LoanShape = { readonly lenderType: LenderType; readonly on: BusinessDate; readonly principal: bigint; readonly months: number; readonly method: RepaymentMethod };

/**
 * Whether a consumer loan of this size and length may be lent at all: one person's line, bullet loans up to 12 months, terms up to 60.
 * A loan whose principal all falls due at the end is a bullet.
 *
 * Refuses  no_limit_rule, above_legal_limit.
 * Source   docs/specs/price-cap.md §5 (ILOAN-001, ILOAN-003, ILOAN-004, LIC-001, LIC-005).
 */
export function checkShape(table: LimitTable, { lenderType, on, principal, months, method }: LoanShape): Result<'within', LimitRefusal> {
  const asked: readonly (readonly [LimitName, bigint])[] = [
    ['consumer_line_fen', principal],
    ['term_months', BigInt(months)],
    ...(method === 'level_installment' ? [] : [['bullet_months', BigInt(months)] as const]),
  ];
  for (const [limit, value] of asked) {
    const bound = limitFor(table, limit, lenderType, on);
    if (bound === null) return refuse({ code: 'no_limit_rule', limit, lender_type: lenderType, on: formatDate(on) });
    if (value > bound.value) return refuse({ code: 'above_legal_limit', rule: bound.rule, limit, value: `${value}`, bound: `${bound.value}` });
  }
  return ok('within');
}

/** Uses of money an online loan may never have (ILOAN-007), and those the article warns of (I4): the applicant is told which. */
export const FORBIDDEN_PURPOSES: Readonly<Record<string, 'ILOAN-007' | 'I4'>> = {
  real_estate: 'ILOAN-007',
  mortgage: 'ILOAN-007',
  stocks: 'ILOAN-007',
  bonds: 'ILOAN-007',
  futures: 'ILOAN-007',
  derivatives: 'ILOAN-007',
  asset_management: 'ILOAN-007',
  fixed_assets: 'ILOAN-007',
  equity: 'ILOAN-007',
  medical: 'I4',
  education: 'I4',
  repay_other_loans: 'I4',
};

/** What the lead lender's books say about joint lending with one partner, in fen. */
export type JointExposure = { readonly funder: string; readonly balance: bigint; readonly tier1: bigint; readonly jointBalance: bigint; readonly allLoans: bigint };

/**
 * Whether these shares may fund one loan: they sum to the whole, and each funder of a joint loan carries at least 30 % of it (ILOAN-013).
 *
 * Refuses  shares_incomplete, partner_share_too_small.
 * Source   docs/specs/funding-routing.md §2.
 */
export function checkShares(table: LimitTable, shares: readonly FundingShare[], on: BusinessDate): Result<'within', ShareRefusal> {
  const sum = shares.reduce((total, { sharePpm }) => total + sharePpm, 0n);
  if (sum !== 1_000_000n || shares.some(({ sharePpm }) => sharePpm <= 0n)) return refuse({ code: 'shares_incomplete', sum_ppm: `${sum}`, bound_ppm: '1000000' });
  if (shares.length === 1) return ok('within');
  const bound = limitFor(table, 'partner_share_min_ppm', 'bank', on);
  const small = bound === null ? undefined : shares.find(({ sharePpm }) => sharePpm < bound.value);
  if (small === undefined || bound === null) return ok('within');
  return refuse({ code: 'partner_share_too_small', rule: bound.rule, funder: small.funder, share_ppm: `${small.sharePpm}`, bound_ppm: `${bound.value}` });
}

/**
 * Whether a bank may carry this much with one partner (≤ 25 % of its tier-1 capital) and with all (≤ half of its loans).
 *
 * Rounds   the bounds down.
 * Refuses  partner_concentration, joint_lending_share_of_book.
 * Source   docs/specs/funding-routing.md §2 (ILOAN-014, ILOAN-015).
 */
export function checkConcentration(table: LimitTable, { funder, balance, tier1, jointBalance, allLoans }: JointExposure, on: BusinessDate): Result<'within', ShareRefusal> {
  const perPartner = limitFor(table, 'partner_of_tier1_ppm', 'bank', on);
  const ofBook = limitFor(table, 'joint_of_all_loans_ppm', 'bank', on);
  assert(tier1 >= 0n && allLoans >= 0n, 'capital and loans are not negative');
  if (perPartner !== null) {
    const bound = (tier1 * perPartner.value) / 1_000_000n;
    if (balance > bound) return refuse({ code: 'partner_concentration', rule: perPartner.rule, funder, balance_fen: `${balance}`, bound_fen: `${bound}` });
  }
  if (ofBook !== null) {
    const bound = (allLoans * ofBook.value) / 1_000_000n;
    if (jointBalance > bound) return refuse({ code: 'joint_lending_share_of_book', rule: ofBook.rule, balance_fen: `${jointBalance}`, bound_fen: `${bound}` });
  }
  return ok('within');
}
