import { z } from 'zod';

/** POST /v1/operations/invitations: SHA-256 of ID numbers (B1). At most 3,000 at once, for a request's body ends at 256 KiB. */
export const invitationsBody = z.strictObject({
  id_numbers_sha256: z.array(z.string().regex(/^[0-9a-f]{64}$/, 'is a SHA-256 in lower-case hex')).min(1).max(3_000),
});
export const invitationsReply = z.object({ invited: z.int(), already: z.int() });

/** GET /v1/decisions/:id. */
export const decisionPath = z.strictObject({ id: z.string().regex(/^[\x21-\x7e]{1,100}$/, 'is 1 to 100 visible ASCII characters') });

const sentence = z.object({ zh: z.string(), en: z.string() });

/** Why not: always a named rule or feature, the value found, and the bound it met. */
export const decisionReason = z.object({
  code: z.string(),
  kind: z.enum(['rule', 'feature']),
  name: z.string(),
  row: z.string().nullable(),
  value: z.string().nullable().meta({ description: 'In the unit the rule or feature names; null when it was missing.' }),
  bound: z.string(),
  sentence,
});

const effect = z.object({ feature: z.string(), value: z.string().nullable(), bin: z.string(), points_lost: z.int().meta({ description: 'Negative: points gained.' }), label: sentence });

/** Why this price, and the whole range (D0). */
export const priceExplanation = z.object({
  range: z.object({ min_ppm: z.string(), max_ppm: z.string() }),
  bad_ppm: z.string(),
  helped: z.array(effect),
  hurt: z.array(effect),
  next_better: z.object({ price_ppm: z.string(), below_bad_ppm: z.string() }).nullable(),
  sentence,
});

export const decisionOutcome = z.enum(['approve', 'decline', 'refer']);

export const decisionReply = z.object({
  id: z.string(),
  application_id: z.string(),
  decided_at: z.iso.datetime(),
  outcome: decisionOutcome,
  limit_fen: z.string().nullable(),
  price_ppm: z.string().nullable(),
  reasons: z.array(decisionReason),
  price: priceExplanation.nullable(),
  score: z.object({ points: z.int(), bad_ppm: z.string() }),
  rules: z.array(z.object({ rule: z.string(), row: z.string().nullable(), outcome: z.string().nullable() })),
  strategy: z.object({ code: z.string(), version: z.int(), hash: z.string() }),
  evidence_hash: z.string(),
});

export type InvitationsBody = z.infer<typeof invitationsBody>;
export type DecisionReply = z.infer<typeof decisionReply>;
export type DecisionReason = z.infer<typeof decisionReason>;
