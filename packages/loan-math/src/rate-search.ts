import { assert } from './assert.ts';
import { divFixed, fixedOf, mulFixed, ONE, powFixed, type Fixed } from './fixed.ts';

/** Money at a whole number of periods from the start; received positive, paid negative (or the other way round). */
export type Flow = { readonly at: number; readonly amount: bigint };

/** The rates per period at which flows are worth nothing together. */
export type RateSearch =
  | { readonly kind: 'one'; readonly rate: Fixed }
  /** No rate above −100 % does it (all flows of one sign, for instance), or none within ±10^6 of zero. */
  | { readonly kind: 'none' }
  /** More than one rate does it: which is meant is the caller's to say. Ascending. */
  | { readonly kind: 'several'; readonly rates: readonly Fixed[] };

/**
 * The rate per period at which Σ amount / (1 + rate)^at = 0.
 *
 * How     in v = 1 / (1 + rate) the sum is a polynomial. With one change of sign it has exactly one positive root
 *         (Descartes), which is bracketed and closed in on; with more, the range is scanned and every bracket solved.
 * Rounds  to within 1e-30.
 * Keeps   ends after a bounded number of steps, whatever the flows.
 * Throws  InvariantError when a flow is not at a whole period ≥ 0, or later than period 40_000.
 * Source  docs/specs/annual-cost.md §2.
 */
export function searchRate(flows: readonly Flow[]): RateSearch {
  const series = seriesOf(flows);
  const changes = signChanges(series);
  if (changes === 0) return { kind: 'none' };
  const brackets = changes === 1 ? onlyBracket(series) : scannedBrackets(series);
  const rates = brackets.map(([low, high]) => (divFixed(ONE, closeIn(series, low, high)) - ONE) as Fixed).sort((a, b) => (a < b ? -1 : 1));
  const distinct = rates.filter((rate, index) => index === 0 || rate - rates[index - 1]! > RESOLUTION);
  if (distinct.length === 0) return { kind: 'none' };
  return distinct.length === 1 ? { kind: 'one', rate: distinct[0]! } : { kind: 'several', rates: distinct };
}

/**
 * What flows are worth at the start at a rate per period: the sign says on which side of it their own rate lies.
 * Units  10^-40 of the amounts' unit.
 */
export function worthAt(flows: readonly Flow[], rate: Fixed): bigint {
  assert(rate > -ONE, 'a rate is above -100 %');
  return valueAt(seriesOf(flows), divFixed(ONE, (ONE + rate) as Fixed));
}

type Series = readonly { readonly at: number; readonly amount: Fixed }[];

const RESOLUTION = ONE / 10n ** 30n;
const LATEST = 40_000;
const STEPS = 400;

function seriesOf(flows: readonly Flow[]): Series {
  const byTime = new Map<number, bigint>();
  for (const { at, amount } of flows) {
    assert(Number.isInteger(at) && at >= 0 && at <= LATEST, `a flow is at a whole period from 0 to ${LATEST}, got ${at}`);
    byTime.set(at, (byTime.get(at) ?? 0n) + amount);
  }
  return [...byTime].filter(([, amount]) => amount !== 0n).sort(([a], [b]) => a - b).map(([at, amount]) => ({ at, amount: fixedOf(amount) }));
}

function signChanges(series: Series): number {
  let changes = 0;
  for (let i = 1; i < series.length; i++) if (series[i]!.amount > 0n !== series[i - 1]!.amount > 0n) changes++;
  return changes;
}

/** Σ amount × v^at, by Horner from the last flow; the common first power of v is left out. */
function valueAt(series: Series, v: Fixed): bigint {
  let value: Fixed = 0n as Fixed;
  for (let i = series.length - 1; i > 0; i--) value = mulFixed((value + series[i]!.amount) as Fixed, powFixed(v, series[i]!.at - series[i - 1]!.at));
  return value + series[0]!.amount;
}

type Bracket = readonly [low: Fixed, high: Fixed];

/** One change of sign: the value has the sign of the first flow below the root and of the last above it. */
function onlyBracket(series: Series): readonly Bracket[] {
  const isFirstSign = (v: Fixed): boolean => valueAt(series, v) > 0n === series[0]!.amount > 0n;
  const span = BigInt(Math.max(1, series.at(-1)!.at));
  const rises = isFirstSign(ONE);
  let near: Fixed = ONE;
  for (let step = ONE / (8n * span), i = 0; i < 200; i++, step *= 2n) {
    const far = (rises ? near + step : step * 2n < near ? near - step : near / 2n) as Fixed;
    if (far <= RESOLUTION / 1000n || far > ONE * 1_000_000n) return [];
    if (isFirstSign(far) !== rises) return [rises ? [near, far] : [far, near]];
    near = far;
  }
  return [];
}

/** Several changes of sign: looks for them on a grid that is dense about v = 1 and reaches from 10^-6 to 10^6. */
function scannedBrackets(series: Series): readonly Bracket[] {
  const span = BigInt(Math.max(1, series.at(-1)!.at));
  const grid: Fixed[] = [];
  for (let offset = ONE / (span * 1000n); offset < ONE * 1_000_000n; offset += offset / 12n + 1n) {
    const up = (ONE + offset) as Fixed;
    if (span * BigInt(up.toString(2).length - ONE.toString(2).length + 1) < 40_000n) grid.push(up);
    grid.push(divFixed(ONE, up));
  }
  grid.push(ONE);
  grid.sort((a, b) => (a < b ? -1 : 1));
  const brackets: Bracket[] = [];
  let last = valueAt(series, grid[0]!);
  for (let i = 1; i < grid.length; i++) {
    const value = valueAt(series, grid[i]!);
    if (value === 0n) brackets.push([grid[i]!, grid[i]!]);
    else if (last !== 0n && value > 0n !== last > 0n) brackets.push([grid[i - 1]!, grid[i]!]);
    last = value;
  }
  return brackets;
}

/** Closes in on the root between two values of opposite sign: Newton's step while it stays inside, halving otherwise. */
function closeIn(series: Series, low: Fixed, high: Fixed): Fixed {
  if (low === high) return low;
  let [below, above] = [low, high];
  const lowIsPositive = valueAt(series, low) > 0n;
  let v = ((low + high) / 2n) as Fixed;
  for (let step = 0; step < STEPS && above - below > 4n; step++) {
    const value = valueAt(series, v);
    if (value === 0n) return v;
    if (value > 0n === lowIsPositive) below = v;
    else above = v;
    const next = (v - newtonStep(series, v, value)) as Fixed;
    const move = next > v ? next - v : v - next;
    if (next > below && next < above) {
      v = next;
      if (move <= RESOLUTION / 1000n) return v;
    } else v = ((below + above) / 2n) as Fixed;
  }
  return v;
}

function newtonStep(series: Series, v: Fixed, value: bigint): bigint {
  // slope × v, by Horner: each flow counts times its distance from the first.
  let sum: Fixed = 0n as Fixed;
  const first = series[0]!.at;
  for (let i = series.length - 1; i > 0; i--) {
    const weighted = series[i]!.amount * BigInt(series[i]!.at - first);
    sum = mulFixed((sum + weighted) as Fixed, powFixed(v, series[i]!.at - series[i - 1]!.at));
  }
  return sum === 0n ? 0n : mulFixed(divFixed(value as Fixed, sum), v);
}
