import type { BusinessDate } from './business-date.ts';
import { needDay } from './calendar.ts';
import { needValidTerms } from './terms-needs.ts';
import { scheduleRows, type Installment } from './schedule-rows.ts';
import type { LoanTerms } from './terms.ts';

export type { Installment };

/**
 * The repayment schedule (还款计划) of a loan paid out on a day, if every installment is paid on its due day.
 *
 * Units   fen; due days keep to their day of month, or the last day of a shorter month, and from there to a working day if so agreed.
 * Rounds  the level amount once, then each row's interest and each fee; half up. The last row absorbs the rest.
 * Keeps   Σ principal = terms.principal; the last balance is 0; no amount is negative; rows end when the
 *         balance is 0 (a loan of a few fen may need fewer rows than it has months).
 * Needs   terms that `validateTerms` accepts; with `dueRoll`, a calendar that knows every due day; a first day from which the last one
 *         lies within the year 9999.
 * Throws  ArgumentError outside `Needs`.
 * Source  docs/specs/repayment-schedule.md (REPAY-001, REPAY-014).
 */
export function scheduleOf(terms: LoanTerms, disbursedOn: BusinessDate): readonly Installment[] {
  needValidTerms(terms);
  needDay('disbursedOn', disbursedOn);
  return scheduleRows(terms, disbursedOn);
}
