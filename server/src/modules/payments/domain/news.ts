import { formatDate, type BusinessDate } from '@mingdai/loan-math';
import type { NewEvent } from '../../../kernel/event.ts';
import { dayOf, type Instant } from '../../../kernel/instant.ts';
import { unreachable } from '../../../kernel/result.ts';
import type { Payment } from './payment.ts';

/** What the others hear when a payment went from `before` to `after` (null: it was not there). Nothing, when no status was reached. */
export function newsOf(before: Payment | null, after: Payment, at: Instant): NewEvent | null {
  if (before?.status === after.status) return null;
  switch (after.status) {
    case 'requested':
    case 'sent':
    case 'unknown':
      return null;
    case 'settled':
      return news(after, after.kind === 'transfer_in' ? 'transfer_received' : `${after.kind}_settled`, { valueOn: after.valueOn });
    case 'refused':
      return news(after, `${after.kind}_refused`, { valueOn: dayOf(at), reason: after.reason });
    case 'returned':
      return news(after, `${after.kind}_returned`, { valueOn: after.returnedOn, reason: after.reason });
    default:
      return unreachable(after);
  }
}

const news = (payment: Payment, type: string, told: { valueOn: BusinessDate; reason?: string }): NewEvent => ({
  type,
  shard: payment.shard,
  subject: payment.id,
  payload: {
    payment_id: payment.id,
    reference: payment.reference,
    purpose: payment.purpose,
    amount_fen: payment.amount.toString(),
    value_on: formatDate(told.valueOn),
    ...(told.reason === undefined ? {} : { reason: told.reason }),
  },
});
