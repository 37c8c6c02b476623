import { spawn, type ChildProcess } from 'node:child_process';
import { openSync } from 'node:fs';
import { chmod, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createHmac } from 'node:crypto';
import { freePort } from '../platform/ports.ts';
import { apiClient, type ApiClient, type ApiReply } from './api-client.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const READY_WITHIN_MS = 90_000;
const LAST_WORDS = 1_000;

/** A whole platform of its own: the outside world and the server as two processes on loopback, with a folder and a database for nobody else. */
export type World = {
  /** The server as an anonymous caller and as its operator. */
  readonly api: ApiClient;
  readonly operator: ApiClient;
  readonly serverUrl: string;
  readonly sandboxUrl: string;
  /** The outside world's control. */
  readonly sandbox: ApiClient;
  /** A signed question to a provider, as the lender itself would ask it: the bank's statement. */
  askProvider(path: string): Promise<ApiReply>;
  /** Moves the outside world's clock, which tells the server. */
  moveClock(at: string): Promise<void>;
  /** Ends the server process; SIGKILL is a power cut. */
  stopServer(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  startServer(): Promise<void>;
  /** Ends everything; the folder stays. */
  close(): Promise<void>;
};

export type WorldOptions = {
  /** An empty folder: database, journal and logs go there. */
  readonly dataDir: string;
  readonly startsAt: string;
  /** A PostgreSQL to use instead of the embedded one. */
  readonly databaseUrl?: string | undefined;
  /** More of the server's environment, e.g. PROVIDER_TIMEOUT_MS. */
  readonly env?: Readonly<Record<string, string>>;
};

export const OPERATOR_TOKEN = 'operator-token-of-this-world';
export const PROVIDER_KEY = 'provider-key-of-this-world-0123456789';

export async function startWorld(options: WorldOptions): Promise<World> {
  await mkdir(options.dataDir, { recursive: true });
  // PostgreSQL will not run as root: its own user must be able to enter.
  await chmod(options.dataDir, 0o755);
  const [sandboxPort, serverPort] = [await freePort(), await freePort()];
  const sandboxUrl = `http://127.0.0.1:${sandboxPort}`;
  const serverUrl = `http://127.0.0.1:${serverPort}`;
  const sandbox = apiClient(sandboxUrl);
  const log = (name: string) => openSync(join(options.dataDir, `${name}.log`), 'a');
  const run = (file: string, args: readonly string[], name: string, env: Readonly<Record<string, string>>): ChildProcess =>
    spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(ROOT, file), ...args], {
      cwd: ROOT,
      env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '/', NODE_ENV: 'production', ...env },
      stdio: ['ignore', log(name), log(name)],
    });

  const outside = run('sandbox/src/main.ts', [], 'sandbox', {
    PORT: String(sandboxPort), PROVIDER_KEY, SANDBOX_DATA_DIR: join(options.dataDir, 'sandbox'), CALLBACK_URL: serverUrl,
  });
  await answers(`${sandboxUrl}/health/live`, outside, join(options.dataDir, 'sandbox.log'));
  await sandbox.put('/control/clock', { at: options.startsAt, running: false });

  let server: ChildProcess | undefined;
  const startServer = async (): Promise<void> => {
    server = run('server/src/main.ts', [], 'server', {
      ...serverEnv(sandboxUrl),
      PORT: String(serverPort),
      MINGDAI_DATA_DIR: options.dataDir,
      ...(options.databaseUrl === undefined ? {} : { DATABASE_URL: options.databaseUrl }),
      ...options.env,
    });
    await answers(`${serverUrl}/health/ready`, server, join(options.dataDir, 'server.log'));
  };
  const stopServer = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<void> => {
    if (server !== undefined) await ended(server, signal);
    server = undefined;
  };
  await startServer();
  await sandbox.post('/control/clock-listeners', { url: `${serverUrl}/v1/operations/clock`, token: OPERATOR_TOKEN }, 'listener');
  const moveClock = async (at: string): Promise<void> => {
    const reply = await sandbox.put('/control/clock', { at, running: false });
    const told = reply.body['told'] as readonly { status: number }[] | undefined;
    if (told === undefined || told.some(({ status }) => status !== 200)) throw new Error(`the clock was not moved to ${at}: ${JSON.stringify(reply.body)}`);
  };
  await moveClock(options.startsAt);
  return {
    api: apiClient(serverUrl),
    operator: apiClient(serverUrl, OPERATOR_TOKEN),
    askProvider: async (path) => {
      const reply = await fetch(`${sandboxUrl}${path}`, { headers: { 'x-signature': createHmac('sha256', PROVIDER_KEY).update(path).digest('hex') } });
      return { status: reply.status, body: (await reply.json()) as Record<string, unknown> };
    },
    serverUrl, sandboxUrl, sandbox, moveClock, startServer, stopServer,
    close: async () => {
      await stopServer('SIGTERM');
      await ended(outside, 'SIGTERM');
    },
  };
}

const serverEnv = (sandboxUrl: string): Record<string, string> => ({
  HOST: '127.0.0.1',
  CLOCK: 'told',
  LOG_LEVEL: 'warn',
  DAY_RUNS: 'operator',
  MINIMUM_READING_SECONDS: '0',
  ACCEPT_SYNTHETIC_IDS: 'yes',
  OPERATOR_TOKEN,
  PROVIDER_KEY,
  FIELD_KEY: '00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff',
  WECHAT_URL: `${sandboxUrl}/wechat`,
  BUREAU_URL: sandboxUrl,
  IDENTITY_URL: `${sandboxUrl}/identity`,
  BANK_URL: `${sandboxUrl}/bank`,
  SMS_URL: `${sandboxUrl}/sms`,
  FUNDER_URL: `${sandboxUrl}/funders`,
});

async function answers(url: string, child: ChildProcess, logFile: string): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`a process ended before it was ready; its last words, from ${logFile}:\n${(await readFile(logFile, 'utf8')).slice(-LAST_WORDS)}`);
    const reply = await fetch(url).catch(() => undefined);
    await reply?.body?.cancel();
    if (reply?.status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${url} was not ready within ${READY_WITHIN_MS / 1000} s; see ${logFile}`);
}

async function ended(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill(signal);
  await gone;
}
