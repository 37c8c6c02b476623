import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { embeddedServer } from '../../src/platform/embedded/server.ts';
import { migrateAll } from '../../src/platform/migrate.ts';
import { openDatabase } from '../../src/platform/postgres.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The server's maintenance database, and the migrated database that tests clone. */
    testServer: { readonly url: string; readonly template: string };
  }
}

/**
 * One PostgreSQL server for the whole run: TEST_DATABASE_URL or DATABASE_URL when set (its user must be
 * allowed to create databases), else the embedded one of a data folder that all runs of this checkout
 * share; the last run to end stops it. The template is migrated once per run and dropped at the end.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env['TEST_DATABASE_URL'] ?? process.env['DATABASE_URL'];
  const server = given === undefined ? await embeddedServer({ dataDir: testDataDir(), isDurable: false }) : null;
  const url = given ?? server!.url;
  const template = `mingdai_test_${process.pid}_template`;
  if (server !== null) await sweep(url);
  await onServer(url, `create database ${template}`);
  const database = await openDatabase({ databaseUrl: withDatabase(url, template), dataDir: '', connections: 2 });
  try {
    await migrateAll(database);
  } finally {
    await database.close();
  }
  project.provide('testServer', { url, template });

  return async () => {
    await dropAll(url, `mingdai_test_${process.pid}_`);
    await server?.close();
  };
}

const testDataDir = (): string => process.env['MINGDAI_TEST_DATA_DIR'] ?? join(import.meta.dirname, '..', '..', '..', '.data', 'test');

export function withDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}

async function onServer(url: string, sql: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await client.query(sql);
  } finally {
    await client.end();
  }
}

/** Databases of runs that were killed. */
async function sweep(url: string): Promise<void> {
  const { rows } = await onServer(url, `select datname from pg_database where datname like 'mingdai\\_test\\_%'`);
  for (const { datname } of rows as { datname: string }[]) {
    const pid = Number(datname.split('_')[2]);
    if (Number.isInteger(pid) && !isRunning(pid)) await dropAll(url, `mingdai_test_${pid}_`);
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function dropAll(url: string, prefix: string): Promise<void> {
  const { rows } = await onServer(url, `select datname from pg_database where datname like '${prefix.replaceAll('_', '\\_')}%'`);
  for (const { datname } of rows as { datname: string }[]) await onServer(url, `drop database if exists ${datname} with (force)`);
}
