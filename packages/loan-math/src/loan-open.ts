import { civilOf, type BusinessDate } from './business-date.ts';
import { installmentFee } from './loan-fees.ts';
import { divideHalfUp } from './money.ts';
import { leavesInterest, nextYear, periodDenominator, periodWeight, plannedPrincipal, yearWeight, type Growth, type Plan } from './plan.ts';
import { PPM } from './rate.ts';

/** Days of a period on which interest runs alike: through a day, rate × weight a day. */
export type Step = { readonly through: number; readonly weight: bigint };

/** The interest period that runs now. Its row falls due on `plan.days[row]`. */
export type OpenPeriod = {
  readonly row: number;
  denominator: bigint;
  /** Interest-bearing principal: neither fallen due nor repaid. */
  base: bigint;
  /** Σ base × rate × weight of each day through `through`. */
  numerator: bigint;
  through: number;
  /** Weight, and rate × weight, of each day from `stepFrom` through `stepThrough`; and the weights after that. */
  weight: bigint;
  unit: bigint;
  stepFrom: number;
  stepThrough: number;
  later: readonly Step[];
  /** Σ rate × weight of the days before `stepFrom`. */
  unitsBefore: bigint;
  /** The level amount this row asks, and the one later rows will ask. */
  level: bigint;
  nextLevel: bigint;
  /** Interest of earlier periods that is asked with this row, whole fen. */
  readonly carried: bigint;
  /** What the row asks as fees on its due day. */
  readonly fee: bigint;
  /** Paid ahead towards this row's amount. */
  aheadFee: bigint;
  aheadInterest: bigint;
  aheadPrincipal: bigint;
  /** What the row asked when it was first paid ahead: with level principal in all, of one that leaves its interest to a later one as principal. */
  aheadAmount: bigint | null;
  /** Explicit prepayments made in this period, on top of the row's amount. */
  prepaidInterest: bigint;
  prepaidPrincipal: bigint;
  lastPaidOn: BusinessDate | null;
};

const NO_STEPS: readonly Step[] = [];

/** The period of row `row`, or null when nothing is left to bear interest. */
export function openPeriod(plan: Plan, row: number, begins: { readonly base: bigint; readonly level: bigint; readonly carried: bigint }): OpenPeriod | null {
  const { base, level, carried } = begins;
  if (base === 0n || row >= plan.days.length) return null;
  const from = plan.days[row - 1]!;
  const through = plan.days[row]!;
  const steps = plan.terms.basis === 'act_act' && row > plan.interestFree ? yearSteps(from, through) : NO_STEPS;
  const weight = row <= plan.interestFree ? 0n : periodWeight(plan, row);
  return {
    row,
    denominator: periodDenominator(plan, row),
    base, numerator: 0n, through: from,
    weight,
    unit: weight === 1n ? plan.rate : plan.rate * weight,
    stepFrom: from,
    stepThrough: steps.length < 2 ? through : steps[0]!.through,
    later: steps.length < 2 ? NO_STEPS : steps.slice(1),
    unitsBefore: 0n,
    level, nextLevel: level, carried,
    fee: installmentFee(plan.terms, row, base),
    aheadFee: 0n, aheadInterest: 0n, aheadPrincipal: 0n, aheadAmount: null, prepaidInterest: 0n, prepaidPrincipal: 0n, lastPaidOn: null,
  };
}

/** A period by calendar years. */
export function yearSteps(from: BusinessDate, through: BusinessDate): readonly Step[] {
  const steps: Step[] = [];
  for (let day = from; day < through; ) {
    const border = nextYear(day);
    const end = border < through ? border : through;
    steps.push({ through: end, weight: yearWeight(civilOf(day).year) });
    day = end;
  }
  return steps;
}

/** Lets interest run to a day of the period. */
export function accrue(plan: Plan, open: OpenPeriod, day: number): void {
  while (open.later.length > 0 && day >= open.stepThrough) {
    run(open, open.stepThrough);
    open.unitsBefore = unitsSoFar(open);
    takeSteps(plan, open, open.later);
  }
  run(open, day);
}

/** From here on the period runs by these steps. */
function takeSteps(plan: Plan, open: OpenPeriod, [step, ...later]: readonly Step[]): void {
  open.stepFrom = open.through;
  open.stepThrough = step!.through;
  open.weight = step!.weight;
  open.unit = plan.rate * step!.weight;
  open.later = later;
}

/** From here on the period runs at the plan's rate. */
export function takeRate(plan: Plan, open: OpenPeriod): void {
  open.unitsBefore = unitsSoFar(open);
  open.stepFrom = open.through;
  open.unit = plan.rate * open.weight;
}

function run(open: OpenPeriod, day: number): void {
  if (day === open.through) return;
  open.numerator += open.base * open.unit * BigInt(day - open.through);
  open.through = day;
}

/** Σ rate × weight of the days of the period so far: what a fen that was there from its beginning has borne, over the denominator. */
export const unitsSoFar = (open: OpenPeriod): bigint => open.unitsBefore + open.unit * BigInt(open.through - open.stepFrom);

/** Σ rate × weight of the days of the period to come. */
export function unitsLeft(plan: Plan, open: OpenPeriod): bigint {
  let units = open.unit * BigInt(open.stepThrough - open.through);
  if (open.later.length === 0) return units;
  let from = open.stepThrough;
  for (const { through, weight } of open.later) {
    units += plan.rate * weight * BigInt(through - from);
    from = through;
  }
  return units;
}

export const growthOfOpen = (plan: Plan, open: OpenPeriod): Growth => ({ denominator: open.denominator, units: unitsSoFar(open) + unitsLeft(plan, open) });

/** A weight over parts of a year: what a day of a cell bears is rate × weight / parts. */
export type Cell = { readonly through: number; readonly weight: bigint; readonly parts: bigint };

/** The days to come of the period as cells. */
export function cellsLeft(open: OpenPeriod): readonly Cell[] {
  const parts = open.denominator / PPM;
  return [{ through: open.stepThrough, weight: open.weight, parts }, ...open.later.map((step) => ({ ...step, parts }))];
}

/** Lays the days to come of the period anew: what has run up stays, over a denominator that suits both. */
export function layCells(plan: Plan, open: OpenPeriod, cells: readonly Cell[]): void {
  const parts = cells.reduce((common, cell) => leastMultiple(common, cell.parts), open.denominator / PPM);
  const factor = (parts * PPM) / open.denominator;
  const isFree = open.row <= plan.interestFree;
  const steps = cells.filter(({ through }) => through > open.through).map((cell): Step => ({ through: cell.through, weight: isFree ? 0n : (cell.weight * parts) / cell.parts }));
  open.unitsBefore = unitsSoFar(open) * factor;
  open.numerator *= factor;
  open.denominator *= factor;
  takeSteps(plan, open, steps);
}

const leastMultiple = (a: bigint, b: bigint): bigint => (a / greatestDivisor(a, b)) * b;
function greatestDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

/** What the open period's row will ask on its due day if another `extra` of principal is repaid now, and what interest it leaves to be asked later. */
export function askOf(plan: Plan, open: OpenPeriod, extra = 0n): { readonly interest: bigint; readonly principal: bigint; readonly carriedOn: bigint } {
  const interest = interestOfRow(plan, open, extra);
  const balance = open.base + open.aheadPrincipal;
  const isKept = open.aheadAmount !== null && open.row <= plan.graceOnInterest;
  const planned = isKept ? smaller(open.aheadAmount!, balance) : plannedPrincipal(plan, open.row, { level: open.level, interest: ownPart(open, interest), balance });
  const principal = planned < open.aheadPrincipal ? open.aheadPrincipal : planned;
  return leavesInterest(plan, open.row, balance - principal) ? { interest: 0n, principal, carriedOn: interest } : { interest, principal, carriedOn: 0n };
}

/** What of a row's interest is not carried from earlier periods: only that counts towards a level amount. */
export const ownPart = (open: OpenPeriod, interest: bigint): bigint => (open.carried === 0n ? interest : interest > open.carried ? interest - open.carried : 0n);

/** Interest the row has to ask in all if another `extra` is repaid now: the period's, rounded once, and what was carried, less what went with prepayments. */
export function interestOfRow(plan: Plan, open: OpenPeriod, extra: bigint): bigint {
  // On its due day nothing is left to run.
  const toRun = open.through === open.stepThrough && open.later.length === 0 ? 0n : (open.base - extra) * unitsLeft(plan, open);
  return interestAsked(open, open.numerator + toRun);
}

/** The same, from what the whole period comes to, over its denominator. */
export function interestAsked(open: OpenPeriod, numerator: bigint): bigint {
  const asked = halfUp(numerator, open.denominator) + open.carried - open.prepaidInterest;
  return asked < 0n ? 0n : asked;
}

/** `divideHalfUp` of this fold's own: engines make short work of a division that never saw numbers of more than 64 bits, and others have. */
export const halfUp = (numerator: bigint, denominator: bigint): bigint => (numerator >= 0n ? (numerator + denominator / 2n) / denominator : divideHalfUp(numerator, denominator));

/** Interest run up to now that nobody has been asked for yet, rounded half up. Negative when the period was paid ahead. */
export function interestToNow(open: OpenPeriod): bigint {
  return divideHalfUp(open.numerator, open.denominator) + open.carried - open.prepaidInterest - open.aheadInterest;
}

export const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b);
export const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b);
