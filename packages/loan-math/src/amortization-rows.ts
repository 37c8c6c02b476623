import { divideToMultiple, rounded, type Rounding, type Share } from './amortization-rounding.ts';
import { ArgumentError } from './assert.ts';

/** How the rows of a schedule are laid out. The doc comments are on `AmortizationTerms`. */
export type AmortizationShape = 'level' | 'level_principal' | 'flat' | 'flat_level' | 'bullet';

/** Principal that comes (> 0) or goes (< 0) inside a period, with what 1 bears from that day to the period's end. */
export type BalanceChange = { readonly amount: bigint; readonly factor: Share };

/** What 1 bears over a period, and what happens to the balance inside it. */
export type PeriodFactor = { readonly factor: Share; readonly changes?: readonly BalanceChange[] };

/** Terms with every choice made, in plain bigints: the last row repays and asks, whatever the first may put off. */
export type RowPlan = {
  readonly principal: bigint;
  readonly periods: readonly PeriodFactor[];
  readonly shape: AmortizationShape;
  readonly rounding: Rounding;
  readonly multipleOf: bigint;
  readonly respread: number;
  readonly installment: bigint | null;
  readonly levelFactor: Share | null;
  readonly flatCharge: 'period' | 'term';
  readonly graceOnPrincipal: number;
  readonly graceOnInterest: number;
  readonly interestFree: number;
  readonly capitalized: number;
};

export type PlainRow = { readonly principal: bigint; readonly interest: bigint; readonly capitalized: bigint; readonly balance: bigint };

/** What was left open, filled with what changes nothing. */
export const PLAIN: Omit<RowPlan, 'principal' | 'periods' | 'shape'> = {
  rounding: 'half_up', multipleOf: 1n, respread: 0, installment: null, levelFactor: null, flatCharge: 'period',
  graceOnPrincipal: 0, graceOnInterest: 0, interestFree: 0, capitalized: 0,
};

/** The rows, and the installment that all but the last ask where there is one. */
export type Solved = { readonly rows: readonly PlainRow[]; readonly level: bigint };

/** Lays out the rows: the one computation behind every schedule without a calendar. */
export function rowsOf(plan: RowPlan): Solved {
  switch (plan.shape) {
    case 'level': return levelRows(plan);
    case 'level_principal': return { rows: walk(plan, declining(plan), sharer(plan, 1n)), level: 0n };
    case 'bullet': return { rows: walk(plan, declining(plan), () => 0n), level: 0n };
    case 'flat': {
      const charges = flatCharges(plan);
      const share = sharer(plan, plan.multipleOf);
      const { multipleOf, rounding } = plan;
      // A charge that is no multiple is rounded to one with what principal makes up for.
      const planned: Planned = (row) => share(row) + rounded(row.interest, multipleOf, rounding) * multipleOf - row.interest;
      return { rows: walk(plan, (index) => charges[index]!, planned), level: 0n };
    }
    case 'flat_level': {
      const charges = flatCharges(plan);
      const total = lentIn(plan) + charges.reduce((sum, charge) => sum + charge, 0n);
      const level = plan.installment ?? divideToMultiple({ numerator: total, denominator: levelCount(plan) }, plan.multipleOf, plan.rounding);
      return { rows: walk(plan, (index) => charges[index]!, ({ interest }) => level - interest), level };
    }
    default: return unreachable(plan.shape);
  }
}

/** The rows of equal periods with nothing chosen. */
export function equalRows({ principal, count, factor, shape }: { readonly principal: bigint; readonly count: number; readonly factor: Share; readonly shape: AmortizationShape }): readonly PlainRow[] {
  return rowsOf({ ...PLAIN, principal, shape, periods: Array.from({ length: count }, () => ({ factor })) }).rows;
}

/** Interest of one period, rounded once. */
export function interestOf(opening: bigint, period: PeriodFactor, rounding: Rounding): bigint {
  const { numerator, denominator } = borneIn(opening, period);
  return rounded(numerator, denominator, rounding);
}

/** What the opening balance of a period and each change inside it bear, exactly. */
function borneIn(opening: bigint, { factor, changes = [] }: PeriodFactor): Share {
  let { numerator, denominator } = { numerator: opening * factor.numerator, denominator: factor.denominator };
  for (const { amount, factor: rest } of changes) {
    numerator = numerator * rest.denominator + amount * rest.numerator * denominator;
    denominator *= rest.denominator;
  }
  return { numerator, denominator };
}

/**
 * The amount that repays a balance in equal installments: Σ of what comes, grown to the end, over Σ of 1 grown from each due day.
 * One exact fraction over a common denominator that cancels.
 */
export function levelShare(balance: bigint, periods: readonly PeriodFactor[]): Share {
  let [value, paid, common] = [balance, 0n, 1n];
  for (const { factor, changes = [] } of periods) {
    value *= factor.numerator + factor.denominator;
    paid *= factor.numerator + factor.denominator;
    common *= factor.denominator;
    for (const { amount, factor: rest } of changes) {
      value = value * rest.denominator + amount * (rest.numerator + rest.denominator) * common;
      paid *= rest.denominator;
      common *= rest.denominator;
    }
    paid += common;
  }
  return { numerator: value, denominator: paid };
}

type RowAsked = { readonly index: number; readonly interest: bigint; readonly balance: bigint };
type Planned = (row: RowAsked) => bigint;
type Interest = (index: number, opening: bigint) => bigint;

const changed = ({ changes = [] }: PeriodFactor): bigint => changes.reduce((sum, { amount }) => sum + amount, 0n);
const lentIn = ({ principal, periods }: RowPlan): bigint => periods.reduce((sum, period) => sum + changed(period), principal);
/** The first row that repays. */
const firstRepaying = (plan: RowPlan): number => Math.max(plan.graceOnPrincipal, plan.capitalized);
const levelCount = (plan: RowPlan): bigint => BigInt(plan.periods.length - firstRepaying(plan));

const declining = ({ periods, rounding, interestFree }: RowPlan): Interest =>
  (index, opening) => (index < interestFree ? 0n : interestOf(opening, periods[index]!, rounding));

/** The same share of principal in each row, of what is out when the first of them opens and of all that comes later. */
function sharer(plan: RowPlan, multipleOf: bigint): Planned {
  const share = divideToMultiple({ numerator: lentIn(plan), denominator: levelCount(plan) }, multipleOf, plan.rounding);
  return () => share;
}

/** What each row of a flat charge asks: on what was lent, however little of it is left. */
function flatCharges({ principal, periods, rounding, interestFree, flatCharge }: RowPlan): readonly bigint[] {
  let base = principal;
  const exact = periods.map((period, index): Share => {
    const borne = index < interestFree ? NOTHING : borneIn(base, period);
    base += changed(period);
    return borne;
  });
  if (flatCharge === 'period') return exact.map(({ numerator, denominator }) => rounded(numerator, denominator, rounding));
  const term = exact.reduce((a, b) => ({ numerator: a.numerator * b.denominator + b.numerator * a.denominator, denominator: a.denominator * b.denominator }), NOTHING);
  let left = rounded(term.numerator, term.denominator, rounding);
  const each = rounded(left, BigInt(Math.max(1, periods.length - interestFree)), rounding);
  return periods.map((_, index) => {
    const charge = index < interestFree ? 0n : index === periods.length - 1 || each > left ? left : each;
    left -= charge;
    return charge;
  });
}

/**
 * Level rows, and the re-spread: while the last row differs from the installment by more than half a fen for each row, the installment
 * moves by the n-th part of the difference, as long as that brings them nearer.
 */
function levelRows(plan: RowPlan): Solved {
  let solved = levelled(plan, plan.installment);
  for (let turn = 0; turn < plan.respread; turn++) {
    const off = lastOff(solved);
    if (abs(off) <= BigInt(plan.periods.length >> 1)) break;
    const moved = rounded(off, levelCount(plan), plan.rounding);
    const level = divideToMultiple({ numerator: solved.level + moved, denominator: 1n }, plan.multipleOf, plan.rounding);
    const next = levelled(plan, level);
    if (abs(lastOff(next)) >= abs(off)) break;
    solved = next;
  }
  return solved;
}

function levelled(plan: RowPlan, given: bigint | null): Solved {
  const first = firstRepaying(plan);
  let level = given;
  const rows = walk(plan, declining(plan), ({ index, interest, balance }) => {
    // The first repaying row: its opening balance is what the rows from here repay.
    level ??= divideToMultiple(levelOf(plan, index, balance - changed(plan.periods[index]!)), plan.multipleOf, plan.rounding);
    return level - interest;
  }, first);
  return { rows, level: level ?? 0n };
}

function levelOf({ periods, levelFactor, interestFree }: RowPlan, index: number, opening: bigint): Share {
  const left = periods.slice(index);
  if (levelFactor === null) return levelShare(opening, left.map((period, at) => (index + at < interestFree ? freed(period) : period)));
  return levelShare(opening + changed(left[0]!), left.map(() => ({ factor: levelFactor })));
}

const freed = ({ changes = [] }: PeriodFactor): PeriodFactor => ({ factor: NOTHING, changes: changes.map(({ amount }) => ({ amount, factor: NOTHING })) });
const NOTHING: Share = { numerator: 0n, denominator: 1n };

/** How far the last row is from the installment. */
function lastOff({ rows, level }: Solved): bigint {
  const last = rows[rows.length - 1]!;
  return rows.length < 2 ? 0n : last.principal + last.interest - level;
}

const abs = (amount: bigint): bigint => (amount < 0n ? -amount : amount);

/** One row after another. `first` is the first that repays; the last takes what is left. */
function walk(plan: RowPlan, interestIn: Interest, planned: Planned, first = firstRepaying(plan)): readonly PlainRow[] {
  const { periods } = plan;
  const rows: PlainRow[] = [];
  let [balance, deferred] = [plan.principal, 0n];
  for (let index = 0; index < periods.length; index++) {
    const borne = interestIn(index, balance);
    balance += changed(periods[index]!);
    if (balance < 0n) throw new ArgumentError(`periods[${index}].changes`, changed(periods[index]!), 'no more goes than is out');
    const isLast = index === periods.length - 1;
    const capitalized = index < plan.capitalized ? borne : 0n;
    deferred += borne - capitalized;
    const interest = index < plan.graceOnInterest ? 0n : deferred;
    const asked = isLast ? balance : index < first ? 0n : planned({ index, interest: borne, balance });
    const principal = asked > balance ? balance : asked < 0n ? 0n : asked;
    deferred -= interest;
    balance += capitalized - principal;
    rows.push({ principal, interest, capitalized, balance });
    if (plan.installment !== null && balance === 0n && deferred === 0n && periods.slice(index + 1).every((period) => changed(period) === 0n)) break;
  }
  return rows;
}

function unreachable(value: never): never {
  throw new RangeError(`no such shape: ${String(value)}`);
}
