import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { processName } from '../platform/embedded/processes.ts';

const LAUNCHER = join(import.meta.dirname, '..', '..', '..', 'bin', 'mingdai.js');
let dir: string;
const children: ChildProcess[] = [];
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'mingdai-start-'));
  await chmod(dir, 0o755);
});
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  }
});
afterAll(() => rm(dir, { recursive: true, force: true }));

type Run = { code: number; stdout: string; stderr: string };

async function mingdai(args: readonly string[], node = process.execPath): Promise<Run> {
  const child = spawn(node, [LAUNCHER, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const out = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => { out.stdout += chunk.toString(); });
  child.stderr.on('data', (chunk: Buffer) => { out.stderr += chunk.toString(); });
  const [code] = (await once(child, 'close')) as [number];
  return { code, ...out };
}

type Told = { server: string; sandbox: string; sandbox_pid: number };
type Started = Told & { child: ChildProcess; token: string };

async function start(): Promise<Started> {
  const child = spawn(process.execPath, [LAUNCHER, 'start', '--json'], {
    stdio: ['ignore', 'pipe', 'ignore'], env: { PATH: process.env['PATH']!, MINGDAI_DATA_DIR: dir, PORT: '0', SANDBOX_PORT: '0' },
  });
  children.push(child);
  let text = '';
  child.stdout!.on('data', (chunk: Buffer) => { text += chunk.toString(); });
  const said = await vi.waitFor(() => JSON.parse(text) as Told, { timeout: 60_000, interval: 50 });
  const { OPERATOR_TOKEN: token } = JSON.parse(await readFile(join(dir, 'secrets.json'), 'utf8')) as { OPERATOR_TOKEN: string };
  return { child, ...said, token };
}

const isUp = (url: string) => fetch(url).then((reply) => reply.ok, () => false);
const clockOf = async ({ server, token }: Started) =>
  (await (await fetch(`${server}/v1/operations/clock`, { headers: { authorization: `Bearer ${token}` } })).json()) as { at: string; business_on: string };
const moveWorld = (sandbox: string, at: string) =>
  fetch(`${sandbox}/control/clock`, { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ at }) });

describe('mingdai start', () => {
  it('brings up database, outside world and server; the world moves the clock; one signal stops all', async () => {
    const started = await start();
    const { child, server, sandbox } = started;
    expect(await (await fetch(`${server}/health/ready`)).json()).toEqual({ status: 'ready', checks: { database: 'ok', migrations: 'ok', jobs: 'ok' } });
    expect(await isUp(`${server}/docs/`)).toBe(true);
    expect(await isUp(`${sandbox}/health/live`)).toBe(true);

    await moveWorld(sandbox, '2030-01-31T16:00:00.000Z');
    expect(await clockOf(started)).toEqual({ at: '2030-01-31T16:00:00.000Z', business_on: '2030-02-01' });

    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(await isUp(`${server}/health/live`)).toBe(false);
    expect(await isUp(`${sandbox}/health/live`)).toBe(false);
    expect(existsSync(join(dir, 'postgres', 'cluster', 'postmaster.pid'))).toBe(false);
  });

  it('killed hard, takes the outside world along, and goes on where it was when started again', async () => {
    const first = await start();
    const [database] = (await readFile(join(dir, 'postgres', 'cluster', 'postmaster.pid'), 'utf8')).split('\n');
    first.child.kill('SIGKILL');
    await once(first.child, 'exit');
    await vi.waitFor(async () => expect(await isUp(`${first.sandbox}/health/live`)).toBe(false), { timeout: 10_000 });
    expect(processName(Number(database))).not.toBeNull();

    const second = await start();
    expect((await clockOf(second)).business_on).toBe('2030-02-01');
    second.child.kill('SIGINT');
    expect(await once(second.child, 'exit')).toEqual([0, null]);
    expect(processName(Number(database))).toBeNull();
  });

  it('ends, and says so, when the outside world is gone', async () => {
    const { child, sandbox_pid: pid } = await start();
    process.kill(pid, 'SIGKILL');
    expect(await once(child, 'exit')).toEqual([1, null]);
  });
});

describe('the command line', () => {
  it('shows its commands, and each command its options', async () => {
    expect(await mingdai(['--help'])).toMatchObject({ code: 0, stdout: expect.stringContaining('start'), stderr: '' });
    expect(await mingdai(['start', '--help'])).toMatchObject({ code: 0, stdout: expect.stringContaining('--log-level'), stderr: '' });
  });

  it.each([[[]], [['fly']], [['start', '--fly']], [['start', 'now']], [['../cli']]])('asked wrongly (%j) ends with 2', async (args) => {
    expect((await mingdai(args)).code).toBe(2);
  });

  it('started by the Node of the machine, older perhaps, finds one that is new enough', async () => {
    const node = existsSync('/usr/bin/node') ? '/usr/bin/node' : process.execPath;
    expect(await mingdai(['--version'], node)).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
  });
});
