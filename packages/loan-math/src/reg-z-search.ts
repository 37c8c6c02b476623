import { addFixed, divFixed, fixedOf, mulFixed, ONE, powFixed, type Fixed } from './fixed.ts';

/** Money at whole unit-periods and an odd part of one: advances above zero, payments below. */
export type Term = { readonly whole: number; readonly odd: Fixed; readonly amount: bigint };

/**
 * Advances less payments at a rate, and how fast that rises with the rate: at the first day, or below a rate of zero at the last, so that
 * no power grows. The sign is the same.
 */
export type Worth = (rate: Fixed) => { readonly value: bigint; readonly slope: bigint };

export type Bracket = readonly [low: Fixed, high: Fixed];

const RATE_MOST = fixedOf(1_000_000n);
const RATE_LEAST = fixedOf(-9_999n, 10_000n);
const STEP_FIRST = ONE / 1000n;
const CLOSE = ONE / 10n ** 32n;

export function worthOf(terms: readonly Term[]): Worth {
  const last = terms.reduce((most, { whole }) => Math.max(most, whole), 0);
  const [fromFirst, fromLast] = [away(terms, (whole) => whole), away(terms, (whole) => last - whole)];
  return (rate) => {
    const growth = addFixed(ONE, rate);
    const discount = divFixed(ONE, growth);
    const isUp = rate >= 0n;
    const base = isUp ? discount : growth;
    const simple = new Map<Fixed, Fixed>();
    let [value, slope] = [0n, 0n];
    let [at, power] = [0, ONE];
    for (const { periods, odd, amount } of isUp ? fromFirst : fromLast) {
      power = mulFixed(power, periods - at === 1 ? base : powFixed(base, periods - at));
      at = periods;
      let share = simple.get(odd);
      if (share === undefined) simple.set(odd, (share = divFixed(ONE, addFixed(ONE, mulFixed(odd, rate)))));
      const now = amount * (odd === 0n ? power : mulFixed(power, share));
      value += now;
      slope += (now * (BigInt(isUp ? -periods : periods) * discount - mulFixed(odd, share))) / ONE;
    }
    return { value, slope };
  };
}

type Away = { readonly periods: number; readonly odd: Fixed; readonly amount: bigint };

/** The nearest first. */
const away = (terms: readonly Term[], from: (whole: number) => number): readonly Away[] =>
  terms.map(({ whole, odd, amount }) => ({ periods: from(whole), odd, amount })).sort((a, b) => a.periods - b.periods);

/** From zero on, by steps that grow by half, until the sign of what is left changes; null where it does not within −99.99 % to a millionfold. */
export function bracketOf(worth: Worth, isUp: boolean): Bracket | null {
  let near: bigint = 0n;
  for (let step = STEP_FIRST; ; step += step / 2n) {
    const far: bigint = isUp ? near + step : near - step > RATE_LEAST ? near - step : RATE_LEAST;
    const { value } = worth(far as Fixed);
    if (isUp ? value > 0n : value < 0n) return (isUp ? [near, far] : [far, near]) as unknown as Bracket;
    if (far > RATE_MOST || far === RATE_LEAST) return null;
    near = far;
  }
}

/**
 * Worth is below zero at the low end and above at the high: Newton's step while it stays between and falls to half of the one before, else
 * the middle. Either the steps or the bracket halve: it ends.
 */
export function closeIn(worth: Worth, [low, high]: Bracket): Fixed {
  let [below, above] = [low, high];
  let rate = ((low + high) >> 1n) as Fixed;
  // A first step from the middle that stays between is no longer than half of the bracket: any of these is.
  let width: bigint = RATE_MOST;
  while (above - below > CLOSE) {
    const { value, slope } = worth(rate);
    if (value === 0n) return rate;
    if (value < 0n) below = rate;
    else above = rate;
    const next = slope === 0n ? below : ((rate - (value * ONE) / slope) as Fixed);
    const move = next > rate ? next - rate : rate - next;
    const isGood = next > below && next < above && move * 2n <= width;
    [rate, width] = isGood ? [next, move] : [((below + above) >> 1n) as Fixed, RATE_MOST];
    if (isGood && move <= CLOSE) return rate;
  }
  return rate;
}
