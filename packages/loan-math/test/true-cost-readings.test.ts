import { describe, expect, it } from 'vitest';
import {
  advertisedRate, aprc, aprcFlows, businessDate, fen, fixedOf, formatYuan, ppmOfFixed, trueCost, ZERO, type CostQuestion, type DescribedFee, type OfferDescription, type OfferReading,
} from '../src/index.ts';

const startOn = businessDate('2026-01-15');
const question: CostQuestion = { startOn, caps: [], bankRatePpm: null };
const percent = (tenThousandths: bigint) => fixedOf(tenThousandths, 10_000n);
const offered = (change: Partial<OfferDescription>): OfferDescription => ({
  principal: fen(1_200_000n), received: null, months: 12, fees: [], price: { kind: 'rate', stated: { rate: percent(60n), per: 'month' }, base: 'outstanding', method: 'level_installment' }, ...change,
});
const share = (when: DescribedFee['when'], tenThousandths: bigint, of: 'original' | 'outstanding' | 'open' = 'original'): DescribedFee => ({ when, size: { kind: 'share', share: percent(tenThousandths), of } });
const readingsOf = (offer: OfferDescription, asked: CostQuestion = question): readonly OfferReading[] => {
  const answer = trueCost(offer, asked);
  if (answer.kind === 'refused') throw new Error(answer.refusal.code);
  return answer.readings;
};

describe('what a rate comes to in a year', () => {
  it('is × 360 and × 365 by the day, × 12 by the month, itself by the year', () => {
    expect(advertisedRate({ rate: percent(5n), per: 'day' })).toEqual({ nominalPpm: 180_000n, nominal365Ppm: 182_500n, compoundedPpm: 200_159n });
    expect(advertisedRate({ rate: percent(100n), per: 'month' })).toEqual({ nominalPpm: 120_000n, nominal365Ppm: null, compoundedPpm: 126_825n });
    expect(advertisedRate({ rate: percent(1_800n), per: 'year' })).toEqual({ nominalPpm: 180_000n, nominal365Ppm: null, compoundedPpm: 180_000n });
  });
  it('may be 100 % a day or a month and 1000 % a year, and no more', () => {
    for (const [per, most] of [['day', 1n], ['month', 1n], ['year', 10n]] as const) {
      expect(advertisedRate({ rate: fixedOf(most), per }).nominalPpm).toBeGreaterThan(0n);
      expect(() => advertisedRate({ rate: (fixedOf(most) + 1n) as never, per })).toThrow(`stated.rate is ${fixedOf(most) + 1n}: a bigint, 0 to ${most} a ${per} (${fixedOf(most)} at 40 digits)`);
      expect(() => advertisedRate({ rate: -1n as never, per })).toThrow('stated.rate is -1: a bigint');
      expect(() => advertisedRate({ rate: 1 as never, per })).toThrow('stated.rate is 1: a bigint');
    }
    expect(advertisedRate({ rate: ZERO, per: 'day' }).nominalPpm).toBe(0n);
  });
});

describe('readings of an offer', () => {
  it('come dearest first, whichever base makes them so', () => {
    // Interest hardly counts here and fees do: with interest on what is out and fees on all, it is dearer than the other way round.
    const low = offered({ price: { kind: 'rate', stated: { rate: percent(5n), per: 'month' }, base: 'open', method: 'level_installment' }, fees: [share('monthly', 100n, 'open')] });
    expect(readingsOf(low).map(({ interestOn, monthlyFeesOn }) => `${interestOn} ${monthlyFeesOn}`)).toEqual(['original original', 'outstanding original', 'original outstanding', 'outstanding outstanding']);
    const high = offered({ price: { kind: 'rate', stated: { rate: percent(100n), per: 'month' }, base: 'open', method: 'level_installment' }, fees: [share('monthly', 5n, 'open')] });
    expect(readingsOf(high).map(({ interestOn, monthlyFeesOn }) => `${interestOn} ${monthlyFeesOn}`)).toEqual(['original original', 'original outstanding', 'outstanding original', 'outstanding outstanding']);
    const costs = readingsOf(low).map(({ cost }) => cost.irrTimes12Ppm);
    expect([...costs].sort((a, b) => (a > b ? -1 : 1))).toEqual(costs);
  });
  it('say what monthly fees are a share of only where all of them are shares of one thing', () => {
    const on = (fees: readonly DescribedFee[]) => readingsOf(offered({ fees })).map(({ monthlyFeesOn }) => monthlyFeesOn);
    expect([on([]), on([share('deducted', 100n)]), on([share('monthly', 10n)]), on([share('monthly', 10n), share('monthly', 20n, 'outstanding')]), on([share('monthly', 10n, 'outstanding'), share('monthly', 20n, 'outstanding')])]).toEqual([
      [null], [null], ['original'], [null], ['outstanding'],
    ]);
    expect(on([{ when: 'monthly', size: { kind: 'amount', amount: fen(1_000n) } }])).toEqual([null]);
    expect(on([share('monthly', 10n), { when: 'monthly', size: { kind: 'amount', amount: fen(1_000n) } }])).toEqual(['original']);
    expect(on([share('monthly', 10n), share('monthly', 10n, 'open')])).toEqual(['original', 'outstanding']);
  });
  it('are one where there is no rate, or all principal is out to the end', () => {
    const bases = (price: OfferDescription['price']) => readingsOf(offered({ price })).map(({ interestOn }) => interestOn);
    expect(bases({ kind: 'rate', stated: { rate: percent(60n), per: 'month' }, base: 'open', method: 'interest_first' })).toEqual([null]);
    expect(bases({ kind: 'rate', stated: { rate: ZERO, per: 'month' }, base: 'open', method: 'level_installment' })).toEqual([null]);
    expect(bases({ kind: 'rate', stated: { rate: percent(60n), per: 'month' }, base: 'original', method: 'level_installment' })).toEqual(['original']);
    expect(bases({ kind: 'installment', amount: fen(110_000n), stated: null })).toEqual([null]);
  });
  it('show the seller his own rate, and none when he names none', () => {
    const shown = (price: OfferDescription['price']) => trueCost(offered({ price }), question);
    expect(shown({ kind: 'installment', amount: fen(110_000n), stated: { rate: percent(60n), per: 'month' } })).toMatchObject({ advertised: { nominalPpm: 72_000n }, isInterestOpen: false, areFeesOpen: false });
    expect(shown({ kind: 'installment', amount: fen(110_000n), stated: null })).toMatchObject({ advertised: null });
  });
});

describe('beside the offer', () => {
  it('stands the same money at a bank', () => {
    // 12,000.00 at 7.2 %: 1,039.43 a month and 473.15 of interest (docs/specs/repayment-schedule.md, example A).
    const [reading] = readingsOf(offered({ price: { kind: 'rate', stated: { rate: percent(60n), per: 'month' }, base: 'original', method: 'level_installment' } }), { ...question, bankRatePpm: 72_000n });
    expect(formatYuan(reading!.charges)).toBe('864.00');
    expect(reading!.bank).toEqual({ ratePpm: 72_000n, installment: 103_943n, charges: 47_315n, chargesPer100: 394n, dearerBy: 39_085n });
    expect(reading!.chargesPer100).toBe(720n);
    expect(readingsOf(offered({}))[0]!.bank).toBeNull();
  });
  it('stands the rate of the EU, in months', () => {
    const [reading] = readingsOf(offered({}));
    const flows = aprcFlows(startOn, 'month', [{ on: startOn, amount: 1_200_000n }, ...reading!.flows.rows.map(({ total }, n) => ({ on: businessDate(`${n === 11 ? 2027 : 2026}-${String(((n + 1) % 12) + 1).padStart(2, '0')}-15`), amount: -total }))]);
    const found = aprc(flows);
    expect(found.kind === 'rate' && reading!.aprcPpm === ppmOfFixed(found.rate)).toBe(true);
    expect(reading!.aprcPpm).toBe(74_427n);
  });
  it('stand the caps it breaks, by either of the measures the law takes', () => {
    const [reading] = readingsOf(offered({}), { ...question, caps: [{ id: 'a', ppm: 71_000n }, { id: 'b', ppm: 74_000n }] });
    const { irrTimes12Ppm, datedPpm } = reading!.cost;
    expect(reading!.caps.map(({ id, isBroken }) => [id, isBroken])).toEqual([['a', true], ['b', false]]);
    // Between the two measures only one of them breaks it, and that is enough.
    const between = (irrTimes12Ppm + datedPpm) / 2n;
    const [one] = readingsOf(offered({}), { ...question, caps: [{ id: 'between', ppm: between }] });
    expect(one!.caps[0]!.byIrrTimes12).not.toBe(one!.caps[0]!.byDatedFlows);
    expect(one!.caps[0]!.isBroken).toBe(true);
  });
});

describe('an offer is refused', () => {
  const refusal = (change: Partial<OfferDescription>) => {
    const answer = trueCost(offered(change), question);
    return answer.kind === 'refused' ? answer.refusal : answer.kind;
  };
  it('when nothing reaches the borrower, or something else than is said', () => {
    expect(refusal({ fees: [share('deducted', 10_000n)] })).toEqual({ code: 'nothing_received', principal: 1_200_000n, taken: 1_200_000n });
    expect(refusal({ fees: [share('deducted', 6_000n), share('paid_up_front', 4_000n)] })).toMatchObject({ code: 'nothing_received', taken: 1_200_000n });
    expect(refusal({ fees: [share('deducted', 9_999n)], months: 1 })).toBe('cost');
    expect(refusal({ received: fen(1_100_000n), fees: [share('deducted', 1_000n)] })).toEqual({ code: 'received_disagrees', stated: 1_100_000n, byFees: 1_080_000n });
    expect(refusal({ received: fen(1_080_000n), fees: [share('deducted', 1_000n)] })).toBe('cost');
    expect(readingsOf(offered({ received: fen(1_080_000n), fees: [share('paid_up_front', 100n)] }))[0]!.flows).toMatchObject({ deducted: 120_000n, paidUpFront: 12_000n, received: 1_068_000n });
  });
  it('when installments do not repay it', () => {
    expect(refusal({ price: { kind: 'installment', amount: fen(99_999n), stated: null } })).toEqual({ code: 'installment_does_not_repay', principal: 1_200_000n, repaid: 1_199_988n });
    expect(refusal({ price: { kind: 'installment', amount: fen(100_000n), stated: null } })).toBe('cost');
    expect(readingsOf(offered({ price: { kind: 'installment', amount: fen(100_000n), stated: null } }))[0]!.cost.irrTimes12Ppm).toBe(0n);
  });
  it('on a day out of its years', () => {
    const on = (text: string, off = 0) => () => trueCost(offered({}), { ...question, startOn: (businessDate(text) + off) as never });
    expect(on('1900-01-01')().kind).toBe('cost');
    expect(on('2900-01-01')().kind).toBe('cost');
    expect(on('1900-01-01', -1)).toThrow('startOn is -25568: a day from 1900-01-01 to 2900-01-01');
    expect(on('2900-01-01', 1)).toThrow(`startOn is ${businessDate('2900-01-01') + 1}: `);
    expect(on('2026-01-01', 0.5)).toThrow('startOn is 20454.5: ');
    expect(() => trueCost(offered({}), { ...question, startOn: -0 as never })).toThrow('startOn is -0: ');
  });
});
