import { assert, canonicalJson } from '@mingdai/loan-math';
import type { By } from '../../kernel/actor.ts';
import { digestOf } from '../../kernel/canonical.ts';
import { derivedId, shardOf } from '../../kernel/ids.ts';
import { ok, type Result } from '../../kernel/result.ts';
import type { Db, Funnel, FunnelRefusal } from '../../platform/tx.ts';
import { decide } from './domain/decide.ts';
import type { Decision } from './domain/decision.ts';
import { evidenceHash, type Evidence, type SourceEvidence } from './domain/evidence.ts';
import type { ApplicationFacts, DecidedFacts } from './domain/inputs.ts';
import { loadStrategy, type Strategy, type StrategyDocument } from './domain/strategy.ts';
import { licensedSuppliers, type BehaviourGateway, type BureauGateway, type ReportGateway, type ReportOutcome, type ReportRequest, type ReportSubject } from './report-gateway.ts';
import * as repository from './repository.ts';

export type DecisioningDeps = {
  readonly db: Db;
  readonly funnel: Funnel;
  readonly bureau: BureauGateway;
  readonly behaviour: BehaviourGateway;
  /** One for each product it may decide about. */
  readonly strategies: readonly StrategyDocument[];
  /** The cap on the nominal yearly price: no strategy with a dearer row is loaded (RATE-011). */
  readonly priceCeilingPpm: bigint;
};

/** About which application evidence is gathered, and under which consent and purpose (DATA-001). The caller has checked the consent. */
export type EvidenceRequest = { readonly applicationId: string; readonly customerId: string; readonly consentId: string; readonly purpose: string };
export type Gathered = { readonly kind: 'evidence'; readonly evidence: Evidence } | { readonly kind: 'unknown'; readonly seen: string };
export type Replay = { readonly same: boolean; readonly stored: string; readonly recomputed: string };
export type Invited = { readonly invited: number; readonly already: number };

export interface Decisioning {
  /**
   * Asks both sources and keeps one snapshot of what they said. Asked again for the same application, it gives the same snapshot; after
   * an unknown outcome it asks what became of the first question and never asks a new one.
   */
  gatherEvidence(subject: ReportSubject, request: EvidenceRequest, by: By): Promise<Gathered>;
  /** Decides and stores the decision whole. The same evidence again gives the stored decision. */
  decide(evidence: Evidence, facts: ApplicationFacts, by: By): Promise<Decision>;
  find(id: string): Promise<Decision | null>;
  /** A borrower's own decision; null for anybody else's. */
  findOf(customerId: string, id: string): Promise<Decision | null>;
  /** Makes a stored decision again from its stored evidence and strategy and compares every byte. Null when there is none. */
  replay(id: string): Promise<Replay | null>;
  /** Adds to the whitelist (B1): SHA-256 of ID numbers, lower-case hex. Refuses what the funnel refuses. */
  invite(idNumberHashes: readonly string[], by: By): Promise<Result<Invited, FunnelRefusal>>;
  isInvited(idNumberHash: string): Promise<boolean>;
}

/** Throws at start when a strategy does not prove, or a source is not licensed: better no decisions than wrong ones. */
export function createDecisioning(deps: DecisioningDeps): Decisioning {
  const strategies = deps.strategies.map((document) => proven(document, deps.priceCeilingPpm));
  for (const { source, supplier } of [deps.bureau, deps.behaviour]) {
    assert(licensedSuppliers.includes(supplier), `${source} data comes through a licensed bureau (DATA-006), not ${supplier}`);
  }
  const find = async (id: string): Promise<Decision | null> => (await repository.decision(deps.db, id))?.decision ?? null;
  return {
    gatherEvidence: (subject, request, by) => gatherEvidence(deps, { subject, request, by }),
    decide: (evidence, facts, by) => decideAndKeep(deps, strategyFor(strategies, facts.productCode), { evidence, facts, by }),
    find,
    findOf: async (customerId, id) => {
      const kept = await repository.decision(deps.db, id, shardOf(customerId));
      return kept?.decision.customerId === customerId ? kept.decision : null;
    },
    replay: (id) => replay(deps, id),
    invite: (hashes, by) => invite(deps, hashes, by),
    isInvited: (hash) => repository.isInvited(deps.db, hash),
  };
}

function proven(document: StrategyDocument, ceilingPpm: bigint): Strategy {
  const strategy = loadStrategy(document, ceilingPpm);
  if (!strategy.ok) throw new Error(`strategy ${document.code} version ${document.version} is refused: ${JSON.stringify(strategy.error)}`);
  return strategy.value;
}

function strategyFor(strategies: readonly Strategy[], productCode: string): Strategy {
  const strategy = strategies.find(({ product }) => product.code === productCode);
  assert(strategy !== undefined, `a strategy decides about ${productCode}`);
  return strategy;
}

type Asked = { readonly subject: ReportSubject; readonly request: EvidenceRequest; readonly by: By };

async function gatherEvidence(deps: DecisioningDeps, { subject, request, by }: Asked): Promise<Gathered> {
  const shard = shardOf(request.customerId);
  const id = derivedId('evd', request.applicationId);
  const kept = await repository.evidence(deps.db, shard, id);
  if (kept !== null) return { kind: 'evidence', evidence: kept };
  if (request.consentId === '' || request.purpose === '') return { kind: 'unknown', seen: 'no report without a consent and a purpose (DATA-001)' };

  const idOf = (source: string): string => derivedId('evd', request.applicationId, source);
  const requestFor = (source: string): ReportRequest => ({ reportId: idOf(source), subject, consentId: request.consentId, purpose: request.purpose });
  const recorded = await recordQuestion(deps, { id, shard, request, by });
  if (recorded.kind === 'unknown') return recorded;
  const [bureau, behaviour] = await Promise.all([
    answerOf(deps.bureau, requestFor('bureau'), recorded.isNew),
    answerOf(deps.behaviour, requestFor('behaviour'), recorded.isNew),
  ]);
  if (bureau.kind === 'unknown') return { kind: 'unknown', seen: `bureau: ${bureau.seen}` };
  if (behaviour.kind === 'unknown') return { kind: 'unknown', seen: `behaviour: ${behaviour.seen}` };

  const common = { consentId: request.consentId, purpose: request.purpose, obtainedAt: by.at };
  const evidence: Evidence = {
    id,
    shard,
    customerId: request.customerId,
    applicationId: request.applicationId,
    bureau: { ...common, ...sourceOf(deps.bureau, idOf('bureau'), bureau) },
    behaviour: { ...common, ...sourceOf(deps.behaviour, idOf('behaviour'), behaviour) },
  };
  const command = { name: 'decisioning.keep_evidence', key: id, input: { applicationId: request.applicationId }, actor: by.actor, at: by.at, shard };
  const done = await deps.funnel.run(command, async (tx) => {
    await repository.insertEvidence(tx, evidence, evidenceHash(evidence));
    return ok(id);
  });
  if (!done.ok) return { kind: 'unknown', seen: done.error.code };
  // Two that gathered at once both hold answers to the same questions; the one kept first is the snapshot.
  const snapshot = await repository.evidence(deps.db, shard, id);
  assert(snapshot !== null, 'the snapshot was kept');
  return { kind: 'evidence', evidence: snapshot };
}

type Question = { readonly id: string; readonly shard: number; readonly request: EvidenceRequest; readonly by: By };

/** Written down before the question leaves: who asked, under which consent, for which purpose (DATA-001). */
async function recordQuestion(deps: DecisioningDeps, { id, shard, request, by }: Question): Promise<{ readonly kind: 'recorded'; readonly isNew: boolean } | { readonly kind: 'unknown'; readonly seen: string }> {
  let isNew = false;
  const command = { name: 'decisioning.ask_reports', key: id, input: { applicationId: request.applicationId }, actor: by.actor, at: by.at, shard };
  const done = await deps.funnel.run(command, async (tx) => {
    for (const { source, supplier } of [deps.bureau, deps.behaviour]) {
      await repository.insertReportRequest(tx, { ...request, shard, id: derivedId('evd', request.applicationId, source), source, supplier, askedAt: by.at });
    }
    isNew = true;
    return ok(id);
  });
  return done.ok ? { kind: 'recorded', isNew } : { kind: 'unknown', seen: done.error.code };
}

/** A question that may have left before is asked about; only when the source never saw it does it leave (again), under the same id. */
async function answerOf<Report>(gateway: ReportGateway<Report>, request: ReportRequest, isNew: boolean): Promise<ReportOutcome<Report>> {
  if (isNew) return gateway.send(request);
  const before = await gateway.ask(request.reportId);
  return before.kind === 'never_seen' ? gateway.send(request) : before;
}

type Answered<Report> = Extract<ReportOutcome<Report>, { kind: 'report' }>;
const sourceOf = <Report>(
  { source, supplier }: ReportGateway<Report>,
  reportId: string,
  { status, report }: Answered<Report>,
): Pick<SourceEvidence<Report>, 'source' | 'supplier' | 'reportId' | 'status' | 'report' | 'hash'> => ({ source, supplier, reportId, status, report, hash: digestOf(report) });

type ToDecide = { readonly evidence: Evidence; readonly facts: ApplicationFacts; readonly by: By };

async function decideAndKeep(deps: DecisioningDeps, strategy: Strategy, { evidence, facts, by }: ToDecide): Promise<Decision> {
  assert(evidence.customerId === facts.customerId && evidence.applicationId === facts.applicationId, 'evidence and facts are about one application');
  const id = derivedId('dec', facts.applicationId, evidence.id);
  const kept = await repository.decision(deps.db, id, facts.shard);
  if (kept !== null) return kept.decision;

  const { idNumberHash, ...stated } = facts;
  const decidedFacts: DecidedFacts = { ...stated, isInvited: await repository.isInvited(deps.db, idNumberHash) };
  const decision = decide(evidence, decidedFacts, { id, decidedAt: by.at, strategy });
  let isNew = false;
  const command = { name: 'decisioning.decide', key: id, input: { applicationId: facts.applicationId, evidenceHash: decision.evidenceHash }, actor: by.actor, at: by.at, shard: facts.shard };
  const done = await deps.funnel.run(command, async (tx) => {
    await repository.insertStrategy(tx, facts.shard, strategy, by.at);
    await repository.insertDecision(tx, decision);
    tx.tell({ type: 'decision_made', shard: facts.shard, subject: id, payload: { application_id: facts.applicationId, outcome: decision.outcome } });
    isNew = true;
    return ok(id);
  });
  assert(done.ok, `the decision ${id} was kept`);
  if (isNew) return decision;
  const other = await repository.decision(deps.db, id, facts.shard);
  assert(other !== null, 'the decision made first is kept');
  return other.decision;
}

async function replay(deps: DecisioningDeps, id: string): Promise<Replay | null> {
  const kept = await repository.decision(deps.db, id);
  if (kept === null) return null;
  const { decision, document } = kept;
  const [evidence, strategyDocument] = await Promise.all([
    repository.evidence(deps.db, decision.shard, decision.evidenceId),
    repository.strategy(deps.db, decision.shard, decision.strategy.hash),
  ]);
  assert(evidence !== null && strategyDocument !== null, 'a decision is kept with its evidence and its strategy');
  // The ceiling of its day let this strategy through; today's may be lower, and is no part of what was decided.
  const strategy = proven(strategyDocument, BigInt(strategyDocument.product.price_max_ppm.replaceAll('_', '')));
  const recomputed = canonicalJson(decide(evidence, decision.facts, { id, decidedAt: decision.decidedAt, strategy }));
  return { same: recomputed === document, stored: document, recomputed };
}

const HASH = /^[0-9a-f]{64}$/;
const WHITELIST_SHARD = 0; // the command's own record; each invitation lies in the shard of its hash

function invite(deps: DecisioningDeps, hashes: readonly string[], by: By): Promise<Result<Invited, FunnelRefusal>> {
  assert(hashes.every((hash) => HASH.test(hash)), 'an invitation is the SHA-256 of an ID number, in lower-case hex');
  const distinct = [...new Set(hashes)].sort();
  const command = { name: 'decisioning.invite', key: by.key, input: { hashes: distinct }, actor: by.actor, at: by.at, shard: WHITELIST_SHARD };
  return deps.funnel.run<Invited, never>(command, async (tx) => {
    const invited = await repository.insertInvitations(tx, distinct, by);
    return ok({ invited, already: distinct.length - invited });
  });
}
