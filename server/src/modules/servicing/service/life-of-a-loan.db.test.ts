import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addDays, businessDate, fen, formatDate, type LoanTerms } from '@mingdai/loan-math';
import { by, contractOf, DAILY_12 } from '../examples.ts';
import { harness, paymentIdOf, provesOut, type Harness } from '../../../../test/support/servicing.ts';

// Loans through their lives, on a real database with the real ledger and payments. After each, every proof holds.
let h: Harness;
beforeEach(async () => { h = await harness(); });
afterEach(async () => {
  await provesOut(h);
  await h.database.drop();
});

const day = businessDate;

async function close(through: string): Promise<void> {
  h.on(through);
  const closed = await h.servicing.closeDay(day(through), by(`close-${through}`, h.now()));
  expect(closed).toMatchObject({ ok: true });
}

async function viewOf(loanId: string) {
  const view = await h.servicing.loan(loanId);
  if (!view.ok) throw new Error(view.error.code);
  return view.value;
}

async function debits(on: string) {
  h.on(on);
  const run = await h.servicing.runDebits(day(on), by(`debits-${on}`, h.now()));
  if (!run.ok) throw new Error(run.error.code);
  return run.value;
}

describe('a loan', () => {
  it('is active once its payout has arrived, and cancelled when the bank refuses it', async () => {
    const paid = await h.lend(contractOf('li'));
    h.bank.refuse = true;
    const refused = await h.lend(contractOf('wang'));
    expect((await viewOf(paid)).position.status).toBe('active');
    expect((await viewOf(refused)).position.status).toBe('cancelled');
    expect(h.news.map(({ type }) => type)).toEqual(['loan_activated', 'loan_cancelled']);
  });

  it('paid on every due day is settled with the twelfth, and every funder has its own money and interest', async () => {
    const loan = await h.lend(contractOf('li', { terms: DAILY_12 }));
    for (let month = 11; month <= 22; month++) {
      const on = `20${26 + Math.floor((month - 1) / 12)}-${String(((month - 1) % 12) + 1).padStart(2, '0')}-08`;
      expect(await debits(on)).toMatchObject({ asked: 1, settled: 1 });
      await close(on);
    }
    expect((await viewOf(loan)).position).toMatchObject({ status: 'settled', principalOutstanding: 0n });
    const funder = (await h.servicing.report()).funders.find((each) => each.funder === 'bank_b')!;
    expect(funder).toMatchObject({ principalOutstanding: 0n, interestReceivable: 0n, accruedInterest: 0n });
    const { interestPaid } = (await viewOf(loan)).position.totals;
    expect(funder.dueFromLender).toBe((interestPaid * 8n) / 10n);
  });

  it('paid late bears penalty, is told overdue once, and is settled by exactly what was quoted', async () => {
    const loan = await h.lend(contractOf('li', { terms: DAILY_12 }));
    h.bank.refuse = true;
    expect(await debits('2026-11-08')).toMatchObject({ asked: 1, settled: 0, refused: 1 });
    await close('2026-11-08');
    await close('2026-12-20');
    const late = (await viewOf(loan)).position;
    expect(late).toMatchObject({ bucket: 'M2', daysPastDue: 42 });
    expect(late.due.penalty).toBeGreaterThan(0n);
    expect(h.news.filter(({ type }) => type === 'loan_overdue')).toHaveLength(1);
    h.bank.refuse = false;
    h.on('2026-12-21');
    const quote = await h.servicing.quoteSettlement(loan);
    if (!quote.ok) throw new Error(quote.error.code);
    const short = await h.servicing.repay(loan, { purpose: 'settle', amount: fen(quote.value.total - 1n) }, by('short', h.now()));
    expect(short).toMatchObject({ ok: false, error: { code: 'settlement_amount_differs', settlementFen: quote.value.total } });
    expect(await h.servicing.repay(loan, { purpose: 'settle', amount: quote.value.total }, by('settle', h.now()))).toMatchObject({ ok: true, value: { status: 'settled' } });
    const after = (await viewOf(loan)).position;
    expect(after).toMatchObject({ status: 'settled', principalOutstanding: 0n, totals: { refundLiability: 0n } });
    await close('2026-12-21');
  });

  it('paid too much sends the rest back, and nothing is owed either way', async () => {
    const loan = await h.lend(contractOf('li'));
    h.on('2026-10-20');
    await h.transfer(loan, { id: 'tr-1', amountFen: 1_300_000n });
    const refunds = h.bank.orders.filter(({ id }) => id.startsWith('pay_')).slice(1);
    const { totals, status } = (await viewOf(loan)).position;
    expect(refunds.map(({ kind, amount }) => [kind, amount])).toEqual([['payout', totals.refunded]]);
    expect(totals).toMatchObject({ refundLiability: 0n, received: 1_300_000n });
    expect(totals.refunded).toBeGreaterThan(0n);
    expect(status).toBe('active'); // paid ahead to the end of the period is not a settlement: that is asked for by name
    await close('2026-10-31');
  });

  it('whose debit bounces is where it was before, and its debit is history', async () => {
    const loan = await h.lend(contractOf('li', { terms: DAILY_12 }));
    await close('2026-11-07');
    await debits('2026-11-08');
    await close('2026-11-10');
    h.on('2026-11-12');
    const paymentId = (await h.database.db.query<{ id: string }>(`select id from payments.payment where kind = 'debit'`)).rows[0]!.id;
    await h.bounce(paymentId);
    const view = await viewOf(loan);
    expect(view.position).toMatchObject({ daysPastDue: 4, bucket: 'M1', totals: { received: 0n } });
    const overdue = h.news.filter(({ type }) => type === 'loan_overdue').map(({ payload }) => [payload['on'], payload['days_past_due'], payload['due_fen']]);
    expect(overdue).toEqual([['2026-11-12', 4, view.position.due.total.toString()]]);
    expect(view.events.map(({ event, isReversed }) => [event.kind, isReversed])).toEqual([['disbursed', false], ['repayment_received', true], ['repayment_reversed', false]]);
    await close('2026-11-12');
  });

  it('hears late of money that came in time: the penalty goes, the entry carries its value day', async () => {
    const loan = await h.lend(contractOf('li', { terms: DAILY_12 }));
    await close('2026-11-20');
    h.on('2026-11-20');
    const due = (await viewOf(loan)).position.installments[0]!;
    await h.transfer(loan, { id: 'tr-1', amountFen: due.principal + due.interest, valueOn: '2026-11-08' });
    expect((await viewOf(loan)).position).toMatchObject({ daysPastDue: 0, bucket: 'current', due: { total: 0n }, totals: { penaltyCharged: 0n } });
    const entry = (await h.ledger.entriesOf(loan)).at(-1)!;
    expect([entry.valueOn, entry.bookedOn]).toEqual([day('2026-11-08'), day('2026-11-21')]);
    await close('2026-11-25');
  });

  it('prepaid in part keeps its installment or its term, as the borrower chose', async () => {
    const [shorter, smaller] = [await h.lend(contractOf('li')), await h.lend(contractOf('wang'))];
    h.on('2026-10-20');
    await h.servicing.repay(shorter, { purpose: 'prepay', amount: fen(600_000n) }, by('p1', h.now()));
    await h.servicing.repay(smaller, { purpose: 'prepay', amount: fen(600_000n), effect: 'smaller_installment' }, by('p2', h.now()));
    expect((await viewOf(shorter)).position.installments.length).toBeLessThan(8);
    expect((await viewOf(smaller)).position.installments).toHaveLength(12);
    await close('2027-01-08');
  });
});

describe('a repayment', () => {
  it('is refused by name when it cannot be', async () => {
    const loan = await h.lend(contractOf('li'));
    const repay = (key: string, purpose: 'due' | 'settle' | 'prepay', amount: bigint, effect?: 'shorter_term') =>
      h.servicing.repay(loan, { purpose, amount: fen(amount), effect }, by(key, h.now()));
    expect(await h.servicing.repay(`loan_${'0'.repeat(32)}`, { purpose: 'due', amount: fen(1n) }, by('k1', h.now()))).toMatchObject({ error: { code: 'loan_not_found' } });
    expect(await repay('k2', 'due', 0n)).toMatchObject({ error: { code: 'amount_not_positive' } });
    expect(await repay('k3', 'due', 100n, 'shorter_term')).toMatchObject({ error: { code: 'effect_not_for_purpose' } });
    expect(await repay('k4', 'settle', 1_200_000n)).toMatchObject({ ok: true });
    expect(await repay('k5', 'due', 100n)).toMatchObject({ error: { code: 'loan_closed', status: 'settled' } });
    h.bank.refuse = true;
    const cancelled = await h.lend(contractOf('wang'));
    expect(await h.servicing.repay(cancelled, { purpose: 'due', amount: fen(1n) }, by('k6', h.now()))).toMatchObject({ error: { code: 'loan_closed', status: 'cancelled' } });
  });

  it('asked twice under one key moves money once, and somebody else finds no loan', async () => {
    const loan = await h.lend(contractOf('li'));
    const ask = () => h.servicing.repay(loan, { purpose: 'due', amount: fen(10_000n) }, by('same', h.now()));
    const [first, second] = [await ask(), await ask()];
    expect(second).toEqual(first);
    expect(h.bank.orders.filter(({ kind }) => kind === 'debit')).toHaveLength(1);
    expect(first).toEqual({ ok: true, value: { paymentId: paymentIdOf(loan, 'same'), status: 'settled' } });
    const stranger = { key: 'x', actor: { kind: 'borrower', id: 'cus_other' } as const, at: h.now() };
    expect(await h.servicing.repay(loan, { purpose: 'due', amount: fen(1n) }, stranger)).toMatchObject({ error: { code: 'loan_not_found' } });
  });

  it('told many times is booked once', async () => {
    const loan = await h.lend(contractOf('li'));
    await h.transfer(loan, { id: 'tr-1', amountFen: 5_000n });
    const event = (await h.database.db.query<{ payload: string }>(`select payload from platform.outbox where type = 'transfer_received'`)).rows[0]!;
    const told = { id: 'evt_again', type: 'transfer_received', shard: 3, subject: 'x', at: h.now(), payload: JSON.parse(event.payload) as Record<string, unknown> };
    await h.servicing.onPaymentEvent(told);
    await h.servicing.onPaymentEvent(told);
    expect((await viewOf(loan)).position.totals.received).toBe(5_000n);
  });

  it('runs beside others and the close without harm: all are booked', async () => {
    const loan = await h.lend(contractOf('li', { terms: DAILY_12 }));
    h.on('2026-11-08');
    const transfers = Array.from({ length: 6 }, (_, index) => h.transfer(loan, { id: `tr-${index}`, amountFen: 1_000n + BigInt(index) }).catch(() => undefined));
    await Promise.all([...transfers, h.servicing.closeDay(day('2026-11-08'), by('close', h.now()))]);
    await h.database.outbox.redeliver(0);
    expect((await viewOf(loan)).position.totals.received).toBe(6_015n);
    await close('2026-11-09');
    expect((await viewOf(loan)).position).toMatchObject({ daysPastDue: 1, bucket: 'M1' });
  });

  it('is refused while an earlier debit is neither paid nor refused, and taken once that is known', async () => {
    const loan = await h.lend(contractOf('li', { terms: DAILY_12 }));
    h.bank.slow = true;
    const ask = (key: string) => h.servicing.repay(loan, { purpose: 'due', amount: fen(10_000n) }, by(key, h.now()));
    expect(await ask('first')).toMatchObject({ ok: true, value: { status: 'unknown' } });
    expect(await ask('second')).toEqual({ ok: false, error: { code: 'payment_in_flight', loanId: loan, paymentId: paymentIdOf(loan, 'first') } });
    expect(await debits('2026-11-08')).toMatchObject({ asked: 1, askedFen: 0n, open: 1 });
    expect(h.bank.orders.filter(({ kind }) => kind === 'debit')).toHaveLength(1);
    h.bank.slow = false;
    // The bank is asked about the first; what it took is booked before the run says what is left to ask for.
    const left = (await viewOf(loan)).position.due.total - 10_000n;
    expect(await debits('2026-11-08')).toMatchObject({ asked: 1, askedFen: left, settled: 1 });
    expect((await viewOf(loan)).position).toMatchObject({ due: { total: 0n }, totals: { refunded: 0n, refundLiability: 0n } });
    expect(await ask('third')).toMatchObject({ ok: true, value: { status: 'settled' } });
    await close('2026-11-08');
  });

  it('asked twice at the same moment under two keys moves money once', async () => {
    const loan = await h.lend(contractOf('li', { terms: DAILY_12 }));
    h.bank.slow = true;
    const asked = await Promise.all(['a', 'b', 'c'].map((key) => h.servicing.repay(loan, { purpose: 'due', amount: fen(10_000n) }, by(key, h.now()))));
    expect(asked.filter(({ ok }) => ok)).toHaveLength(1);
    expect(h.bank.orders.filter(({ kind }) => kind === 'debit')).toHaveLength(1);
  });

  it('that was refused leaves the way free for the next', async () => {
    const loan = await h.lend(contractOf('li'));
    h.bank.refuse = true;
    expect(await h.servicing.repay(loan, { purpose: 'due', amount: fen(10_000n) }, by('poor', h.now()))).toMatchObject({ value: { status: 'refused' } });
    h.bank.refuse = false;
    expect(await h.servicing.repay(loan, { purpose: 'due', amount: fen(10_000n) }, by('rich', h.now()))).toMatchObject({ value: { status: 'settled' } });
  });
});

describe('a settlement that the bank makes a day late', () => {
  it('repays all it can and leaves the interest of the day, instead of going back to the borrower', async () => {
    const loan = await h.lend(contractOf('li', { terms: DAILY_12 }));
    h.on('2026-10-18');
    const quote = await h.servicing.quoteSettlement(loan);
    if (!quote.ok) throw new Error(quote.error.code);
    h.bank.slow = true;
    expect(await h.servicing.repay(loan, { purpose: 'settle', amount: quote.value.total }, by('settle', h.now()))).toMatchObject({ value: { status: 'unknown' } });
    h.on('2026-10-19');
    h.bank.slow = false;
    await h.payments.drive(paymentIdOf(loan, 'settle'));
    const { position } = await viewOf(loan);
    // A day of 12,000.00 at 7.2 % is 2.40: of it 2.39 is principal, the rest the interest that this has borne.
    expect(position).toMatchObject({ status: 'active', principalOutstanding: 239n, totals: { refunded: 0n, refundLiability: 0n } });
    expect(await debits('2026-11-08')).toMatchObject({ asked: 1, settled: 1 });
    expect((await viewOf(loan)).position.status).toBe('settled');
    await close('2026-11-08');
  });
});

describe('a debit run for a day that was missed', () => {
  it('asks for what is still unpaid of it, not for what was unpaid then', async () => {
    const loan = await h.lend(contractOf('li', { terms: DAILY_12 }));
    h.on('2026-11-08');
    const { due } = (await viewOf(loan)).position;
    h.on('2026-11-09');
    await h.transfer(loan, { id: 'tr-1', amountFen: due.total - 500n });
    h.on('2026-11-10');
    const run = await h.servicing.runDebits(day('2026-11-08'), by('late', h.now()));
    expect(run).toMatchObject({ ok: true, value: { asked: 1, settled: 1 } });
    const { position } = await viewOf(loan);
    expect(run).toMatchObject({ value: { askedFen: 500n + position.totals.penaltyPaid } });
    expect(position).toMatchObject({ due: { total: 0n }, totals: { refunded: 0n, refundLiability: 0n } });
  });
});

describe('money that no loan can take', () => {
  it.each([
    ['names no loan', async () => 'loan 4711, please', 'no_such_loan'],
    ['is for a loan whose payout was refused', async () => {
      h.bank.refuse = true;
      const loan = await h.lend(contractOf('li'));
      h.bank.refuse = false;
      return loan;
    }, 'loan_cancelled'],
    ['counts from a day before the loan was paid out', async () => h.lend(contractOf('li')), 'event_before_disbursement'],
  ])('and %s is kept as unplaced, by name and age, and asked about no more', async (_what, referenceOf, why) => {
    const reference = await referenceOf();
    await h.transfer(reference, { id: 'tr-1', amountFen: 5_000n, valueOn: '2026-10-07' });
    expect(await h.database.outbox.redeliver(0)).toEqual({ served: 0, waiting: 0 });
    h.on('2026-10-12');
    expect(await h.servicing.openItems()).toMatchObject([{ kind: 'money_unplaced', reference, amountFen: 5_000n, why, tries: 1, ageDays: 4 }]);
    const [unplaced] = (await h.ledger.balances({ account: '2243' }));
    expect(unplaced).toMatchObject({ entity: 'webank', netFen: -5_000n });
    await close('2026-10-12');
  });
});

describe('a refund that the bank refuses', () => {
  async function overpaid(): Promise<string> {
    const loan = await h.lend(contractOf('li'));
    const quote = await h.servicing.quoteSettlement(loan);
    if (!quote.ok) throw new Error(quote.error.code);
    await h.servicing.repay(loan, { purpose: 'settle', amount: quote.value.total }, by('settle', h.now()));
    h.bank.refuse = true;
    await h.transfer(loan, { id: 'tr-1', amountFen: 700n });
    return loan;
  }

  it('is ordered again the next day, and then nothing is owed', async () => {
    const loan = await overpaid();
    expect((await viewOf(loan)).position.totals).toMatchObject({ refundLiability: 700n, refunded: 0n });
    expect(await h.servicing.openItems()).toMatchObject([{ kind: 'refund_refused', reference: loan, amountFen: 700n, why: 'insufficient_funds', tries: 1 }]);
    h.bank.refuse = false;
    await debits('2026-10-08');
    expect((await viewOf(loan)).position.totals.refundLiability).toBe(700n); // not twice on one day
    await debits('2026-10-09');
    expect((await viewOf(loan)).position.totals).toMatchObject({ refundLiability: 0n, refunded: 700n });
    expect(await h.servicing.openItems()).toEqual([]);
  });

  it('is ordered five times at most, then waits for a person', async () => {
    const loan = await overpaid();
    for (let on = day('2026-10-09'); on < day('2026-10-20'); on = addDays(on, 1)) await debits(formatDate(on));
    expect(h.bank.orders.filter(({ kind, amount }) => kind === 'payout' && amount === 700n)).toHaveLength(5);
    expect(await h.servicing.openItems()).toMatchObject([{ kind: 'refund_refused', reference: loan, tries: 5, ageDays: 7 }]);
    h.bank.refuse = false;
    await h.transfer(loan, { id: 'tr-2', amountFen: 1n });
    expect((await viewOf(loan)).position.totals).toMatchObject({ refundLiability: 0n, refunded: 701n });
    expect(await h.servicing.openItems()).toEqual([]);
  });
});

describe('a loan repayable at any time (随借随还)', () => {
  const ANY_TIME: LoanTerms = { ...DAILY_12, method: 'any_time', months: 1, termDays: 60 }; // due on 2026-12-07

  it('is repaid in parts as the borrower likes, accrues on the rest by the day, and is debited on its one due day', async () => {
    const loan = await h.lend(contractOf('li', { terms: ANY_TIME }));
    await close('2026-10-17');
    h.on('2026-10-18');
    // 12,000.00 × 7.2 % × 10 / 360 = 24.00 of interest comes first, the rest is principal.
    await h.servicing.repay(loan, { purpose: 'due', amount: fen(602_400n) }, by('part', h.now()));
    expect((await viewOf(loan)).position).toMatchObject({ principalOutstanding: 600_000n, nextDueOn: day('2026-12-07'), nextActionOn: day('2026-12-07'), totals: { interestPaid: 2_400n } });
    await close('2026-12-06');
    expect(await debits('2026-12-06')).toMatchObject({ asked: 0 });
    // 6,000.00 × 7.2 % × 50 / 360 = 60.00
    expect(await debits('2026-12-07')).toMatchObject({ asked: 1, askedFen: 606_000n, settled: 1 });
    expect((await viewOf(loan)).position).toMatchObject({ status: 'settled', nextActionOn: null, totals: { interestPaid: 8_400n, principalPaid: 1_200_000n } });
    await close('2026-12-07');
  });

  it('not repaid by its due day is overdue the day after, bears penalty on all of it, and is settled as quoted', async () => {
    const loan = await h.lend(contractOf('li', { terms: ANY_TIME }));
    await close('2026-12-07');
    expect((await viewOf(loan)).position).toMatchObject({ due: { interest: 14_400n, principal: 1_200_000n }, daysPastDue: 0, nextActionOn: day('2026-12-08') });
    await close('2026-12-17');
    // 12,000.00 × 10.8 % × 10 / 360 = 36.00
    expect((await viewOf(loan)).position).toMatchObject({ bucket: 'M1', daysPastDue: 10, due: { penalty: 3_600n } });
    const quote = await h.servicing.quoteSettlement(loan);
    expect(quote).toMatchObject({ ok: true, value: { total: 1_218_000n } });
    expect(await h.servicing.repay(loan, { purpose: 'settle', amount: fen(1_218_000n) }, by('settle', h.now()))).toMatchObject({ ok: true });
    expect((await viewOf(loan)).position).toMatchObject({ status: 'settled', totals: { refundLiability: 0n } });
    await close('2026-12-18');
  });

  it('paid off on the day it was paid out costs nothing', async () => {
    const loan = await h.lend(contractOf('li', { terms: ANY_TIME }));
    expect(await h.servicing.repay(loan, { purpose: 'due', amount: fen(1_200_000n) }, by('at-once', h.now()))).toMatchObject({ ok: true });
    expect((await viewOf(loan)).position).toMatchObject({ status: 'settled', totals: { interestCharged: 0n, refundLiability: 0n } });
    await close('2026-10-08');
  });
});
