import type { BusinessDate } from './business-date.ts';
import type { LoanEvent, LoanEventKind } from './event.ts';
import { eventsThatCount } from './event-order.ts';
import type { Reason, Words } from './explain.ts';
import { fen, type Fen } from './money.ts';
import { NO_TOTALS, positionOn } from './position-on.ts';
import type { Totals } from './position.ts';
import type { LoanTerms } from './terms.ts';

/** One line of a loan's account: what happened, what it moved, where that left the loan, and why. */
export type AccountLine = {
  readonly on: BusinessDate;
  /** `fell_due`: an installment fell due. `overdue`: penalty (or an overdue fee) that time alone made. `today`: how it stands on the day asked for. */
  readonly kind: LoanEventKind | 'today' | 'overdue';
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
 * Units   fen.
 * Keeps   Σ moved over the lines = totals of `positionOn` for that day; each sentence's figures come out (`recomputed`).
 * Throws  as `positionOn`.
 * Source  docs/specs/account-lines.md.
 */
export function accountLines(terms: LoanTerms, events: readonly LoanEvent[], on: BusinessDate, knownThrough = Infinity): readonly AccountLine[] {
  const counting = eventsThatCount(events, on, knownThrough);
  const lines: AccountLine[] = [];
  let before = NO_TOTALS;
  const line = (day: BusinessDate, taken: number, event: LoanEvent | null): void => {
    const position = positionOn(terms, counting.slice(0, taken), day);
    const moved = Object.fromEntries(Object.entries(position.totals).map(([key, value]) => [key, fen(value - before[key as keyof Totals])]).filter(([, value]) => value !== 0n));
    before = position.totals;
    lines.push({
      on: day, kind: event === null ? 'today' : event.kind, event: event === null ? null : event.id, installment: null, moved,
      principalOutstanding: position.principalOutstanding, due: position.due.total, what: { zh: '', en: '' }, why: [],
    });
  };
  counting.forEach((event, index) => line(event.valueOn, index + 1, event));
  line(on, counting.length, null);
  return lines;
}
