import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { fitScorecard, splitRows, type RawColumn, type ScorecardRecipe, type Split } from '@mingdai/risk-math';
import { parse } from 'csv-parse/sync';
import { featureFields, featuresOf, reportsOfLendingClub, type LendingClubRow, type ScorecardArtefact } from '../modules/decisioning/index.ts';

const SAMPLE = fileURLToPath(new URL('../../../data/lending-club/lending_club_sample.csv.gz', import.meta.url));

/** The sample checked in with the project, and the SHA-256 of its compressed file. */
export type LendingClubSample = { readonly rows: readonly LendingClubRow[]; readonly sha256: string };

export function readLendingClub(): LendingClubSample {
  const file = readFileSync(SAMPLE);
  return { rows: parse(gunzipSync(file), { columns: true }) as LendingClubRow[], sha256: createHash('sha256').update(file).digest('hex') };
}

/** Decides which rows are for fitting and which are held out; named once, before the first fit on it. */
export const SPLIT_SEED = 'mingdai/lending-club/1';
export const splitOf = (sample: LendingClubSample): Split => splitRows(SPLIT_SEED, sample.rows.length, 0.5);

/** The evidence columns of some rows, as the scorecard is shown them, and who turned out bad. */
export function trainingTable(sample: LendingClubSample, rows: readonly number[]): { readonly columns: readonly RawColumn[]; readonly isBad: readonly boolean[] } {
  const values = rows.map((row) => featuresOf(reportsOfLendingClub(sample.rows[row]!)));
  const columns = featureFields.map(({ feature }) => ({ name: feature, kind: 'numeric', values: values.map((one) => one[feature] ?? null) }) as RawColumn);
  return { columns, isBad: rows.map((row) => sample.rows[row]!['Class'] === 'bad') };
}

/** How the scorecard is fitted: few, large bins that follow business sense. The reasons are in docs/specs/scorecard.md §5. */
export const recipe: ScorecardRecipe = {
  binning: { binsMax: 5, shareMin: 0.08, badsMin: 12, binCost: 2, preBins: 40 },
  ridge: 20,
  scale: { pointsToDouble: 50, baseScore: 600, baseOdds: 20 },
  trends: {
    delinquencies_24m: 'up',
    enquiries_6m: 'up',
    enquiries_12m: 'up',
    finance_enquiries: 'up',
    revolving_utilisation_permille: 'up',
    overall_utilisation_permille: 'up',
    accounts_overdue_now: 'up',
    overdue_now_yuan: 'up',
    installment_loans_opened_12m: 'up',
    installment_loans_opened_24m: 'up',
    installment_limit_yuan: 'down',
    annual_income_yuan: 'down',
    income_years: 'down',
  },
};

/** The artefact that decides: fitted on the training half, with the digest of the data it was fitted on. The same data give the same bytes. */
export function fitArtefact(sample: LendingClubSample): ScorecardArtefact {
  const { columns, isBad } = trainingTable(sample, splitOf(sample).training);
  return {
    code: 'lending-club',
    version: 1,
    data: { file: 'data/lending-club/lending_club_sample.csv.gz', sha256: sample.sha256, split_seed: SPLIT_SEED, training_share: '1/2' },
    card: fitScorecard(columns, isBad, recipe),
  };
}

/** The artefact's file: one feature a line, so that a change can be read in a diff. */
export function artefactText(artefact: ScorecardArtefact): string {
  const { features, badPpmByScore, ...card } = artefact.card;
  const lines = features.map((feature) => `    ${JSON.stringify(feature)}`).join(',\n');
  const head = JSON.stringify({ ...artefact, card: undefined }).slice(0, -1);
  const rest = JSON.stringify(card).slice(1);
  return `${head},\n"card": {\n  "features": [\n${lines}\n  ],\n  "badPpmByScore": ${JSON.stringify(badPpmByScore)},\n  ${rest}}\n`;
}
