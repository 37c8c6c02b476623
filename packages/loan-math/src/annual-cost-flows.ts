import type { BusinessDate } from './business-date.ts';
import type { Fen } from './money.ts';

/** All that a borrower gets and pays, charges of every kind included (RATE-012). */
export type CostFlows = {
  /** What reaches the borrower on the first day, after anything held back. */
  readonly received: Fen;
  readonly receivedOn: BusinessDate;
  /** One entry an installment, in order: its principal, and all interest and charges asked with it. */
  readonly payments: readonly CostPayment[];
};

export type CostPayment = { readonly dueOn: BusinessDate; readonly principal: Fen; readonly charges: Fen };
