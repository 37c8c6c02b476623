import { type Component, type FundingShare, type LoanTerms, type RollRule, type WorkingCalendar } from '@mingdai/loan-math';
import { amountFrom, boolean, day, field, list, nullable, oneOf, optionalField, ppm, rate, readOwn, record, text, whole } from './codec.ts';
import type { Json } from './json-text.ts';

type LoanFee = NonNullable<LoanTerms['fees']>[number];
type DueRoll = NonNullable<LoanTerms['dueRoll']>;

const COUNT_MAX = 1_000_000;
const component = oneOf<Component>('fee', 'penalty', 'interest', 'principal');

const calendar = record<WorkingCalendar>({
  name: field('name', text(100)),
  from: field('from', day),
  through: field('through', day),
  closed: field('closed', list(day, 20_000)),
  working: field('working', list(day, 20_000)),
});

const dueRoll = record<DueRoll>({
  rule: field('rule', oneOf<RollRule>('following', 'modified_following', 'preceding')),
  calendar: field('calendar', calendar),
});

const fee = record<LoanFee>({
  code: field('code', text(100)),
  when: field('when', oneOf<LoanFee['when']>('deducted', 'upfront', 'monthly_on_original', 'monthly_on_outstanding', 'first_installment', 'overdue')),
  amount: optionalField('amount_fen', amountFrom(0n)),
  ratePpm: optionalField('rate_ppm', ppm(1_000_000_000n)),
});

/** A loan's terms in JSON: as contracts are stored, as the record shows them, as a statement signs them. */
export const termsCodec = record<LoanTerms>({
  principal: field('principal_fen', amountFrom(1n)),
  method: field('method', oneOf<LoanTerms['method']>('level_installment', 'level_principal', 'interest_first', 'any_time')),
  basis: field('basis', oneOf<LoanTerms['basis']>(
    'monthly', 'act_360', 'act_365', 'act_act', 'thirty_bond_basis', 'thirty_us', 'thirty_european', 'thirty_european_plus', 'thirty_isda', 'thirty_excel_nasd',
  )),
  rate: field('rate_ppm', rate),
  months: field('months', whole(0, COUNT_MAX)),
  termDays: field('term_days', nullable(whole(0, COUNT_MAX))),
  dueDay: field('due_day', nullable(whole(0, COUNT_MAX))),
  graceDays: field('grace_days', whole(0, COUNT_MAX)),
  graceCountsBack: field('grace_counts_back', boolean),
  penaltyRate: field('penalty_rate_ppm', rate),
  allocationOrder: field('allocation_order', list(component, 10)),
  allocationScope: field('allocation_scope', oneOf<LoanTerms['allocationScope']>('installment_first', 'component_first')),
  graceOnPrincipal: optionalField('grace_on_principal', whole(0, COUNT_MAX)),
  graceOnInterest: optionalField('grace_on_interest', whole(0, COUNT_MAX)),
  interestFree: optionalField('interest_free', whole(0, COUNT_MAX)),
  firstPeriodDaysMin: optionalField('first_period_days_min', whole(0, COUNT_MAX)),
  dueRoll: optionalField('due_roll', dueRoll),
  fees: optionalField('fees', list(fee, 100)),
  penaltyOn: optionalField('penalty_on', oneOf<NonNullable<LoanTerms['penaltyOn']>>('principal', 'principal_and_interest')),
});

export const shareCodec = record<FundingShare>({
  funder: field('funder', text(100)),
  sharePpm: field('share_ppm', ppm(1_000_000n)),
});

/** `termsToJson(terms)` is what `termsFromJson` reads; members that are absent stay absent. */
export type TermsJson = {
  readonly principal_fen: string;
  readonly method: LoanTerms['method'];
  readonly basis: LoanTerms['basis'];
  readonly rate_ppm: string;
  readonly months: number;
  readonly term_days: number | null;
  readonly due_day: number | null;
  readonly grace_days: number;
  readonly grace_counts_back: boolean;
  readonly penalty_rate_ppm: string;
  readonly allocation_order: readonly Component[];
  readonly allocation_scope: LoanTerms['allocationScope'];
  readonly grace_on_principal?: number;
  readonly grace_on_interest?: number;
  readonly interest_free?: number;
  readonly first_period_days_min?: number;
  readonly due_roll?: { readonly rule: RollRule; readonly calendar: CalendarJson };
  readonly fees?: readonly { readonly code: string; readonly when: LoanFee['when']; readonly amount_fen?: string; readonly rate_ppm?: string }[];
  readonly penalty_on?: 'principal' | 'principal_and_interest';
};

type CalendarJson = { readonly name: string; readonly from: string; readonly through: string; readonly closed: readonly string[]; readonly working: readonly string[] };

export const termsToJson = (terms: LoanTerms): TermsJson => termsCodec.write(terms) as unknown as TermsJson;

/**
 * Reads what `termsToJson` wrote.
 *
 * Throws  RangeError naming the member that is not as it writes.
 * Source  docs/specs/statement.md §3.
 */
export const termsFromJson = (json: unknown): LoanTerms => readOwn(termsCodec, json as Json, 'terms');
