import { ArgumentError } from './assert.ts';
import { FEN_MAX } from './money.ts';
import { needBigint, needList, needObject, needOneOf } from './needs.ts';
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
 * Needs   money and amounts owed from 0 to 10 trillion yuan; at most 1,000 rows; an order that names every component once.
 * Throws  ArgumentError outside `Needs`.
 * Source  docs/specs/allocation.md §1 (REPAY-006).
 */
export function allocate(money: bigint, owed: readonly Owed[], waterfall: Waterfall): { readonly paid: readonly Allocated[]; readonly rest: bigint } {
  checkAllocation(money, owed, waterfall);
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

const COMPONENTS: readonly Component[] = ['fee', 'penalty', 'interest', 'principal'];
const ROWS_MAX = 1000;

function checkAllocation(money: bigint, owed: readonly Owed[], waterfall: Waterfall): void {
  if (!isFen(money)) needBigint('money', money, 0n, FEN_MAX);
  needList('owed', owed, ROWS_MAX);
  for (let row = 0; row < owed.length; row++) {
    const asks = owed[row];
    if (typeof asks === 'object' && asks !== null && isFen(asks.fee) && isFen(asks.penalty) && isFen(asks.interest) && isFen(asks.principal)) continue;
    needObject(`owed[${row}]`, asks);
    for (const component of COMPONENTS) needBigint(`owed[${row}].${component}`, asks![component], 0n, FEN_MAX);
  }
  needObject('waterfall', waterfall);
  const { allocationOrder, allocationScope } = waterfall;
  needList('waterfall.allocationOrder', allocationOrder, COMPONENTS.length);
  if (!COMPONENTS.every((component) => allocationOrder.includes(component))) throw new ArgumentError('waterfall.allocationOrder', allocationOrder, `each of ${COMPONENTS.join(', ')} once`);
  needOneOf('waterfall.allocationScope', allocationScope, ['installment_first', 'component_first']);
}

const isFen = (amount: unknown): boolean => typeof amount === 'bigint' && amount >= 0n && amount <= FEN_MAX;
