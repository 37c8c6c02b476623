import type { Score } from '@mingdai/risk-math';
import type { Instant } from '../../../kernel/instant.ts';
import type { DecidedFacts } from './inputs.ts';
import type { Sentence } from './wording.ts';

/** Why an application was declined or referred: always a named rule or feature, the value found, and the bound it met (DATA-012). */
export type Reason = {
  readonly code: string;
  readonly kind: 'rule' | 'feature';
  /** The table, or the scorecard's feature. */
  readonly name: string;
  /** The table's row, or the feature's bin. */
  readonly row: string | null;
  /** As text in the unit its column names; null when it was missing. */
  readonly value: string | null;
  readonly bound: string;
  readonly sentence: Sentence;
};

/** What one table was asked and answered. Every table of the strategy that was looked at leaves one, also when it passed. */
export type TraceEntry = {
  readonly table: string;
  readonly row: string | null;
  readonly inputs: readonly { readonly column: string; readonly value: string | null; readonly cell: string | null }[];
  readonly answer: Readonly<Record<string, string>>;
  /** Set when the table could not look. */
  readonly stopped: { readonly column: string; readonly why: string; readonly action: string } | null;
};

/** Why mine, and the whole range (D0): the personal price beside the lowest and highest anyone is given. */
export type PriceExplanation = {
  readonly pricePpm: bigint;
  readonly range: { readonly minPpm: bigint; readonly maxPpm: bigint };
  readonly badPpm: bigint;
  readonly row: string;
  /** The features that moved the score most, up and down; points lost are against the average of the training population. */
  readonly helped: readonly FeatureEffect[];
  readonly hurt: readonly FeatureEffect[];
  /** The next lower price and the probability of bad one would have to be below to get it; null at the lowest price. */
  readonly nextBetter: { readonly pricePpm: bigint; readonly belowBadPpm: bigint } | null;
  readonly sentence: Sentence;
};
export type FeatureEffect = { readonly feature: string; readonly value: string | null; readonly bin: string; readonly pointsLost: number; readonly label: Sentence };

/** How the limit came about: the smallest of these, rounded down to the step. Null: that one did not bind anybody here. */
export type LimitExplanation = { readonly row: string; readonly matrixFen: bigint; readonly affordableFen: bigint | null; readonly countedIncomeFen: bigint | null };

/** A decision as it is stored: whole, never edited, and made again bit for bit from the evidence, the facts and the strategy it names. */
export type Decision = {
  readonly id: string;
  readonly shard: number;
  readonly customerId: string;
  readonly applicationId: string;
  readonly decidedAt: Instant;
  readonly evidenceId: string;
  readonly evidenceHash: string;
  readonly strategy: { readonly code: string; readonly version: number; readonly hash: string };
  readonly facts: DecidedFacts;
  readonly score: Score;
  readonly trace: readonly TraceEntry[];
} & Verdict;

export type Verdict =
  | { readonly outcome: 'approve'; readonly limitFen: bigint; readonly pricePpm: bigint; readonly reasons: readonly []; readonly limit: LimitExplanation; readonly price: PriceExplanation }
  | { readonly outcome: 'decline' | 'refer'; readonly limitFen: null; readonly pricePpm: null; readonly reasons: readonly Reason[]; readonly limit: LimitExplanation | null; readonly price: null };
