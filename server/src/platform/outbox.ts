import { instant, isoOf } from '../kernel/instant.ts';
import type { DomainEvent } from '../kernel/event.ts';
import { withoutPersonalText } from './log.ts';
import type { Db, Reader } from './tx.ts';

/** Serves one event. May be called again with the same event: its commands take their keys from `event.id`. */
export type Listener = (event: DomainEvent) => Promise<void>;

export type Outbox = {
  /** Every listener is registered before the first command runs. */
  on(type: string, listener: Listener): void;
  hasListener(type: string): boolean;
  /** Tells the listeners, in order; marks what all of them served. Never throws. */
  deliver(events: readonly DomainEvent[]): Promise<void>;
  /** Tells again what was not served and was written at least `olderThanSeconds` ago (the more tries, the longer). Answers how many were served and how many still wait. */
  redeliver(olderThanSeconds: number): Promise<{ served: number; waiting: number }>;
  /** Writes the marks that are still in memory. */
  flush(): Promise<void>;
  close(): Promise<void>;
};

export type OutboxDeps = {
  readonly db: Db;
  readonly onListenerFailed: (event: DomainEvent, cause: unknown) => void;
};

const FLUSH_MS = 50;
const BATCH = 200;
/** After this many failures an event waits for a person; `mingdai_outbox_stuck` counts them. */
export const TRIES_MAX = 20;

/**
 * The post office between modules. Events are kept with the change that caused them, told to the
 * listeners of this process after the commit, and told again by a job when a listener failed or the
 * process died: at least once. Marks are written in batches, off the caller's path.
 */
export function createOutbox({ db, onListenerFailed }: OutboxDeps): Outbox {
  const listeners = new Map<string, Listener[]>();
  let served: DomainEvent[] = [];
  let timer: NodeJS.Timeout | null = null;
  let writing: Promise<void> = Promise.resolve();

  async function serve(event: DomainEvent): Promise<boolean> {
    try {
      for (const listener of listeners.get(event.type) ?? []) await listener(event);
      return true;
    } catch (cause) {
      onListenerFailed(event, cause);
      await markFailed(db, event, cause).catch(() => undefined);
      return false;
    }
  }

  function flush(): Promise<void> {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const batch = served;
    served = [];
    if (batch.length > 0) writing = writing.then(() => markServed(db, batch)).catch((cause) => onListenerFailed(batch[0]!, cause));
    return writing;
  }

  const mark = (event: DomainEvent): void => {
    served.push(event);
    timer ??= setTimeout(() => void flush(), FLUSH_MS);
  };

  return {
    on: (type, listener) => void listeners.set(type, [...(listeners.get(type) ?? []), listener]),
    hasListener: (type) => listeners.has(type),
    async deliver(events) {
      for (const event of events) if (listeners.has(event.type) && (await serve(event))) mark(event);
    },
    async redeliver(olderThanSeconds) {
      await flush();
      const events = await waitingEvents(db, olderThanSeconds);
      let count = 0;
      for (const event of events) {
        if (!(await serve(event))) continue;
        mark(event);
        count += 1;
      }
      await flush();
      return { served: count, waiting: events.length - count };
    },
    flush,
    close: flush,
  };
}

async function markServed(db: Db, events: readonly DomainEvent[]): Promise<void> {
  await db.transaction((tx) => tx.query(
    `update platform.outbox o set delivered_at = now() from unnest($1::int[], $2::text[]) as d(shard, id)
     where o.shard = d.shard and o.id = d.id`,
    [events.map(({ shard }) => shard), events.map(({ id }) => id)],
  ));
}

async function markFailed(db: Db, event: DomainEvent, cause: unknown): Promise<void> {
  const error = withoutPersonalText(cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause));
  await db.transaction((tx) => tx.query('update platform.outbox set tries = tries + 1, last_error = $3 where shard = $1 and id = $2', [event.shard, event.id, error.slice(0, 500)]));
}

async function waitingEvents(reader: Reader, olderThanSeconds: number): Promise<readonly DomainEvent[]> {
  const { rows } = await reader.query<{ shard: number; id: string; type: string; subject: string; at: Date; payload: string }>(
    `select shard, id, type, subject, at, payload from platform.outbox
     where delivered_at is null and tries < $1 and written_at <= now() - make_interval(secs => $2 * (1 + tries * tries))
     order by written_at, shard, id limit ${BATCH}`,
    [TRIES_MAX, olderThanSeconds],
  );
  return rows.map((row) => ({ ...row, at: instant(row.at.getTime()), payload: JSON.parse(row.payload) as Record<string, unknown> }));
}

/** For /metrics: events that wait, and those given up on until a person looks. */
export async function outboxBacklog(reader: Reader): Promise<{ waiting: number; stuck: number }> {
  const { rows } = await reader.query<{ waiting: bigint; stuck: bigint }>(
    'select count(*) filter (where tries < $1) as waiting, count(*) filter (where tries >= $1) as stuck from platform.outbox where delivered_at is null', [TRIES_MAX]);
  return { waiting: Number(rows[0]!.waiting), stuck: Number(rows[0]!.stuck) };
}

/** The rows of an outbox insert, as SQL literals. Events nobody listens to are born delivered. */
export function outboxRow(event: DomainEvent, isHeard: boolean, literal: (text: string) => string): string {
  return `(${event.shard}, ${literal(event.id)}, ${literal(event.type)}, ${literal(event.subject)}, ${literal(isoOf(event.at))}, ${literal(JSON.stringify(event.payload))}, ${isHeard ? 'null' : 'now()'})`;
}
