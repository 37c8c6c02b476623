import type { BusinessDate } from './business-date.ts';
import { installmentFee } from './loan-fees.ts';
import { askOf, larger } from './loan-open.ts';
import { penaltyCharged, type LoanState } from './loan-state.ts';
import { fen, ZERO_FEN } from './money.ts';
import { plannedRow } from './plan.ts';
import type { PositionInstallment } from './position.ts';

/** The installments that have fallen due or were closed early, as they stand when the clock is at `day`. */
export function dueInstallments({ plan, rows, chargedOffOn }: LoanState, day: number): readonly PositionInstallment[] {
  return rows.map((row) => {
    const status = row.paidOn !== null ? 'paid' : row.countsFrom < day || chargedOffOn !== null ? 'overdue' : 'due';
    return {
      number: row.number,
      dueOn: row.dueOn,
      principal: fen(row.principal),
      interest: fen(row.interest),
      penalty: fen(penaltyCharged(plan, row, day)),
      fee: fen(row.fee),
      principalPaid: fen(row.principalPaid),
      interestPaid: fen(row.interestPaid),
      penaltyPaid: fen(row.penaltyPaid),
      feePaid: fen(row.feePaid),
      interestWaived: fen(row.interestWaived),
      penaltyWaived: fen(row.penaltyWaived),
      feeWaived: fen(row.feeWaived),
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
  const interest = larger(ask.interest, open.aheadInterest);
  const fee = larger(open.fee, open.aheadFee);
  let balance = open.base + open.aheadPrincipal - ask.principal;
  let carried = ask.carriedOn;
  const isPaid = ask.principal === open.aheadPrincipal && interest === open.aheadInterest && fee === open.aheadFee;
  const current = upcoming(open.row, plan.days[open.row]!, {
    principal: ask.principal + open.prepaidPrincipal,
    interest: interest + open.prepaidInterest,
    fee, balance,
  });
  const installments: PositionInstallment[] = [{
    ...current,
    principalPaid: fen(open.aheadPrincipal + open.prepaidPrincipal),
    interestPaid: fen(open.aheadInterest + open.prepaidInterest),
    feePaid: fen(open.aheadFee),
    status: isPaid ? 'paid' : 'upcoming',
    paidOn: isPaid ? open.lastPaidOn : null,
  }];
  for (let row = open.row + 1; row < plan.days.length && balance > 0n; row++) {
    const asked = plannedRow(plan, row, { level: open.nextLevel, balance, carried });
    const askedFee = installmentFee(plan.terms, row, balance);
    balance -= asked.principal;
    carried = asked.carriedOn;
    installments.push(upcoming(row, plan.days[row]!, { principal: asked.principal, interest: asked.interest, fee: askedFee, balance }));
  }
  return installments;
}

type Asked = { readonly principal: bigint; readonly interest: bigint; readonly fee: bigint; readonly balance: bigint };

function upcoming(number: number, dueOn: BusinessDate, ask: Asked): PositionInstallment {
  return {
    number,
    dueOn,
    principal: fen(ask.principal),
    interest: fen(ask.interest),
    penalty: ZERO_FEN,
    fee: fen(ask.fee),
    principalPaid: ZERO_FEN,
    interestPaid: ZERO_FEN,
    penaltyPaid: ZERO_FEN,
    feePaid: ZERO_FEN,
    interestWaived: ZERO_FEN,
    penaltyWaived: ZERO_FEN,
    feeWaived: ZERO_FEN,
    balanceAfter: fen(ask.balance),
    status: 'upcoming',
    paidOn: null,
  };
}
