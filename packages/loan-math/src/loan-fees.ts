import { divideHalfUp } from './money.ts';
import { PPM } from './rate.ts';
import type { FeeTime, LoanFee, LoanTerms } from './terms.ts';

/** What a fee asks on an amount: its own amount, or its part of that one. Rounds half up. */
export function feeOn({ amount, ratePpm }: LoanFee, base: bigint): bigint {
  return amount ?? divideHalfUp(base * (ratePpm ?? 0n), PPM);
}

/** What the contract's fees of one kind ask on an amount, each rounded by itself. */
export function feesOf({ fees }: LoanTerms, when: FeeTime, base: bigint): bigint {
  let total = 0n;
  if (fees !== undefined) for (const fee of fees) if (fee.when === when) total += feeOn(fee, base);
  return total;
}

/** What is asked with installment `number` beside principal and interest; `balance` is the principal not due at the start of its period. */
export function installmentFee(terms: LoanTerms, number: number, balance: bigint): bigint {
  if (terms.fees === undefined) return 0n;
  const monthly = feesOf(terms, 'monthly_on_original', terms.principal) + feesOf(terms, 'monthly_on_outstanding', balance);
  return number === 1 ? monthly + feesOf(terms, 'first_installment', terms.principal) : monthly;
}
