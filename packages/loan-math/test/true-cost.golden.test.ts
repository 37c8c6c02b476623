import { describe, expect, it } from 'vitest';
import {
  advertisedRate, annualCostOf, ArgumentError, businessDate, costFlowsOf, divideHalfUp, FEN_MAX, feeThatCosts, fen, fixedOf, flatFeeSchedule, formatYuan, ONE, parseYuan, readOffer, trueCost, withFees,
  type CostQuestion, type CostTarget, type FeeForm, type Fixed, type OfferDescription, type RateBase, type TrueCost,
} from '../src/index.ts';
import { examplesOf } from './spec-page.ts';

const asked = fen(1_000_000n);
const question: CostQuestion = { startOn: businessDate('2026-01-15'), caps: [{ id: 'RATE-011', ppm: 240_000n }], bankRatePpm: 72_000n };
const percent = (text: string): Fixed => {
  const [units = '', decimals = ''] = text.replace('%', '').split('.');
  return fixedOf(BigInt(units + decimals), 100n * 10n ** BigInt(decimals.length));
};
const read = (words: string): OfferDescription => {
  const heard = readOffer(words, asked);
  if (heard.kind !== 'read') throw new Error(JSON.stringify(heard.refusal));
  return heard.offer;
};
const costOf = (words: string): Extract<TrueCost, { kind: 'cost' }> => {
  const result = trueCost(read(words), question);
  if (result.kind !== 'cost') throw new Error(result.refusal.code);
  return result;
};

describe('docs/specs/flat-fee.md', () => {
  for (const [principal, months, monthly, share, lastShare, charge, irr, effective] of examplesOf('flat-fee.md', 'principal')[0]!.rows) {
    it(`${principal} over ${months} months at a flat ${monthly}`, () => {
      const rows = flatFeeSchedule({ principal: parseYuan(principal!), months: Number(months), rate: { rate: percent(monthly!), per: 'month' } });
      expect([rows[0]!.principal, rows.at(-1)!.principal, rows[0]!.interest].map(formatYuan)).toEqual([share, lastShare, charge]);
      const result = annualCostOf(costFlowsOf(withFees(parseYuan(principal!), rows, []), question.startOn));
      expect(result).toMatchObject({ cost: { irrTimes12Ppm: BigInt(irr!), effectivePpm: BigInt(effective!) } });
    });
  }
});

describe('docs/specs/true-cost.md', () => {
  for (const [daily, times360, times365, compounded] of examplesOf('true-cost.md', 'a day')[0]!.rows) {
    it(`${daily} a day is ${times360} or ${times365} ppm a year`, () => {
      expect(advertisedRate({ rate: percent(daily!), per: 'day' })).toEqual({ nominalPpm: BigInt(times360!), nominal365Ppm: BigInt(times365!), compoundedPpm: BigInt(compounded!) });
    });
  }

  const readings = examplesOf('true-cost.md', 'words')[0]!.rows;
  for (const words of new Set(readings.map(([text]) => text!))) {
    it(`reads "${words}"`, () => {
      const computed = costOf(words).readings.map(({ interestOn, monthlyFeesOn, flows, cost, charges, chargesPer100 }) => [
        words, interestOn ?? '–', monthlyFeesOn ?? '–', formatYuan(flows.received), formatYuan(flows.received + charges),
        String(cost.irrTimes12Ppm), String(cost.effectivePpm), formatYuan(chargesPer100),
      ]);
      expect(computed).toEqual(readings.filter(([text]) => text === words));
    });
  }

  for (const [words, code] of examplesOf('true-cost.md', 'words')[1]!.rows) {
    it(`refuses "${words}": ${code}`, () => {
      expect(readOffer(words!, asked)).toMatchObject({ kind: 'refused', refusal: { code } });
    });
  }

  for (const [target, measure, base, form, fee] of examplesOf('true-cost.md', 'target')[0]!.rows) {
    it(`${fee} % ${form} makes 0.05 % a day on ${base} principal cost ${target} ${measure}`, () => {
      const loan = { months: 12, stated: { rate: percent('0.05%'), per: 'day' }, base: base as RateBase } as const;
      const found = feeThatCosts(loan, { measure: measure as CostTarget['measure'], rate: percent(target!) }, form as FeeForm);
      expect(found.kind === 'fee' && divideHalfUp(found.share * 100_000_000n, ONE)).toBe(divideHalfUp(percent(fee!) * 100_000_000n, ONE));
    });
  }
});

describe("the article's offer (D3): 0.05 % a day that really costs 45 %", () => {
  const { readings, advertised, isInterestOpen, areFeesOpen } = costOf('12 期, 日息万五, 服务费 0.3%/月');
  const [dear, cheap] = readings;

  it('is advertised as 18 % a year', () => expect(advertised).toEqual({ nominalPpm: 180_000n, nominal365Ppm: 182_500n, compoundedPpm: 200_159n }));
  it('leaves open what its rate is a rate of: both readings are returned and named', () => {
    expect([isInterestOpen, areFeesOpen, readings.length]).toEqual([true, false, 2]);
    expect([dear!.interestOn, cheap!.interestOn]).toEqual(['original', 'outstanding']);
  });
  it('costs 45.0 % on the original principal and 27.1 % on the outstanding', () => {
    expect([dear, cheap].map((reading) => divideHalfUp(reading!.cost.effectivePpm, 1000n))).toEqual([450n, 271n]);
  });
  it('has the EU rate of its months, and another where the calendar cuts one short', () => {
    expect(readings.map(({ aprcPpm }) => aprcPpm)).toEqual(readings.map(({ cost }) => cost.effectivePpm));
    const late = trueCost(read('12 期, 日息万五, 服务费 0.3%/月'), { ...question, startOn: businessDate('2026-01-31') });
    expect(late.kind === 'cost' && late.readings[0]!.aprcPpm).toBe(453_055n);
  });
  it('breaks the cap of 24 % in either reading', () => expect(readings.map(({ caps }) => caps.map(({ id, isBroken }) => [id, isBroken]))).toEqual([[['RATE-011', true]], [['RATE-011', true]]]));
  it('costs 1,765.72 more than the same money from a bank at 7.2 %', () => {
    expect(dear!.bank).toEqual({ ratePpm: 72_000n, installment: 86_619n, charges: 39_428n, chargesPer100: 394n, dearerBy: 176_572n });
  });
  it('asks 1,013.33 a month: 833.33 of principal and 180.00 of charges', () => {
    expect(dear!.flows.rows[0]).toEqual({ number: 1, principal: 83_333n, interest: 15_000n, fee: 3_000n, total: 101_333n, balance: 916_667n });
    expect(dear!.flows.rows.at(-1)).toMatchObject({ principal: 83_337n, total: 101_337n, balance: 0n });
  });
});

it('an offer beyond 1000 % a year is measured as any other, and breaks every cap', () => {
  const [reading] = costOf('借1000到手500 12期 每期500').readings;
  expect(reading!.cost.irrTimes12Ppm).toBe(11_997_066n);
  expect(reading!.caps[0]).toMatchObject({ byIrrTimes12: true, byDatedFlows: true, isBroken: true });
});

it('an offer at every bound still adds up: nothing overflows', () => {
  const day = { rate: ONE, per: 'day' } as const;
  const fee = { when: 'monthly', size: { kind: 'share', share: ONE, of: 'original' } } as const;
  const offer: OfferDescription = { principal: fen(10_000_000_000n), received: fen(1n), months: 480, price: { kind: 'rate', stated: day, base: 'open', method: 'level_installment' }, fees: Array.from({ length: 19 }, () => fee) };
  const result = trueCost(offer, { ...question, bankRatePpm: 10_000_000n });
  expect(result).toMatchObject({ kind: 'refused', refusal: { code: 'no_rate' } });
  const paid = trueCost({ ...offer, received: null }, { ...question, bankRatePpm: 10_000_000n });
  expect(paid.kind === 'cost' && paid.readings[0]!.charges).toBe(10_000_000_000n * 49n * 480n);
});

it('an offer that leaves both its rate and its fee open has four readings', () => {
  const offer = read('12期 日息万五 服务费0.3%/月');
  const result = trueCost({ ...offer, fees: [{ when: 'monthly', size: { kind: 'share', share: percent('0.3%'), of: 'open' } }] }, question);
  expect(result.kind === 'cost' && [result.isInterestOpen, result.areFeesOpen]).toEqual([true, true]);
  expect(result.kind === 'cost' && result.readings.map(({ interestOn, monthlyFeesOn, charges }) => [interestOn, monthlyFeesOn, formatYuan(charges)])).toEqual([
    ['original', 'original', '2160.00'], ['original', 'outstanding', '1995.00'], ['outstanding', 'original', '1361.61'], ['outstanding', 'outstanding', '1201.92'],
  ]);
});

it('fees on different bases, all said, leave nothing open and have no one base', () => {
  const offer = read('借1万 12期 日息万五 等额本息 服务费0.3%/月按剩余本金 担保费0.1%/月按原始本金');
  const result = trueCost(offer, question);
  expect(result.kind === 'cost' && result.readings.map(({ monthlyFeesOn, charges }) => [monthlyFeesOn, formatYuan(charges)])).toEqual([[null, '1321.92']]);
});

it('totals of a flat schedule are principal and charge', () => {
  expect(flatFeeSchedule({ principal: fen(1_000_000n), months: 12, rate: { rate: percent('0.6%'), per: 'month' } }).map(({ total }) => total)).toEqual([...Array.from({ length: 11 }, () => 89_333n), 89_337n]);
});

it('the bounds themselves are within', () => {
  const offer = read('12期 日息万五');
  const ask = (change: Partial<CostQuestion>, more: Partial<OfferDescription> = {}): string => trueCost({ ...offer, ...more }, { ...question, ...change }).kind;
  const fee = { when: 'with_first', size: { kind: 'amount', amount: offer.principal } } as const;
  expect([
    ask({ startOn: businessDate('1900-01-01') }), ask({ startOn: businessDate('2900-01-01') }), ask({ caps: Array.from({ length: 100 }, () => ({ id: 'x', ppm: 10_000_000n })) }), ask({ caps: [{ id: 'x', ppm: 0n }] }),
    ask({ bankRatePpm: 10_000_000n }), ask({ bankRatePpm: 0n }), ask({ bankRatePpm: null }), ask({}, { fees: [fee] }), ask({}, { received: offer.principal }), ask({}, { months: 1 }), ask({}, { months: 480 }), ask({}, { principal: fen(1n) }),
  ]).toEqual(Array.from({ length: 12 }, () => 'cost'));
  expect(() => ask({ startOn: (businessDate('1900-01-01') - 1) as CostQuestion['startOn'] })).toThrow('a day from 1900-01-01');
  expect(() => ask({ caps: Array.from({ length: 101 }, () => ({ id: 'x', ppm: 1n })) })).toThrow('caps is a list of 101: at most 100 entries');
  expect(() => ask({ bankRatePpm: -1n })).toThrow('bankRatePpm is -1: 0 to 10000000');
  expect(() => ask({}, { received: fen(-1n) })).toThrow('received is -1: 0 to 1000000');
  const loan = { months: 12, stated: { rate: percent('0%'), per: 'month' }, base: 'outstanding' } as const;
  expect(feeThatCosts(loan, { measure: 'effective', rate: percent('0%') }, 'up_front')).toMatchObject({ kind: 'fee' });
  expect(feeThatCosts(loan, { measure: 'effective', rate: (100n * ONE) as Fixed }, 'up_front')).toMatchObject({ kind: 'fee' });
  expect(() => feeThatCosts(loan, { measure: 'effective', rate: (100n * ONE + 1n) as Fixed }, 'up_front')).toThrow(': a bigint, 0 to 100 (');
});

describe('what does not add up is refused by name', () => {
  const offer = read('12期 日息万五');
  const refusal = (change: Partial<OfferDescription>): unknown => {
    const result = trueCost({ ...offer, ...change }, question);
    return result.kind === 'refused' ? result.refusal : result;
  };
  const deducted = { when: 'deducted', size: { kind: 'amount', amount: fen(50_000n) } } as const;

  it('fees that take all that is lent', () => {
    expect(refusal({ fees: [{ when: 'paid_up_front', size: { kind: 'share', share: ONE, of: 'original' } }] })).toEqual({ code: 'nothing_received', principal: 1_000_000n, taken: 1_000_000n });
  });
  it('an amount received that the fees do not leave', () => {
    expect(refusal({ received: fen(900_000n), fees: [deducted] })).toEqual({ code: 'received_disagrees', stated: 900_000n, byFees: 950_000n });
  });
  it('but not one that they do leave', () => expect(refusal({ received: fen(950_000n), fees: [deducted] })).toMatchObject({ kind: 'cost' }));
  it('installments that never repay', () => {
    expect(refusal({ price: { kind: 'installment', amount: fen(80_000n), stated: null } })).toEqual({ code: 'installment_does_not_repay', principal: 1_000_000n, repaid: 960_000n });
  });
});

describe('hostile input is named with its value and bound', () => {
  const offer = read('12期 日息万五 服务费0.3%/月');
  const rate = (stated: Fixed) => ({ ...offer, price: { kind: 'rate', stated: { rate: stated, per: 'day' }, base: 'open', method: 'level_installment' } }) as const;
  it.each([
    ['no principal', () => trueCost({ ...offer, principal: fen(0n) }, question), 'principal is 0: 1 to 10000000000'],
    ['a principal past all bounds', () => trueCost({ ...offer, principal: fen(FEN_MAX) }, question), 'principal is 1000000000000000: 1 to 10000000000'],
    ['no months', () => trueCost({ ...offer, months: 0 }, question), 'months is 0: 1 to 480'],
    ['half a month', () => trueCost({ ...offer, months: 1.5 }, question), 'months is 1.5: a whole number, 1 to 480'],
    ['months that are no number', () => trueCost({ ...offer, months: Number.NaN }, question), 'months is NaN: a whole number, 1 to 480'],
    ['a negative rate', () => trueCost(rate(-1n as Fixed), question), 'price.stated.rate is -1: a bigint, 0 to 1 a day'],
    ['a rate above 100 % a day', () => trueCost(rate((ONE + 1n) as Fixed), question), `price.stated.rate is ${ONE + 1n}: `],
    ['more received than lent', () => trueCost({ ...offer, received: fen(1_000_001n) }, question), 'received is 1000001: 0 to 1000000'],
    ['a day past all bounds', () => trueCost(offer, { ...question, startOn: Number.POSITIVE_INFINITY as CostQuestion['startOn'] }), 'startOn is Infinity: a day from 1900-01-01 to 2900-01-01'],
    ['a cap below zero', () => trueCost(offer, { ...question, caps: [{ id: 'x', ppm: -1n }] }), 'caps[0].ppm is -1: 0 to 10000000'],
    ['a bank rate past all bounds', () => trueCost(offer, { ...question, bankRatePpm: 10_000_001n }), 'bankRatePpm is 10000001: 0 to 10000000'],
    ['too many fees', () => trueCost({ ...offer, fees: Array.from({ length: 21 }, () => offer.fees[0]!) }, question), 'fees is a list of 21: at most 20 entries'],
    ['an unknown word for when', () => trueCost({ ...offer, fees: [{ ...offer.fees[0]!, when: 'later' as 'monthly' }] }, question), 'fees[0].when is "later": one of deducted, paid_up_front, monthly, with_first'],
    ['a fee above the principal', () => trueCost({ ...offer, fees: [{ when: 'monthly', size: { kind: 'amount', amount: fen(1_000_001n) } }] }, question), 'fees[0].size.amount is 1000001: 0 to 1000000'],
    ['a text without end', () => readOffer('a'.repeat(501), asked), 'at most 500 characters'],
    ['a target below zero', () => feeThatCosts({ months: 12, stated: { rate: ONE, per: 'year' }, base: 'original' }, { measure: 'effective', rate: -1n as Fixed }, 'up_front'), 'target.rate is -1: a bigint, 0 to 100'],
    ['an unknown form of fee', () => feeThatCosts({ months: 12, stated: { rate: ONE, per: 'year' }, base: 'original' }, { measure: 'effective', rate: ONE }, 'weekly' as FeeForm), 'form is "weekly": one of'],
  ])('%s', (_name, act, message) => {
    expect(act).toThrow(ArgumentError);
    expect(act).toThrow(message);
  });
});
