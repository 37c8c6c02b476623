import { describe, expect, it } from 'vitest';
import { businessDate, feeThatCosts, fen, fixedOf, ONE, trueCost, ZERO } from '../src/index.ts';

const unchecked = <T>(value: unknown): T => value as T;
const MOST = 10_000_000_000n;
const offer = {
  principal: fen(1_000_000n), received: null, months: 12, fees: [],
  price: { kind: 'rate', stated: { rate: fixedOf(1n, 100n), per: 'month' }, base: 'outstanding', method: 'level_installment' },
};
const installment = { kind: 'installment', amount: fen(90_000n), stated: null };
const fee = { when: 'deducted', size: { kind: 'share', share: fixedOf(3n, 100n), of: 'original' } };
const question = { startOn: businessDate('2026-01-05'), caps: [], bankRatePpm: null };
const cost = (changed: object, asked: object = {}): string => trueCost(unchecked({ ...offer, ...changed }), unchecked({ ...question, ...asked })).kind;
const price = (changed: object) => ({ price: { ...offer.price, ...changed } });
const inFee = (changed: object) => ({ fees: [fee, { ...fee, ...changed }] });
const inSize = (changed: object) => inFee({ size: { ...fee.size, ...changed } });
const cap = (changed: unknown) => ({ caps: [{ id: 'one', ppm: 240_000n }, changed] });

describe('an offer that is none is refused by the name of what is wrong', () => {
  it.each([
    ['price is undefined: an object', {}, { price: undefined }],
    ['price.kind is "free": one of rate, installment', { price: installment }, { price: { kind: 'free' } }],
    ['price.stated is 7: an object', { price: { ...installment, stated: offer.price.stated } }, { price: { ...installment, stated: 7 } }],
    ['price.stated.per is "week": one of day, month, year', price({ stated: { rate: ZERO, per: 'day' } }), price({ stated: { rate: ZERO, per: 'week' } })],
    [`price.amount is 0: 1 to ${MOST}`, { price: installment }, { price: { ...installment, amount: 0n } }],
    [`price.amount is ${MOST + 1n}: 1 to ${MOST}`, { price: installment }, { price: { ...installment, amount: MOST + 1n } }],
    ['price.base is "half": one of original, outstanding, open', price({ base: 'open' }), price({ base: 'half' })],
    ['price.method is "balloon": one of level_installment, level_principal, interest_first', price({ method: 'interest_first' }), price({ method: 'balloon' })],
    ['months is 0: 1 to 480', { months: 1 }, { months: 0 }],
    ['months is 481: 1 to 480', { months: 480 }, { months: 481 }],
    ['fees is a list of 21: at most 20 entries', { fees: Array.from({ length: 20 }, () => fee) }, { fees: Array.from({ length: 21 }, () => fee) }],
    ['fees[1] is 7: an object', { fees: [fee, fee] }, { fees: [fee, 7] }],
    ['fees[1].when is "later": one of deducted, paid_up_front, monthly, with_first', inFee({ when: 'with_first' }), inFee({ when: 'later' })],
    ['fees[1].size is 7: an object', inFee({}), inFee({ size: 7 })],
    ['fees[1].size.kind is "part": one of amount, share', inSize({}), inSize({ kind: 'part' })],
    ['fees[1].size.amount is 1000001: 0 to 1000000', { fees: [fee, { when: 'monthly', size: { kind: 'amount', amount: 1_000_000n } }] }, inFee({ size: { kind: 'amount', amount: 1_000_001n } })],
    [`fees[1].size.share is ${ONE + 1n}: a bigint, 0 to 1 (${ONE} at 40 digits)`, { fees: [fee, { when: 'monthly', size: { kind: 'share', share: ONE, of: 'original' } }] }, inSize({ share: ONE + 1n })],
    [`fees[1].size.share is -1: a bigint, 0 to 1 (${ONE} at 40 digits)`, inSize({ share: ZERO }), inSize({ share: -1n })],
    [`fees[1].size.share is 0.03: a bigint, 0 to 1 (${ONE} at 40 digits)`, inSize({}), inSize({ share: 0.03 })],
    ['fees[1].size.of is "half": one of original, outstanding, open', inSize({ of: 'open' }), inSize({ of: 'half' })],
  ])('%s', (said, inside, outside) => {
    expect(cost(inside)).toBe('cost');
    expect(() => cost(outside)).toThrow(said);
  });

  it.each([
    ['caps is a list of 101: at most 100 entries', { caps: [] }, { caps: Array.from({ length: 101 }, () => ({ id: 'one', ppm: 1n })) }],
    ['caps[1] is 7: an object', cap({ id: 'two', ppm: 0n }), cap(7)],
    ['caps[1].id is 2: ', cap({ id: '', ppm: 0n }), cap({ id: 2, ppm: 0n })],
    ['caps[1].ppm is 10000001: 0 to 10000000', cap({ id: 'two', ppm: 10_000_000n }), cap({ id: 'two', ppm: 10_000_001n })],
    ['bankRatePpm is -1: 0 to 10000000', { bankRatePpm: 0n }, { bankRatePpm: -1n }],
  ])('%s', (said, inside, outside) => {
    expect(cost({}, inside)).toBe('cost');
    expect(() => cost({}, outside)).toThrow(said);
  });

  it('as is no offer, and no question', () => {
    expect(() => trueCost(unchecked(null), question)).toThrow('offer is null: an object');
    expect(() => trueCost(unchecked(offer), unchecked(null))).toThrow('question is null: an object');
  });
});

describe('the fee that makes a loan cost so much', () => {
  const loan = { months: 2, stated: { rate: ZERO, per: 'year' }, base: 'original' } as const;
  const target = { measure: 'irr_times_12', rate: fixedOf(12n) } as const;

  it('is 100 % a month of what is out, where 1 is lent for nothing in two months and costs 100 % a month: 1.5 ÷ 2 + 1 ÷ 4 = 1', () => {
    expect(feeThatCosts(loan, target, 'monthly_on_outstanding')).toEqual({ kind: 'fee', share: ONE });
  });

  it('is none, and never less, where the loan costs the target already', () => {
    for (let months = 1; months <= 36; months++) {
      const found = feeThatCosts({ months, stated: { rate: fixedOf(15n, 1000n), per: 'month' }, base: 'outstanding' }, { measure: 'irr_times_12', rate: fixedOf(18n, 100n) }, 'up_front');
      expect(found.kind === 'fee' && found.share >= 0n && found.share < ONE / 10n ** 30n).toBe(true);
    }
  });

  it.each([
    ['loan is null: an object', () => feeThatCosts(unchecked(null), target, 'up_front')],
    ['months is 481: 1 to 480', () => feeThatCosts({ ...loan, months: 481 }, target, 'up_front')],
    ['stated is 7: an object', () => feeThatCosts(unchecked({ ...loan, stated: 7 }), target, 'up_front')],
    ['base is "open": one of original, outstanding', () => feeThatCosts(unchecked({ ...loan, base: 'open' }), target, 'up_front')],
    ['target is null: an object', () => feeThatCosts(loan, unchecked(null), 'up_front')],
    ['measure is "apr": one of irr_times_12, effective', () => feeThatCosts(loan, unchecked({ ...target, measure: 'apr' }), 'up_front')],
    ['form is "weekly": one of up_front, monthly_on_original, monthly_on_outstanding, with_first', () => feeThatCosts(loan, target, unchecked('weekly'))],
    [`target.rate is 12: a bigint, 0 to 100 (${100n * ONE} at 40 digits)`, () => feeThatCosts(loan, unchecked({ ...target, rate: 12 }), 'up_front')],
    [`target.rate is ${100n * ONE + 1n}: a bigint`, () => feeThatCosts(loan, unchecked({ ...target, rate: 100n * ONE + 1n }), 'up_front')],
  ])('needs what it says: %s', (said, call) => {
    expect(feeThatCosts({ ...loan, months: 480 }, { ...target, rate: fixedOf(100n) }, 'up_front').kind).toBe('fee');
    expect(call).toThrow(said);
  });
});
