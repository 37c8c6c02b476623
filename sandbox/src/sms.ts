import { z } from 'zod';
import { answerOnce, understood, type Endpoint } from './wire.ts';
import type { Store } from './world.ts';

const message = z.strictObject({ message_id: z.string().min(1).max(100), phone: z.string(), text: z.string().min(1).max(500) });

/** Text messages, kept by phone number; the same message id is delivered once. */
export const sms = (store: Store): readonly Endpoint[] => [
  {
    target: 'sms.messages',
    method: 'POST',
    path: '/sms/messages',
    play: ({ body, fault }) =>
      understood(message, body, (sent) =>
        answerOnce(store, `sms/${sent.message_id}`, sent, () => {
          if (fault?.mode === 'refuse') return { status: 200, body: { message_id: sent.message_id, status: 'refused' } };
          store.commit({ t: 'message', message: { ...sent, at: new Date(store.now()).toISOString() } });
          return { status: 200, body: { message_id: sent.message_id, status: 'delivered' } };
        })),
  },
  {
    target: 'sms.messages.get',
    method: 'GET',
    path: '/sms/messages',
    play: ({ query }) => ({ status: 200, body: { messages: store.world.messages.get(query['phone'] ?? '') ?? [] } }),
  },
];
