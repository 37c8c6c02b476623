import { ArgumentError } from './assert.ts';
import { addFixed, divFixed, fixedOf, mulFixed, ONE, powFixed, rootFixed, subFixed, ZERO, type Fixed } from './fixed.ts';
import { needObject } from './needs.ts';
import type { RateBase } from './true-cost.ts';
import { checkMonths, checkOneOf, checkStated, monthlyFixed, type StatedRate } from './true-cost-rate.ts';

/** The contract as advertised, on 1 lent: level installments on outstanding principal, or a flat charge on the original. */
export type AdvertisedLoan = { readonly months: number; readonly stated: StatedRate; readonly base: RateBase };

/** The yearly cost that is to be reached: the monthly rate × 12, or compounded over 12 months. */
export type CostTarget = { readonly measure: 'irr_times_12' | 'effective'; readonly rate: Fixed };

/** How the fee is taken. `up_front`: held back, or paid on the first day. */
export type FeeForm = 'up_front' | 'monthly_on_original' | 'monthly_on_outstanding' | 'with_first';

export const FEE_FORMS: readonly FeeForm[] = ['up_front', 'monthly_on_original', 'monthly_on_outstanding', 'with_first'];

export type InverseFee =
  /** A share of the first principal (for `monthly_on_outstanding`: of what is out), each time it is taken. */
  | { readonly kind: 'fee'; readonly share: Fixed }
  /** Without any fee the loan already costs more than the target. */
  | { readonly kind: 'dearer_already' };

const RATE_MAX = 100n;

/**
 * Which fee makes an advertised loan cost so much a year? The rate is known, and every payment is linear in the fee, so nothing is
 * searched: the fee is what the flows without it are worth at that rate, over what a fee of 1 is worth.
 *
 * Units   shares of principal, 40 digits; amounts are not rounded to fen.
 * Rounds  at the 40th digit; the result is good to 30 (far within 1e-6 of a percentage point).
 * Refuses `dearer_already`.
 * Needs   1 to 480 months, rates as in `advertisedRate`, a target of 0 to 100 (10,000 % a year), words of the types.
 * Throws  ArgumentError outside `Needs`.
 * Source  docs/specs/true-cost.md §5 (D3).
 */
export function feeThatCosts(loan: AdvertisedLoan, target: CostTarget, form: FeeForm): InverseFee {
  checkLoan(loan, target, form);
  const monthly = target.measure === 'irr_times_12' ? fixedOf(target.rate, 12n * ONE) : subFixed(rootFixed(addFixed(ONE, target.rate), 12), ONE);
  const discount = divFixed(ONE, addFixed(ONE, monthly));
  let worth: Fixed = ONE;
  let unit: Fixed = form === 'up_front' ? ONE : ZERO;
  let factor = ONE;
  for (const [index, { payment, before }] of unrounded(loan).entries()) {
    factor = mulFixed(factor, discount);
    worth = subFixed(worth, mulFixed(payment, factor));
    if (form === 'monthly_on_original' || (form === 'with_first' && index === 0)) unit = addFixed(unit, factor);
    if (form === 'monthly_on_outstanding') unit = addFixed(unit, mulFixed(before, factor));
  }
  // Below the arithmetic's own error a loan costs the target exactly, and the fee is none.
  if (worth < -(ONE / 10n ** 30n)) return { kind: 'dearer_already' };
  return { kind: 'fee', share: worth < 0n ? ZERO : divFixed(worth, unit) };
}

/** What is paid each month on 1 lent, and what is out before it. */
function unrounded({ months, stated, base }: AdvertisedLoan): readonly { readonly payment: Fixed; readonly before: Fixed }[] {
  const rate = monthlyFixed(stated);
  const count = BigInt(months);
  const share = fixedOf(1n, count);
  if (base === 'original' || rate === 0n) return Array.from({ length: months }, (_, index) => ({ payment: addFixed(share, rate), before: fixedOf(count - BigInt(index), count) }));
  // From the last month back, as a present value of what is left: errors shrink on the way.
  const discount = divFixed(ONE, addFixed(ONE, rate));
  const payment = divFixed(rate, subFixed(ONE, powFixed(discount, months)));
  return Array.from({ length: months }, (_, index) => ({ payment, before: divFixed(mulFixed(payment, subFixed(ONE, powFixed(discount, months - index))), rate) }));
}

function checkLoan(loan: AdvertisedLoan, target: CostTarget, form: FeeForm): void {
  needObject('loan', loan);
  checkMonths(loan.months);
  checkStated('stated', loan.stated);
  checkOneOf('base', loan.base, ['original', 'outstanding']);
  needObject('target', target);
  checkOneOf('measure', target.measure, ['irr_times_12', 'effective']);
  checkOneOf('form', form, FEE_FORMS);
  const { rate } = target;
  if (typeof rate !== 'bigint' || rate < 0n || rate > RATE_MAX * ONE) throw new ArgumentError('target.rate', rate, `a bigint, 0 to ${RATE_MAX} (${RATE_MAX * ONE} at 40 digits)`);
}
