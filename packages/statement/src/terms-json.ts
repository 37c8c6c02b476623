import type { Component, FundingShare, LoanTerms } from '@mingdai/loan-math';
import { amountFrom, boolean, field, list, nullable, oneOf, ppm, rate, readOwn, record, text, whole } from './codec.ts';
import type { Json } from './json-text.ts';

const COUNT_MAX = 1_000_000;
const component = oneOf<Component>('fee', 'penalty', 'interest', 'principal');

/** A loan's terms in JSON: as contracts are stored, as the record shows them, as a statement signs them. */
export const termsCodec = record<LoanTerms>({
  principal: field('principal_fen', amountFrom(1n)),
  method: field('method', oneOf<LoanTerms['method']>('level_installment', 'interest_first', 'any_time')),
  basis: field('basis', oneOf<LoanTerms['basis']>('monthly', 'act_360', 'act_365')),
  rate: field('rate_ppm', rate),
  months: field('months', whole(0, COUNT_MAX)),
  termDays: field('term_days', nullable(whole(0, COUNT_MAX))),
  dueDay: field('due_day', nullable(whole(0, COUNT_MAX))),
  graceDays: field('grace_days', whole(0, COUNT_MAX)),
  graceCountsBack: field('grace_counts_back', boolean),
  penaltyRate: field('penalty_rate_ppm', rate),
  allocationOrder: field('allocation_order', list(component, 10)),
  allocationScope: field('allocation_scope', oneOf<LoanTerms['allocationScope']>('installment_first', 'component_first')),
});

export const shareCodec = record<FundingShare>({
  funder: field('funder', text(100)),
  sharePpm: field('share_ppm', ppm(1_000_000n)),
});

/** `termsToJson(terms)` is what `termsFromJson` reads; members that are absent stay absent. */
export type TermsJson = {
  readonly principal_fen: string;
  readonly method: LoanTerms['method'];
  readonly basis: LoanTerms['basis'];
  readonly rate_ppm: string;
  readonly months: number;
  readonly term_days: number | null;
  readonly due_day: number | null;
  readonly grace_days: number;
  readonly grace_counts_back: boolean;
  readonly penalty_rate_ppm: string;
  readonly allocation_order: readonly Component[];
  readonly allocation_scope: LoanTerms['allocationScope'];
};

export const termsToJson = (terms: LoanTerms): TermsJson => termsCodec.write(terms) as unknown as TermsJson;

/**
 * Reads what `termsToJson` wrote.
 *
 * Throws  RangeError naming the member that is not as it writes.
 * Source  docs/specs/statement.md §3.
 */
export const termsFromJson = (json: unknown): LoanTerms => readOwn(termsCodec, json as Json, 'terms');
