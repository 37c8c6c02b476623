import { setTimeout as sleep } from 'node:timers/promises';
import type { By } from '../../../kernel/actor.ts';
import { derivedId, shardOf } from '../../../kernel/ids.ts';
import { instant, type Instant } from '../../../kernel/instant.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { sha256 } from '../../../platform/secrets.ts';
import type { FunnelRefusal } from '../../../platform/tx.ts';
import type { CustomersError } from '../errors.ts';
import { customerOfAccount, insertCustomer, insertSession, readSession } from '../repository/customers.ts';
import { blinds, type CustomersDeps } from './deps.ts';

const DAY_MS = 86_400_000;
const SESSION_DAYS = 30;
const TWIN_TRIES = 5;
const TWIN_WAIT_MS = 50;

export type SignedIn = { readonly customerId: string; readonly token: string; readonly expiresAt: Instant };

/**
 * A WeChat login code for a session. The token follows from the caller's key and the code under our own key,
 * so that a repeat gets the same token although only its hash is kept, and the code (good for one use) is
 * not shown to WeChat twice.
 */
export async function signIn(deps: CustomersDeps, wechatCode: string, by: By): Promise<Result<SignedIn, CustomersError | FunnelRefusal>> {
  const token = `ses_${deps.cipher.blind(`${by.key}\u0000${wechatCode}`, 'customers.session')}`;
  const before = await readSession(deps.db, sha256(token));
  if (before !== null) return before.expiresAt > by.at ? ok({ ...before, token }) : refuse({ code: 'login_code_refused', reason: 'code_used' });

  const answer = await deps.wechat.exchange(wechatCode);
  if (answer.kind === 'refused') {
    const twin = answer.reason === 'code_used' ? await sessionOfTwin(deps, token) : null;
    return twin === null ? refuse({ code: 'login_code_refused', reason: answer.reason }) : ok({ ...twin, token });
  }
  if (answer.kind === 'unknown') return refuse({ code: 'login_unavailable' });

  const openidBlind = blinds(deps.cipher).openid(answer.openid);
  const known = await customerOfAccount(deps.db, openidBlind);
  const customerId = known ?? derivedId('cus', openidBlind);
  const expiresAt = instant(by.at + (deps.sessionDays ?? SESSION_DAYS) * DAY_MS);
  const command = { name: 'customers.sign_in', key: sha256(token), input: { customerId }, actor: by.actor, at: by.at, shard: shardOf(customerId) };
  const done = await deps.funnel.run<{ customerId: string; expiresAt: Instant }, never>(command, async (tx) => {
    if (known === null) await insertCustomer(tx, { id: customerId, openidBlind, at: by.at });
    await insertSession(tx, sha256(token), { customerId, expiresAt }, by.at);
    return ok({ customerId, expiresAt });
  });
  return done.ok ? ok({ ...done.value, token }) : done;
}

/** A used code may have been used a moment ago by this very request, sent twice: its session is then about to be kept. */
async function sessionOfTwin(deps: CustomersDeps, token: string): Promise<{ customerId: string; expiresAt: Instant } | null> {
  for (let tries = 0; tries < TWIN_TRIES; tries++) {
    const session = await readSession(deps.db, sha256(token));
    if (session !== null) return session;
    await sleep(TWIN_WAIT_MS);
  }
  return null;
}

/** Whose session a token is, while it lasts on the business clock. */
export async function sessionOf(deps: CustomersDeps, token: string): Promise<{ customerId: string; shard: number } | null> {
  const session = await readSession(deps.db, sha256(token));
  if (session === null || session.expiresAt <= deps.clock.now()) return null;
  return { customerId: session.customerId, shard: shardOf(session.customerId) };
}
