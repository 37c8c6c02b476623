import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { instant } from '../kernel/instant.ts';
import { startServer, type Server } from '../main.ts';
import { readConfig, type Config } from '../platform/config.ts';
import type { Log } from '../platform/log.ts';
import { freePort, isFree } from '../platform/ports.ts';
import { Stop } from './command.ts';

export type LocalStack = {
  readonly server: Server;
  readonly config: Config;
  readonly sandboxUrl: string;
  readonly sandboxPid: number;
  /** Resolves with words when the outside world ends by itself. */
  readonly lost: Promise<string>;
  stop(): Promise<void>;
};

export type LocalStackOptions = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly log: (config: Config) => Log;
  /** false: the outside world is forgotten at the end. */
  readonly keepsWorld?: boolean;
};

const ROOT = join(import.meta.dirname, '..', '..', '..');
const SANDBOX_PORT = 8390;
const START_MS = 20_000;

/**
 * The whole of Mingdai on one machine: the outside world as a process of its own, and the server in this
 * one, with the world's clock. What the environment does not set is chosen: secrets are made once and kept in
 * the data folder, ports are the usual ones, or any free one where those are taken.
 */
export async function startLocalStack({ env, log, keepsWorld = true }: LocalStackOptions): Promise<LocalStack> {
  const dataDir = env['MINGDAI_DATA_DIR'] || join(ROOT, '.data');
  const secrets = await localSecrets(dataDir);
  const host = env['HOST'] || '127.0.0.1';
  const port = await choosePort(env['PORT'], 8300, host);
  const world = await startSandbox({ env, key: env['PROVIDER_KEY'] || secrets.PROVIDER_KEY, callbackUrl: `http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${port}`, dataDir: keepsWorld ? join(dataDir, 'sandbox') : null });
  try {
    const at = (path: string) => `${world.url}/${path}`;
    const config = readConfig({
      ...secrets, CLOCK: 'told', LOG_LEVEL: 'warn', ACCEPT_SYNTHETIC_IDS: 'yes',
      WECHAT_URL: at('wechat'), BUREAU_URL: world.url, IDENTITY_URL: at('identity'), BANK_URL: at('bank'), SMS_URL: at('sms'), FUNDER_URL: at('funders'),
      ...given(env), MINGDAI_DATA_DIR: dataDir, HOST: host, PORT: String(port),
    });
    const server = await startServer(config, log(config));
    if (config.clock === 'told') await shareClock(world.url, server, config);
    await inviteEverybody(world.url, server, config);
    return {
      server, config, sandboxUrl: world.url, sandboxPid: world.pid, lost: world.lost,
      async stop() {
        await server.stop();
        await world.stop();
      },
    };
  } catch (cause) {
    await world.stop();
    throw cause;
  }
}

const given = (env: LocalStackOptions['env']) => Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));

type Secrets = { readonly OPERATOR_TOKEN: string; readonly PROVIDER_KEY: string; readonly FIELD_KEY: string };

/** Made once and kept: what was encrypted yesterday must open today. */
async function localSecrets(dataDir: string): Promise<Secrets> {
  const path = join(dataDir, 'secrets.json');
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Secrets;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw new Stop(`${path} cannot be read: ${(cause as Error).message}`);
  }
  const made: Secrets = { OPERATOR_TOKEN: randomBytes(24).toString('hex'), PROVIDER_KEY: randomBytes(24).toString('hex'), FIELD_KEY: randomBytes(32).toString('hex') };
  try {
    if ((await mkdir(dataDir, { recursive: true })) !== undefined) await chmod(dataDir, 0o755);
    await writeFile(path, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600 });
  } catch (cause) {
    throw new Stop(`The data folder ${dataDir} cannot be written: ${(cause as Error).message}\nSet MINGDAI_DATA_DIR to a folder you may write.`);
  }
  return made;
}

/** A port that was asked for must be free; a usual one may be taken, then any will do. */
async function choosePort(asked: string | undefined, usual: number, host: string): Promise<number> {
  if (asked !== undefined && asked !== '' && asked !== '0') {
    const port = Number(asked);
    if (Number.isInteger(port) && port > 0 && port < 65_536 && !(await isFree(port, host))) throw new Stop(`Port ${port} on ${host} is taken by another program. Set PORT to another one, or to 0 for any.`);
    return port;
  }
  return asked !== '0' && (await isFree(usual, host)) ? usual : freePort(host);
}

type World = { readonly url: string; readonly pid: number; readonly lost: Promise<string>; stop(): Promise<void> };
type WorldOptions = { readonly env: LocalStackOptions['env']; readonly key: string; readonly callbackUrl: string; readonly dataDir: string | null };

async function startSandbox({ env, key, callbackUrl, dataDir }: WorldOptions): Promise<World> {
  const port = await choosePort(env['SANDBOX_PORT'], SANDBOX_PORT, '127.0.0.1');
  const settings = { PROVIDER_KEY: key, PORT: String(port), HOST: '127.0.0.1', CALLBACK_URL: callbackUrl, ...(dataDir === null ? {} : { SANDBOX_DATA_DIR: dataDir }) };
  // Its own process group: Ctrl-C reaches this process, which stops the world after the server.
  const preload = ['--import', pathToFileURL(join(import.meta.dirname, 'end-with-parent.ts')).href];
  const child = spawn(process.execPath, [...preload, join(ROOT, 'sandbox', 'src', 'main.ts')], { cwd: ROOT, detached: true, stdio: ['pipe', 'pipe', 'pipe'], env: { PATH: process.env['PATH'], ...settings } });
  process.once('exit', () => child.kill('SIGKILL'));
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => { errors = (errors + chunk.toString()).slice(-4_000); });
  const ended = new Promise<string>((resolve) => {
    child.once('error', (cause) => resolve(cause.message));
    child.once('exit', (code, signal) => resolve(`it ended (${signal ?? code})\n${errors}`.trim()));
  });
  const failed = ended.then((why) => { throw new Stop(`The outside world (sandbox) did not start: ${why}`); });
  const url = await Promise.race([firstLine(child), failed]);
  failed.catch(() => undefined);
  let isStopping = false;
  const lost = new Promise<string>((resolve) => void ended.then((why) => { if (!isStopping) resolve(`The outside world (sandbox) is gone: ${why}`); }));
  return { url, pid: child.pid!, lost, stop: () => { isStopping = true; return end(child, ended); } };
}

async function firstLine(child: ChildProcess): Promise<string> {
  const timer = setTimeout(() => child.kill('SIGKILL'), START_MS);
  for await (const line of createInterface({ input: child.stdout! })) {
    clearTimeout(timer);
    child.stdout!.resume();
    return (JSON.parse(line) as { sandbox: string }).sandbox;
  }
  return new Promise(() => undefined); // it ended: `failed` tells
}

async function end(child: ChildProcess, ended: Promise<string>): Promise<void> {
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await ended;
  clearTimeout(timer);
}

/** The persons of the outside world are on the lender's list (B1): a visitor can go all the way. Asked again, nothing changes. */
async function inviteEverybody(sandboxUrl: string, server: Server, config: Config): Promise<void> {
  const reply = await fetch(`${sandboxUrl}/control/persons`);
  const { persons } = (await reply.json()) as { readonly persons: readonly { readonly id_number_sha256: string }[] };
  const invited = await fetch(`${server.url}/v1/operations/invitations`, {
    method: 'POST', body: JSON.stringify({ id_numbers_sha256: persons.map((person) => person.id_number_sha256) }),
    headers: { 'content-type': 'application/json', authorization: `Bearer ${config.operatorToken}`, 'idempotency-key': `invite-${randomBytes(8).toString('hex')}` },
  });
  if (!invited.ok) throw new Stop(`The persons of the outside world could not be invited: HTTP ${invited.status}`);
}

/** The world's clock is the server's: now, and whenever it moves. A world that forgot is brought forward to what the server knows. */
async function shareClock(sandboxUrl: string, server: Server, config: Config): Promise<void> {
  const send = async (method: string, path: string, body?: object) => {
    const reply = await fetch(`${sandboxUrl}${path}`, { method, ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }) });
    if (!reply.ok) throw new Stop(`The outside world refused ${method} ${path}: ${reply.status}`);
    return (await reply.json()) as { at: string };
  };
  const { clock } = server.platform;
  await send('POST', '/control/clock-listeners', { url: `${server.url}/v1/operations/clock`, token: config.operatorToken });
  const told = await clock.tell(instant(Date.parse((await send('GET', '/control/clock')).at)));
  if (!told.ok && told.error.code === 'clock_backwards') await send('PUT', '/control/clock', { at: new Date(clock.now()).toISOString() });
}
