import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import type { Database } from './postgres.ts';
import type { Tx } from './tx.ts';

/** The order in which schemas are made: foundations first. Every module's folder is named like its schema. */
export const SCHEMAS = ['platform', 'ledger', 'compliance', 'catalog', 'customers', 'payments', 'decisioning', 'servicing', 'funding', 'origination', 'collections'] as const;
export type Schema = (typeof SCHEMAS)[number];

export type Migration = { readonly schema: string; readonly name: string; readonly sql: string; readonly digest: string };

/** An applied file was edited or is gone: the database and the program tell different stories. */
export class MigrationMismatch extends Error {
  override readonly name = 'MigrationMismatch';
}

/**
 * Brings every schema to what the `migrations/NNN-name.sql` files say. Each schema keeps its own record of
 * what was applied (`<schema>.migration`: name, SHA-256); each schema's files run in one transaction.
 *
 * Keeps   Two processes that migrate at once: one does, the other waits and finds it done.
 * Throws  MigrationMismatch when an applied file was edited, or when the database is ahead of the program.
 */
export async function migrateAll(database: Database): Promise<{ readonly applied: readonly string[] }> {
  const applied: string[] = [];
  for (const schema of SCHEMAS) {
    const files = await migrationsOf(schema);
    if (files.length > 0) applied.push(...(await againIfRaced(() => database.db.transaction((tx) => migrate(tx, schema, files)))));
  }
  return { applied };
}

/** How many migrations the program has that the database has not: 0 when it may serve. */
export async function pendingMigrations(database: Database): Promise<number> {
  let pending = 0;
  for (const schema of SCHEMAS) {
    const files = await migrationsOf(schema);
    if (files.length === 0) continue;
    const { rows } = await database.db.query<{ present: boolean }>(`select to_regclass($1) is not null as present`, [`${schema}.migration`]);
    const done = rows[0]?.present === true ? (await database.db.query(`select name from ${schema}.migration`)).rowCount : 0;
    pending += files.length - done;
  }
  return pending;
}

/** All files of a schema, by number. */
export async function migrationsOf(schema: Schema): Promise<readonly Migration[]> {
  const folder = schema === 'platform' ? join(import.meta.dirname, 'migrations') : join(import.meta.dirname, '..', 'modules', schema, 'migrations');
  const names = (await readdir(folder).catch(() => [])).filter((name) => /^\d{3}-[a-z0-9-]+\.sql$/.test(name)).sort();
  return Promise.all(names.map(async (name) => {
    const sql = await readFile(join(folder, name), 'utf8');
    return { schema, name, sql, digest: createHash('sha256').update(sql).digest('hex') };
  }));
}

async function migrate(tx: Tx, schema: string, files: readonly Migration[]): Promise<readonly string[]> {
  await tx.query(`create schema if not exists ${schema}`);
  await tx.query(`create table if not exists ${schema}.migration (name text primary key, digest text not null, applied_at timestamptz not null default now())`);
  await tx.query(`lock table ${schema}.migration in share row exclusive mode`);
  const { rows } = await tx.query<{ name: string; digest: string }>(`select name, digest from ${schema}.migration`);
  const done = new Map(rows.map(({ name, digest }) => [name, digest]));
  for (const name of done.keys()) {
    if (!files.some((file) => file.name === name)) throw new MigrationMismatch(`The database has ${schema}/${name} applied, which this program does not have: it was made by a newer one.`);
  }
  const applied: string[] = [];
  for (const file of files) {
    const before = done.get(file.name);
    if (before !== undefined && before !== file.digest) throw new MigrationMismatch(`${schema}/${file.name} was edited after it was applied to this database. Add a new file instead (in development: delete the data folder).`);
    if (before !== undefined) continue;
    await tx.query(file.sql).catch((cause: Error) => { throw new Error(`${schema}/${file.name} failed: ${cause.message}`, { cause }); });
    await tx.query(`insert into ${schema}.migration (name, digest) values ($1, $2)`, [file.name, file.digest]);
    applied.push(`${schema}/${file.name}`);
  }
  return applied;
}

/** `create schema if not exists` fails, now and then, when two do it at the same instant. */
async function againIfRaced<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof pg.DatabaseError && ['23505', '42P06', '42P07'].includes(cause.code ?? '')) return work();
    throw cause;
  }
}
