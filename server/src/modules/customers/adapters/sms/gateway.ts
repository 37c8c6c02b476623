import { z } from 'zod';
import type { ProviderHttp } from '../../../../platform/provider-http.ts';
import type { SmsGateway } from '../../gateways.ts';

const reply = z.object({ message_id: z.string(), status: z.enum(['delivered', 'refused']) });

export function smsGateway(http: ProviderHttp): SmsGateway {
  return {
    async send(message) {
      const answer = await http({ method: 'POST', path: '/messages', body: { message_id: message.id, phone: message.phone, text: message.text } });
      return answer.kind === 'reply' ? decodeSms(message.id, answer.status, answer.body) : 'unknown';
    },
  };
}

/** The SMS provider's words ⇄ ours: only its explicit word about this very message counts. */
export function decodeSms(messageId: string, httpStatus: number, body: unknown): 'delivered' | 'refused' | 'unknown' {
  const parsed = reply.safeParse(body);
  return httpStatus === 200 && parsed.success && parsed.data.message_id === messageId ? parsed.data.status : 'unknown';
}
