import { ArgumentError } from './assert.ts';
import type { BusinessDate } from './business-date.ts';
import type { LoanEvent, LoanEventKind } from './event.ts';

/**
 * The order of events that count from the same day: the one place where it is written down.
 * Dues of a day fall due before any of them. Equal kinds follow the order in which we learned of them.
 */
export const RANK: Readonly<Record<LoanEventKind, number>> = {
  disbursed: 1,
  cancelled: 2,
  rate_changed: 3,
  rescheduled: 4,
  resumed: 5,
  paused: 6,
  fee_charged: 7,
  waived: 8,
  repayment_received: 9,
  prepaid: 10,
  overpayment_refunded: 11,
  charged_off: 12,
  recovered: 13,
  repayment_reversed: 14,
  fell_due: 15,
  crossed_bucket: 16,
};

/** `compareEvents` of events that were checked. */
export function byOrder(a: LoanEvent, b: LoanEvent): number {
  return a.valueOn - b.valueOn || RANK[a.kind] - RANK[b.kind] || a.sequence - b.sequence;
}

const isMarker = (event: LoanEvent): boolean =>
  event.kind === 'repayment_reversed' || event.kind === 'fell_due' || event.kind === 'crossed_bucket';

/** `eventsThatCount` of events that were checked. */
export function countedEvents(events: readonly LoanEvent[], on: BusinessDate, knownThrough: number): readonly LoanEvent[] {
  let reversed: Set<string> | null = null;
  let isSorted = true;
  const counting: LoanEvent[] = [];
  for (const event of events) {
    if (event.sequence > knownThrough) continue;
    if (event.kind === 'repayment_reversed') {
      reversed ??= new Set();
      if (reversed.has(event.reverses)) throw new ArgumentError('events', event.reverses, 'a repayment is reversed once');
      reversed.add(event.reverses);
    }
    if (isMarker(event) || event.valueOn > on) continue;
    const last = counting[counting.length - 1];
    if (last !== undefined && byOrder(last, event) > 0) isSorted = false;
    counting.push(event);
  }
  const known = reversed === null ? counting : withoutReversed(counting, reversed, events);
  return isSorted ? known : known.sort(byOrder);
}

function withoutReversed(counting: LoanEvent[], reversed: ReadonlySet<string>, all: readonly LoanEvent[]): LoanEvent[] {
  const byId = new Map(all.map((event) => [event.id, event]));
  for (const id of reversed) {
    const target = byId.get(id);
    if (target?.kind !== 'repayment_received' && target?.kind !== 'prepaid') throw new ArgumentError('events', id, 'only money received can be reversed');
  }
  return counting.filter((event) => !reversed.has(event.id));
}
