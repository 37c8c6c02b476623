import { addDays, annualRatePpm, businessDate, businessDateOf, fen, PPM, positionOn, type BusinessDate, type LoanTerms } from '@mingdai/loan-math';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyContract } from '../../../../../packages/loan-math/test/arbitraries-life.ts';
import { contractOf, MONTHLY_12 } from '../examples.ts';
import { bookEvent, bookThrough, nothingBooked, type Booking, type NewLoanEvent } from './booking.ts';
import type { Contract } from './contract.ts';
import { loanFrom } from './loan.ts';
import { accrualsOf, accruedBookedFen, nextPoolDay, poolBefore, poolKey, poolOf, type PoolDay } from './pools.ts';

// docs/specs/interest-pools.md §4: whatever happens to loans, a pool is the sum of what they have accrued, exactly; and however
// many days are booked at once, the books hold it to the fen.

const START = businessDate('2026-10-08');
const DAYS = 150;

const shares = fc.constantFrom(
  [{ funder: 'webank', sharePpm: PPM }],
  [{ funder: 'webank', sharePpm: 200_000n }, { funder: 'bank_b', sharePpm: 800_000n }],
  [{ funder: 'webank', sharePpm: 333_333n }, { funder: 'bank_b', sharePpm: 333_333n }, { funder: 'bank_c', sharePpm: 333_334n }],
);
const sold: fc.Arbitrary<LoanTerms> = fc.record({
  principal: fc.bigInt({ min: 50_000n, max: 20_000_000n }).map(fen),
  basis: fc.constantFrom('monthly', 'act_360', 'act_365'),
  rate: fc.bigInt({ min: 1_000n, max: 240_000n }).map(annualRatePpm),
  method: fc.constantFrom('level_installment', 'interest_first'),
  months: fc.integer({ min: 1, max: 12 }),
  graceDays: fc.constantFrom(0, 0, 3),
  graceCountsBack: fc.boolean(),
}).map((some) => ({ ...MONTHLY_12, ...some }) as LoanTerms);
const terms: fc.Arbitrary<LoanTerms> = fc.oneof(sold, anyContract.map(({ dueRoll: _, ...rest }) => rest));

type Happening = { readonly after: number; readonly late: number; readonly amountPpm: bigint; readonly kind: (typeof KINDS)[number] };
const KINDS = [
  'repayment_received', 'repayment_received', 'shorter_term', 'smaller_installment', 'waived', 'reversed', 'rate_changed', 'rescheduled', 'paused', 'resumed',
] as const;
const happening: fc.Arbitrary<Happening> = fc.record({
  after: fc.integer({ min: 0, max: 40 }),
  late: fc.constantFrom(0, 0, 0, 1, 12, 45),
  amountPpm: fc.bigInt({ min: 1n, max: 300_000n }),
  kind: fc.constantFrom(...KINDS),
});
const life = fc.record({ terms, shares, happenings: fc.array(happening, { maxLength: 8 }) });
type Life = { readonly terms: LoanTerms; readonly shares: Contract['shares']; readonly happenings: readonly Happening[] };

const open = { closedThrough: null, at: 0 };
const END = addDays(START, DAYS);

function lived({ terms, shares, happenings }: Life, index: number): Booking {
  const contract = contractOf(`p${index}`, { terms, shares });
  let booking = bookEvent(nothingBooked(loanFrom(`loan_${index}`, contract), []), { id: 'payout', kind: 'disbursed', amount: terms.principal, valueOn: START }, START, open);
  let today = START;
  for (const [number, each] of happenings.entries()) {
    today = businessDateOf(Math.min(today + each.after, END));
    const event = eventOf(booking, each, { number, today });
    if (event !== null) booking = bookEvent(booking, event, today, open);
  }
  return bookThrough(booking, END, open);
}

function eventOf({ loan, events }: Booking, { kind, late, amountPpm }: Happening, { number, today }: { readonly number: number; readonly today: BusinessDate }): NewLoanEvent | null {
  const valueOn = businessDateOf(Math.max(START, today - late));
  const amount = fen((loan.contract.terms.principal * amountPpm) / PPM + 1n);
  const common = { id: `event_${number}`, valueOn };
  if (kind === 'waived') return { ...common, kind, component: 'interest', amount };
  const some = Number(amountPpm);
  if (kind === 'rate_changed') return { ...common, kind, rate: annualRatePpm(amountPpm), penaltyRate: some % 2 === 0 ? null : annualRatePpm(amountPpm * 2n) };
  if (kind === 'rescheduled') return loan.contract.terms.method === 'any_time' ? null : { ...common, kind, months: 1 + (some % 12), dueDay: some % 3 === 0 ? 1 + (some % 31) : null, includesOverdue: some % 2 === 0 };
  if (kind === 'paused') return { ...common, kind, until: addDays(valueOn, 1 + (some % 70)), interest: some % 2 === 0 ? 'runs' : 'stops' };
  if (kind === 'resumed') return { ...common, kind };
  if (kind === 'repayment_received') return { ...common, kind, amount };
  if (kind !== 'reversed') return { ...common, kind: 'prepaid', amount, effect: kind };
  const reversed = new Set(events.flatMap((event) => (event.kind === 'repayment_reversed' ? [event.reverses] : [])));
  const target = events.find((event) => (event.kind === 'repayment_received' || event.kind === 'prepaid') && !reversed.has(event.id));
  return target === undefined ? null : { id: common.id, kind: 'repayment_reversed', valueOn: today, reverses: target.id };
}

describe('interest pools', () => {
  it('equal what their loans have accrued, exactly, whatever happened to them', () => {
    fc.assert(fc.property(fc.array(life, { minLength: 1, maxLength: 4 }), (lives) => {
      const loans = lives.map(lived);
      const sums = new Map<string, bigint>();
      const add = (pool: string, level: bigint): void => void sums.set(pool, (sums.get(pool) ?? 0n) + level);
      for (const { deltas } of loans) for (const delta of deltas) add(delta.pool, delta.level + delta.slope * BigInt(END - delta.valueOn));
      for (const { loan, events } of loans) {
        const { contract } = loan;
        // What is accrued today by the fold itself, less the penalty that the last booking charged of it.
        const [then, now] = [accrualsOf(positionOn(contract.terms, events, loan.bookedThrough!), contract.terms), positionOn(contract.terms, events, END)];
        const charged = positionOn(contract.terms, events, loan.bookedThrough!).accruedPenalty.at.numerator - then.penalty.numerator;
        const { accruedInterest, accruedPenalty } = now;
        for (const [kind, denominator, level] of [
          ['contract', accruedInterest.at.denominator, accruedInterest.at.numerator],
          ['penalty', accruedPenalty.at.denominator, accruedPenalty.at.numerator - charged],
        ] as const) {
          for (const { funder, sharePpm } of contract.shares) {
            add(poolKey({ lender: 'webank', productCode: 'weilidai', productVersion: 1, stage: 'normal', basis: contract.terms.basis, funder, kind, denominator: denominator * PPM }), -level * sharePpm);
          }
        }
      }
      for (const [pool, difference] of sums) expect(`${pool} ${difference}`).toBe(`${pool} 0`);
    }), { numRuns: 300 });
  });

  it('leave nothing behind when a loan is over: accrued zero, and rounding below a fen an installment and funder', () => {
    fc.assert(fc.property(life, (one) => {
      const booking = bookEvent(lived(one, 0), { id: 'end', kind: 'prepaid', effect: 'settle', amount: fen(100_000_000_000n), valueOn: END }, END, open);
      const { loan } = booking;
      expect(loan.status).toBe('settled');
      const [accrued, rounding] = [new Map<string, bigint>(), new Map<string, bigint>()];
      for (const delta of booking.deltas) {
        const { funder, denominator } = poolOf(delta.pool);
        accrued.set(delta.pool, (accrued.get(delta.pool) ?? 0n) + delta.level + delta.slope * BigInt(END - delta.valueOn));
        rounding.set(funder, (rounding.get(funder) ?? 0n) + (delta.rounding * 1_000n) / denominator);
      }
      for (const level of accrued.values()) expect(level).toBe(0n);
      const isPlain = one.happenings.every(({ late, kind }) => late === 0 && kind !== 'reversed');
      if (isPlain) for (const thousandths of rounding.values()) expect(Number(thousandths < 0n ? -thousandths : thousandths)).toBeLessThan(1_000 * (2 * loan.contract.terms.months + 24 * one.happenings.length + 4));
    }), { numRuns: 200 });
  });

  it('booked day by day or all at once stand in the books alike, within a fen of exact', () => {
    fc.assert(fc.property(fc.array(life, { minLength: 1, maxLength: 3 }), fc.array(fc.integer({ min: 0, max: DAYS }), { maxLength: 5 }), (lives, closes) => {
      const deltas = Map.groupBy(lives.flatMap((each, index) => lived(each, index).deltas), ({ pool }) => pool);
      for (const [pool, of] of deltas) {
        const { denominator } = poolOf(pool);
        let daily: PoolDay = poolBefore(addDays(START, -1));
        const [income, seen] = [[] as bigint[], new Map<number, PoolDay>()];
        for (let on = START; on <= END; on = addDays(on, 1)) {
          const next = nextPoolDay(denominator, daily, on, of.filter(({ valueOn }) => valueOn === on));
          daily = next.day;
          income.push(next.entry.incomeFen);
          seen.set(on, daily);
        }
        for (const close of closes) {
          const on = addDays(START, close);
          const { day } = nextPoolDay(denominator, poolBefore(addDays(START, -1)), on, of.filter(({ valueOn }) => valueOn <= on));
          expect(day).toEqual(seen.get(on));
        }
        expect(income.reduce((sum, each) => sum + each, 0n)).toBe(daily.incomeBookedFen);
        const twice = 2n * (accruedBookedFen(daily) * denominator - daily.level);
        expect(twice <= denominator && twice >= -denominator).toBe(true);
      }
    }), { numRuns: 100 });
  });
});
