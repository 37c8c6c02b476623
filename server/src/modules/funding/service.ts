import { assert, type BusinessDate, type FundingShare } from '@mingdai/loan-math';
import { system, type By } from '../../kernel/actor.ts';
import { derivedId } from '../../kernel/ids.ts';
import { dayOf, startOf } from '../../kernel/instant.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import type { Db, Funnel, FunnelRefusal } from '../../platform/tx.ts';
import { lenderFrom, mayLend, partyOf } from '../catalog/index.ts';
import { LENDER_TYPE_OF, type Compliance, type SheetParty } from '../compliance/index.ts';
import { wireFacts, type LoanFacts } from './domain/facts.ts';
import { funderFrom, type Funder, type FunderDocument } from './domain/funder.ts';
import { explain, planName, rankPlans, type Plan, type RouteRequest } from './domain/route.ts';
import type { FundingError, PassedOver } from './errors.ts';
import type { FunderAnswer, FunderGateway } from './gateway.ts';
import * as repository from './repository.ts';
import { quotaShard, type FunderDecision, type Quota, type Routing } from './repository.ts';

export type FundingDeps = { readonly db: Db; readonly funnel: Funnel; readonly compliance: Compliance; readonly gateway: FunderGateway };

/** What the funders of one attempt said, all together. */
export type FundersAnswer =
  | { readonly kind: 'all_yes'; readonly decisionIds: readonly string[] }
  | { readonly kind: 'veto'; readonly funders: readonly string[] }
  | { readonly kind: 'unknown'; readonly seen: string };

/** A loan that is funded: who takes how much, why them, and each one's own yes. */
export type Arranged = { readonly kind: 'funded'; readonly routing: Routing; readonly decisionIds: readonly string[] };
export type Arrangement = Arranged | { readonly kind: 'unknown'; readonly seen: string };

export interface Funding {
  /**
   * Chooses funders and holds their quota. Asked again for the same application it gives the same routing, unless one of its funders
   * is excluded now: then what was held is given back and the next attempt is made.
   */
  route(request: RouteRequest, excluded: readonly string[], by: By): Promise<Result<Routing, FundingError | FunnelRefusal>>;
  /** Asks each funder of a routing for its own decision and records it. Asks about what is unknown, never anew. */
  decide(routing: Routing, facts: LoanFacts, by: By): Promise<FundersAnswer>;
  /** Routes and asks until every funder said yes; a veto leaves that funder out and routes again. Safe to call any number of times. */
  arrange(request: RouteRequest, facts: LoanFacts, by: By): Promise<Result<Arrangement, FundingError | FunnelRefusal>>;
  /** Every funder of these shares has said yes to the last attempt (ILOAN-011): what signing asks. Names those who have not. */
  missingYes(shard: number, applicationId: string, shares: readonly FundingShare[]): Promise<readonly string[]>;
  decisionsOf(shard: number, applicationId: string): Promise<readonly FunderDecision[]>;
  /** The application ended without payout: what is held for it is given back. */
  release(applicationId: string, by: By): Promise<void>;
  /** The loan was paid out: what is held for it is lent. */
  markLent(applicationId: string, by: By): Promise<void>;
  funders(on: BusinessDate): Promise<readonly Funder[]>;
  quotas(funders: readonly Funder[]): Promise<readonly Quota[]>;
  /** Funders by code as a cost sheet names them (ILOAN-024). Throws InvariantError for a code nobody has. */
  parties(codes: readonly string[], on: BusinessDate): Promise<readonly SheetParty[]>;
}

export function createFunding(deps: FundingDeps): Funding {
  return {
    route: (request, excluded, by) => route(deps, { request, excluded, by }),
    decide: (routing, facts, by) => decide(deps, { routing, facts, by }),
    arrange: (request, facts, by) => arrange(deps, { request, facts, by }),
    missingYes: (shard, applicationId, shares) => missingYes(deps, { shard, applicationId, shares }),
    decisionsOf: (shard, applicationId) => repository.decisionsOf(deps.db, shard, applicationId),
    release: (applicationId, by) => settleAll(deps, { applicationId, state: 'released', throughAttempt: null, by }),
    markLent: (applicationId, by) => settleAll(deps, { applicationId, state: 'lent', throughAttempt: null, by }),
    funders: (on) => funders(deps, on),
    parties: (codes, on) => parties(deps, codes, on),
    quotas: (known) => repository.quotasOf(deps.db, known.map(({ lender }) => lender.code)),
  };
}

async function funders({ db }: FundingDeps, on: BusinessDate): Promise<readonly Funder[]> {
  return (await repository.fundersOn(db, on)).map(readFunder);
}

async function parties(deps: FundingDeps, codes: readonly string[], on: BusinessDate): Promise<readonly SheetParty[]> {
  const known = await funders(deps, on);
  return codes.map((code) => {
    const funder = known.find(({ lender }) => lender.code === code);
    assert(funder !== undefined, `a funder of a loan is known: ${code}`);
    return partyOf(funder.lender);
  });
}

const readFunder = (document: FunderDocument): Funder => funderFrom(document, lenderFrom(document, LENDER_TYPE_OF));

const SCOPE = 'consumer_loan_online';

type Routed = { readonly request: RouteRequest; readonly excluded: readonly string[]; readonly by: By };

async function route(deps: FundingDeps, { request, excluded, by }: Routed): Promise<Result<Routing, FundingError | FunnelRefusal>> {
  const { applicationId, shard } = request;
  const last = await repository.lastRouting(deps.db, shard, applicationId);
  if (last !== null && !last.shares.some(({ funder }) => excluded.includes(funder))) return ok(last);
  if (last !== null) await settleAll(deps, { applicationId, state: 'released', throughAttempt: last.attempt, by });
  const attempt = (last?.attempt ?? 0) + 1;

  const known = await funders(deps, request.on);
  const candidates = known.map((funder) => ({ funder, isLicensed: mayLend(funder.lender, SCOPE, request.on).ok }));
  const ranked = rankPlans(request, candidates, excluded);
  if (!ranked.ok) return ranked;
  const tried: PassedOver[] = [];
  for (const plan of ranked.value.plans) {
    const obstacle = await concentrationOf(deps, plan, { request, known }) ?? await holdPlan(deps, plan, { request, attempt, known, by });
    if (obstacle !== null) {
      tried.push(obstacle);
      continue;
    }
    const routing: Routing = { applicationId, shard, attempt, shares: plan.shares, explanation: explain(plan, tried, ranked.value.passedOver), excluded };
    return keepRouting(deps, routing, { plan, by });
  }
  return refuse({ code: 'no_funder', application_id: applicationId, passed_over: [...tried, ...ranked.value.passedOver] });
}

/** Of two that route one application at once, the first routing stands; what the other held for another plan is given back. */
async function keepRouting(deps: FundingDeps, routing: Routing, { plan, by }: { readonly plan: Plan; readonly by: By }): Promise<Result<Routing, FunnelRefusal>> {
  const { applicationId, shard, attempt } = routing;
  const command = { name: 'funding.route', key: `${applicationId}/${attempt}`, input: { applicationId, attempt }, actor: by.actor, at: by.at, shard };
  const done = await deps.funnel.run(command, async (tx) => {
    await repository.insertRouting(tx, routing, by.at);
    return ok(attempt);
  });
  if (!done.ok) return done;
  const kept = await repository.lastRouting(deps.db, shard, applicationId);
  assert(kept !== null, 'the routing was kept');
  if (planName(kept.shares) !== plan.name) await giveBack(deps, plan, { applicationId, attempt, by });
  return ok(kept);
}

type InRoute = { readonly request: RouteRequest; readonly known: readonly Funder[] };

/** The lead's limits of joint lending: 25 % of tier-1 capital with one partner, half of its loans with all (ILOAN-014, ILOAN-015). */
async function concentrationOf({ db, compliance }: FundingDeps, plan: Plan, { request, known }: InRoute): Promise<PassedOver | null> {
  const shares = compliance.checkShares(plan.shares, request.on);
  assert(shares.ok, `a plan is inside the limits of joint lending: ${plan.name}`);
  const partner = plan.shares.find(({ funder }) => funder !== request.lead);
  const books = known.find(({ lender }) => lender.code === request.lead)?.books;
  if (partner === undefined || books === undefined || books === null) return null;
  const quotas = await repository.quotasOf(db, known.filter(({ role }) => role === 'partner').map(({ lender }) => lender.code));
  const used = (all: readonly Quota[]): bigint => all.reduce((sum, { reserved, lent }) => sum + reserved + lent, 0n);
  const amount = request.amount;
  const exposure = { funder: partner.funder, balance: used(quotas.filter(({ funder }) => funder === partner.funder)) + amount, jointBalance: used(quotas) + amount, ...books };
  const checked = compliance.checkConcentration(exposure, request.on);
  return checked.ok ? null : { funder: partner.funder, why: 'concentration', rule: 'rule' in checked.error ? checked.error.rule : null };
}

type Holding = InRoute & { readonly attempt: number; readonly by: By };

/** Holds the quota of every funder of a plan, or of none. Answers who had too little. */
async function holdPlan(deps: FundingDeps, plan: Plan, { request, attempt, known, by }: Holding): Promise<PassedOver | null> {
  const { applicationId } = request;
  const rationed = plan.shares.map(({ funder }, index) => ({ funder, amount: plan.amounts[index]! })).filter(({ funder, amount }) => amount > 0n && known.find(({ lender }) => lender.code === funder)!.quota !== null);
  for (const { funder, amount } of rationed) {
    const id = reservationId({ applicationId, attempt }, plan, funder);
    const command = { name: 'funding.hold', key: id, input: { amount, plan: plan.name }, actor: by.actor, at: by.at, shard: quotaShard(funder) };
    const done = await deps.funnel.run<'held', FundingError>(command, async (tx) => {
      const isHeld = await repository.hold(tx, { id, funder, applicationId, attempt, amount }, by.at);
      return isHeld ? ok('held') : refuse({ code: 'quota_exhausted', funder, amount_fen: `${amount}` });
    });
    if (done.ok) continue;
    if (rationed.length > 1) await giveBack(deps, plan, { applicationId, attempt, by });
    return { funder, why: 'quota', rule: null };
  }
  return null;
}

type Attempt = { readonly applicationId: string; readonly attempt: number };
const reservationId = ({ applicationId, attempt }: Attempt, plan: Plan, funder: string): string => `${applicationId}/${attempt}/${plan.name}/${funder}`;

/** Gives back what one plan holds, and nothing that another plan of the same application holds. */
async function giveBack(deps: FundingDeps, plan: Plan, { applicationId, attempt, by }: Attempt & { readonly by: By }): Promise<void> {
  for (const { funder } of plan.shares) {
    const only = reservationId({ applicationId, attempt }, plan, funder);
    const command = { name: 'funding.give_back', key: only, input: { only }, actor: by.actor, at: by.at, shard: quotaShard(funder) };
    const done = await deps.funnel.run(command, async (tx) => ok(await repository.settle(tx, { funder, applicationId, state: 'released', throughAttempt: null, only }, by.at)));
    if (!done.ok) throw new Error(`the quota of ${funder} was not given back: ${done.error.code}`);
  }
}

type SettlingAll = { readonly applicationId: string; readonly state: 'lent' | 'released'; readonly throughAttempt: number | null; readonly by: By };

/** On each funder's own shard, one short transaction each; harmless when repeated, for only what is held moves. */
async function settleAll(deps: FundingDeps, { applicationId, state, throughAttempt, by }: SettlingAll): Promise<void> {
  for (const { lender, quota } of await funders(deps, dayOf(by.at))) {
    if (quota === null) continue;
    const command = { name: 'funding.settle', key: derivedId('req', by.key, applicationId, lender.code, state, `${throughAttempt}`), input: { applicationId, state, throughAttempt }, actor: by.actor, at: by.at, shard: quotaShard(lender.code) };
    const done = await deps.funnel.run(command, async (tx) => ok(await repository.settle(tx, { funder: lender.code, applicationId, state, throughAttempt }, by.at)));
    if (!done.ok) throw new Error(`the quota of ${lender.code} was not settled: ${done.error.code}`);
  }
}

type Deciding = { readonly routing: Routing; readonly facts: LoanFacts; readonly by: By };

async function decide(deps: FundingDeps, { routing, facts, by }: Deciding): Promise<FundersAnswer> {
  const before = (await repository.decisionsOf(deps.db, routing.shard, routing.applicationId)).filter(({ attempt }) => attempt === routing.attempt);
  const answers = await Promise.all(routing.shares.map(async (share) => {
    const kept = before.find(({ funder }) => funder === share.funder);
    return { share, answer: kept === undefined ? await askFunder(deps, share, { routing, facts, by }) : answerOf(kept) };
  }));
  const vetoes = answers.filter(({ answer }) => answer.kind === 'veto').map(({ share }) => share.funder);
  if (vetoes.length > 0) return { kind: 'veto', funders: vetoes };
  const unknown = answers.flatMap(({ share, answer }) => (answer.kind === 'unknown' ? [`${share.funder}: ${answer.seen}`] : []));
  if (unknown.length > 0) return { kind: 'unknown', seen: unknown.join('; ') };
  return { kind: 'all_yes', decisionIds: routing.shares.map(({ funder }) => decisionId(routing, funder)) };
}

const decisionId = ({ applicationId, attempt }: Routing, funder: string): string => derivedId('fdc', applicationId, `${attempt}`, funder);
const answerOf = ({ decision, reason }: FunderDecision): FunderAnswer => (decision === 'yes' ? { kind: 'yes' } : { kind: 'veto', reason: reason ?? 'none given' });

/** The question is written down before it leaves; one that may have left before is asked about, and sent again only when it was never seen. */
async function askFunder(deps: FundingDeps, { funder, sharePpm }: FundingShare, { routing, facts, by }: Deciding): Promise<FunderAnswer> {
  const { applicationId, shard, attempt } = routing;
  const id = decisionId(routing, funder);
  const question = { id, funder, facts: wireFacts(facts, sharePpm) };
  let isNew = false;
  const asking = { name: 'funding.ask_funder', key: id, input: { facts: question.facts }, actor: by.actor, at: by.at, shard };
  const written = await deps.funnel.run(asking, async (tx) => {
    await repository.insertQuestion(tx, { ...question, shard, applicationId, attempt }, by.at);
    isNew = true;
    return ok(id);
  });
  if (!written.ok) return { kind: 'unknown', seen: written.error.code };
  const before = isNew ? { kind: 'never_seen' as const } : await deps.gateway.ask(question);
  const answer = before.kind === 'never_seen' ? await deps.gateway.decide(question) : before;
  if (answer.kind === 'unknown') return answer;
  const recording = { name: 'funding.record_decision', key: id, input: { id }, actor: by.actor, at: by.at, shard };
  const recorded = await deps.funnel.run(recording, async (tx) => {
    const reason = answer.kind === 'veto' ? answer.reason : null;
    await repository.insertDecision(tx, { id, shard, applicationId, attempt, funder, sharePpm, decision: answer.kind, reason, decidedAt: by.at });
    tx.tell({ type: 'funder_decided', shard, subject: id, payload: { application_id: applicationId, funder, decision: answer.kind } });
    return ok(id);
  });
  return recorded.ok ? answer : { kind: 'unknown', seen: recorded.error.code };
}

type Arranging = { readonly request: RouteRequest; readonly facts: LoanFacts; readonly by: By };

async function arrange(deps: FundingDeps, { request, facts, by }: Arranging): Promise<Result<Arrangement, FundingError | FunnelRefusal>> {
  const excluded = new Set((await repository.decisionsOf(deps.db, request.shard, request.applicationId)).filter(({ decision }) => decision === 'veto').map(({ funder }) => funder));
  for (;;) {
    const routing = await route(deps, { request, excluded: [...excluded].sort(), by });
    if (!routing.ok) return routing;
    const answer = await decide(deps, { routing: routing.value, facts, by });
    if (answer.kind === 'unknown') return ok(answer);
    if (answer.kind === 'all_yes') return ok({ kind: 'funded', routing: routing.value, decisionIds: answer.decisionIds });
    for (const funder of answer.funders) excluded.add(funder);
  }
}

type Signing = { readonly shard: number; readonly applicationId: string; readonly shares: readonly FundingShare[] };

async function missingYes({ db }: FundingDeps, { shard, applicationId, shares }: Signing): Promise<readonly string[]> {
  const routing = await repository.lastRouting(db, shard, applicationId);
  const decisions = await repository.decisionsOf(db, shard, applicationId);
  const saidYes = ({ funder, sharePpm }: FundingShare): boolean =>
    decisions.some((each) => each.attempt === routing?.attempt && each.funder === funder && each.sharePpm === sharePpm && each.decision === 'yes');
  return shares.filter((share) => !saidYes(share)).map(({ funder }) => funder);
}

/** Brings a database to hold the funders and their quotas; what is there already is left alone. */
export async function seedFunders({ funnel }: Pick<FundingDeps, 'funnel'>, documents: readonly FunderDocument[], on: BusinessDate): Promise<void> {
  const at = startOf(on);
  for (const document of documents) {
    const { quota } = readFunder(document);
    const seeding = { name: 'funding.seed_funder', key: `${document.code}/${document.known_from}`, input: document, actor: system('seed'), at, shard: 0 };
    const done = await funnel.run(seeding, async (tx) => {
      const isNew = await repository.insertFunder(tx, document, at);
      if (isNew && quota !== null) await repository.setQuota(tx, document.code, quota);
      return ok(document.code);
    });
    if (!done.ok) throw new Error(`the seed's funder ${document.code} is not the one on record: ${JSON.stringify(done.error)}`);
  }
}
