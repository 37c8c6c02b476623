import { assert } from './assert.ts';
import { fitLogistic, linearPredictor, type LogisticFit } from './logistic.ts';

/** A raw column: numbers, or categories. Null is missing. */
export type RawColumn =
  | { readonly name: string; readonly kind: 'numeric'; readonly values: readonly (number | null)[] }
  | { readonly name: string; readonly kind: 'category'; readonly values: readonly (string | null)[] };

/** How one raw column becomes numbers: standardised, with an indicator of missing; or one indicator a category but the first. */
type Encoding =
  | { readonly kind: 'numeric'; readonly mean: number; readonly deviation: number; readonly hasMissing: boolean }
  | { readonly kind: 'category'; readonly levels: readonly string[] };

export type PlainLogistic = { readonly encodings: readonly Encoding[]; readonly fit: LogisticFit };

/**
 * The peer to beat: ordinary logistic regression on standardised raw columns, categories one-hot, missing at the mean with an
 * indicator, and next to no ridge (1e-6, for columns that repeat each other).
 *
 * Source  docs/specs/scorecard.md §7.
 */
export function fitPlainLogistic(columns: readonly RawColumn[], isBad: readonly boolean[]): PlainLogistic {
  const encodings = columns.map(encodingOf);
  const design = columns.flatMap((column, at) => encode(column, encodings[at]!));
  return { encodings, fit: fitLogistic(design, isBad, { ridge: 1e-6, iterationsMax: 100, tolerance: 1e-6 }) };
}

/** The linear predictor (log odds of bad) of each row of the same columns. */
export function plainLogisticRisk(model: PlainLogistic, columns: readonly RawColumn[]): Float64Array {
  assert(columns.length === model.encodings.length, 'the same columns as fitted');
  const design = columns.flatMap((column, at) => encode(column, model.encodings[at]!));
  return linearPredictor(design, model.fit, columns[0]!.values.length);
}

function encodingOf(column: RawColumn): Encoding {
  if (column.kind === 'category') {
    const levels = [...new Set(column.values.filter((value) => value !== null))].sort();
    return { kind: 'category', levels: levels.slice(1) };
  }
  const known = column.values.filter((value) => value !== null);
  const mean = known.reduce((sum, value) => sum + value, 0) / Math.max(known.length, 1);
  const variance = known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(known.length, 1);
  return { kind: 'numeric', mean, deviation: Math.sqrt(variance), hasMissing: known.length < column.values.length };
}

function encode(column: RawColumn, encoding: Encoding): readonly Float64Array[] {
  if (encoding.kind === 'category') {
    assert(column.kind === 'category', `${column.name} is a category`);
    return encoding.levels.map((level) => Float64Array.from(column.values, (value) => (value === level ? 1 : 0)));
  }
  assert(column.kind === 'numeric', `${column.name} is numeric`);
  const { mean, deviation, hasMissing } = encoding;
  const scaled = Float64Array.from(column.values, (value) => (value === null || deviation === 0 ? 0 : (value - mean) / deviation));
  return hasMissing ? [scaled, Float64Array.from(column.values, (value) => (value === null ? 1 : 0))] : [scaled];
}
