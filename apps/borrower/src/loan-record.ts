import type { LoanRecordReply } from '@mingdai/contract';
import { annualRatePpm, fen, businessDate, type Component, type LoanEvent, type LoanTerms } from '@mingdai/loan-math';

/** A loan's contract as the arithmetic takes it. */
export function termsOf({ terms }: LoanRecordReply): LoanTerms {
  return {
    principal: fen(BigInt(terms.principal_fen)), method: terms.method, basis: terms.basis, rate: annualRatePpm(BigInt(terms.rate_ppm)), months: terms.months,
    termDays: terms.term_days, dueDay: terms.due_day, graceDays: terms.grace_days, graceCountsBack: terms.grace_counts_back,
    penaltyRate: annualRatePpm(BigInt(terms.penalty_rate_ppm)), allocationOrder: terms.allocation_order as Component[], allocationScope: terms.allocation_scope,
  };
}

/** What has happened to a loan, as the arithmetic takes it. */
export const eventsOf = (record: LoanRecordReply): LoanEvent[] => record.events.map(eventOf);

/** `{kind, payload: {amount_fen}}` → the event the fold knows: members that end in `_fen` are amounts. */
function eventOf({ id, sequence, kind, value_on, booked_at, payload }: LoanRecordReply['events'][number]): LoanEvent {
  const rest = Object.entries(payload).map(([name, value]) => (name.endsWith('_fen') ? [name.slice(0, -4), fen(BigInt(value))] : [name, value]));
  return { id, sequence, kind, valueOn: businessDate(value_on), bookedAt: Date.parse(booked_at), ...Object.fromEntries(rest) } as LoanEvent;
}
