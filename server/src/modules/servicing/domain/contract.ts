import { assert, type FundingShare, type LoanTerms } from '@mingdai/loan-math';
import { termsFromJson, termsToJson, type TermsJson } from '@mingdai/statement/json';
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

/** A contract as plain JSON: how it is stored. */
export type ContractDocument = {
  readonly id: string;
  readonly shard: number;
  readonly customer_id: string;
  readonly product_code: string;
  readonly product_version: number;
  readonly lender: string;
  readonly terms: TermsJson;
  readonly shares: readonly { readonly funder: string; readonly share_ppm: string }[];
  readonly card_token: string;
  readonly sheet_hash: string;
  readonly signed_at: number;
  readonly consent_ids: readonly string[];
  readonly offer_id: string;
  readonly application_id: string;
};

export function contractToDocument(contract: Contract): ContractDocument {
  return {
    id: contract.id, shard: contract.shard, customer_id: contract.customerId,
    product_code: contract.productCode, product_version: contract.productVersion, lender: contract.lender,
    terms: termsToJson(contract.terms),
    shares: contract.shares.map(({ funder, sharePpm }) => ({ funder, share_ppm: sharePpm.toString() })),
    card_token: contract.cardToken, sheet_hash: contract.sheetHash, signed_at: contract.signedAt,
    consent_ids: contract.consentIds, offer_id: contract.offerId, application_id: contract.applicationId,
  };
}

export function contractFromDocument(document: ContractDocument): Contract {
  return {
    id: document.id, shard: document.shard, customerId: document.customer_id,
    productCode: document.product_code, productVersion: document.product_version, lender: document.lender,
    terms: termsFromJson(document.terms),
    shares: document.shares.map(({ funder, share_ppm }) => ({ funder, sharePpm: BigInt(share_ppm) })),
    cardToken: document.card_token, sheetHash: document.sheet_hash, signedAt: instant(document.signed_at),
    consentIds: document.consent_ids, offerId: document.offer_id, applicationId: document.application_id,
  };
}
