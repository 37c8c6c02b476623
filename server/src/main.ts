import { join } from 'node:path';
import { createLedger, sealingKeyFrom } from './modules/ledger/index.ts';
import { bankGateway, createPayments, registerPaymentsJobs } from './modules/payments/index.ts';
import { readConfig, type Config } from './platform/config.ts';
import { clockRoutes } from './platform/http/clock-route.ts';
import { createHttp } from './platform/http.ts';
import { createLog, type Log } from './platform/log.ts';
import { createPlatform, type Platform } from './platform/platform.ts';
import { stopOnSignal } from './platform/signals.ts';

export const VERSION = '0.1.0';

/** The modules, each handed what it needs. What a module must know of another comes as a door or as news. */
export function createModules(platform: Platform, config: Config) {
  const { db, funnel, clock, jobs } = platform;
  const ledger = createLedger({ db, clock, sealingKey: sealingKeyFrom({ dataDir: config.dataDir }) });
  const payments = createPayments({ db, funnel, clock, bank: bankGateway(platform.provider('bank')) });
  registerPaymentsJobs(jobs, payments);
  return { ledger, payments };
}

export type Modules = ReturnType<typeof createModules>;

export type Server = {
  readonly url: string;
  readonly platform: Platform;
  readonly modules: Modules;
  /** Takes no new request, ends those in hand, then jobs, then the database. */
  stop(): Promise<void>;
};

/** Brings up the whole server: database, modules, HTTP, jobs. Answers when it takes requests. */
export async function startServer(config: Config, log: Log = createLog(config.logLevel)): Promise<Server> {
  const platform = await createPlatform(config, log);
  try {
    const modules = createModules(platform, config);
    const http = await createHttp({
      log, clock: platform.clock, metrics: platform.metrics, readiness: platform.readiness, version: VERSION,
      operatorToken: config.operatorToken, providerKey: config.providerKey,
      sessionOf: async () => null,
      pages: join(import.meta.dirname, '..', '..', 'apps', 'borrower', 'dist'),
    });
    clockRoutes(http, platform.clock);
    await platform.jobs.start();
    const url = await http.listen({ host: config.host, port: config.port });
    log.info({ url, embedded: platform.database.isEmbedded, clock: config.clock }, 'listening');
    return {
      url, platform, modules,
      async stop() {
        await http.close();
        await platform.close();
      },
    };
  } catch (cause) {
    await platform.close();
    throw cause;
  }
}

if (import.meta.main) {
  try {
    const server = await startServer(readConfig(process.env));
    stopOnSignal(() => server.stop());
  } catch (cause) {
    process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}\n`);
    process.exitCode = 1;
  }
}
