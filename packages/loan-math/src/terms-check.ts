import { feeOn } from './loan-fees.ts';
import { needTerms } from './loan-needs.ts';
import { FEN_MAX } from './money.ts';
import { PPM } from './rate.ts';
import type { Component, LoanFee, LoanTerms } from './terms.ts';

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
  | { readonly code: 'terms_word_unknown'; readonly field: string; readonly value: string }
  | { readonly code: 'first_installments_out_of_range'; readonly field: 'graceOnPrincipal' | 'graceOnInterest' | 'interestFree'; readonly value: number }
  | { readonly code: 'first_period_out_of_range'; readonly firstPeriodDaysMin: number }
  | { readonly code: 'calendar_out_of_range'; readonly calendar: string }
  | { readonly code: 'fee_out_of_range'; readonly fee: string }
  | { readonly code: 'fees_deducted_exceed_principal'; readonly deducted: bigint };

export type TermsCheck = { readonly ok: true } | { readonly ok: false; readonly error: TermsRefusal };

/** 1 % a day: beyond any cap, and low enough that a day less of interest is never worth more than the fen that ends it. */
export const TERMS_RATE_MAX = 3_600_000n;
export const TERMS_MONTHS_MAX = 480;
/** 40 years. */
export const TERM_DAYS_MAX = 14_610;
const GRACE_MAX = 90;
const DAY_MIN = -719_162;
const DAY_MAX = 2_932_896;
const FEES_MAX = 20;
const DAY_RATES: readonly string[] = ['act_360', 'act_365', 'act_act'];
const BASES: readonly string[] = [
  'monthly', 'thirty_bond_basis', 'thirty_us', 'thirty_european', 'thirty_european_plus', 'thirty_isda', 'thirty_excel_nasd', 'act_360', 'act_365', 'act_act',
];
const FEE_TIMES: readonly string[] = ['deducted', 'upfront', 'monthly_on_original', 'monthly_on_outstanding', 'first_installment', 'overdue'];
/** A loan repayable at any time has no installments to ask these with. */
const NEEDS_INSTALLMENTS: readonly string[] = ['monthly_on_original', 'monthly_on_outstanding', 'first_installment'];
const COMPONENTS: readonly Component[] = ['fee', 'penalty', 'interest', 'principal'];

/**
 * Whether a loan can have these terms. `planOf`, `scheduleOf` and `positionOn` need that it can.
 *
 * Needs    members of the types of `LoanTerms`, whatever their numbers and words.
 * Refuses  the first thing wrong, by name and with the figure.
 * Throws   ArgumentError for a member of another type.
 * Source   docs/specs/repayment-schedule.md §1.
 */
export function validateTerms(terms: LoanTerms): TermsCheck {
  needTerms(terms);
  const refuse = (error: TermsRefusal): TermsCheck => ({ ok: false, error });
  const { principal, rate, penaltyRate, months, termDays, basis, dueDay, graceDays, allocationOrder, method } = terms;
  if (principal <= 0n || principal > FEN_MAX) return refuse({ code: 'principal_out_of_range', principal });
  if (rate < 0n || rate > TERMS_RATE_MAX) return refuse({ code: 'rate_out_of_range', rate });
  if (penaltyRate < 0n || penaltyRate > TERMS_RATE_MAX) return refuse({ code: 'penalty_rate_out_of_range', rate: penaltyRate });
  const isAnyTime = method === 'any_time';
  if (!isWithin(months, 1, isAnyTime ? 1 : TERMS_MONTHS_MAX)) return refuse({ code: 'months_out_of_range', months });
  if (isAnyTime ? termDays === null || !isWithin(termDays, 1, TERM_DAYS_MAX) : termDays !== null) return refuse({ code: 'term_days_out_of_range', termDays });
  if (isAnyTime && !DAY_RATES.includes(basis)) return refuse({ code: 'basis_needs_day_rate', basis });
  // A month's interest is for a month: a first period that a due day makes longer or shorter needs a day rate.
  if (dueDay !== null && (!isWithin(dueDay, 1, 31) || basis === 'monthly' || isAnyTime)) return refuse({ code: 'due_day_out_of_range', dueDay });
  if (!isWithin(graceDays, 0, GRACE_MAX)) return refuse({ code: 'grace_out_of_range', graceDays });
  if (allocationOrder.length !== COMPONENTS.length || !COMPONENTS.every((component) => allocationOrder.includes(component))) {
    return refuse({ code: 'allocation_order_incomplete', allocationOrder });
  }
  for (const [field, value, words] of wordsOf(terms)) if (!words.includes(value)) return refuse({ code: 'terms_word_unknown', field, value });
  const error = firstInstallmentsWrong(terms) ?? dueDaysWrong(terms) ?? feesWrong(terms);
  return error === null ? { ok: true } : refuse(error);
}

function wordsOf({ method, basis, allocationScope, penaltyOn, dueRoll }: LoanTerms): readonly (readonly [string, string, readonly string[]])[] {
  return [
    ['method', method, ['level_installment', 'level_principal', 'interest_first', 'any_time']],
    ['basis', basis, BASES],
    ['allocationScope', allocationScope, ['installment_first', 'component_first']],
    ['penaltyOn', penaltyOn ?? 'principal', ['principal', 'principal_and_interest']],
    ['dueRoll.rule', dueRoll === undefined ? 'following' : dueRoll.rule, ['following', 'modified_following', 'preceding']],
  ];
}

function firstInstallmentsWrong(terms: LoanTerms): TermsRefusal | null {
  const wrong = (field: 'graceOnPrincipal' | 'graceOnInterest' | 'interestFree', most: number): TermsRefusal | null => {
    const value = terms[field] ?? 0;
    return isWithin(value, 0, terms.method === 'any_time' ? 0 : most) ? null : { code: 'first_installments_out_of_range', field, value };
  };
  // One installment at least asks principal, and one asks the interest of those that do not.
  return wrong('graceOnPrincipal', terms.months - 1) ?? wrong('graceOnInterest', terms.months - 1) ?? wrong('interestFree', terms.months);
}

function dueDaysWrong({ firstPeriodDaysMin, dueDay, dueRoll }: LoanTerms): TermsRefusal | null {
  if (firstPeriodDaysMin !== undefined && (dueDay === null || !isWithin(firstPeriodDaysMin, 1, 31))) return { code: 'first_period_out_of_range', firstPeriodDaysMin };
  if (dueRoll === undefined) return null;
  const { name, from, through, closed, working } = dueRoll.calendar;
  const isInside = (day: number): boolean => isWithin(day, from, through);
  const isSound = isWithin(from, DAY_MIN, DAY_MAX) && isWithin(through, from, DAY_MAX) && closed.every(isInside) && working.every(isInside);
  return isSound ? null : { code: 'calendar_out_of_range', calendar: name };
}

function feesWrong({ fees, method, principal }: LoanTerms): TermsRefusal | null {
  if (fees === undefined) return null;
  let deducted = 0n;
  for (const [index, fee] of fees.entries()) {
    if (index >= FEES_MAX || !isFee(fee) || (method === 'any_time' && NEEDS_INSTALLMENTS.includes(fee.when))) return { code: 'fee_out_of_range', fee: fee.code };
    if (fee.when === 'deducted') deducted += feeOn(fee, principal);
  }
  return deducted > principal ? { code: 'fees_deducted_exceed_principal', deducted } : null;
}

function isFee({ code, when, amount, ratePpm }: LoanFee): boolean {
  const isAmount = amount !== undefined && amount >= 0n && amount <= FEN_MAX;
  const isRate = ratePpm !== undefined && ratePpm >= 0n && ratePpm <= PPM;
  return code.length > 0 && code.length <= 40 && FEE_TIMES.includes(when) && (amount === undefined ? isRate : isAmount && ratePpm === undefined);
}

const isWithin = (value: number, from: number, to: number): boolean => Number.isInteger(value) && value >= from && value <= to;
