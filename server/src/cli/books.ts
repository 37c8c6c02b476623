import { join } from 'node:path';
import { createLedger, sealingKeyFrom, type Ledger } from '../modules/ledger/index.ts';
import { systemClock, type Clock } from '../platform/clock.ts';
import { pendingMigrations } from '../platform/migrate.ts';
import { openDatabase } from '../platform/postgres.ts';
import type { Db } from '../platform/tx.ts';
import { Stop } from './command.ts';

export type Books = { readonly db: Db; readonly clock: Clock; readonly ledger: Ledger };

/** What a command that only reads the books says of where they are. */
export const BOOKS_NOTE = 'Reads the database that DATABASE_URL names, else the one in MINGDAI_DATA_DIR; a running server is not disturbed.';

/**
 * Opens the books for reading, does the work, and leaves the database.
 *
 * Throws  Stop when the database is not at the newest schema; DatabaseUnavailable.
 */
export async function withBooks<T>(work: (books: Books) => Promise<T>): Promise<T> {
  const dataDir = process.env['MINGDAI_DATA_DIR'] || join(import.meta.dirname, '..', '..', '..', '.data');
  const database = await openDatabase({ databaseUrl: process.env['DATABASE_URL'] || undefined, dataDir, connections: 2 });
  try {
    if ((await pendingMigrations(database)) > 0) throw new Stop('The database is not at the newest schema: start the server once, then ask again.');
    const clock = systemClock();
    const ledger = createLedger({ db: database.db, clock, sealingKey: sealingKeyFrom({ dataDir }) });
    return await work({ db: database.db, clock, ledger });
  } finally {
    await database.close();
  }
}
