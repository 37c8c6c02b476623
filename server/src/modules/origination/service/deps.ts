import { randomUUID } from 'node:crypto';
import { system, type By } from '../../../kernel/actor.ts';
import { shardOf } from '../../../kernel/ids.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { CommandTx, Db, Funnel, FunnelRefusal } from '../../../platform/tx.ts';
import type { Catalog } from '../../catalog/index.ts';
import type { Compliance } from '../../compliance/index.ts';
import type { Customers } from '../../customers/index.ts';
import type { Decisioning } from '../../decisioning/index.ts';
import type { Funding } from '../../funding/index.ts';
import type { Payments } from '../../payments/index.ts';
import type { Servicing } from '../../servicing/index.ts';
import { advance, type Application, type Command } from '../domain/application.ts';
import { offerFrom } from '../domain/offer-record.ts';
import type { Offer } from '../domain/offer.ts';
import type { ApplyingError, OriginationError } from '../errors.ts';
import { readApplication, readOffer, saveApplication } from '../repository.ts';

export type OriginationDeps = {
  readonly db: Db;
  readonly funnel: Funnel;
  readonly clock: Clock;
  readonly catalog: Catalog;
  readonly compliance: Compliance;
  readonly customers: Customers;
  readonly decisioning: Decisioning;
  readonly funding: Funding;
  readonly servicing: Servicing;
  readonly payments: Payments;
  /** How long a cost sheet lies open before it can be confirmed (RATE-005: the law names no number). */
  readonly minimumReadingSeconds: number;
};

export type Moved = Result<Application, OriginationError | FunnelRefusal>;
export type Answer<T> = Promise<Result<T, ApplyingError | FunnelRefusal>>;

/** What the program itself does next: its own key each time, for the application's status makes a repeat harmless. */
export const own = (deps: OriginationDeps): By => ({ key: randomUUID(), actor: system('origination'), at: deps.clock.now() });

/** A borrower's own application; another's is as unknown as one that never was. */
export async function ownApplication(deps: OriginationDeps, customerId: string, id: string): Promise<Result<Application, OriginationError>> {
  const kept = await readApplication(deps.db, shardOf(customerId), id);
  return kept === null || kept.app.customerId !== customerId ? refuse({ code: 'application_not_found', application_id: id }) : ok(kept.app);
}

/** The offer that stands for an application. */
export const offerOf = async (deps: OriginationDeps, app: { readonly shard: number; readonly offerId: string }): Promise<Offer> =>
  offerFrom(await readOffer(deps.db, app.shard, app.offerId));

/** More to keep with a change, in its transaction. */
export type Alongside = (tx: CommandTx, next: Application) => Promise<void>;

/** Somebody may be asking funders at this moment: what they hold after this closing is given back a little later. */
export const LATE_RELEASE = { job: 'origination_late_release', afterSeconds: 120 } as const;

/**
 * Advances an application by one command, on the version found in the transaction. Of two that come at once, the
 * second sees what the first made of it. Tells `application_closed` with the change that closed it.
 */
export async function move(deps: OriginationDeps, app: Pick<Application, 'id' | 'shard'>, command: Command, how: { readonly by: By; readonly alongside?: Alongside }): Promise<Moved> {
  const { by, alongside } = how;
  const moved = await deps.funnel.run<{ readonly version: number }, OriginationError>(
    { name: `origination.${command.type}`, key: by.key, input: { application: app.id, command }, actor: by.actor, at: by.at, shard: app.shard },
    async (tx) => {
      const kept = await readApplication(tx, app.shard, app.id);
      if (kept === null) return refuse({ code: 'application_not_found', application_id: app.id });
      const next = advance(kept.app, command, by.at);
      if (!next.ok) return next;
      await saveApplication(tx, next.value, kept.version);
      if (next.value.status === 'closed') tellClosed(tx, kept.app, next.value);
      await alongside?.(tx, next.value);
      return ok({ version: kept.version + 1 });
    },
  );
  if (!moved.ok) return moved;
  const now = await readApplication(deps.db, app.shard, app.id);
  return now === null ? refuse({ code: 'application_not_found', application_id: app.id }) : ok(now.app);
}

function tellClosed(tx: CommandTx, before: Application, { id, shard, customerId, reason }: Extract<Application, { readonly status: 'closed' }>): void {
  tx.tell({ type: 'application_closed', shard, subject: id, payload: { application_id: id, customer_id: customerId, reason } });
  if (before.status === 'decided') tx.wake({ ...LATE_RELEASE, payload: { application_id: id } });
}
