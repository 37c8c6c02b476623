import { describe, expect, it } from 'vitest';
import { eventsFrom, termsFrom } from '../test/spec-page.ts';
import {
  ArgumentError, businessDate, checkEvents, fen,  payoffQuote, positionOn, validateTerms, type AnnualRatePpm, type Fen, type LoanEvent, type LoanTerms,
} from './index.ts';

const { terms } = termsFrom('level_installment act_360 12000.00 7.2% 12 months penalty 10.8%');
const anyTime = termsFrom('any_time act_360 12000.00 7.2% 45 days').terms;
const unchecked = <T>(value: unknown): T => value as T;

describe('terms', () => {
  it('of a product that is sold are accepted', () => {
    expect(validateTerms(terms)).toEqual({ ok: true });
    expect(validateTerms(anyTime)).toEqual({ ok: true });
  });

  const wrong: readonly (readonly [what: string, terms: LoanTerms, code: string])[] = [
    ['a principal of 0', { ...terms, principal: fen(0n) }, 'principal_out_of_range'],
    ['a negative principal', { ...terms, principal: fen(-1n) }, 'principal_out_of_range'],
    ['a principal of 10^30', { ...terms, principal: unchecked<Fen>(10n ** 30n) }, 'principal_out_of_range'],
    ['a negative rate', { ...terms, rate: unchecked<AnnualRatePpm>(-1n) }, 'rate_out_of_range'],
    ['a rate above 360 %', { ...terms, rate: unchecked<AnnualRatePpm>(3_600_001n) }, 'rate_out_of_range'],
    ['a rate of 10^30', { ...terms, rate: unchecked<AnnualRatePpm>(10n ** 30n) }, 'rate_out_of_range'],
    ['a negative penalty rate', { ...terms, penaltyRate: unchecked<AnnualRatePpm>(-1n) }, 'penalty_rate_out_of_range'],
    ['no months', { ...terms, months: 0 }, 'months_out_of_range'],
    ['481 months', { ...terms, months: 481 }, 'months_out_of_range'],
    ['half a month', { ...terms, months: 1.5 }, 'months_out_of_range'],
    ['NaN months', { ...terms, months: Number.NaN }, 'months_out_of_range'],
    ['two months at any time', { ...anyTime, months: 2 }, 'months_out_of_range'],
    ['any time without days', { ...anyTime, termDays: null }, 'term_days_out_of_range'],
    ['any time for no days', { ...anyTime, termDays: 0 }, 'term_days_out_of_range'],
    ['days of term for installments', { ...terms, termDays: 30 }, 'term_days_out_of_range'],
    ['a monthly basis at any time', { ...anyTime, basis: 'monthly' }, 'basis_needs_day_rate'],
    ['a due day of 32', { ...terms, dueDay: 32 }, 'due_day_out_of_range'],
    ['a due day of 0', { ...terms, dueDay: 0 }, 'due_day_out_of_range'],
    ['a due day of its own with a monthly basis', { ...terms, basis: 'monthly', dueDay: 5 }, 'due_day_out_of_range'],
    ['negative grace', { ...terms, graceDays: -1 }, 'grace_out_of_range'],
    ['an order that leaves out interest', { ...terms, allocationOrder: ['fee', 'penalty', 'principal'] }, 'allocation_order_incomplete'],
    ['an order that names fees twice', { ...terms, allocationOrder: ['fee', 'fee', 'penalty', 'principal'] }, 'allocation_order_incomplete'],
    ['an unknown method', { ...terms, method: unchecked<'any_time'>('balloon') }, 'terms_word_unknown'],
    ['an unknown scope', { ...terms, allocationScope: unchecked<'component_first'>('newest_first') }, 'terms_word_unknown'],
  ];
  for (const [what, bad, code] of wrong) {
    it(`with ${what} are refused as ${code}`, () => expect(validateTerms(bad)).toMatchObject({ ok: false, error: { code } }));
  }
});

const lines = ['2026-01-05 disbursed 12000.00', '2026-02-05 repayment_received 1039.43', '2026-02-07 repayment_reversed e2'];
const good = eventsFrom(lines);
const with_ = (line: string, change: object = {}): readonly LoanEvent[] => {
  const added = eventsFrom([...lines, line]).at(-1)!;
  return [...good, unchecked<LoanEvent>({ ...added, ...change })];
};
const without = (...numbers: readonly number[]): readonly LoanEvent[] => good.filter((_, index) => !numbers.includes(index + 1));

describe('events', () => {
  it('that happen to loans are accepted', () => {
    expect(checkEvents(terms, good)).toEqual({ ok: true });
    expect(checkEvents(terms, [])).toEqual({ ok: true });
    expect(checkEvents(terms, eventsFrom(['2026-01-05 cancelled']))).toEqual({ ok: true });
  });

  const wrong: readonly (readonly [what: string, events: readonly LoanEvent[], code: string])[] = [
    ['a sequence number used twice', with_('2026-02-08 repayment_received 1.00', { sequence: 2 }), 'event_sequence_reused'],
    ['a sequence number of 0', with_('2026-02-08 repayment_received 1.00', { sequence: 0 }), 'event_sequence_reused'],
    ['an id used twice', with_('2026-02-08 repayment_received 1.00', { id: 'e2' }), 'event_id_reused'],
    ['a payment of 0', with_('2026-02-08 repayment_received 0.00'), 'event_amount_out_of_range'],
    ['a negative payment', with_('2026-02-08 repayment_received -1.00'), 'event_amount_out_of_range'],
    ['a payment of 10^30', with_('2026-02-08 repayment_received 1.00', { amount: 10n ** 30n }), 'event_amount_out_of_range'],
    ['a payment before the loan', with_('2026-01-04 repayment_received 1.00'), 'event_before_disbursement'],
    ['a second disbursement', with_('2026-02-08 disbursed 12000.00'), 'loan_disbursed_twice'],
    ['a payment on a loan not paid out', without(1, 3), 'loan_not_disbursed'],
    ['another amount paid out', eventsFrom(['2026-01-05 disbursed 11999.99']), 'disbursed_amount_differs'],
    ['a cancellation after disbursement', eventsFrom([lines[0]!, '2026-01-06 cancelled']), 'loan_cancelled'],
    ['a payment on a cancelled loan', eventsFrom(['2026-01-05 cancelled', '2026-01-06 repayment_received 1.00']), 'loan_cancelled'],
    ['a reversal of nothing', without(2), 'reversed_event_unknown'],
    ['a reversal of the disbursement', with_('2026-02-09 repayment_reversed e1'), 'reversed_event_unknown'],
    ['a second reversal of one payment', with_('2026-02-09 repayment_reversed e2'), 'event_already_reversed'],
    ['a second charge-off', eventsFrom([lines[0]!, '2026-09-05 charged_off', '2026-09-06 charged_off']), 'loan_already_charged_off'],
    ['a recovery without charge-off', with_('2026-02-09 recovered 1.00'), 'loan_not_charged_off'],
  ];
  for (const [what, events, code] of wrong) {
    it(`with ${what} are refused as ${code}`, () => expect(checkEvents(terms, events)).toMatchObject({ ok: false, error: { code } }));
  }

  const on = businessDate('2027-01-01');
  const impossible = wrong.filter(([, , code]) => !['event_sequence_reused', 'event_id_reused', 'event_amount_out_of_range'].includes(code));
  for (const [what, events] of impossible) {
    it(`with ${what} stop the fold`, () => expect(() => positionOn(terms, events, on)).toThrow(ArgumentError));
  }
  it('without a disbursement have no settlement quote', () => {
    expect(() => payoffQuote(terms, [], on)).toThrow('only a loan that was paid out can be settled');
  });
});
