import { describe, expect, it } from 'vitest';
import { eventsFrom, termsFrom } from '../test/spec-page.ts';
import { businessDate, checkEvents, CN_WORKING_CALENDAR, fen, positionOn, validateTerms, type LoanEvent, type LoanTerms } from './index.ts';

const { terms } = termsFrom('level_installment act_360 12000.00 7.2% 12 months due day 5');
const anyTime = termsFrom('any_time act_360 12000.00 7.2% 45 days').terms;
const unchecked = <T>(value: unknown): T => value as T;
const roll = { rule: 'following' as const, calendar: CN_WORKING_CALENDAR };

describe('terms that are rarer', () => {
  it('are accepted at their bounds', () => {
    expect(validateTerms({
      ...terms, basis: 'thirty_isda', method: 'level_principal', graceOnPrincipal: 11, graceOnInterest: 11, interestFree: 12, firstPeriodDaysMin: 31, dueRoll: roll, penaltyOn: 'principal_and_interest',
      fees: [{ code: 'all', when: 'deducted', ratePpm: 1_000_000n }, { code: 'none', when: 'overdue', amount: fen(0n) }],
    })).toEqual({ ok: true });
    expect(validateTerms({ ...anyTime, basis: 'act_act', graceOnPrincipal: 0, fees: [{ code: 'late', when: 'overdue', ratePpm: 0n }] })).toEqual({ ok: true });
  });

  const wrong: readonly (readonly [what: string, terms: LoanTerms, code: string])[] = [
    ['a grace on principal in every installment', { ...terms, graceOnPrincipal: 12 }, 'first_installments_out_of_range'],
    ['a grace on interest in every installment', { ...terms, graceOnInterest: 12 }, 'first_installments_out_of_range'],
    ['more installments without interest than there are', { ...terms, interestFree: 13 }, 'first_installments_out_of_range'],
    ['half an installment without interest', { ...terms, interestFree: 0.5 }, 'first_installments_out_of_range'],
    ['a grace on interest at any time', { ...anyTime, graceOnInterest: 1 }, 'first_installments_out_of_range'],
    ['30/360 at any time', { ...anyTime, basis: 'thirty_us' }, 'basis_needs_day_rate'],
    ['a first period of 32 days', { ...terms, firstPeriodDaysMin: 32 }, 'first_period_out_of_range'],
    ['a first period of no days', { ...terms, firstPeriodDaysMin: 0 }, 'first_period_out_of_range'],
    ['a first period of 15 days without a due day', { ...terms, dueDay: null, firstPeriodDaysMin: 15 }, 'first_period_out_of_range'],
    ['an unknown way to roll', { ...terms, dueRoll: { ...roll, rule: unchecked<'following'>('nearest') } }, 'terms_word_unknown'],
    ['a calendar that ends before it begins', { ...terms, dueRoll: { ...roll, calendar: { ...CN_WORKING_CALENDAR, from: CN_WORKING_CALENDAR.through, through: CN_WORKING_CALENDAR.from } } }, 'calendar_out_of_range'],
    ['a holiday outside the calendar', { ...terms, dueRoll: { ...roll, calendar: { ...CN_WORKING_CALENDAR, closed: [businessDate('2030-01-01')] } } }, 'calendar_out_of_range'],
    ['a fee of neither amount nor rate', { ...terms, fees: [{ code: 'f', when: 'upfront' }] }, 'fee_out_of_range'],
    ['a fee of both', { ...terms, fees: [{ code: 'f', when: 'upfront', amount: fen(1n), ratePpm: 1n }] }, 'fee_out_of_range'],
    ['a fee above 100 %', { ...terms, fees: [{ code: 'f', when: 'upfront', ratePpm: 1_000_001n }] }, 'fee_out_of_range'],
    ['a negative fee', { ...terms, fees: [{ code: 'f', when: 'upfront', amount: unchecked<ReturnType<typeof fen>>(-1n) }] }, 'fee_out_of_range'],
    ['a fee without a code', { ...terms, fees: [{ code: '', when: 'upfront', amount: fen(1n) }] }, 'fee_out_of_range'],
    ['a fee at an unknown time', { ...terms, fees: [{ code: 'f', when: unchecked<'upfront'>('yearly'), amount: fen(1n) }] }, 'fee_out_of_range'],
    ['a monthly fee at any time', { ...anyTime, fees: [{ code: 'f', when: 'monthly_on_original', amount: fen(1n) }] }, 'fee_out_of_range'],
    ['more deducted than is lent', { ...terms, fees: [{ code: 'f', when: 'deducted', amount: fen(1_200_001n) }] }, 'fees_deducted_exceed_principal'],
    ['penalty on something else', { ...terms, penaltyOn: unchecked<'principal'>('everything') }, 'terms_word_unknown'],
  ];
  for (const [what, bad, code] of wrong) {
    it(`with ${what} are refused as ${code}`, () => expect(validateTerms(bad)).toMatchObject({ ok: false, error: { code } }));
  }
});

describe('events that change a contract', () => {
  const start = '2026-01-05 disbursed 12000.00';
  const after = (line: string, change: object = {}): readonly LoanEvent[] => {
    const [disbursed, event] = eventsFrom([start, line]);
    return [disbursed!, unchecked<LoanEvent>({ ...event, ...change })];
  };
  it('are accepted', () => {
    for (const line of ['2026-02-08 rate_changed 0%', '2026-02-08 rate_changed 360% 360%', '2026-02-08 rescheduled 480 months due day 31', '2026-02-08 paused 2029-02-08 stops', '2026-02-08 resumed']) {
      expect(checkEvents(terms, after(line))).toEqual({ ok: true });
    }
  });

  const wrong: readonly (readonly [what: string, terms: LoanTerms, events: readonly LoanEvent[], code: string])[] = [
    ['a negative rate', terms, after('2026-02-08 rate_changed 5%', { rate: -1n }), 'event_rate_out_of_range'],
    ['a rate above 360 %', terms, after('2026-02-08 rate_changed 361%'), 'event_rate_out_of_range'],
    ['a penalty rate above 360 %', terms, after('2026-02-08 rate_changed 5% 361%'), 'event_rate_out_of_range'],
    ['no months', terms, after('2026-02-08 rescheduled 0 months'), 'event_months_out_of_range'],
    ['481 months', terms, after('2026-02-08 rescheduled 481 months'), 'event_months_out_of_range'],
    ['a due day of 32', terms, after('2026-02-08 rescheduled 3 months due day 32'), 'event_due_day_out_of_range'],
    ['installments for a loan that has none', anyTime, after('2026-01-08 rescheduled 3 months'), 'loan_has_no_installments'],
    ['a pause of no days', terms, after('2026-02-08 paused 2026-02-08 runs'), 'pause_out_of_range'],
    ['a pause of more than three years', terms, after('2026-02-08 paused 2029-02-09 runs'), 'pause_out_of_range'],
    ['a payout whose due days the calendar does not know', { ...terms, dueRoll: roll }, after('2026-02-08 resumed'), 'due_day_outside_calendar'],
  ];
  for (const [what, bad, events, code] of wrong) {
    it(`with ${what} are refused as ${code}, and stop the fold`, () => {
      expect(checkEvents(bad, events)).toMatchObject({ ok: false, error: { code } });
      expect(() => positionOn(bad, events, businessDate('2026-03-01'))).toThrow(RangeError);
    });
  }
});
