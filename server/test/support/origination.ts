import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { businessDate } from '@mingdai/loan-math';
import { testDatabase, type TestDatabase } from './database.ts';
import type { By } from '../../src/kernel/actor.ts';
import { dayOf, instant, type Instant } from '../../src/kernel/instant.ts';
import { createModules, listen, type Modules } from '../../src/main.ts';
import { catalogSeed, seedCatalog } from '../../src/modules/catalog/index.ts';
import { fundersSeed, seedFunders, type FunderDocument } from '../../src/modules/funding/index.ts';
import type { ApplicationView } from '../../src/modules/origination/index.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { providerHttp } from '../../src/platform/provider-http.ts';
import { createFieldCipher } from '../../src/platform/secrets.ts';

/** Every module over a database of its own, and the outside world as a process of its own, at ten in the morning of 2026-10-08. */
export type OriginationHarness = {
  readonly database: TestDatabase;
  readonly modules: Modules;
  /** The time, for whoever asks: the server and the outside world alike. */
  now(): Instant;
  later(milliseconds: number): Promise<void>;
  /** A named caller's key, at this moment. */
  by(customerId: string, key?: string): By;
  /** Tells the outside world to fail: see sandbox/src/world.ts for the modes. */
  fault(fault: { readonly target: string; readonly mode: string; readonly match?: string; readonly times?: number }): Promise<void>;
  noFaults(): Promise<void>;
  /** A person of the outside world, signed in, invited, with every consent given. */
  person(changes?: PersonChanges): Promise<TestPerson>;
  close(): Promise<void>;
};

export type PersonChanges = {
  readonly area?: string;
  readonly isInvited?: boolean;
  readonly bureau?: { readonly status: string; readonly report: object };
  readonly behaviour?: { readonly status: string; readonly report: object };
  readonly consents?: readonly ('bureau_query' | 'identity_check' | 'funder_share')[];
};

export type TestPerson = {
  readonly customerId: string;
  readonly applicant: { readonly name: string; readonly idNumber: string; readonly phone: string };
  readonly cardNumber: string;
  readonly faceTicket: string;
};

export const DAY_MS = 86_400_000;
export const READING_SECONDS = 3;
const STARTS_AT = Date.UTC(2026, 9, 8, 2);
const KEY = 'provider-key-of-these-tests';

/** The lead with one partner that always gets the loan: who funds it is no matter of chance. */
export const leadAnd = (code: string): readonly FunderDocument[] =>
  fundersSeed.filter((each) => each.role === 'lead' || each.code === code).map((each) => (each.role === 'lead' ? { ...each, weight: 1 } : { ...each, weight: 1000 }));

export async function originationHarness(funders: readonly FunderDocument[] = leadAnd('example_net_bank')): Promise<OriginationHarness> {
  const database = await testDatabase();
  const { db, funnel, outbox } = database;
  const world = await outsideWorld();
  let now = instant(STARTS_AT);
  const clock = { ...systemClock(), now: () => now, today: () => dayOf(now) };
  const urls = { wechat: `${world.url}/wechat`, bureau: world.url, identity: `${world.url}/identity`, bank: `${world.url}/bank`, sms: `${world.url}/sms`, funder: `${world.url}/funders` };
  const modules = createModules(
    { db, funnel, clock, provider: (name) => providerHttp({ baseUrl: urls[name], key: KEY, timeoutMs: 400 }), cipher: createFieldCipher('ab'.repeat(32)) },
    { dataDir: mkdtempSync(join(tmpdir(), 'mingdai-origination-')), acceptsSyntheticIds: true, minimumReadingSeconds: READING_SECONDS });
  await seedCatalog(modules.catalog, catalogSeed, businessDate('2026-10-01'));
  await seedFunders({ funnel }, funders, businessDate('2026-10-01'));
  listen({ outbox, funnel }, modules);
  await world.control('PUT', 'clock', { at: now, running: false });
  let keys = 0;
  let persons = 0;
  const by = (customerId: string, key = `key-${++keys}`): By => ({ key: `${customerId}/${key}`, actor: { kind: 'borrower', id: customerId }, at: now });
  return {
    database, modules, by,
    now: () => now,
    async later(milliseconds) {
      now = instant(now + milliseconds);
      await world.control('PUT', 'clock', { at: now, running: false });
    },
    fault: (fault) => world.control('POST', 'faults', fault),
    noFaults: () => world.control('DELETE', 'faults'),
    async person(changes = {}) {
      const invented = personNumbered(++persons, changes);
      await world.control('POST', 'persons', { persons: [invented] });
      const { customers, decisioning } = modules;
      const signedIn = await customers.signIn(`code-${invented.openid}-1`, by('nobody'));
      if (!signedIn.ok) throw new Error(signedIn.error.code);
      const { customerId } = signedIn.value;
      for (const purpose of changes.consents ?? (['bureau_query', 'identity_check', 'funder_share'] as const)) {
        await customers.giveConsent(customerId, { purpose, recipient: 'whom it may concern' }, by(customerId));
      }
      if (changes.isInvited !== false) await decisioning.invite([createHash('sha256').update(invented.id_number).digest('hex')], by('operator'));
      return { customerId, applicant: { name: invented.name, idNumber: invented.id_number, phone: invented.phone }, cardNumber: invented.card_number, faceTicket: invented.face_ticket };
    },
    async close() {
      world.stop();
      await database.drop();
    },
  };
}

async function outsideWorld() {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../../../sandbox/src/main.ts')], { env: { PATH: process.env['PATH'], PORT: '0', PROVIDER_KEY: KEY }, stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await new Promise<string>((listening) => child.stdout.once('data', (line: Buffer) => listening((JSON.parse(line.toString()) as { sandbox: string }).sandbox)));
  return {
    url,
    stop: () => child.kill('SIGTERM'),
    async control(method: string, path: string, body?: unknown): Promise<void> {
      const reply = await fetch(`${url}/control/${path}`, { method, ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }) });
      if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${await reply.text()}`);
    },
  };
}

const BUREAU = {
  delinquencies_24m: 0, enquiries_6m: 0, enquiries_12m: 1, finance_enquiries: 0, revolving_utilisation_permille: 210, overall_utilisation_permille: 350,
  accounts_overdue_now: 0, overdue_now_fen: '0', installment_loans_active: 1, installment_loans_opened_12m: 0, installment_loans_opened_24m: 1, installment_loans_ever: 6,
  installment_balance_fen: '3200000', installment_limit_fen: '12000000',
};
/** A bureau's file of a steady payer, with something else in it. */
export const bureauFile = (changes: object) => ({ status: 'found', report: { ...BUREAU, ...changes } });
const INCOME = { annual_income_fen: '24000000', income_years: 9, income_evidence: 'verified' };

function personNumbered(number: number, { area = '990000', bureau = bureauFile({}), behaviour = { status: 'found', report: INCOME } }: PersonChanges) {
  const first17 = `${area}19880412${String(number).padStart(3, '0')}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const idNumber = `${first17}${'10X98765432'[[...first17].reduce((sum, digit, at) => sum + (digit.charCodeAt(0) - 48) * weights[at]!, 0) % 11]!}`;
  const first15 = `620001${String(number).padStart(9, '0')}`;
  const luhn = [...first15].reduce((sum, digit, at) => {
    const counted = (digit.charCodeAt(0) - 48) * (at % 2 === 0 ? 2 : 1);
    return sum + (counted > 9 ? counted - 9 : counted);
  }, 0);
  return {
    openid: `test${number}`, name: '李明华', id_number: idNumber, phone: `1380000${String(number).padStart(4, '0')}`,
    card_number: `${first15}${(10 - (luhn % 10)) % 10}`, face_ticket: `face-${idNumber}`, bureau, behaviour,
  };
}

/** Steps of one person on the way to a loan; each throws when it is refused, so that a test names only the refusals it is about. */
export function stepsOf({ modules: { origination }, by, later }: OriginationHarness, { customerId, applicant, cardNumber, faceTicket }: TestPerson) {
  const must = async <T>(answer: Promise<{ readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown }>): Promise<T> => {
    const result = await answer;
    if (!result.ok) throw new Error(JSON.stringify(result.error));
    return result.value;
  };
  const wish = { productCode: 'weilidai', request: { amountFen: 1_200_000n, months: 12, method: 'level_installment', purpose: 'travel', isStudent: false }, applicant } as const;
  const steps = {
    wish,
    apply: (key?: string): Promise<ApplicationView> => must(origination.submit(customerId, wish, by(customerId, key))),
    identify: (id: string, key?: string): Promise<ApplicationView> => must(origination.identify(customerId, id, { cardNumber, faceTicket, by: by(customerId, key) })),
    /** Opens the sheet, reads it for long enough, confirms it: its hash. */
    async read(id: string): Promise<string> {
      const { offer: { sheetHash } } = await must(origination.openSheet(customerId, id, by(customerId)));
      await later(READING_SECONDS * 1000);
      await must(origination.confirmSheet(customerId, id, { sheetHash, by: by(customerId) }));
      return sheetHash;
    },
    sign: (id: string, sheetHash: string, key?: string): Promise<ApplicationView> => must(origination.sign(customerId, id, { sheetHash, by: by(customerId, key) })),
    /** As far as the signature: the application, and the hash that was read. */
    async readyToSign(): Promise<{ readonly id: string; readonly sheetHash: string }> {
      const { app: { id } } = await steps.apply();
      await steps.identify(id);
      return { id, sheetHash: await steps.read(id) };
    },
  };
  return steps;
}
