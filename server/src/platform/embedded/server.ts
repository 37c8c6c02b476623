import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, open, readdir, readFile, realpath, rename, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { freePort, isFree } from '../ports.ts';
import { accountFor, homeFor, makeHome, makeOwned, type Account } from './account.ts';
import { embeddedBinaries, type Binaries } from './binaries.ts';
import { isAlive, joinUsers, processName, withLock } from './processes.ts';
import { DatabaseUnavailable } from './unavailable.ts';

export type EmbeddedOptions = {
  readonly dataDir: string;
  /** A port that must be taken; absent: a free one, kept for this data folder. */
  readonly port?: number;
  /** false only for tests: a power cut may then lose or break the data. */
  readonly isDurable?: boolean;
};

export type EmbeddedServer = {
  readonly url: string;
  readonly started: 'new' | 'again' | 'found_running';
  /** Leaves; the last user of the server stops it (fast shutdown) and waits until it is down. */
  close(): Promise<void>;
};

const USER = 'mingdai';
const READY_MS = 60_000;
const STOP_MS = 30_000;
const LOG_MAX_BYTES = 10_000_000;

/**
 * Opens the PostgreSQL server of a data folder: starts it, or joins the one that runs there (started by
 * another process, or left behind by one that was killed). Listens on 127.0.0.1 only, with a password of
 * its own. Every process that opens it is a user; the last to close stops it.
 *
 * Throws DatabaseUnavailable, saying what is wrong and what to do.
 */
export async function embeddedServer(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const place = await placeFor(options.dataDir);
  await makeHome(place.home);
  return withLock(join(place.home, 'lock'), async () => {
    const users = await joinUsers(join(place.home, 'users'));
    try {
      const binaries = await embeddedBinaries(place.account !== null);
      const isNew = await makeCluster(place, binaries);
      const running = await runningServer(place);
      const port = running ?? (await startServer(place, binaries, options));
      if (isNew) await createDatabase(place, port);
      return { url: urlOf(place, port), started: isNew ? 'new' : running === null ? 'again' : 'found_running', close: closer(place, users) };
    } catch (cause) {
      await users.leave();
      throw cause;
    }
  });
}

type Place = { readonly home: string; readonly cluster: string; readonly log: string; readonly account: Account | null; readonly password: string };

async function placeFor(dataDir: string): Promise<Place> {
  const account = await accountFor(join(dataDir, 'postgres', 'cluster'));
  const home = await homeFor(dataDir, account);
  await makeHome(home);
  const kept = join(home, 'password');
  const draft = `${kept}.${process.pid}`;
  try {
    if ((await stat(kept).catch(() => null)) === null) {
      await writeFile(draft, randomBytes(18).toString('hex'), { mode: 0o600 });
      await rename(draft, kept);
    }
    return { home, cluster: join(home, 'cluster'), log: join(home, 'server.log'), account, password: await readFile(kept, 'utf8') };
  } catch (cause) {
    throw new DatabaseUnavailable(`The database folder ${home} cannot be used: ${(cause as Error).message}\nSet MINGDAI_DATA_DIR to a folder you may write.`);
  }
}

const urlOf = (place: Place, port: number, database = USER): string => `postgres://${USER}:${place.password}@127.0.0.1:${port}/${database}`;

/** Runs initdb once, beside, and renames: a killed initdb leaves no half cluster. Answers whether it was new. */
async function makeCluster(place: Place, binaries: Binaries): Promise<boolean> {
  const major = binaries.version.split('.')[0]!;
  const found = await stat(join(place.cluster, 'PG_VERSION')).catch((cause: NodeJS.ErrnoException) => (cause.code === 'ENOENT' ? null : Promise.reject(unusable(place, cause))));
  if (found !== null) {
    const mine = place.account?.uid ?? process.getuid?.();
    if (mine !== undefined && found.uid !== mine) throw unusable(place, new Error(`it belongs to uid ${found.uid}, and the server would run as uid ${mine}`));
    const version = (await readFile(join(place.cluster, 'PG_VERSION'), 'utf8')).trim();
    if (version !== major) throw unusable(place, new Error(`it was made by PostgreSQL ${version}, and this is PostgreSQL ${major}`));
    return (await stat(join(place.home, 'created')).catch(() => null)) === null;
  }
  for (const name of await readdir(place.home)) if (name.startsWith('cluster.draft-')) await rm(join(place.home, name), { recursive: true, force: true });
  const draft = join(place.home, `cluster.draft-${process.pid}`);
  const secret = join(place.home, `initdb-${process.pid}`);
  try {
    await makeOwned(draft, place.account);
    await writeFile(secret, place.password, { mode: 0o600 });
    if (place.account !== null) await chown(secret, place.account.uid, place.account.gid);
    const args = ['-D', draft, '-U', USER, '--pwfile', secret, '-A', 'scram-sha-256', '-E', 'UTF8', '--locale=C', '--no-instructions'];
    const { code, output } = await runToEnd(spawnAs(place, binaries.initdb, args, 'pipe'));
    if (code !== 0) throw new Error(`initdb failed\n${output.trim()}`);
    await rename(draft, place.cluster);
    return true;
  } catch (cause) {
    throw unusable(place, cause as Error);
  } finally {
    await rm(secret, { force: true });
    await rm(draft, { recursive: true, force: true });
  }
}

const unusable = (place: Place, cause: Error): DatabaseUnavailable =>
  new DatabaseUnavailable(`The database folder ${place.cluster} cannot be used: ${cause.message}\n` +
    'Set MINGDAI_DATA_DIR to another folder, or DATABASE_URL to a PostgreSQL 15 or newer.');

async function createDatabase(place: Place, port: number): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf(place, port, 'postgres') });
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [USER]);
    if (rowCount === 0) await client.query(`create database ${USER}`);
    await writeFile(join(place.home, 'created'), '');
  } finally {
    await client.end();
  }
}

/** The port of the server that postmaster.pid tells of, if it lives and is ours; a file left by a dead one is removed. */
async function runningServer(place: Place): Promise<number | null> {
  const told = await postmaster(place);
  if (told === null) return null;
  const sameFolder = (await realpath(told.folder).catch(() => '')) === (await realpath(place.cluster));
  const deadline = Date.now() + READY_MS;
  while (sameFolder && (await isPostgres(told.pid)) && Date.now() < deadline) {
    if (await answers(urlOf(place, told.port))) return told.port;
    if (await answers(urlOf(place, told.port, 'postgres'))) return told.port;
    await sleep(50);
  }
  if (sameFolder && (await isPostgres(told.pid))) {
    throw new DatabaseUnavailable(`A PostgreSQL (process ${told.pid}) runs on ${place.cluster} but does not answer on port ${told.port}.\nStop that process, then start again. Its log: ${place.log}`);
  }
  await rm(join(place.cluster, 'postmaster.pid'), { force: true });
  return null;
}

async function postmaster(place: Place): Promise<{ pid: number; folder: string; port: number } | null> {
  const text = await readFile(join(place.cluster, 'postmaster.pid'), 'utf8').catch(() => '');
  const [pid, folder, , port] = text.split('\n');
  return pid === undefined || folder === undefined || port === undefined || port === '' ? null : { pid: Number(pid), folder, port: Number(port) };
}

/** A pid may have been given to some other program since. */
async function isPostgres(pid: number): Promise<boolean> {
  if (processName(pid) === null) return false;
  if (process.platform !== 'linux') return true;
  return (await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '')).trim() === 'postgres';
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function startServer(place: Place, binaries: Binaries, options: EmbeddedOptions): Promise<number> {
  const port = options.port ?? (await portOf(place));
  if (options.port !== undefined && !(await isFree(port))) throw portTaken(port);
  const deadline = Date.now() + READY_MS;
  for (;;) {
    const { child, failure } = await tryStart(place, binaries, { port, isDurable: options.isDurable ?? true }, deadline);
    if (failure === null) {
      child.unref();
      return port;
    }
    if (/Address already in use|could not create any TCP/i.test(failure)) throw portTaken(port);
    // The last server's processes may still be going down; they release the folder when they are gone.
    const isLeaving = /pre-existing shared memory block|lock file "postmaster.pid"/.test(failure);
    if (!isLeaving || Date.now() > deadline) throw unusable(place, new Error(`postgres did not start\n${failure}`));
    await sleep(200);
  }
}

async function tryStart(place: Place, binaries: Binaries, how: { port: number; isDurable: boolean }, deadline: number) {
  if (await stat(place.log).then(({ size }) => size > LOG_MAX_BYTES, () => false)) await truncate(place.log);
  const log = await open(place.log, 'a', 0o600).catch((cause: Error) => { throw unusable(place, cause); });
  const from = (await log.stat()).size;
  const child = spawnAs(place, binaries.postgres, ['-D', place.cluster, ...settings(how)], log.fd);
  const ended = runToEnd(child).then(({ output }) => output);
  await log.close();
  let end: string | null = null;
  void ended.then((output) => { end = output; });
  while (end === null && Date.now() < deadline) {
    const told = await postmaster(place);
    if (told !== null && told.pid === child.pid && (await answers(urlOf(place, how.port, 'postgres')))) return { child, failure: null };
    await sleep(20);
  }
  if (end === null) child.kill('SIGQUIT');
  const written = (await readFile(place.log)).subarray(from).toString().trim().split('\n').slice(-8).join('\n');
  return { child, failure: `${end ?? 'not ready in time'}${written}` };
}

/** A business of record: every commit is on disk. Memory is kept small; a real installation brings its own server. */
function settings({ port, isDurable }: { port: number; isDurable: boolean }): readonly string[] {
  const set: Record<string, string> = {
    listen_addresses: '127.0.0.1', port: String(port), unix_socket_directories: '', max_connections: '100',
    shared_buffers: '256MB', max_wal_size: '2GB', wal_compression: 'on', jit: 'off', timezone: 'UTC', log_timezone: 'UTC',
    ...(isDurable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  return Object.entries(set).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** The port kept for this data folder, or a free one when there is none yet or another program took it. */
async function portOf(place: Place): Promise<number> {
  const kept = Number(await readFile(join(place.home, 'port'), 'utf8').catch(() => '0'));
  if (kept > 0 && (await isFree(kept))) return kept;
  const port = await freePort();
  await writeFile(join(place.home, 'port'), String(port));
  return port;
}

const portTaken = (port: number): DatabaseUnavailable =>
  new DatabaseUnavailable(`Port ${port} on 127.0.0.1, asked for by MINGDAI_DATABASE_PORT, is taken by another program.\nLeave that setting out to use any free port.`);

/** Its own process group, so that Ctrl-C in the terminal reaches us and not the database first. */
function spawnAs(place: Place, program: string, args: readonly string[], out: number | 'pipe'): ChildProcess {
  const as = place.account === null ? {} : { uid: place.account.uid, gid: place.account.gid };
  const env = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC', HOME: '/' };
  return spawn(program, [...args], { cwd: '/', detached: true, env, stdio: ['ignore', out, out], ...as });
}

function runToEnd(child: ChildProcess): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve) => {
    let output = '';
    child.stdout?.on('data', (chunk: Buffer) => { output += chunk.toString(); });
    child.stderr?.on('data', (chunk: Buffer) => { output += chunk.toString(); });
    child.once('error', (cause) => resolve({ code: null, output: `${output}${cause.message}` }));
    child.once('close', (code) => resolve({ code, output }));
  });
}

function closer(place: Place, users: Awaited<ReturnType<typeof joinUsers>>): () => Promise<void> {
  let closing: Promise<void> | null = null;
  const close = () => withLock(join(place.home, 'lock'), async () => {
    const { othersLeft } = await users.leave();
    const told = await postmaster(place);
    if (othersLeft > 0 || told === null || !(await isPostgres(told.pid))) return;
    await stop(told.pid);
  });
  return () => (closing ??= close());
}

/** Fast shutdown; if that hangs, immediate: the next start then replays the log. */
async function stop(pid: number): Promise<void> {
  const name = processName(pid);
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    if (name === null || !isAlive(name)) return;
    process.kill(pid, signal);
    for (const deadline = Date.now() + STOP_MS; Date.now() < deadline && isAlive(name); ) await sleep(20);
  }
}
