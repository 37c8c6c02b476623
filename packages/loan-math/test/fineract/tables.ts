import { formatDate, formatYuan, type BusinessDate } from '../../src/index.ts';
import { paidOf, sum, type Book, type DueRow, type Folded, type Piece } from './book.ts';

export type Table = Readonly<Record<string, unknown>>;
type Accrual = { readonly on: BusinessDate; readonly amount: bigint; readonly after: number };

const yuan = formatYuan;
const ZERO = '0.00';

/** The schedule as the peer's screen shows it. */
export function scheduleTable(folded: Folded, advances: Book['advances']): Table {
  const rows = folded.rows.map((row, index) => rowTable(row, { number: index + 1, balance: balanceAfter(folded, advances, index) }));
  const column = (name: string): string => yuan(sum(rows.map((row) => centsOf(String(row[name])))));
  const names = ['principal_due', 'interest_due', 'fees_due', 'penalties_due', 'total_due', 'paid', 'paid_in_advance', 'paid_late', 'outstanding'];
  return {
    disbursement_rows: advances.map(({ on, amount }) => ({ date: formatDate(on), balance_or_disbursed: yuan(amount) })),
    periods: rows,
    totals: Object.fromEntries(names.map((name) => [name, column(name)])),
  };
}

const centsOf = (text: string): bigint => BigInt(text.replace('.', ''));

function balanceAfter({ rows }: Folded, advances: Book['advances'], index: number): bigint {
  const row = rows[index]!;
  const isLast = index === rows.length - 1;
  const lent = sum(advances.filter(({ on }) => isLast || on < row.due || on === row.from).map(({ amount }) => amount));
  return lent - sum(rows.slice(0, index + 1).map(({ principal }) => principal));
}

function rowTable(row: DueRow, { number, balance }: { readonly number: number; readonly balance: bigint }): Table {
  const { from, due, principal, interest, pieces } = row;
  const paid = paidOf(row);
  const outstanding = principal + interest - paid;
  const when = (test: (piece: Piece) => boolean): string => yuan(sum(pieces.filter(test).map(({ amount }) => amount)));
  const last = pieces.length === 0 ? null : pieces.reduce((latest, { on }) => (on > latest ? on : latest), pieces[0]!.on);
  return {
    nr: number,
    days: due - from,
    due_date: formatDate(due),
    paid_date: outstanding === 0n && last !== null ? formatDate(last) : null,
    balance_after: yuan(balance),
    principal_due: yuan(principal),
    interest_due: yuan(interest),
    fees_due: ZERO,
    penalties_due: ZERO,
    total_due: yuan(principal + interest),
    paid: yuan(paid),
    paid_in_advance: when(({ on }) => on < due),
    paid_late: when(({ on }) => on > due),
    outstanding: yuan(outstanding),
  };
}

/** What each payment went to. */
export function splitsOf(folded: Folded, payments: Book['payments']): ReadonlyMap<number, { readonly principal: bigint; readonly interest: bigint }> {
  const pieces = folded.rows.flatMap((row) => row.pieces);
  const part = (id: number, component: Piece['component']): bigint => sum(pieces.filter((piece) => piece.payment === id && piece.component === component).map(({ amount }) => amount));
  return new Map(payments.map(({ id }) => [id, { principal: part(id, 'principal'), interest: part(id, 'interest') }]));
}

export type Posted = { readonly folded: Folded; readonly book: Book; readonly accruals: readonly Accrual[]; readonly replayed: ReadonlySet<number> };

/** The transactions by day; of one day, as they were entered. */
export function transactionsTable({ folded, book, accruals, replayed }: Posted): readonly Table[] {
  const splits = splitsOf(folded, book.payments);
  const entries = [
    ...book.advances.map(({ on, amount }, index) => ({ on, order: index - book.advances.length, type: 'Disbursement', amount, principal: 0n, interest: 0n, moves: amount, isReplayed: false })),
    ...book.payments.map(({ id, on, amount, isDownPayment }) => ({ on, order: id, type: isDownPayment ? 'Down Payment' : 'Repayment', amount, ...splits.get(id)!, moves: -splits.get(id)!.principal, isReplayed: replayed.has(id) })),
    ...accruals.map(({ on, amount, after }) => ({ on, order: after + 0.5, type: amount < 0n ? 'Accrual Adjustment' : 'Accrual', amount: amount < 0n ? -amount : amount, principal: 0n, interest: amount < 0n ? -amount : amount, moves: null, isReplayed: false })),
  ].toSorted((a, b) => a.on - b.on || a.order - b.order);
  let balance = 0n;
  return entries.map(({ on, type, amount, principal, interest, moves, isReplayed }) => {
    balance += moves ?? 0n;
    return {
      date: formatDate(on), type, amount: yuan(amount), principal: yuan(principal), interest: yuan(interest), fees: ZERO, penalties: ZERO,
      loan_balance: moves === null ? ZERO : yuan(balance), reverted: false, replayed: isReplayed,
    };
  });
}
