import { AMOUNT_BITS, BITS, newtonAt, reachOf, signChanges, UNIT, valueAt, type Series, type Unknown } from './rate-search-series.ts';
import { seedOf } from './rate-search-seed.ts';

type Sign = -1 | 0 | 1;

/** A stretch of z on which the flows' worth meets nothing at most once. Null = no end. `before` is the sign at its left end. */
type Stretch = { readonly low: Unknown | null; readonly high: Unknown | null; readonly before: Sign };

const STEPS = 600;
const CLOSE = 1n << (BITS - 120n);
/** A root is certain when the worth changes sign within this of it: 2^-104, 5e-32. */
const CERTAIN = 1n << (BITS - 104n);
const SMALL = 1n << (BITS - 40n);
const NOTHING_BITS = 90n;
const COEFFICIENT_BITS = 256;

/**
 * Every z at which the flows are worth nothing, ascending; those closer together than about 1e-13 count as one.
 *
 * How     worth × growth^s, for any s, has its roots where worth has them. With s between the times of two neighbours of opposite
 *         sign, its derivative is a series of the same times with one change of sign less (Descartes, Laguerre). Between two roots of
 *         that one, found in the same way, worth meets nothing at most once (Rolle): so no root is missed.
 */
export function rootsOf(series: Series): readonly Unknown[] {
  const changes = signChanges(series);
  if (changes === 0) return [];
  if (changes === 1) {
    const root = rootIn(series, { low: null, high: null, before: signOf(series[series.length - 1]!.amount) });
    return root === null ? [] : [root];
  }
  const turns = rootsOf(steeper(series));
  const roots: Unknown[] = [];
  let low: Unknown | null = null;
  let before = signOf(series[series.length - 1]!.amount);
  for (const high of [...turns, null]) {
    const after = high === null ? signOf(series[0]!.amount) : clearSign(series, high);
    if (before !== 0 && after !== 0 && before !== after) {
      const root = rootIn(series, { low, high, before });
      if (root !== null) roots.push(root);
    }
    if (after === 0 && high !== null) roots.push(high);
    [low, before] = [high, after];
  }
  return roots;
}

const signOf = (value: bigint): Sign => (value > 0n ? 1 : value < 0n ? -1 : 0);

/** The sign at a turning point: nothing where rounding could have made it. */
function clearSign(series: Series, z: Unknown): Sign {
  const value = valueAt(series, z);
  const size = valueAt(series.map(({ at, amount }) => ({ at, amount: amount < 0n ? -amount : amount })), z);
  return (value < 0n ? -value : value) <= size >> NOTHING_BITS ? 0 : signOf(value);
}

function steeper(series: Series): Series {
  const turn = series.findIndex(({ amount }, i) => i > 0 && amount > 0n !== series[i - 1]!.amount > 0n);
  const between = series[turn]!.at + series[turn - 1]!.at;
  const raised = series.map(({ at, amount }) => ({ at, amount: amount * BigInt(2 * at - between) }));
  const digits = Math.max(...raised.map(({ amount }) => amount.toString(16).length * 4));
  const spare = BigInt(Math.max(0, digits - COEFFICIENT_BITS - Number(AMOUNT_BITS)));
  return raised.map(({ at, amount }) => ({ at, amount: amount >> spare })).filter(({ amount }) => amount !== 0n);
}

/** The root on a stretch that holds one. Null when it lies out of reach. */
function rootIn(series: Series, stretch: Stretch): Unknown | null {
  if (stretch.low === null && stretch.high === null) {
    const seed = seedOf(series);
    const root = seed === null ? null : polished(series, seed, stretch.before);
    if (root !== null) return root;
  }
  const bracket = bracketOf(series, stretch);
  return bracket === null ? null : closeIn(series, bracket, stretch.before);
}

/** Newton's steps from a good guess, held for a root only when the worth changes sign there as it must. */
function polished(series: Series, seed: Unknown, before: Sign): Unknown | null {
  let { value, slope } = newtonAt(series, seed);
  const reach = reachOf(series);
  let z = seed;
  for (let step = 0; step < 6 && slope !== 0n; step++) {
    const move = (value << BITS) / slope;
    const from: Side = { z, sign: signOf(value) };
    z = (z - move) as Unknown;
    if (!isWithin(z, reach)) return null;
    if (isWithin(move, CERTAIN) || value === 0n) return isCertain(series, z, { before, from }) ? z : null;
    // A slope from nearby does as well as one's own once steps are small.
    if (isWithin(move, SMALL)) value = valueAt(series, z);
    else ({ value, slope } = newtonAt(series, z));
  }
  return null;
}

type Side = { readonly z: Unknown; readonly sign: Sign };

const isWithin = (move: bigint, limit: bigint): boolean => move <= limit && move >= -limit;

/** Signs on both sides of a root; where the search came from is one of them already. */
function isCertain(series: Series, z: Unknown, { before, from }: { readonly before: Sign; readonly from: Side }): boolean {
  const isLeft = from.z < z && from.sign === before;
  const isRight = from.z > z && from.sign === -before;
  return (isLeft || signOf(valueAt(series, (z - CERTAIN) as Unknown)) === before) && (isRight || signOf(valueAt(series, (z + CERTAIN) as Unknown)) === -before);
}

type Bracket = readonly [low: Unknown, high: Unknown];

/** Ends for a stretch that has none, by steps that double. */
function bracketOf(series: Series, { low, high, before }: Stretch): Bracket | null {
  if (low !== null && high !== null) return [low, high];
  const from = low ?? high ?? (0n as Unknown);
  const isLeft = low === null && (high !== null || signOf(valueAt(series, from)) !== before);
  const reach = reachOf(series);
  let near: bigint = from;
  for (let step = UNIT / (8n * BigInt(series[series.length - 1]!.at - series[0]!.at)) + 1n, i = 0; i < STEPS; i++, step *= 2n) {
    const far = isLeft ? near - step : near + step;
    const held = (far > reach ? reach : far < -reach ? -reach : far) as Unknown;
    if ((signOf(valueAt(series, held)) === before) === isLeft) return (isLeft ? [held, near] : [near, held]) as unknown as Bracket;
    if (held !== far) return null;
    near = far;
  }
  return null;
}

/** Closes in on the root between two ends: Newton's step while it stays inside and falls, halving otherwise. */
function closeIn(series: Series, [low, high]: Bracket, before: Sign): Unknown {
  let [below, above] = [low, high];
  let z = ((low + high) >> 1n) as Unknown;
  let width = above - below;
  for (let step = 0; step < STEPS && above - below > 2n; step++) {
    const { value, slope } = newtonAt(series, z);
    if (value === 0n) return z;
    const next = slope === 0n ? null : ((z - (value << BITS) / slope) as Unknown);
    if (signOf(value) === before) below = z;
    else above = z;
    const move = next === null ? width : next > z ? next - z : z - next;
    if (next !== null && next > below && next < above && move * 2n <= width) {
      if (move <= CLOSE) return next;
      [z, width] = [next, move];
    } else {
      z = ((below + above) >> 1n) as Unknown;
      width = above - below;
    }
  }
  return z;
}
