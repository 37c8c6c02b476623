import { ArgumentError } from './assert.ts';
import { fixedOf, ONE, type Fixed } from './fixed.ts';
import { needFlows } from './flow-needs.ts';
import { needBigint } from './needs.ts';
import { rootsOf } from './rate-search-roots.ts';
import { AMOUNT_BITS, rateOfUnknown, seriesOf, signChanges, unknownOfRate, valueAt, type Unknown } from './rate-search-series.ts';

/** Money at a whole number of periods from the start; received positive, paid negative (or the other way round). */
export type Flow = { readonly at: number; readonly amount: bigint };

/** Why no rate makes flows worth nothing. */
export type NoRate =
  /** Money only comes, or only goes, or there is none. */
  | 'same_sign'
  /** It comes and goes, and is worth something at every rate. */
  | 'no_root'
  /** A rate does it, beyond a millionfold growth a period (or of 2^40000 over all the flows), or as far below. */
  | 'out_of_range'
  /** More than 128 changes of sign, or changes² × flows of more than two million: such flows are not searched. */
  | 'too_many_changes';

/** The rates per period at which flows are worth nothing together. */
export type RateSearch =
  | { readonly kind: 'one'; readonly rate: Fixed }
  | { readonly kind: 'none'; readonly why: NoRate }
  /** More than one rate does it: which is meant is the caller's to say. Ascending. */
  | { readonly kind: 'several'; readonly rates: readonly Fixed[] };

const CHANGES_MAX = 128;
/** Changes² × flows: as many steps as take a second or two. */
const WORK_MAX = 2_200_000;
const RATE_MAX = fixedOf(10n ** 20n);
const POWER_BITS_MAX = 4_000_000;
/** A double of a rate a day is a whole number of 2^-96. */
const DOUBLE_SCALE = 2 ** 96;
const DOUBLE_REST = 1n << 32n;
const DOUBT_BITS = 90n;

/**
 * The rate per period at which Σ amount / (1 + rate)^at = 0.
 *
 * Units   `at` in periods; the rate per period.
 * Rounds  to within 1e-30; rates closer together than about 1e-13 count as one.
 * Keeps   finds every rate in range (isolated by derivatives, docs/specs/annual-cost.md §3), in a bounded number of steps.
 * Needs   at most 10,000 flows at whole periods from 0 to 10^9, of amounts within ±10^100. More than 128 changes of sign are not searched,
 *         nor fewer among so many flows that it would take seconds (`too_many_changes`).
 * Throws  ArgumentError outside `Needs`.
 * Source  docs/specs/annual-cost.md §3.
 */
export function searchRate(flows: readonly Flow[]): RateSearch {
  needFlows(flows);
  const series = seriesOf(flows);
  const changes = signChanges(series);
  if (changes === 0) return { kind: 'none', why: 'same_sign' };
  if (changes > CHANGES_MAX || changes * changes * series.length > WORK_MAX) return { kind: 'none', why: 'too_many_changes' };
  const rates = rootsOf(series).map(rateOfUnknown);
  // An odd number of changes has a root for certain.
  if (rates.length === 0) return { kind: 'none', why: changes % 2 === 1 ? 'out_of_range' : 'no_root' };
  return rates.length === 1 ? { kind: 'one', rate: rates[0]! } : { kind: 'several', rates };
}

/**
 * What flows are worth at a rate per period, at the last of them for rates from zero, at the first below: the sign says on which side
 * of it their own rate lies.
 *
 * Units   2^-112 of the amounts' unit.
 * Rounds  each step, at the last of those digits.
 * Needs   flows as `searchRate`; a rate above −100 % a period, at which no power over all of them is beyond 2^4000000.
 * Throws  ArgumentError outside `Needs`.
 */
export function worthAt(flows: readonly Flow[], rate: Fixed): bigint {
  needFlows(flows);
  needBigint('rate', rate, 1n - ONE, RATE_MAX);
  const series = seriesOf(flows);
  const growth = 1 + Number(rate) / 1e40;
  if (series.length > 0 && Math.abs(Math.log2(growth)) * (series[series.length - 1]!.at - series[0]!.at) > POWER_BITS_MAX) throw new ArgumentError('rate', rate, `one whose power over all flows is within 2^${POWER_BITS_MAX}`);
  return series.length === 0 ? 0n : valueAt(series, unknownOfRate(rate));
}

/** One unit of an amount, in those of `worthAt`. */
export const WORTH_UNIT = 1n << AMOUNT_BITS;

/** The sign of flows' worth where growth a period is 1 + z from zero up and 1 / (1 − z) below. 0 where rounding could have made it, or z has too many digits. */
export function wholeSignAt(flows: readonly Flow[], z: number): number {
  const scaled = z * DOUBLE_SCALE;
  const series = seriesOf(flows);
  if (!Number.isInteger(scaled) || series.length === 0) return 0;
  const value = valueAt(series, (BigInt(scaled) * DOUBLE_REST) as Unknown);
  const size = series.reduce((sum, { amount }) => sum + (amount < 0n ? -amount : amount), 0n);
  const grownBits = BigInt(Math.ceil(Math.log2(1 + Math.abs(z)) * (series[series.length - 1]!.at - series[0]!.at)) + 1);
  const doubt = (size << grownBits) >> DOUBT_BITS;
  return value > doubt ? 1 : value < -doubt ? -1 : 0;
}
