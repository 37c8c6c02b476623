import { ArgumentError } from './assert.ts';
import { divideFloor, FEN_MAX } from './money.ts';
import { needBigint, needList, needObject, needOneOf } from './needs.ts';
import type { Totals } from './position.ts';
import { PPM } from './rate.ts';
import type { FundingShare } from './terms.ts';

/** What each funder has had of one running total, in contract order. */
export type Split = readonly bigint[];

/** The running totals of a loan, each split over its funders. A component that never moved may be missing. */
export type SplitState = { readonly [component in keyof Totals]?: Split };

/** What a movement gave each funder, in contract order; negative where it took back. */
export type SplitMovement = { readonly state: SplitState; readonly moved: Split };

/** Principal may leave a funder only as far as it is in: the totals that draw on `disbursed`. */
const DRAWS_ON_DISBURSED: readonly (keyof Totals)[] = ['principalPaid', 'principalChargedOff'];

const COMPONENTS = Object.keys({
  disbursed: 1, received: 1, refunded: 1, refundLiability: 1, principalPaid: 1, interestCharged: 1, interestPaid: 1, interestWaived: 1, penaltyCharged: 1, penaltyPaid: 1, penaltyWaived: 1,
  feeCharged: 1, feePaid: 1, feeWaived: 1, principalChargedOff: 1, recovered: 1,
} satisfies Record<keyof Totals, 1>) as readonly (keyof Totals)[];
const SHARES_MAX = 100;
/** Fen that go one by one: as many as there are funders, unless the state was made with other shares. */
const SINGLES_MAX = 10_000n;

/**
 * Moves one running total to a new value and splits it over the funders by running totals.
 *
 * Units   fen; shares in ppm, summing to 1_000_000.
 * Rounds  each funder's part down; a leftover fen goes to the funder that needs its next whole fen soonest as the
 *         total grows (of what is lent: to the one entitled to it longest), an excess comes back from the one that
 *         needed its last fen latest; ties in contract order.
 * Keeps   Σ funders = the running total; no funder is a whole fen from its exact share; a growing total takes from
 *         nobody; no funder is repaid more principal than it lent, so all close at zero together. A falling total
 *         (a reversal) is split afresh.
 * Needs   1 to 100 shares that sum to 1_000_000; a total within ±10 trillion yuan, of principal no more than was lent; a state that these
 *         shares made.
 * Throws  ArgumentError outside `Needs`.
 * Source  docs/specs/funding-split.md.
 */
export function splitMovement(state: SplitState, shares: readonly FundingShare[], component: keyof Totals, total: bigint): SplitMovement {
  checkShares(shares);
  checkState(state, shares.length);
  needOneOf('component', component, COMPONENTS);
  needBigint('total', total, -FEN_MAX, FEN_MAX);
  return moved(state, shares, component, total);
}

function moved(state: SplitState, shares: readonly FundingShare[], component: keyof Totals, total: bigint): SplitMovement {
  const had = state[component] ?? shares.map(() => 0n);
  const grows = total >= sumOf(had);
  const has = splitTotal({
    had: grows ? had : shares.map(() => 0n),
    shares: shares.map((share) => share.sharePpm),
    total,
    limits: limitsOf(state, component, shares),
    isLent: component === 'disbursed',
  });
  return { state: { ...state, [component]: has }, moved: has.map((amount, index) => amount - had[index]!) };
}

/**
 * Splits every running total of a loan after a change. What comes back as `moved` sums, component by component,
 * to the difference between the new totals and those last split; a component that did not move is left out.
 *
 * Needs   as `splitMovement`, of every total.
 * Throws  ArgumentError outside `Needs`.
 * Source  docs/specs/funding-split.md.
 */
export function splitTotals(state: SplitState, shares: readonly FundingShare[], totals: Totals): SplitTotals {
  checkShares(shares);
  checkState(state, shares.length);
  needObject('totals', totals);
  for (const component of COMPONENTS) needBigint(`totals.${component}`, totals[component], -FEN_MAX, FEN_MAX);
  let after = state;
  const steps: { -readonly [component in keyof Totals]?: Split } = {};
  for (const component of COMPONENTS) {
    if (sumOf(after[component] ?? []) === totals[component]) continue;
    const step = moved(after, shares, component, totals[component]);
    after = step.state;
    steps[component] = step.moved;
  }
  return { state: after, moved: steps };
}

export type SplitTotals = { readonly state: SplitState; readonly moved: SplitState };

function checkShares(shares: readonly FundingShare[]): void {
  needList('shares', shares, SHARES_MAX);
  let sum = 0n;
  for (let index = 0; index < shares.length; index++) {
    const share: unknown = shares[index];
    needObject(`shares[${index}]`, share);
    needBigint(`shares[${index}].sharePpm`, (share as FundingShare).sharePpm, 0n, PPM);
    sum += (share as FundingShare).sharePpm;
  }
  if (sum !== PPM) throw new ArgumentError('shares', shares, `shares that sum to 1000000 ppm, not ${sum}`);
}

function checkState(state: SplitState, funders: number): void {
  needObject('state', state);
  for (const component of Object.keys(state) as (keyof Totals)[]) {
    needOneOf('state', component, COMPONENTS);
    const had: unknown = state[component];
    if (had === undefined) continue;
    needList(`state.${component}`, had, funders);
    if (had.length !== funders) throw new ArgumentError(`state.${component}`, had, `an amount for each of ${funders} funders`);
    for (let index = 0; index < funders; index++) needBigint(`state.${component}[${index}]`, had[index], -FEN_MAX, FEN_MAX);
  }
}

const sumOf = (amounts: readonly bigint[]): bigint => amounts.reduce((sum, amount) => sum + amount, 0n);

function limitsOf(state: SplitState, component: keyof Totals, shares: readonly FundingShare[]): Split | null {
  if (!DRAWS_ON_DISBURSED.includes(component)) return null;
  const others = DRAWS_ON_DISBURSED.filter((other) => other !== component);
  return shares.map((_, index) => others.reduce((left, other) => left - (state[other]?.[index] ?? 0n), state.disbursed?.[index] ?? 0n));
}

type Splitting = {
  readonly had: Split;
  readonly shares: readonly bigint[];
  readonly total: bigint;
  readonly limits: Split | null;
  readonly isLent: boolean;
};

function splitTotal(splitting: Splitting): Split {
  const { had, shares, total, limits } = splitting;
  // A refund the bank took back makes a total negative: it is split like a positive one and turned round.
  if (total < 0n) return splitTotal({ ...splitting, had: shares.map(() => 0n), total: -total }).map((amount) => -amount);
  const has = shares.map((share, index) => {
    const whole = divideFloor(total * share, PPM);
    const part = limits !== null && whole > limits[index]! ? limits[index]! : whole;
    return part > had[index]! ? part : had[index]!;
  });
  const off = total - sumOf(has);
  if (off > SINGLES_MAX || off < -SINGLES_MAX) refuse(splitting);
  for (let left = off; left > 0n; left--) {
    const next = chosenFor(shares, (index) => nextFen(splitting, has[index]!, index));
    if (next === null) return refuse(splitting);
    has[next] = has[next]! + 1n;
  }
  for (let excess = sumOf(has) - total; excess > 0n; excess--) {
    const last = chosenFor(shares, (index) => lastFen(splitting, has[index]!, index));
    if (last === null) return refuse(splitting);
    has[last] = has[last]! - 1n;
  }
  return has;
}

function refuse({ total, limits }: Splitting): never {
  throw limits === null ? new ArgumentError('total', total, 'one that grew from a state of these shares') : new ArgumentError('total', total, 'no more principal than was lent');
}

/** A claim to a fen (or to giving one back): the lower rank wins, then the smaller fraction, then contract order. */
type Claim = { readonly rank: number; readonly numerator: bigint; readonly denominator: bigint };

/** With share s, the next whole fen is needed when the total reaches (has + 1) / s, and may be had once it passes has / s. */
function nextFen({ shares, total, limits, isLent }: Splitting, has: bigint, index: number): Claim | null {
  const share = shares[index]!;
  if (share === 0n || (limits !== null && has >= limits[index]!)) return null;
  const isEntitled = has * PPM < total * share;
  return { rank: isEntitled ? 0 : 1, numerator: isLent ? has : has + 1n, denominator: share };
}

function lastFen({ shares, had }: Splitting, has: bigint, index: number): Claim | null {
  if (has <= had[index]!) return null;
  return { rank: 0, numerator: -has, denominator: shares[index]! };
}

function chosenFor(shares: readonly bigint[], claimOf: (index: number) => Claim | null): number | null {
  let chosen: number | null = null;
  let best: Claim | null = null;
  for (let index = 0; index < shares.length; index++) {
    const claim = claimOf(index);
    if (claim !== null && (best === null || precedes(claim, best))) [chosen, best] = [index, claim];
  }
  return chosen;
}

const precedes = (a: Claim, b: Claim): boolean =>
  a.rank !== b.rank ? a.rank < b.rank : a.numerator * b.denominator < b.numerator * a.denominator;
