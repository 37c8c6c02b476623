import { assertContract, loanIdOf, payoutIdOf, type Contract } from '../domain/contract.ts';
import { loanFrom } from '../domain/loan.ts';
import { closedThrough } from '../repository/closes.ts';
import { insertLoan } from '../repository/loans.ts';
import { itemsWaiting } from '../repository/open-items.ts';
import type { CommandTx } from '../../../platform/tx.ts';
import type { Servicing, ServicingProofs } from '../servicing.ts';
import { closeDay } from './close-day.ts';
import type { ProofDeps, ServicingDeps } from './deps.ts';
import { bookPaymentNews } from './payment-news.ts';
import { poolProof, refold, subLedger } from './proofs.ts';
import { quoteSettlement, repay } from './repay.ts';
import { report } from './report.ts';
import { runDebits } from './run-debits.ts';
import { loansOf, viewLoan } from './views.ts';

const OPEN_ITEMS_SHOWN = 1_000;

/** Servicing over a database, a ledger and the payments that move its money. */
export function createServicing(deps: ServicingDeps): Servicing {
  const { clock } = deps;
  return {
    open: (tx, contract) => open(deps, tx, contract),
    onPaymentEvent: (event) => bookPaymentNews(deps, event),
    repay: (loanId, repayment, by) => repay(deps, { loanId, repayment }, by),
    quoteSettlement: (loanId, on = clock.today()) => quoteSettlement(deps, loanId, on),
    loan: (loanId, on = clock.today()) => viewLoan(deps, loanId, on),
    loansOf: (customerId) => loansOf(deps, customerId, clock.today()),
    runDebits: (on, by, scope = 'due_today') => runDebits(deps, { on, scope }, by),
    closeDay: (through, by) => closeDay(deps, through, by),
    openItems: async () => (await itemsWaiting(deps.db, OPEN_ITEMS_SHOWN)).map((item) => ({ ...item, ageDays: clock.today() - item.openedOn })),
    closedThrough: () => closedThrough(deps.db),
    ...createProofs(deps),
    report: (on = clock.today()) => report(deps, on),
  };
}

/** The proofs alone, for who only reads. */
export const createProofs = (deps: ProofDeps): ServicingProofs => ({
  subLedger: () => subLedger(deps),
  refold: (sample) => refold(deps, sample),
  poolProof: () => poolProof(deps, deps.clock.today()),
});

/** A loan that waits for its payout, and the order for it. Whoever signed drives the payout on after the commit. */
async function open(deps: ServicingDeps, tx: CommandTx, contract: Contract): Promise<void> {
  assertContract(contract);
  const loan = loanFrom(loanIdOf(contract.id), contract);
  await insertLoan(tx, loan);
  await deps.payments.request(tx, {
    id: payoutIdOf(loan.id), kind: 'payout', shard: contract.shard, reference: loan.id, purpose: 'loan',
    amount: contract.terms.principal, cardToken: contract.cardToken, at: contract.signedAt,
  });
}
