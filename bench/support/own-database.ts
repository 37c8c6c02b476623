import { join } from 'node:path';
import { migrateAll } from '../../server/src/platform/migrate.ts';
import { openDatabase, type Database } from '../../server/src/platform/postgres.ts';

/**
 * A migrated database of a bench's own, dropped when it is closed: on the server that DATABASE_URL names, else on the
 * embedded one under `.data/bench`. `url` is its address, for connections outside the pool.
 */
export async function openOwnDatabase(bench: string, connections: number): Promise<{ readonly database: Database; readonly url: string }> {
  const dataDir = join(import.meta.dirname, '..', '..', '.data', 'bench');
  const server = await openDatabase({ databaseUrl: process.env['DATABASE_URL'], dataDir, connections: 2 });
  const name = `mingdai_bench_${bench}_${process.pid}`;
  await server.db.query(`create database ${name}`);
  const url = new URL(server.url);
  url.pathname = `/${name}`;
  const own = await openDatabase({ databaseUrl: url.href, dataDir, connections });
  const database: Database = {
    ...own,
    async close() {
      await own.close();
      await server.db.query(`drop database ${name} with (force)`);
      await server.close();
    },
  };
  await migrateAll(database);
  return { database, url: url.href };
}
