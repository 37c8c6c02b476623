import seed from './seed/funders.json' with { type: 'json' };
import type { FunderDocument } from './domain/funder.ts';

/** The door of funding: who puts money into a loan, within which limits, and each funder's own yes or veto. */
export { funderGateway } from './adapters/funder/gateway.ts';
export type { LoanFacts } from './domain/facts.ts';
export type { Funder, FunderDocument } from './domain/funder.ts';
export type { RouteRequest } from './domain/route.ts';
export type { FundingError, PassedOver } from './errors.ts';
export type { FunderAnswer, FunderGateway, FunderQuestion } from './gateway.ts';
export type { FunderDecision, Quota, Routing } from './repository.ts';
export { fundingRoutes } from './routes.ts';
export { createFunding, seedFunders, type Arranged, type Arrangement, type FundersAnswer, type Funding, type FundingDeps } from './service.ts';

/** The funders this release comes with: webank, and partners that do not exist. */
export const fundersSeed: readonly FunderDocument[] = seed.funders;
