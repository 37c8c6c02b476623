import { ArgumentError, assert } from './assert.ts';
import type { BusinessDate } from './business-date.ts';
import { DAYS_MAX, DAYS_MIN, needDay } from './calendar.ts';
import { days360, yearFraction } from './day-count.ts';
import { addFixed, DIGITS, fixedOf, ONE, powFixed, subFixed, type Fixed } from './fixed.ts';
import { divideHalfUp } from './money.ts';
import { needBigint, needInteger, needList, needObject, needOneOf } from './needs.ts';
import { searchRate, wholeSignAt, type Flow, type RateSearch } from './rate-search.ts';
import { quickRoot, quickRounded, quickRoomFor, quickSeriesOf, type QuickMeasure, type QuickSeries } from './rate-search-quick.ts';
import { seriesOf, signChanges } from './rate-search-series.ts';

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

const BASES = ['act/365F', 'act/360', '30/360_bond_basis', '30/360_us', '30E/360', 'act/act_isda'] as const satisfies readonly XirrBasis[];
const FLOWS_MAX = 10_000;
const AMOUNT_MAX = 10n ** 100n;
const TICKS_MAX = 1_000_000_000;
const DECIMALS_MOST = 30;
/** Up to so many decimals floating point is asked first. */
const QUICK_DECIMALS = 14;
/** Of 12 decimals, which are asked for most. */
const UNIT_12 = 10n ** 28n;

/**
 * The yearly rate r at which Σ amount / (1 + r)^years = 0, years counted from the first day. Flows come in any order.
 *
 * Units   the rate as a fraction a year, compounded.
 * Rounds  half up at a decimal, where one is asked for (12 take a fortieth of the time that all take, and are as certain); otherwise growth
 *         a day to within 1e-30, then a year's at the 40th digit (a rate nearer than that to −100 % is −100 %).
 * Keeps   finds every rate, in a bounded number of steps. Money that goes only one way and then only the other has one rate, however
 *         extreme; other flows answer with those from −99.99999999 % to 10^20, for what lies beyond is algebra and no price.
 * Needs   at most 10,000 flows, each on a day of the years 1 to 9999, of at most 10^100; a basis of `XirrBasis`, with act/act_isda days at
 *         most 7,000 years apart (a year has 133,590 parts of which days are whole numbers); decimals 0 to 30. Flows of more than 128 changes of sign are not searched.
 * Throws  ArgumentError outside `Needs`.
 * Answers none, with the reason, where no rate does it.
 * Source  docs/specs/xirr.md.
 */
export function xirr(flows: readonly DatedFlow[], basis: XirrBasis = 'act/365F', decimals?: number): Xirr {
  needList('flows', flows, FLOWS_MAX);
  needOneOf('basis', basis, BASES);
  if (decimals !== undefined) {
    needInteger('decimals', decimals, 0, DECIMALS_MOST);
    const quick = decimals <= QUICK_DECIMALS && basis !== 'act/act_isda' ? quickXirr(flows, basis, decimals) : null;
    if (quick !== null) return quick;
  }
  for (const [index, flow] of flows.entries()) needFlow(index, flow);
  if (flows.length === 0) return { kind: 'none', why: 'same_sign' };
  const first = flows.reduce((least, { on }) => (on < least ? on : least), flows[0]!.on);
  const ticks = flows.map(({ on, amount }): Flow => ({ at: ticksBetween(first, on, basis), amount }));
  if (ticks.some(({ at }) => at > TICKS_MAX)) throw new ArgumentError('flows', flows, 'days at most 7,000 years apart, with act/act_isda');
  return roundedTo(yearlyOf(searchRate(ticks), { ticksAYear: TICKS_A_YEAR[basis], isAnyRateMeant: hasOneTurn(ticks) }), decimals);
}

/**
 * The rate per period at which flows of equal periods are worth nothing: amount n after n periods.
 *
 * Units   the rate as a fraction a period.
 * Rounds  half up at a decimal, where one is asked for (14 take a tenth of the time that all take, and are as certain); otherwise to within 1e-30.
 * Needs   at most 10,000 amounts of at most 10^100; decimals 0 to 30. Flows of more than 128 changes of sign are not searched.
 * Throws  ArgumentError outside `Needs`.
 * Answers none, with the reason, where no rate does it.
 * Source  docs/specs/xirr.md.
 */
export function irr(amounts: readonly bigint[], decimals?: number): Xirr {
  needList('amounts', amounts, FLOWS_MAX);
  if (decimals !== undefined) {
    needInteger('decimals', decimals, 0, DECIMALS_MOST);
    const quick = decimals <= QUICK_DECIMALS ? quickIrr(amounts, decimals) : null;
    if (quick !== null) return quick;
  }
  for (const [index, amount] of amounts.entries()) needBigint(`amounts[${index}]`, amount, -AMOUNT_MAX, AMOUNT_MAX);
  const periods = amounts.map((amount, at): Flow => ({ at, amount }));
  return roundedTo(yearlyOf(searchRate(periods), { ticksAYear: 1, isAnyRateMeant: hasOneTurn(periods) }), decimals);
}

function needFlow(index: number, flow: unknown): void {
  needObject(`flows[${index}]`, flow);
  const { on, amount } = flow as { readonly on: unknown; readonly amount: unknown };
  needDay(`flows[${index}].on`, on);
  needBigint(`flows[${index}].amount`, amount, -AMOUNT_MAX, AMOUNT_MAX);
}

const YEARLY = {
  'act/365F': { periods: 365, isCompounded: true }, 'act/360': { periods: 360, isCompounded: true }, '30/360_bond_basis': { periods: 360, isCompounded: true },
  '30/360_us': { periods: 360, isCompounded: true }, '30E/360': { periods: 360, isCompounded: true },
} as const;
const PERIODIC = { periods: 1, isCompounded: false } as const;

/** Null when floating point cannot prove the answer, or arguments are not what they should be. */
function quickXirr(flows: readonly DatedFlow[], basis: keyof typeof YEARLY, decimals: number): Xirr | null {
  const room = quickRoomFor(flows.length);
  if (room === null) return null;
  const isActual = basis === 'act/365F' || basis === 'act/360';
  for (let i = 0; i < flows.length; i++) {
    const flow = flows[i];
    if (typeof flow !== 'object' || flow === null || typeof flow.amount !== 'bigint' || !isDay(flow.on)) return null;
    if (i > 0 && flow.on < flows[i - 1]!.on) {
      for (const [index, each] of flows.entries()) needFlow(index, each);
      return quickXirr([...flows].sort((a, b) => a.on - b.on), basis, decimals);
    }
    room.at[i] = isActual ? flow.on : ticksBetween(flows[0]!.on, flow.on, basis);
    room.amount[i] = doubleOf(flow.amount);
  }
  const whole = (): readonly Flow[] => flows.map(({ on, amount }) => ({ at: ticksBetween(flows[0]!.on, on, basis), amount }));
  return quickRate(quickSeriesOf(room, flows.length), { measure: YEARLY[basis], decimals, whole });
}

/** For a guess: what comes of it is proven, or thrown away. Amounts that a double does not hold are left to whole numbers. */
const doubleOf = (whole: bigint): number => Number(whole);

const isDay = (on: unknown): on is BusinessDate => typeof on === 'number' && (on | 0) === on && on >= DAYS_MIN && on <= DAYS_MAX && !Object.is(on, -0);

function quickIrr(amounts: readonly bigint[], decimals: number): Xirr | null {
  const room = quickRoomFor(amounts.length);
  if (room === null) return null;
  for (let i = 0; i < amounts.length; i++) {
    const amount = amounts[i];
    if (typeof amount !== 'bigint') return null;
    room.at[i] = i;
    room.amount[i] = doubleOf(amount);
  }
  return quickRate(quickSeriesOf(room, amounts.length), { measure: PERIODIC, decimals, whole: () => amounts.map((amount, index) => ({ at: index, amount })) });
}

type Quick = { readonly measure: QuickMeasure; readonly decimals: number; readonly whole: () => readonly Flow[] };

function quickRate(series: QuickSeries | null, { measure, decimals, whole }: Quick): Xirr | null {
  if (series === null) return null;
  const root = quickRoot(series);
  const units = root === null ? null : quickRounded(series, root, { measure, parts: 10 ** decimals, signAt: (z) => wholeSignAt(whole(), z) });
  return units === null ? null : { kind: 'one', rate: (BigInt(units) * (decimals === 12 ? UNIT_12 : unitOf(decimals))) as Fixed };
}

function roundedTo(found: Xirr, decimals: number | undefined): Xirr {
  if (decimals === undefined || found.kind === 'none') return found;
  const unit = unitOf(decimals);
  const rounded = (rate: Fixed): Fixed => (divideHalfUp(rate, unit) * unit) as Fixed;
  return found.kind === 'one' ? { kind: 'one', rate: rounded(found.rate) } : { kind: 'several', rates: found.rates.map(rounded) };
}

const unitOf = (decimals: number): bigint => 10n ** (DIGITS - BigInt(decimals));

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

/** What is paid and received on one day is one flow: in which order it was given does not matter. */
const hasOneTurn = (flows: readonly Flow[]): boolean => signChanges(seriesOf(flows)) === 1;
