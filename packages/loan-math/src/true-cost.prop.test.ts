import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addFixed, annualRatePpm, businessDate, fen, feeThatCosts, fixedOf, levelInstallmentSchedule, mulFixed, ONE, readOffer, searchRate, subFixed, trueCost, withFees,
  type DescribedFee, type Fixed, type OfferDescription, type OfferFee, type OfferPrice, type RateBase, type StatedRate,
} from './index.ts';
import { installmentRows, rateRows } from './true-cost-rows.ts';

const asked = fen(1_000_000n);
const startOn = businessDate('2026-01-31');
const principals = fc.bigInt({ min: 1n, max: 100_000_000n }).map(fen);
const months = fc.integer({ min: 1, max: 60 });
const shares = fc.bigInt({ min: 0n, max: 300_000n }).map((millionths) => fixedOf(millionths, 1_000_000n));
const stateds: fc.Arbitrary<StatedRate> = fc.oneof(
  fc.record({ rate: fc.bigInt({ min: 0n, max: 3000n }).map((n) => fixedOf(n, 1_000_000n)), per: fc.constant('day' as const) }),
  fc.record({ rate: fc.bigInt({ min: 0n, max: 90_000n }).map((n) => fixedOf(n, 1_000_000n)), per: fc.constant('month' as const) }),
  fc.record({ rate: fc.bigInt({ min: 0n, max: 990_001n }).map((n) => fixedOf(n, 1_000_000n)), per: fc.constant('year' as const) }),
);
const bases = fc.constantFrom<RateBase>('original', 'outstanding');
const fees: fc.Arbitrary<readonly DescribedFee[]> = fc.array(
  fc.record({ when: fc.constantFrom<OfferFee['when']>('deducted', 'paid_up_front', 'monthly', 'with_first'), size: fc.record({ kind: fc.constant('share' as const), share: shares.map((share) => (share / 10n) as Fixed), of: fc.constantFrom<RateBase | 'open'>('original', 'outstanding', 'open') }) }),
  { maxLength: 4 },
);
const prices: fc.Arbitrary<OfferPrice> = fc.record({ kind: fc.constant('rate' as const), stated: stateds, base: fc.constantFrom<RateBase | 'open'>('original', 'outstanding', 'open'), method: fc.constantFrom('level_installment', 'level_principal', 'interest_first') });
const offers: fc.Arbitrary<OfferDescription> = fc.record({ principal: principals, received: fc.constant(null), months, price: prices, fees });
const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n);

describe('the true cost of any offer', () => {
  it('adds up: principal is repaid to the fen, totals are their parts, nothing is negative', () => {
    fc.assert(fc.property(offers, (offer) => {
      const result = trueCost(offer, { startOn, caps: [], bankRatePpm: null });
      if (result.kind !== 'cost') return;
      for (const { flows, charges } of result.readings) {
        expect(sum(flows.rows.map(({ principal }) => principal))).toBe(offer.principal);
        expect(flows.rows).toHaveLength(offer.months);
        expect(flows.received).toBe(offer.principal - flows.deducted - flows.paidUpFront);
        expect(charges).toBe(sum(flows.rows.map(({ total }) => total)) - flows.received);
        for (const row of flows.rows) {
          expect(row.total).toBe(row.principal + row.interest + row.fee);
          expect([row.principal, row.interest, row.fee, row.balance].every((amount) => amount >= 0n)).toBe(true);
        }
      }
    }), { numRuns: 300 });
  });

  it('returns a reading for each thing the words leave open, dearest first', () => {
    fc.assert(fc.property(offers, (offer) => {
      const result = trueCost(offer, { startOn, caps: [], bankRatePpm: null });
      if (result.kind !== 'cost') return;
      expect(result.readings).toHaveLength((result.isInterestOpen ? 2 : 1) * (result.areFeesOpen ? 2 : 1));
      const costs = result.readings.map(({ cost }) => cost.irrTimes12Ppm);
      for (let index = 1; index < costs.length; index++) expect(costs[index - 1]! >= costs[index]!).toBe(true);
    }), { numRuns: 200 });
  });

  it('is never lower with a fee more', () => {
    const one = fc.record({ when: fc.constantFrom<OfferFee['when']>('deducted', 'paid_up_front', 'monthly', 'with_first'), size: fc.record({ kind: fc.constant('share' as const), share: shares, of: bases }) });
    fc.assert(fc.property(offers, one, (offer, fee) => {
      const price = { ...offer.price, base: 'original' } as OfferPrice;
      const without = trueCost({ ...offer, price, fees: [] }, { startOn, caps: [], bankRatePpm: null });
      const withIt = trueCost({ ...offer, price, fees: [fee] }, { startOn, caps: [], bankRatePpm: null });
      if (without.kind !== 'cost' || withIt.kind !== 'cost') return;
      expect(withIt.readings[0]!.cost.irrTimes12Ppm >= without.readings[0]!.cost.irrTimes12Ppm).toBe(true);
    }), { numRuns: 200 });
  });

  it('breaks a cap exactly when a measure of it is above', () => {
    fc.assert(fc.property(offers, fc.bigInt({ min: 0n, max: 2_000_000n }), (offer, ppm) => {
      const result = trueCost(offer, { startOn, caps: [{ id: 'cap', ppm }], bankRatePpm: null });
      if (result.kind !== 'cost') return;
      for (const { cost, caps } of result.readings) {
        if (cost.irrTimes12Ppm > ppm) expect(caps[0]!.byIrrTimes12).toBe(true);
        if (cost.irrTimes12Ppm < ppm) expect(caps[0]!.byIrrTimes12).toBe(false);
        expect(caps[0]!.isBroken).toBe(caps[0]!.byIrrTimes12 || caps[0]!.byDatedFlows);
      }
    }), { numRuns: 200 });
  });
});

describe('rows', () => {
  it('at a whole yearly ppm are those of the level-installment schedule, wherever that still has rows', () => {
    fc.assert(fc.property(principals, months, fc.bigInt({ min: 0n, max: 999_999n }), (principal, count, ppm) => {
      const rows = rateRows({ principal, months: count, rate: { rate: fixedOf(ppm, 1_000_000n), per: 'year' }, method: 'level_installment' });
      const known = levelInstallmentSchedule({ principal, months: count, rate: annualRatePpm(ppm) });
      expect(rows.slice(0, known.length).map(({ number, principal: part, interest, balance }) => ({ number, principal: part, interest, balance }))).toEqual(known);
    }), { numRuns: 200 });
  });

  it('of a stated installment are that installment each, repay the principal and hold no negative amount', () => {
    fc.assert(fc.property(principals, fc.integer({ min: 1, max: 480 }), fc.bigInt({ min: 1n, max: 200_000_000n }).map(fen), (principal, count, installment) => {
      const rows = installmentRows(principal, count, installment);
      if (rows === null) return;
      expect(sum(rows.map((row) => row.principal))).toBe(principal);
      expect(rows.every((row) => row.total === installment && row.principal >= 0n && row.interest >= 0n && row.balance >= 0n)).toBe(true);
      expect(rows.at(-1)!.balance).toBe(0n);
    }), { numRuns: 300 });
  });

  it('keep principal and interest under every fee', () => {
    fc.assert(fc.property(principals, months, stateds, shares, (principal, count, rate, share) => {
      const rows = rateRows({ principal, months: count, rate, method: 'level_installment' });
      const charged = withFees(principal, rows, [{ when: 'monthly', size: { kind: 'share', share, of: 'outstanding' } }, { when: 'with_first', size: { kind: 'share', share, of: 'original' } }]).rows;
      expect(charged.map((row) => [row.principal, row.interest, row.balance])).toEqual(rows.map((row) => [row.principal, row.interest, row.balance]));
    }), { numRuns: 100 });
  });
});

describe('the fee that makes a loan cost so much', () => {
  it('makes it cost so much', () => {
    const forms = fc.constantFrom('up_front', 'monthly_on_original', 'with_first');
    fc.assert(fc.property(months, stateds, fc.bigInt({ min: 1n, max: 3_000_000n }), forms, (count, stated, target, form) => {
      const found = feeThatCosts({ months: count, stated, base: 'original' }, { measure: 'irr_times_12', rate: fixedOf(target, 1_000_000n) }, form);
      if (found.kind !== 'fee' || found.share >= ONE) return;
      const monthly = stated.per === 'day' ? ((stated.rate * 30n) as Fixed) : stated.per === 'month' ? stated.rate : fixedOf(stated.rate, 12n * ONE);
      const level = addFixed(fixedOf(1n, BigInt(count)), monthly);
      const flows = Array.from({ length: count }, (_, index) => ({ at: index + 1, amount: -(level + (form === 'monthly_on_original' || (form === 'with_first' && index === 0) ? found.share : 0n)) }));
      const rate = searchRate([{ at: 0, amount: form === 'up_front' ? subFixed(ONE, found.share) : ONE }, ...flows]);
      const off = rate.kind === 'one' ? mulFixed(rate.rate, fixedOf(12n)) - fixedOf(target, 1_000_000n) : ONE;
      expect(off < ONE / 10n ** 20n && off > -ONE / 10n ** 20n).toBe(true);
    }), { numRuns: 200 });
  });

  it('is refused when the loan costs more without any', () => {
    expect(feeThatCosts({ months: 12, stated: { rate: fixedOf(15n, 1000n), per: 'month' }, base: 'original' }, { measure: 'irr_times_12', rate: fixedOf(18n, 100n) }, 'up_front')).toEqual({ kind: 'dearer_already' });
  });

  it('is none when the loan costs exactly that', () => {
    const loan = { months: 12, stated: { rate: fixedOf(15n, 1000n), per: 'month' }, base: 'outstanding' } as const;
    const found = feeThatCosts(loan, { measure: 'irr_times_12', rate: fixedOf(18n, 100n) }, 'up_front');
    expect(found.kind === 'fee' && found.share < ONE / 10n ** 30n).toBe(true);
  });
});

describe('any words at all', () => {
  const piece = fc.constantFrom('12期', '日息', '万五', '0.3%', '/月', '服务费', ',', ' ', '借', '10000', '到手', '每期', '元', '一次性', '先扣', '年化', '18%', '剩余本金', 'flat', 'a month', 'fee', '分', '2', '万', '0', '月', '首期', '免息', '%', '.', '-', '(', '点', '百', '十');
  it('are read or refused, never anything else, and what is read has a true cost or a reason', () => {
    fc.assert(fc.property(fc.oneof(fc.string({ maxLength: 60 }), fc.string({ unit: 'binary', maxLength: 60 }), fc.array(piece, { maxLength: 14 }).map((parts) => parts.join(''))), (text) => {
      const read = readOffer(text, asked);
      if (read.kind === 'read') expect(['cost', 'refused']).toContain(trueCost(read.offer, { startOn, caps: [], bankRatePpm: 72_000n }).kind);
      else expect(read.refusal.code).toMatch(/^[a-z_]+$/);
    }), { numRuns: 2000 });
  });

  it('say nothing less when a word is added that nobody knows: it is refused', () => {
    fc.assert(fc.property(fc.constantFrom('12期 日息万五', '12 months, 1% a month', '借10000到手9500 12期 每期916.8'), fc.constantFrom('不', '除非', 'unless', 'maybe', '送', '§', '退', 'weekly'), (offer, word) => {
      expect(readOffer(`${offer} ${word}`, asked)).toMatchObject({ kind: 'refused', refusal: { code: 'words_not_understood', words: [word] } });
    }));
  });
});
