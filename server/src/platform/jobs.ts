import { setTimeout as sleep } from 'node:timers/promises';
import { PgBoss, type Db as BossDb } from 'pg-boss';
import { withoutPersonalText } from './log.ts';
import type { Tx, Wake } from './tx.ts';

export type JobPayload = Readonly<Record<string, unknown>>;
/** Done when it resolves; tried again, later and later, when it rejects. May run twice: it goes through the funnel. */
export type JobHandler = (payload: JobPayload) => Promise<void>;
export type JobOptions = { readonly retryLimit?: number; readonly retryDelaySeconds?: number; readonly timeoutSeconds?: number; readonly atOnce?: number };

export type Jobs = {
  /** Before `start`. A job's name is `snake_case`. */
  register(job: string, handler: JobHandler, options?: JobOptions): void;
  /** Runs in this process every so many seconds of the machine's clock, never twice at once. Before `start`. */
  every(seconds: number, timer: string, work: () => Promise<unknown>): void;
  start(): Promise<void>;
  /** Sends inside the transaction: the job exists exactly when the change does. */
  send(tx: Tx, wakes: readonly Wake[]): Promise<void>;
  isRunning(): boolean;
  /** Jobs that failed for good and wait for a person. */
  deadLetters(): Promise<number>;
  /** Takes no new job, lets running ones and timers finish for ten seconds, and ends. */
  stop(): Promise<void>;
};

export type JobsDeps = {
  readonly url: string;
  readonly onFailed: (job: string, cause: unknown) => void;
  readonly pollSeconds?: number;
  /** How long `stop` waits for what is running; what takes longer is taken up again by the next process. */
  readonly stopSeconds?: number;
};

const DEAD = 'dead_letters';
const STOP_SECONDS = 10;

/**
 * Jobs on pg-boss, in its own schema and on its own few connections. They only wake what stopped: the
 * process that takes a request drives it on inline.
 *
 * Keeps  A job outlives the process: one that was running when its worker died is taken up again once its
 *        heartbeat is missed (10 s, looked for every 5 s); one that fails is tried again with growing delay
 *        and ends in the dead letters.
 */
export function createJobs({ url, onFailed, pollSeconds = 1, stopSeconds = STOP_SECONDS }: JobsDeps): Jobs {
  const boss = new PgBoss({ connectionString: url, max: 4, schema: 'pgboss', application_name: 'mingdai-jobs', superviseIntervalSeconds: 5, monitorIntervalSeconds: 5, schedule: false, reindex: false });
  boss.on('error', (cause) => onFailed('pg-boss', cause));
  const registered = new Map<string, { handler: JobHandler; options: JobOptions }>();
  const timers: { seconds: number; timer: string; work: () => Promise<unknown> }[] = [];
  const ticking: Ticker[] = [];
  let running = false;

  return {
    register: (job, handler, options = {}) => void registered.set(job, { handler, options }),
    every: (seconds, timer, work) => void timers.push({ seconds, timer, work }),
    async start() {
      await boss.start();
      await boss.createQueue(DEAD);
      await Promise.all([...registered].map(async ([job, { handler, options }]) => {
        const queue = {
          deadLetter: DEAD, retryLimit: options.retryLimit ?? 12, retryDelay: options.retryDelaySeconds ?? 1, retryBackoff: true, retryDelayMax: 300,
          expireInSeconds: options.timeoutSeconds ?? 600, heartbeatSeconds: 10,
        };
        await boss.createQueue(job, queue);
        await boss.updateQueue(job, queue);
        const batchSize = options.atOnce ?? 4;
        await boss.work<JobPayload, unknown>(job, { batchSize, perJobResults: true, pollingIntervalSeconds: pollSeconds, burstWhenBatchFull: true } as const,
          async (batch) => Promise.all(batch.map(({ id, data }) => settle(id, () => handler(data), (cause) => onFailed(job, cause)))));
      }));
      for (const { seconds, timer, work } of timers) ticking.push(tick(seconds, work, (cause) => onFailed(timer, cause)));
      running = true;
    },
    async send(tx, wakes) {
      const db: BossDb = { executeSql: async (sql, values) => ({ rows: [...(await tx.query(sql, values ?? [])).rows] }) };
      for (const { job, payload, afterSeconds } of wakes) await boss.send(job, payload, { db, ...(afterSeconds === undefined ? {} : { startAfter: afterSeconds }) });
    },
    isRunning: () => running,
    async deadLetters() {
      const { rows } = await boss.getDb().executeSql(`select count(*)::int as n from pgboss.job where name = $1 and state < 'completed'`, [DEAD]);
      return (rows[0] as { n: number }).n;
    },
    async stop() {
      if (!running) return;
      running = false;
      await Promise.race([Promise.all(ticking.map((ticker) => ticker.stop())), sleep(stopSeconds * 1000, undefined, { ref: false })]);
      await boss.stop({ graceful: true, timeout: stopSeconds * 1000 });
    },
  };
}

async function settle(id: string, work: () => Promise<void>, onFailed: (cause: unknown) => void) {
  try {
    await work();
    return { id, status: 'completed' as const };
  } catch (cause) {
    onFailed(cause);
    return { id, status: 'failed' as const, output: { message: withoutPersonalText(cause instanceof Error ? cause.message : String(cause)) } };
  }
}

type Ticker = { stop(): Promise<void> };

function tick(seconds: number, work: () => Promise<unknown>, onFailed: (cause: unknown) => void): Ticker {
  let busy: Promise<unknown> | null = null;
  const timer = setInterval(() => {
    busy ??= work().catch(onFailed).finally(() => { busy = null; });
  }, seconds * 1000);
  return {
    async stop() {
      clearInterval(timer);
      await busy;
    },
  };
}
