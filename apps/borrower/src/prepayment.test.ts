import type { LoanRecordReply } from '@mingdai/contract';
import { describe, expect, it } from 'vitest';
import { prepaymentOf, settlesAt } from './prepayment.ts';

// 12,000.00 yuan at 9 % of a 360-day year, six months from 2026-10-08; asked twelve days later: 12,000 × 9 % × 12 / 360 = 36.00 has run up.
const record = (method: 'level_installment' | 'interest_first' = 'level_installment', on = '2026-10-20'): LoanRecordReply => ({
  loan_id: 'loan_1', contract_id: 'ctr_1', on, known_through: 1,
  terms: {
    principal_fen: '1200000', method, basis: 'act_360', rate_ppm: '90000', months: 6, term_days: null, due_day: null, grace_days: 0, grace_counts_back: true,
    penalty_rate_ppm: '135000', allocation_order: ['fee', 'penalty', 'interest', 'principal'], allocation_scope: 'installment_first',
  },
  shares: [],
  events: [{ id: 'e1', sequence: 1, kind: 'disbursed', value_on: '2026-10-08', booked_at: '2026-10-08T01:00:00.000Z', payload: { amount_fen: '1200000' } }],
  position: { status: 'active', principal_outstanding_fen: '1200000', due_fen: '0', days_past_due: 0, totals: {} },
});

describe('5,000 yuan paid ahead of time', () => {
  it('pays the interest its principal has borne, and the rest is principal', () => {
    const found = prepaymentOf(record(), 500_000n, 'shorter_term');
    // b + b × 9 % × 12 / 360 = 5,000.00
    expect([found?.principal, found?.interest]).toEqual([498_504n, 1_496n]);
  });

  it('keeps what is asked each month and ends two months earlier', () => {
    const found = prepaymentOf(record(), 500_000n, 'shorter_term')!;
    expect([found.before.installments, found.after.installments]).toEqual([6, 4]);
    expect([found.before.next, found.after.next]).toEqual([205_367n, 205_367n]);
    expect([found.before.lastDueOn, found.after.lastDueOn]).toEqual(['2027-04-08', '2027-02-08']);
  });

  it('or keeps the months and asks less in each', () => {
    const found = prepaymentOf(record(), 500_000n, 'smaller_installment')!;
    expect([found.before.installments, found.after.installments]).toEqual([6, 6]);
    expect(found.after.following).toBe(120_054n);
    expect(found.before.lastDueOn).toBe(found.after.lastDueOn);
  });

  it('saves what the whole loan costs less: with 14.96 paid now, the interest to come falls by the saving and 14.96', () => {
    for (const effect of ['shorter_term', 'smaller_installment'] as const) {
      const { before, after, saved, interest } = prepaymentOf(record(), 500_000n, effect)!;
      expect(before.interest - after.interest).toBe(saved + interest);
      expect(saved).toBeGreaterThan(0n);
    }
  });

  it('leaves the months of an interest-first loan as they are, with less interest in each', () => {
    const { before, after } = prepaymentOf(record('interest_first'), 500_000n, 'smaller_installment')!;
    expect([before.installments, after.installments, before.following, after.following]).toEqual([6, 6, 9_000n, 5_261n]);
  });
});

describe('what is no part of the principal ahead of time', () => {
  it('is nothing, and what settles the loan or more', () => {
    expect(settlesAt(record())).toBe(1_203_600n);
    expect(prepaymentOf(record(), 0n, 'shorter_term')).toBeNull();
    expect(prepaymentOf(record(), 1_203_600n, 'shorter_term')).toBeNull();
    expect(prepaymentOf(record(), 1_203_599n, 'shorter_term')).not.toBeNull();
  });

  it('is anything while something is due: that is paid first', () => {
    expect(prepaymentOf(record('level_installment', '2026-11-08'), 500_000n, 'shorter_term')).toBeNull();
  });
});
