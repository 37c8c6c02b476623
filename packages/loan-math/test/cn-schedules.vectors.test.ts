import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  amortizationPeriods, amortize, annualCostOf, annualRatePpm, annuity, businessDate, divFixed, divideHalfUp, effectiveRate, fen, fixedOf, levelInstallment, levelInstallmentSchedule,
  levelPrincipalSchedule, mulFixed, parseYuan, ppmOfFixed, scheduleOf, searchRate, type Fixed, type Flow, type LoanTerms,
} from '../src/index.ts';
import vectors from './vectors/cn-schedules.json' with { type: 'json' };

type Case = { readonly id: string; readonly type: string; readonly verified: boolean; readonly tolerance: string; readonly inputs: Record<string, unknown>; readonly expected: Record<string, unknown> };
const cases = vectors.cases as unknown as readonly Case[];

const text = (value: unknown): string => String(value);
const decimal = (value: unknown): Fixed => {
  const [whole = '0', decimals = ''] = text(value).split('.');
  return fixedOf(BigInt(whole + decimals), 10n ** BigInt(decimals.length));
};
const ppm = (percent: unknown): bigint => ppmOfFixed(divFixed(decimal(percent), fixedOf(100n)));
const shown = (amount: Fixed): bigint => divideHalfUp(amount, fixedOf(1n) / 100n); // yuan → fen, half up
const expectNear = (actual: Fixed, wanted: unknown, tolerance: string): void => {
  const off = actual - decimal(wanted);
  expect(off < 0n ? -off : off).toBeLessThanOrEqual(decimal(tolerance));
};
const percent = (rate: Fixed): Fixed => (rate * 100n) as Fixed;
const loanOf = ({ inputs }: Case) => {
  const monthly = divFixed(decimal(inputs['annualRatePercent']), fixedOf(1200n));
  return { rate: monthly, nper: Number(inputs['periods']), pv: -decimal(inputs['principal']) as Fixed, fv: fixedOf(0n), type: 0 as const };
};
const rowsOf = ({ inputs }: Case) => ({ principal: parseYuan(text(inputs['principal'])), rate: annualRatePpm(ppm(inputs['annualRatePercent'])), months: Number(inputs['periods']) });
const monthsOf = (c: Case, count: number) => amortizationPeriods({ from: businessDate('2026-01-15'), count, unit: 'month', rate: rowsOf({ ...c, inputs: { ...c.inputs, periods: count } }).rate, convention: 'equal' });
const monthlyRate = (flows: readonly Flow[]): Fixed => {
  const found = searchRate(flows);
  if (found.kind !== 'one') throw new Error('one rate');
  return found.rate;
};
const lent = (received: bigint, payments: readonly bigint[]): readonly Flow[] => [{ at: 0, amount: received }, ...payments.map((amount, i) => ({ at: i + 1, amount: -amount }))];

function termsOf(c: Case, basis: LoanTerms['basis'], more: Partial<LoanTerms>): LoanTerms {
  return {
    principal: parseYuan(text(c.inputs['principal'])), rate: annualRatePpm(ppm(c.inputs['annualRatePercent'])), basis, method: 'interest_first', months: 1, termDays: null, dueDay: null,
    graceDays: 0, graceCountsBack: false, penaltyRate: annualRatePpm(0n), allocationOrder: ['fee', 'penalty', 'interest', 'principal'], allocationScope: 'installment_first', ...more,
  };
}

const checks: Readonly<Record<string, (c: Case) => void>> = {
  'equal-instalment': (c) => {
    const loan = loanOf(c);
    const payment = annuity.pmt(loan);
    const { expected: e } = c;
    if (e['payment'] !== undefined) {
      expect(shown(payment)).toBe(parseYuan(text(e['payment'])));
      expect(levelInstallment(rowsOf(c))).toBe(parseYuan(text(e['payment'])));
    }
    if (e['paymentNearestYuan'] !== undefined) expectNear(payment, e['paymentNearestYuan'], c.tolerance);
    const total = (payment * BigInt(loan.nper)) as Fixed;
    if (e['totalPaidNearestYuan'] !== undefined) expectNear(total, e['totalPaidNearestYuan'], c.tolerance);
    if (e['totalPaidUnrounded'] !== undefined) expectNear(total, e['totalPaidUnrounded'], c.tolerance);
    if (e['totalInterestUnrounded'] !== undefined) expectNear((total + loan.pv) as Fixed, e['totalInterestUnrounded'], c.tolerance);
    if (e['principalLeft'] !== undefined) expectNear((-loan.pv - annuity.cumprinc(loan, 1, Number(c.inputs['paymentsMade']))) as Fixed, e['principalLeft'], c.tolerance);
    if (e['firstInterest'] !== undefined) {
      const [row] = levelInstallmentSchedule(rowsOf(c));
      expect([row!.interest, row!.principal, row!.balance]).toEqual([e['firstInterest'], e['firstPrincipal'], e['balanceAfter1']].map((v) => parseYuan(text(v))));
    }
  },
  'equal-instalment-fen': (c) => {
    const rows = levelInstallmentSchedule(rowsOf(c));
    expect(rows[0]!.principal + rows[0]!.interest).toBe(parseYuan(text(c.expected['payment'])));
    expect(rows.at(-1)!.principal + rows.at(-1)!.interest).toBe(parseYuan(text(c.expected['lastPayment'])));
    for (const [i, row] of ((c.expected['rows'] ?? []) as Record<string, string>[]).entries()) {
      expect([rows[i]!.interest, rows[i]!.principal, rows[i]!.balance]).toEqual([row['interest'], row['principal'], row['balance']].map((v) => parseYuan(v!)));
    }
    if (c.expected['totalInterest'] !== undefined) expect(rows.reduce((sum, row) => sum + row.interest, 0n)).toBe(parseYuan(text(c.expected['totalInterest'])));
  },
  'equal-principal': (c) => {
    const rows = levelPrincipalSchedule(rowsOf(c));
    expect(rows[0]!.principal + rows[0]!.interest).toBe(parseYuan(text(c.expected['firstPayment'])));
    // The published total and last payment leave principal unrounded: closed form, P·i·(n+1)/2 and P/n·(1+i).
    const { rate, nper, pv } = loanOf(c);
    expectNear(divFixed(mulFixed((-pv * BigInt(nper + 1)) as Fixed, rate), fixedOf(2n)), c.expected['totalInterest'], c.tolerance);
    expectNear(mulFixed(divFixed(-pv as Fixed, fixedOf(BigInt(nper))), (fixedOf(1n) + rate) as Fixed), c.expected['lastPayment'], c.tolerance);
  },
  'equal-principal-table': (c) => {
    const { rate, nper, pv } = loanOf(c);
    const share = divFixed(-pv as Fixed, fixedOf(BigInt(nper)));
    for (const row of c.expected['rows'] as { period: number; interest: string; principal: string; balance: string }[]) {
      const before = (-pv - share * BigInt(row.period - 1)) as Fixed;
      expect([shown(mulFixed(before, rate)), shown(share), shown((before - share) as Fixed)]).toEqual([row.interest, row.principal, row.balance].map(parseYuan));
    }
    expect(shown(divFixed(mulFixed((-pv * BigInt(nper + 1)) as Fixed, rate), fixedOf(2n)))).toBe(parseYuan(text(c.expected['totalInterest'])));
  },
  'equal-instalment-table': (c) => {
    const loan = loanOf(c);
    for (const row of (c.expected['rows'] ?? []) as { period: number; interest: string; principal: string; balance: string }[]) {
      const left = (-loan.pv - annuity.cumprinc(loan, 1, row.period)) as Fixed;
      expect([shown(annuity.ipmt(loan, row.period)), shown(annuity.ppmt(loan, row.period)), shown(left)]).toEqual([row.interest, row.principal, row.balance].map(parseYuan));
    }
    for (const [year, interest] of ((c.expected['interestByYear'] ?? []) as string[]).entries()) expect(shown(annuity.cumipmt(loan, year * 12 + 1, year * 12 + 12))).toBe(parseYuan(interest));
    if (c.expected['totalInterestUnrounded'] !== undefined) expect(shown(annuity.cumipmt(loan, 1, loan.nper))).toBe(parseYuan(text(c.expected['totalInterestUnrounded'])));
  },
  'interest-first': (c) => {
    const rows = scheduleOf(termsOf(c, 'monthly', { months: Number(c.inputs['periods']) }), businessDate('2026-01-15'));
    expect(rows[0]!.total).toBe(parseYuan(text(c.expected['monthlyInterest'])));
    expect(rows.at(-1)!.total).toBe(parseYuan(text(c.expected['lastPayment'])));
    if (c.expected['totalInterest'] !== undefined) expect(rows.reduce((sum, row) => sum + row.interest, 0n)).toBe(parseYuan(text(c.expected['totalInterest'])));
  },
  'implied-rate': (c) => {
    const payments = Array.from({ length: Number(c.inputs['periods']) }, () => parseYuan(text(c.inputs['payment'])) as bigint);
    expectNear((percent(monthlyRate(lent(parseYuan(text(c.inputs['principal'])), payments))) * 12n) as Fixed, c.expected['annualRatePercentIrrTimes12'], c.tolerance);
  },
  'flat-fee-instalment': (c) => {
    const periods = Number(c.inputs['periods']);
    const principal = decimal(c.inputs['principal']);
    const fee = c.inputs['feePerPeriod'] === undefined ? divFixed(mulFixed(principal, decimal(c.inputs['feePercentOfOriginalPrincipalPerPeriod'])), fixedOf(100n)) : decimal(c.inputs['feePerPeriod']);
    const share = c.inputs['principalPerPeriod'] === undefined ? divFixed(principal, fixedOf(BigInt(periods))) : decimal(c.inputs['principalPerPeriod']);
    const payments = Array.from({ length: periods }, (_, i) => (i === periods - 1 && c.inputs['lastPrincipal'] !== undefined ? decimal(c.inputs['lastPrincipal']) : share) + fee);
    const rate = monthlyRate(lent(principal, payments));
    const { expected: e } = c;
    if (e['annualRatePercentIrrTimes12'] !== undefined) expectNear((percent(rate) * 12n) as Fixed, e['annualRatePercentIrrTimes12'], c.tolerance);
    if (e['effectiveAnnualPercent'] !== undefined) expectNear(percent(effectiveRate(rate, 12)), e['effectiveAnnualPercent'], c.tolerance);
    if (e['payment'] !== undefined) expect(shown((share + fee) as Fixed)).toBe(parseYuan(text(e['payment'])));
  },
  'approximation-trap': (c) => {
    const n = BigInt(text(c.inputs['periods']));
    const fee = decimal(c.inputs['feePercent']);
    expectNear(divFixed((fee * 24n * n) as Fixed, fixedOf(n + 1n)), c.expected['approximationPercent'], c.tolerance);
    const payment = divFixed(fixedOf(100n), fixedOf(n)) + fee;
    expectNear((percent(monthlyRate(lent(fixedOf(100n), Array.from({ length: Number(n) }, () => payment)))) * 12n) as Fixed, c.expected['exactIrrTimes12'], c.tolerance);
  },
  'upfront-deduction': (c) => {
    const payments = Array.from({ length: Number(c.inputs['periods']) }, () => parseYuan(text(c.inputs['payment'])) as bigint);
    const cost = ppmOfFixed(effectiveRate(monthlyRate(lent(parseYuan(text(c.inputs['received'])), payments)), 12));
    const [low, high] = c.expected['effectiveAnnualPercentBetween'] as [string, string];
    expect(cost).toBeGreaterThan(ppm(low));
    expect(cost).toBeLessThan(ppm(high));
  },
  'daily-accrual': (c) => {
    const from = businessDate(text(c.inputs['from'] ?? '2022-08-22'));
    const dayCount = text(c.inputs['dayCount']);
    const terms = dayCount === '30/360' ? termsOf(c, 'monthly', {})
      : termsOf(c, dayCount === 'actual/360' ? 'act_360' : 'act_365', { method: 'any_time', termDays: Number(c.inputs['days']) });
    const [row] = scheduleOf(terms, from);
    expect(row!.interest).toBe(parseYuan(text(c.expected['interest'])));
    if (c.expected['payment'] !== undefined) {
      const principal = parseYuan(text(c.expected['payment'])) - row!.interest;
      expect([principal, row!.principal - principal]).toEqual([c.expected['principalPaid'], c.expected['balance']].map((v) => parseYuan(text(v))));
    }
  },
  'fixed-payment-runoff': (c) => {
    const rows = amortize({ principal: rowsOf(c).principal, periods: monthsOf(c, 60), shape: 'level', installment: parseYuan(text(c.inputs['payment'])) });
    expect([rows.length, rows.at(-1)!.total]).toEqual([c.expected['periods'], parseYuan(text(c.expected['lastPayment']))]);
  },
  'deferment': (c) => {
    expect(c.inputs['deferment']).toBe('interest capitalised');
    const rows = amortize({ principal: rowsOf(c).principal, periods: monthsOf(c, Number(c.inputs['periods'])), shape: 'level', capitalized: Number(c.inputs['defermentMonths']) });
    expect([rows[0]!.balance, rows[1]!.balance, rows[2]!.total]).toEqual(['balanceAfter1', 'balanceAfter2', 'payment'].map((name) => parseYuan(text(c.expected[name]))));
  },
  'daily-to-annual': (c) => {
    // 100,000.00 yuan for 360 and for 365 days at the daily rate.
    const daily = decimal(c.inputs['dailyRatePercent']);
    expect(ppmOfFixed((daily * 360n) as Fixed)).toBe(ppmOfFixed(decimal(c.expected['annualPercentX360'])));
    const rate = annualRatePpm(ppm(c.expected['annualPercentX360']));
    const terms = { ...termsOf({ ...c, inputs: { principal: '100000.00', annualRatePercent: '0' } }, 'act_360', { method: 'any_time', termDays: 365 }), rate };
    const [row] = scheduleOf(terms, businessDate('2026-01-01'));
    expect(row!.interest * 10n).toBe(ppm(c.expected['annualPercentX365']) * 100n);
  },
  'hidden-fee-solve': (c) => {
    const loan = { rate: fixedOf(15n, 1000n), nper: 12, pv: -fixedOf(100n) as Fixed, fv: fixedOf(0n), type: 0 as const };
    const level = annuity.pmt(loan);
    const { expected: e } = c;
    const fee = decimal(e['upfrontFeePercentOfPrincipal'] ?? e['monthlyFeePercentOfPrincipal'] ?? e['feePercentOfPrincipal'] ?? e['flatPercentPerMonth']);
    const payments = Array.from({ length: 12 }, (): bigint => level);
    let received: bigint = fixedOf(100n);
    if (c.id.endsWith('-upfront')) received -= fee;
    else if (c.id.endsWith('-monthly-fee')) payments.forEach((_, i) => (payments[i]! += fee));
    else if (c.id.endsWith('-first-instalment-fee')) payments[0]! += fee;
    else payments.fill(divFixed(fixedOf(100n), fixedOf(12n)) + fee);
    const rate = monthlyRate(lent(received, payments));
    const yearly = c.id.includes('-irr12-') ? ((rate * 12n) as Fixed) : effectiveRate(rate, 12);
    // Eight published digits of the fee fix the rate to seven or so.
    expectNear(percent(yearly), '45', '0.000002');
  },
};

/** The table a reader sees; a case is run here, or named there with its reason. */
const skipped = new Map(
  readFileSync(new URL('./skipped-cases.md', import.meta.url), 'utf8').split('\n')
    .map((line) => /^\| ([^|]+) \| ([^|]+) \| ([^|]+) \|$/.exec(line)).filter((match) => match !== null && match[1] === 'cn-schedules')
    .map((match) => [match![2]!.trim(), match![3]!.trim()]),
);

describe('published Chinese schedules', () => {
  for (const c of cases) if (c.verified && !skipped.has(c.id)) it(`${c.id}: ${c.type}`, () => checks[c.type]!(c));
  it('are run or named as skipped with a reason, never both and never neither', () => {
    const unknown = [...skipped.keys()].filter((id) => !cases.some((c) => c.id === id && c.verified));
    expect(unknown).toEqual([]);
    expect(cases.filter((c) => c.verified && checks[c.type] === undefined).map((c) => c.id).toSorted()).toEqual([...skipped.keys()].toSorted());
  });
  it('cost what annualCostOf says of them', () => {
    const payments = Array.from({ length: 12 }, (_, i) => ({ dueOn: businessDate(`2026-${String(i + 1).padStart(2, '0')}-28`), principal: fen(50_000n), charges: fen(3_600n) }));
    const result = annualCostOf({ received: fen(600_000n), receivedOn: businessDate('2025-12-28'), payments });
    expect(result).toMatchObject({ kind: 'cost', cost: { irrTimes12Ppm: 130_342n, effectivePpm: 138_418n } });
  });
});
