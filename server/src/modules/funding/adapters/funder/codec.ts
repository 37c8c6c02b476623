import { z } from 'zod';
import type { FunderAnswer, FunderQuestion } from '../../gateway.ts';

/** The funders' words ⇄ ours. Pure, so it is tested against recorded replies in ./recorded/. */
const reply = z.discriminatedUnion('decision', [
  z.object({ decision_id: z.string(), decision: z.literal('yes') }),
  z.object({ decision_id: z.string(), decision: z.literal('veto'), reason: z.string().max(200).optional() }),
]);
const neverSeen = z.object({ code: z.literal('never_seen') });

export const encodeQuestion = ({ id, facts }: FunderQuestion) => ({ decision_id: id, application: facts });

/** Only an explicit yes to this very question is a yes, only an explicit veto a veto; all else is unknown. */
export function decodeAnswer(id: string, httpStatus: number, body: unknown): FunderAnswer {
  const parsed = reply.safeParse(body);
  if (httpStatus !== 200 || !parsed.success) return { kind: 'unknown', seen: `http ${httpStatus}` };
  if (parsed.data.decision_id !== id) return { kind: 'unknown', seen: 'reply about another question' };
  return parsed.data.decision === 'yes' ? { kind: 'yes' } : { kind: 'veto', reason: parsed.data.reason ?? 'none given' };
}

/** The answer to asking what became of a question. `never_seen` needs the funder's own word. */
export function decodeAsked(id: string, httpStatus: number, body: unknown): FunderAnswer | { readonly kind: 'never_seen' } {
  if (httpStatus === 404 && neverSeen.safeParse(body).success) return { kind: 'never_seen' };
  return decodeAnswer(id, httpStatus, body);
}
