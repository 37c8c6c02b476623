import { rowOf } from './account-lines-book.ts';
import { fen, ZERO_FEN, type Fen } from './money.ts';
import type { Position, PositionInstallment } from './position.ts';
import type { ChangedRow, Compared, NetComponent } from './replay-net.ts';

type OfRow = (row: PositionInstallment, position: Position) => bigint;

const hasFallenDue: (row: PositionInstallment, position: Position) => boolean = (row, { on }) => row.dueOn <= on || row.status === 'overdue';

/** How the amounts that belong to installments are found on one of them. */
const ON_ROW: Partial<Readonly<Record<NetComponent, OfRow>>> = {
  interestCharged: (row, position) => (hasFallenDue(row, position) ? row.interest : row.interestPaid),
  interestPaid: (row) => row.interestPaid,
  interestWaived: (row) => row.interestWaived,
  penaltyCharged: (row) => row.penalty,
  penaltyPaid: (row) => row.penaltyPaid,
  penaltyWaived: (row) => row.penaltyWaived,
  principalPaid: (row) => row.principalPaid,
  principalChargedOff: (row, { status }) => (status === 'charged_off' ? row.principal - row.principalPaid : 0n),
  duePenalty: (row) => row.penalty - row.penaltyPaid - row.penaltyWaived,
  dueInterest: (row, position) => (hasFallenDue(row, position) ? row.interest - row.interestPaid - row.interestWaived : 0n),
  duePrincipal: (row, position) => (position.status !== 'charged_off' && hasFallenDue(row, position) ? row.principal - row.principalPaid : 0n),
  principalOverdue: (row, { status }) => (status !== 'charged_off' && row.status === 'overdue' ? row.principal - row.principalPaid : 0n),
};

/** The installments on which an amount changed; none for an amount that belongs to no installment. */
export function changedRows({ before, after }: Compared, component: NetComponent): readonly ChangedRow[] {
  const ofRow = ON_ROW[component];
  if (ofRow === undefined) return [];
  const count = Math.max(...[before, after].map(({ position }) => position.installments.reduce((most, row) => Math.max(most, row.number), 0)));
  const rows: ChangedRow[] = [];
  for (let installment = 1; installment <= count; installment++) {
    const [was, is] = [before, after].map(({ position }) => {
      const row = rowOf(position, installment);
      return row === null ? ZERO_FEN : fen(ofRow(row, position));
    }) as [Fen, Fen];
    if (was !== is) rows.push({ installment, before: was, after: is });
  }
  return rows;
}
