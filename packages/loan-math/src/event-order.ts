import type { BusinessDate } from './business-date.ts';
import { needDay } from './calendar.ts';
import { byOrder, countedEvents, RANK } from './event-counting.ts';
import type { LoanEvent, LoanEventKind } from './event.ts';
import { KINDS, needEvent, needEvents, needKnown, needSequence } from './loan-needs.ts';
import { needOneOf } from './needs.ts';

/**
 * Where a kind stands among the events of one day: from 1 on.
 *
 * Needs   `kind` one of `LoanEventKind`.
 * Throws  ArgumentError outside `Needs`.
 */
export function rankOf(kind: LoanEventKind): number {
  needOneOf('kind', kind, KINDS);
  return RANK[kind];
}

/**
 * Negative when `a` counts before `b`: by value day, then rank of kind, then sequence. Total over one loan's events.
 *
 * Needs   events of kinds there are, on days of the years 1 to 9999, with members of their types.
 * Throws  ArgumentError outside `Needs`.
 */
export function compareEvents(a: LoanEvent, b: LoanEvent): number {
  needEvent('a', a);
  needEvent('b', b);
  needSequence('a.sequence', a.sequence);
  needSequence('b.sequence', b.sequence);
  return byOrder(a, b);
}

/**
 * The events that count on a day as known through a sequence number, in the order in which the fold takes them:
 * reversed ones, reversals and booking markers are gone.
 *
 * Needs   at most 10,000 events, as `compareEvents`; reversals of money received, each of another; `on` in the years 1 to 9999;
 *         `knownThrough` a whole number from 0.
 * Throws  ArgumentError outside `Needs`.
 */
export function eventsThatCount(events: readonly LoanEvent[], on: BusinessDate, knownThrough: number): readonly LoanEvent[] {
  needEvents('events', events);
  for (let index = 0; index < events.length; index++) needSequence(`events[${index}].sequence`, events[index]!.sequence);
  needDay('on', on);
  needKnown(knownThrough);
  return countedEvents(events, on, knownThrough);
}
