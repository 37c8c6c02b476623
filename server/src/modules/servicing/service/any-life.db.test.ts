import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addDays, annualRatePpm, businessDate, fen, formatDate, type BusinessDate, type FundingShare, type LoanTerms } from '@mingdai/loan-math';
import { naivePosition } from '../../../../../packages/loan-math/test/naive.ts';
import { BANK_B, BANK_C, by, contractOf, DAILY_12, MONTHLY_12 } from '../examples.ts';
import { harness, provesOut, type Harness } from '../../../../test/support/servicing.ts';

// Seeded lives with everything in them: what holds of a loan on a calm day holds of all of these, every few days.
let h: Harness;
beforeEach(async () => { h = await harness(); });
afterEach(async () => { await h.database.drop(); });

const ANY_TIME: LoanTerms = { ...DAILY_12, method: 'any_time', months: 1, termDays: 45 };
const TERMS: readonly LoanTerms[] = [
  DAILY_12, MONTHLY_12, ANY_TIME,
  { ...DAILY_12, principal: fen(50_000n), months: 24, rate: annualRatePpm(180_000n), penaltyRate: annualRatePpm(240_000n) },
  { ...DAILY_12, method: 'interest_first', months: 6, graceDays: 3 },
  { ...DAILY_12, principal: fen(101n), months: 3 },
  { ...DAILY_12, months: 3, graceDays: 3, graceCountsBack: false, dueDay: 31, allocationScope: 'component_first' },
];
const SHARES: readonly (readonly FundingShare[])[] = [
  [{ funder: 'webank', sharePpm: 200_000n }, { funder: BANK_B.code, sharePpm: 800_000n }],
  [{ funder: BANK_B.code, sharePpm: 333_333n }, { funder: BANK_C.code, sharePpm: 333_333n }, { funder: 'webank', sharePpm: 333_334n }],
  [{ funder: 'webank', sharePpm: 1n }, { funder: BANK_B.code, sharePpm: 999_999n }],
];

/** mulberry32: the same seed, the same life. */
function dice(seed: number): (sides: number) => number {
  let state = seed >>> 0;
  return (sides) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides;
  };
}

const SEEDS = (process.env['SEEDS'] ?? '1,2,3').split(',').map(Number);

describe('any life of loans', () => {
  it.each(SEEDS)('seed %i: is booked, closed and proven', async (seed) => {
    const roll = dice(seed);
    const log: string[] = [];
    const start = businessDate(['2026-10-31', '2027-01-30', '2027-12-31', '2028-02-28'][roll(4)]!);
    h.on(start);
    const loans: { id: string; terms: LoanTerms }[] = [];
    for (let index = 0; index < 4; index++) {
      const terms = TERMS[roll(TERMS.length)]!;
      loans.push({ id: await h.lend(contractOf(`p${index}`, { terms, shares: SHARES[roll(SHARES.length)]! })), terms });
    }
    let today: BusinessDate = start;
    let key = 0;
    const bounced = new Set<string>();
    const act = async (): Promise<void> => {
      const loan = loans[roll(loans.length)]!;
      const amount = BigInt(1 + roll(200_000));
      const what = roll(12);
      key += 1;
      h.bank.refuse = roll(5) === 0;
      h.bank.slow = roll(5) === 0;
      if (!h.bank.slow && roll(2) === 0) await h.payments.driveStopped(100, 0);
      log.push(`${formatDate(today)} ${what} ${loan.id.slice(0, 9)} ${amount} ${h.bank.refuse}`);
      const repay = async (purpose: 'due' | 'settle' | 'prepay', fenAsked: bigint, effect?: 'shorter_term' | 'smaller_installment'): Promise<void> => {
        await h.servicing.repay(loan.id, { purpose, amount: fen(fenAsked), effect }, by(`r${key}`, h.now()));
      };
      if (what <= 1) await repay('due', amount);
      else if (what === 2) await repay('prepay', amount, roll(2) === 0 ? 'shorter_term' : 'smaller_installment');
      else if (what === 3) {
        const quote = await h.servicing.quoteSettlement(loan.id);
        if (quote.ok && quote.value.total > 0n && roll(3) === 0) await repay('settle', quote.value.total);
      } else if (what <= 6) await h.transfer(loan.id, { id: `t${key}`, amountFen: amount, valueOn: formatDate(addDays(start, roll(today - start + 1))) });
      else if (what === 7) await h.servicing.runDebits(today, by(`d${key}`, h.now()), 'all_due');
      else if (what === 8) await h.servicing.runDebits(today, by(`d${key}`, h.now()));
      else if (what === 9) {
        const { rows } = await h.database.db.query<{ id: string }>(`select id from payments.payment where kind = 'debit' and status = 'settled' order by requested_at, id`);
        const open = rows.filter(({ id }) => !bounced.has(id));
        if (open.length === 0) return;
        const { id } = open[roll(open.length)]!;
        bounced.add(id);
        await h.bounce(id);
      } else if (what === 10) {
        const closed = await h.servicing.closeDay(today, by(`c${key}`, h.now()));
        expect(closed).toMatchObject({ ok: true });
      } else {
        await h.servicing.closeDay(addDays(today, -1), by(`c${key}`, h.now()));
      }
    };
    for (let step = 0; step < 60; step++) {
      today = addDays(today, roll(6) === 0 ? 20 + roll(40) : roll(4));
      h.on(today);
      await act().catch((cause) => { throw new Error(`${log.slice(-3).join('; ')}`, { cause }); });
      if (step % 10 === 9) await provesOut(h).catch((cause) => { throw new Error(log.join('\n'), { cause }); });
    }
    [h.bank.slow, h.bank.refuse] = [false, false];
    await h.payments.driveStopped(1_000, 0);
    expect((await h.database.outbox.redeliver(0)).waiting).toBe(0);
    for (const { id, terms } of loans) {
      const view = await h.servicing.loan(id);
      if (!view.ok) throw new Error(view.error.code);
      const { rows: _rows, ...naive } = naivePosition(terms, view.value.events.map(({ event }) => event), today);
      const { position } = view.value;
      expect({ status: position.status, totals: { ...position.totals }, due: { ...position.due } }).toMatchObject({ status: naive.status, totals: naive.totals, due: naive.due });
    }
    await provesOut(h);
  }, 60_000);
});
