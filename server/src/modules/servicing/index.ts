/** The door of servicing: loans from the signed contract to the last fen, and the close of day. */
export { loanIdOf, payoutIdOf, type Contract } from './domain/contract.ts';
export type { Words } from './domain/words.ts';
export type { ServicingError } from './errors.ts';
export { presentClose, presentProofs } from './present.ts';
export { prove, type ProvingDeps } from './prove.ts';
export { servicingRoutes, type OperationsDeps } from './routes.ts';
export { createProofs, createServicing } from './service/create.ts';
export type { ProofDeps, ServicingDeps } from './service/deps.ts';
export { createStatements, type StatementDeps, type Statements } from './service/statements.ts';
export type {
  BucketFigures, CloseSummary, DebitRun, ExplainedEvent, FunderFigures, LoanSummary, LoanView, OpenItem, PoolProof, PortfolioReport, RefoldProof, Repayment, Servicing,
  ServicingProofs, ServicingRefusal, SubLedgerProof, SubLedgerRow,
} from './servicing.ts';
export { statementKeyFrom, type StatementKey, type StatementPublicKey } from './statement-key.ts';
export { statementRoutes } from './statement-routes.ts';

/** What servicing listens to; main wires each to `onPaymentEvent`. */
export const PAYMENT_EVENTS = ['payout_settled', 'payout_refused', 'debit_settled', 'debit_refused', 'debit_returned', 'transfer_received'] as const;
