import type { LoanReply } from '@mingdai/contract';

type Row = LoanReply['installments'][number];

/** What is still asked on an installment: its total less what was paid or waived of it. */
export const leftOf = (row: Row): bigint =>
  BigInt(row.total_fen) - BigInt(row.principal_paid_fen) - BigInt(row.interest_paid_fen) - BigInt(row.penalty_paid_fen) - BigInt(row.interest_waived_fen) - BigInt(row.penalty_waived_fen);
