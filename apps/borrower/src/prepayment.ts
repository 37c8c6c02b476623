import type { LoanRecordReply } from '@mingdai/contract';
import { businessDate, fen, formatDate, payoffQuote, positionOn, type LoanEvent, type Position, type PrepaymentEffect } from '@mingdai/loan-math';
import { eventsOf, termsOf } from './loan-record.ts';

export type PartEffect = Exclude<PrepaymentEffect, 'settle'>;

/** What a loan still asks: how many installments, the next one, the last day, and the interest of all of them. */
export type Ahead = { readonly installments: number; readonly next: bigint; readonly following: bigint | null; readonly lastDueOn: string; readonly interest: bigint };

export type Prepayment = {
  readonly principal: bigint;
  readonly interest: bigint;
  readonly before: Ahead;
  readonly after: Ahead;
  /** Interest the whole loan costs less. */
  readonly saved: bigint;
};

/**
 * What paying part of a loan ahead of time on the record's day would change: the same fold the server books by, with the
 * payment as one more event.
 *
 * Needs   nothing due that day; a positive amount below what settles the loan. Null otherwise: then it is another kind of payment.
 * Source  docs/specs/position.md §6 (REPAY-005).
 */
export function prepaymentOf(record: LoanRecordReply, amountFen: bigint, effect: PartEffect): Prepayment | null {
  const [terms, events, on] = [termsOf(record), eventsOf(record), businessDate(record.on)];
  const before = positionOn(terms, events, on, record.known_through);
  if (before.due.total !== 0n || amountFen <= 0n || amountFen >= payoffQuote(terms, events, on).total) return null;
  const payment: LoanEvent = { id: 'asked', sequence: record.known_through + 1, kind: 'prepaid', amount: fen(amountFen), effect, valueOn: on, bookedAt: 0 };
  const after = positionOn(terms, [...events, payment], on);
  return {
    principal: after.totals.principalPaid - before.totals.principalPaid,
    interest: after.totals.interestPaid - before.totals.interestPaid,
    before: aheadOf(before), after: aheadOf(after),
    saved: interestOf(before) - interestOf(after),
  };
}

/** What settles the loan on the record's day: a part stays below it. */
export const settlesAt = (record: LoanRecordReply): bigint => payoffQuote(termsOf(record), eventsOf(record), businessDate(record.on)).total;

function aheadOf(position: Position): Ahead {
  const open = position.installments.filter(({ status }) => status !== 'paid');
  const left = open.map((row) => row.principal + row.interest - row.principalPaid - row.interestPaid - row.interestWaived);
  const asked = left.filter((amount) => amount > 0n);
  return {
    installments: asked.length, next: asked[0] ?? 0n, following: asked[1] ?? null,
    lastDueOn: formatDate(open[open.length - 1]?.dueOn ?? position.on),
    interest: open.reduce((sum, row) => sum + row.interest - row.interestPaid - row.interestWaived, 0n),
  };
}

const interestOf = (position: Position): bigint => position.installments.reduce((sum, row) => sum + row.interest, 0n);
