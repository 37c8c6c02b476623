import { annualRatePpm, divideFloor, PPM, type AnnualRatePpm, type InterestBasis } from '@mingdai/loan-math';

/** The claim of a financial lender with everything in it, overdue interest included, is protected up to this (RATE-021). */
export const TOTAL_CLAIM_MAX_PPM = 240_000n;
/** A bank's overdue rate is at most one and a half times the contract's (REPAY-002). */
const UPLIFT_MAX_PPM = 1_500_000n;

export type PenaltyReason = 'product' | 'contract_uplift' | 'cap';

/** The overdue rate a contract gets, which of the three figures bound it, and all three for the one who asks why. */
export type PenaltyRate = {
  readonly rate: AnnualRatePpm;
  readonly binding: PenaltyReason;
  readonly rule: 'REPAY-002' | 'RATE-021' | null;
  readonly productPpm: bigint;
  readonly upliftPpm: bigint;
  readonly capLeavesPpm: bigint;
  /** How much of the product's figure was cut away. */
  readonly cutPpm: bigint;
};

/**
 * The overdue rate that replaces the contract rate on overdue principal: the smallest of the product's figure, the contract rate × 1.5,
 * and what the cap leaves. The cap is a yearly figure on dated days, so a rate of a 360-day year gets 360/365 of it.
 *
 * Rounds  down, in the borrower's favour.
 * Keeps   never below the contract rate, unless the product's own figure or the cap is.
 * Source  docs/specs/price-cap.md §4 (REPAY-002, RATE-021; F's penalty column).
 */
export function penaltyRateFor({ product, contract, cap, basis = 'act_360' }: { readonly product: bigint; readonly contract: bigint; readonly cap: bigint; readonly basis?: InterestBasis }): PenaltyRate {
  const upliftPpm = divideFloor(contract * UPLIFT_MAX_PPM, PPM);
  const claim = cap < TOTAL_CLAIM_MAX_PPM ? cap : TOTAL_CLAIM_MAX_PPM;
  const capLeavesPpm = basis === 'act_365' ? claim : divideFloor(claim * 360n, 365n);
  const figures: readonly (readonly [PenaltyReason, bigint, PenaltyRate['rule']])[] = [
    ['product', product, null],
    ['contract_uplift', upliftPpm, 'REPAY-002'],
    ['cap', capLeavesPpm, 'RATE-021'],
  ];
  const [binding, ppm, rule] = figures.reduce((least, each) => (each[1] < least[1] ? each : least));
  return { rate: annualRatePpm(ppm), binding, rule, productPpm: product, upliftPpm, capLeavesPpm, cutPpm: product - ppm };
}
