import type { LoanRecordReply, LoanReply } from '@mingdai/contract';
import { businessDate, formatDate, positionOn, type Position } from '@mingdai/loan-math';
import { eventsOf, termsOf } from './loan-record.ts';

/** What came of computing a loan a second time: how many figures were compared, and which differ (none, unless somebody is wrong). */
export type Recomputed = { readonly figures: number; readonly differing: readonly string[] };

/**
 * Folds a loan's contract and events in this browser, and compares every figure with what the server claims. The server's
 * figures are not used for it, only held against the result.
 */
export function recompute(record: LoanRecordReply, loan: LoanReply): Recomputed {
  const position = positionOn(termsOf(record), eventsOf(record), businessDate(record.on), record.known_through);
  const pairs = [...claimsOfPosition(record, loan, position), ...claimsOfRows(loan, position)];
  return { figures: pairs.length, differing: pairs.filter(([, claimed, computed]) => claimed !== computed).map(([name]) => name) };
}

type Pair = readonly [name: string, claimed: string, computed: string];

function claimsOfPosition({ position: claimed }: LoanRecordReply, loan: LoanReply, position: Position): Pair[] {
  const totals = Object.entries(position.totals).map(([name, amount]): Pair => [name, claimed.totals[`${snake(name)}_fen`] ?? 'missing', String(amount)]);
  return [
    ['status', claimed.status, position.status],
    ['principal_outstanding', claimed.principal_outstanding_fen, String(position.principalOutstanding)],
    ['principal_outstanding', loan.principal_outstanding_fen, String(position.principalOutstanding)],
    ['due', claimed.due_fen, String(position.due.total)],
    ['due', loan.due.total_fen, String(position.due.total)],
    ['days_past_due', String(claimed.days_past_due), String(position.daysPastDue)],
    ...totals,
  ];
}

const claimsOfRows = (loan: LoanReply, position: Position): Pair[] =>
  position.installments.flatMap((row, index): Pair[] => {
    const claimed = loan.installments[index];
    const of = (name: string, value: string | undefined, computed: bigint | string): Pair => [`${name} ${row.number}`, value ?? 'missing', String(computed)];
    return [
      of('due_on', claimed?.due_on, formatDate(row.dueOn)),
      of('principal', claimed?.principal_fen, row.principal),
      of('interest', claimed?.interest_fen, row.interest),
      of('penalty', claimed?.penalty_fen, row.penalty),
      of('principal_paid', claimed?.principal_paid_fen, row.principalPaid),
      of('interest_paid', claimed?.interest_paid_fen, row.interestPaid),
      of('penalty_paid', claimed?.penalty_paid_fen, row.penaltyPaid),
      of('status', claimed?.status, row.status),
    ];
  });

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
