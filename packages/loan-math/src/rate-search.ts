import { assert } from './assert.ts';
import { ONE, type Fixed } from './fixed.ts';
import { divideFloor } from './money.ts';

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
  const rates = brackets.map(([low, high]) => fixedRate(closeIn(series, low, high))).sort((a, b) => (a < b ? -1 : 1));
  const distinct = rates.filter((rate, index) => index === 0 || rate - rates[index - 1]! > RESOLUTION);
  if (distinct.length === 0) return { kind: 'none' };
  return distinct.length === 1 ? { kind: 'one', rate: distinct[0]! } : { kind: 'several', rates: distinct };
}

/**
 * What flows are worth at the start at a rate per period: the sign says on which side of it their own rate lies.
 * Units  2^-160 of the amounts' unit.
 */
export function worthAt(flows: readonly Flow[], rate: Fixed): bigint {
  assert(rate > -ONE, 'a rate is above -100 %');
  return valueAt(seriesOf(flows), ((ONE << BITS) / (ONE + rate)) as Binary).value;
}

type Series = readonly { readonly at: number; readonly amount: bigint }[];

/** Inside the search v is a binary fraction: n stands for n / 2^160, so that a product needs a shift and no division. */
type Binary = bigint & { readonly unit: '2^-160' };

const BITS = 160n;
const UNIT = (1n << BITS) as Binary;
const HALF_ULP = 1n << (BITS - 1n);
const RESOLUTION = ONE / 10n ** 30n;
const CLOSE = (UNIT / 10n ** 36n) as Binary;
const LATEST = 40_000;
const STEPS = 400;

const times = (a: bigint, b: Binary): bigint => (a * b + HALF_ULP) >> BITS;
const inverse = (v: Binary): Binary => ((UNIT << BITS) / v) as Binary;
const fixedRate = (v: Binary): Fixed => (divideFloor(inverse(v) * ONE, UNIT) - ONE) as Fixed;

function power(base: Binary, exponent: number): Binary {
  let result = UNIT;
  for (let square = base, left = exponent; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result = times(result, square) as Binary;
    if (left > 1) square = times(square, square) as Binary;
  }
  return result;
}

function seriesOf(flows: readonly Flow[]): Series {
  const byTime = new Map<number, bigint>();
  for (const { at, amount } of flows) {
    if (!Number.isInteger(at) || at < 0 || at > LATEST) assert(false, `a flow is at a whole period from 0 to ${LATEST}, got ${at}`);
    byTime.set(at, (byTime.get(at) ?? 0n) + amount);
  }
  return [...byTime].filter(([, amount]) => amount !== 0n).sort(([a], [b]) => a - b).map(([at, amount]) => ({ at, amount: amount << BITS }));
}

function signChanges(series: Series): number {
  let changes = 0;
  for (let i = 1; i < series.length; i++) if (series[i]!.amount > 0n !== series[i - 1]!.amount > 0n) changes++;
  return changes;
}

/** Σ amount × v^at, by Horner from the last flow, with its slope × v; the common first power of v is left out. */
function valueAt(series: Series, v: Binary): { readonly value: bigint; readonly slope: bigint } {
  let [value, slope] = [0n, 0n];
  const first = series[0]?.at ?? 0;
  // Gaps between installments repeat: 28 to 31 days, or one month.
  const powers = new Map<number, Binary>();
  for (let i = series.length - 1; i > 0; i--) {
    const { at, amount } = series[i]!;
    const gap = at - series[i - 1]!.at;
    let factor = powers.get(gap);
    if (factor === undefined) powers.set(gap, (factor = power(v, gap)));
    value = times(value + amount, factor);
    slope = times(slope + amount * BigInt(at - first), factor);
  }
  return { value: value + (series[0]?.amount ?? 0n), slope };
}

type Bracket = readonly [low: Binary, high: Binary];

/** One change of sign: the value has the sign of the first flow below the root and of the last above it. */
function onlyBracket(series: Series): readonly Bracket[] {
  const isFirstSign = (v: Binary): boolean => valueAt(series, v).value > 0n === series[0]!.amount > 0n;
  const span = BigInt(Math.max(1, series.at(-1)!.at));
  const rises = isFirstSign(UNIT);
  let near: bigint = UNIT;
  for (let step = UNIT / (8n * span), i = 0; i < 200; i++, step *= 2n) {
    const far = rises ? near + step : step * 2n < near ? near - step : near / 2n;
    if (far <= CLOSE / 1000n || far > UNIT * 1_000_000n) return [];
    if (isFirstSign(far as Binary) !== rises) return [(rises ? [near, far] : [far, near]) as unknown as Bracket];
    near = far;
  }
  return [];
}

/** Several changes of sign: looks for them on a grid that is dense about v = 1 and reaches from 10^-6 to 10^6. */
function scannedBrackets(series: Series): readonly Bracket[] {
  const span = BigInt(Math.max(1, series.at(-1)!.at));
  const grid: Binary[] = [UNIT];
  for (let offset = UNIT / (span * 1000n); offset < UNIT * 1_000_000n; offset += offset / 12n + 1n) {
    const up = (UNIT + offset) as Binary;
    // A far v to a high power has more digits than it is worth: rates so far below zero are left out.
    if (span * BigInt(up.toString(2).length - Number(BITS)) < 40_000n) grid.push(up);
    grid.push(inverse(up));
  }
  grid.sort((a, b) => (a < b ? -1 : 1));
  const brackets: Bracket[] = [];
  let last = valueAt(series, grid[0]!).value;
  for (let i = 1; i < grid.length; i++) {
    const { value } = valueAt(series, grid[i]!);
    if (value === 0n) brackets.push([grid[i]!, grid[i]!]);
    else if (last !== 0n && value > 0n !== last > 0n) brackets.push([grid[i - 1]!, grid[i]!]);
    last = value;
  }
  return brackets;
}

/** Closes in on the root between two values of opposite sign: Newton's step while it stays inside, halving otherwise. */
function closeIn(series: Series, low: Binary, high: Binary): Binary {
  if (low === high) return low;
  let [below, above] = [low, high];
  const lowIsPositive = valueAt(series, low).value > 0n;
  let v = ((low + high) / 2n) as Binary;
  for (let step = 0; step < STEPS && above - below > 4n; step++) {
    const { value, slope } = valueAt(series, v);
    if (value === 0n) return v;
    if (value > 0n === lowIsPositive) below = v;
    else above = v;
    const next = slope === 0n ? below : ((v - (value * v) / slope) as Binary);
    const move = next > v ? next - v : v - next;
    if (next > below && next < above) {
      v = next;
      if (move <= CLOSE) return v;
    } else v = ((below + above) / 2n) as Binary;
  }
  return v;
}
