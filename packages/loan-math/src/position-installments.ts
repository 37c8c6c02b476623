import type { BusinessDate } from './business-date.ts';
import { askOf, penaltyCharged, type LoanState } from './loan-state.ts';
import { fen, ZERO_FEN } from './money.ts';
import { plannedPrincipal, wholePeriodInterest } from './plan.ts';
import type { PositionInstallment } from './position.ts';

/** The installments that have fallen due or were closed early, as they stand on a day. */
export function dueInstallments({ plan, rows, chargedOffOn }: LoanState, on: BusinessDate): readonly PositionInstallment[] {
  return rows.map((row) => {
    const status = row.paidOn !== null ? 'paid' : row.dueOn < on || chargedOffOn !== null ? 'overdue' : 'due';
    return {
      number: row.number,
      dueOn: row.dueOn,
      principal: fen(row.principal),
      interest: fen(row.interest),
      penalty: fen(penaltyCharged(plan, row, chargedOffOn ?? on)),
      fee: ZERO_FEN,
      feePaid: ZERO_FEN,
      feeWaived: ZERO_FEN,
      principalPaid: fen(row.principalPaid),
      interestPaid: fen(row.interestPaid),
      penaltyPaid: fen(row.penaltyPaid),
      interestWaived: fen(row.interestWaived),
      penaltyWaived: fen(row.penaltyWaived),
      balanceAfter: fen(row.balanceAfter),
      status,
      paidOn: row.paidOn,
    };
  });
}

/** The installments to come, as they will be if nothing else happens. */
export function upcomingInstallments({ plan, open }: LoanState): readonly PositionInstallment[] {
  if (open === null) return [];
  const ask = askOf(plan, open);
  const interest = ask.interest < open.aheadInterest ? open.aheadInterest : ask.interest;
  let balance = open.base + open.aheadPrincipal - ask.principal;
  const isPaid = ask.principal === open.aheadPrincipal && interest === open.aheadInterest;
  const current = upcoming(open.row, plan.days[open.row]!, {
    principal: ask.principal + open.prepaidPrincipal,
    interest: interest + open.prepaidInterest,
    balance,
  });
  const installments: PositionInstallment[] = [{
    ...current,
    principalPaid: fen(open.aheadPrincipal + open.prepaidPrincipal),
    interestPaid: fen(open.aheadInterest + open.prepaidInterest),
    status: isPaid ? 'paid' : 'upcoming',
    paidOn: isPaid ? open.lastPaidOn : null,
  }];
  for (let row = open.row + 1; row < plan.days.length && balance > 0n; row++) {
    const due = wholePeriodInterest(plan, row, balance);
    const principal = plannedPrincipal(plan, row, { level: open.nextLevel, interest: due, balance });
    balance -= principal;
    installments.push(upcoming(row, plan.days[row]!, { principal, interest: due, balance }));
  }
  return installments;
}

function upcoming(number: number, dueOn: BusinessDate, ask: { readonly principal: bigint; readonly interest: bigint; readonly balance: bigint }): PositionInstallment {
  return {
    number,
    dueOn,
    principal: fen(ask.principal),
    interest: fen(ask.interest),
    penalty: ZERO_FEN,
    fee: ZERO_FEN,
    feePaid: ZERO_FEN,
    feeWaived: ZERO_FEN,
    principalPaid: ZERO_FEN,
    interestPaid: ZERO_FEN,
    penaltyPaid: ZERO_FEN,
    interestWaived: ZERO_FEN,
    penaltyWaived: ZERO_FEN,
    balanceAfter: fen(ask.balance),
    status: 'upcoming',
    paidOn: null,
  };
}
