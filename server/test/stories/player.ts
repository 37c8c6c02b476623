import { addDays, businessDate, formatDate, formatYuan, fen, parseYuan } from '@mingdai/loan-math';
import { succeeded, type ApiReply } from '../../src/demo/api-client.ts';
import type { World } from '../../src/demo/world.ts';
import { castMember, eventually, readyToSign, setBalance, visitor, type Visitor } from './cast.ts';
import { faultsOfBooks } from './books.ts';
import type { Step, Story } from './story.ts';

/** A story on its way: who plays in it, what they hold, and the first step that went otherwise. */
export type Play = { readonly name: string; readonly story: Story; readonly persons: Map<string, Role>; failure: string | null };
type Role = { readonly index: number; visitor: Visitor | null; visitedOn: string; applicationId: string; sheetHash: string; loanId: string };
type Seen = Readonly<Record<string, string>>;
type Stage = { readonly world: World; readonly play: Play; readonly step: Step };

const SOON_SECONDS = 45;

/** Plays several stories in one world, day by day in lock-step: each morning the clock moves and the days before are closed. */
export async function playAll(world: World, plays: readonly Play[]): Promise<void> {
  const days = [...new Set(plays.flatMap(({ story }) => story.steps.map(({ on }) => on)))].sort();
  for (const day of days) {
    await world.moveClock(`${day}T01:00:00Z`);
    const yesterday = formatDate(addDays(businessDate(day), -1));
    succeeded('close', await world.operator.post('/v1/operations/day-closes', { through: yesterday }, `close/${yesterday}`));
    for (const play of plays) {
      for (const step of play.story.steps) {
        if (step.on === day && play.failure === null) play.failure = await failureOf({ world, play, step });
      }
    }
  }
}

/** Plays a step and holds what was seen against what the story expects. `soon` waits for it. */
async function failureOf(stage: Stage): Promise<string | null> {
  const { step } = stage;
  const isSoon = step.words[0] === 'soon';
  const told = { ...stage, step: isSoon ? { ...step, words: step.words.slice(1) } : step };
  const look = async (): Promise<string | null> => {
    const seen = await play(told);
    const wrong = step.expected.filter(([name, value]) => seen[name] !== value).map(([name, value]) => `${name} is ${seen[name] ?? 'not told'}, not ${value}`);
    if (seen['refused'] !== undefined && !step.expected.some(([name]) => name === 'refused')) wrong.push(`refused: ${seen['refused']}`);
    return wrong.length === 0 ? null : `line ${step.line} (${step.text}): ${wrong.join('; ')}`;
  };
  try {
    return isSoon ? await eventually(look, (failure) => failure === null, SOON_SECONDS) : await look();
  } catch (cause) {
    return `line ${step.line} (${step.text}): ${cause instanceof Error ? cause.message : String(cause)}`;
  }
}

async function play(stage: Stage): Promise<Seen> {
  const { world, step } = stage;
  const [who = '', ...words] = step.words;
  if (`${who} ${words.join(' ')}` === 'check books') return { faults: (await faultsOfBooks(world)).join('; ') || 'none' };
  if (who === 'lender' && words[0] === 'collects') return collected(stage);
  if (who === 'bank') return bankWill(stage, words);
  const role = await roleOf(stage, who);
  const verb = words.join(' ').replace(/[\d.]+/g, '#');
  const act = acts[verb];
  if (act === undefined) throw new Error(`nobody knows how one "${verb}"`);
  return act(stage, role, words);
}

type Act = (stage: Stage, role: Role, words: readonly string[]) => Promise<Seen>;

const yuan = (text: string): bigint => parseYuan(text);
const wishOf = (words: readonly string[], method: string) => ({ amountFen: yuan(words[1]!), months: Number(words[3]), method });
function application(role: Role, reply: ApiReply): Seen {
  if (reply.status >= 400) return refusal(reply);
  const told = reply.body as { id: string; status: string; offer: Record<string, string> | null; decision: { outcome: string } | null; close_reason: string | null; loan_id: string | null; waiting_for: string | null };
  Object.assign(role, { applicationId: told.id, ...(told.loan_id === null ? {} : { loanId: told.loan_id }) });
  return {
    status: told.status, reason: told.close_reason ?? 'none', waiting: told.waiting_for ?? 'nobody', decision: told.decision?.outcome ?? 'none',
    rate: percent(told.offer?.['annual_rate_ppm']), overdue_rate: percent(told.offer?.['overdue_rate_ppm']),
  };
}
const percent = (ppm: string | undefined): string => (ppm === undefined ? 'none' : `${Number(ppm) / 10_000}%`);
const refusal = ({ status, body }: ApiReply): Seen => ({ refused: String(body['code']), http: String(status) });

/** The verbs of a story; `#` stands for a number. */
const acts: Readonly<Record<string, Act>> = {
  'agrees': async (_, role) => {
    await role.visitor!.consent();
    return {};
  },
  'applies # over # months': async (stage, role, words) => application(role, await role.visitor!.apply(wishOf(words, 'level_installment'), keyOf(stage))),
  'applies # over # months interest first': async (stage, role, words) => application(role, await role.visitor!.apply(wishOf(words, 'interest_first'), keyOf(stage))),
  'applies # over # months any time': async (stage, role, words) => application(role, await role.visitor!.apply(wishOf(words, 'any_time'), keyOf(stage))),
  'shows face and card': async (stage, role) => application(role, await role.visitor!.identify(role.applicationId, keyOf(stage))),
  'opens the sheet': async (stage, role) => {
    const reply = await role.visitor!.open(role.applicationId, keyOf(stage));
    if (reply.status >= 400) return refusal(reply);
    role.sheetHash = String(reply.body['sheet_hash']);
    const { annual_cost: cost } = reply.body['sheet'] as { annual_cost: Record<string, string> };
    return { all_in: percent(cost['all_in_ppm']), cap: percent(cost['cap_ppm']) };
  },
  'confirms the sheet': async (stage, role) => {
    const reply = await role.visitor!.confirm(role.applicationId, role.sheetHash, keyOf(stage));
    return reply.status >= 400 ? refusal(reply) : { confirmed: 'yes' };
  },
  'signs': async (stage, role) => application(role, await role.visitor!.sign(role.applicationId, role.sheetHash, keyOf(stage))),
  'goes through to the signature': async (stage, role) => {
    role.sheetHash = await readyToSign(role.visitor!, role.applicationId, keyOf(stage));
    return application(role, await role.visitor!.sign(role.applicationId, role.sheetHash, keyOf(stage)));
  },
  'withdraws': async (stage, role) => application(role, await role.visitor!.api.post(`/v1/applications/${role.applicationId}/withdrawal`, {}, keyOf(stage))),
  'asks about the application': async (_, role) => application(role, await role.visitor!.api.get(`/v1/applications/${role.applicationId}`)),
  'spends everything': async ({ world }, role) => {
    await setBalance(world, role.visitor!.who, 0n);
    return {};
  },
  'earns #': async ({ world }, role, words) => {
    const reply = await world.sandbox.post(`/control/accounts/${role.visitor!.who.cardNumber}/deposits`, { amount_fen: yuan(words[1]!).toString() }, 'earned');
    return { account: inYuan(reply.body['balance_fen']) };
  },
  'counts the account': async ({ world }, role) => ({ account: inYuan((await world.sandbox.get(`/control/accounts/${role.visitor!.who.cardNumber}`)).body['balance_fen']) }),
  'looks': async (_, role) => loanSeen(await role.visitor!.api.get(`/v1/loans/${role.loanId}`)),
  'looks at installment #': async (_, role, words) => installmentSeen(await role.visitor!.api.get(`/v1/loans/${role.loanId}`), Number(words[3])),
  'pays #': async (stage, role, words) => paid(await role.visitor!.api.post(`/v1/loans/${role.loanId}/repayments`, { purpose: 'due', amount_fen: yuan(words[1]!).toString() }, keyOf(stage))),
  'asks what ends it': async (_, role) => quoteSeen(await role.visitor!.api.get(`/v1/loans/${role.loanId}/settlement-quote`)),
  'settles with #': async (stage, role, words) => paid(await role.visitor!.api.post(`/v1/loans/${role.loanId}/repayments`, { purpose: 'settle', amount_fen: yuan(words[2]!).toString() }, keyOf(stage))),
  'transfers #': async ({ world }, role, words) => {
    const reply = await world.sandbox.post('/control/transfers', { card_number: role.visitor!.who.cardNumber, amount_fen: yuan(words[1]!).toString(), reference: role.loanId }, 'transfer');
    return reply.status >= 400 ? refusal(reply) : { transferred: 'yes' };
  },
};

/** One line of a story is one wish: said again (`soon`), it is the same wish. */
const keyOf = ({ step }: Stage): string => `line/${step.line}`;

const inYuan = (amount: unknown): string => formatYuan(fen(BigInt(String(amount))));
const paid = (reply: ApiReply): Seen => (reply.status >= 400 ? refusal(reply) : { payment: String(reply.body['status']) });

function loanSeen(reply: ApiReply): Seen {
  if (reply.status >= 400) return refusal(reply);
  const { due, ...loan } = reply.body as Record<string, unknown>;
  const parts = due as Record<string, unknown>;
  return {
    status: String(loan['status']), outstanding: inYuan(loan['principal_outstanding_fen']), due: inYuan(parts['total_fen']), due_interest: inYuan(parts['interest_fen']),
    due_principal: inYuan(parts['principal_fen']), due_penalty: inYuan(parts['penalty_fen']), days_past_due: String(loan['days_past_due']), bucket: String(loan['bucket']),
    to_refund: inYuan(loan['refund_owed_fen']), next_due: String(loan['next_due_on'] ?? 'none'),
  };
}

function installmentSeen(reply: ApiReply, number: number): Seen {
  const row = (succeeded('loan', reply)['installments'] as readonly Record<string, unknown>[]).find((each) => each['number'] === number);
  if (row === undefined) throw new Error(`there is no installment ${number}`);
  return {
    due_on: String(row['due_on']), total: inYuan(row['total_fen']), principal: inYuan(row['principal_fen']), interest: inYuan(row['interest_fen']), penalty: inYuan(row['penalty_fen']),
    balance: inYuan(row['balance_after_fen']), status: String(row['status']), paid_on: String(row['paid_on'] ?? 'none'),
  };
}

function quoteSeen(reply: ApiReply): Seen {
  if (reply.status >= 400) return refusal(reply);
  const { total_fen: total, principal_fen: principal, interest_fen: interest, penalty_fen: penalty } = reply.body;
  return { total: inYuan(total), principal: inYuan(principal), interest: inYuan(interest), penalty: inYuan(penalty) };
}

/** Whoever speaks on a day signs in that day: sessions do not last as long as loans. */
async function roleOf({ world, play: { persons }, step }: Stage, name: string): Promise<Role> {
  const role = persons.get(name);
  if (role === undefined) throw new Error(`nobody here is called ${name}`);
  if (role.visitedOn !== step.on) {
    role.visitor = await visitor(world, castMember(role.index), step.on.replaceAll('-', ''));
    role.visitedOn = step.on;
  }
  return role;
}

async function collected({ world, step, play: { name } }: Stage): Promise<Seen> {
  const run = succeeded('debit run', await world.operator.post('/v1/operations/debit-runs', { on: step.on }, `debits/${name}/${step.line}`));
  return { asked: String(run['asked']), asked_amount: inYuan(run['asked_fen']), settled: String(run['settled']), declined: String(run['refused']), open: String(run['open']) };
}

/** `bank will <mode> the next payout|debit [after 2 days]`: a fault of the outside world, used up by one order. */
async function bankWill({ world }: Stage, words: readonly string[]): Promise<Seen> {
  const [, mode, , , kind, , days] = words;
  const fault = { target: `bank.${kind}s`, mode, delay_ms: 1500, ...(days === undefined ? {} : { after_days: Number(days) }) };
  succeeded('fault', await world.sandbox.post('/control/faults', fault, 'fault'));
  return {};
}

/** A story ready to be played; its persons are numbered from `firstIndex`. */
export function playOf(name: string, story: Story, firstIndex: number): Play {
  const verbless = new Set(['check', 'lender', 'bank', 'soon']);
  const names = new Set(story.steps.flatMap(({ words }) => (words[0] === 'soon' ? words.slice(1, 2) : words.slice(0, 1))).filter((word) => !verbless.has(word)));
  const persons = [...names].map((person, at): [string, Role] => [person, { index: firstIndex + at, visitor: null, visitedOn: '', applicationId: '', sheetHash: '', loanId: '' }]);
  return { name, story, persons: new Map(persons), failure: null };
}
