import { join } from 'node:path';
import { businessDate } from '@mingdai/loan-math';
import { registerDayRuns } from './days.ts';
import { listenForNotices } from './notices.ts';
import type { RouteScope } from './platform/http.ts';
import { catalogRoutes, catalogSeed, createCatalog, seedCatalog } from './modules/catalog/index.ts';
import { createCompliance, HARD_STOP_PPM } from './modules/compliance/index.ts';
import { createCustomers, customersRoutes, identityGateway, registerCustomersJobs, smsGateway, wechatLogin } from './modules/customers/index.ts';
import { behaviourGateway, bureauGateway, createDecisioning, decisioningRoutes, weilidaiStrategy } from './modules/decisioning/index.ts';
import { createFunding, funderGateway, fundersSeed, fundingRoutes, seedFunders } from './modules/funding/index.ts';
import { createLedger, ledgerJobs, ledgerRoutes, sealingKeyFrom } from './modules/ledger/index.ts';
import { createOrigination, ORIGINATION_HEARS, originationRoutes, registerOriginationJobs } from './modules/origination/index.ts';
import { bankGateway, createPayments, paymentsRoutes, registerPaymentsJobs } from './modules/payments/index.ts';
import { createServicing, createStatements, PAYMENT_EVENTS, servicingRoutes, statementKeyFrom, statementRoutes } from './modules/servicing/index.ts';
import { readConfig, type Config } from './platform/config.ts';
import { clockRoutes } from './platform/http/clock-route.ts';
import { createHttp } from './platform/http.ts';
import { createLog, type Log } from './platform/log.ts';
import { createPlatform, type Platform } from './platform/platform.ts';
import { stopOnSignal } from './platform/signals.ts';

export const VERSION = '0.1.0';
const APPS = join(import.meta.dirname, '..', '..', 'apps');
/** From when the seed's lenders, products and funders are known. */
const SEEDED_ON = businessDate('2026-10-01');

/** The modules, each handed what it needs. What a module must know of another comes as a door or as news. */
export function createModules(platform: Pick<Platform, 'db' | 'funnel' | 'clock' | 'provider' | 'cipher'>, config: Pick<Config, 'dataDir' | 'acceptsSyntheticIds' | 'minimumReadingSeconds'>) {
  const { db, funnel, clock, provider } = platform;
  const ledger = createLedger({
    db, clock, sealingKey: sealingKeyFrom({ dataDir: config.dataDir }),
    entities: fundersSeed.map(({ code, name }) => ({ code, name: name.en, nameZh: name.zh, roles: ['funder'] })),
  });
  const compliance = createCompliance();
  const catalog = createCatalog({ db, funnel, compliance });
  const customers = createCustomers({
    db, funnel, clock, cipher: platform.cipher, wechat: wechatLogin(provider('wechat')), identity: identityGateway(provider('identity')), sms: smsGateway(provider('sms')),
    acceptsSyntheticIds: config.acceptsSyntheticIds,
  });
  const payments = createPayments({ db, funnel, clock, bank: bankGateway(provider('bank')) });
  const decisioning = createDecisioning({
    db, funnel, bureau: bureauGateway(provider('bureau')), behaviour: behaviourGateway(provider('bureau')), strategies: [weilidaiStrategy], priceCeilingPpm: HARD_STOP_PPM,
  });
  const funding = createFunding({ db, funnel, compliance, gateway: funderGateway(provider('funder')) });
  const servicing = createServicing({ db, funnel, clock, ledger, payments });
  const statements = createStatements({ db, funnel, clock, key: statementKeyFrom({ dataDir: config.dataDir }) });
  const origination = createOrigination({
    db, funnel, clock, catalog, compliance, customers, decisioning, funding, servicing, payments, minimumReadingSeconds: config.minimumReadingSeconds,
  });
  return { ledger, compliance, catalog, customers, payments, decisioning, funding, servicing, statements, origination };
}

export type Modules = ReturnType<typeof createModules>;

/** Who hears of what: news travels up, from payments to servicing, from servicing to origination, and out to borrowers. */
export function listen({ outbox, funnel }: Pick<Platform, 'outbox' | 'funnel'>, { servicing, origination, customers }: Modules): void {
  for (const type of PAYMENT_EVENTS) outbox.on(type, (event) => servicing.onPaymentEvent(event));
  for (const type of ORIGINATION_HEARS) outbox.on(type, (event) => origination.onEvent(event));
  listenForNotices(outbox, { funnel, customers, servicing });
}

function work({ jobs, clock }: Platform, modules: Modules, config: Config): void {
  ledgerJobs(jobs, modules.ledger, clock);
  registerPaymentsJobs(jobs, modules.payments);
  registerCustomersJobs(jobs, modules.customers);
  registerOriginationJobs(jobs, modules.origination);
  if (config.dayRuns === 'auto') registerDayRuns(jobs, { clock, servicing: modules.servicing });
}

function mount(http: RouteScope, { clock }: Platform, modules: Modules): void {
  clockRoutes(http, clock);
  customersRoutes(http, modules.customers);
  catalogRoutes(http, modules.catalog);
  originationRoutes(http, modules.origination);
  decisioningRoutes(http, modules.decisioning);
  servicingRoutes(http, modules);
  statementRoutes(http, modules);
  paymentsRoutes(http, modules.payments);
  fundingRoutes(http, modules.funding);
  ledgerRoutes(http, modules.ledger);
}

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
    await seedCatalog(modules.catalog, catalogSeed, SEEDED_ON);
    await seedFunders(platform, fundersSeed, SEEDED_ON);
    listen(platform, modules);
    work(platform, modules, config);
    const http = await createHttp({
      log, clock: platform.clock, metrics: platform.metrics, readiness: platform.readiness, version: VERSION,
      operatorToken: config.operatorToken, providerKey: config.providerKey,
      sessionOf: (token) => modules.customers.sessionOf(token),
      pages: join(APPS, 'borrower', 'dist'), verifyPage: join(APPS, 'verify', 'dist', 'index.html'),
    });
    mount(http, platform, modules);
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
