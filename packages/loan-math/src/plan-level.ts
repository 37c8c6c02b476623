import { levelAmount, type Plan } from './plan.ts';

/**
 * What a loan asks from its first row on: `levelAmount` of all its principal, which the fold works out at every position.
 *
 * Rounds  as `levelAmount`, to the same fen: in floating point where that leaves no doubt, exactly where it does.
 */
export function levelAtStart(plan: Plan): bigint {
  const { terms, isDayRate, rate, interestFree, graceOnPrincipal } = plan;
  const isPlain = isDayRate && terms.method === 'level_installment' && rate > 0n && interestFree === 0;
  return (isPlain ? quickLevel(plan, graceOnPrincipal + 1) : null) ?? levelAmount(plan, 1, terms.principal);
}

/** Exact: no amount of a loan has more digits than a double. */
const doubleOf = (whole: bigint): number => Number(whole);
const ROUNDOFF = 2 ** -53;

/**
 * balance / Σₖ Πⱼ≤ₖ dⱼ/gⱼ in floating point. A growth is off by at most 3 roundoffs, so a product of k of them by 4k, a sum of n such products
 * by 5n, and the quotient by 2 more: null where a half lies within that.
 */
function quickLevel({ terms, days, dayBase, rate }: Plan, from: number): bigint | null {
  const daily = Number(rate) / Number(dayBase);
  let worth = 1;
  let sum = 0;
  for (let row = from; row < days.length; row++) {
    worth /= 1 + daily * (days[row]! - days[row - 1]!);
    sum += worth;
  }
  const level = doubleOf(terms.principal) / sum;
  const whole = Math.floor(level);
  const doubt = level * ROUNDOFF * (6 * (days.length - from) + 8);
  return Math.abs(level - whole - 0.5) > doubt ? BigInt(level - whole < 0.5 ? whole : whole + 1) : null;
}
