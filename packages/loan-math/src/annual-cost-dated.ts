import type { CostFlows } from './annual-cost-flows.ts';
import { ArgumentError } from './assert.ts';
import type { BusinessDate } from './business-date.ts';
import { needCostFlows } from './flow-needs.ts';
import { needBigint } from './needs.ts';
import { PPM } from './rate.ts';

const YEAR_DAYS = 365n;
const DAY_BASE = YEAR_DAYS * PPM;
const HIGHEST_PPM = 10n ** 18n;

/**
 * The nominal yearly rate of dated flows, the law's measure: each day costs a 365th of it on what is still out, and interest is
 * added only when something is paid. An Act/360 loan at 24 % costs 24 × 365 / 360 = 24.33 % by it, whatever its months look like.
 *
 * Units   ppm a year; below zero when less is paid back than was received.
 * Rounds  up: a price is never shown below what it is.
 * Needs   at most 1,200 payments (a hundred years of months), in order, none before the first day; amounts within ±10 trillion yuan. Flows
 *         with one change of sign (money in, then money out), as every loan here has: others may have several rates, of which this is one.
 * Answers null when no rate up to 10^18 ppm explains the flows.
 * Throws  ArgumentError outside `Needs`.
 * Source  docs/specs/annual-cost.md §2 (RATE-011).
 */
export function datedRatePpm(flows: CostFlows): bigint | null {
  needCostFlows(flows);
  return ratePpmOf(flows);
}

/** The same of flows that were checked. */
export function ratePpmOf(flows: CostFlows): bigint | null {
  const longest = longestPeriod(flows);
  if (flows.received <= 0n || longest === 0) return null;
  // Growth over the longest period stays at or above nothing.
  const lowest = -DAY_BASE / BigInt(longest);
  const seed = seedPpm(flows);
  let [low, high] = seed === null || seed <= lowest ? [lowest, 0n] : [seed - 1n, seed];
  for (let step = 1n; exceeds(flows, high); step *= 2n) {
    if (high > HIGHEST_PPM) return null;
    [low, high] = [high, high + step];
  }
  for (let step = 1n; low > lowest && !exceeds(flows, low); step *= 2n) [low, high] = [low - step > lowest ? low - step : lowest, low];
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    if (exceeds(flows, middle)) low = middle;
    else high = middle;
  }
  return high;
}

/**
 * Whether dated flows cost more than a nominal yearly rate. Exact: the balance is kept as a fraction, nothing rounds.
 *
 * Units   ppm a year.
 * Needs   flows as `datedRatePpm`; a rate above -100 %, at most 10^18 ppm, at which no period shrinks a balance to less
 *         than nothing.
 * Throws  ArgumentError outside `Needs`.
 * Source  docs/specs/annual-cost.md §4 (RATE-011).
 */
export function costsMoreThan(flows: CostFlows, ratePpm: bigint): boolean {
  needCostFlows(flows);
  needRatePpm('ratePpm', ratePpm, flows);
  return exceeds(flows, ratePpm);
}

/** A rate a year above −100 % at which no period shrinks a balance to less than nothing. */
export function needRatePpm(argument: string, ratePpm: unknown, flows: CostFlows): void {
  needBigint(argument, ratePpm, 1n - PPM, HIGHEST_PPM);
  const longest = longestPeriod(flows);
  if (DAY_BASE + ratePpm * BigInt(longest) < 0n) throw new ArgumentError(argument, ratePpm, `at least -365000000 / ${longest}, the days of the longest period`);
}

/** The same of flows that were checked. */
export function exceeds(flows: CostFlows, ratePpm: bigint): boolean {
  let balance: bigint = flows.received;
  let base = 1n;
  for (const { days, amount } of periodsOf(flows)) {
    balance *= DAY_BASE + ratePpm * BigInt(days);
    base *= DAY_BASE;
    balance -= amount * base;
  }
  return balance < 0n;
}

/** Payments that ask for nothing add no interest to the balance: their days belong to the next. */
function periodsOf({ receivedOn, payments }: CostFlows): readonly { readonly days: number; readonly amount: bigint }[] {
  const periods: { days: number; amount: bigint }[] = [];
  let since: BusinessDate = receivedOn;
  for (const { dueOn, principal, charges } of payments) {
    const amount = principal + charges;
    if (amount === 0n) continue;
    periods.push({ days: dueOn - since, amount });
    since = dueOn;
  }
  return periods;
}

const longestPeriod = (flows: CostFlows): number => periodsOf(flows).reduce((longest, { days }) => Math.max(longest, days), 0);

/** A guess by halving in floating point; what comes of it is found by exact tests about it. */
function seedPpm(flows: CostFlows): bigint | null {
  const periods = periodsOf(flows).map(({ days, amount }) => ({ days, amount: Number(amount) }));
  const received = Number(flows.received);
  const costsMore = (rate: number): boolean => periods.reduce((balance, { days, amount }) => balance * (1 + (rate * days) / 365) - amount, received) < 0;
  let [low, high] = [-365 / longestPeriod(flows), 1];
  for (let doubling = 0; doubling < 40 && costsMore(high); doubling++) [low, high] = [high, high * 4];
  for (let halving = 0; halving < 60 && high - low > 1e-9; halving++) {
    const middle = (low + high) / 2;
    if (costsMore(middle)) low = middle;
    else high = middle;
  }
  const ppm = Math.ceil(high * 1e6 - 1e-3);
  return Number.isFinite(ppm) ? BigInt(ppm) : null;
}
