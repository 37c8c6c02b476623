import { assert } from './assert.ts';
import type { BusinessDate } from './business-date.ts';
import { days360, yearFraction } from './day-count.ts';
import { addFixed, fixedOf, ONE, powFixed, subFixed } from './fixed.ts';
import { searchRate, type RateSearch } from './rate-search.ts';

/** Money on a day; received positive, paid negative (or the other way round). In any whole unit. */
export type DatedFlow = { readonly on: BusinessDate; readonly amount: bigint };

/** How days become years. */
export type XirrBasis = 'act/365F' | 'act/360' | '30/360_bond_basis' | '30/360_us' | '30E/360' | 'act/act_isda';

/** As a `RateSearch`, with the rate a year. */
export type Xirr = RateSearch;

const TICKS_A_YEAR = { 'act/365F': 365, 'act/360': 360, '30/360_bond_basis': 360, '30/360_us': 360, '30E/360': 360, 'act/act_isda': 365 * 366 } as const;

/** Growth a year between which rates count when flows change sign more than once: −99.99999999 % to 10^20. */
const GROWTH_LEAST = fixedOf(1n, 10n ** 10n);
const GROWTH_MOST = fixedOf(10n ** 20n);

/**
 * The yearly rate r at which Σ amount / (1 + r)^years = 0, years counted from the first day. Flows come in any order.
 *
 * Units   the rate as a fraction a year, compounded.
 * Rounds  growth a day to within 1e-30, then a year's at the 40th digit (a rate nearer than that to −100 % is −100 %).
 * Keeps   finds every rate, in a bounded number of steps. Money that goes only one way and then only the other has one rate, however
 *         extreme; other flows answer with those from −99.99999999 % to 10^20, for what lies beyond is algebra and no price.
 * Needs   at most 128 changes of sign.
 * Answers none, with the reason, where no rate does it.
 * Source  docs/specs/xirr.md.
 */
export function xirr(flows: readonly DatedFlow[], basis: XirrBasis = 'act/365F'): Xirr {
  if (flows.length === 0) return { kind: 'none', why: 'same_sign' };
  const first = flows.reduce((least, { on }) => (on < least ? on : least), flows[0]!.on);
  const found = searchRate(flows.map(({ on, amount }) => ({ at: ticksBetween(first, on, basis), amount })));
  return yearlyOf(found, { ticksAYear: TICKS_A_YEAR[basis], isAnyRateMeant: hasOneTurn(flows) });
}

/**
 * The rate per period at which flows of equal periods are worth nothing: amount n after n periods.
 *
 * Units   the rate as a fraction a period.
 * Rounds  to within 1e-30.
 * Needs   at most 128 changes of sign.
 * Source  docs/specs/xirr.md.
 */
export function irr(amounts: readonly bigint[]): Xirr {
  return yearlyOf(searchRate(amounts.map((amount, at) => ({ at, amount }))), { ticksAYear: 1, isAnyRateMeant: turns(amounts) === 1 });
}

function ticksBetween(from: BusinessDate, to: BusinessDate, basis: XirrBasis): number {
  switch (basis) {
    case 'act/365F': case 'act/360': return to - from;
    case '30/360_bond_basis': return days360(from, to, 'bond_basis');
    case '30/360_us': return days360(from, to, 'us');
    case '30E/360': return days360(from, to, 'european');
    case 'act/act_isda': return Number(yearFraction(from, to, 'act/act_isda').numerator);
    default: return assert(false, `no such basis: ${String(basis satisfies never)}`) as never;
  }
}

function yearlyOf(found: RateSearch, { ticksAYear, isAnyRateMeant }: { readonly ticksAYear: number; readonly isAnyRateMeant: boolean }): Xirr {
  if (found.kind === 'none') return found;
  const growths = (found.kind === 'one' ? [found.rate] : found.rates).map((rate) => powFixed(addFixed(ONE, rate), ticksAYear));
  const meant = isAnyRateMeant ? growths : growths.filter((growth) => growth >= GROWTH_LEAST && growth <= GROWTH_MOST);
  const rates = meant.map((growth) => subFixed(growth, ONE));
  if (rates.length === 0) return { kind: 'none', why: 'out_of_range' };
  return rates.length === 1 ? { kind: 'one', rate: rates[0]! } : { kind: 'several', rates };
}

const hasOneTurn = (flows: readonly DatedFlow[]): boolean => turns([...flows].sort((a, b) => a.on - b.on).map(({ amount }) => amount)) === 1;

function turns(amounts: readonly bigint[]): number {
  let [count, last] = [0, 0n];
  for (const amount of amounts) {
    if (amount === 0n) continue;
    if (last !== 0n && amount > 0n !== last > 0n) count++;
    last = amount;
  }
  return count;
}
