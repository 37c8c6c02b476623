import type { Scorecard } from '@mingdai/risk-math';

/** A scorecard as it is checked in and stored with a strategy: the card, and what it was fitted on. */
export type ScorecardArtefact = {
  readonly code: string;
  readonly version: number;
  readonly data: { readonly file: string; readonly sha256: string; readonly split_seed: string; readonly training_share: string };
  readonly card: Scorecard;
};
