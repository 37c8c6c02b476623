import { addDays, businessDate, formatDate, type BusinessDate } from '@mingdai/loan-math';
import { inParallel, succeeded, type ApiClient } from './api-client.ts';
import { signIn, type Session } from './journey.ts';
import type { Behaviour } from './plan.ts';
import type { World } from './world.ts';

/** A borrower of the demo once the money is out. */
export type DemoLoan = {
  readonly loanId: string;
  readonly cardNumber: string;
  readonly behaviour: Behaviour;
  /** Signs in anew on each day of doing something: sessions do not last as long as loans. */
  readonly openid: string;
  /** Due day and total of each installment as the schedule first told it. */
  readonly dues: readonly { readonly number: number; readonly dueOn: BusinessDate; readonly totalFen: bigint }[];
};

/** What one borrower does on one day. */
export type Act =
  | { readonly kind: 'leave_enough'; readonly loan: DemoLoan; readonly amountFen: bigint }
  | { readonly kind: 'pay_due'; readonly loan: DemoLoan; readonly installment: number }
  | { readonly kind: 'settle'; readonly loan: DemoLoan };

/** Every act of a loan's life by day, from its behaviour and its schedule alone. */
export function actsOf(loan: DemoLoan): readonly { readonly on: BusinessDate; readonly act: Act }[] {
  const { behaviour } = loan;
  const acts: { on: BusinessDate; act: Act }[] = [];
  for (const due of loan.dues) {
    const leaveEnough = { on: due.dueOn, act: { kind: 'leave_enough', loan, amountFen: due.totalFen } } as const;
    const payOn = (on: BusinessDate) => ({ on, act: { kind: 'pay_due', loan, installment: due.number } }) as const;
    switch (behaviour.kind) {
      case 'on_time':
        acts.push(leaveEnough);
        break;
      case 'early':
        acts.push(payOn(addDays(due.dueOn, -behaviour.daysAhead)));
        break;
      case 'late':
        acts.push(behaviour.months.includes(due.number) ? payOn(addDays(due.dueOn, behaviour.daysLate)) : leaveEnough);
        break;
      case 'stops':
        if (due.number < behaviour.month) acts.push(leaveEnough);
        break;
      case 'settles':
        if (due.number <= behaviour.month) acts.push(leaveEnough);
        if (due.number === behaviour.month) acts.push({ on: addDays(due.dueOn, behaviour.daysAfterDue + 1), act: { kind: 'settle', loan } });
        break;
    }
  }
  return acts;
}

/** Plays the acts of one day: fills accounts, pays by hand, settles. Late payers pay all that is due by then. */
export async function playActs(world: World, acts: readonly Act[], { on, width }: { readonly on: BusinessDate; readonly width: number }): Promise<void> {
  const deposits = acts.filter((act) => act.kind === 'leave_enough').map((act) => ({ account: act.loan.cardNumber, amount_fen: act.amountFen.toString() }));
  if (deposits.length > 0) succeeded('deposits', await world.sandbox.post('/control/deposits', { deposits }, `deposits/${on}`));
  await inParallel(acts, width, async (act) => {
    if (act.kind === 'pay_due') await payByHand(world, act.loan, act.installment, on);
    if (act.kind === 'settle') await settle(world, act.loan, on);
  });
}

async function payByHand(world: World, loan: DemoLoan, installment: number, on: BusinessDate): Promise<void> {
  const { api } = await signIn(world.api, loan.openid, `day${on}`);
  const view = succeeded('loan', await api.get(`/v1/loans/${loan.loanId}`));
  const amount = payableNow(view, installment);
  if (amount <= 0n) return;
  await repay(world, { loan, api }, { purpose: 'due', amount_fen: amount.toString() }, `${loan.loanId}/pay/${installment}/${on}`);
}

/** What is due by today, or the named installment ahead of its day, whichever is more. */
function payableNow(view: Record<string, unknown>, installment: number): bigint {
  const due = BigInt(String((view['due'] as Record<string, unknown>)['total_fen']));
  const row = (view['installments'] as readonly Record<string, unknown>[]).find(({ number }) => number === installment);
  if (row === undefined || due > 0n) return due;
  const asked = BigInt(String(row['principal_fen'])) + BigInt(String(row['interest_fen']));
  return asked - BigInt(String(row['principal_paid_fen'])) - BigInt(String(row['interest_paid_fen']));
}

async function settle(world: World, loan: DemoLoan, on: BusinessDate): Promise<void> {
  const { api } = await signIn(world.api, loan.openid, `day${on}`);
  const quote = await api.get(`/v1/loans/${loan.loanId}/settlement-quote`);
  if (quote.status !== 200) return;
  await repay(world, { loan, api }, { purpose: 'settle', amount_fen: String(quote.body['total_fen']) }, `${loan.loanId}/settle/${on}`);
}

async function repay(world: World, { loan, api }: { readonly loan: DemoLoan; readonly api: ApiClient }, body: { purpose: string; amount_fen: string }, key: string): Promise<void> {
  succeeded('deposit', await world.sandbox.post(`/control/accounts/${loan.cardNumber}/deposits`, { amount_fen: body.amount_fen }, key));
  succeeded('repayment', await api.post(`/v1/loans/${loan.loanId}/repayments`, body, key));
}

/** The schedule of a fresh loan as its own page shows it. */
export async function duesOf(session: Session, loanId: string): Promise<DemoLoan['dues']> {
  const view = succeeded('loan', await session.api.get(`/v1/loans/${loanId}`));
  return (view['installments'] as readonly Record<string, unknown>[]).map((row) => ({
    number: Number(row['number']),
    dueOn: businessDate(String(row['due_on'])),
    totalFen: BigInt(String(row['principal_fen'])) + BigInt(String(row['interest_fen'])),
  }));
}

/** Ends a day: debits what fell due, moves the clock to the next morning, closes the day. */
export async function endDay(world: World, on: BusinessDate): Promise<void> {
  const day = formatDate(on);
  succeeded('debit run', await world.operator.post('/v1/operations/debit-runs', { on: day }, `debits/${day}`));
  const next = formatDate(addDays(on, 1));
  await world.moveClock(`${next}T01:00:00Z`);
  succeeded('day close', await world.operator.post('/v1/operations/day-closes', { through: day }, `close/${day}`));
}
