import { ArgumentError, InvariantError } from './assert.ts';
import type { BusinessDate } from './business-date.ts';
import { needDay } from './calendar.ts';
import type { LoanEvent } from './event.ts';
import { checkEvents, type EventsRefusal } from './events-check.ts';
import { needEvents } from './loan-needs.ts';
import { FEN_MAX } from './money.ts';
import { needValidTerms } from './terms-needs.ts';
import type { LoanTerms } from './terms.ts';

/** A loan that can be, and a day. */
export function needLoan(terms: LoanTerms, events: readonly LoanEvent[], on: BusinessDate): void {
  needValidTerms(terms);
  needEvents('events', events);
  needDay('on', on);
  // Events that say nothing of each other, in the order in which we learned of them, need no look at all of them together: what else
  // may be wrong with them, the fold meets.
  let last = 0;
  for (const event of events) {
    if (!isSimple(event, last)) return refuseEvents(terms, events);
    last = event.sequence;
  }
}

function isSimple(event: LoanEvent, last: number): boolean {
  if (!(event.sequence > last) || !Number.isInteger(event.sequence)) return false;
  switch (event.kind) {
    case 'disbursed': case 'repayment_received': case 'prepaid': case 'overpayment_refunded': case 'fee_charged': case 'waived': return event.amount > 0n && event.amount <= FEN_MAX;
    case 'fell_due': case 'crossed_bucket': return true;
    default: return false;
  }
}

function refuseEvents(terms: LoanTerms, events: readonly LoanEvent[]): void {
  const check = checkEvents(terms, events);
  if (!check.ok) throw eventsError(events, check.error);
}

function eventsError(events: readonly LoanEvent[], { code, event }: EventsRefusal): ArgumentError {
  const index = events.findIndex(({ id }) => id === event);
  return new ArgumentError(index < 0 ? 'events' : `events[${index}]`, `${code}: ${event}`, 'what checkEvents accepts');
}

/** What stopped a fold: events that no command could have produced, as far as they were known, or a bug of ours. */
export function stoppedBy(error: unknown, { terms, events, knownThrough }: { readonly terms: LoanTerms; readonly events: readonly LoanEvent[]; readonly knownThrough: number }): unknown {
  if (!(error instanceof InvariantError)) return error;
  const known = events.filter(({ sequence }) => sequence <= knownThrough);
  const check = checkEvents(terms, known);
  return check.ok ? error : eventsError(events, check.error);
}
