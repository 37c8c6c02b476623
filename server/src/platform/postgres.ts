import { assert } from '@mingdai/loan-math';
import pg from 'pg';
import { embeddedServer, type EmbeddedServer } from './embedded/server.ts';
import { DatabaseUnavailable } from './embedded/unavailable.ts';
import type { Db, Reader, Row, Rows, Tx } from './tx.ts';

export { DatabaseUnavailable };

export type DatabaseOptions = {
  /** A PostgreSQL 15 or newer. Absent: the embedded server of `dataDir`. */
  readonly databaseUrl?: string | undefined;
  readonly dataDir: string;
  readonly databasePort?: number | undefined;
  readonly connections?: number | undefined;
  readonly onConnectionLost?: (cause: Error) => void;
};

/** One connection, held while `work` runs. `script` sends several statements in one round trip, without values. */
export interface Connection extends Reader {
  script(sql: string): Promise<readonly (Rows<Row> & { readonly command: string })[]>;
}

export type Database = {
  readonly db: Db;
  /** For the platform itself: the funnel, migrations and bulk copies. Modules take a Tx. */
  readonly withConnection: <T>(work: (connection: Connection, client: pg.PoolClient) => Promise<T>) => Promise<T>;
  readonly url: string;
  /** e.g. 180004. */
  readonly serverVersion: number;
  readonly isEmbedded: boolean;
  close(): Promise<void>;
};

const OLDEST = 150_000;

/**
 * Opens the database: the one `databaseUrl` names, else the embedded server of the data folder.
 * int8 is read as bigint, date as 'YYYY-MM-DD', numeric as text, timestamptz as Date (and arrays of them).
 *
 * Throws DatabaseUnavailable, saying what is wrong and what to do.
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  if (options.databaseUrl !== undefined) return connectTo(options.databaseUrl, options, null);
  const server = await embeddedServer({ dataDir: options.dataDir, ...(options.databasePort === undefined ? {} : { port: options.databasePort }) });
  try {
    return await connectTo(server.url, options, server);
  } catch (cause) {
    await server.close();
    throw cause;
  }
}

async function connectTo(url: string, options: DatabaseOptions, server: EmbeddedServer | null): Promise<Database> {
  const pool = new pg.Pool({ connectionString: url, max: options.connections ?? 16, types: readers, connectionTimeoutMillis: 30_000 });
  pool.on('error', (cause) => { if (!pool.ending) options.onConnectionLost?.(cause); });
  try {
    const serverVersion = await versionOf(pool, url);
    const withConnection = connectionsOf(pool);
    return {
      db: dbOf(pool, withConnection), withConnection, url, serverVersion, isEmbedded: server !== null,
      async close() {
        await pool.end();
        await server?.close();
      },
    };
  } catch (cause) {
    await pool.end();
    throw cause;
  }
}

async function versionOf(pool: pg.Pool, url: string): Promise<number> {
  const where = nameOf(url);
  const { rows } = await pool.query<{ server_version_num: string }>('show server_version_num').catch((cause: Error) => {
    throw new DatabaseUnavailable(`The database ${where} cannot be reached: ${cause.message || (cause as NodeJS.ErrnoException).code}\nCheck DATABASE_URL and that the server runs, or leave DATABASE_URL out to use the embedded one.`);
  });
  const version = Number(rows[0]!.server_version_num);
  if (version < OLDEST) throw new DatabaseUnavailable(`PostgreSQL 15 or newer is needed; ${where} is version ${Math.floor(version / 10_000)}.${version % 10_000}.`);
  return version;
}

/** The address without user and password: safe to print. */
function nameOf(url: string): string {
  try {
    const { host, pathname } = new URL(url);
    return `${host}${pathname}`;
  } catch {
    return '(DATABASE_URL is not a URL)';
  }
}

const text = (value: string): string => value;
const textArray = (pg.types.getTypeParser as (oid: number) => (value: string) => readonly (string | null)[])(1009);
const listOf = (read: (value: string) => unknown) => (value: string): unknown => textArray(value).map((item) => (item === null ? null : read(item)));
const parsers: Readonly<Record<number, (value: string) => unknown>> = {
  20: BigInt, 1016: listOf(BigInt), // int8
  1082: text, 1182: listOf(text), // date
  1700: text, 1231: listOf(text), // numeric
};
const readers = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    (format === 'binary' ? undefined : parsers[oid]) ?? pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
};

const NAMED_MAX = 500;
const names = new Map<string, string>();

/** A name per SQL text, so that a connection parses and plans it once; past the limit texts go unnamed. */
function nameFor(sql: string): string | undefined {
  const known = names.get(sql);
  if (known !== undefined || names.size >= NAMED_MAX) return known;
  const name = `q${names.size}`;
  names.set(sql, name);
  return name;
}

type Queryable = Pick<pg.PoolClient, 'query'>;

function readerOf(client: Queryable): Reader {
  return {
    async query<R = Row>(sql: string, values?: readonly unknown[]): Promise<Rows<R>> {
      const name = values === undefined ? undefined : nameFor(sql);
      const { rows, rowCount } = await client.query({ text: sql, ...(values === undefined ? {} : { values: [...values] }), ...(name === undefined ? {} : { name }) });
      return { rows: rows as R[], rowCount: rowCount ?? 0 };
    },
  };
}

function connectionsOf(pool: pg.Pool): Database['withConnection'] {
  return async (work) => {
    const client = await pool.connect();
    let lost: Error | undefined;
    const onError = (cause: Error): void => { lost = cause; };
    client.on('error', onError);
    const script = async (sql: string) => {
      const answer = (await client.query(sql)) as unknown as pg.QueryResult<Row> | pg.QueryResult<Row>[];
      return (Array.isArray(answer) ? answer : [answer]).map(({ rows, rowCount, command }) => ({ rows, rowCount: rowCount ?? 0, command }));
    };
    try {
      return await work({ ...readerOf(client), script }, client);
    } catch (cause) {
      // Not an answer of the server: the state of the connection is not known, so it is not used again.
      if (!(cause instanceof pg.DatabaseError) && client.getTransactionStatus() !== 'I') lost ??= cause as Error;
      throw cause;
    } finally {
      client.off('error', onError);
      client.release(lost ?? false);
    }
  };
}

function dbOf(pool: pg.Pool, withConnection: Database['withConnection']): Db {
  return {
    ...readerOf(pool),
    transaction: <T>(work: (tx: Tx) => Promise<T>) =>
      withConnection(async (connection, client) => {
        await connection.query('begin');
        try {
          const value = await work({ kind: 'tx', query: connection.query });
          const { command } = await client.query('commit');
          // After a failed statement the server answers a commit by rolling back, without an error.
          assert(command === 'COMMIT', 'a transaction in which a statement failed is not committed');
          return value;
        } catch (cause) {
          await connection.query('rollback').catch(() => undefined);
          throw cause;
        }
      }),
  };
}
