import { ArgumentError } from './assert.ts';
import type { BusinessDate } from './business-date.ts';
import type { LoanEvent } from './event.ts';
import { needEvents } from './loan-needs.ts';
import { FEN_MAX } from './money.ts';
import { planOf } from './plan.ts';
import { TERMS_MONTHS_MAX, TERMS_RATE_MAX } from './terms-check.ts';
import { needValidTerms } from './terms-needs.ts';
import type { LoanTerms } from './terms.ts';

/** What can be wrong with a list of events, in the order of checking. `event` is the id of the first one at fault. */
export type EventsRefusal =
  | { readonly code: 'event_sequence_reused'; readonly event: string; readonly sequence: number }
  | { readonly code: 'event_id_reused'; readonly event: string }
  | { readonly code: 'event_amount_out_of_range'; readonly event: string; readonly amount: bigint }
  | { readonly code: 'event_before_disbursement'; readonly event: string; readonly valueOn: BusinessDate }
  | { readonly code: 'loan_disbursed_twice'; readonly event: string }
  | { readonly code: 'disbursed_amount_differs'; readonly event: string; readonly amount: bigint; readonly principal: bigint }
  | { readonly code: 'loan_not_disbursed'; readonly event: string }
  | { readonly code: 'loan_cancelled'; readonly event: string }
  | { readonly code: 'reversed_event_unknown'; readonly event: string; readonly reverses: string }
  | { readonly code: 'event_already_reversed'; readonly event: string; readonly reverses: string }
  | { readonly code: 'loan_already_charged_off'; readonly event: string }
  | { readonly code: 'loan_not_charged_off'; readonly event: string }
  | { readonly code: 'event_rate_out_of_range'; readonly event: string; readonly rate: bigint }
  | { readonly code: 'event_months_out_of_range'; readonly event: string; readonly months: number }
  | { readonly code: 'event_due_day_out_of_range'; readonly event: string; readonly dueDay: number }
  | { readonly code: 'loan_has_no_installments'; readonly event: string }
  | { readonly code: 'pause_out_of_range'; readonly event: string; readonly until: BusinessDate }
  | { readonly code: 'due_day_outside_calendar'; readonly event: string };

export type EventsCheck = { readonly ok: true } | { readonly ok: false; readonly error: EventsRefusal };

/**
 * Whether a loan can have had these events. `positionOn` throws on exactly those lists which this refuses, so a
 * command asks here before it appends.
 *
 * Needs    terms that `validateTerms` accepts; at most 10,000 events of kinds there are, on days of the years 1 to 9999, with members of
 *          the types of `LoanEvent`, whatever their numbers.
 * Refuses  the first thing wrong, by name.
 * Throws   ArgumentError outside `Needs`.
 * Source   docs/specs/position.md §7.
 */
export function checkEvents(terms: LoanTerms, events: readonly LoanEvent[]): EventsCheck {
  needValidTerms(terms);
  needEvents('events', events);
  const byId = new Map(events.map((event) => [event.id, event]));
  const error =
    eachAloneWrong(events) ??
    beginningWrong(terms, events) ??
    reversalsWrong(events, byId) ??
    chargeOffWrong(events) ??
    changesWrong(terms, events) ??
    calendarWrong(terms, events);
  return error === null ? { ok: true } : { ok: false, error };
}

function eachAloneWrong(events: readonly LoanEvent[]): EventsRefusal | null {
  const ids = new Set<string>();
  const sequences = new Set<number>();
  for (const event of events) {
    if (!Number.isInteger(event.sequence) || event.sequence < 1 || sequences.has(event.sequence)) {
      return { code: 'event_sequence_reused', event: event.id, sequence: event.sequence };
    }
    if (ids.has(event.id)) return { code: 'event_id_reused', event: event.id };
    if ('amount' in event && (event.amount <= 0n || event.amount > FEN_MAX)) {
      return { code: 'event_amount_out_of_range', event: event.id, amount: event.amount };
    }
    ids.add(event.id);
    sequences.add(event.sequence);
  }
  return null;
}

function beginningWrong(terms: LoanTerms, events: readonly LoanEvent[]): EventsRefusal | null {
  const disbursed = events.find((event) => event.kind === 'disbursed');
  const cancelled = events.find((event) => event.kind === 'cancelled');
  for (const event of events) {
    if (isMarker(event) || event === disbursed || event === cancelled) continue;
    if (cancelled !== undefined) return { code: 'loan_cancelled', event: event.id };
    if (event.kind === 'disbursed') return { code: 'loan_disbursed_twice', event: event.id };
    if (event.kind === 'repayment_reversed') continue;
    if (disbursed === undefined) return { code: 'loan_not_disbursed', event: event.id };
    if (event.valueOn < disbursed.valueOn) return { code: 'event_before_disbursement', event: event.id, valueOn: event.valueOn };
  }
  if (disbursed === undefined) return null;
  if (cancelled !== undefined) return { code: 'loan_cancelled', event: disbursed.id };
  if (disbursed.amount !== terms.principal) {
    return { code: 'disbursed_amount_differs', event: disbursed.id, amount: disbursed.amount, principal: terms.principal };
  }
  return null;
}

const isMarker = (event: LoanEvent): boolean => event.kind === 'fell_due' || event.kind === 'crossed_bucket';

function reversalsWrong(events: readonly LoanEvent[], byId: ReadonlyMap<string, LoanEvent>): EventsRefusal | null {
  const reversed = new Set<string>();
  for (const event of events) {
    if (event.kind !== 'repayment_reversed') continue;
    const target = byId.get(event.reverses);
    if ((target?.kind !== 'repayment_received' && target?.kind !== 'prepaid') || target.sequence > event.sequence) {
      return { code: 'reversed_event_unknown', event: event.id, reverses: event.reverses };
    }
    if (reversed.has(event.reverses)) return { code: 'event_already_reversed', event: event.id, reverses: event.reverses };
    reversed.add(event.reverses);
  }
  return null;
}

function chargeOffWrong(events: readonly LoanEvent[]): EventsRefusal | null {
  const chargedOff = events.find((event) => event.kind === 'charged_off');
  for (const event of events) {
    if (event.kind === 'charged_off' && event !== chargedOff) return { code: 'loan_already_charged_off', event: event.id };
    if (event.kind === 'recovered' && (chargedOff === undefined || event.valueOn < chargedOff.valueOn)) {
      return { code: 'loan_not_charged_off', event: event.id };
    }
  }
  return null;
}

/** Three years: what the law lets a lender suspend at most, and what keeps interest inside one period within bounds. */
const PAUSE_DAYS_MAX = 1_096;

function changesWrong(terms: LoanTerms, events: readonly LoanEvent[]): EventsRefusal | null {
  for (const event of events) {
    const error = changeWrong(terms, event);
    if (error !== null) return error;
  }
  return null;
}

/** What is wrong with an event that changes the contract, taken by itself. */
export function changeWrong(terms: LoanTerms, event: LoanEvent): EventsRefusal | null {
  switch (event.kind) {
    case 'rate_changed':
      for (const rate of [event.rate, event.penaltyRate ?? 0n]) if (rate < 0n || rate > TERMS_RATE_MAX) return { code: 'event_rate_out_of_range', event: event.id, rate };
      return null;
    case 'rescheduled': {
      const { id, months, dueDay } = event;
      if (terms.method === 'any_time') return { code: 'loan_has_no_installments', event: id };
      if (!Number.isInteger(months) || months < 1 || months > TERMS_MONTHS_MAX) return { code: 'event_months_out_of_range', event: id, months };
      return dueDay !== null && (!Number.isInteger(dueDay) || dueDay < 1 || dueDay > 31) ? { code: 'event_due_day_out_of_range', event: id, dueDay } : null;
    }
    case 'paused': {
      const days = event.until - event.valueOn;
      return Number.isInteger(days) && days >= 1 && days <= PAUSE_DAYS_MAX ? null : { code: 'pause_out_of_range', event: event.id, until: event.until };
    }
    default:
      return null;
  }
}

/** Due days that may move to working days lie where the contract's calendar knows them. */
function calendarWrong(terms: LoanTerms, events: readonly LoanEvent[]): EventsRefusal | null {
  const disbursed = events.find((event) => event.kind === 'disbursed');
  if (terms.dueRoll === undefined || disbursed === undefined) return null;
  try {
    planOf(terms, disbursed.valueOn);
    return null;
  } catch (error) {
    if (error instanceof ArgumentError) return { code: 'due_day_outside_calendar', event: disbursed.id };
    throw error;
  }
}
