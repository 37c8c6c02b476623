import type { BusinessDate, Fen } from '@mingdai/loan-math';
import type { Instant } from '../../../kernel/instant.ts';
import { ok, refuse, unreachable, type Result } from '../../../kernel/result.ts';
import type { PaymentsError } from '../errors.ts';

export type PaymentKind = 'payout' | 'debit' | 'transfer_in';

/** What is true of a payment from its first moment on. `reference` is the asker's word for it; payments does not read it. */
export type Order = {
  readonly id: string;
  readonly kind: PaymentKind;
  readonly shard: number;
  readonly reference: string;
  readonly purpose: string;
  readonly amount: Fen;
  /** Whose account at the bank; a transfer that came in has none. */
  readonly cardToken: string | null;
  readonly requestedAt: Instant;
};

/**
 * One movement of money at a bank, as far as we know it.
 *
 *   requested ──send──▶ sent ──▶ settled ──(a debit comes back)──▶ returned
 *                        │ ▲ └──▶ refused
 *                        ▼ │
 *                      unknown   asked about until known; sent again only when the bank says it never saw the id
 */
export type Payment = Order & { readonly version: number } & PaymentState;

export type PaymentState =
  | { readonly status: 'requested' }
  | { readonly status: 'sent'; readonly attempts: number }
  | { readonly status: 'unknown'; readonly attempts: number; readonly seen: string }
  | { readonly status: 'settled'; readonly valueOn: BusinessDate }
  | { readonly status: 'refused'; readonly reason: string }
  | { readonly status: 'returned'; readonly valueOn: BusinessDate; readonly returnedOn: BusinessDate; readonly reason: string };

export type PaymentStatus = Payment['status'];

export type PaymentCommand =
  /** The intent to send, kept before the call is made. */
  | { readonly type: 'send' }
  /** The bank said it never saw the id: the same order goes out once more under the same id. */
  | { readonly type: 'send_again' }
  | { readonly type: 'settle'; readonly valueOn: BusinessDate }
  | { readonly type: 'record_refusal'; readonly reason: string }
  | { readonly type: 'record_unknown'; readonly seen: string }
  | { readonly type: 'take_back'; readonly returnedOn: BusinessDate; readonly reason: string };

/**
 * What a command makes of a payment, or why not. What is already so is answered with the payment as it is:
 * banks repeat themselves.
 *
 * Keeps   settled and refused never become each other; only a settled debit is returned.
 */
export function advance(payment: Payment, command: PaymentCommand): Result<Payment, PaymentsError> {
  switch (command.type) {
    case 'send':
      return ok(payment.status === 'requested' ? become(payment, { status: 'sent', attempts: 1 }) : payment);
    case 'send_again':
      return ok(payment.status === 'sent' || payment.status === 'unknown' ? become(payment, { status: 'sent', attempts: payment.attempts + 1 }) : payment);
    case 'settle':
      return settle(payment, command.valueOn);
    case 'record_refusal':
      return recordRefusal(payment, command.reason);
    case 'record_unknown':
      return recordUnknown(payment, command.seen);
    case 'take_back':
      return takeBack(payment, command.returnedOn, command.reason);
    default:
      return unreachable(command);
  }
}

/** No longer moves by asking the bank. */
export const isFinal = (payment: Payment): boolean => payment.status === 'settled' || payment.status === 'refused' || payment.status === 'returned';

/** Seconds until the bank is asked again after `attempts` answers that told nothing: 2, 4, 8 … at most 10 minutes. */
export const secondsUntilAsked = (attempts: number): number => Math.min(2 ** Math.min(attempts, 10), 600);

function settle(payment: Payment, valueOn: BusinessDate): Result<Payment, PaymentsError> {
  switch (payment.status) {
    case 'requested':
      return notSent(payment);
    case 'sent':
    case 'unknown':
      return ok(become(payment, { status: 'settled', valueOn }));
    case 'settled':
    case 'returned':
      return ok(payment);
    case 'refused':
      return alreadyFinal(payment);
    default:
      return unreachable(payment);
  }
}

function recordRefusal(payment: Payment, reason: string): Result<Payment, PaymentsError> {
  switch (payment.status) {
    case 'requested':
      return notSent(payment);
    case 'sent':
    case 'unknown':
      return ok(become(payment, { status: 'refused', reason }));
    case 'refused':
      return ok(payment);
    case 'settled':
    case 'returned':
      return alreadyFinal(payment);
    default:
      return unreachable(payment);
  }
}

/** Not knowing never undoes knowing. */
function recordUnknown(payment: Payment, seen: string): Result<Payment, PaymentsError> {
  if (payment.status === 'requested') return notSent(payment);
  if (payment.status === 'sent') return ok(become(payment, { status: 'unknown', attempts: payment.attempts, seen }));
  if (payment.status === 'unknown') return ok(become(payment, { status: 'unknown', attempts: payment.attempts + 1, seen }));
  return ok(payment);
}

function takeBack(payment: Payment, returnedOn: BusinessDate, reason: string): Result<Payment, PaymentsError> {
  if (payment.kind !== 'debit') return refuse({ code: 'payment_not_returnable', paymentId: payment.id, kind: payment.kind });
  switch (payment.status) {
    case 'requested':
      return notSent(payment);
    case 'sent':
    case 'unknown':
      return refuse({ code: 'payment_not_settled', paymentId: payment.id, status: payment.status });
    case 'settled':
      return ok(become(payment, { status: 'returned', valueOn: payment.valueOn, returnedOn, reason }));
    case 'returned':
      return ok(payment);
    case 'refused':
      return alreadyFinal(payment);
    default:
      return unreachable(payment);
  }
}

function become(payment: Payment, state: PaymentState): Payment {
  const { id, kind, shard, reference, purpose, amount, cardToken, requestedAt, version } = payment;
  return { id, kind, shard, reference, purpose, amount, cardToken, requestedAt, version: version + 1, ...state };
}

const notSent = (payment: Payment) => refuse({ code: 'payment_not_sent', paymentId: payment.id });
const alreadyFinal = (payment: Payment) => refuse({ code: 'payment_already_final', paymentId: payment.id, status: payment.status });
