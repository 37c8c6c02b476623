import type { BusinessDate } from './business-date.ts';
import type { LoanEvent } from './event.ts';
import { positionOn } from './position-on.ts';
import type { Position, PositionInstallment } from './position.ts';
import type { LoanTerms } from './terms.ts';

/** A stretch of days through which an amount bore a rate. */
export type Run = { readonly base: bigint; readonly rate: bigint; readonly from: number; readonly to: number };

/** What a walk through a loan's life notes beside positions: which amount bore what, from when to when. */
export type Book = {
  readonly terms: LoanTerms;
  /** By number of installment: the principal that bore interest in its period. */
  readonly interest: Map<number, Run[]>;
  /** By number of installment: what was overdue of it and bore penalty. */
  readonly penalty: Map<number, Run[]>;
  /** By number of installment: what was repaid in its period ahead of time, on top of what it asks. */
  readonly prepaid: Map<number, bigint>;
  /** The yearly penalty rate in force. */
  penaltyRate: bigint;
  /** Level amounts in force, newest last: each from the installment named. */
  readonly levels: { readonly from: number; readonly level: bigint }[];
};

/** One step of a life: an event, or (event null) time that passed up to a day on which something came of it. */
export type Step = { readonly on: BusinessDate; readonly event: LoanEvent | null; readonly before: Position; readonly after: Position };

/**
 * Walks through a loan's life in the order of the fold, telling each step: every day on which time alone changes something to
 * book, every event, and last the day `on`.
 *
 * Needs   events that count, in the order of the fold, the first one `disbursed`.
 */
export function walk(terms: LoanTerms, counting: readonly LoanEvent[], on: BusinessDate, tell: (step: Step, book: Book) => void): Book {
  const book: Book = { terms, interest: new Map(), penalty: new Map(), prepaid: new Map(), penaltyRate: terms.penaltyRate, levels: [] };
  const taken: LoanEvent[] = [];
  let now = positionOn(terms, taken, counting[0]!.valueOn, Infinity);
  const passTo = (day: BusinessDate): void => {
    while (now.on < day) {
      const stop = now.nextActionOn !== null && now.nextActionOn < day ? now.nextActionOn : day;
      const before = now;
      noteDays(book, before, stop);
      now = positionOn(terms, taken, stop, Infinity);
      tell({ on: stop, event: null, before, after: now }, book);
    }
  };
  for (const event of counting) {
    passTo(event.valueOn);
    const before = now;
    taken.push(event);
    now = positionOn(terms, taken, event.valueOn, Infinity);
    noteEvent(book, event, { before, after: now });
    tell({ on: event.valueOn, event, before, after: now }, book);
  }
  passTo(on);
  return book;
}

/** Principal that bears interest: neither fallen due nor repaid. */
export function bearingBase({ principalOutstanding, installments, on }: Position): bigint {
  let base: bigint = principalOutstanding;
  for (const row of installments) if (row.dueOn <= on) base -= row.principal - row.principalPaid;
  return base > 0n ? base : 0n;
}

/** The installment whose period runs, or null when nothing bears interest any more. */
export function openRow(position: Position): PositionInstallment | null {
  if (bearingBase(position) === 0n) return null;
  return position.installments.find((row) => row.dueOn > position.on) ?? null;
}

/** An installment by its number. */
export const rowOf = (position: Position, number: number): PositionInstallment | null => position.installments.find((row) => row.number === number) ?? null;

/** The day from which an installment's interest counts. */
export function periodStart(position: Position, number: number): BusinessDate {
  return rowOf(position, number - 1)?.dueOn ?? position.disbursedOn!;
}

/** The yearly rate that the open period bears now. */
export function bearingRate(position: Position): bigint {
  const base = bearingBase(position);
  return base === 0n ? 0n : position.accruedInterest.perDay / base;
}

function noteDays(book: Book, position: Position, day: BusinessDate): void {
  if (position.status !== 'active') return;
  const open = openRow(position);
  if (open !== null) addRun(book.interest, open.number, { base: bearingBase(position), rate: bearingRate(position), from: position.on, to: day });
  const { graceCountsBack, graceDays } = book.terms;
  for (const row of position.installments) {
    if (row.dueOn > position.on || row.status === 'paid') continue;
    const start = graceCountsBack ? row.dueOn : row.dueOn + graceDays;
    addRun(book.penalty, row.number, { base: row.principal - row.principalPaid, rate: book.penaltyRate, from: Math.max(start, position.on), to: day });
  }
}

function addRun(runs: Map<number, Run[]>, number: number, run: Run): void {
  if (run.base <= 0n || run.to <= run.from) return;
  const list = runs.get(number) ?? [];
  if (list.length === 0) runs.set(number, list);
  const last = list[list.length - 1];
  if (last !== undefined && last.base === run.base && last.rate === run.rate && last.to === run.from) list[list.length - 1] = { ...last, to: run.to };
  else list.push(run);
}

function noteEvent(book: Book, event: LoanEvent, { before, after }: { readonly before: Position; readonly after: Position }): void {
  if (event.kind === 'rate_changed' && event.penaltyRate !== null) book.penaltyRate = event.penaltyRate;
  const open = openRow(before);
  const prepaidBefore = open === null ? 0n : (book.prepaid.get(open.number) ?? 0n);
  if (event.kind === 'prepaid' && open !== null) {
    const then = rowOf(after, open.number);
    const paid = then === null ? 0n : then.principalPaid + then.interestPaid - open.principalPaid - open.interestPaid;
    book.prepaid.set(open.number, prepaidBefore + paid);
  }
  if (book.terms.method !== 'level_installment') return;
  if (event.kind === 'disbursed') noteLevel(book, after, 1);
  else if (event.kind === 'rate_changed' || event.kind === 'rescheduled') noteLevel(book, after, openRow(after)?.number ?? 1);
  else if (event.kind === 'prepaid' && event.effect === 'smaller_installment' && open !== null) {
    const isPaidAhead = open.principalPaid + open.interestPaid > prepaidBefore;
    noteLevel(book, after, isPaidAhead ? open.number + 1 : open.number);
  }
}

function noteLevel(book: Book, position: Position, from: number): void {
  const last = position.installments[position.installments.length - 1];
  for (const row of position.installments) {
    if (row.number < from || row.principal === 0n || row === last) continue;
    const level = row.principal + row.interest - (book.prepaid.get(row.number) ?? 0n);
    if (level !== book.levels[book.levels.length - 1]?.level) book.levels.push({ from, level });
    return;
  }
}

/** The level amount an installment asks, if one is known. */
export function levelOf({ levels }: Book, number: number): bigint | null {
  let level: bigint | null = null;
  for (const each of levels) if (each.from <= number) level = each.level;
  return level;
}
