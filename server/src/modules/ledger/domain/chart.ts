import { assert } from '@mingdai/loan-math';
import type { UnknownAccountReason } from '../errors.ts';
import { ACCOUNTS, CLEARING } from './accounts.ts';
import type { Posting } from './journal.ts';

export const ACCOUNT_KINDS = ['asset', 'liability', 'equity', 'income', 'expense', 'memorandum'] as const;
export type AccountKind = (typeof ACCOUNT_KINDS)[number];

export type Account = {
  readonly code: string;
  readonly name: string;
  readonly nameZh: string;
  readonly kind: AccountKind;
  /** The side on which its balance usually stands. */
  readonly normal: 'debit' | 'credit';
  /** The roles of the entities that may hold it. */
  readonly heldBy: readonly string[];
  /** Held once for each other entity, the counterparty's code after a colon: `1221:bank_b`. */
  readonly perCounterparty: boolean;
};

export type LegalEntity = { readonly code: string; readonly name: string; readonly nameZh: string; readonly roles: readonly string[] };

export type Chart = {
  readonly version: number;
  readonly accounts: ReadonlyMap<string, Account>;
  readonly entities: ReadonlyMap<string, LegalEntity>;
};

/** `chart.json` as it is written. */
export type ChartDocument = {
  readonly version: number;
  readonly roles: readonly string[];
  readonly entities: readonly { readonly code: string; readonly name: string; readonly name_zh: string; readonly roles: readonly string[] }[];
  readonly accounts: readonly AccountDocument[];
};
type AccountDocument = {
  readonly code: string;
  readonly name: string;
  readonly name_zh: string;
  readonly kind: string;
  readonly normal: string;
  readonly held_by: readonly string[];
  readonly per_counterparty?: boolean;
};

/**
 * The chart of accounts, checked. `more` adds the entities that other data names (the funders).
 *
 * Keeps   codes are unique; every account has both names, a kind, a side and a holder; every account that code names is there.
 * Throws  InvariantError naming the line that is wrong: a server with a wrong chart does not start.
 * Source  docs/specs/chart-of-accounts.md §1.
 */
export function chartOf(document: ChartDocument, more: readonly LegalEntity[] = []): Chart {
  const accounts = new Map<string, Account>();
  for (const line of document.accounts) {
    assert(!accounts.has(line.code), `an account is listed once: ${line.code}`);
    accounts.set(line.code, accountOf(line, document.roles));
  }
  for (const [name, code] of Object.entries({ ...ACCOUNTS, clearing: CLEARING })) assert(accounts.has(code), `the chart has account ${code} (${name})`);
  assert(accounts.get(CLEARING)!.perCounterparty, `account ${CLEARING} is held per counterparty`);

  const entities = new Map<string, LegalEntity>();
  const listed = document.entities.map(({ code, name, name_zh, roles }) => ({ code, name, nameZh: name_zh, roles }));
  for (const entity of [...listed, ...more]) {
    assert(/^[a-z][a-z0-9_]{1,31}$/.test(entity.code), `an entity's code is 2 to 32 of a–z, 0–9 and _: ${JSON.stringify(entity.code)}`);
    assert(entity.name !== '' && entity.nameZh !== '', `an entity has both names: ${entity.code}`);
    assert(entity.roles.length > 0 && entity.roles.every((role) => document.roles.includes(role)), `an entity's roles are in the chart: ${entity.code}`);
    const before = entities.get(entity.code);
    entities.set(entity.code, before === undefined ? entity : { ...before, roles: [...new Set([...before.roles, ...entity.roles])] });
  }
  return { version: document.version, accounts, entities };
}

/** Whether this entity may post to this account, and if not, why. Null when it may. */
export function whyNotPostable(chart: Chart, { entity, account }: Pick<Posting, 'entity' | 'account'>): UnknownAccountReason | null {
  const holder = chart.entities.get(entity);
  if (holder === undefined) return 'no_such_entity';
  const { code, counterparty } = partsOf(account);
  const line = chart.accounts.get(code);
  if (line === undefined || (counterparty !== null && !line.perCounterparty)) return 'no_such_account';
  if (line.perCounterparty) {
    if (counterparty === null) return 'counterparty_missing';
    if (counterparty === entity || !chart.entities.has(counterparty)) return 'no_such_counterparty';
  }
  return line.heldBy.some((role) => holder.roles.includes(role)) ? null : 'not_for_this_role';
}

/**
 * The line of the chart behind an account, the counterparty's suffix ignored. Throws InvariantError when there is none:
 * nothing is booked to an account the chart does not have, so whoever reads one back holds a damaged book.
 */
export function accountIn(chart: Chart, account: string): Account {
  const line = chart.accounts.get(partsOf(account).code);
  assert(line !== undefined, `the chart has account ${account}`);
  return line;
}

/**
 * States that memorandum postings balance among themselves for each entity, so that the balance sheet closes without them.
 *
 * Throws  InvariantError naming the entity.
 */
export function assertMemorandumApart(chart: Chart, postings: readonly Posting[]): void {
  const nets = new Map<string, bigint>();
  for (const { entity, account, netFen } of postings) {
    if (accountIn(chart, account).kind === 'memorandum') nets.set(entity, (nets.get(entity) ?? 0n) + netFen);
  }
  for (const [entity, net] of nets) assert(net === 0n, `memorandum postings balance among themselves for ${entity}`);
}

function accountOf(line: AccountDocument, roles: readonly string[]): Account {
  const { code, name, name_zh: nameZh, kind, normal, held_by: heldBy } = line;
  assert(/^\d{4}$/.test(code), `an account's code has four digits: ${JSON.stringify(code)}`);
  assert(name !== '' && nameZh !== '', `an account has both names: ${code}`);
  assert(isKind(kind), `an account is one of ${ACCOUNT_KINDS.join(', ')}: ${code}`);
  assert(normal === 'debit' || normal === 'credit', `an account's normal side is debit or credit: ${code}`);
  assert(heldBy.length > 0 && heldBy.every((role) => roles.includes(role)), `an account is held by roles of the chart: ${code}`);
  return { code, name, nameZh, kind, normal, heldBy, perCounterparty: line.per_counterparty ?? false };
}

const isKind = (text: string): text is AccountKind => (ACCOUNT_KINDS as readonly string[]).includes(text);

function partsOf(account: string): { readonly code: string; readonly counterparty: string | null } {
  const colon = account.indexOf(':');
  return colon === -1 ? { code: account, counterparty: null } : { code: account.slice(0, colon), counterparty: account.slice(colon + 1) };
}
