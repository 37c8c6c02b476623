import { describe, expect, it } from 'vitest';
import vectors from '../vectors/fineract-cases.json' with { type: 'json' };
import { skippedOf } from '../decimal.ts';
import { play } from './scenario.ts';
import type { Case } from './settings.ts';

const cases = vectors.cases as unknown as readonly Case[];
const skipped = skippedOf('fineract-cases');

describe("a peer's loans, every row and split of them", () => {
  for (const c of cases.filter(({ id }) => !skipped.includes(id))) {
    it(`${c.id}: ${c.topic}`, () => {
      const compared = play(c);
      expect(compared.length).toBeGreaterThan(0);
      for (const { step, expected, actual } of compared) expect({ step, ...actual }).toEqual({ step, ...expected });
    });
  }
  it('skips only cases that exist', () => expect(skipped.filter((id) => !cases.some((c) => c.id === id))).toEqual([]));
});

const caseOf = (id: string): Case => cases.find((c) => c.id === id)!;

describe('the settings of a case', () => {
  const plain = caseOf('EMI-360-30-100-12PCT-6M');
  const wrong: readonly (readonly [message: string, changed: Partial<Case>])[] = [
    ['conventions has settings that are not known: interest_pause', { conventions: { ...plain.conventions, interest_pause: true } }],
    ['loan has settings that are not known: balloon', { loan: { ...plain.loan, balloon: '10.00' } }],
    ['conventions.compounding is "INTEREST": one of NONE', { conventions: { ...plain.conventions, compounding: 'INTEREST' } }],
    ['conventions.days_in_year is "363": one of', { conventions: { ...plain.conventions, days_in_year: '363' } }],
    ['conventions.allocation_order has DUE_TAX', { conventions: { ...plain.conventions, allocation_order: ['DUE_TAX'] } }],
    ['no such event: charge_off', { sequence: [{ event: 'charge_off' }] }],
    ['reschedule has settings that are not known: extra_terms', { sequence: [{ event: 'reschedule', date: '2024-02-15', new_interest_rate: '4', extra_terms: 2 }] }],
  ];
  for (const [message, changed] of wrong) it(`are refused by name: ${message}`, () => expect(() => play({ ...plain, ...changed })).toThrow(message));
});

describe('what the cases say beside their tables', () => {
  const totals = (c: Case): unknown => (play(c).at(-1)!.actual['totals'] as Record<string, string>)['interest_due'];
  it('interest is 127.48, 142.38 or 156.56 in all, by what a prepayment does', () => {
    const c = caseOf('CUM-PREPAY-REDUCE-COUNT');
    const withEffect = (effect: string): Case => ({ ...c, conventions: { ...c.conventions, prepayment_effect: effect } });
    expect(['REDUCE_NUMBER_OF_INSTALLMENTS', 'REDUCE_EMI_AMOUNT', 'RESCHEDULE_NEXT_REPAYMENTS'].map((effect) => totals(withEffect(effect)))).toEqual(['127.48', '142.38', '156.56']);
  });
  it('a table that differs in one cell is not taken', () => {
    const c = caseOf('EMI-360-30-100-12PCT-6M');
    const text = JSON.stringify(c.sequence).replace('"17.11"', '"17.12"');
    const [compared] = play({ ...c, sequence: JSON.parse(text) as Case['sequence'] });
    expect(compared!.actual).not.toEqual(compared!.expected);
  });
  it('money of any size on any day leaves a table that adds up, under every rule for installments to come', () => {
    const c = caseOf('EARLY-PARTIAL-NEXT');
    const schedule = c.sequence.find((step) => step['event'] === 'expect_schedule')!;
    for (const rule of ['NEXT_INSTALLMENT', 'LAST_INSTALLMENT', 'NEXT_LAST_INSTALLMENT', 'REAMORTIZATION']) {
      for (const [date, amount] of [['2024-01-15', '15.00'], ['2024-01-20', '50.00'], ['2024-02-01', '17.01'], ['2024-03-10', '30.00'], ['2024-05-20', '99.00'], ['2024-08-01', '20.00']] as const) {
        const steps = [...c.sequence.slice(0, 4), { event: 'business_date', date }, { event: 'run_end_of_day' }, { event: 'repay', date, amount }, { ...schedule, as_of: date }];
        const [compared] = play({ ...c, conventions: { ...c.conventions, future_instalment_rule: rule }, sequence: steps.filter((step) => step['event'] !== 'set_product_future_installment_rule') });
        const sums = compared!.actual['totals'] as Record<string, string>;
        expect([rule, date, sums['principal_due'], sums['paid']]).toEqual([rule, date, '100.00', amount]);
      }
    }
  });
});
