import pg from 'pg';
import { inject } from 'vitest';
import { createFunnel } from '../../src/platform/funnel.ts';
import { createOutbox, type Outbox } from '../../src/platform/outbox.ts';
import { openDatabase, type Database } from '../../src/platform/postgres.ts';
import type { Db, Funnel, Wake } from '../../src/platform/tx.ts';
import { withDatabase } from './global-setup.ts';

export type TestDatabase = {
  readonly db: Db;
  readonly funnel: Funnel;
  /** Register listeners here: `outbox.on('payout_settled', …)`. */
  readonly outbox: Outbox;
  /** What the work asked to be woken for, in order of commits. Nothing runs them. */
  readonly wakes: Wake[];
  readonly database: Database;
  readonly url: string;
  /** Closes the connections and drops the database. */
  drop(): Promise<void>;
};

let made = 0;

/** A fresh database with every module's tables, cloned from the run's migrated template. */
export async function testDatabase(): Promise<TestDatabase> {
  const { url: server, template } = inject('testServer');
  const name = `${template.replace('_template', '')}_${process.pid}_${++made}`;
  await onServer(server, `create database ${name} template ${template}`);
  const url = withDatabase(server, name);
  const database = await openDatabase({ databaseUrl: url, dataDir: '', connections: 8 });
  const wakes: Wake[] = [];
  const outbox = createOutbox({ db: database.db, onListenerFailed: () => undefined });
  const funnel = createFunnel({ database, outbox, send: async (_tx, asked) => { wakes.push(...asked); } });
  return {
    db: database.db, funnel, outbox, wakes, database, url,
    async drop() {
      await outbox.close();
      await database.close();
      await onServer(server, `drop database if exists ${name} with (force)`);
    },
  };
}

async function onServer(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
