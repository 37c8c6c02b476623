import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  advertisedRate, annualCostOf, annuity, businessDate, costFlowsOf, feeThatCosts, fen, fixedOf, flatFeeSchedule, formatYuan, mulFixed, parseYuan, ppmOfFixed, readOffer, trueCost, withFees,
  type AdvertisedLoan, type AnnualCost, type FeeForm, type Fixed, type OfferFlows, type StatedRate,
} from '../src/index.ts';
import vectors from './vectors/cn-schedules.json' with { type: 'json' };

type Case = { readonly id: string; readonly type: string; readonly verified: boolean; readonly inputs: Readonly<Record<string, string | number>>; readonly expected: Readonly<Record<string, string | readonly string[]>>; readonly independent?: Readonly<Record<string, string>> };

const startOn = businessDate('2026-01-15');
const decimal = (value: unknown): Fixed => {
  const [units = '', decimals = ''] = String(value).split('.');
  return fixedOf(BigInt(units + decimals), 10n ** BigInt(decimals.length));
};
const percent = (value: unknown): Fixed => (decimal(value) / 100n) as Fixed;
const ppm = (value: unknown): bigint => ppmOfFixed(percent(value));
const expectWithin = (actual: bigint, wanted: bigint, most: bigint): void => expect(actual > wanted ? actual - wanted : wanted - actual).toBeLessThanOrEqual(most);
const costOf = (flows: OfferFlows): AnnualCost => {
  const result = annualCostOf(costFlowsOf(flows, startOn));
  if (result.kind !== 'cost') throw new Error('costs something');
  return result.cost;
};

const checks: Readonly<Record<string, (c: Case) => void>> = {
  'flat-fee-instalment': ({ inputs, expected }) => {
    const principal = parseYuan(String(inputs['principal']));
    const months = Number(inputs['periods']);
    // A bank that states its charge in yuan: the offer of that installment, its charge laid on as a monthly fee.
    const stated: StatedRate = { rate: percent(inputs['feePercentOfOriginalPrincipalPerPeriod'] ?? 0), per: 'month' };
    const fees = inputs['feePerPeriod'] === undefined ? [] : ([{ when: 'monthly', size: { kind: 'amount', amount: parseYuan(String(inputs['feePerPeriod'])) } }] as const);
    const flows = withFees(principal, flatFeeSchedule({ principal, months, rate: stated }), fees);
    const cost = costOf(flows);
    if (expected['annualRatePercentIrrTimes12'] !== undefined) expectWithin(cost.irrTimes12Ppm, ppm(expected['annualRatePercentIrrTimes12']), 50n);
    if (expected['effectiveAnnualPercent'] !== undefined) expectWithin(cost.effectivePpm, ppm(expected['effectiveAnnualPercent']), 50n);
    if (expected['payment'] !== undefined) expect(formatYuan(flows.rows[0]!.total)).toBe(expected['payment']);
    if (inputs['principalPerPeriod'] !== undefined) expect([flows.rows[0]!, flows.rows.at(-1)!].map((row) => formatYuan(row.principal))).toEqual([inputs['principalPerPeriod'], inputs['lastPrincipal']]);
    if (expected['nominalFeeRatePercent'] !== undefined) expect(advertisedRate(stated).nominalPpm).toBe(ppm(expected['nominalFeeRatePercent']));
  },
  'approximation-trap': ({ inputs, expected }) => {
    const read = readOffer(`月费率${inputs['feePercent']}% 分${inputs['periods']}期 等本等息`, fen(100_000_000n));
    if (read.kind !== 'read') throw new Error(read.refusal.code);
    const result = trueCost(read.offer, { startOn, caps: [], bankRatePpm: null });
    const exact = result.kind === 'cost' ? result.readings[0]!.cost.irrTimes12Ppm : 0n;
    expectWithin(exact, ppm(expected['exactIrrTimes12']), 50n);
    expectWithin(ppm(expected['approximationPercent']) - exact, 2_600n, 100n);
  },
  'upfront-deduction': ({ inputs, expected, independent }) => {
    const words = `借${inputs['contractPrincipal']} 到手${inputs['received']} ${inputs['periods']}期 每期${inputs['payment']}`;
    const read = readOffer(words, fen(100n));
    if (read.kind !== 'read') throw new Error(read.refusal.code);
    const result = trueCost(read.offer, { startOn, caps: [], bankRatePpm: null });
    if (result.kind !== 'cost') throw new Error(result.refusal.code);
    const { cost, flows } = result.readings[0]!;
    const [low, high] = expected['effectiveAnnualPercentBetween'] as readonly string[];
    expect(cost.effectivePpm > ppm(low) && cost.effectivePpm < ppm(high)).toBe(true);
    expect([cost.irrTimes12Ppm, cost.effectivePpm]).toEqual([ppm(independent!['irrTimes12']), ppm(independent!['effectiveAnnual'])]);
    expect(formatYuan(flows.deducted)).toBe(inputs['deductedFee']);
  },
  'daily-to-annual': ({ inputs, expected, independent }) => {
    const rate = advertisedRate({ rate: percent(inputs['dailyRatePercent']), per: 'day' });
    expect([rate.nominalPpm, rate.nominal365Ppm]).toEqual([ppm(expected['annualPercentX360']), ppm(expected['annualPercentX365'])]);
    expect(rate.compoundedPpm).toBe(ppm(independent!['effectiveAnnual365']));
  },
  'hidden-fee-solve': ({ id, expected }) => {
    const stated: StatedRate = { rate: decimal('0.0005'), per: 'day' };
    const target = { measure: id.includes('-irr12-') ? 'irr_times_12' : 'effective', rate: decimal('0.45') } as const;
    const solve = (loan: Omit<AdvertisedLoan, 'months'>, form: FeeForm): Fixed => {
      const found = feeThatCosts({ ...loan, months: 12 }, target, form);
      if (found.kind !== 'fee') throw new Error(found.kind);
      return (found.share * 100n) as Fixed;
    };
    const expectFee = (fee: Fixed, wanted: unknown): void => expectWithin(fee, decimal(wanted), decimal('0.000001'));
    if (id.endsWith('-flat-total')) {
      const total = solve({ stated: { rate: decimal('0'), per: 'month' }, base: 'original' }, 'monthly_on_original');
      expectFee(total, expected['flatPercentPerMonth']);
      expectWithin(total * 12n, decimal(expected['flatPercentPerYear']), decimal('0.000012'));
      expectFee(solve({ stated, base: 'original' }, 'monthly_on_original'), expected['extraServiceFeePercentPerMonth']);
      return;
    }
    const form = id.endsWith('-upfront') ? 'up_front' : id.endsWith('-monthly-fee') ? 'monthly_on_original' : 'with_first';
    const fee = solve({ stated, base: 'outstanding' }, form);
    expectFee(fee, expected['upfrontFeePercentOfPrincipal'] ?? expected['monthlyFeePercentOfPrincipal'] ?? expected['feePercentOfPrincipal']);
    if (expected['instalment'] !== undefined) {
      const level = annuity.pmt({ rate: decimal('0.015'), nper: 12, pv: -decimal('10000') as Fixed, fv: decimal('0'), type: 0 });
      expectWithin(level + mulFixed(fee, decimal('100')), decimal(expected['instalment']), decimal('0.000001'));
    }
  },
};

const cases = (vectors.cases as unknown as readonly Case[]).filter(({ type }) => checks[type] !== undefined);

describe('published hidden fees, flat fees and daily rates, by the functions a borrower asks', () => {
  for (const c of cases) it(`${c.id}: ${c.type}`, () => checks[c.type]!(c));

  it('are all there are: none is skipped, and the page of skipped cases says so', () => {
    const page = readFileSync(new URL('./skipped-cases.md', import.meta.url), 'utf8');
    expect(cases).toHaveLength(19);
    expect(cases.filter(({ verified }) => !verified)).toEqual([]);
    expect(cases.filter(({ id }) => page.includes(id))).toEqual([]);
  });
});
