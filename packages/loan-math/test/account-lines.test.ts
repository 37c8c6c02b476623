import { describe, expect, it } from 'vitest';
import { accountLines, businessDate, formatDate, type AccountLine, type LoanEvent } from '../src/index.ts';
import { eventsFrom, termsFrom } from './spec-page.ts';

const { terms } = termsFrom('level_principal monthly 1400.00 0% 15 months penalty 36%');
const lent = eventsFrom(['2026-01-05 disbursed 1400.00']);
const said = ({ why }: AccountLine): readonly string[] => why.map(({ zh }) => zh);

describe('an account with more installments overdue than anybody reads at one go', () => {
  const lines = accountLines(terms, lent, businessDate('2027-03-10'));
  const [penalty, due, today] = lines.slice(-3) as [AccountLine, AccountLine, AccountLine];

  it('tells twelve of them each by itself, and the rest in a sum', () => {
    expect([formatDate(penalty.on), penalty.kind, penalty.installment, due.kind, due.installment, today.kind]).toEqual(['2027-03-05', 'overdue', null, 'fell_due', 14, 'today']);
    expect(said(penalty)).toHaveLength(25);
    // 93.33 × 36% ÷ 360 × 28 days since 5 February 2027, the day on which it fell due.
    expect(said(penalty).slice(-3)).toEqual([
      '第 12 期的逾期本金从 2027 年 1 月 5 日到 2027 年 3 月 5 日计罚息 59 天：93.33 × 36% ÷ 360 × 59 天 = 5.51 元（四舍五入到分）。',
      '第 12 期这次增加：共 5.51 − 此前已计 2.89 = 2.62 元。',
      '另有 1 期的罚息这次共增加：2.61 元。',
    ]);
    expect(penalty.why[penalty.why.length - 1]!.en).toBe('Penalty on 1 more installments, new in all: CNY 2.61.');
  });

  it('tells each of the rest by itself where it ends', () => {
    const last = said(today).filter((text) => text.startsWith('第 13 期'));
    expect(last).toEqual(['第 13 期的逾期本金从 2027 年 2 月 5 日到 2027 年 3 月 10 日计罚息 33 天（罚息年利率 36%，代替合同利率）：93.33 × 36% ÷ 360 × 33 天 = 3.08 元（四舍五入到分）。']);
    expect(said(today).filter((text) => text.startsWith('第 12 期'))[1]).toBe('第 12 期这次增加：共 5.97 − 此前已计 5.51 = 0.46 元。');
  });
});

describe('an account as it was known', () => {
  const events = eventsFrom(['2026-01-05 disbursed 1400.00', '2026-02-05 repayment_received 93.33', '2026-02-06 repayment_reversed e2']);
  const told = (on: string, knownThrough?: number) => accountLines(terms, events, businessDate(on), knownThrough).map(({ event, kind }) => event ?? kind);

  it('has a line for what was known then, and for that only', () => {
    expect(told('2026-02-06')).toEqual(['e1', 'fell_due', 'e2', 'e3', 'today']);
    expect(told('2026-02-06', 3)).toEqual(['e1', 'fell_due', 'e2', 'e3', 'today']);
    expect(told('2026-02-06', 2)).toEqual(['e1', 'fell_due', 'e2', 'today']);
    expect(told('2026-02-05', 3)).toEqual(['e1', 'fell_due', 'e2', 'today']);
    expect(told('2026-02-04')).toEqual(['e1', 'today']);
  });

  it('of which installment penalty is, where it is of one', () => {
    const lines = accountLines(terms, lent, businessDate('2026-03-06'));
    expect(lines.filter(({ kind }) => kind === 'overdue').map(({ on, installment }) => [formatDate(on), installment])).toEqual([['2026-03-05', 1]]);
  });

  it('needs terms, events and a day', () => {
    expect(() => accountLines(terms, 7 as unknown as readonly LoanEvent[], businessDate('2026-02-06'))).toThrow(/^events is 7: /);
    expect(() => accountLines({ ...terms, months: 0 }, lent, businessDate('2026-02-06'))).toThrow(RangeError);
  });
});
