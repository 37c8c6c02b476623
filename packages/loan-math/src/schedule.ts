import type { BusinessDate } from './business-date.ts';
import { needDay } from './calendar.ts';
import { needValidTerms } from './loan-accepts.ts';
import { installmentFee } from './loan-fees.ts';
import { fen, type Fen } from './money.ts';
import { levelAmount, planOf, plannedRow } from './plan.ts';
import type { LoanTerms } from './terms.ts';

export type Installment = {
  readonly number: number;
  readonly from: BusinessDate;
  readonly dueOn: BusinessDate;
  readonly principal: Fen;
  readonly interest: Fen;
  /** Fees of the contract asked with it. */
  readonly fee: Fen;
  /** Principal, interest and fee. */
  readonly total: Fen;
  /** Principal left once this installment is paid. */
  readonly balance: Fen;
};

/**
 * The repayment schedule (还款计划) of a loan paid out on a day, if every installment is paid on its due day.
 *
 * Units   fen; due days keep to their day of month, or the last day of a shorter month, and from there to a working day if so agreed.
 * Rounds  the level amount once, then each row's interest and each fee; half up. The last row absorbs the rest.
 * Keeps   Σ principal = terms.principal; the last balance is 0; no amount is negative; rows end when the
 *         balance is 0 (a loan of a few fen may need fewer rows than it has months).
 * Needs   terms that `validateTerms` accepts; with `dueRoll`, a calendar that knows every due day; a first day from which the last one
 *         lies within the year 9999.
 * Throws  ArgumentError outside `Needs`.
 * Source  docs/specs/repayment-schedule.md (REPAY-001, REPAY-014).
 */
export function scheduleOf(terms: LoanTerms, disbursedOn: BusinessDate): readonly Installment[] {
  needValidTerms(terms);
  needDay('disbursedOn', disbursedOn);
  const plan = planOf(terms, disbursedOn);
  const level = levelAmount(plan, 1, terms.principal);
  const rows: Installment[] = [];
  let balance: bigint = terms.principal;
  let carried = 0n;
  for (let number = 1; number < plan.days.length && balance > 0n; number++) {
    const { principal, interest, carriedOn } = plannedRow(plan, number, { level, balance, carried });
    const fee = installmentFee(terms, number, balance);
    balance -= principal;
    carried = carriedOn;
    rows.push({
      number,
      from: plan.days[number - 1]!,
      dueOn: plan.days[number]!,
      principal: fen(principal),
      interest: fen(interest),
      fee: fen(fee),
      total: fen(principal + interest + fee),
      balance: fen(balance),
    });
  }
  return rows;
}
