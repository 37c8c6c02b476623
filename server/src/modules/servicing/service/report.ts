import { positionOn, type Bucket, type BusinessDate, type LoanStatus, type Position, type Totals } from '@mingdai/loan-math';
import { ACCOUNTS, clearingWith, type Balance } from '../../ledger/index.ts';
import type { BucketFigures, FunderFigures, PortfolioReport } from '../servicing.ts';
import type { ProofDeps } from './deps.ts';
import { allLoans } from './proofs.ts';

const BUCKETS: readonly Bucket[] = ['current', 'M1', 'M2', 'M3', 'M4', 'M5', 'M6', 'M7+'];
const SUMMED = ['disbursed', 'received', 'refunded', 'refundLiability', 'interestCharged', 'interestPaid', 'penaltyCharged', 'penaltyPaid'] as const satisfies readonly (keyof Totals)[];

/**
 * The portfolio on a day. Loans are folded to that day, so any day can be asked; funders' columns are their own books', through
 * that day's entries.
 */
export async function report(deps: ProofDeps, on: BusinessDate): Promise<PortfolioReport> {
  const loans: Record<LoanStatus, number> = { awaiting_disbursement: 0, cancelled: 0, active: 0, settled: 0, charged_off: 0 };
  const sums = Object.fromEntries(SUMMED.map((component) => [component, 0n])) as Record<(typeof SUMMED)[number], bigint>;
  const buckets = new Map<Bucket, { loans: number; principal: bigint }>(BUCKETS.map((bucket) => [bucket, { loans: 0, principal: 0n }]));
  const parties = new Map<string, Set<string>>();
  let [principalOutstanding, principalOverdue] = [0n, 0n];
  for await (const page of allLoans(deps.db)) {
    for (const { loan, events } of page) {
      const position: Position = positionOn(loan.contract.terms, events, on);
      loans[position.status] += 1;
      for (const component of SUMMED) sums[component] += position.totals[component];
      principalOutstanding += position.principalOutstanding;
      principalOverdue += position.principalOverdue;
      const funders = parties.get(loan.contract.lender) ?? new Set();
      for (const { funder } of loan.contract.shares) funders.add(funder);
      parties.set(loan.contract.lender, funders);
      if (position.status !== 'active') continue;
      const bucket = buckets.get(position.bucket)!;
      bucket.loans += 1;
      bucket.principal += position.principalOutstanding;
    }
  }
  const balances = await deps.ledger.balances({ on });
  return {
    on, loans, ...sums, principalOutstanding, principalOverdue,
    buckets: [...buckets].map(([bucket, figures]): BucketFigures => ({ bucket, ...figures })),
    funders: fundersFigures(balances, parties),
  };
}

function fundersFigures(balances: readonly Balance[], parties: ReadonlyMap<string, ReadonlySet<string>>): readonly FunderFigures[] {
  const netOf = (entity: string, account: string): bigint => balances.find((row) => row.entity === entity && row.account === account)?.netFen ?? 0n;
  const debitOf = (entity: string, account: string): bigint => balances.find((row) => row.entity === entity && row.account === account)?.debitFen ?? 0n;
  const lenders = [...parties.keys()];
  return [...new Set([...parties.values()].flatMap((funders) => [...funders]))].sort().map((funder) => ({
    funder,
    disbursed: debitOf(funder, ACCOUNTS.loanPrincipal),
    principalOutstanding: netOf(funder, ACCOUNTS.loanPrincipal),
    interestEarned: -netOf(funder, ACCOUNTS.interestIncome),
    penaltyEarned: -netOf(funder, ACCOUNTS.penaltyIncome),
    rounding: -netOf(funder, ACCOUNTS.roundingDifference),
    interestReceivable: netOf(funder, ACCOUNTS.interestReceivable),
    accruedInterest: netOf(funder, ACCOUNTS.accruedInterest),
    dueFromLender: lenders.filter((lender) => lender !== funder).reduce((sum, lender) => sum + netOf(funder, clearingWith(lender)), 0n),
  }));
}
