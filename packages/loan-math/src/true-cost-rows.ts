import { addFixed, divFixed, mulFixed, ONE, ZERO, type Fixed } from './fixed.ts';
import type { OfferRow } from './flat-fee.ts';
import { divideHalfUp, fen, type Fen } from './money.ts';
import { searchRate } from './rate-search.ts';
import { monthlyRatio, type Ratio, type StatedRate } from './true-cost-rate.ts';

/** How an offer on outstanding principal is repaid: 等额本息, 等额本金, 先息后本. */
export type OfferMethod = 'level_installment' | 'level_principal' | 'interest_first';

export type RateTerms = { readonly principal: Fen; readonly months: number; readonly rate: StatedRate; readonly method: OfferMethod };

/**
 * The rows of a loan at a stated rate on what is still out, in months of equal length.
 *
 * Rounds  the level amount (or the share of principal) once, then each month's interest; half up. The last month absorbs the rest.
 * Keeps   Σ principal = terms.principal; as many rows as months; at a whole yearly ppm the rows of `levelInstallmentSchedule`.
 * Source  docs/specs/true-cost.md §2.
 */
export function rateRows({ principal: lent, months, rate, method }: RateTerms): readonly OfferRow[] {
  const monthly = monthlyRatio(rate);
  const level = method === 'level_installment' ? levelOf(lent, months, monthly) : divideHalfUp(lent, BigInt(months));
  const rows: OfferRow[] = [];
  let balance: bigint = lent;
  for (let number = 1; number <= months; number++) {
    const interest = divideHalfUp(balance * monthly.top, monthly.bottom);
    const planned = method === 'interest_first' ? 0n : method === 'level_installment' ? level - interest : level;
    // Never negative: the level amount is at least the first interest, which is the largest.
    const principal = number === months || planned > balance ? balance : planned;
    balance -= principal;
    rows.push(rowOf(number, { principal, interest, balance }));
  }
  return rows;
}

/** P·r·(1+r)ⁿ / ((1+r)ⁿ − 1) as one exact fraction, rounded half up once; P / n at rate zero. */
function levelOf(principal: bigint, months: number, { top, bottom }: Ratio): bigint {
  if (top === 0n) return divideHalfUp(principal, BigInt(months));
  const grown = (bottom + top) ** BigInt(months);
  return divideHalfUp(principal * top * grown, bottom * (grown - bottom ** BigInt(months)));
}

/**
 * The rows of a loan of which only the installment is stated: each installment is split by the monthly rate at which they repay the principal.
 *
 * Rounds  each balance to the fen, half up; principal is the difference of two balances, interest the rest of the installment.
 * Keeps   Σ principal = principal; every total is the installment; no amount is negative.
 * Answers null when the installments together are less than the principal, or no rate within reach explains them.
 * Source  docs/specs/true-cost.md §2.
 */
export function installmentRows(lent: Fen, months: number, installment: Fen): readonly OfferRow[] | null {
  if (installment * BigInt(months) < lent) return null;
  const payments = Array.from({ length: months }, (_, index) => ({ at: index + 1, amount: -installment }));
  const found = searchRate([{ at: 0, amount: lent }, ...payments]);
  if (found.kind !== 'one') return null;
  // From the last month back: there the balance is known, and each step makes an error smaller instead of larger.
  const discount = divFixed(ONE, addFixed(ONE, found.rate));
  const balances: bigint[] = [0n];
  let exact: Fixed = ZERO;
  for (let left = 1; left < months; left++) {
    exact = mulFixed(addFixed(exact, (installment * ONE) as Fixed), discount);
    balances.push(divideHalfUp(exact, ONE));
  }
  balances.push(lent);
  return balances.slice(1).reverse().map((before, index) => {
    const balance = balances[months - index - 1]!;
    return rowOf(index + 1, { principal: before - balance, interest: installment - (before - balance), balance });
  });
}

function rowOf(number: number, { principal, interest, balance }: { readonly principal: bigint; readonly interest: bigint; readonly balance: bigint }): OfferRow {
  return { number, principal: fen(principal), interest: fen(interest), fee: fen(0n), total: fen(principal + interest), balance: fen(balance) };
}
