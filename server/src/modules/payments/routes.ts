import { bankCallbackBody, bankCallbackReply, paymentsBookQuery, paymentsBookReply } from '@mingdai/contract';
import { businessDate } from '@mingdai/loan-math';
import { presentFen, type RouteScope } from '../../platform/http.ts';
import type { FunnelRefusal } from '../../platform/tx.ts';
import type { PaymentsError } from './errors.ts';
import type { Payments } from './service.ts';

/**
 * One row per refusal. The bank repeats a callback that got 409, for what is too early now may fit later;
 * 404 and 422 are final.
 */
const statusOf = {
  callback_for_unknown_payment: 404,
  callback_amount_mismatch: 422,
  transfer_id_reused: 422,
  payment_not_returnable: 422,
  payment_not_sent: 409,
  payment_not_settled: 409,
  payment_already_final: 422,
  idempotency_key_reused: 422,
  busy: 409,
} as const satisfies Record<(PaymentsError | FunnelRefusal)['code'], number>;

export function paymentsRoutes(http: RouteScope, payments: Payments): void {
  http.post('/v1/callbacks/bank', {
    config: { access: 'provider' },
    schema: { summary: "The bank's news of a payment", body: bankCallbackBody, response: { 200: bankCallbackReply } },
    handler: async (request, reply) => {
      const result = await payments.receiveCallback(request.body, request.by);
      if (!result.ok) return reply.problem(statusOf[result.error.code], result.error);
      return reply.send({ payment_id: result.value.paymentId, status: result.value.status });
    },
  });

  http.get('/v1/operations/payments-book', {
    config: { access: 'operator' },
    schema: { summary: 'What moved on the settlement account, by kind: to be held against the bank statement', querystring: paymentsBookQuery, response: { 200: paymentsBookReply } },
    handler: async (request, reply) => {
      const { moved, statuses } = await payments.book(businessDate(request.query.from), businessDate(request.query.to));
      return reply.send({
        moved: moved.map(({ kind, count, amountFen }) => ({ kind, count, amount_fen: presentFen(amountFen) })),
        statuses: statuses.map(({ kind, status, count, amountFen }) => ({ kind, status, count, amount_fen: presentFen(amountFen) })),
      });
    },
  });
}
