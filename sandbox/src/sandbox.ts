import fastify, { type FastifyInstance } from 'fastify';
import { bank as openBank } from './bank.ts';
import { bureau } from './bureau.ts';
import { callbacks as openCallbacks } from './callbacks.ts';
import { controlRoutes, settle, tellListeners } from './control.ts';
import { funders } from './funders.ts';
import { identity } from './identity.ts';
import { fileJournal, memoryJournal } from './journal.ts';
import { page } from './page.ts';
import { sms } from './sms.ts';
import { wechat } from './wechat.ts';
import { keepRawBodies, mount, type CallLog } from './wire.ts';
import { openStore, type Change, type Store } from './world.ts';

export type SandboxConfig = {
  readonly providerKey: string;
  /** Absent: the world is forgotten when the process ends. */
  readonly dataDir: string | null;
  /** Where the bank's callbacks go: a full address, or the server's origin. */
  readonly callbackUrl: string | null;
};

export type Sandbox = { readonly app: FastifyInstance; readonly store: Store };

const BODY_MAX = 128 * 1024 * 1024;
const TICK_MS = 1_000;

/** The outside world, ready to listen. */
export function buildSandbox(config: SandboxConfig): Sandbox {
  const store = openStore(config.dataDir === null ? memoryJournal<Change>() : fileJournal<Change>(config.dataDir));
  const log: CallLog = { last: [], counts: new Map() };
  const callbacks = openCallbacks(store, { url: config.callbackUrl, key: config.providerKey });
  const bank = openBank(store, callbacks.tell);
  if (store.world.persons.size === 0) settle({ store, bank });

  const app = fastify({ bodyLimit: BODY_MAX, forceCloseConnections: true, routerOptions: { maxParamLength: 200 } });
  keepRawBodies(app);
  for (const endpoint of [...wechat(store), ...bureau(store), ...identity(store), ...bank.endpoints, ...sms(store), ...funders(store)]) {
    mount(app, { store, log, providerKey: config.providerKey }, endpoint);
  }
  controlRoutes(app, { store, bank, log, callbacks });
  app.get('/', (_, reply) => reply.type('text/html; charset=utf-8').send(page));
  app.get('/health/live', () => ({ status: 'live' }));

  bank.resume();
  callbacks.resume();
  const tick = setInterval(() => {
    if (!store.world.clock.running) return;
    bank.returnDue();
    if (store.world.listeners.size > 0) void tellListeners(store);
  }, TICK_MS).unref();
  app.addHook('onClose', async () => {
    clearInterval(tick);
    callbacks.stop();
    store.close();
  });
  return { app, store };
}
