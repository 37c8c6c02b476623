import { addDays, businessDate, formatDate, type BusinessDate } from '@mingdai/loan-math';
import { inParallel, succeeded, type ApiReply } from '../../src/demo/api-client.ts';
import { seeded } from '../../src/demo/seeded.ts';
import type { World } from '../../src/demo/world.ts';
import { faultsOfBooks, statementLines } from '../stories/books.ts';
import { castMember, eventually, settleCast, visitor, type Visitor } from '../stories/cast.ts';

export type Simulation = { readonly seed: string; readonly days: number; readonly borrowers: number; readonly kills: number };
/** What happened, and everything that should not have. */
export type Outcome = { readonly faults: readonly string[]; readonly happened: Readonly<Record<string, number>> };

const STARTS_ON = businessDate('2026-10-08');
export const STARTS_AT = '2026-10-08T00:30:00Z';
const WIDTH = 4;
const SESSION_DAYS = 25;
const SETTLES_WITHIN_SECONDS = 90;

type Chance = ReturnType<typeof seeded>;
type Borrower = { readonly index: number; readonly appliesAfter: number; visitor: Visitor | null; signedInOn: BusinessDate | null };
type Run = { readonly world: World; readonly plan: Simulation; readonly borrowers: readonly Borrower[]; readonly happened: Record<string, number>; readonly faults: string[] };

/**
 * Months of business days under random trouble, all of it from one seed: providers that hang, lose replies, answer garbage,
 * change their minds late or say things twice; borrowers who pay early, late, too much or never; and power cuts.
 * After every day the trial balance must be zero. When the trouble ends everything must come to rest with all proofs holding,
 * nothing paid out twice, and the bank's statement equal to our book.
 */
export async function simulate(world: World, plan: Simulation): Promise<Outcome> {
  const indices = Array.from({ length: plan.borrowers }, (_, index) => index);
  await settleCast(world, indices.map(castMember));
  const borrowers = indices.map((index): Borrower => ({ index, appliesAfter: seeded(plan.seed, `applies/${index}`).between(0, Math.floor(plan.days / 3)), visitor: null, signedInOn: null }));
  const run: Run = { world, plan, borrowers, happened: {}, faults: [] };
  const killDays = new Set(Array.from({ length: plan.kills }, (_, at) => seeded(plan.seed, `kill/${at}`).between(0, plan.days - 1)));
  for (let day = 0; day < plan.days; day++) await playDay(run, day, killDays.has(day));
  return { faults: [...run.faults, ...(await atRest(run))], happened: run.happened };
}

const morningOf = (day: BusinessDate): string => `${formatDate(day)}T01:00:00Z`;
const count = ({ happened }: Run, what: string): void => void (happened[what] = (happened[what] ?? 0) + 1);

async function playDay(run: Run, day: number, isKilled: boolean): Promise<void> {
  const { world, plan, borrowers } = run;
  const on = addDays(STARTS_ON, day);
  await world.moveClock(morningOf(on));
  await trouble(run, seeded(plan.seed, `trouble/${day}`));
  const awake = borrowers.filter(({ appliesAfter }) => appliesAfter <= day);
  const living = inParallel(awake, WIDTH, (borrower) => live(run, borrower, on));
  if (isKilled) await cutThePower(run, day, living);
  await living;
  await debits(run, on);
  if (seeded(plan.seed, `close/${day}`).between(0, 3) > 0) await close(run, addDays(on, -1));
  const balance = succeeded('trial balance', await world.operator.get('/v1/operations/trial-balance'));
  if (balance['is_balanced'] !== true) run.faults.push(`${formatDate(on)}: the trial balance is not zero: ${JSON.stringify(balance).slice(0, 400)}`);
}

const TARGETS = ['bureau.reports', 'behaviour.reports', 'identity.checks', 'funders.decisions', 'sms.messages', 'bank.payouts', 'bank.payouts', 'bank.payouts.get', 'bank.debits', 'bank.debits', 'bank.debits', 'bank.debits.get'] as const;
const MODES = ['hang', 'drop_reply', 'http_500', 'garbage', 'refuse', 'duplicate_callback', 'processing_then_paid', 'processing_then_refused', 'late_return'] as const;

/** Up to three faults a day; a debit that comes back does so one to six days later. */
async function trouble(run: Run, chance: Chance): Promise<void> {
  for (let left = chance.between(0, 3); left > 0; left--) {
    const target = TARGETS[chance.between(0, TARGETS.length - 1)]!;
    const mode = MODES[chance.between(0, MODES.length - 1)]!;
    const comesBack = mode === 'late_return' && target === 'bank.debits';
    succeeded('fault', await run.world.sandbox.post('/control/faults', { target, mode, delay_ms: chance.between(50, 600), ...(comesBack ? { after_days: chance.between(1, 6) } : {}) }, 'fault'));
    count(run, `fault ${mode}`);
  }
}

/** Kills the server a few milliseconds into whatever it is doing; half of the time into a close of all days, too. */
async function cutThePower(run: Run, day: number, living: Promise<void>): Promise<void> {
  const { world, plan } = run;
  const chance = seeded(plan.seed, `cut/${day}`);
  const on = addDays(STARTS_ON, day);
  const busy = chance.between(0, 1) === 0 ? [] : [close(run, addDays(on, -1)), debits(run, on)];
  await new Promise((resolve) => setTimeout(resolve, chance.between(1, 120)));
  await world.stopServer('SIGKILL');
  await Promise.all([living, ...busy]);
  await world.startServer();
  count(run, 'power cut');
}

/** A call that may find nobody there: null, and another day will try again. */
async function attempt(run: Run, what: string, call: () => Promise<ApiReply>): Promise<ApiReply | null> {
  const reply = await call().catch(() => null);
  if (reply === null) count(run, `${what}: no answer`);
  else if (reply.status < 400) count(run, what);
  else count(run, `${what}: ${String(reply.body['code'])}`);
  if (reply?.status === 500) run.faults.push(`${what}: ${JSON.stringify(reply.body)}`);
  return reply;
}

async function debits(run: Run, on: BusinessDate): Promise<void> {
  await attempt(run, 'debit run', () => run.world.operator.post('/v1/operations/debit-runs', { on: formatDate(on) }, `debits/${on}/${run.happened['debit run'] ?? 0}`));
}

async function close(run: Run, through: BusinessDate): Promise<void> {
  await attempt(run, 'close', () => run.world.operator.post('/v1/operations/day-closes', { through: formatDate(through) }, `close/${through}/${run.happened['close'] ?? 0}`));
}

/** One day of one person: the next step of the application, or something about the loan. Keys are the day's own. */
async function live(run: Run, borrower: Borrower, on: BusinessDate): Promise<void> {
  const someone = await awake(run, borrower, on);
  if (someone === null) return;
  const listed = await attempt(run, 'look', () => someone.api.get('/v1/applications'));
  if (listed === null || listed.status !== 200) return;
  const { applications } = listed.body as { applications: readonly { id: string; status: string; loan_id: string | null }[] };
  const latest = applications[0];
  const chance = seeded(run.plan.seed, `day/${borrower.index}/${on}`);
  const key = `d${on}`;
  if (latest === undefined || (latest.status === 'closed' && applications.length < 3)) {
    const wish = { amountFen: BigInt(chance.between(5, 60)) * 100_000n, months: [6, 12, 24][chance.between(0, 2)]!, method: 'level_installment' };
    const isInterestFirst = wish.months < 24 && chance.between(0, 3) === 0;
    await attempt(run, 'apply', () => someone.apply(isInterestFirst ? { ...wish, method: 'interest_first' } : wish, key));
    return;
  }
  if (latest.status === 'offered') await attempt(run, 'identify', () => someone.identify(latest.id, key));
  if (latest.status === 'identified') await signIfSure(run, someone, { id: latest.id, key, chance });
  if (latest.status === 'completed') await serve(run, someone, { loanId: latest.loan_id!, key, chance });
}

async function awake(run: Run, borrower: Borrower, on: BusinessDate): Promise<Visitor | null> {
  const isFresh = borrower.visitor !== null && borrower.signedInOn !== null && on - borrower.signedInOn < SESSION_DAYS;
  if (isFresh) return borrower.visitor;
  try {
    const someone = await visitor(run.world, castMember(borrower.index), `v${on}`);
    await someone.consent();
    Object.assign(borrower, { visitor: someone, signedInOn: on });
    return someone;
  } catch {
    count(run, 'sign in: no answer');
    return null;
  }
}

/** Reads, confirms and signs; one in eight thinks better of it. */
async function signIfSure(run: Run, someone: Visitor, { id, key, chance }: { readonly id: string; readonly key: string; readonly chance: Chance }): Promise<void> {
  if (chance.between(0, 7) === 0) {
    await attempt(run, 'withdraw', () => someone.api.post(`/v1/applications/${id}/withdrawal`, {}, `${key}/withdraw`));
    return;
  }
  const opened = await attempt(run, 'open', () => someone.open(id, key));
  const hash = opened?.body['sheet_hash'];
  if (typeof hash !== 'string') return;
  await attempt(run, 'confirm', () => someone.confirm(id, hash, key));
  await attempt(run, 'sign', () => someone.sign(id, hash, key));
  if (chance.between(0, 2) === 0) await attempt(run, 'sign again', () => someone.sign(id, hash, key));
}

/** Something about a loan: mostly nothing; money earned, a payment by hand, too much by transfer, part ahead, or the end of it. */
async function serve(run: Run, someone: Visitor, { loanId, key, chance }: { readonly loanId: string; readonly key: string; readonly chance: Chance }): Promise<void> {
  const { world } = run;
  const amount = String(chance.between(1, 150_000));
  const repay = (purpose: string, fen: string) => attempt(run, purpose, () => someone.api.post(`/v1/loans/${loanId}/repayments`, { purpose, amount_fen: fen }, `${key}/${purpose}`));
  switch (chance.between(0, 19)) {
    case 0:
    case 1:
      await attempt(run, 'earn', () => world.sandbox.post(`/control/accounts/${someone.who.cardNumber}/deposits`, { amount_fen: amount }, 'earn'));
      return;
    case 2:
      await repay('due', amount);
      return;
    case 3:
      await attempt(run, 'transfer', () => world.sandbox.post('/control/transfers', { card_number: someone.who.cardNumber, amount_fen: amount, reference: loanId }, 'transfer'));
      return;
    case 4:
      await repay('prepay', amount);
      return;
    case 5: {
      const quote = await attempt(run, 'quote', () => someone.api.get(`/v1/loans/${loanId}/settlement-quote`));
      if (quote?.status === 200 && chance.between(0, 2) === 0) await repay('settle', String(quote.body['total_fen']));
      return;
    }
    case 6:
      await attempt(run, 'spend', () => world.sandbox.put(`/control/accounts/${someone.who.cardNumber}`, { balance_fen: '0' }));
      return;
    default:
  }
}

/** The trouble ends: what is open comes to an end, and everything must hold. */
async function atRest(run: Run): Promise<readonly string[]> {
  const { world, plan, borrowers } = run;
  const cleared = await fetch(`${world.sandboxUrl}/control/faults`, { method: 'DELETE' });
  await cleared.body?.cancel();
  await world.moveClock(morningOf(addDays(STARTS_ON, plan.days)));
  const open = await eventually(() => openEnds(world), (ends) => ends.length === 0, SETTLES_WITHIN_SECONDS);
  const everybody = await Promise.all(borrowers.map(({ index }) => visitor(world, castMember(index), 'end')));
  const left = await eventually(() => unfinished(world, everybody), (ends) => ends.length === 0, SETTLES_WITHIN_SECONDS);
  succeeded('close', await world.operator.post('/v1/operations/day-closes', { through: formatDate(addDays(STARTS_ON, plan.days - 1)) }, 'close/last'));
  const lines = await statementLines(world);
  for (const kind of ['payout', 'debit', 'debit_return', 'transfer_in']) run.happened[`bank: ${kind}`] = lines.filter((line) => line.kind === kind).length;
  const books = await eventually(() => faultsOfBooks(world), (faults) => faults.length === 0, SETTLES_WITHIN_SECONDS);
  return [...open, ...left, ...books];
}

async function openEnds(world: World): Promise<readonly string[]> {
  const { statuses } = succeeded('payments book', await world.operator.get('/v1/operations/payments-book?from=2026-01-01&to=2199-12-31')) as unknown as { statuses: readonly { kind: string; status: string; count: number }[] };
  const { waiting } = (await world.sandbox.get('/control/callbacks')).body;
  const payments = statuses.filter(({ status }) => ['requested', 'sent', 'unknown'].includes(status)).map(({ kind, status, count: many }) => `${many} ${kind} still ${status}`);
  return waiting === 0 ? payments : [...payments, `${String(waiting)} callbacks of the bank wait`];
}

/** What of an application or a loan has not come to its end, and whether all that was lent is what the report says. */
async function unfinished(world: World, everybody: readonly Visitor[]): Promise<readonly string[]> {
  const found: string[] = [];
  let lent = 0n;
  for (const { api } of everybody) {
    const { applications } = succeeded('applications', await api.get('/v1/applications')) as { applications: readonly { id: string; status: string }[] };
    found.push(...applications.filter(({ status }) => ['submitted', 'decided', 'signed'].includes(status)).map(({ id, status }) => `${id} is still ${status}`));
    const { loans } = succeeded('loans', await api.get('/v1/loans')) as { loans: readonly { id: string; status: string; principal_fen: string }[] };
    const signed = applications.filter(({ status }) => status === 'completed').length;
    const paidOut = loans.filter(({ status }) => status === 'active' || status === 'settled');
    if (signed !== paidOut.length) found.push(`${signed} applications were completed, ${paidOut.length} loans were paid out`);
    found.push(...loans.filter(({ status }) => status === 'awaiting_disbursement').map(({ id }) => `${id} still waits for its payout`));
    lent += paidOut.reduce((sum, { principal_fen }) => sum + BigInt(principal_fen), 0n);
  }
  const { disbursed_fen: disbursed } = succeeded('report', await world.operator.get('/v1/operations/report'));
  return disbursed === lent.toString() ? found : [...found, `loans of ${lent} fen were lent, the report says ${String(disbursed)}`];
}
