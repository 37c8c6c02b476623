import { describe, expect, it } from 'vitest';
import { examplesOf } from '../test/spec-page.ts';
import { amortizationPeriods, amortize, type AmortizationPeriod, type AmortizationShape, type AmortizationTerms } from './amortization.ts';
import { businessDate, formatDate } from './business-date.ts';
import type { DayCount } from './day-count.ts';
import { formatYuan, parseYuan } from './money.ts';
import { annualRatePpm } from './rate.ts';

const ppmOf = (percent: string): bigint => {
  const [whole = '', decimals = ''] = percent.split('.');
  return BigInt(whole + decimals.padEnd(4, '0'));
};

/** `6 equal months from 2024-01-01 at 12%`, `6 months from 2026-01-31 at 9% by act/365F` */
function periodsFrom(line: string): { readonly start: string; readonly periods: readonly AmortizationPeriod[] } {
  const [, count, start, rate, convention = 'equal'] = /^(\d+) (?:equal )?months from (\S+) at ([\d.]+)%(?: by (\S+))?$/.exec(line)!;
  const periods = amortizationPeriods({ from: businessDate(start!), count: Number(count), unit: 'month', rate: annualRatePpm(ppmOf(rate!)), convention: convention as DayCount });
  return { start: start!, periods };
}

/** `level 100.00 half_even respread 3` and the lines below it. */
function termsFrom([first, second, ...changes]: readonly string[]): AmortizationTerms {
  const word = (name: string): string | undefined => new RegExp(` ${name} (\\S+)`).exec(first!)?.[1];
  const count = (name: string): number => Number(word(name) ?? 0);
  const { start, periods } = periodsFrom(second!);
  const [shape, principal] = first!.split(' ');
  let from = businessDate(start);
  const changed = periods.map((period): AmortizationPeriod => {
    const begun = from;
    from = period.dueOn;
    const inside = changes.map((line) => line.split(' on ')).map(([amount, on]) => ({ amount: parseYuan(amount!), on: businessDate(on!) })).filter(({ on }) => on > begun && on < period.dueOn);
    const { numerator, denominator } = period.factor;
    return { ...period, changes: inside.map(({ amount, on }) => ({ amount, factor: { numerator: numerator * BigInt(period.dueOn - on), denominator: denominator * BigInt(period.dueOn - begun) } })) };
  });
  const installment = word('installment');
  const down = word('down');
  return {
    shape: shape as AmortizationShape, principal: parseYuan(principal!), periods: changed, rounding: first!.includes('half_even') ? 'half_even' : 'half_up',
    respread: count('respread'), graceOnPrincipal: count('grace-on-principal'), graceOnInterest: count('grace-on-interest'), interestFree: count('interest-free'), capitalized: count('capitalized'),
    ...(installment === undefined ? {} : { installment: parseYuan(installment) }),
    ...(down === undefined ? {} : { downPayment: { amount: parseYuan(down), dueOn: businessDate(start) } }),
  };
}

describe('docs/specs/amortization.md', () => {
  const examples = examplesOf('amortization.md', 'no');
  it('has its ten examples', () => expect(examples).toHaveLength(10));
  for (const { block, rows } of examples) {
    it(block.join(' · '), () => {
      const computed = amortize(termsFrom(block)).map((row) => [String(row.number), formatDate(row.dueOn), ...[row.principal, row.interest, row.total, row.capitalized, row.balance].map(formatYuan)]);
      expect(computed).toEqual(rows);
    });
  }
});
