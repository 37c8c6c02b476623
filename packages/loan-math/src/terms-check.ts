import { FEN_MAX } from './money.ts';
import type { Component, LoanTerms } from './terms.ts';

/** What can be wrong with terms, in the order of checking. */
export type TermsRefusal =
  | { readonly code: 'principal_out_of_range'; readonly principal: bigint }
  | { readonly code: 'rate_out_of_range'; readonly rate: bigint }
  | { readonly code: 'penalty_rate_out_of_range'; readonly rate: bigint }
  | { readonly code: 'months_out_of_range'; readonly months: number }
  | { readonly code: 'term_days_out_of_range'; readonly termDays: number | null }
  | { readonly code: 'basis_needs_day_rate'; readonly basis: string }
  | { readonly code: 'due_day_out_of_range'; readonly dueDay: number | null }
  | { readonly code: 'grace_out_of_range'; readonly graceDays: number }
  | { readonly code: 'allocation_order_incomplete'; readonly allocationOrder: readonly string[] }
  | { readonly code: 'terms_word_unknown'; readonly field: string; readonly value: string };

export type TermsCheck = { readonly ok: true } | { readonly ok: false; readonly error: TermsRefusal };

/** 1 % a day: beyond any cap, and low enough that a day less of interest is never worth more than the fen that ends it. */
export const TERMS_RATE_MAX = 3_600_000n;
const MONTHS_MAX = 480;
const DAYS_MAX = 14_610; // 40 years
const GRACE_MAX = 90;
const COMPONENTS: readonly Component[] = ['fee', 'penalty', 'interest', 'principal'];

/**
 * Whether a loan can have these terms. `planOf`, `scheduleOf` and `positionOn` need that it can.
 *
 * Refuses  the first thing wrong, by name and with the figure. Never throws, whatever the numbers.
 * Source   docs/specs/repayment-schedule.md §1.
 */
export function validateTerms(terms: LoanTerms): TermsCheck {
  const refuse = (error: TermsRefusal): TermsCheck => ({ ok: false, error });
  const { principal, rate, penaltyRate, months, termDays, basis, dueDay, graceDays, allocationOrder, method } = terms;
  if (principal <= 0n || principal > FEN_MAX) return refuse({ code: 'principal_out_of_range', principal });
  if (rate < 0n || rate > TERMS_RATE_MAX) return refuse({ code: 'rate_out_of_range', rate });
  if (penaltyRate < 0n || penaltyRate > TERMS_RATE_MAX) return refuse({ code: 'penalty_rate_out_of_range', rate: penaltyRate });
  const isAnyTime = method === 'any_time';
  if (!isWithin(months, 1, isAnyTime ? 1 : MONTHS_MAX)) return refuse({ code: 'months_out_of_range', months });
  if (isAnyTime ? termDays === null || !isWithin(termDays, 1, DAYS_MAX) : termDays !== null) return refuse({ code: 'term_days_out_of_range', termDays });
  if (isAnyTime && basis === 'monthly') return refuse({ code: 'basis_needs_day_rate', basis });
  // A month's interest is for a month: a first period that a due day makes longer or shorter needs a day rate.
  if (dueDay !== null && (!isWithin(dueDay, 1, 31) || basis === 'monthly' || isAnyTime)) return refuse({ code: 'due_day_out_of_range', dueDay });
  if (!isWithin(graceDays, 0, GRACE_MAX)) return refuse({ code: 'grace_out_of_range', graceDays });
  if (allocationOrder.length !== COMPONENTS.length || !COMPONENTS.every((component) => allocationOrder.includes(component))) {
    return refuse({ code: 'allocation_order_incomplete', allocationOrder });
  }
  for (const [field, value, words] of wordsOf(terms)) if (!words.includes(value)) return refuse({ code: 'terms_word_unknown', field, value });
  return { ok: true };
}

function wordsOf({ method, basis, allocationScope }: LoanTerms): readonly (readonly [string, string, readonly string[]])[] {
  return [
    ['method', method, ['level_installment', 'interest_first', 'any_time']],
    ['basis', basis, ['monthly', 'act_360', 'act_365']],
    ['allocationScope', allocationScope, ['installment_first', 'component_first']],
  ];
}

const isWithin = (value: number, from: number, to: number): boolean => Number.isInteger(value) && value >= from && value <= to;
