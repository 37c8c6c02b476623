import { assert } from './assert.ts';
import { binCategory, binNumeric, placeOf, woeOf, type Binning, type BinningOptions, type BinningShape } from './binning.ts';
import { fitLogistic, sigmoid } from './logistic.ts';
import type { RawColumn } from './plain-logistic.ts';

export type FeatureValue = number | string | null;
export type FeatureValues = Readonly<Record<string, FeatureValue>>;

/** Points to a doubling of the odds, and the score at which the odds good : bad are `baseOdds`. */
export type PointsScale = { readonly pointsToDouble: number; readonly baseScore: number; readonly baseOdds: number };

export type ScorecardRecipe = {
  readonly binning: Omit<BinningOptions, 'trend' | 'special'>;
  readonly ridge: number;
  readonly scale: PointsScale;
  /** The direction in which the bad rate may move, where business sense knows it. */
  readonly trends: Readonly<Record<string, BinningOptions['trend']>>;
  readonly special?: Readonly<Record<string, readonly number[]>>;
};

export type ScorecardFeature = {
  readonly name: string;
  readonly shape: BinningShape;
  /** Whole points of each bin, each special value, and missing. */
  readonly points: readonly number[];
  readonly specialPoints: readonly number[];
  readonly missingPoints: number;
  /** What the training population got on average, rounded: points below it are points lost. */
  readonly averagePoints: number;
  readonly weightsOfEvidence: readonly number[];
  readonly coefficient: number;
  readonly informationValue: number;
};

/** A fitted scorecard as plain data: it can be kept as JSON, hashed, and applied in whole numbers only. */
export type Scorecard = {
  readonly scale: PointsScale;
  readonly basePoints: number;
  readonly features: readonly ScorecardFeature[];
  /** Columns that were looked at and said nothing (one bin), or only what others say better. */
  readonly leftOut: readonly string[];
  readonly scoreMin: number;
  /** Probability of bad in ppm for scoreMin, scoreMin + 1, …: never rising. */
  readonly badPpmByScore: readonly number[];
  readonly trainedOn: { readonly rows: number; readonly bads: number };
};

/**
 * Fits a points scorecard: supervised bins, weight of evidence, logistic regression, whole points.
 *
 * A column is left out when it has one bin, or when its coefficient would turn the evidence of its own bins round (then the
 * column with the largest wrong coefficient goes first and the rest is fitted again).
 *
 * Rounds  points to whole numbers, weights to six decimals; nothing else is stored as a fraction but those weights.
 * Keeps   more evidence of good never gives fewer points; the probability never rises with the score.
 * Source  docs/specs/scorecard.md §5.
 */
export function fitScorecard(columns: readonly RawColumn[], isBad: readonly boolean[], recipe: ScorecardRecipe): Scorecard {
  const binned = columns.map((column) => ({ column, binning: binColumn(column, isBad, recipe) }));
  const telling = binned.filter(({ binning }) => binning.bins.length > 1);
  assert(telling.length > 0, 'at least one column tells bad from good');
  const woes = telling.map(({ column, binning }) => Float64Array.from(column.values, (value: FeatureValue) => woeOf(binning, value)));
  const used = telling.map((_, at) => at);
  let fit = fitLogistic(woes, isBad, { ridge: recipe.ridge });
  while (used.length > 1 && Math.max(...fit.coefficients) >= 0) {
    used.splice(fit.coefficients.indexOf(Math.max(...fit.coefficients)), 1);
    fit = fitLogistic(used.map((at) => woes[at]!), isBad, { ridge: recipe.ridge });
  }
  const factor = recipe.scale.pointsToDouble / Math.LN2;
  const features = used.map((at, place) => featureOf(telling[at]!, woes[at]!, -fit.coefficients[place]!, factor));
  const basePoints = whole(recipe.scale.baseScore - factor * (Math.log(recipe.scale.baseOdds) + fit.intercept));
  const taken = new Set(features.map((feature) => feature.name));
  return {
    scale: recipe.scale,
    basePoints,
    features,
    leftOut: columns.map((column) => column.name).filter((name) => !taken.has(name)),
    ...probabilities(basePoints, features, recipe.scale),
    trainedOn: { rows: isBad.length, bads: isBad.filter(Boolean).length },
  };
}

/** What one feature gave to a score. */
export type FeaturePoints = {
  readonly feature: string;
  readonly value: FeatureValue;
  /** The bin in words: `[3, 7)`, `lt_1 | 1`, `missing`. */
  readonly bin: string;
  readonly points: number;
  /** Points below the average of the training population; negative when above it. */
  readonly pointsLost: number;
};

export type Score = { readonly score: number; readonly badPpm: number; readonly features: readonly FeaturePoints[] };

/** The score of one person, in whole numbers only. A feature that is absent is missing: it gets the points of missing, never a guess. */
export function scoreOf(card: Scorecard, values: FeatureValues): Score {
  const features = card.features.map((feature): FeaturePoints => {
    const value = values[feature.name] ?? null;
    const place = placeOf(feature.shape, value);
    const points =
      place.at === 'missing' ? feature.missingPoints : place.at === 'special' ? feature.specialPoints[place.index]! : feature.points[place.index]!;
    return { feature: feature.name, value, bin: binInWords(feature.shape, value), points, pointsLost: feature.averagePoints - points };
  });
  const score = features.reduce((sum, feature) => sum + feature.points, card.basePoints);
  return { score, badPpm: card.badPpmByScore[score - card.scoreMin]!, features };
}

/** The bin a value falls into, as a person writes it. */
export function binInWords(shape: BinningShape, value: FeatureValue): string {
  const place = placeOf(shape, value);
  if (place.at === 'missing') return 'missing';
  if (shape.kind === 'category') return shape.groups[place.index]!.join(' | ');
  if (place.at === 'special') return `= ${shape.special[place.index]!.value}`;
  const [low, high] = [shape.edges[place.index - 1], shape.edges[place.index]];
  if (low === undefined) return high === undefined ? 'any' : `< ${high}`;
  return high === undefined ? `>= ${low}` : `[${low}, ${high})`;
}

/** Nearest whole number; never -0, which has no canonical JSON. */
const whole = (x: number): number => Math.round(x) + 0;
const sixDecimals = (x: number): number => Math.round(x * 1e6) / 1e6 + 0;

function binColumn(column: RawColumn, isBad: readonly boolean[], recipe: ScorecardRecipe): Binning {
  const options = { ...recipe.binning, trend: recipe.trends[column.name] ?? ('any' as const), special: recipe.special?.[column.name] ?? [] };
  return column.kind === 'numeric' ? binNumeric(column.values, isBad, options) : binCategory(column.values, isBad, options);
}

function featureOf(of: { readonly column: RawColumn; readonly binning: Binning }, woes: Float64Array, weight: number, factor: number): ScorecardFeature {
  const { column, binning } = of;
  const pointsOf = (woe: number): number => whole(factor * weight * woe);
  const specials = binning.kind === 'numeric' ? binning.special : [];
  return {
    name: column.name,
    shape:
      binning.kind === 'numeric'
        ? { kind: 'numeric', edges: binning.edges, special: specials.map(({ value }) => ({ value })) }
        : { kind: 'category', groups: binning.groups },
    points: binning.bins.map((bin) => pointsOf(bin.woe)),
    specialPoints: specials.map((bin) => pointsOf(bin.woe)),
    missingPoints: pointsOf(binning.missing.woe),
    averagePoints: whole(woes.reduce((sum, woe) => sum + pointsOf(woe), 0) / woes.length),
    weightsOfEvidence: binning.bins.map((bin) => sixDecimals(bin.woe)),
    coefficient: sixDecimals(-weight),
    informationValue: sixDecimals(binning.informationValue),
  };
}

/** The probability of every score the points can add up to: worked out once here, so that applying the card needs no fraction. */
function probabilities(basePoints: number, features: readonly ScorecardFeature[], scale: PointsScale): Pick<Scorecard, 'scoreMin' | 'badPpmByScore'> {
  const of = (pick: (...points: number[]) => number): number =>
    features.reduce((sum, feature) => sum + pick(feature.missingPoints, ...feature.points, ...feature.specialPoints), basePoints);
  const [scoreMin, scoreMax] = [of(Math.min), of(Math.max)];
  const logOddsAt = (score: number): number => Math.log(scale.baseOdds) + ((score - scale.baseScore) * Math.LN2) / scale.pointsToDouble;
  const badPpmByScore = Array.from({ length: scoreMax - scoreMin + 1 }, (_, at) => whole(1_000_000 * sigmoid(-logOddsAt(scoreMin + at))));
  return { scoreMin, badPpmByScore };
}
