import { assert } from './assert.ts';
import type { BusinessDate } from './business-date.ts';
import type { LoanEvent } from './event.ts';
import { changeWrong } from './events-check.ts';
import { divideAfresh, relevel } from './loan-ahead.ts';
import { cellsLeft, layCells, openPeriod, takeRate, yearSteps, type Cell, type OpenPeriod } from './loan-open.ts';
import { clockOf, endPause, noteGraceKept, notePaid, notePenalty, unpaidRows, type LoanState } from './loan-state.ts';
import { divideHalfUp } from './money.ts';
import { dueDayOf, firstShift, rolledAsKnown, type DueLayout } from './plan-days.ts';
import { ACT_ACT_YEAR, MONTHS_IN_YEAR, THIRTY_YEAR, thirtyDays, type Plan } from './plan.ts';

type ChangeOf<K extends LoanEvent['kind']> = Extract<LoanEvent, { kind: K }>;

/** Another rate from now on: what has run up stays, in the open period too; the rows left are levelled anew. */
export function changeRate(state: LoanState, event: ChangeOf<'rate_changed'>): void {
  assertSound(state, event);
  if (state.chargedOffOn !== null) return;
  const day = clockOf(state, event.valueOn);
  for (const row of unpaidRows(state)) notePenalty(state.plan, row, day);
  state.plan = { ...state.plan, rate: event.rate, penaltyRate: event.penaltyRate ?? state.plan.penaltyRate };
  const { open } = state;
  if (open === null) return;
  takeRate(state.plan, open);
  state.refundLiability += divideAfresh(state, open, event.valueOn);
  if (state.open !== null) relevel(state, open);
}

/**
 * The rest of the loan over other installments, from now on: as a loan of what is left, paid out today. Interest run up in the open period is
 * rounded, kept, and asked with the first of them; what was paid ahead in it counts towards that one.
 */
export function reschedule(state: LoanState, event: ChangeOf<'rescheduled'>): void {
  assertSound(state, event);
  const { valueOn: on, months, dueDay } = event;
  if (state.chargedOffOn !== null) return;
  if (state.pause !== null) endPause(state, on);
  const before = state.open;
  const base = (before?.base ?? 0n) + (event.includesOverdue ? takeOverdue(state, on) : 0n);
  if (base === 0n) return;
  const row = state.rows.length + 1;
  state.plan = rescheduledPlan(state.plan, row, { on, months, dueDay });
  const carried = before === null ? 0n : divideHalfUp(before.numerator, before.denominator) + before.carried;
  const open = openPeriod(state.plan, row, { base, level: 0n, carried })!;
  if (state.plan.terms.basis === 'monthly') layCells(state.plan, open, stubCells(state.plan, row));
  if (before !== null) {
    open.aheadFee = before.aheadFee;
    open.prepaidInterest = before.prepaidInterest + before.aheadInterest;
    open.prepaidPrincipal = before.prepaidPrincipal + before.aheadPrincipal;
    open.lastPaidOn = before.lastPaidOn;
  }
  state.open = open;
  relevel(state, open);
}

/** Takes unpaid principal back from the rows that have fallen due; the penalty it has borne stays due. */
function takeOverdue(state: LoanState, on: BusinessDate): bigint {
  const { plan } = state;
  const day = clockOf(state, on);
  let taken = 0n;
  for (const row of state.rows) {
    if (row.paidOn === null) {
      notePenalty(plan, row, day);
      taken += row.principal - row.principalPaid;
      row.principal = row.principalPaid;
      noteGraceKept(plan, row, day);
      notePaid(plan, row, { on, day });
    }
    row.balanceAfter += taken;
  }
  return taken;
}

/** Row `row` begins on the day, `months` rows are left. A grace on principal or interest is over; installments without interest stay so by number. */
function rescheduledPlan(plan: Plan, row: number, { on, months, dueDay }: { readonly on: BusinessDate; readonly months: number; readonly dueDay: number | null }): Plan {
  const anchor = dueDay ?? plan.layout.anchor;
  const layout: DueLayout = { origin: on, before: row - 1, last: row - 1 + months, shift: firstShift(plan.terms, on, anchor), anchor };
  const first = { ...plan, layout, graceOnPrincipal: 0, graceOnInterest: 0, days: [...plan.days.slice(0, row - 1), on], unrolled: [...plan.unrolled.slice(0, row - 1), on] };
  return withDueDays(first, row);
}

/** The plan with its due days from row `row` on as its layout has them. */
function withDueDays(plan: Plan, row: number): Plan {
  const days = plan.days.slice(0, row);
  const unrolled = plan.unrolled.slice(0, row);
  for (let next = row; next <= plan.layout.last; next++) {
    unrolled.push(dueDayOf(plan.layout, next));
    days.push(rolledAsKnown(unrolled[next]!, days[next - 1]!, plan.terms.dueRoll));
  }
  return { ...plan, days, unrolled };
}

/** A first period that need not be a month long, with a month's interest for each whole month counted back from its end, and for a part of one its part. */
function stubCells(plan: Plan, row: number): readonly Cell[] {
  const [from, through] = [plan.days[row - 1]!, plan.days[row]!];
  const cells: Cell[] = [];
  let end: number = through;
  for (let back = 1; end > from; back++) {
    const start = dueDayOf({ ...plan.layout, shift: plan.layout.shift - back }, row);
    cells.unshift({ through: end, weight: 1n, parts: MONTHS_IN_YEAR * BigInt(end - start) });
    end = start;
  }
  return cells;
}

/** Through `until` nothing falls due, and what is late stands still. */
export function pause(state: LoanState, event: ChangeOf<'paused'>): void {
  assertSound(state, event);
  if (state.chargedOffOn !== null) return;
  if (state.pause !== null) resume(state, event.valueOn);
  const { plan, open } = state;
  const cells = open === null ? [] : cellsLeft(open);
  state.pause = { from: event.valueOn, until: event.until, plan, cells };
  if (open === null) return;
  moveDueDays(state, open, { after: event.until, pushed: state.pause });
  if (event.interest === 'stops') layCells(state.plan, open, stoppedThrough(cellsLeft(open), event.until));
  state.refundLiability += divideAfresh(state, open, event.valueOn);
}

/** A pause ends before its time: due days move only as far as they must for the days it took. */
export function resume(state: LoanState, on: BusinessDate): void {
  const { pause: pushed, open } = state;
  if (pushed === null || state.chargedOffOn !== null) return;
  endPause(state, on);
  if (open === null) return;
  moveDueDays(state, open, { after: on, pushed });
  state.refundLiability += divideAfresh(state, open, on);
}

/** Moves the due days left by whole months, until the first lies after a day, and lets interest run on to it. */
function moveDueDays(state: LoanState, open: OpenPeriod, { after, pushed }: { readonly after: number; readonly pushed: { readonly plan: Plan; readonly cells: readonly Cell[] } }): void {
  const { layout } = pushed.plan;
  const from = pushed.plan.days[open.row]!;
  let plan: Plan = { ...state.plan, layout, days: pushed.plan.days, unrolled: pushed.plan.unrolled };
  let months = 0;
  while (plan.days[open.row]! <= after) {
    months += 1;
    plan = withDueDays({ ...plan, layout: { ...layout, shift: layout.shift + months } }, open.row);
  }
  state.plan = plan;
  layCells(plan, open, [...pushed.cells, ...(months === 0 ? [] : addedCells(plan, open.row, { from, months }))]);
}

/** The months by which a due day moved: each runs as a period of its own. */
function addedCells(plan: Plan, row: number, { from, months }: { readonly from: BusinessDate; readonly months: number }): readonly Cell[] {
  const through = plan.days[row]!;
  const { basis } = plan.terms;
  if (basis === 'act_act') return yearSteps(from, through).map((step) => ({ ...step, parts: ACT_ACT_YEAR }));
  if (basis === 'act_360' || basis === 'act_365') return [{ through, weight: 1n, parts: basis === 'act_360' ? 360n : 365n }];
  const cells: Cell[] = [];
  let [start, begins] = [from, dueDayOf({ ...plan.layout, shift: plan.layout.shift - months }, row)];
  for (let month = 1; month <= months; month++) {
    const ends = dueDayOf({ ...plan.layout, shift: plan.layout.shift - months + month }, row);
    const end = month === months ? through : ends;
    const days = BigInt(end - start);
    cells.push(plan.thirty === null ? { through: end, weight: 1n, parts: MONTHS_IN_YEAR * days } : { through: end, weight: BigInt(thirtyDays(plan, begins, ends)), parts: THIRTY_YEAR * days });
    [start, begins] = [end, ends];
  }
  return cells;
}

/** The same cells with no interest through a day. */
function stoppedThrough(cells: readonly Cell[], day: number): readonly Cell[] {
  const after = cells.filter(({ through }) => through > day);
  return [{ through: day, weight: 0n, parts: 1n }, ...after];
}

function assertSound({ plan }: LoanState, event: LoanEvent): void {
  const wrong = changeWrong(plan.terms, event);
  assert(wrong === null, `a contract is changed to what it can be: ${event.id}`);
}
