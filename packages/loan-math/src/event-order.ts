import { assert } from './assert.ts';
import type { BusinessDate } from './business-date.ts';
import type { LoanEvent, LoanEventKind } from './event.ts';

/**
 * The order of events that count from the same day: the one place where it is written down.
 * Dues of a day fall due before any of them. Equal kinds follow the order in which we learned of them.
 */
const RANK: Readonly<Record<LoanEventKind, number>> = {
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

export const rankOf = (kind: LoanEventKind): number => RANK[kind];

/** Negative when `a` counts before `b`: by value day, then rank of kind, then sequence. Total over one loan's events. */
export function compareEvents(a: LoanEvent, b: LoanEvent): number {
  return a.valueOn - b.valueOn || RANK[a.kind] - RANK[b.kind] || a.sequence - b.sequence;
}

const isMarker = (event: LoanEvent): boolean =>
  event.kind === 'repayment_reversed' || event.kind === 'fell_due' || event.kind === 'crossed_bucket';

/**
 * The events that count on a day as known through a sequence number, in the order in which the fold takes them:
 * reversed ones, reversals and booking markers are gone.
 */
export function eventsThatCount(events: readonly LoanEvent[], on: BusinessDate, knownThrough: number): readonly LoanEvent[] {
  let reversed: Set<string> | null = null;
  let isSorted = true;
  const counting: LoanEvent[] = [];
  for (const event of events) {
    if (event.sequence > knownThrough) continue;
    if (event.kind === 'repayment_reversed') {
      reversed ??= new Set();
      assert(!reversed.has(event.reverses), `a repayment is reversed once: ${event.reverses}`);
      reversed.add(event.reverses);
    }
    if (isMarker(event) || event.valueOn > on) continue;
    const last = counting[counting.length - 1];
    if (last !== undefined && compareEvents(last, event) > 0) isSorted = false;
    counting.push(event);
  }
  const known = reversed === null ? counting : withoutReversed(counting, reversed, events);
  return isSorted ? known : known.sort(compareEvents);
}

function withoutReversed(counting: LoanEvent[], reversed: ReadonlySet<string>, all: readonly LoanEvent[]): LoanEvent[] {
  for (const id of reversed) {
    const target = all.find((event) => event.id === id);
    assert(target?.kind === 'repayment_received' || target?.kind === 'prepaid', `only money received can be reversed: ${id}`);
  }
  return counting.filter((event) => !reversed.has(event.id));
}
