import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { fitPlainLogistic, fitScorecard, plainLogisticRisk, scoreOf, separation, splitRows, type FeatureValue, type RawColumn, type Scorecard, type Separation } from '@mingdai/risk-math';
import { parse } from 'csv-parse/sync';
import { weilidaiStrategy } from '../modules/decisioning/index.ts';
import { readLendingClub, recipe, splitOf, trainingTable } from './fit-scorecard.ts';

export type ScoreComparison = {
  readonly data: string;
  readonly trainingRows: number;
  readonly heldOutRows: number;
  readonly heldOutBads: number;
  /** Our scorecard in whole points, and the plain logistic fit on the same columns: both fitted on the training half, measured on the other. */
  readonly ours: Separation;
  readonly plain: Separation;
  readonly columns: readonly string[];
};
export type ScoreReport = { readonly compared: readonly ScoreComparison[]; readonly absent: readonly string[] };

/**
 * How well the scorecard parts bad from good on rows it never saw, beside an ordinary logistic regression on the same columns.
 * The LendingClub line measures the very artefact that decides. With `dataDir` (MINGDAI_DATA) the Taiwan and German sets are added;
 * which files are absent is part of the answer.
 *
 * Source  docs/specs/scorecard.md §7.
 */
export function scoreReport({ dataDir }: { readonly dataDir?: string | undefined } = {}): ScoreReport {
  const compared = [lendingClub()];
  const absent: string[] = [];
  for (const set of publicSets) {
    const path = dataDir === undefined ? undefined : join(dataDir, set.file);
    if (path === undefined || !existsSync(path)) absent.push(`${set.file}: ${dataDir === undefined ? 'MINGDAI_DATA is not set' : `not in ${dataDir}`}`);
    else compared.push(publicSet(set, path));
  }
  return { compared, absent };
}

type Table = { readonly columns: readonly RawColumn[]; readonly isBad: readonly boolean[] };

function lendingClub(): ScoreComparison {
  const sample = readLendingClub();
  const { training, heldOut } = splitOf(sample);
  return compare('LendingClub', trainingTable(sample, training), { heldOut: trainingTable(sample, heldOut), card: weilidaiStrategy.scorecard.card });
}

function compare(data: string, training: Table, { heldOut, card }: { readonly heldOut: Table; readonly card: Scorecard }): ScoreComparison {
  const plain = fitPlainLogistic(training.columns, training.isBad);
  const risk = heldOut.isBad.map((_, row) => -scoreOf(card, valuesAt(heldOut, row)).score);
  return {
    data,
    trainingRows: training.isBad.length,
    heldOutRows: heldOut.isBad.length,
    heldOutBads: heldOut.isBad.filter(Boolean).length,
    ours: separation(risk, heldOut.isBad),
    plain: separation(plainLogisticRisk(plain, heldOut.columns), heldOut.isBad),
    columns: training.columns.map(({ name }) => name),
  };
}

const valuesAt = (table: Table, row: number): Readonly<Record<string, FeatureValue>> => Object.fromEntries(table.columns.map(({ name, values }) => [name, values[row] ?? null]));

type PublicSet = { readonly data: string; readonly file: string; readonly outcome: string; readonly never: readonly string[]; readonly categories: readonly string[] };

/** Sex, age, marriage, personal status and foreign origin are for fairness tests only and never inputs. */
const publicSets: readonly PublicSet[] = [
  { data: 'Taiwan', file: 'taiwan_default.csv.gz', outcome: 'DEFAULT', never: ['ID', 'SEX', 'AGE', 'MARRIAGE'], categories: ['EDUCATION'] },
  {
    data: 'German', file: 'german_credit.csv', outcome: 'bad', never: ['personal_status_sex', 'foreign_worker', 'age'],
    categories: ['checking_status', 'credit_history', 'purpose', 'savings', 'employment_since', 'other_debtors', 'property', 'other_installment_plans', 'housing', 'job', 'telephone'],
  },
];

function publicSet({ data, file, outcome, never, categories }: PublicSet, path: string): ScoreComparison {
  const bytes = readFileSync(path);
  const rows = parse(file.endsWith('.gz') ? gunzipSync(bytes) : bytes, { columns: true }) as Record<string, string>[];
  const names = Object.keys(rows[0] ?? {}).filter((name) => name !== outcome && !never.includes(name));
  const table = (indices: readonly number[]): Table => ({
    columns: names.map((name): RawColumn =>
      categories.includes(name)
        ? { name, kind: 'category', values: indices.map((row) => rows[row]![name]!) }
        : { name, kind: 'numeric', values: indices.map((row) => numberIn(rows[row]![name]!, `${file} ${name}`)) }),
    isBad: indices.map((row) => rows[row]![outcome] === '1'),
  });
  const split = splitRows(`mingdai/${data}/1`, rows.length, 0.5);
  const training = table(split.training);
  const card = fitScorecard(training.columns, training.isBad, { ...recipe, trends: {} });
  return compare(data, training, { heldOut: table(split.heldOut), card });
}

function numberIn(text: string, where: string): number {
  const value = Number(text);
  if (text === '' || !Number.isFinite(value)) throw new RangeError(`${where} reads ${JSON.stringify(text)}`);
  return value;
}

/** The report as a table in one line a set. */
export function scoreTable({ compared, absent }: ScoreReport): readonly string[] {
  const figures = ({ auc, ks }: Separation) => `${auc.toFixed(4).padStart(8)}${ks.toFixed(4).padStart(8)}`;
  const signed = (x: number) => `${x < 0 ? '' : '+'}${x.toFixed(4)}`;
  return [
    '                                              our scorecard  plain logistic     ours',
    'data           training  held out    bad       AUC      KS     AUC      KS   − plain',
    ...compared.map(({ data, trainingRows, heldOutRows, heldOutBads, ours, plain }) =>
      `${data.padEnd(15)}${String(trainingRows).padStart(8)}${String(heldOutRows).padStart(10)}${String(heldOutBads).padStart(7)}  ${figures(ours)}${figures(plain)}${signed(ours.auc - plain.auc).padStart(10)}`),
    ...absent.map((what) => `Not measured: ${what}.`),
  ];
}
