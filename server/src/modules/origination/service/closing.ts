import type { By } from '../../../kernel/actor.ts';
import type { DomainEvent } from '../../../kernel/event.ts';
import { shardOf } from '../../../kernel/ids.ts';
import type { Instant } from '../../../kernel/instant.ts';
import { isOffering, type Application, type Command } from '../domain/application.ts';
import { applicationsOf, expiredApplications, findApplication } from '../repository.ts';
import { move, own, ownApplication, type Answer, type OriginationDeps } from './deps.ts';

/** What origination listens to; main wires each to `onEvent`. */
export const ORIGINATION_HEARS = ['loan_activated', 'loan_cancelled', 'application_closed'] as const;

/** Walks away: at any time before the payout is on its way. */
export async function withdraw(deps: OriginationDeps, customerId: string, id: string, by: By): Answer<Application> {
  const found = await ownApplication(deps, customerId, id);
  return found.ok ? move(deps, found.value, { type: 'withdraw', detail: null }, { by }) : found;
}

/** Closes offers that ran out by the business clock. */
export async function expireOffers(deps: OriginationDeps, limit: number): Promise<{ readonly expired: number }> {
  const ids = await expiredApplications(deps.db, deps.clock.now(), limit);
  for (const id of ids) {
    const kept = await findApplication(deps.db, id);
    if (kept !== null) await move(deps, kept.app, { type: 'expire' }, { by: own(deps) });
  }
  return { expired: ids.length };
}

/** Closes a person's offers that ran out, so that an old offer keeps nobody from applying anew. */
export async function expireOffersOf(deps: OriginationDeps, customerId: string, at: Instant): Promise<void> {
  for (const app of await applicationsOf(deps.db, shardOf(customerId), customerId)) {
    if (isOffering(app) && at >= app.expiresAt) await move(deps, app, { type: 'expire' }, { by: { ...own(deps), at } });
  }
}

/**
 * Serves news, any number of times: of a loan's payout, and of an application that ended, whose funders then get their
 * room back.
 *
 * Throws  when it could not be served now: the outbox tells it again.
 */
export async function onEvent(deps: OriginationDeps, event: DomainEvent): Promise<void> {
  const id = String(event.payload['application_id']);
  const by: By = { ...own(deps), key: event.id };
  if (event.type === 'application_closed') return deps.funding.release(id, by);
  const kept = await findApplication(deps.db, id);
  if (kept === null) return;
  if (event.type === 'loan_activated') {
    await deps.funding.markLent(id, by);
    await served(deps, kept.app, { type: 'complete' }, by);
  }
  if (event.type === 'loan_cancelled') await served(deps, kept.app, { type: 'refuse_payout', detail: String(event.payload['reason'] ?? 'payout refused') }, by);
}

/** A refusal by status says that the news was served before. */
async function served(deps: OriginationDeps, app: Application, command: Command, by: By): Promise<void> {
  const moved = await move(deps, app, command, { by });
  if (!moved.ok && moved.error.code === 'busy') throw new Error(`${command.type} of ${app.id}: busy`);
}
