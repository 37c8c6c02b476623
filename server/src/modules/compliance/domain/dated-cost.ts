import { assert, PPM, type BusinessDate, type CostFlows } from '@mingdai/loan-math';

const YEAR_DAYS = 365n;
const DAY_BASE = YEAR_DAYS * PPM;
/** 1000 % a year. */
const PPM_MAX = 10_000_000n;

/**
 * The nominal yearly rate of dated flows: each day costs a 365th of it on what is still out, and interest is added only when
 * something is paid. An Act/360 loan at 24 % costs 24 × 365 / 360 = 24.33 % by this measure, whatever its months look like.
 *
 * Units   ppm a year.
 * Rounds  up: a price is never shown below what it is.
 * Answers null when no rate from 0 to 1000 % explains the flows.
 * Source  docs/specs/price-cap.md §2.
 */
export function datedCostPpm(flows: CostFlows): bigint | null {
  const repaid = flows.payments.reduce((sum, { principal, charges }) => sum + principal + charges, 0n);
  if (flows.received <= 0n || repaid < flows.received || costsMoreThan(flows, PPM_MAX)) return null;
  let low = -1n; // costs more than this …
  let high = PPM_MAX; // … and not more than this
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (costsMoreThan(flows, middle)) low = middle;
    else high = middle;
  }
  return high;
}

/** Whether the flows cost more than a yearly rate. Exact: the balance is kept as a fraction, nothing rounds. */
export function costsMoreThan(flows: CostFlows, ratePpm: bigint): boolean {
  let balance: bigint = flows.received;
  let base = 1n;
  let since: BusinessDate = flows.receivedOn;
  for (const { dueOn, principal, charges } of flows.payments) {
    assert(dueOn >= since, 'payments come in order, none before the first day');
    balance *= DAY_BASE + ratePpm * BigInt(dueOn - since);
    base *= DAY_BASE;
    balance -= (principal + charges) * base;
    since = dueOn;
  }
  return balance < 0n;
}
