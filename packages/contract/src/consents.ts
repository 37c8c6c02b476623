import { z } from 'zod';

/** What a person may agree to, each for itself (DATA-011). */
export const consentPurpose = z.enum(['bureau_query', 'identity_check', 'funder_share']);

const recipient = z.string().min(1).max(100).regex(/^[^\u0000-\u001f\u007f]+$/u, 'has no control characters');

/** POST /v1/consents. With `text_version` the person agrees to that very text, or is told that there is a newer one. */
export const consentBody = z.strictObject({ purpose: consentPurpose, recipient, text_version: z.int().min(1).optional() });

/** GET /v1/consent-texts: what a person would agree to, to be read before (DATA-010). */
export const consentTextQuery = z.strictObject({ purpose: consentPurpose, recipient });
export const consentTextReply = z.object({ purpose: consentPurpose, recipient: z.string(), text_version: z.int(), text: z.string() });

/** A consent as it was given, and whether it still stands. */
export const consentReply = z.object({
  consent_id: z.string(),
  purpose: consentPurpose,
  recipient: z.string(),
  text_version: z.int(),
  text: z.string(),
  given_at: z.iso.datetime(),
  withdrawn_at: z.iso.datetime().nullable(),
});

/** DELETE /v1/consents/:consent_id: as easy as giving it (DATA-010). */
export const consentPath = z.strictObject({ consent_id: z.string().regex(/^[\x21-\x7e]{1,100}$/, 'is 1 to 100 visible ASCII characters') });

export type ConsentPurpose = z.infer<typeof consentPurpose>;
export type ConsentBody = z.infer<typeof consentBody>;
export type ConsentTextReply = z.infer<typeof consentTextReply>;
export type ConsentReply = z.infer<typeof consentReply>;
