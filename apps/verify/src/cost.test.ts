import { annualCostOf, fen, scheduleOf } from '@mingdai/loan-math';
import { verifyStatement } from '@mingdai/statement';
import { describe, expect, it } from 'vitest';
import { contractCost } from './cost.ts';
import { exampleStatement } from './example.ts';
import { costPercent, figure, minute, signed } from './format.ts';

const { terms, events } = verifyStatement(exampleStatement('good'));

describe('the true cost on the page', () => {
  it('is that of the schedule as signed, whatever was paid late or early', () => {
    const payout = events![0]!.valueOn;
    const payments = scheduleOf(terms!, payout).map(({ dueOn, principal, interest }) => ({ dueOn, principal, charges: interest }));
    const known = annualCostOf({ received: terms!.principal, receivedOn: payout, payments });
    expect(contractCost(terms!, events!)).toEqual(known.kind === 'cost' ? known.cost : null);
    expect(costPercent(contractCost(terms!, events!)!.irrTimes12Ppm)).toBe('9.12%');
  });

  it('counts a fee: what is taken out of the payout, and what comes with each installment', () => {
    const withFees = { ...terms!, fees: [{ code: 'opening', when: 'deducted', amount: fen(12_000n) }, { code: 'service', when: 'monthly_on_original', ratePpm: 3_000n }] } as const;
    const payments = scheduleOf(terms!, events![0]!.valueOn).map(({ dueOn, principal, interest }) => ({ dueOn, principal, charges: fen(interest + 3_600n) }));
    const known = annualCostOf({ received: fen(terms!.principal - 12_000n), receivedOn: events![0]!.valueOn, payments });
    expect(contractCost(withFees, events!)).toEqual(known.kind === 'cost' ? known.cost : null);
  });

  it('is not said before the payout', () => {
    expect(contractCost(terms!, [])).toBeNull();
  });
});

describe('figures for reading', () => {
  it('keep every digit: yuan in thousands, the rest untouched', () => {
    expect(['1234567.89', '-1234.50', '2026-11-08', 'active'].map((text) => figure(text, { fen: '分', yuan: '元' }))).toEqual(['1,234,567.89', '-1,234.50', '2026-11-08', 'active']);
  });

  it('say what a fraction of a fen comes to in yuan, then the fraction itself', () => {
    expect(['81356209/18750 fen', '-5184549/3875 fen', '12/1 fen', '123456789/2 fen', '0/1 fen'].map((text) => figure(text, { fen: '分', yuan: '元' }))).toEqual([
      '≈ 43.3900 元 (81356209/\u200b18750 分)', '≈ -13.3795 元 (-5184549/\u200b3875 分)', '0.1200 元 (12 分)', '617,283.9450 元 (123456789/\u200b2 分)', '0.0000 元 (0 分)',
    ]);
  });

  it('have their sign, and moments are those of Beijing', () => {
    expect([signed(123_400n), signed(-5n)]).toEqual(['+1,234.00', '−0.05']);
    expect(minute('2026-07-20T17:30:00.000Z')).toBe('2026-07-21 01:30');
  });
});
