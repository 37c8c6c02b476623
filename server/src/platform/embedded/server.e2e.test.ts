import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import { accountFor, homeFor } from './account.ts';
import { processName } from './processes.ts';

const OPENER = join(import.meta.dirname, '..', '..', '..', 'test', 'support', 'open-embedded.ts');
const isRoot = process.getuid?.() === 0;
/** Somebody who is not root: whoever runs this, or nobody. */
const plainUser = isRoot ? { uid: 65_534, gid: 65_534 } : { uid: process.getuid!(), gid: process.getgid!() };
const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => { for (const cleanup of cleanups.splice(0).reverse()) await cleanup(); });

type Said = { url: string; started: string; error?: string; message?: string };
type Opener = { child: ChildProcess; said: Said; close(): Promise<void> };

async function folder(mode = 0o755): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'mingdai-e2e-'));
  await chmod(path, mode);
  cleanups.push(async () => {
    await rm(await homeFor(path, await accountFor(join(path, 'postgres', 'cluster'))), { recursive: true, force: true });
    await rm(path, { recursive: true, force: true });
  });
  return path;
}

async function open(args: readonly string[], as: { uid?: number; gid?: number; env?: Record<string, string> } = {}): Promise<Opener> {
  const { env = {}, ...ids } = as;
  const child = spawn(process.execPath, [OPENER, ...args], { stdio: ['pipe', 'pipe', 'inherit'], cwd: '/', env: { PATH: process.env['PATH']!, ...env }, ...ids });
  cleanups.push(async () => { if (child.exitCode === null && child.signalCode === null) { child.stdin!.end(); await once(child, 'exit'); } });
  const [line] = (await once(createInterface({ input: child.stdout! }), 'line')) as [string];
  return {
    child, said: JSON.parse(line) as Said,
    async close() {
      const ended = once(child, 'exit');
      child.stdin!.end();
      await ended;
    },
  };
}

async function sql<T>(url: string, text: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(text)).rows as T[];
  } finally {
    await client.end();
  }
}

const serverPid = async (url: string): Promise<number> => {
  const [row] = await sql<{ dir: string }>(url, 'show data_directory');
  return Number((await readFile(join(Object.values(row!)[0]!, 'postmaster.pid'), 'utf8')).split('\n')[0]);
};

async function killHard(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

describe('the embedded server', () => {
  it('starts on an empty folder, and on the same port again', async () => {
    const dir = await folder();
    const first = await open([dir]);
    expect(first.said.started).toBe('new');
    await sql(first.said.url, 'create table kept (n int)');
    const pid = await serverPid(first.said.url);
    await first.close();
    expect(processName(pid)).toBeNull();
    const second = await open([dir]);
    expect(second.said).toEqual({ url: first.said.url, started: 'again' });
    expect(await sql(second.said.url, 'select * from kept')).toEqual([]);
  });

  it('left running by a killed parent is found and used again, and stopped by its last user', async () => {
    const dir = await folder();
    const killed = await open([dir]);
    await sql(killed.said.url, 'create table kept as select 7 as n');
    const pid = await serverPid(killed.said.url);
    await killHard(killed.child);
    expect(processName(pid)).not.toBeNull();
    const next = await open([dir]);
    expect(next.said).toEqual({ url: killed.said.url, started: 'found_running' });
    expect(await serverPid(next.said.url)).toBe(pid);
    expect(await sql(next.said.url, 'select * from kept')).toEqual([{ n: 7 }]);
    await next.close();
    expect(processName(pid)).toBeNull();
  });

  it('opened by several processes at once is one server, up until the last of them leaves', async () => {
    const dir = await folder();
    const users = await Promise.all([open([dir]), open([dir]), open([dir])]);
    expect(new Set(users.map(({ said }) => said.url)).size).toBe(1);
    expect(users.map(({ said }) => said.started).sort()).toEqual(['found_running', 'found_running', 'new']);
    const pid = await serverPid(users[0]!.said.url);
    await users[0]!.close();
    await users[1]!.close();
    expect(processName(pid)).not.toBeNull();
    await users[2]!.close();
    expect(processName(pid)).toBeNull();
  });

  it('killed itself, with its parent, loses no committed row', async () => {
    const dir = await folder();
    const killed = await open([dir]);
    await sql(killed.said.url, 'create table kept as select 7 as n');
    process.kill(await serverPid(killed.said.url), 'SIGKILL');
    await killHard(killed.child);
    const next = await open([dir]);
    expect(next.said.started).toBe('again');
    expect(await sql(next.said.url, 'select * from kept')).toEqual([{ n: 7 }]);
  });

  it('is not taken for running when its pid was given to another program', async () => {
    const dir = await folder();
    const first = await open([dir]);
    const [row] = await sql<{ data_directory: string }>(first.said.url, 'show data_directory');
    await first.close();
    const cluster = row!.data_directory;
    await writeFile(join(cluster, 'postmaster.pid'), `${process.pid}\n${cluster}\n0\n1\n\n127.0.0.1\n0\nready\n`);
    expect((await open([dir])).said.started).toBe('again');
  });

  it('lets in only who knows its password', async () => {
    const { said } = await open([await folder()]);
    const url = new URL(said.url);
    url.password = 'guess';
    await expect(sql(url.href, 'select 1')).rejects.toThrow(/password/);
  });

  it('works in a folder only its owner may enter', async () => {
    const dir = await folder(0o700);
    const { said } = await open([dir]);
    expect(said.started).toBe('new');
    expect(await sql(said.url, 'select 1 as n')).toEqual([{ n: 1 }]);
  });

  it('works for a user who is not root, from the package or from a copy of their own', async () => {
    const dir = await folder();
    await chown(dir, plainUser.uid, plainUser.gid);
    const cache = join(dir, 'cache');
    await mkdir(cache);
    await chown(cache, plainUser.uid, plainUser.gid);
    const { said } = await open([join(dir, 'data')], { ...plainUser, env: { XDG_CACHE_HOME: cache, HOME: dir } });
    expect(said).toMatchObject({ started: 'new' });
    expect(await sql(said.url, 'select current_user as who')).toEqual([{ who: 'mingdai' }]);
  });
});

describe('what cannot be used is told in words', () => {
  it('a port that was asked for and is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    cleanups.push(async () => void other.close());
    const port = (other.address() as { port: number }).port;
    const { said } = await open([await folder(), String(port)]);
    expect(said).toMatchObject({ error: 'DatabaseUnavailable', message: expect.stringContaining(`Port ${port} on 127.0.0.1`) });
  });

  it('a kept port that another program took since is replaced', async () => {
    const dir = await folder();
    const first = await open([dir]);
    const port = Number(new URL(first.said.url).port);
    await first.close();
    const other = createServer().listen(port, '127.0.0.1');
    await once(other, 'listening');
    cleanups.push(async () => void other.close());
    const second = await open([dir]);
    expect(second.said.started).toBe('again');
    expect(Number(new URL(second.said.url).port)).not.toBe(port);
  });

  it('a folder that is a file', async () => {
    const dir = await folder();
    await writeFile(join(dir, 'file'), '');
    const { said } = await open([join(dir, 'file')]);
    expect(said).toMatchObject({ error: 'DatabaseUnavailable', message: expect.stringMatching(/cannot be used.*\n.*MINGDAI_DATA_DIR/) });
  });

  it('a cluster made by another version', async () => {
    const dir = await folder();
    const first = await open([dir]);
    const [row] = await sql<{ data_directory: string }>(first.said.url, 'show data_directory');
    await first.close();
    await writeFile(join(row!.data_directory, 'PG_VERSION'), '14\n');
    expect((await open([dir])).said.message).toContain('it was made by PostgreSQL 14');
  });

  it('a folder that may not be written', async () => {
    const dir = await folder();
    await mkdir(join(dir, 'data'));
    await chmod(join(dir, 'data'), 0o555);
    const { said } = await open([join(dir, 'data')], { ...plainUser, env: { HOME: dir } });
    expect(said).toMatchObject({ error: 'DatabaseUnavailable', message: expect.stringContaining('EACCES') });
  });
});
