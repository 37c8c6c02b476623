import { PPM, type CostFlows } from '@mingdai/loan-math';

const DAY_BASE = 365n * PPM;
/** 1000 % a year: no lawful price comes near it. */
const PPM_MAX = 10_000_000n;

/**
 * The nominal yearly rate of dated flows, as the server holds it against the cap: each day costs a 365th of it on what is
 * still out, and nothing is compounded between two payments.
 *
 * Units   ppm a year.
 * Rounds  up: a price is never shown below what it is.
 * Needs   payments that repay at least what was received, in order of days.
 * Source  docs/specs/price-cap.md §2.
 */
export function datedCostPpm(flows: CostFlows): bigint {
  let low = -1n;
  let high = PPM_MAX;
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (isDearerThan(flows, middle)) low = middle;
    else high = middle;
  }
  return high;
}

/** Exact: the balance is kept over one growing denominator. */
function isDearerThan({ received, receivedOn, payments }: CostFlows, ratePpm: bigint): boolean {
  let balance: bigint = received;
  let base = 1n;
  let since: number = receivedOn;
  for (const { dueOn, principal, charges } of payments) {
    balance = balance * (DAY_BASE + ratePpm * BigInt(dueOn - since)) - (principal + charges) * base * DAY_BASE;
    base *= DAY_BASE;
    since = dueOn;
  }
  return balance < 0n;
}
