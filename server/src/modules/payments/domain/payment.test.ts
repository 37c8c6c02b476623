import { businessDate, fen } from '@mingdai/loan-math';
import { describe, expect, it } from 'vitest';
import { instant } from '../../../kernel/instant.ts';
import { newsOf } from './news.ts';
import { advance, secondsUntilAsked, type Payment, type PaymentCommand, type PaymentKind, type PaymentState, type PaymentStatus } from './payment.ts';

const day = businessDate('2026-10-08');
const later = businessDate('2026-10-12');
const at = instant(Date.UTC(2026, 9, 8, 1));

const states: Readonly<Record<PaymentStatus, PaymentState>> = {
  requested: { status: 'requested' },
  sent: { status: 'sent', attempts: 1 },
  unknown: { status: 'unknown', attempts: 3, seen: 'http 500' },
  settled: { status: 'settled', valueOn: day },
  refused: { status: 'refused', reason: 'insufficient_funds' },
  returned: { status: 'returned', valueOn: day, returnedOn: later, reason: 'other' },
};
const payment = (status: PaymentStatus, kind: PaymentKind = 'debit'): Payment => ({
  id: 'pay_1', kind, shard: 7, reference: 'loan_1', purpose: 'due', amount: fen(103_943n), cardToken: 'card_1', requestedAt: at, version: 4, ...states[status],
});

const commands = {
  send: { type: 'send' },
  send_again: { type: 'send_again' },
  settle: { type: 'settle', valueOn: day },
  record_refusal: { type: 'record_refusal', reason: 'other' },
  record_unknown: { type: 'record_unknown', seen: 'TimeoutError' },
  take_back: { type: 'take_back', returnedOn: later, reason: 'other' },
} as const satisfies Record<string, PaymentCommand>;

/** Every status under every command: the status it becomes, `=` for no change, or the refusal. */
const table: Readonly<Record<PaymentStatus, readonly [send: string, sendAgain: string, settle: string, refuse: string, unknown: string, takeBack: string]>> = {
  requested: ['sent', '=', 'payment_not_sent', 'payment_not_sent', 'payment_not_sent', 'payment_not_sent'],
  sent: ['=', 'sent', 'settled', 'refused', 'unknown', 'payment_not_settled'],
  unknown: ['=', 'sent', 'settled', 'refused', 'unknown', 'payment_not_settled'],
  settled: ['=', '=', '=', 'payment_already_final', '=', 'returned'],
  refused: ['=', '=', 'payment_already_final', '=', '=', 'payment_already_final'],
  returned: ['=', '=', '=', 'payment_already_final', '=', '='],
};

const cases = Object.entries(table).flatMap(([status, row]) => Object.keys(commands).map((name, column) => [status as PaymentStatus, name as keyof typeof commands, row[column]!] as const));

describe('a direct debit', () => {
  it.each(cases)('that is %s, under %s: %s', (status, name, expected) => {
    const before = payment(status);
    const result = advance(before, commands[name]);
    if (!result.ok) expect(result.error.code).toBe(expected);
    else if (expected === '=') expect(result.value).toBe(before);
    else expect([result.value.status, result.value.version]).toEqual([expected, before.version + 1]);
  });
});

describe('a payment', () => {
  it.each(['payout', 'transfer_in'] as const)('that is a %s is never taken back', (kind) => {
    for (const status of Object.keys(states) as PaymentStatus[]) {
      expect(advance(payment(status, kind), commands.take_back)).toMatchObject({ ok: false, error: { code: 'payment_not_returnable' } });
    }
  });

  it('carries nothing of its old state into the new one', () => {
    const settled = advance(payment('unknown'), commands.settle);
    expect(settled.ok && Object.keys(settled.value)).not.toContain('seen');
    expect(settled.ok && settled.value).toMatchObject({ status: 'settled', valueOn: day, amount: 103_943n, reference: 'loan_1' });
  });

  it('counts how often it was asked about, and waits longer each time, up to ten minutes', () => {
    const asked = advance(payment('unknown'), commands.record_unknown);
    expect(asked.ok && asked.value).toMatchObject({ attempts: 4, seen: 'TimeoutError' });
    expect([1, 2, 3, 9, 10, 1000].map(secondsUntilAsked)).toEqual([2, 4, 8, 512, 600, 600]);
  });
});

describe('the news of a payment', () => {
  const heard = (kind: PaymentKind, before: PaymentStatus | null, after: PaymentStatus) =>
    newsOf(before === null ? null : payment(before, kind), payment(after, kind), at)?.type ?? null;

  it('is told when an outcome is reached, and only then', () => {
    expect(heard('payout', 'sent', 'settled')).toBe('payout_settled');
    expect(heard('payout', 'unknown', 'refused')).toBe('payout_refused');
    expect(heard('debit', 'sent', 'settled')).toBe('debit_settled');
    expect(heard('debit', 'sent', 'refused')).toBe('debit_refused');
    expect(heard('debit', 'settled', 'returned')).toBe('debit_returned');
    expect(heard('transfer_in', null, 'settled')).toBe('transfer_received');
    expect(heard('debit', 'sent', 'unknown')).toBeNull();
    expect(heard('debit', 'requested', 'sent')).toBeNull();
    expect(heard('debit', 'settled', 'settled')).toBeNull();
  });

  it('names the payment, whose it is, the amount and the day it counts from', () => {
    expect(newsOf(payment('settled'), payment('returned'), at)).toEqual({
      type: 'debit_returned', shard: 7, subject: 'pay_1',
      payload: { payment_id: 'pay_1', reference: 'loan_1', purpose: 'due', amount_fen: '103943', value_on: '2026-10-12', reason: 'other' },
    });
    expect(newsOf(payment('sent', 'payout'), payment('settled', 'payout'), at)?.payload).toEqual({
      payment_id: 'pay_1', reference: 'loan_1', purpose: 'due', amount_fen: '103943', value_on: '2026-10-08',
    });
  });
});
