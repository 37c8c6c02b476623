import type { BusinessDate } from './business-date.ts';
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

/** The rows of a schedule. Needs terms that `validateTerms` accepts, and a day. */
export function scheduleRows(terms: LoanTerms, disbursedOn: BusinessDate): readonly Installment[] {
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
