import type { FundingShare, LoanTerms } from '@mingdai/loan-math';
import type { CostSheet, PriceCheck } from '../../compliance/index.ts';
import type { Instant } from '../../../kernel/instant.ts';

/**
 * A binding offer (要约): everything the contract will say, with the cost sheet the borrower must read first.
 * Never edited: another price or another funder is another offer.
 */
export type Offer = {
  readonly id: string;
  readonly shard: number;
  readonly applicationId: string;
  readonly decisionId: string;
  readonly productCode: string;
  readonly productVersion: number;
  readonly lender: string;
  readonly terms: LoanTerms;
  readonly shares: readonly FundingShare[];
  /** Why these funders, in words for staff. */
  readonly routing: string;
  readonly price: PriceCheck;
  readonly sheet: CostSheet;
  readonly sheetHash: string;
  readonly minimumReadingSeconds: number;
  readonly madeAt: Instant;
  readonly expiresAt: Instant;
};
