import type { LoanRecordReply, LoanReply } from '@mingdai/contract';
import { describe, expect, it } from 'vitest';
import { recompute } from './recompute.ts';

// 12,000.00 yuan at 7.2 %, rate / 12, twelve level installments: the first row is worked out in docs/specs/repayment-schedule.md.
const record = (totals: Record<string, string> = {}): LoanRecordReply => ({
  loan_id: 'loan_1', contract_id: 'ctr_1', on: '2026-10-08', known_through: 1,
  terms: {
    principal_fen: '1200000', method: 'level_installment', basis: 'monthly', rate_ppm: '72000', months: 12, term_days: null, due_day: null, grace_days: 0, grace_counts_back: true,
    penalty_rate_ppm: '108000', allocation_order: ['fee', 'penalty', 'interest', 'principal'], allocation_scope: 'installment_first',
  },
  shares: [],
  events: [{ id: 'e1', sequence: 1, kind: 'disbursed', value_on: '2026-10-08', booked_at: '2026-10-08T01:00:00.000Z', payload: { amount_fen: '1200000' } }],
  position: { status: 'active', principal_outstanding_fen: '1200000', due_fen: '0', days_past_due: 0, totals },
});
const row = (number: number) => ({ number, due_on: '2026-11-08', principal_fen: '96743', interest_fen: '7200', penalty_fen: '0', principal_paid_fen: '0', interest_paid_fen: '0', penalty_paid_fen: '0', status: 'upcoming' });
const loan = (first: object): LoanReply => ({ principal_outstanding_fen: '1200000', due: { total_fen: '0' }, installments: [{ ...row(1), ...first }] }) as unknown as LoanReply;
const ofFirstRow = (first: object) => recompute(record(), loan(first)).differing.filter((name) => name.endsWith(' 1'));

describe('a loan computed a second time', () => {
  it('agrees with a first installment of 967.43 and 72.00', () => {
    expect(ofFirstRow({})).toEqual([]);
  });

  it('notices one fen', () => {
    expect(ofFirstRow({ interest_fen: '7201' })).toEqual(['interest 1']);
    expect(ofFirstRow({ principal_fen: '96742' })).toEqual(['principal 1']);
  });

  it('notices another day, another status, and figures that are missing', () => {
    expect(ofFirstRow({ due_on: '2026-11-09', status: 'paid' })).toEqual(['due_on 1', 'status 1']);
    expect(recompute(record(), loan({})).differing).toContain('interest 2');
    expect(recompute(record(), loan({})).differing).toContain('disbursed');
    expect(recompute(record({ disbursed_fen: '1200000' }), loan({})).differing).not.toContain('disbursed');
  });
});
