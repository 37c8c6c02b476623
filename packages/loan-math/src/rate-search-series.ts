import { divideFloor } from './money.ts';
import { ONE, type Fixed } from './fixed.ts';

/** A binary fraction: n stands for n / 2^128, so that a product needs a shift and no division. */
export type Binary = bigint & { readonly unit: '2^-128' };

/** Flows at rising times, none of them zero. Amounts carry 112 binary digits after the point. */
export type Series = readonly SeriesFlow[];
export type SeriesFlow = { readonly at: number; readonly amount: bigint };

/**
 * The unknown is z: growth a period is 1 + z for z ≥ 0, and 1 / (1 − z) below. It runs over all numbers while growth runs over all
 * positive ones, and either way only powers of a base ≥ 1 are taken, which lose no digits.
 */
export type Unknown = Binary;

export const BITS = 128n;
export const AMOUNT_BITS = 112n;
export const UNIT = (1n << BITS) as Binary;

/** No power has more binary digits than this before its point: what bounds the work on any flows. */
const POWER_BITS_MAX = 40_000;
const Z_MAX = 1_000_000;

/** The z beyond which nothing is searched: growth of a millionfold a period, or of 2^40000 over all the flows. */
export function reachOf(series: Series): Unknown {
  const span = series[series.length - 1]!.at - series[0]!.at;
  const z = Math.min(Z_MAX, Math.expm1((POWER_BITS_MAX / span) * Math.LN2));
  return ((BigInt(Math.floor(z * 2 ** 52)) << BITS) >> 52n) as Unknown;
}

/** Rate a period, from z. Rounds down at the 40th digit. */
export const rateOfUnknown = (z: Unknown): Fixed => (z >= 0n ? divideFloor(z * ONE, UNIT) : divideFloor(z * ONE, UNIT - z)) as Fixed;

/** z, from a rate above −100 % a period. */
export const unknownOfRate = (rate: Fixed): Unknown => (rate >= 0n ? (rate << BITS) / ONE : (rate << BITS) / (ONE + rate)) as Unknown;

/** Flows that answer for money at the same time are one; those of nothing are none. */
export function seriesOf(flows: readonly SeriesFlow[]): Series {
  const sorted = flows.every(({ at }, i) => i === 0 || at > flows[i - 1]!.at) ? flows : merged(flows);
  return sorted.filter(({ amount }) => amount !== 0n).map(({ at, amount }) => ({ at, amount: amount << AMOUNT_BITS }));
}

function merged(flows: readonly SeriesFlow[]): readonly SeriesFlow[] {
  const byTime = new Map<number, bigint>();
  for (const { at, amount } of flows) byTime.set(at, (byTime.get(at) ?? 0n) + amount);
  return [...byTime].sort(([a], [b]) => a - b).map(([at, amount]) => ({ at, amount }));
}

export function signChanges(series: Series): number {
  let changes = 0;
  for (let i = 1; i < series.length; i++) if (series[i]!.amount > 0n !== series[i - 1]!.amount > 0n) changes++;
  return changes;
}

/** What the flows are worth: at the last of them for z ≥ 0, at the first below. The sign is the same. */
export function valueAt(series: Series, z: Unknown): bigint {
  const last = series.length - 1;
  const power = powersOf((z >= 0n ? UNIT + z : UNIT - z) as Binary);
  if (z >= 0n) {
    let value = series[0]!.amount;
    for (let i = 1; i <= last; i++) value = ((value * power(series[i]!.at - series[i - 1]!.at)) >> BITS) + series[i]!.amount;
    return value;
  }
  let value = series[last]!.amount;
  for (let i = last - 1; i >= 0; i--) value = ((value * power(series[i + 1]!.at - series[i]!.at)) >> BITS) + series[i]!.amount;
  return value;
}

/** The worth at z, and how fast it rises there. */
export function newtonAt(series: Series, z: Unknown): { readonly value: bigint; readonly slope: bigint } {
  const isForward = z >= 0n;
  const base = (isForward ? UNIT + z : UNIT - z) as Binary;
  const power = powersOf(base);
  const last = series.length - 1;
  let from = series[isForward ? 0 : last]!;
  let value = from.amount;
  let slope = 0n; // × base
  for (let n = 1; n <= last; n++) {
    const to = series[isForward ? n : last - n]!;
    const gap = isForward ? to.at - from.at : from.at - to.at;
    const factor = power(gap);
    slope = ((slope + (gap === 1 ? value : value * BigInt(gap))) * factor) >> BITS;
    value = ((value * factor) >> BITS) + to.amount;
    from = to;
  }
  return { value, slope: ((isForward ? slope : -slope) << BITS) / base };
}

/** Gaps between installments repeat (28 to 31 days, or one month), and their powers share squares. */
function powersOf(base: Binary): (exponent: number) => bigint {
  const squares: bigint[] = [base];
  const known = new Map<number, bigint>([[1, base]]);
  return (exponent) => {
    const found = known.get(exponent);
    if (found !== undefined) return found;
    let result = 0n;
    for (let left = exponent, i = 0; left > 0; left = Math.floor(left / 2), i++) {
      if (i === squares.length) squares.push((squares[i - 1]! * squares[i - 1]!) >> BITS);
      if (left % 2 === 1) result = result === 0n ? squares[i]! : (result * squares[i]!) >> BITS;
    }
    known.set(exponent, result);
    return result;
  };
}
