import { annualCostOf, fen, positionOn, type AnnualCost, type LoanEvent, type LoanTerms } from '@mingdai/loan-math';

/**
 * What the loan costs a year by its contract: paid out on the day it was, every installment paid when due, every charge counted.
 * Null before the payout, or where no rate exists.
 *
 * Units   ppm a year.
 * Source  docs/specs/annual-cost.md.
 */
export function contractCost(terms: LoanTerms, events: readonly LoanEvent[]): AnnualCost | null {
  const payout = events.find(({ kind }) => kind === 'disbursed');
  if (payout === undefined) return null;
  const { installments, totals } = positionOn(terms, [payout], payout.valueOn);
  const payments = installments.map((row) => ({ dueOn: row.dueOn, principal: row.principal, charges: fen(row.interest + row.fee) }));
  const found = annualCostOf({ received: fen(totals.disbursed - totals.feeCharged), receivedOn: payout.valueOn, payments });
  return found.kind === 'cost' ? found.cost : null;
}
