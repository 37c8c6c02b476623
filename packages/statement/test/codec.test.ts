import { businessDate, type LoanEvent, type LoanTerms } from '@mingdai/loan-math';
import { describe, expect, it } from 'vitest';
import { eventFromJson, eventToJson, termsFromJson, termsToJson } from '../src/index.ts';
import { documentCodec } from '../src/document.ts';
import { readJson } from '../src/json-text.ts';
import type { StatementProblem } from '../src/report.ts';
import { EXAMPLE_TERMS, exampleStatement, textOf } from './example.ts';

const EVERY_TERM: LoanTerms = {
  ...EXAMPLE_TERMS, method: 'level_principal', basis: 'act_act', dueDay: 15, graceOnPrincipal: 2, graceOnInterest: 1, interestFree: 1, firstPeriodDaysMin: 10,
  dueRoll: { rule: 'modified_following', calendar: { name: 'cn', from: businessDate('2026-01-01'), through: businessDate('2027-12-31'), closed: [businessDate('2026-10-01')], working: [businessDate('2026-10-10')] } },
  fees: [{ code: 'service', when: 'monthly_on_original', ratePpm: 3_000n }, { code: 'opening', when: 'deducted', amount: 5_000n as LoanTerms['principal'] }],
  penaltyOn: 'principal_and_interest',
};

const common = { id: 'e1', sequence: 1, valueOn: businessDate('2026-10-08'), bookedAt: 1_791_424_800_000 };
const amount = 100n as LoanTerms['principal'];
const rate = 90_000n as LoanTerms['rate'];
const ONE_OF_EACH: readonly LoanEvent[] = [
  { ...common, kind: 'disbursed', amount }, { ...common, kind: 'cancelled' }, { ...common, kind: 'repayment_received', amount }, { ...common, kind: 'repayment_reversed', reverses: 'e0' },
  { ...common, kind: 'prepaid', amount, effect: 'settle' }, { ...common, kind: 'overpayment_refunded', amount }, { ...common, kind: 'fee_charged', amount, fee: 'letter' },
  { ...common, kind: 'waived', component: 'penalty', amount }, { ...common, kind: 'charged_off' }, { ...common, kind: 'recovered', amount },
  { ...common, kind: 'rate_changed', rate, penaltyRate: null }, { ...common, kind: 'rate_changed', rate, penaltyRate: rate },
  { ...common, kind: 'rescheduled', months: 24, dueDay: null, includesOverdue: true }, { ...common, kind: 'rescheduled', months: 3, dueDay: 5, includesOverdue: false },
  { ...common, kind: 'paused', until: businessDate('2026-12-31'), interest: 'stops' }, { ...common, kind: 'resumed' },
  { ...common, kind: 'fell_due', installment: 3 }, { ...common, kind: 'crossed_bucket', to: 'M7+' },
];

describe('terms in JSON', () => {
  it('come back as they were, every member of them', () => {
    for (const terms of [EXAMPLE_TERMS, EVERY_TERM]) expect(termsFromJson(JSON.parse(JSON.stringify(termsToJson(terms))))).toEqual(terms);
  });

  it('are written as contracts always were: what is not used is left out, members in the same order', () => {
    expect(JSON.stringify(termsToJson(EXAMPLE_TERMS))).toBe(
      '{"principal_fen":"1200000","method":"level_installment","basis":"act_360","rate_ppm":"72000","months":12,"term_days":null,"due_day":null,"grace_days":0,"grace_counts_back":false,' +
      '"penalty_rate_ppm":"108000","allocation_order":["fee","penalty","interest","principal"],"allocation_scope":"installment_first"}');
  });

  it('that are not as we write them are named', () => {
    const json = termsToJson(EXAMPLE_TERMS);
    expect(() => termsFromJson({ ...json, principal_fen: 1_200_000 })).toThrow('terms.principal_fen: must be fen as decimal digits in quotes, 1 to 1000000000000000; it is 1200000');
    expect(() => termsFromJson({ ...json, bonus: 1 })).toThrow('terms.bonus: a statement has no such member');
  });
});

describe('events in JSON', () => {
  it('come back as they were, every kind of them', () => {
    for (const event of ONE_OF_EACH) expect(eventFromJson(JSON.parse(JSON.stringify(eventToJson(event))))).toEqual(event);
    expect(eventToJson(ONE_OF_EACH[0]!)).toEqual({ id: 'e1', sequence: 1, kind: 'disbursed', value_on: '2026-10-08', booked_at: '2026-10-08T02:00:00.000Z', payload: { amount_fen: '100' } });
  });
});

/** What reading the example says when one piece of its text is replaced. */
function problemsAfter(from: string | RegExp, to: string): readonly StatementProblem[] {
  const text = textOf(exampleStatement());
  const changed = text.replace(from, to);
  expect(changed).not.toBe(text);
  const { value, problems } = readJson(changed);
  const all = [...problems];
  documentCodec.read(value, '', all);
  return all;
}

describe('strict reading names path, value and rule', () => {
  it.each([
    ['"known_through": 9', '"known_through": 9.0', 'known_through', '9.0 is not written as a whole number is'],
    ['"known_through": 9', '"known_through": 9e0', 'known_through', '9e0 is not written as a whole number is'],
    ['"known_through": 9', '"known_through": -0', 'known_through', '-0 is not written as a whole number is'],
    ['"known_through": 9', '"known_through": 9007199254740993', 'known_through', '9007199254740993 is not written as a whole number is'],
    ['"known_through": 9', '"known_through": "9"', 'known_through', 'must be a whole number, 0 to 1000000000; it is "9"'],
    ['"known_through": 9', '"known_through": 9, "known_through": 9', 'known_through', 'this member is given twice: which one counts cannot be said'],
    ['"amount_fen": "1200000"', '"amount_fen": "0"', 'events[0].payload.amount_fen', 'must be fen as decimal digits in quotes, 1 to 1000000000000000; it is "0"'],
    ['"amount_fen": "1200000"', '"amount_fen": "01200000"', 'events[0].payload.amount_fen', 'must be fen as decimal digits in quotes, 1 to 1000000000000000; it is "01200000"'],
    ['"amount_fen": "1200000"', '"amount_fen": "1000000000000001"', 'events[0].payload.amount_fen', 'must be fen as decimal digits in quotes, 1 to 1000000000000000; it is "1000000000000001"'],
    ['"amount_fen": "1200000"', '"sum": "1200000"', 'events[0].payload.amount_fen', 'this member is missing'],
    ['"rate_ppm": "72000"', '"rate_ppm": "10000001"', 'terms.rate_ppm', 'must be parts per million as decimal digits in quotes, 0 to 10000000; it is "10000001"'],
    ['"as_of": "2026-12-30"', '"as_of": "2026-02-30"', 'as_of', 'must be a day of the calendar as YYYY-MM-DD; it is "2026-02-30"'],
    ['"issued_at": "2026-12-30T08:00:00.000Z"', '"issued_at": "2026-12-30T08:00:00Z"', 'issued_at', 'must be an instant as YYYY-MM-DDTHH:MM:SS.sssZ; it is "2026-12-30T08:00:00Z"'],
    ['"grace_counts_back": false', '"grace_counts_back": 0', 'terms.grace_counts_back', 'must be true or false; it is 0'],
    [/"at": "\d+\/625"/, '"at": "2/4"', 'claimed.accrued_interest.at', 'must be a fraction in lowest terms as digits/digits; it is "2/4"'],
    ['"kind": "disbursed"', '"kind": "given"', 'events[0].kind', 'must be one of disbursed, cancelled, '],
    ['"currency": "CNY"', '"currency": "CNY", "note": "x"', 'note', 'a statement has no such member'],
    ['"currency": "CNY"', '"currency": "CNY", "a.b": "x"', '["a.b"]', 'a statement has no such member'],
  ])('%s → %s', (from, to, path, what) => {
    const [first] = problemsAfter(from, to);
    expect(first!.path).toBe(path);
    expect(first!.what.en.startsWith(what), first!.what.en).toBe(true);
    expect(first!.what.zh).not.toBe(first!.what.en);
  });
});
