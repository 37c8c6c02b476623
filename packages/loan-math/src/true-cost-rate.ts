import { ArgumentError } from './assert.ts';
import { fixedOf, ONE, powFixed, ppmOfFixed, subFixed, addFixed, type Fixed } from './fixed.ts';
import { FEN_MAX, type Fen } from './money.ts';
import { needBigint, needInteger, needObject, needOneOf } from './needs.ts';

/** A rate as a seller says it: 0.05 % a day is `{ rate: 0.0005, per: 'day' }`. */
export type StatedRate = { readonly rate: Fixed; readonly per: 'day' | 'month' | 'year' };

/** What the seller's rate comes to in a year, before any fee: the figure beside which the true cost is set. */
export type AdvertisedRate = {
  /** × 360 for a rate a day, × 12 for one a month. */
  readonly nominalPpm: bigint;
  /** × 365, only for a rate a day: the two differ, and the seller picks (D1). */
  readonly nominal365Ppm: bigint | null;
  /** (1 + rate)^365 − 1, (1 + rate)^12 − 1. */
  readonly compoundedPpm: bigint;
};

/** An exact share: top / bottom, in lowest terms. */
export type Ratio = { readonly top: bigint; readonly bottom: bigint };

const DAYS_OF_MONTH = 30n;
const MONTHS_OF_YEAR = 12n;
/** 100 million yuan: with rate, fees and months at their bounds no amount of an offer, and no sum of them, leaves the range of `fen`. */
export const OFFER_MAX = FEN_MAX / 100_000n;
const MONTHS_MAX = 480;

/**
 * A stated rate for a year, by the conventions it may be advertised with.
 *
 * Rounds  each once, half up.
 * Needs   a rate of 0 to 100 % a day or a month, 0 to 1000 % a year.
 * Throws  ArgumentError outside `Needs`.
 * Source  docs/specs/true-cost.md §2 (D1).
 */
export function advertisedRate(stated: StatedRate): AdvertisedRate {
  checkStated('stated', stated);
  const { rate, per } = stated;
  if (per === 'year') return { nominalPpm: ppmOfFixed(rate), nominal365Ppm: null, compoundedPpm: ppmOfFixed(rate) };
  const grown = (times: number): bigint => ppmOfFixed(subFixed(powFixed(addFixed(ONE, rate), times), ONE));
  if (per === 'month') return { nominalPpm: ppmOfFixed((rate * 12n) as Fixed), nominal365Ppm: null, compoundedPpm: grown(12) };
  return { nominalPpm: ppmOfFixed((rate * 360n) as Fixed), nominal365Ppm: ppmOfFixed((rate * 365n) as Fixed), compoundedPpm: grown(365) };
}

/** A stated rate for one month, exactly: a month has 30 days, a year 12 months. */
export function monthlyRatio({ rate, per }: StatedRate): Ratio {
  if (per === 'day') return lowest(rate * DAYS_OF_MONTH, ONE);
  return lowest(rate, per === 'month' ? ONE : ONE * MONTHS_OF_YEAR);
}

/** The same for one month, to 40 digits. */
export const monthlyFixed = (stated: StatedRate): Fixed => {
  const { top, bottom } = monthlyRatio(stated);
  return fixedOf(top, bottom);
};

/** Needs a bottom above 0. */
function lowest(top: bigint, bottom: bigint): Ratio {
  let [a, b] = [top, bottom];
  while (b !== 0n) [a, b] = [b, a % b];
  return { top: top / a, bottom: bottom / a };
}

/** 1 fen to 100 million yuan. */
export function checkPrincipal(argument: string, amount: Fen): void {
  needBigint(argument, amount, 1n, OFFER_MAX);
}

export function checkAmount(argument: string, amount: Fen, most: bigint): void {
  needBigint(argument, amount, 0n, most);
}

export function checkMonths(months: number): void {
  needInteger('months', months, 1, MONTHS_MAX);
}

export function checkShare(argument: string, share: Fixed): void {
  if (typeof share !== 'bigint' || share < 0n || share > ONE) throw new ArgumentError(argument, share, `a bigint, 0 to 1 (${ONE} at 40 digits)`);
}

export function checkOneOf(argument: string, value: string, allowed: readonly string[]): void {
  needOneOf(argument, value, allowed);
}

/** At most 100 % a day or a month, 1000 % a year. */
export function checkStated(argument: string, stated: StatedRate): void {
  needObject(argument, stated);
  checkOneOf(`${argument}.per`, stated.per, ['day', 'month', 'year']);
  const most = stated.per === 'year' ? 10n : 1n;
  if (typeof stated.rate !== 'bigint' || stated.rate < 0n || stated.rate > most * ONE) throw new ArgumentError(`${argument}.rate`, stated.rate, `a bigint, 0 to ${most} a ${stated.per} (${most * ONE} at 40 digits)`);
}
