import { annualRatePpm, assert, fen, type AnnualRatePpm, type Fen } from '@mingdai/loan-math';
import type { Lender } from '../../catalog/index.ts';

/**
 * A legal entity that puts its own money into loans (资金方). `lead`: it lends under its own name and services; a `partner` joins it
 * under an agreement. Both decide for themselves about every loan (ILOAN-011).
 */
export type Funder = {
  readonly lender: Lender;
  readonly role: 'lead' | 'partner';
  /** Agreed volume of new loans; null: own funds, not rationed here. */
  readonly quota: Fen | null;
  /** The lowest price at which it takes part. */
  readonly minRate: AnnualRatePpm;
  /** What the agreement fixes: the range of all-in cost (RATE-015), and how much of one loan it takes. */
  readonly agreement: { readonly minAllIn: bigint; readonly maxAllIn: bigint; readonly share: bigint; readonly minShare: bigint; readonly maxShare: bigint };
  /** How much of the flow it wants beside the others. */
  readonly weight: bigint;
  /** Of a lead: what its limits of joint lending are measured against (ILOAN-014, ILOAN-015). */
  readonly books: { readonly tier1: bigint; readonly allLoans: bigint } | null;
  readonly assumed: readonly string[];
};

export type FunderDocument = {
  readonly code: string;
  readonly role: string;
  readonly known_from: string;
  readonly name: { readonly zh: string; readonly en: string };
  readonly licence: { readonly kind: string; readonly no: string; readonly valid_from: string; readonly valid_through: string | null };
  readonly scope: readonly string[];
  readonly regions: string | readonly string[];
  readonly quota_fen: string | null;
  readonly min_rate_ppm: string;
  readonly agreement: { readonly min_all_in_ppm: string; readonly max_all_in_ppm: string; readonly share_ppm: string; readonly min_share_ppm: string; readonly max_share_ppm: string };
  readonly weight: number;
  readonly tier1_fen: string | null;
  readonly all_loans_fen: string | null;
  readonly assumed: readonly string[];
};

/** Reads a funder; its licence was read by the catalogue's words. Throws InvariantError naming what does not fit. */
export function funderFrom(document: FunderDocument, lender: Lender): Funder {
  const { role, agreement, weight, code } = document;
  assert(role === 'lead' || role === 'partner', `a funder leads or joins: ${code}`);
  assert(Number.isInteger(weight) && weight >= 1 && weight <= 1000, `a funder's weight is 1 to 1000: ${code}`);
  const { share, minShare, maxShare, ...allIn } = {
    share: BigInt(agreement.share_ppm), minShare: BigInt(agreement.min_share_ppm), maxShare: BigInt(agreement.max_share_ppm),
    minAllIn: BigInt(agreement.min_all_in_ppm), maxAllIn: BigInt(agreement.max_all_in_ppm),
  };
  assert(minShare <= share && share <= maxShare && maxShare <= 1_000_000n && minShare > 0n, `an agreed share lies within its bounds: ${code}`);
  const books = document.tier1_fen === null || document.all_loans_fen === null ? null : { tier1: BigInt(document.tier1_fen), allLoans: BigInt(document.all_loans_fen) };
  assert(role === 'partner' || books !== null, `a lead says what its limits are measured against: ${code}`);
  return {
    lender, role, books,
    quota: document.quota_fen === null ? null : fen(BigInt(document.quota_fen)),
    minRate: annualRatePpm(BigInt(document.min_rate_ppm)),
    agreement: { share, minShare, maxShare, ...allIn },
    weight: BigInt(weight),
    assumed: document.assumed,
  };
}
