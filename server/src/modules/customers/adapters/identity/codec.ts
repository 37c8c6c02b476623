import { z } from 'zod';
import type { CheckAnswer, IdentityReason } from '../../domain/identity-check.ts';
import type { CheckQuestion } from '../../gateways.ts';

/** The identity provider's words ⇄ ours. */
const reply = z.discriminatedUnion('result', [
  z.object({ check_id: z.string(), result: z.literal('pass'), card_token: z.string().min(1).max(200) }),
  z.object({ check_id: z.string(), result: z.literal('fail'), reasons: z.array(z.string()) }),
]);
const neverSeen = z.object({ code: z.literal('never_seen') });

const known: ReadonlySet<string> = new Set<IdentityReason>(['name_mismatch', 'card_mismatch', 'phone_mismatch', 'face_mismatch', 'person_unknown']);

export const encodeCheck = (question: CheckQuestion) => ({
  check_id: question.checkId,
  name: question.name,
  id_number: question.idNumber,
  card_number: question.cardNumber,
  phone: question.phone,
  face_ticket: question.faceTicket,
});

/** Only an explicit pass of this very check passes, only an explicit fail fails; all else is unknown. */
export function decodeCheck(checkId: string, httpStatus: number, body: unknown): CheckAnswer {
  const parsed = reply.safeParse(body);
  if (httpStatus !== 200 || !parsed.success || parsed.data.check_id !== checkId) return { outcome: 'unknown' };
  if (parsed.data.result === 'pass') return { outcome: 'pass', cardToken: parsed.data.card_token };
  const reasons = parsed.data.reasons.map((reason) => (known.has(reason) ? (reason as IdentityReason) : 'other'));
  return { outcome: 'fail', reasons: reasons.length === 0 ? ['other'] : [...new Set(reasons)] };
}

export function decodeCheckQuestion(checkId: string, httpStatus: number, body: unknown): CheckAnswer | { readonly outcome: 'never_seen' } {
  if (httpStatus === 404 && neverSeen.safeParse(body).success) return { outcome: 'never_seen' };
  return decodeCheck(checkId, httpStatus, body);
}
