import { randomUUID } from 'node:crypto';
import { system, type By } from '../../../kernel/actor.ts';
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
import type { OriginationError } from '../errors.ts';
import { readApplication, saveApplication } from '../repository.ts';

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

/** What the program itself does next: its own key each time, for the application's status makes a repeat harmless. */
export const own = (deps: OriginationDeps): By => ({ key: randomUUID(), actor: system('origination'), at: deps.clock.now() });

/** More to keep with a change, in its transaction. */
export type Alongside = (tx: CommandTx, next: Application) => Promise<void>;

/**
 * Advances an application by one command, on the version found in the transaction. Of two that come at once, the
 * second sees what the first made of it.
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
      await alongside?.(tx, next.value);
      return ok({ version: kept.version + 1 });
    },
  );
  if (!moved.ok) return moved;
  const now = await readApplication(deps.db, app.shard, app.id);
  return now === null ? refuse({ code: 'application_not_found', application_id: app.id }) : ok(now.app);
}
