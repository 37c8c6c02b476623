import { businessDate, fen } from '@mingdai/loan-math';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lenderFrom, mayLend } from '../../catalog/index.ts';
import { createCompliance, LENDER_TYPE_OF } from '../../compliance/index.ts';
import seed from '../seed/funders.json' with { type: 'json' };
import { funderFrom } from './funder.ts';
import { explain, rankPlans, type Candidate, type RouteRequest } from './route.ts';

const compliance = createCompliance();
const on = businessDate('2026-10-08');
const candidates: readonly Candidate[] = seed.funders.map((document) => {
  const funder = funderFrom(document, lenderFrom(document, LENDER_TYPE_OF));
  return { funder, isLicensed: mayLend(funder.lender, 'consumer_loan_online', on).ok };
});
const codes = candidates.map(({ funder }) => funder.lender.code);
const request = (changes: Partial<RouteRequest> = {}): RouteRequest => ({
  applicationId: 'app_1', shard: 7, lead: 'webank', amount: fen(1_200_000n), months: 12, ratePpm: 144_000n, allInPpm: 146_000n, region: '31', isStudent: false, on, ...changes,
});
const ranked = (changes: Partial<RouteRequest> = {}, excluded: readonly string[] = []) => {
  const answer = rankPlans(request(changes), candidates, excluded);
  if (!answer.ok) throw new Error(JSON.stringify(answer.error));
  return answer.value;
};
const reasons = (changes: Partial<RouteRequest>, excluded: readonly string[] = []) => Object.fromEntries(ranked(changes, excluded).passedOver.map(({ funder, why }) => [funder, why]));

const anyRequest = fc.record({
  applicationId: fc.uuid(),
  amount: fc.bigInt({ min: 500n, max: 200_000n }).map((yuan) => fen(yuan * 100n)),
  ratePpm: fc.bigInt({ min: 72_000n, max: 180_000n }),
  region: fc.constantFrom('31', '44', null),
});

describe('every way to fund a loan', () => {
  it('has shares that sum to the whole and keep the law and the agreements', () => {
    fc.assert(fc.property(anyRequest, fc.subarray(codes.slice(1)), (asked, excluded) => {
      for (const { shares } of ranked({ ...asked, allInPpm: asked.ratePpm + 2_000n }, excluded).plans) {
        expect(shares.reduce((sum, { sharePpm }) => sum + sharePpm, 0n)).toBe(1_000_000n);
        expect(shares.length).toBeLessThanOrEqual(2);
        expect(compliance.checkShares(shares, on).ok).toBe(true);
        expect(shares[0]!.funder).toBe('webank');
        for (const { funder, sharePpm } of shares.slice(1)) {
          const { agreement } = candidates.find((each) => each.funder.lender.code === funder)!.funder;
          expect(sharePpm >= agreement.minShare && sharePpm <= agreement.maxShare).toBe(true);
          expect(excluded).not.toContain(funder);
        }
      }
    }));
  });

  it('adds up to the loan to the fen, and gives each partner its 30 % after rounding (ILOAN-013)', () => {
    fc.assert(fc.property(anyRequest, (asked) => {
      for (const { shares, amounts } of ranked(asked).plans) {
        expect(amounts.reduce<bigint>((sum, amount) => sum + amount, 0n)).toBe(asked.amount);
        if (shares.length > 1) for (const amount of amounts) expect(amount * 10n).toBeGreaterThanOrEqual(asked.amount * 3n);
      }
    }));
  });

  it('is ranked the same way every time, and leaving one out does not shuffle the others', () => {
    fc.assert(fc.property(anyRequest, (asked) => {
      const names = ranked(asked).plans.map(({ name }) => name);
      expect(ranked(asked).plans.map(({ name }) => name)).toEqual(names);
      const without = ranked(asked, ['example_net_bank']).plans.map(({ name }) => name);
      expect(without).toEqual(names.filter((name) => !name.includes('example_net_bank')));
    }));
  });

  it('spreads loans over the plans by weight: each gets some, none gets all', () => {
    const first = Array.from({ length: 400 }, (_, index) => ranked({ applicationId: `app_${index}` }).plans[0]!.name);
    const counts = new Map([...new Set(first)].map((name) => [name, first.filter((each) => each === name).length]));
    expect([...counts.keys()].sort()).toEqual(['webank', 'webank+example_city_bank', 'webank+example_consumer_finance', 'webank+example_net_bank']);
    expect(counts.get('webank+example_city_bank')!).toBeGreaterThan(counts.get('webank')!);
  });
});

describe('who is passed over, and why', () => {
  it.each<readonly [string, Partial<RouteRequest>, readonly string[], string, string]>([
    ['a city bank outside its region (ILOAN-016)', { region: '44' }, [], 'example_city_bank', 'region'],
    ['a city bank when the region is not known', { region: null }, [], 'example_city_bank', 'region'],
    ['a funder below its lowest price', { ratePpm: 89_999n }, [], 'example_net_bank', 'price_below_minimum'],
    ['a funder outside its agreed range of cost (RATE-015)', { allInPpm: 200_001n }, [], 'example_net_bank', 'outside_agreement'],
    ['a funder that said no', {}, ['example_net_bank'], 'example_net_bank', 'excluded'],
  ])('%s', (_, changes, excluded, funder, why) => {
    expect(reasons(changes, excluded)[funder]).toBe(why);
  });

  it('without the lead nothing is funded: it decides for itself (ILOAN-011)', () => {
    expect(rankPlans(request(), candidates, ['webank'])).toMatchObject({ ok: false, error: { code: 'no_funder', passed_over: [{ funder: 'webank', why: 'excluded' }] } });
    expect(rankPlans(request({ lead: 'ghost' }), candidates, [])).toEqual({ ok: false, error: { code: 'lead_funder_unknown', funder: 'ghost' } });
  });

  it('students are funded by nobody until a second source of repayment can be shown (ILOAN-021)', () => {
    expect(rankPlans(request({ isStudent: true }), candidates, [])).toMatchObject({ ok: false, error: { code: 'no_funder' } });
  });

  it('a licence that is not valid keeps a funder out (G1)', () => {
    const expired = candidates.map((each) => (each.funder.lender.code === 'example_net_bank' ? { ...each, isLicensed: false } : each));
    const answer = rankPlans(request(), expired, []);
    expect(answer.ok && answer.value.passedOver).toEqual([{ funder: 'example_net_bank', why: 'licence', rule: 'G1' }]);
  });

  it('a partner whose share would leave the lead below 30 % does not join', () => {
    const greedy = candidates.map(({ funder, isLicensed }) => ({ isLicensed, funder: funder.lender.code === 'example_net_bank' ? { ...funder, agreement: { ...funder.agreement, share: 800_000n, maxShare: 800_000n } } : funder }));
    const answer = rankPlans(request(), greedy, []);
    expect(answer.ok && answer.value.passedOver).toEqual([{ funder: 'example_net_bank', why: 'share_not_allowed', rule: 'ILOAN-013' }]);
  });

  it('the choice is explained in words', () => {
    const { plans, passedOver } = ranked({ region: '44' });
    expect(explain(plans[0]!, [{ funder: 'example_consumer_finance', why: 'quota', rule: null }], passedOver)).toMatch(/^Drawn by lot .* webank .*Not: example_consumer_finance: quota; example_city_bank: region \(ILOAN-016\)\.$/);
  });
});
