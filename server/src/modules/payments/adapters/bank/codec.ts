import { businessDate, type BusinessDate } from '@mingdai/loan-math';
import { z } from 'zod';
import type { BankOrder, BankOutcome, BankRefusal } from '../../gateway.ts';

/** The bank's words ⇄ ours. Pure, so it is tested against recorded replies in ./recorded/. */
const reply = z.object({
  order_id: z.string(),
  status: z.enum(['paid', 'refused', 'processing', 'returned']),
  amount_fen: z.string(),
  value_on: z.iso.date(),
  returned_on: z.iso.date().optional(),
  reason: z.string().optional(),
});
const neverSeen = z.object({ code: z.literal('never_seen') });

const refusals: Readonly<Record<string, BankRefusal>> = {
  card_unknown: 'card_invalid',
  insufficient_funds: 'insufficient_funds',
  name_mismatch: 'name_mismatch',
  refused_by_bank: 'refused_by_bank',
};

export const encodeOrder = (order: BankOrder) => ({
  order_id: order.id,
  amount_fen: order.amount.toString(),
  card_token: order.cardToken,
});

type Asked = Pick<BankOrder, 'id' | 'amount'>;

/**
 * Only an explicit yes about this very order is paid, only an explicit no is refused; all else is unknown:
 * other statuses of HTTP, text that is no reply, a reply about another order or another amount.
 */
export function decodeOutcome(order: Asked, httpStatus: number, body: unknown): BankOutcome {
  const parsed = reply.safeParse(body);
  if (httpStatus !== 200 || !parsed.success) return { kind: 'unknown', seen: `http ${httpStatus}${codeOf(body)}` };
  const said = parsed.data;
  if (said.order_id !== order.id) return { kind: 'unknown', seen: 'reply about another order' };
  if (said.amount_fen !== order.amount.toString()) return { kind: 'unknown', seen: 'reply with another amount' };
  switch (said.status) {
    case 'paid':
      return { kind: 'paid', valueOn: day(said.value_on) };
    case 'refused':
      return { kind: 'refused', reason: refusals[said.reason ?? ''] ?? 'other' };
    case 'returned':
      return { kind: 'returned', valueOn: day(said.value_on), returnedOn: day(said.returned_on ?? said.value_on), reason: said.reason ?? 'other' };
    case 'processing':
      return { kind: 'unknown', seen: 'processing' };
  }
}

/** A question's answer. `never_seen` needs the bank's own word: a 404 of something in between is unknown. */
export function decodeAnswer(order: Asked, httpStatus: number, body: unknown): BankOutcome | { readonly kind: 'never_seen' } {
  if (httpStatus === 404 && neverSeen.safeParse(body).success) return { kind: 'never_seen' };
  return decodeOutcome(order, httpStatus, body);
}

/** A callback's reason in our words. */
export const refusalOf = (reason: string | undefined): BankRefusal => refusals[reason ?? ''] ?? 'other';

const day = (text: string): BusinessDate => businessDate(text);

function codeOf(body: unknown): string {
  const parsed = z.object({ code: z.string().max(60) }).safeParse(body);
  return parsed.success ? ` ${parsed.data.code}` : '';
}
