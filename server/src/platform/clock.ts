import { businessDate, type BusinessDate } from '@mingdai/loan-math';
import { system, type Actor } from '../kernel/actor.ts';
import { dayOf, instant, isoOf, startOf, type Instant } from '../kernel/instant.ts';
import { ok, refuse, type Result } from '../kernel/result.ts';
import type { Db, Funnel, FunnelRefusal, Tx } from './tx.ts';

/** The business clock, apart from the machine's: the real time, or the time it was last told (an outside party may move it, forward only). */
export interface Clock {
  now(): Instant;
  today(): BusinessDate;
}

export type ClockRefusal =
  | { readonly code: 'clock_not_told'; readonly mode: 'system' }
  | { readonly code: 'clock_backwards'; readonly at: string; readonly now: string };

/**
 * A clock that can be moved. Needs `CLOCK=told`.
 * Refuses clock_not_told (it shows the real time), clock_backwards.
 */
export interface MovableClock extends Clock {
  readonly mode: 'system' | 'told';
  /**
   * Moves the clock and keeps it. Tells `clock_told` (payload: at, day) to listeners before it answers, on each
   * new day and at most once a minute of business time: a clock that runs tells its time every second.
   */
  tell(at: Instant, actor?: Actor): Promise<Result<{ readonly at: string; readonly day: number }, ClockRefusal | FunnelRefusal>>;
}

const ANNOUNCE_MS = 60_000;

/** Where a told clock stands before anyone told it. */
export const NEVER_TOLD: Instant = startOf(businessDate('2026-01-01'));

export function systemClock(): MovableClock {
  const now = (): Instant => instant(Date.now());
  return { mode: 'system', now, today: () => dayOf(now()), tell: async () => refuse({ code: 'clock_not_told', mode: 'system' }) };
}

/** A clock at a fixed instant, for tests and pure runs. */
export const clockAt = (at: Instant): Clock => ({ now: () => at, today: () => dayOf(at) });

/** The told clock of this database, standing where it was last told. */
export async function toldClock({ db, funnel }: { readonly db: Db; readonly funnel: Funnel }): Promise<MovableClock> {
  const { rows } = await db.query<{ at: Date }>(`select at from platform.clock where shard = 0 and id = 'business'`);
  let current: Instant = rows[0] === undefined ? NEVER_TOLD : instant(rows[0].at.getTime());
  const backwards = (at: Instant) => refuse({ code: 'clock_backwards', at: isoOf(at), now: isoOf(current) } as const);

  const keep = (tx: Tx, at: Instant) => tx.query(
    `insert into platform.clock (shard, id, at) values (0, 'business', $1)
     on conflict (shard, id) do update set at = excluded.at where platform.clock.at <= excluded.at`,
    [new Date(at)],
  );
  let announced: Instant | null = null;

  return {
    mode: 'told',
    now: () => current,
    today: () => dayOf(current),
    async tell(at, actor = system('clock')) {
      if (at < current) return backwards(at);
      const answer = { at: isoOf(at), day: dayOf(at) as number };
      if (announced !== null && at - announced < ANNOUNCE_MS && dayOf(at) === dayOf(announced)) {
        current = at;
        await db.transaction((tx) => keep(tx, at));
        return ok(answer);
      }
      return funnel.run({ name: 'platform.tell_clock', key: `tell-${at}`, input: { at }, actor, at, shard: 0 }, async (tx) => {
        await keep(tx, at);
        if (at > current) current = at;
        announced = current;
        tx.tell({ type: 'clock_told', shard: 0, subject: 'business', payload: answer });
        return ok(answer);
      });
    },
  };
}
