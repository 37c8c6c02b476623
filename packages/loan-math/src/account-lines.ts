import { eventReasons, eventTitle } from './account-lines-event.ts';
import { feeReasons } from './account-lines-change.ts';
import { reversalReasons, reversedReasons } from './account-lines-reversal.ts';
import { fallingDueReasons, penaltyReasons, penaltyReasonsAtEnd, standingReasons, unpaidOf, type PenaltyTold } from './account-lines-time.ts';
import { bearingBase, rowOf, type Book } from './account-lines-book.ts';
import { walk, type Step } from './account-lines-walk.ts';
import type { BusinessDate } from './business-date.ts';
import type { LoanEvent, LoanEventKind } from './event.ts';
import { compareEvents, eventsThatCount } from './event-order.ts';
import { needLoan } from './loan-accepts.ts';
import { needEvents, TOLD_MAX } from './loan-needs.ts';
import { money, rowWords } from './explain-text.ts';
import type { Reason, Words } from './explain.ts';
import { fen, type Fen } from './money.ts';
import { NO_TOTALS, positionOn } from './position-on.ts';
import type { Position, PositionInstallment, Totals } from './position.ts';
import type { LoanTerms } from './terms.ts';

/** One line of a loan's account: what happened, what it moved, where that left the loan, and why. */
export type AccountLine = {
  readonly on: BusinessDate;
  /** `fell_due`: an installment fell due. `overdue`: penalty that time alone made. `today`: how it stands on the day asked for. */
  readonly kind: LoanEventKind | 'overdue' | 'today';
  /** The id of the event, or null where time alone did it. */
  readonly event: string | null;
  /** The number of the installment the line is about, when it is one. */
  readonly installment: number | null;
  /** Differences of `Totals`, only those that are not zero. */
  readonly moved: Partial<Totals>;
  readonly principalOutstanding: Fen;
  /** All that is due and unpaid after this line. */
  readonly due: Fen;
  readonly what: Words;
  readonly why: readonly Reason[];
};

/**
 * The life of a loan as an account anybody can follow: a line for everything that moved a fen, with its reasons.
 *
 * What     lines in the order of the fold; a repayment that was taken back has its line and moves nothing, and so has what took
 *          it back; the last line says where the loan stands on `on`.
 * Units    fen.
 * Keeps    Σ moved over the lines = totals of `positionOn` for that day; the figures of each sentence come out (`recomputed`).
 * Needs    as `positionOn`, with at most 1,000 events: every line is computed anew.
 * Throws   ArgumentError outside `Needs`.
 * Source   docs/specs/account-lines.md.
 */
export function accountLines(terms: LoanTerms, events: readonly LoanEvent[], on: BusinessDate, knownThrough: number = Number.MAX_SAFE_INTEGER): readonly AccountLine[] {
  needEvents('events', events, TOLD_MAX);
  needLoan(terms, events, on);
  const counting = eventsThatCount(events, on, knownThrough);
  const known = events.filter((event) => event.sequence <= knownThrough);
  const teller = new Teller(terms, known);
  const first = counting[0];
  if (first === undefined || first.kind === 'cancelled') {
    const position = positionOn(terms, counting, on, knownThrough);
    if (first !== undefined) teller.write({ on: first.valueOn, kind: 'cancelled', event: first.id, after: position, what: eventTitle(first, NOT_REVERSED), why: [] });
    teller.write({ on, kind: 'today', event: null, after: position, what: todayTitle(position), why: [] });
    return teller.lines;
  }
  const aside = known.filter((event) => event.valueOn <= on && (event.kind === 'repayment_reversed' || teller.reversals.has(event.id))).sort(compareEvents);
  let last = positionOn(terms, [], first.valueOn, 0);
  const book = walk(terms, counting, on, (step, notes) => {
    while (aside.length > 0 && comesBefore(aside[0]!, step)) teller.tellAside(aside.shift()!, last, counting);
    teller.tell(step, notes);
    last = step.after;
  });
  for (const event of aside) teller.tellAside(event, last, counting);
  teller.tellToday(last, book);
  return teller.lines;
}

const NOT_REVERSED = { reversedBy: null, reverses: null } as const;

/** Dues of a day come before its events; what does not count stands where it would. */
function comesBefore(aside: LoanEvent, { on, event }: Step): boolean {
  return event === null ? aside.valueOn < on : compareEvents(aside, event) < 0;
}

type Written = {
  readonly on: BusinessDate; readonly kind: AccountLine['kind']; readonly event: string | null; readonly after: Position;
  readonly what: Words; readonly why: readonly Reason[];
  readonly installment?: number;
  /** Only these totals are told now; all that moved when not given. */
  readonly only?: readonly (keyof Totals)[];
  /** What of `after.due` is not due yet on this line. */
  readonly notYetDue?: bigint;
};

const PENALTY = ['penaltyCharged'] as const;
const FEES = ['feeCharged'] as const;

class Teller {
  readonly lines: AccountLine[] = [];
  readonly reversals = new Map<string, LoanEvent>();
  private readonly terms: LoanTerms;
  private readonly byId: ReadonlyMap<string, LoanEvent>;
  private readonly penaltyTold: PenaltyTold = { amount: new Map(), inSum: new Set() };
  private told: Totals = NO_TOTALS;

  constructor(terms: LoanTerms, known: readonly LoanEvent[]) {
    this.terms = terms;
    this.byId = new Map(known.map((event) => [event.id, event]));
    for (const event of known) if (event.kind === 'repayment_reversed') this.reversals.set(event.reverses, event);
  }

  /** Writes a line with everything that moved since the last one (or of that, only what is named). */
  write({ on, kind, event, after, what, why, installment, only, notYetDue = 0n }: Written): void {
    const moved: Partial<Record<keyof Totals, Fen>> = {};
    const told: Record<keyof Totals, Fen> = { ...this.told };
    for (const key of only ?? (Object.keys(after.totals) as (keyof Totals)[])) {
      const difference = after.totals[key] - told[key];
      if (difference !== 0n) moved[key] = fen(difference);
      told[key] = after.totals[key];
    }
    this.told = told;
    this.lines.push({ on, kind, event, installment: installment ?? null, moved, principalOutstanding: after.principalOutstanding, due: fen(after.due.total - notYetDue), what, why });
  }

  tell({ on, event, before, after }: Step, book: Book): void {
    if (event !== null) {
      this.tellPenalty(before, book);
      const why = eventReasons(book, { on, event, before, after });
      this.write({ on, kind: event.kind, event: event.id, after, what: eventTitle(event, NOT_REVERSED), why });
      return;
    }
    this.tellOverdueFees(before, after);
    const fallen = fallenDue(before, after);
    if (fallen.length === 0) return;
    this.tellPenalty(after, book, fallen.reduce((sum, row) => sum + unpaidOf(row), 0n));
    for (const row of fallen) this.tellDue(row, { on, event, before, after }, book);
  }

  /** A fee that is asked once an installment has used up its grace. */
  private tellOverdueFees(before: Position, after: Position): void {
    const fallen = fallenDue(before, after).reduce((sum, row) => sum + unpaidOf(row), 0n);
    for (const row of after.installments) {
      const was = rowOf(before, row.number);
      if (was === null || was.dueOn > before.on || row.fee === was.fee) continue;
      const name = rowWords(row.number);
      const what = { zh: `${name.zh}逾期，收取费用 ${money(row.fee - was.fee).zh}`, en: `Installment ${row.number} is overdue: a fee of ${money(row.fee - was.fee).en}` };
      const why = feeReasons(this.terms, ['overdue'], () => row.principal - row.principalPaid);
      const told = { ...after.totals, feeCharged: fen(this.told.feeCharged + row.fee - was.fee) };
      this.write({ on: after.on, kind: 'overdue', event: null, after: { ...after, totals: told }, what, why, only: FEES, notYetDue: fallen, installment: row.number });
    }
  }

  private tellDue(row: PositionInstallment, { on, before, after }: Step, book: Book): void {
    const name = rowWords(row.number);
    const due = unpaidOf(row);
    const what = due === 0n
      ? { zh: `${name.zh}到期，已提前付清`, en: `Installment ${row.number} falls due and is paid already` }
      : { zh: `${name.zh}到期，应还 ${money(due).zh}`, en: `Installment ${row.number} falls due: ${money(due).en}` };
    this.write({ on, kind: 'fell_due', event: null, after, what, why: fallingDueReasons(book, row, before), installment: row.number });
  }

  private tellPenalty(position: Position, book: Book, notYetDue = 0n): void {
    const grown = position.totals.penaltyCharged - this.told.penaltyCharged;
    if (grown === 0n) return;
    const rows = position.installments.filter((row) => row.penalty !== (this.penaltyTold.amount.get(row.number) ?? 0n));
    const why = penaltyReasons(book, position, this.penaltyTold);
    const what = { zh: `逾期罚息增加 ${money(grown).zh}`, en: `Penalty for being overdue grows by ${money(grown).en}` };
    const one = rows.length === 1 ? { installment: rows[0]!.number } : {};
    this.write({ on: position.on, kind: 'overdue', event: null, after: position, what, why, only: PENALTY, notYetDue, ...one });
  }

  /** A repayment that was taken back, or what took it back: both move nothing, for it is as if it had never been. */
  tellAside(event: LoanEvent, last: Position, counting: readonly LoanEvent[]): void {
    const position = { ...last, totals: this.told };
    const reversedBy = this.reversals.get(event.id) ?? null;
    const reverses = event.kind === 'repayment_reversed' ? (this.byId.get(event.reverses) ?? null) : null;
    const why = reversedBy !== null ? reversedReasons(reversedBy) : reverses === null ? [] : reversalReasons(this.terms, counting, { reversal: event, reverses });
    this.write({ on: event.valueOn, kind: event.kind, event: event.id, after: position, what: eventTitle(event, { reversedBy, reverses }), why });
  }

  tellToday(position: Position, book: Book): void {
    const why = [...penaltyReasonsAtEnd(book, position, this.penaltyTold), ...standingReasons(book, position)];
    this.write({ on: position.on, kind: 'today', event: null, after: position, what: todayTitle(position), why });
  }
}

function todayTitle({ status, principalOutstanding, due, totals }: Position): Words {
  const [principal, total] = [money(principalOutstanding), money(due.total)];
  if (status === 'awaiting_disbursement') return { zh: '还没有放款', en: 'Nothing has been paid out yet' };
  if (status === 'cancelled') return { zh: '借款已取消，不欠任何款项', en: 'The loan was cancelled: nothing is owed' };
  if (status === 'charged_off') {
    const [lost, recovered] = [money(totals.principalChargedOff), money(totals.recovered)];
    return {
      zh: `借款已转损失：转损失的本金 ${lost.zh}，另应还 ${total.zh}，其后已收回 ${recovered.zh}`,
      en: `The loan is charged off: ${lost.en} of principal was charged off and ${total.en} is due besides; ${recovered.en} has been recovered since`,
    };
  }
  if (status === 'settled') return { zh: '借款已还清', en: 'The loan is repaid' };
  return { zh: `现在未还本金 ${principal.zh}，应还 ${total.zh}`, en: `Now ${principal.en} of principal is outstanding and ${total.en} is due` };
}

/** The installments that fell due between two positions. One closed early by a settlement does not fall due any more. */
function fallenDue(before: Position, after: Position): readonly PositionInstallment[] {
  if (bearingBase(before) === 0n) return [];
  return after.installments.filter((row) => row.dueOn > before.on && row.dueOn <= after.on);
}
