import type { Component, LoanTerms } from './terms.ts';

/** What one installment (or anything else that falls due) still asks, by component. */
export type Owed = Readonly<Record<Component, bigint>>;

/** One payment of one component of one row. */
export type Allocated = { readonly row: number; readonly component: Component; readonly amount: bigint };

export type Waterfall = Pick<LoanTerms, 'allocationOrder' | 'allocationScope'>;

/**
 * Spreads money over what is due (冲销顺序), oldest row first.
 *
 * Units   fen, all ≥ 0.
 * Keeps   Σ allocated + rest = money; nothing is paid beyond what is owed; nothing later in the order is
 *         touched while something earlier is unpaid.
 * Source  docs/specs/allocation.md §1 (REPAY-006).
 */
export function allocate(money: bigint, owed: readonly Owed[], waterfall: Waterfall): { readonly paid: readonly Allocated[]; readonly rest: bigint } {
  const paid: Allocated[] = [];
  let rest = money;
  const pay = (row: number, component: Component): void => {
    const open = owed[row]![component];
    const amount = rest < open ? rest : open;
    if (amount <= 0n) return;
    rest -= amount;
    paid.push({ row, component, amount });
  };
  if (waterfall.allocationScope === 'installment_first') {
    for (let row = 0; row < owed.length && rest > 0n; row++) for (const component of waterfall.allocationOrder) if (rest > 0n) pay(row, component);
  } else {
    for (const component of waterfall.allocationOrder) for (let row = 0; row < owed.length && rest > 0n; row++) pay(row, component);
  }
  return { paid, rest };
}
