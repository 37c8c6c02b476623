/**
 * The accounts that code may name. What each one is (kind, side, who may hold it) is data: `chart.json`.
 * A name here without its line there stops the start of the server.
 *
 * Source  docs/specs/chart-of-accounts.md §2.
 */
export const ACCOUNTS = {
  cashAtBank: '1002',
  interestReceivable: '1132',
  penaltyReceivable: '1133',
  feeReceivable: '1134',
  accruedInterest: '1135',
  accruedPenalty: '1136',
  loanPrincipal: '1303',
  payoutInTransit: '2241',
  refundLiability: '2242',
  unplacedMoney: '2243',
  ownFunds: '4001',
  interestIncome: '6011',
  penaltyIncome: '6012',
  feeIncome: '6021',
  roundingDifference: '6061',
  recovered: '6301',
  waiverExpense: '6421',
  creditLoss: '6702',
  offBalanceInterest: '9001',
  writtenOffClaims: '9002',
  loansServicedForOthers: '9003',
  memorandumContra: '9999',
} as const;

/** The base code of the clearing accounts; on its own it is no account. */
export const CLEARING = '1221';

/** The clearing account with another entity, e.g. `1221:bank_b`: a debit balance is due from it, a credit balance due to it. */
export const clearingWith = (counterparty: string): string => `${CLEARING}:${counterparty}`;
