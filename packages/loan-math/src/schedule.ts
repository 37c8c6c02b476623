import type { BusinessDate } from './business-date.ts';
import { fen, type Fen } from './money.ts';
import { levelAmount, planOf, plannedPrincipal, wholePeriodInterest } from './plan.ts';
import type { LoanTerms } from './terms.ts';

export type Installment = {
  readonly number: number;
  readonly from: BusinessDate;
  readonly dueOn: BusinessDate;
  readonly principal: Fen;
  readonly interest: Fen;
  readonly total: Fen;
  /** Principal left once this installment is paid. */
  readonly balance: Fen;
};

/**
 * The repayment schedule (还款计划) of a loan paid out on a day, if every installment is paid on its due day.
 *
 * Units   fen; due days keep to their day of month, or the last day of a shorter month.
 * Rounds  the level amount once, then each row's interest; half up. The last row absorbs the rest.
 * Keeps   Σ principal = terms.principal; the last balance is 0; no amount is negative; rows end when the
 *         balance is 0 (a loan of a few fen may need fewer rows than it has months).
 * Needs   terms that `validateTerms` accepts.
 * Source  docs/specs/repayment-schedule.md (REPAY-001, REPAY-014).
 */
export function scheduleOf(terms: LoanTerms, disbursedOn: BusinessDate): readonly Installment[] {
  const plan = planOf(terms, disbursedOn);
  const level = terms.method === 'level_installment' ? levelAmount(plan, 1, terms.principal) : 0n;
  const rows: Installment[] = [];
  let balance: bigint = terms.principal;
  for (let number = 1; number < plan.days.length && balance > 0n; number++) {
    const interest = wholePeriodInterest(plan, number, balance);
    const principal = plannedPrincipal(plan, number, { level, interest, balance });
    balance -= principal;
    rows.push({
      number,
      from: plan.days[number - 1]!,
      dueOn: plan.days[number]!,
      principal: fen(principal),
      interest: fen(interest),
      total: fen(principal + interest),
      balance: fen(balance),
    });
  }
  return rows;
}
