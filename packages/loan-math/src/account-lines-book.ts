import { interestParts } from './account-lines-bases.ts';
import { addRun, lowest, type Run } from './account-lines-run.ts';
import type { BusinessDate } from './business-date.ts';
import type { LoanEvent } from './event.ts';
import { borneFigures, part } from './explain-text.ts';
import type { Figures } from './explain.ts';
import type { Position, PositionInstallment } from './position.ts';
import { PPM } from './rate.ts';
import type { LoanTerms } from './terms.ts';

/** What a walk through a loan's life notes beside positions: which amount bore what, from when to when. */
export type Book = {
  readonly terms: LoanTerms;
  /** By number of installment: the principal that bore interest in its period. */
  readonly interest: Map<number, Run[]>;
  /** By number of installment: what was overdue of it and bore penalty. */
  readonly penalty: Map<number, Run[]>;
  /** By number of installment: what was repaid in its period ahead of time, on top of what it asks. */
  readonly prepaid: Map<number, bigint>;
  /** By number of installment: interest of earlier days that is asked with it. */
  readonly carried: Map<number, bigint>;
  /** By number of installment: the first day of its period, where that is not the due day before. */
  readonly starts: Map<number, BusinessDate>;
  /** Stretches in which days past due stood still. */
  readonly pauses: { readonly from: number; to: number }[];
  rate: bigint;
  penaltyRate: bigint;
  /** Installments up to this one leave their interest to be asked later. */
  graceOnInterest: number;
  /** Level amounts in force, newest last: each from the installment named. */
  readonly levels: { readonly from: number; readonly level: bigint }[];
};

export type Change = { readonly before: Position; readonly after: Position };

export function openBook(terms: LoanTerms): Book {
  return {
    terms, interest: new Map(), penalty: new Map(), prepaid: new Map(), carried: new Map(), starts: new Map(), pauses: [],
    rate: terms.rate, penaltyRate: terms.penaltyRate, graceOnInterest: terms.graceOnInterest ?? 0, levels: [],
  };
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

/** An installment by its number: it stands in that place. */
export function rowOf({ installments }: Position, number: number): PositionInstallment | null {
  const row = installments[number - 1];
  return row?.number === number ? row : null;
}

/** The day from which an installment's interest counts. */
export const periodStart = (book: Book, position: Position, number: number): BusinessDate => book.starts.get(number) ?? rowOf(position, number - 1)?.dueOn ?? position.disbursedOn!;

/** What the open period's principal bears from a position's day to another one, as it runs on that day. */
export function runOn(book: Book, position: Position, to: number): Run {
  const base = bearingBase(position);
  const { at, perDay } = position.accruedInterest;
  const isIdle = perDay === 0n || base === 0n || book.rate === 0n;
  const yearPart = isIdle ? { numerator: 0n, denominator: 1n } : lowest(perDay * PPM, at.denominator * base * book.rate);
  return { base, rate: isIdle ? 0n : book.rate, from: position.on, to, part: yearPart };
}

/** The whole interest of an installment: what its period bore, in stretches, and what earlier ones left to be asked with it. `more`: stretches to come. */
export function interestFigures(book: Book, position: Position, row: PositionInstallment, more: readonly Run[] = []): Figures {
  const runs = [...(book.interest.get(row.number) ?? []), ...more].filter((run) => run.to > run.from && run.base > 0n);
  const carried = book.carried.get(row.number) ?? 0n;
  const parts = interestParts(book.terms, runs, { from: periodStart(book, position, row.number), to: row.dueOn });
  return borneFigures(carried === 0n ? parts : [...parts, part(carried, { zh: '以前留下的利息', en: 'interest left from before' })]);
}

/** What an installment that falls due leaves of its interest to be asked later. */
export function leftLater(book: Book, position: Position, row: PositionInstallment): bigint {
  if (row.number > book.graceOnInterest || row.balanceAfter === 0n) return 0n;
  const left = interestFigures(book, position, row).result - row.interest;
  return left > 0n ? left : 0n;
}

const PENALTY_365: ReadonlySet<LoanTerms['basis']> = new Set<LoanTerms['basis']>(['act_365', 'act_act']);

/** Notes what the days from a position's on bear, up to another day. */
export function noteDays(book: Book, position: Position, day: BusinessDate): void {
  if (position.status !== 'active') return;
  const open = openRow(position);
  if (open !== null) addRun(book.interest, open.number, runOn(book, position, day));
  if (book.pauses.some(({ from, to }) => position.on >= from && position.on < to)) return;
  const yearPart = { numerator: 1n, denominator: PENALTY_365.has(book.terms.basis) ? 365n : 360n };
  for (const row of position.installments) {
    if (row.dueOn > position.on || row.status === 'paid') continue;
    addRun(book.penalty, row.number, { base: bearingPenalty(book, row), rate: book.penaltyRate, from: Math.max(penaltyStart(book, row), position.on), to: day, part: yearPart });
  }
}

function bearingPenalty({ terms }: Book, row: PositionInstallment): bigint {
  const principal = row.principal - row.principalPaid;
  return terms.penaltyOn === 'principal_and_interest' ? principal + row.interest - row.interestPaid - row.interestWaived : principal;
}

/** The day from which penalty counts: the due day or the end of grace, which days of a pause do not use up. */
function penaltyStart({ terms, pauses }: Book, row: PositionInstallment): number {
  if (terms.graceCountsBack) return row.dueOn;
  let start = row.dueOn + terms.graceDays;
  for (const { from, to } of pauses) if (from >= row.dueOn && from < start) start += to - from;
  return start;
}

/** Notes interest that an installment leaves to be asked with the next one. */
export function noteFallen(book: Book, before: Position, after: Position): void {
  const open = openRow(before);
  const row = open === null ? null : rowOf(after, open.number);
  if (row === null || row.dueOn > after.on) return;
  const left = leftLater(book, before, row);
  if (left > 0n) book.carried.set(row.number + 1, left);
}

/** Notes what an event changes of how amounts come about. */
export function noteEvent(book: Book, event: LoanEvent, change: Change): void {
  const isLive = change.before.status !== 'charged_off';
  if (event.kind === 'rate_changed' && isLive) {
    book.rate = event.rate;
    book.penaltyRate = event.penaltyRate ?? book.penaltyRate;
  } else if (event.kind === 'rescheduled' && isLive) noteRescheduled(book, event.valueOn, change);
  else if ((event.kind === 'paused' || event.kind === 'resumed') && isLive) {
    endPause(book, event.valueOn);
    if (event.kind === 'paused') book.pauses.push({ from: event.valueOn, to: event.until });
  } else if (event.kind === 'prepaid') notePrepaid(book, change);
  noteLevels(book, event, change);
}

function endPause({ pauses }: Book, day: BusinessDate): void {
  const last = pauses[pauses.length - 1];
  if (last !== undefined && last.to > day) last.to = day;
}

/** The period that ran is closed: its interest is kept, rounded, for the first of the new installments. */
function noteRescheduled(book: Book, on: BusinessDate, { before, after }: Change): void {
  endPause(book, on);
  const [was, is] = [openRow(before), openRow(after)];
  if (is === null) return;
  if (was !== null) {
    book.carried.set(is.number, interestFigures(book, before, was).result);
    book.prepaid.set(is.number, was.interestPaid + was.principalPaid);
  }
  book.interest.delete(is.number);
  book.starts.set(is.number, on);
  book.graceOnInterest = 0;
}

function notePrepaid(book: Book, { before, after }: Change): void {
  const open = openRow(before);
  const then = open === null ? null : rowOf(after, open.number);
  if (open === null || then === null) return;
  const paid = then.principalPaid + then.interestPaid - open.principalPaid - open.interestPaid;
  book.prepaid.set(open.number, (book.prepaid.get(open.number) ?? 0n) + paid);
}

const LEVELLING: ReadonlySet<LoanEvent['kind']> = new Set<LoanEvent['kind']>(['disbursed', 'rate_changed', 'rescheduled']);

function noteLevels(book: Book, event: LoanEvent, { before, after }: Change): void {
  const { method } = book.terms;
  if (method !== 'level_installment' && method !== 'level_principal') return;
  const isSmaller = event.kind === 'prepaid' && event.effect === 'smaller_installment';
  const open = openRow(after);
  if (open === null || (!isSmaller && !LEVELLING.has(event.kind))) return;
  const was = rowOf(before, open.number);
  const isPaidAhead = was !== null && event.kind !== 'rescheduled' && open.principalPaid + open.interestPaid > (book.prepaid.get(open.number) ?? 0n);
  noteLevel(book, after, isPaidAhead ? open.number + 1 : open.number);
}

/** Reads the level amount from the first installment, not the last one, that asks it with nothing left from before. */
function noteLevel(book: Book, position: Position, from: number): void {
  const last = position.installments[position.installments.length - 1];
  const isMixed = ({ number }: PositionInstallment): boolean => number <= book.graceOnInterest + 1 && book.graceOnInterest > 0;
  for (const row of position.installments) {
    if (row.number < from || row.principal === 0n || row === last || isMixed(row)) continue;
    const besides = (book.prepaid.get(row.number) ?? 0n) + (book.carried.get(row.number) ?? 0n);
    const level = book.terms.method === 'level_principal' ? row.principal : row.principal + row.interest - besides;
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
