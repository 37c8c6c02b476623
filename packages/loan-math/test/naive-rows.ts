import type { LoanTerms } from '../src/index.ts';
import { fraction, rounded, sum } from './naive-fraction.ts';

/** An installment that has fallen due. */
export type Row = {
  number: number; due: number; principal: bigint; interest: bigint; fee: bigint;
  gotPrincipal: bigint; gotInterest: bigint; gotPenalty: bigint; gotFee: bigint; forgivenInterest: bigint; forgivenPenalty: bigint; forgivenFee: bigint;
  /** What bore penalty in each night since the due day that counts, and at what rate. */
  nights: { unpaid: bigint; rate: bigint }[];
  askedLateFee: boolean;
  done: boolean;
};

export function bearingOf(terms: LoanTerms, row: Row): bigint {
  const principal = row.principal - row.gotPrincipal;
  return terms.penaltyOn === 'principal_and_interest' ? principal + row.interest - row.gotInterest - row.forgivenInterest : principal;
}

export function penaltyOf(terms: LoanTerms, row: Row): bigint {
  const { graceDays, graceCountsBack, basis } = terms;
  if (row.nights.length <= graceDays) return 0n;
  const year = basis === 'act_365' || basis === 'act_act' ? 365n : 360n;
  return rounded(fraction(sum(row.nights.slice(graceCountsBack ? 0 : graceDays).map(({ unpaid, rate }) => unpaid * rate)), year * 1_000_000n));
}

export function owedOf(terms: LoanTerms, row: Row): { fee: bigint; penalty: bigint; interest: bigint; principal: bigint } {
  if (row.done) return { fee: 0n, penalty: 0n, interest: 0n, principal: 0n };
  return {
    fee: row.fee - row.gotFee - row.forgivenFee,
    penalty: penaltyOf(terms, row) - row.gotPenalty - row.forgivenPenalty,
    interest: row.interest - row.gotInterest - row.forgivenInterest,
    principal: row.principal - row.gotPrincipal,
  };
}
