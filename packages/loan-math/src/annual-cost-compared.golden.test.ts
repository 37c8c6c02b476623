import { describe, expect, it } from 'vitest';
import { examplesOf } from '../test/spec-page.ts';
import {
  annualCostOf, annualRatePpm, aprc, aprcFlows, aprcInterval, aprcPercent, businessDate, fen, fixedOf, formatYuan, parseYuan, regZApr, scheduleOf, unitPeriodsBetween, xirr, yearFraction,
  type AprcUnit, type CostFlows, type DayCount, type InterestBasis, type LoanTerms, type UnitPeriod, type XirrBasis,
} from './index.ts';

const START = businessDate('2026-10-08');

/** `level_installment act_360 24 % 12 months`, with `flat 0.6 %` a month of the first principal, `fee 2 %` held back, `due on the 25` of the month. */
function flowsOf(offer: string): CostFlows {
  const [method, basis] = offer.split(' ');
  const [rate, months, flat, fee, due] = [/([\d.]+) % a year/, /(\d+) months/, /flat ([\d.]+) %/, /fee ([\d.]+) %/, /due on the (\d+)/].map((pattern) => pattern.exec(offer)?.[1] ?? '0');
  const terms: LoanTerms = {
    principal: fen(1_200_000n), method: method as LoanTerms['method'], basis: basis as InterestBasis, rate: annualRatePpm(parseYuan(rate!) * 100n), months: Number(months), termDays: null, dueDay: due === '0' ? null : Number(due),
    graceDays: 0, graceCountsBack: true, penaltyRate: annualRatePpm(0n), allocationOrder: ['fee', 'penalty', 'interest', 'principal'], allocationScope: 'installment_first',
  };
  const part = (percent: string): bigint => (terms.principal * parseYuan(percent)) / 10_000n;
  return {
    received: fen(terms.principal - part(fee!)), receivedOn: START,
    payments: scheduleOf(terms, START).map(({ dueOn, principal, interest }) => ({ dueOn, principal, charges: fen(interest + part(flat!)) })),
  };
}

function conventions(flows: CostFlows): readonly string[] {
  const result = annualCostOf(flows);
  const charge = aprc(aprcFlows(START, 'month', [{ on: START, amount: flows.received }, ...flows.payments.map(({ dueOn, principal, charges }) => ({ on: dueOn, amount: -(principal + charges) }))]));
  const regZ = regZApr({
    unitPeriodsPerYear: { numerator: 12n, denominator: 1n }, advances: [{ at: { whole: 0, odd: { numerator: 0n, denominator: 1n } }, amount: flows.received }],
    payments: flows.payments.map(({ dueOn, principal, charges }) => ({ at: unitPeriodsBetween(START, dueOn, { kind: 'month', count: 1 }), amount: principal + charges })),
  });
  if (result.kind !== 'cost' || charge.kind !== 'rate' || regZ.kind !== 'rate') throw new Error('a loan has a cost');
  const { irrTimes12Ppm, datedPpm, simplePpm, effectivePpm, effectiveDatedPpm } = result.cost;
  return [...[irrTimes12Ppm, datedPpm, simplePpm, effectivePpm, effectiveDatedPpm].map((ppm) => aprcPercent(fixedOf(ppm, 1_000_000n), 4)), aprcPercent(charge.rate, 4), aprcPercent(regZ.apr, 4)];
}

describe('docs/specs/conventions-compared.md', () => {
  const rows = examplesOf('conventions-compared.md', 'offer')[0]!.rows;
  it('compares nine offers', () => expect(rows).toHaveLength(9));
  for (const [offer, ...figures] of rows) it(offer!, () => expect(conventions(flowsOf(offer!))).toEqual(figures));

  it('counts the same days by each convention', () => {
    const spans = examplesOf('conventions-compared.md', 'from')[0]!.rows;
    expect(spans).toHaveLength(4);
    for (const [from, to, ...figures] of spans) {
      const interest = (['30/360_bond_basis', '30E/360', 'act/360', 'act/365F', 'act/act_isda'] as const).map((convention: DayCount) => {
        const { numerator, denominator } = yearFraction(businessDate(from!), businessDate(to!), convention);
        return formatYuan((1_000_000n * 240_000n * numerator) / (denominator * 1_000_000n));
      });
      expect(interest).toEqual(figures);
    }
  });
});

describe('docs/specs/xirr.md', () => {
  const examples = examplesOf('xirr.md', 'flows');
  const flowsIn = (text: string) => text.split(', ').map((flow) => { const [on, amount] = flow.split(' '); return { on: businessDate(on!), amount: amount!.startsWith('-') ? -parseYuan(amount!.slice(1)) : parseYuan(amount!) }; });
  it('has its examples', () => expect(examples[0]!.rows).toHaveLength(6));
  for (const [flows, basis, answer] of examples[0]!.rows) {
    it(`${flows} by ${basis}: ${answer}`, () => {
      const found = xirr(flowsIn(flows!), basis as XirrBasis);
      const shown = found.kind === 'none' ? `none: ${found.why}` : (found.kind === 'one' ? [found.rate] : found.rates).map((rate) => `${aprcPercent(rate, 6)} %`).join(' and ');
      expect(shown).toBe(answer);
    });
  }
});

describe('docs/specs/aprc.md', () => {
  it('counts the intervals of its table', () => {
    const { rows } = examplesOf('aprc.md', 'from')[0]!;
    expect(rows).toHaveLength(6);
    for (const [from, to, unit, ...figures] of rows) {
      const { wholeUnits, days, daysInYear } = aprcInterval(businessDate(from!), businessDate(to!), unit as AprcUnit);
      expect([wholeUnits, days, daysInYear].map(String)).toEqual(figures);
    }
  });
});

describe('docs/specs/reg-z.md', () => {
  const units: Readonly<Record<string, UnitPeriod>> = { week: { kind: 'week', count: 1 }, semimonth: { kind: 'semimonth' }, '2 months': { kind: 'month', count: 2 }, quarter: { kind: 'month', count: 3 }, '6 months': { kind: 'month', count: 6 } };
  it('counts the unit-periods of its table', () => {
    const { rows } = examplesOf('reg-z.md', 'from')[0]!;
    expect(rows).toHaveLength(5);
    for (const [from, to, unit, ...figures] of rows) {
      const { whole, odd } = unitPeriodsBetween(businessDate(from!), businessDate(to!), units[unit!]!);
      expect([String(whole), `${odd.numerator}/${odd.denominator}`]).toEqual(figures);
    }
  });
});
