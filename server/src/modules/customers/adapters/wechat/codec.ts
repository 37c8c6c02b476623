import { z } from 'zod';
import type { LoginAnswer } from '../../gateways.ts';

/** WeChat's words ⇄ ours. Errors come with HTTP 200. */
const session = z.object({ openid: z.string().min(1).max(100), session_key: z.string().min(1) });
const error = z.object({ errcode: z.int().refine((code) => code !== 0), errmsg: z.string() });

const refusals: Readonly<Record<number, Extract<LoginAnswer, { kind: 'refused' }>['reason']>> = {
  40029: 'code_invalid',
  40163: 'code_used',
  40226: 'blocked',
};
/** System busy, and too often: nothing was decided about the code. */
const undecided: ReadonlySet<number> = new Set([-1, 45011]);

export function decodeLogin(httpStatus: number, body: unknown): LoginAnswer {
  if (httpStatus !== 200) return { kind: 'unknown', seen: `http ${httpStatus}` };
  const failed = error.safeParse(body);
  if (failed.success) {
    const { errcode } = failed.data;
    return undecided.has(errcode) ? { kind: 'unknown', seen: `errcode ${errcode}` } : { kind: 'refused', reason: refusals[errcode] ?? 'other' };
  }
  const known = session.safeParse(body);
  return known.success ? { kind: 'person', openid: known.data.openid } : { kind: 'unknown', seen: 'no reply of theirs' };
}
