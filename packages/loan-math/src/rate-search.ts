import { assert } from './assert.ts';
import { ONE, type Fixed } from './fixed.ts';
import { rootsOf } from './rate-search-roots.ts';
import { AMOUNT_BITS, rateOfUnknown, seriesOf, signChanges, unknownOfRate, valueAt } from './rate-search-series.ts';

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
  /** More than 128 changes of sign: such flows are not searched. */
  | 'too_many_changes';

/** The rates per period at which flows are worth nothing together. */
export type RateSearch =
  | { readonly kind: 'one'; readonly rate: Fixed }
  | { readonly kind: 'none'; readonly why: NoRate }
  /** More than one rate does it: which is meant is the caller's to say. Ascending. */
  | { readonly kind: 'several'; readonly rates: readonly Fixed[] };

const LATEST = 1_000_000_000;
const CHANGES_MAX = 128;

/**
 * The rate per period at which Σ amount / (1 + rate)^at = 0.
 *
 * Units   `at` in periods; the rate per period.
 * Rounds  to within 1e-30; rates closer together than about 1e-13 count as one.
 * Keeps   finds every rate in range (isolated by derivatives, docs/specs/annual-cost.md §3), in a bounded number of steps.
 * Needs   at most 128 changes of sign.
 * Throws  InvariantError when a flow is not at a whole period from 0 to 10^9.
 * Source  docs/specs/annual-cost.md §3.
 */
export function searchRate(flows: readonly Flow[]): RateSearch {
  for (const { at } of flows) if (!Number.isInteger(at) || at < 0 || at > LATEST) assert(false, `a flow is at a whole period from 0 to ${LATEST}, got ${at}`);
  const series = seriesOf(flows);
  const changes = signChanges(series);
  if (changes === 0) return { kind: 'none', why: 'same_sign' };
  if (changes > CHANGES_MAX) return { kind: 'none', why: 'too_many_changes' };
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
 * Throws  InvariantError at a rate of −100 % or below.
 */
export function worthAt(flows: readonly Flow[], rate: Fixed): bigint {
  assert(rate > -ONE, 'a rate is above -100 %');
  const series = seriesOf(flows);
  return series.length === 0 ? 0n : valueAt(series, unknownOfRate(rate));
}

/** One unit of an amount, in those of `worthAt`. */
export const WORTH_UNIT = 1n << AMOUNT_BITS;
