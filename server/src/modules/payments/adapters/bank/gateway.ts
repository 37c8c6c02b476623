import type { ProviderHttp } from '../../../../platform/provider-http.ts';
import type { BankGateway } from '../../gateway.ts';
import { decodeAnswer, decodeOutcome, encodeOrder } from './codec.ts';

/** `http` begins where the bank's interface does; it signs, times out and never tries again by itself. */
export function bankGateway(http: ProviderHttp): BankGateway {
  return {
    name: 'bank',
    async send(order) {
      const reply = await http({ method: 'POST', path: `/${order.kind}s`, body: encodeOrder(order) });
      return reply.kind === 'reply' ? decodeOutcome(order, reply.status, reply.body) : { kind: 'unknown', seen: reply.seen };
    },
    async ask(order) {
      const reply = await http({ method: 'GET', path: `/${order.kind}s/${encodeURIComponent(order.id)}` });
      return reply.kind === 'reply' ? decodeAnswer(order, reply.status, reply.body) : { kind: 'unknown', seen: reply.seen };
    },
  };
}
