import type { ProviderHttp } from '../../../../platform/provider-http.ts';
import type { LoginGateway } from '../../gateways.ts';
import { decodeLogin } from './codec.ts';

/** The session key WeChat sends along is not kept: we decrypt nothing with it. */
export function wechatLogin(http: ProviderHttp): LoginGateway {
  return {
    async exchange(code) {
      const reply = await http({ method: 'GET', path: `/sns/jscode2session?js_code=${encodeURIComponent(code)}` });
      return reply.kind === 'reply' ? decodeLogin(reply.status, reply.body) : { kind: 'unknown', seen: reply.seen };
    },
  };
}
