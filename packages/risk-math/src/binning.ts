import { assert } from './assert.ts';

/** How the bad rate may move as the value grows. */
export type Trend = 'up' | 'down' | 'any';

export type BinningOptions = {
  readonly binsMax: number;
  /** Smallest share of the rows (missing and special ones apart) in a bin. */
  readonly shareMin: number;
  /** Smallest number of bad rows in a bin. */
  readonly badsMin: number;
  /** What one more bin must gain in log-likelihood. 1.92 is a likelihood-ratio test at 5 %. */
  readonly binCost: number;
  readonly trend: Trend;
  /** Values that are codes, not amounts: each gets its own bin. */
  readonly special?: readonly number[];
  /** Number of quantile pre-bins among which borders are sought. */
  readonly preBins?: number;
};

/** Rows and bad rows of one bin, and what they say: woe = ln(share of goods / share of bads), half a row added to each. */
export type BinCount = { readonly rows: number; readonly bads: number; readonly woe: number };

/** A numeric column cut into [edge, next edge). The first bin has no lower and the last no upper border. */
export type NumericBinning = {
  readonly kind: 'numeric';
  readonly edges: readonly number[];
  readonly bins: readonly BinCount[];
  readonly special: readonly (BinCount & { readonly value: number })[];
  readonly missing: BinCount;
  readonly informationValue: number;
};

/** A column of categories, merged into groups. A category never seen in training counts as missing. */
export type CategoryBinning = {
  readonly kind: 'category';
  readonly groups: readonly (readonly string[])[];
  readonly bins: readonly BinCount[];
  readonly missing: BinCount;
  readonly informationValue: number;
};

export type Binning = NumericBinning | CategoryBinning;

/**
 * Cuts a numeric column into the bins that explain the outcome best: over the quantile pre-bins, the exact optimum of
 * log-likelihood − binCost·bins under the smallest size, the smallest number of bads, at most binsMax and the trend.
 *
 * Keeps   missing (null) and special values never share a bin with others; a column without information has one bin.
 * Throws  RiskMathError on NaN, unequal lengths, or outcomes all alike.
 * Source  docs/specs/scorecard.md §3.
 */
export function binNumeric(values: readonly (number | null)[], isBad: readonly boolean[], options: BinningOptions): NumericBinning {
  const totals = totalsOf(values.length, isBad);
  const special = options.special ?? [];
  const plain: { value: number; bad: boolean }[] = [];
  const apart = new Map<number | null, Tally>([[null, emptyTally()], ...special.map((value) => [value, emptyTally()] as const)]);
  values.forEach((value, row) => {
    assert(value === null || !Number.isNaN(value), 'a value is a number or null');
    const tally = apart.get(value);
    if (tally !== undefined) add(tally, isBad[row]!);
    else plain.push({ value: value!, bad: isBad[row]! });
  });
  plain.sort((a, b) => a.value - b.value);
  const cells = quantileCells(plain, options.preBins ?? 40);
  const cuts = bestCuts(cells.map((cell) => cell.tally), options);
  const edges = cuts.slice(1).map((at) => cells[at]!.from);
  const bins = merged(cells.map((cell) => cell.tally), cuts).map((tally) => countOf(tally, totals));
  const missing = countOf(apart.get(null)!, totals);
  const specials = special.map((value) => ({ value, ...countOf(apart.get(value)!, totals) }));
  return { kind: 'numeric', edges, bins, special: specials, missing, informationValue: informationValue([...bins, ...specials, missing], totals) };
}

/**
 * Merges categories into groups: ordered by their bad rate, then cut as a numeric column is (for one outcome the best grouping is
 * contiguous in that order).
 *
 * Throws  RiskMathError on unequal lengths or outcomes all alike.
 * Source  docs/specs/scorecard.md §3.
 */
export function binCategory(values: readonly (string | null)[], isBad: readonly boolean[], options: BinningOptions): CategoryBinning {
  const totals = totalsOf(values.length, isBad);
  const tallies = new Map<string, Tally>();
  const absent = emptyTally();
  values.forEach((value, row) => {
    const tally = value === null ? absent : (tallies.get(value) ?? emptyTally());
    if (value !== null) tallies.set(value, tally);
    add(tally, isBad[row]!);
  });
  const ordered = [...tallies].sort(([nameA, a], [nameB, b]) => a.bads / a.rows - b.bads / b.rows || (nameA < nameB ? -1 : 1));
  const cuts = bestCuts(ordered.map(([, tally]) => tally), { ...options, trend: 'up' });
  const groups = cuts.map((from, at) => ordered.slice(from, cuts[at + 1] ?? ordered.length).map(([name]) => name).sort());
  const bins = merged(ordered.map(([, tally]) => tally), cuts).map((tally) => countOf(tally, totals));
  const missing = countOf(absent, totals);
  return { kind: 'category', groups, bins, missing, informationValue: informationValue([...bins, missing], totals) };
}

/** Which bin a value falls into: its place among `bins`, a special value's place, or missing. */
export type BinPlace = { readonly at: 'bin'; readonly index: number } | { readonly at: 'special'; readonly index: number } | { readonly at: 'missing' };

/** Total: every number, string or null has a place. A value of the other type is missing, never guessed at. */
export function placeOf(binning: BinningShape, value: number | string | null): BinPlace {
  if (binning.kind === 'category') {
    const index = typeof value === 'string' ? binning.groups.findIndex((group) => group.includes(value)) : -1;
    return index === -1 ? { at: 'missing' } : { at: 'bin', index };
  }
  if (typeof value !== 'number' || Number.isNaN(value)) return { at: 'missing' };
  const special = binning.special.findIndex((one) => one.value === value);
  if (special !== -1) return { at: 'special', index: special };
  let index = 0;
  while (index < binning.edges.length && value >= binning.edges[index]!) index++;
  return { at: 'bin', index };
}

/** What `placeOf` needs of a binning: its borders. */
export type BinningShape =
  | { readonly kind: 'numeric'; readonly edges: readonly number[]; readonly special: readonly { readonly value: number }[] }
  | { readonly kind: 'category'; readonly groups: readonly (readonly string[])[] };

/** The weight of evidence of a value under a binning. */
export function woeOf(binning: Binning, value: number | string | null): number {
  const place = placeOf(binning, value);
  if (place.at === 'missing') return binning.missing.woe;
  if (place.at === 'special') return binning.kind === 'numeric' ? binning.special[place.index]!.woe : binning.missing.woe;
  return binning.bins[place.index]!.woe;
}

type Tally = { rows: number; bads: number };
const emptyTally = (): Tally => ({ rows: 0, bads: 0 });
function add(tally: Tally, bad: boolean): void {
  tally.rows++;
  if (bad) tally.bads++;
}

function totalsOf(count: number, isBad: readonly boolean[]): Tally {
  assert(count === isBad.length, 'one outcome for each value');
  const bads = isBad.reduce((sum, bad) => sum + (bad ? 1 : 0), 0);
  assert(bads > 0 && bads < count, 'binning needs both bad and good rows');
  return { rows: count, bads };
}

function countOf({ rows, bads }: Tally, totals: Tally): BinCount {
  if (rows === 0) return { rows, bads, woe: 0 };
  const goodShare = (rows - bads + 0.5) / (totals.rows - totals.bads + 0.5);
  const badShare = (bads + 0.5) / (totals.bads + 0.5);
  return { rows, bads, woe: Math.log(goodShare / badShare) };
}

function informationValue(bins: readonly BinCount[], totals: Tally): number {
  return bins.reduce((sum, bin) => sum + ((bin.rows - bin.bads) / (totals.rows - totals.bads) - bin.bads / totals.bads) * bin.woe, 0);
}

type Cell = { readonly from: number; readonly tally: Tally };

/** Sorted rows in about `most` cells of equal size; equal values never part. */
function quantileCells(sorted: readonly { value: number; bad: boolean }[], most: number): readonly Cell[] {
  const cells: Cell[] = [];
  const target = sorted.length / most;
  for (let at = 0; at < sorted.length; ) {
    const cell = { from: sorted[at]!.value, tally: emptyTally() };
    const until = (Math.floor(at / target) + 1) * target;
    while (at < sorted.length && (at < until || sorted[at]!.value === sorted[at - 1]!.value)) add(cell.tally, sorted[at++]!.bad);
    cells.push(cell);
  }
  return cells;
}

/** Σ of the tallies between consecutive cuts. */
function merged(tallies: readonly Tally[], cuts: readonly number[]): readonly Tally[] {
  return cuts.map((from, at) => {
    const sum = emptyTally();
    for (const tally of tallies.slice(from, cuts[at + 1] ?? tallies.length)) {
      sum.rows += tally.rows;
      sum.bads += tally.bads;
    }
    return sum;
  });
}

const xlogx = (part: number, whole: number): number => (part === 0 ? 0 : part * Math.log(part / whole));

type Segment = { readonly rate: number; readonly gain: number };
type Best = { readonly gain: number; readonly previous: number };

/**
 * The first cells of the best bins, by dynamic programming: best[bins][from][to] is the best cut of the cells before `to` into `bins`
 * bins whose last one starts at `from`. Cells³ × bins steps; 40 cells and 6 bins are 384,000.
 */
function bestCuts(tallies: readonly Tally[], options: BinningOptions): readonly number[] {
  const count = tallies.length;
  if (count === 0) return [];
  const segments = segmentsOf(tallies, options);
  const layers: (Best | undefined)[][][] = [];
  let [winner, winnerBins, winnerFrom] = [Number.NEGATIVE_INFINITY, 0, 0];
  for (let bins = 1; bins <= Math.min(options.binsMax, count); bins++) {
    const layer: (Best | undefined)[][] = Array.from({ length: count }, () => []);
    for (let from = 0; from < count; from++) {
      if ((bins === 1) !== (from === 0)) continue;
      for (let to = from + 1; to <= count; to++) {
        const segment = segments[from]![to];
        if (segment === undefined) continue;
        layer[from]![to] = bins === 1 ? { gain: segment.gain, previous: -1 } : bestBefore(layers[bins - 2]!, segments, { from, segment, trend: options.trend });
      }
      const whole = layer[from]![count];
      if (whole !== undefined && whole.gain > winner + 1e-9) [winner, winnerBins, winnerFrom] = [whole.gain, bins, from];
    }
    layers.push(layer);
  }
  if (winnerBins === 0) return [0];
  const cuts = [winnerFrom];
  for (let [bins, from, to] = [winnerBins, winnerFrom, count]; bins > 1; bins--) {
    [from, to] = [layers[bins - 1]![from]![to]!.previous, from];
    cuts.unshift(from);
  }
  return cuts;
}

function bestBefore(
  layer: readonly (readonly (Best | undefined)[])[],
  segments: readonly (readonly (Segment | undefined)[])[],
  { from, segment, trend }: { readonly from: number; readonly segment: Segment; readonly trend: Trend },
): Best | undefined {
  let best: Best | undefined;
  for (let previous = 0; previous < from; previous++) {
    const before = layer[previous]![from];
    if (before === undefined || !follows(trend, segments[previous]![from]!, segment)) continue;
    if (best === undefined || before.gain + segment.gain > best.gain + 1e-12) best = { gain: before.gain + segment.gain, previous };
  }
  return best;
}

const follows = (trend: Trend, before: Segment, after: Segment): boolean => trend === 'any' || (trend === 'up' ? before.rate < after.rate : before.rate > after.rate);

/** What one bin over the cells [from, to) would give; undefined where it would be too small. */
function segmentsOf(tallies: readonly Tally[], options: BinningOptions): readonly (readonly (Segment | undefined)[])[] {
  const rowsMin = options.shareMin * tallies.reduce((sum, tally) => sum + tally.rows, 0);
  return tallies.map((_, from) => {
    const ends: (Segment | undefined)[] = [];
    let [rows, bads] = [0, 0];
    for (let to = from + 1; to <= tallies.length; to++) {
      rows += tallies[to - 1]!.rows;
      bads += tallies[to - 1]!.bads;
      const isWhole = from === 0 && to === tallies.length;
      if (!isWhole && (rows < rowsMin || bads < options.badsMin)) continue;
      ends[to] = { rate: bads / rows, gain: xlogx(bads, rows) + xlogx(rows - bads, rows) - options.binCost };
    }
    return ends;
  });
}
