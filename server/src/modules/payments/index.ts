/** The door of payments: money in and out at the bank. Knows no loan; a `reference` is the asker's own word. */
export { bankGateway } from './adapters/bank/gateway.ts';
export type { Payment, PaymentKind, PaymentStatus } from './domain/payment.ts';
export type { PaymentsError } from './errors.ts';
export type { BankGateway, BankOrder, BankOutcome, BankRefusal } from './gateway.ts';
export { registerPaymentsJobs } from './jobs.ts';
export { paymentsRoutes } from './routes.ts';
export type { BookRow, MovedRow } from './repository.ts';
export { createPayments, type BankCallback, type CallbackAnswer, type PaymentOrder, type Payments, type PaymentsBook, type PaymentsDeps } from './service.ts';
