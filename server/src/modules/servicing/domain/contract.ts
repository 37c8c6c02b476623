import { annualRatePpm, assert, fen, type Component, type FundingShare, type LoanTerms } from '@mingdai/loan-math';
import { derivedId } from '../../../kernel/ids.ts';
import { instant, type Instant } from '../../../kernel/instant.ts';

/**
 * What was signed: all that servicing needs of a loan, for good. Nothing of it changes; whoever holds the loan
 * asks neither the catalogue nor the application again.
 */
export type Contract = {
  readonly id: string;
  readonly shard: number;
  readonly customerId: string;
  readonly productCode: string;
  readonly productVersion: number;
  /** The legal entity that lends and services: it holds the bank account. */
  readonly lender: string;
  readonly terms: LoanTerms;
  /** Who funds it, in ppm that sum to 1_000_000. The lender may be one of them. */
  readonly shares: readonly FundingShare[];
  readonly cardToken: string;
  readonly sheetHash: string;
  readonly signedAt: Instant;
  readonly consentIds: readonly string[];
  readonly offerId: string;
  readonly applicationId: string;
};

/** The loan that a contract opens: one contract, one loan. */
export const loanIdOf = (contractId: string): string => derivedId('loan', contractId);

/** The payout of a loan: asked for once, whatever happens. */
export const payoutIdOf = (loanId: string): string => derivedId('pay', loanId);

/** States what every contract holds. Throws InvariantError: origination checked it before signing. */
export function assertContract(contract: Contract): void {
  const { shares } = contract;
  assert(shares.length > 0 && shares.every(({ sharePpm }) => sharePpm > 0n), `every funder of ${contract.id} has a share`);
  assert(shares.reduce((sum, { sharePpm }) => sum + sharePpm, 0n) === 1_000_000n, `the shares of ${contract.id} sum to 1000000 ppm`);
  assert(new Set(shares.map(({ funder }) => funder)).size === shares.length, `a funder of ${contract.id} is named once`);
  assert(contract.terms.principal > 0n, `${contract.id} lends something`);
}

type TermsDocument = {
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

/** A contract as plain JSON: how it is stored. */
export type ContractDocument = {
  readonly id: string;
  readonly shard: number;
  readonly customer_id: string;
  readonly product_code: string;
  readonly product_version: number;
  readonly lender: string;
  readonly terms: TermsDocument;
  readonly shares: readonly { readonly funder: string; readonly share_ppm: string }[];
  readonly card_token: string;
  readonly sheet_hash: string;
  readonly signed_at: number;
  readonly consent_ids: readonly string[];
  readonly offer_id: string;
  readonly application_id: string;
};

export function contractToDocument(contract: Contract): ContractDocument {
  const { terms } = contract;
  return {
    id: contract.id, shard: contract.shard, customer_id: contract.customerId,
    product_code: contract.productCode, product_version: contract.productVersion, lender: contract.lender,
    terms: {
      principal_fen: terms.principal.toString(), method: terms.method, basis: terms.basis, rate_ppm: terms.rate.toString(),
      months: terms.months, term_days: terms.termDays, due_day: terms.dueDay,
      grace_days: terms.graceDays, grace_counts_back: terms.graceCountsBack, penalty_rate_ppm: terms.penaltyRate.toString(),
      allocation_order: terms.allocationOrder, allocation_scope: terms.allocationScope,
    },
    shares: contract.shares.map(({ funder, sharePpm }) => ({ funder, share_ppm: sharePpm.toString() })),
    card_token: contract.cardToken, sheet_hash: contract.sheetHash, signed_at: contract.signedAt,
    consent_ids: contract.consentIds, offer_id: contract.offerId, application_id: contract.applicationId,
  };
}

export function contractFromDocument(document: ContractDocument): Contract {
  const { terms } = document;
  return {
    id: document.id, shard: document.shard, customerId: document.customer_id,
    productCode: document.product_code, productVersion: document.product_version, lender: document.lender,
    terms: {
      principal: fen(BigInt(terms.principal_fen)), method: terms.method, basis: terms.basis, rate: annualRatePpm(BigInt(terms.rate_ppm)),
      months: terms.months, termDays: terms.term_days, dueDay: terms.due_day,
      graceDays: terms.grace_days, graceCountsBack: terms.grace_counts_back, penaltyRate: annualRatePpm(BigInt(terms.penalty_rate_ppm)),
      allocationOrder: terms.allocation_order, allocationScope: terms.allocation_scope,
    },
    shares: document.shares.map(({ funder, share_ppm }) => ({ funder, sharePpm: BigInt(share_ppm) })),
    cardToken: document.card_token, sheetHash: document.sheet_hash, signedAt: instant(document.signed_at),
    consentIds: document.consent_ids, offerId: document.offer_id, applicationId: document.application_id,
  };
}
