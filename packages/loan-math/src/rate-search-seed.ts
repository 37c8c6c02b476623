import { BITS, reachOf, type Series, type Unknown } from './rate-search-series.ts';

const STEPS = 80;
const MANTISSA = 2 ** 80;
/** A step this small is followed by one far smaller: the guess is as good as floating point makes it. */
const NEAR = 1e-9;

/**
 * A guess at the only z at which the flows are worth nothing, in floating point. It decides nothing: what comes of it is proven in whole
 * numbers or thrown away. Null where floating point gets nowhere.
 */
export function seedOf(series: Series): Unknown | null {
  // Their common power of two is left out: it is in every term.
  const flows: Flows = { at: Float64Array.from(series, ({ at }) => at), amount: Float64Array.from(series, ({ amount }) => Number(amount)) };
  const reach = Number(reachOf(series)) / Number(1n << BITS);
  const isPositiveFirst = series[series.length - 1]!.amount > 0n;
  let [low, high] = [-reach, reach];
  let z = 0;
  for (let step = 0; step < STEPS; step++) {
    const { value, slope } = worth(flows, z);
    if (!Number.isFinite(value) || !Number.isFinite(slope)) return null;
    if (value > 0 === isPositiveFirst) low = z;
    else high = z;
    const next = z - value / slope;
    const isInside = next > low && next < high;
    const to = isInside ? next : (low + high) / 2;
    const isStill = Math.abs(to - z) <= NEAR * Math.max(Math.abs(to), NEAR);
    z = to;
    if (value === 0 || (isInside && isStill)) break;
  }
  const scaled = z * MANTISSA;
  return Number.isFinite(scaled) ? (((BigInt(Math.round(scaled)) << BITS) / BigInt(MANTISSA)) as Unknown) : null;
}

type Flows = { readonly at: Float64Array; readonly amount: Float64Array };

function worth({ at, amount }: Flows, z: number): { readonly value: number; readonly slope: number } {
  const isForward = z >= 0;
  const base = 1 + Math.abs(z);
  const last = at.length - 1;
  let from = isForward ? 0 : last;
  let value = amount[from]!;
  let slope = 0;
  for (let n = 1; n <= last; n++) {
    const to = isForward ? n : last - n;
    const gap = Math.abs(at[to]! - at[from]!);
    const factor = gap === 1 ? base : base ** gap;
    slope = (slope + value * gap) * factor;
    value = value * factor + amount[to]!;
    from = to;
  }
  return { value, slope: (isForward ? slope : -slope) / base };
}
