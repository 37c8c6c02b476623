import { systemClock, toldClock, type MovableClock } from './clock.ts';
import type { Config } from './config.ts';
import { createFunnel } from './funnel.ts';
import { createJobs, type Jobs } from './jobs.ts';
import type { Log } from './log.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { migrateAll, pendingMigrations } from './migrate.ts';
import { createOutbox, outboxBacklog, type Outbox } from './outbox.ts';
import { openDatabase, type Database } from './postgres.ts';
import { providerHttp, type ProviderHttp } from './provider-http.ts';
import { createFieldCipher, type FieldCipher } from './secrets.ts';
import type { Db, Funnel } from './tx.ts';

/** Everything a module may be handed. */
export type Platform = {
  readonly log: Log;
  readonly database: Database;
  readonly db: Db;
  readonly funnel: Funnel;
  readonly outbox: Outbox;
  readonly jobs: Jobs;
  readonly clock: MovableClock;
  readonly metrics: Metrics;
  readonly cipher: FieldCipher;
  readonly provider: (name: keyof Config['providers']) => ProviderHttp;
  readonly readiness: Readonly<Record<string, () => Promise<boolean>>>;
  /** Lets running jobs end, writes what is in memory, leaves the database. */
  close(): Promise<void>;
};

const REDELIVER_SECONDS = 5;

/**
 * Opens the database, brings it to the newest schema, and makes the parts modules are built from. Jobs do
 * not run yet: the caller registers handlers and listeners first, then starts them.
 *
 * Throws DatabaseUnavailable, MigrationMismatch.
 */
export async function createPlatform(config: Config, log: Log): Promise<Platform> {
  const { databaseUrl, databasePort, dataDir } = config;
  const database = await openDatabase({ databaseUrl, databasePort, dataDir, onConnectionLost: (err) => log.warn({ err }, 'a database connection was lost') });
  try {
    const { applied } = await migrateAll(database);
    if (applied.length > 0) log.info({ applied }, 'migrations applied');
    const metrics = createMetrics();
    const jobs = createJobs({ url: database.url, onFailed: (job, err) => log.error({ err, job }, 'a job failed and will be tried again') });
    const outbox = createOutbox({ db: database.db, onListenerFailed: (event, err) => log.error({ err, event: event.id, type: event.type, subject: event.subject }, 'news was not served and will be told again') });
    const funnel = createFunnel({ database, outbox, send: jobs.send, observe: metrics.command });
    const clock = config.clock === 'told' ? await toldClock({ db: database.db, funnel }) : systemClock();
    jobs.every(REDELIVER_SECONDS, 'platform.redeliver', () => outbox.redeliver(REDELIVER_SECONDS));
    watch(metrics, { database, jobs });
    return {
      log, database, db: database.db, funnel, outbox, jobs, clock, metrics,
      cipher: createFieldCipher(config.fieldKey),
      provider: (name) => providerHttp({ baseUrl: config.providers[name], key: config.providerKey, timeoutMs: config.providerTimeoutMs }),
      readiness: readinessOf({ database, jobs }),
      async close() {
        await jobs.stop();
        await outbox.close();
        await database.close();
      },
    };
  } catch (cause) {
    await database.close();
    throw cause;
  }
}

type Parts = { readonly database: Database; readonly jobs: Jobs };

function readinessOf({ database, jobs }: Parts): Platform['readiness'] {
  return {
    database: async () => (await database.db.query('select 1')).rowCount === 1,
    migrations: async () => (await pendingMigrations(database)) === 0,
    jobs: async () => jobs.isRunning(),
  };
}

function watch(metrics: Metrics, { database, jobs }: Parts): void {
  metrics.watch('mingdai_outbox_waiting', 'News not yet served', async () => (await outboxBacklog(database.db)).waiting);
  metrics.watch('mingdai_outbox_stuck', 'News given up on until a person looks', async () => (await outboxBacklog(database.db)).stuck);
  metrics.watch('mingdai_jobs_dead', 'Jobs that failed for good', () => (jobs.isRunning() ? jobs.deadLetters() : 0));
}
