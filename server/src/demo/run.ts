import { addDays, addMonths, businessDate, formatDate, type BusinessDate } from '@mingdai/loan-math';
import { inParallel, succeeded } from './api-client.ts';
import { castOf, isInvited, purposeOf, type DemoApplicant } from './cast.ts';
import { actsOf, duesOf, endDay, playActs, type Act, type DemoLoan } from './days.ts';
import { applyThroughStages } from './journey.ts';
import type { Progress } from './progress.ts';
import { gather, type DemoReport } from './report.ts';
import type { World } from './world.ts';

export type DemoOptions = {
  readonly seed: string;
  readonly applicants: number;
  /** How many months of business days pass. */
  readonly months: number;
  /** How many people act at once. It changes nothing in the report. */
  readonly width?: number;
  readonly progress: Progress;
};

export const STARTS_ON = businessDate('2026-10-08');
/** Nine o'clock in Beijing on the first day. */
export const STARTS_AT = '2026-10-08T01:00:00Z';
const WIDTH = 8;
const LOAD_AT_ONCE = 500;

/**
 * A lender's first year: real applicants apply over HTTP, are decided on, sign, are paid, repay and fall behind, while the
 * business days pass on the virtual clock.
 *
 * Keeps   the same seed gives the same report to the fen: nothing is decided by the machine's time or by who came first.
 */
export async function runDemo(world: World, options: DemoOptions): Promise<DemoReport> {
  const { seed, months, width = WIDTH, progress } = options;
  const applicants = castOf(options);
  await loadPeople(world, applicants);
  const byDay = Map.groupBy(applicants, ({ plan }) => addDays(STARTS_ON, plan.appliesAfterDays));
  const acts = new Map<BusinessDate, Act[]>();
  const loans: DemoLoan[] = [];
  const lastDay = addDays(addMonths(STARTS_ON, months), -1);
  const unbalanced: string[] = [];
  for (let day = STARTS_ON; day <= lastDay; day = addDays(day, 1)) {
    progress.step(day - STARTS_ON, lastDay - STARTS_ON + 1, `${formatDate(day)}  ${loans.length} loans`);
    const fresh = await applyOn(world, byDay.get(day) ?? [], width);
    for (const loan of fresh) {
      loans.push(loan);
      for (const { on, act } of actsOf(loan)) acts.set(on, [...(acts.get(on) ?? []), act]);
    }
    await playActs(world, acts.get(day) ?? [], { on: day, width });
    await endDay(world, day);
    if (!(await isBalanced(world))) unbalanced.push(formatDate(day));
  }
  progress.step(1, 1, 'proving');
  return gather(world, { seed, applicants, loans, from: STARTS_ON, lastDay, unbalanced, daysClosed: lastDay - STARTS_ON + 1 });
}

/** Tells the outside world who lives in it, and the lender whom to invite (B1). */
async function loadPeople(world: World, applicants: readonly DemoApplicant[]): Promise<void> {
  for (let from = 0; from < applicants.length; from += LOAD_AT_ONCE) {
    const some = applicants.slice(from, from + LOAD_AT_ONCE);
    succeeded('persons', await world.sandbox.post('/control/persons', { persons: some.map(({ who }) => who.person) }, `persons/${from}`));
    const invited = some.filter(isInvited).map(({ who }) => who.idNumberHash);
    if (invited.length > 0) succeeded('invitations', await world.operator.post('/v1/operations/invitations', { id_numbers_sha256: invited }, `invitations/${from}`));
  }
}

/** Everybody who applies on a day, at once; the loans that came of it. */
async function applyOn(world: World, applicants: readonly DemoApplicant[], width: number): Promise<readonly DemoLoan[]> {
  const loans: DemoLoan[] = [];
  await inParallel(applicants, width, async (applicant) => {
    const { who, plan } = applicant;
    const { person } = who;
    applicant.ended = await applyThroughStages(world.api, {
      openid: person.openid, name: person.name, idNumber: person.id_number, phone: person.phone, cardNumber: person.card_number, faceTicket: person.face_ticket,
    }, {
      productCode: 'weilidai', amountFen: who.requestedFen, months: who.months, method: plan.method, purpose: purposeOf(applicant),
    }, { letsOfferExpire: plan.letsOfferExpire, cardNumber: plan.mistypesCard ? applicants.find((other) => other !== applicant)?.who.person.card_number ?? person.card_number : person.card_number });
    if (applicant.ended.end !== 'application' || applicant.ended.application['status'] !== 'completed') return;
    const session = applicant.ended.session;
    const loanId = String(applicant.ended.application['loan_id']);
    // The money is spent at once: what is repaid later is earned later.
    succeeded('account', await world.sandbox.put(`/control/accounts/${person.card_number}`, { balance_fen: '0' }));
    loans.push({ loanId, cardNumber: person.card_number, behaviour: plan.behaviour, openid: person.openid, dues: await duesOf(session, loanId) });
  });
  return loans.sort((a, b) => (a.cardNumber < b.cardNumber ? -1 : 1));
}

async function isBalanced(world: World): Promise<boolean> {
  const balance = succeeded('trial balance', await world.operator.get('/v1/operations/trial-balance'));
  return balance['is_balanced'] === true;
}
