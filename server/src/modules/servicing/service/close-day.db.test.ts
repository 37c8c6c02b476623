import { addDays, businessDate, fen, type BusinessDate } from '@mingdai/loan-math';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CommandTx, Funnel } from '../../../platform/tx.ts';
import { by, contractOf, DAILY_12, MONTHLY_12, noon } from '../examples.ts';
import { harness, provesOut, type Harness } from '../../../../test/support/servicing.ts';
import { createServicing } from '../index.ts';

const day = businessDate;
const THREE_FUNDERS = [{ funder: 'webank', sharePpm: 333_333n }, { funder: 'bank_b', sharePpm: 333_333n }, { funder: 'bank_c', sharePpm: 333_334n }];
const SOME_LOANS = [
  contractOf('a', { terms: DAILY_12 }),
  contractOf('b', { terms: { ...DAILY_12, principal: fen(777_777n) }, shares: THREE_FUNDERS }),
  contractOf('c', { terms: { ...MONTHLY_12, graceDays: 3 } }),
  contractOf('d', { terms: { ...DAILY_12, method: 'interest_first', months: 6 }, shares: THREE_FUNDERS }),
  contractOf('e', { terms: { ...DAILY_12, method: 'any_time', months: 1, termDays: 60 } }),
];

describe('closing a day', () => {
  let one: Harness;
  let other: Harness;
  beforeEach(async () => { [one, other] = [await harness(), await harness()]; });
  afterEach(async () => {
    for (const h of [one, other]) {
      await provesOut(h);
      await h.database.drop();
    }
  });

  async function close(h: Harness, through: BusinessDate): Promise<void> {
    h.on(through);
    expect(await h.servicing.closeDay(through, by(`close-${through}`, h.now()))).toMatchObject({ ok: true });
  }

  it('after missed days gives the books that closing day by day gives, to the fen and to the day', async () => {
    const [first, last] = [day('2026-10-08'), day('2027-02-20')];
    for (const h of [one, other]) for (const contract of SOME_LOANS) await h.lend(contract);
    for (let on = first; on <= last; on = addDays(on, 1)) await close(one, on);
    await close(other, last);
    expect(await other.books()).toEqual(await one.books());
    const poolDays = 'select pool, on_day, level, slope, charged_fen, rounding, income_booked_fen, rounding_booked_fen from servicing.pool_day order by 1, 2';
    expect((await other.database.db.query(poolDays)).rows).toEqual((await one.database.db.query(poolDays)).rows);
  });

  it('that was missed around repayments gives the same books too', async () => {
    const loans = new Map<Harness, string[]>();
    for (const h of [one, other]) loans.set(h, await Promise.all(SOME_LOANS.slice(0, 3).map((contract) => h.lend(contract))));
    for (const [on, amountFen] of [['2026-10-20', 30_000n], ['2026-11-15', 200_000n], ['2026-12-24', 90_000n]] as const) {
      for (let before = addDays((await one.servicing.closedThrough()) ?? day('2026-10-07'), 1); before < day(on); before = addDays(before, 1)) await close(one, before);
      for (const h of [one, other]) {
        h.on(on);
        for (const [index, loan] of loans.get(h)!.entries()) await h.transfer(loan, { id: `${on}-${index}`, amountFen });
      }
    }
    for (const h of [one, other]) await close(h, day('2027-01-31'));
    expect(await other.books()).toEqual(await one.books());
  });

  it('a second time does nothing, and a day that has not come is refused', async () => {
    await one.lend(SOME_LOANS[0]!);
    await close(one, day('2026-11-08'));
    const books = await one.books();
    expect(await one.servicing.closeDay(day('2026-11-08'), by('again', one.now()))).toMatchObject({ value: { loans: 0, poolEntries: 0, before: day('2026-11-08') } });
    expect(await one.books()).toEqual(books);
    expect(await one.servicing.closeDay(day('2026-11-09'), by('early', one.now()))).toMatchObject({ error: { code: 'day_not_reached' } });
  });

  it('that dies after any transaction is taken up where it stopped', async () => {
    for (const h of [one, other]) for (const contract of SOME_LOANS) await h.lend(contract);
    one.on('2027-02-20');
    for (let survives = 0, isDone = false; !isDone; survives++) {
      const dying = createServicing({ ...depsOf(one), funnel: dyingAfter(one.database.funnel, survives) });
      isDone = await dying.closeDay(day('2027-02-20'), by('close', one.now())).then(({ ok }) => ok, () => false);
      expect(survives).toBeLessThan(5);
    }
    await close(other, day('2027-02-20'));
    expect(await one.books()).toEqual(await other.books());
  });

  it('overtaken by the close of a later day books nothing twice and loses nothing', async () => {
    const loan = await one.lend(SOME_LOANS[0]!);
    await close(one, day('2026-10-20'));
    one.on('2026-10-25');
    let isOvertaken = false;
    const overtaken: Funnel = {
      run: (command, work) => one.database.funnel.run(command, async (tx) => {
        if (command.name === 'servicing.close_day' && !isOvertaken) {
          isOvertaken = true;
          await one.servicing.closeDay(day('2026-10-24'), by('later', one.now()));
          // News told on the 21st and served only now: its pool delta counts from a day that is closed.
          await one.servicing.onPaymentEvent({
            id: 'evt_late', type: 'transfer_received', shard: 3, subject: 'pay_late', at: noon('2026-10-21'),
            payload: { payment_id: 'pay_late', reference: loan, purpose: 'transfer_in', amount_fen: '600000', value_on: '2026-10-21' },
          });
        }
        return work(tx);
      }),
    };
    const closed = await createServicing({ ...depsOf(one), funnel: overtaken }).closeDay(day('2026-10-22'), by('earlier', one.now()));
    expect(closed).toMatchObject({ ok: true, value: { poolEntries: 0 } });
    await close(one, day('2026-10-25'));
  });

  it('folds a loan again that a repayment changed under its hands, and loses neither', async () => {
    const loan = await one.lend(SOME_LOANS[0]!);
    await other.lend(SOME_LOANS[1]!);
    one.on('2026-11-08');
    let paid = false;
    const between: Funnel = {
      async run(command, work) {
        if (command.name === 'servicing.close_batch' && !paid) {
          paid = true;
          await one.transfer(loan, { id: 'between', amountFen: 50_000n });
        }
        return one.database.funnel.run(command, work);
      },
    };
    const closed = await createServicing({ ...depsOf(one), funnel: between }).closeDay(day('2026-11-08'), by('close', one.now()));
    expect(closed).toMatchObject({ ok: true, value: { foldedAgain: 1 } });
    const { rows } = await one.database.db.query<{ kind: string }>('select kind from servicing.loan_event order by sequence');
    expect(rows.map(({ kind }) => kind)).toEqual(['disbursed', 'fell_due', 'repayment_received']);
  });
});

const depsOf = (h: Harness) => ({ db: h.database.db, funnel: h.database.funnel, ledger: h.ledger, payments: h.payments, clock: { now: h.now, today: () => day('2027-02-20') } });

/** A process that is killed after so many transactions of the close: the next one never commits. */
function dyingAfter(funnel: Funnel, transactions: number): Funnel {
  let left = transactions;
  return {
    run(command, work) {
      return funnel.run(command, async (tx: CommandTx) => {
        const result = await work(tx);
        if (left-- <= 0) throw new Error('killed');
        return result;
      });
    },
  };
}
