import type { ProviderHttp } from '../../../../platform/provider-http.ts';
import type { FunderGateway } from '../../gateway.ts';
import { decodeAnswer, decodeAsked, encodeQuestion } from './codec.ts';

/** `http` begins where the funders' interface does; it signs, times out and never tries again by itself. */
export function funderGateway(http: ProviderHttp): FunderGateway {
  const at = (funder: string): string => `/${encodeURIComponent(funder)}/decisions`;
  return {
    async decide(question) {
      const reply = await http({ method: 'POST', path: at(question.funder), body: encodeQuestion(question) });
      return reply.kind === 'reply' ? decodeAnswer(question.id, reply.status, reply.body) : { kind: 'unknown', seen: reply.seen };
    },
    async ask({ id, funder }) {
      const reply = await http({ method: 'GET', path: `${at(funder)}/${encodeURIComponent(id)}` });
      return reply.kind === 'reply' ? decodeAsked(id, reply.status, reply.body) : { kind: 'unknown', seen: reply.seen };
    },
  };
}
