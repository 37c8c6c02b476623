import type { StrategyDocument } from './domain/strategy.ts';
import type { ScorecardArtefact } from './domain/scorecard-artefact.ts';
import scorecard from './scorecard-lending-club.json' with { type: 'json' };
import weilidai from './strategy-weilidai.json' with { type: 'json' };

/** The strategies that ship with the system. README.md says why their figures are what they are. */
export const weilidaiStrategy: StrategyDocument = { ...(weilidai as unknown as Omit<StrategyDocument, 'scorecard'>), scorecard: scorecard as unknown as ScorecardArtefact };
