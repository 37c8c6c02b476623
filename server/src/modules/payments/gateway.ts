import type { BusinessDate, Fen } from '@mingdai/loan-math';

/** What a bank is asked to do. `id` is ours and is the bank's idempotency key. */
export type BankOrder = { readonly id: string; readonly kind: 'payout' | 'debit'; readonly amount: Fen; readonly cardToken: string };

/** Why a bank said no, in our words. */
export type BankRefusal = 'card_invalid' | 'insufficient_funds' | 'name_mismatch' | 'refused_by_bank' | 'other';

/**
 * What we know after speaking to a bank. `unknown` is not a failure: the money may have moved. `never_seen` is the
 * bank's explicit word that it has no order of that id: the only answer after which an order is sent again.
 */
export type BankOutcome =
  | { readonly kind: 'paid'; readonly valueOn: BusinessDate }
  | { readonly kind: 'refused'; readonly reason: BankRefusal }
  | { readonly kind: 'returned'; readonly valueOn: BusinessDate; readonly returnedOn: BusinessDate; readonly reason: string }
  | { readonly kind: 'unknown'; readonly seen: string };

/**
 * The only thing the rest of payments knows about a bank. One folder in adapters/ each.
 *
 * Needs   `send` is idempotent at the bank by order id: the same order twice moves money once.
 */
export interface BankGateway {
  readonly name: string;
  send(order: BankOrder): Promise<BankOutcome>;
  ask(order: Pick<BankOrder, 'id' | 'kind' | 'amount'>): Promise<BankOutcome | { readonly kind: 'never_seen' }>;
}
