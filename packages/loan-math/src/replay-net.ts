import type { Book } from './account-lines-book.ts';
import type { Words } from './explain.ts';
import type { Fen } from './money.ts';
import type { Position, Totals } from './position.ts';

/** Every amount of a position: its running totals, what is outstanding, and what is due by component. */
export type NetComponent = keyof Totals | 'principalOutstanding' | 'principalOverdue' | 'dueFee' | 'duePenalty' | 'dueInterest' | 'duePrincipal' | 'due';

/** An amount that the added events change. */
export type NetAmount = {
  readonly component: NetComponent;
  readonly before: Fen;
  readonly after: Fen;
  readonly change: Fen;
  /** The installments it changed on; what changed on them sums to `change`. Empty for what belongs to no installment. */
  readonly rows: readonly ChangedRow[];
  readonly why: Words;
};

export type FactValue = string | number | boolean | null;

/** Something else that they change: days as a number, days of the calendar as `2026-03-05`, null for none. */
export type NetFact = { readonly fact: FactName; readonly before: FactValue; readonly after: FactValue; readonly why: Words };

export type FactName = 'status' | 'settledOn' | 'daysPastDue' | 'bucket' | 'isInGrace' | 'nextDueOn';

/** A loan as it stood before or stands after: its position and what was noted on the way. */
export type Side = { readonly position: Position; readonly book: Book | null };

/** Both sides of a replay, and what made the difference. */
export type Compared = { readonly before: Side; readonly after: Side; readonly causes: Words };

/** What an amount was and is on one installment. */
export type ChangedRow = { readonly installment: number; readonly before: Fen; readonly after: Fen };
