import { z } from 'zod';
import { consentReply } from './consents.ts';

/** POST /v1/sessions: a WeChat login code, good for one use, for a session of ours (C1). */
export const sessionBody = z.strictObject({ wechat_code: z.string().min(1).max(200) });

export const sessionReply = z.object({
  customer_id: z.string(),
  token: z.string().meta({ description: 'The bearer token. Shown once, kept only as a hash.' }),
  expires_at: z.iso.datetime(),
});

/** GET /v1/me: who is signed in, masked for the screen (SEC-006 to SEC-009). */
export const meReply = z.object({
  customer_id: z.string(),
  is_registered: z.boolean(),
  name: z.string().nullable().meta({ examples: ['李**'] }),
  id_number: z.string().nullable().meta({ examples: ['9****************7'] }),
  phone: z.string().nullable().meta({ examples: ['139****0001'] }),
  card: z.string().nullable().meta({ description: 'The last four digits of the bound card.', examples: ['0128'] }),
  consents: z.array(consentReply),
});

export type SessionBody = z.infer<typeof sessionBody>;
export type SessionReply = z.infer<typeof sessionReply>;
export type MeReply = z.infer<typeof meReply>;
