/** The door of decisioning: features, rules, scorecards and strategies; from evidence to a decision with reasons. */
export { behaviourGateway } from './adapters/behaviour/gateway.ts';
export { bureauGateway } from './adapters/bureau/gateway.ts';
export type { Decision, PriceExplanation, Reason } from './domain/decision.ts';
export { featureFields, featuresOf } from './domain/features.ts';
export { behaviourWireReport, bureauWireReport, reportsOfLendingClub, type BehaviourReport, type BureauReport, type Evidence, type LendingClubRow } from './domain/evidence.ts';
export type { ApplicationFacts, LenderType } from './domain/inputs.ts';
export type { ScorecardArtefact } from './domain/scorecard-artefact.ts';
export type { StrategyDocument } from './domain/strategy.ts';
export type { DecisioningError } from './errors.ts';
export type { BehaviourGateway, BureauGateway, ReportSubject } from './report-gateway.ts';
export { decisioningRoutes } from './routes.ts';
export { createDecisioning, type Decisioning, type DecisioningDeps, type EvidenceRequest, type Gathered } from './service.ts';
export { weilidaiStrategy } from './strategies.ts';
