import { z } from 'zod';

const amountFen = z.string().regex(/^[1-9]\d{0,14}$/, 'is whole fen as text, more than 0').meta({ examples: ['1200000'] });
const day = z.iso.date().refine((text) => text >= '0001', 'is a day of the years 1 to 9999');
const word = z.string().min(1).max(100).regex(/^[^\u0000-\u001f\u007f]+$/u, 'has no control characters');
const [orderId, reason] = [word, word];

/** POST /v1/callbacks/bank: the bank's news of one movement. */
export const bankCallbackBody = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('payout'), order_id: orderId, status: z.enum(['paid', 'refused']), value_on: day, amount_fen: amountFen, reason: reason.optional() }),
  z.strictObject({ kind: z.literal('debit'), order_id: orderId, status: z.enum(['paid', 'refused']), value_on: day, amount_fen: amountFen, reason: reason.optional() }),
  z.strictObject({ kind: z.literal('debit_return'), order_id: orderId, status: z.literal('returned'), value_on: day, amount_fen: amountFen, reason: reason.optional() }),
  z.strictObject({ kind: z.literal('transfer_in'), order_id: orderId, status: z.literal('paid'), value_on: day, amount_fen: amountFen, reference: word }),
]);

export const paymentStatus = z.enum(['requested', 'sent', 'unknown', 'settled', 'refused', 'returned']);

export const bankCallbackReply = z.object({ payment_id: z.string(), status: paymentStatus });

export type BankCallbackBody = z.infer<typeof bankCallbackBody>;
export type BankCallbackReply = z.infer<typeof bankCallbackReply>;

/** GET /v1/operations/payments-book. */
export const paymentsBookQuery = z.strictObject({ from: day, to: day });
const bookedAmount = z.string().regex(/^\d{1,18}$/);
export const paymentsBookReply = z.object({
  moved: z.array(z.object({ kind: z.string(), count: z.int(), amount_fen: bookedAmount })),
  statuses: z.array(z.object({ kind: z.string(), status: paymentStatus, count: z.int(), amount_fen: bookedAmount })),
});
