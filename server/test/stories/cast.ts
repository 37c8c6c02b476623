import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { succeeded, type ApiClient, type ApiReply } from '../../src/demo/api-client.ts';
import { signIn, type Applicant } from '../../src/demo/journey.ts';
import { startWorld, type World } from '../../src/demo/world.ts';

/** A world of a test's own in a folder that goes with it. `DATABASE_URL` is left alone: the world has its embedded database. */
export async function testWorld(startsAt: string, env: Readonly<Record<string, string>> = {}): Promise<World> {
  const dataDir = await mkdtemp(join(tmpdir(), 'mingdai-story-'));
  const world = await startWorld({ dataDir, startsAt, env });
  return {
    ...world,
    close: async () => {
      await world.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/**
 * Person number `index` of a cast: a steady file, so that everybody is approved at 9 % a year with 13.5 % when overdue.
 * ID numbers are of area 990000, which no authority assigns (ID-002); cards of the test range 62 (ID-003).
 */
export function castMember(index: number): Applicant {
  const idNumber = inventedId(index);
  return {
    openid: `cast${index}`, name: `${SURNAMES[index % SURNAMES.length]!}一${SURNAMES[Math.floor(index / SURNAMES.length) % SURNAMES.length]!}`, idNumber,
    phone: `1380000${String(index).padStart(4, '0')}`, cardNumber: inventedCard(index), faceTicket: `face-${idNumber}`,
  };
}

const SURNAMES = '赵钱孙李周吴郑王冯陈卫蒋沈韩杨朱';

/** Tells the outside world who lives in it and the lender whom to invite (B1). Their accounts are empty. */
export async function settleCast(world: World, cast: readonly Applicant[]): Promise<void> {
  const persons = cast.map((each) => ({
    openid: each.openid, name: each.name, id_number: each.idNumber, phone: each.phone, card_number: each.cardNumber, face_ticket: each.faceTicket, bureau: STEADY, behaviour: INCOME,
  }));
  succeeded('persons', await world.sandbox.post('/control/persons', { persons }, 'persons'));
  const hashes = cast.map(({ idNumber }) => createHash('sha256').update(idNumber).digest('hex'));
  succeeded('invitations', await world.operator.post('/v1/operations/invitations', { id_numbers_sha256: hashes }, `invitations/${hashes[0]}`));
}

const STEADY = {
  status: 'found',
  report: {
    delinquencies_24m: 0, enquiries_6m: 0, enquiries_12m: 1, finance_enquiries: 0, revolving_utilisation_permille: 210, overall_utilisation_permille: 350,
    accounts_overdue_now: 0, overdue_now_fen: '0', installment_loans_active: 1, installment_loans_opened_12m: 0, installment_loans_opened_24m: 1, installment_loans_ever: 6,
    installment_balance_fen: '3200000', installment_limit_fen: '12000000',
  },
} as const;
const INCOME = { status: 'found', report: { annual_income_fen: '24000000', income_years: 9, income_evidence: 'verified' } } as const;

/** The check character of ISO 7064 MOD 11-2 (ID-001). */
function inventedId(index: number): string {
  const first17 = `990000${1970 + (index % 30)}0${1 + (index % 9)}15${String(index).padStart(3, '0')}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  return first17 + '10X98765432'[weights.reduce((sum, weight, at) => sum + weight * Number(first17[at]), 0) % 11]!;
}

function inventedCard(index: number): string {
  const first15 = `628800${String(index).padStart(9, '0')}`;
  const sum = [...first15].reduce((total, digit, at) => {
    const counted = Number(digit) * (at % 2 === 0 ? 2 : 1);
    return total + (counted > 9 ? counted - 9 : counted);
  }, 0);
  return `${first15}${(10 - (sum % 10)) % 10}`;
}

const CONSENTS = [{ purpose: 'bureau_query', recipient: 'bureau' }, { purpose: 'identity_check', recipient: 'identity' }, { purpose: 'funder_share', recipient: 'funders' }] as const;

/** Somebody at the server's door, one call at a time: what a page would do, so that a test can stop between any two. */
export type Visitor = {
  readonly who: Applicant;
  readonly api: ApiClient;
  consent(): Promise<void>;
  apply(wish: { readonly amountFen: bigint; readonly months: number; readonly method: string }, key?: string): Promise<ApiReply>;
  identify(id: string, key?: string): Promise<ApiReply>;
  open(id: string, key?: string): Promise<ApiReply>;
  confirm(id: string, sheetHash: string, key?: string): Promise<ApiReply>;
  sign(id: string, sheetHash: string, key?: string): Promise<ApiReply>;
};

/** Signs somebody in. `visit` makes the login code and the keys of this visit its own. */
export async function visitor(world: World, who: Applicant, visit: string): Promise<Visitor> {
  const { api } = await signIn(world.api, who.openid, visit);
  const post = (path: string, body: unknown, key: string) => api.post(`/v1/applications${path}`, body, `${visit}/${key}`);
  return {
    who, api,
    consent: async () => {
      for (const each of CONSENTS) succeeded('consent', await api.post('/v1/consents', each, `${visit}/consent/${each.purpose}`));
    },
    apply: ({ amountFen, months, method }, key = 'apply') => post('', {
      product_code: 'weilidai', amount_fen: amountFen.toString(), months, method, purpose: 'travel', declared: { is_student: false },
      applicant: { name: who.name, id_number: who.idNumber, phone: who.phone },
    }, key),
    identify: (id, key = 'identify') => post(`/${id}/identity`, { card_number: who.cardNumber, face_ticket: who.faceTicket }, key),
    open: (id, key = 'open') => post(`/${id}/cost-sheet/openings`, {}, key),
    confirm: (id, sheetHash, key = 'confirm') => post(`/${id}/cost-sheet/confirmations`, { sheet_hash: sheetHash }, key),
    sign: (id, sheetHash, key = 'sign') => post(`/${id}/signature`, { sheet_hash: sheetHash, intent: 'I_AGREE' }, key),
  };
}

/** From the offer to a sheet that is opened and confirmed. Answers its hash: what is left is to sign. */
export async function readyToSign(someone: Visitor, id: string, key = 'ready'): Promise<string> {
  succeeded('identity', await someone.identify(id, `${key}/identify`));
  const hash = String(succeeded('sheet', await someone.open(id, `${key}/open`))['sheet_hash']);
  succeeded('confirmation', await someone.confirm(id, hash, `${key}/confirm`));
  return hash;
}

/** Everything from the consents to the money on the card. Answers the loan's id; the account is empty again, the money spent. */
export async function takeLoan(world: World, someone: Visitor, wish: { readonly amountFen: bigint; readonly months: number; readonly method: string }): Promise<{ readonly applicationId: string; readonly loanId: string; readonly sheetHash: string }> {
  await someone.consent();
  const applicationId = String(succeeded('application', await someone.apply(wish))['id']);
  const sheetHash = await readyToSign(someone, applicationId);
  const signed = succeeded('signature', await someone.sign(applicationId, sheetHash));
  if (signed['status'] !== 'completed') throw new Error(`the loan was not paid out: ${JSON.stringify(signed)}`);
  await setBalance(world, someone.who, 0n);
  return { applicationId, loanId: String(signed['loan_id']), sheetHash };
}

export async function setBalance(world: World, who: Applicant, fen: bigint): Promise<void> {
  succeeded('account', await world.sandbox.put(`/control/accounts/${who.cardNumber}`, { balance_fen: fen.toString() }));
}

/** Asks until the answer satisfies, for at most `seconds`; the last answer, whatever it is. */
export async function eventually<T>(ask: () => Promise<T>, satisfies: (answer: T) => boolean, seconds: number): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (satisfies(answer) || Date.now() > deadline) return answer;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
