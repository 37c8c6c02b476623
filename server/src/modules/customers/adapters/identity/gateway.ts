import type { ProviderHttp } from '../../../../platform/provider-http.ts';
import type { IdentityGateway } from '../../gateways.ts';
import { decodeCheck, decodeCheckQuestion, encodeCheck } from './codec.ts';

export function identityGateway(http: ProviderHttp): IdentityGateway {
  return {
    async check(question) {
      const reply = await http({ method: 'POST', path: '/checks', body: encodeCheck(question) });
      return reply.kind === 'reply' ? decodeCheck(question.checkId, reply.status, reply.body) : { outcome: 'unknown' };
    },
    async ask(checkId) {
      const reply = await http({ method: 'GET', path: `/checks/${encodeURIComponent(checkId)}` });
      return reply.kind === 'reply' ? decodeCheckQuestion(checkId, reply.status, reply.body) : { outcome: 'unknown' };
    },
  };
}
