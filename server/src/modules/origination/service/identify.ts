import { assert } from '@mingdai/loan-math';
import type { By } from '../../../kernel/actor.ts';
import { derivedId } from '../../../kernel/ids.ts';
import { refuse } from '../../../kernel/result.ts';
import { advance, type Application } from '../domain/application.ts';
import { move, ownApplication, type Answer, type OriginationDeps } from './deps.ts';

export type IdentityAsked = { readonly cardNumber: string; readonly faceTicket: string; readonly by: By };

/**
 * Face and four-factor check of the card the money goes to (C3). The check's id follows from the request's key: the same
 * request again asks for the outcome of the same check. An answer that did not come is no failed try.
 */
export async function identify(deps: OriginationDeps, customerId: string, id: string, { cardNumber, faceTicket, by }: IdentityAsked): Answer<Application> {
  const found = await ownApplication(deps, customerId, id);
  if (!found.ok) return found;
  const app = found.value;
  const checkId = derivedId('idc', id, by.key);
  const ready = advance(app, { type: 'identify', outcome: 'pass', cardToken: '', identityCheckId: checkId }, by.at);
  // A request that was answered is answered again, whatever became of the application; a new one asks no provider for nothing.
  if (!ready.ok && !(await wasAnswered(deps, customerId, { checkId, by }))) return ready;
  const checked = await deps.customers.identify(customerId, { checkId, cardNumber, faceTicket }, by);
  if (!checked.ok) return checked;
  const { outcome, reasons, cardToken } = checked.value;
  if (outcome === 'unknown') return refuse({ code: 'identity_check_unknown', application_id: id });
  if (outcome === 'fail') return move(deps, app, { type: 'identify', outcome, detail: reasons.join(', ') }, { by });
  assert(cardToken !== undefined, 'a card that passed has a token');
  return move(deps, app, { type: 'identify', outcome, cardToken, identityCheckId: checkId }, { by });
}

async function wasAnswered(deps: OriginationDeps, customerId: string, { checkId, by }: { readonly checkId: string; readonly by: By }): Promise<boolean> {
  const before = await deps.customers.askIdentity(customerId, checkId, by);
  return before.ok && before.value.outcome !== 'unknown';
}
