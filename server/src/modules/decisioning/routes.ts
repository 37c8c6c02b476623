import { decisionPath, decisionReply, invitationsBody, invitationsReply } from '@mingdai/contract';
import { funnelStatus, presentFen, presentInstant, presentPpm, type RouteScope } from '../../platform/http.ts';
import type { Decision } from './domain/decision.ts';
import type { FunnelRefusal } from '../../platform/tx.ts';
import type { DecisioningError } from './errors.ts';
import type { Decisioning } from './service.ts';

const statusOf = { ...funnelStatus, decision_not_found: 404 } as const satisfies Record<(DecisioningError | FunnelRefusal)['code'], number>;

export function decisioningRoutes(http: RouteScope, decisioning: Decisioning): void {
  http.post('/v1/operations/invitations', {
    config: { access: 'operator' },
    schema: { summary: 'Invite people to products entered by invitation', body: invitationsBody, response: { 201: invitationsReply } },
  }, async (request, reply) => {
    const result = await decisioning.invite(request.body.id_numbers_sha256, request.by);
    if (!result.ok) return reply.problem(statusOf[result.error.code], result.error);
    return reply.code(201).send(result.value);
  });

  http.get('/v1/decisions/:id', {
    config: { access: 'borrower' },
    schema: { summary: 'A decision about me, with its reasons', params: decisionPath, response: { 200: decisionReply } },
  }, async (request, reply) => {
    const decision = await decisioning.findOf(request.actor.id, request.params.id);
    // The same answer for one that is not there and one that is somebody else's.
    if (decision === null) return reply.problem(statusOf.decision_not_found, { code: 'decision_not_found', id: request.params.id } satisfies DecisioningError);
    return reply.send(presentDecision(decision));
  });
}

/** A decision as its borrower may read it: the verdict, every reason, every rule that was asked, the points (DATA-012). */
export function presentDecision(decision: Decision) {
  const { price } = decision;
  return {
    id: decision.id,
    application_id: decision.applicationId,
    decided_at: presentInstant(decision.decidedAt),
    outcome: decision.outcome,
    limit_fen: decision.limitFen === null ? null : presentFen(decision.limitFen),
    price_ppm: decision.pricePpm === null ? null : presentPpm(decision.pricePpm),
    reasons: decision.reasons.map(({ code, kind, name, row, value, bound, sentence }) => ({ code, kind, name, row, value, bound, sentence })),
    price: price === null ? null : {
      range: { min_ppm: presentPpm(price.range.minPpm), max_ppm: presentPpm(price.range.maxPpm) },
      bad_ppm: presentPpm(price.badPpm),
      helped: price.helped.map(presentEffect),
      hurt: price.hurt.map(presentEffect),
      next_better: price.nextBetter === null ? null : { price_ppm: presentPpm(price.nextBetter.pricePpm), below_bad_ppm: presentPpm(price.nextBetter.belowBadPpm) },
      sentence: price.sentence,
    },
    score: { points: decision.score.score, bad_ppm: `${decision.score.badPpm}` },
    rules: decision.trace.map(({ table, row, answer }) => ({ rule: table, row, outcome: answer['outcome'] ?? null })),
    strategy: decision.strategy,
    evidence_hash: decision.evidenceHash,
  };
}

const presentEffect = ({ feature, value, bin, pointsLost, label }: { feature: string; value: string | null; bin: string; pointsLost: number; label: { zh: string; en: string } }) =>
  ({ feature, value, bin, points_lost: pointsLost, label });
