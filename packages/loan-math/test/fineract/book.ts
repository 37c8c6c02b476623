import type { BusinessDate, Share } from '../../src/index.ts';

/** What has happened to a loan, in no order: a payment may be dated before one that is already here. */
export type Book = {
  readonly advances: readonly { readonly on: BusinessDate; readonly amount: bigint }[];
  readonly payments: readonly { readonly id: number; readonly on: BusinessDate; readonly amount: bigint; readonly isDownPayment: boolean }[];
  readonly rates: readonly { readonly from: BusinessDate; readonly rate: Share }[];
  /** Overdue principal bears interest to this day, and is taken to be paid then. */
  readonly knownTo: BusinessDate;
};

export type Piece = { readonly payment: number; readonly on: BusinessDate; readonly component: 'principal' | 'interest'; readonly amount: bigint };

/** One row of the table, with every part of a payment that went to it. */
export type DueRow = {
  readonly from: BusinessDate;
  readonly due: BusinessDate;
  readonly principal: bigint;
  readonly interest: bigint;
  readonly pieces: readonly Piece[];
};

export type Folded = {
  readonly rows: readonly DueRow[];
  /** What each payment left over. */
  readonly overpaid: ReadonlyMap<number, bigint>;
  /** Interest run up by a day, each period's rounded. */
  readonly interestBy: (day: BusinessDate) => bigint;
  /** What ends the loan on a day. */
  readonly payoffOn: (day: BusinessDate) => bigint;
};

export const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n);
export const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);
export const most = (a: bigint, b: bigint): bigint => (a > b ? a : b);
export const paidOf = ({ pieces }: Pick<DueRow, 'pieces'>, component?: Piece['component']): bigint =>
  sum(pieces.filter((piece) => component === undefined || piece.component === component).map(({ amount }) => amount));
