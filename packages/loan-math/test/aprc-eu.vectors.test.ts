import { describe, expect, it } from 'vitest';
import { aprc, aprcFlows, aprcInterval, aprcPercent, businessDate, fixedOf, yearsOfInterval, type AprcFlow, type AprcUnit, type Fixed, type YearFraction } from '../src/index.ts';
import { decimalOf, skippedOf } from './decimal.ts';
import vectors from './vectors/aprc-eu.json' with { type: 'json' };

type Money = {
  readonly kind: 'drawdown' | 'payment' | 'charge'; readonly amount?: string; readonly amounts?: readonly string[]; readonly count?: number;
  readonly startMonths: number; readonly everyMonths: number; readonly days?: number; readonly daysInYear?: number;
  readonly plusDays?: { readonly days: number; readonly daysInYear: number };
};
type Case = {
  readonly id: string; readonly type: string; readonly verified: boolean; readonly cashFlows?: readonly Money[];
  readonly tolerancePercentPoints?: string; readonly independent: { readonly aprcPercent?: string; readonly aprPercent?: string; readonly realRootsFound?: number };
  readonly expected: Readonly<Record<string, string | number | null>>;
  readonly advance?: string; readonly payment?: string; readonly days?: string; readonly daysInYear?: string;
  readonly from?: string; readonly to?: string; readonly unit?: AprcUnit; readonly value?: string; readonly decimals?: number;
};

const cents = (text: string): bigint => decimalOf(text) / 10n ** 38n;
const near = (actual: Fixed, wanted: Fixed, tolerance: Fixed): boolean => (actual > wanted ? actual - wanted : wanted - actual) <= tolerance;

function at(money: Money, n: number): YearFraction {
  if (money.days !== undefined) return { numerator: BigInt(money.days), denominator: BigInt(money.daysInYear!) };
  const { days, daysInYear } = money.plusDays ?? { days: 0, daysInYear: 365 };
  const months = money.startMonths + n * money.everyMonths;
  return { numerator: BigInt(months * daysInYear + days * 12), denominator: BigInt(12 * daysInYear) };
}

const flowsOf = (all: readonly Money[]): readonly AprcFlow[] => all.flatMap((money) =>
  (money.amounts ?? Array.from({ length: money.count! }, () => money.amount!)).map((amount, n) => ({ at: at(money, n), amount: money.kind === 'drawdown' ? cents(amount) : -cents(amount) })));

function expectRate(c: Case, flows: readonly AprcFlow[]): void {
  const result = aprc(flows);
  if (result.kind !== 'rate') throw new Error(result.why);
  const percent = (result.rate * 100n) as Fixed;
  const [published, exact] = c.type === 'aprc' ? [c.expected['aprcPercent'], c.independent.aprcPercent!] : [c.expected['aprPercent'], c.independent.aprPercent!];
  expect(near(percent, decimalOf(`${published}`), (decimalOf(c.tolerancePercentPoints!) + fixedOf(1n, 10n ** 12n)) as Fixed)).toBe(true);
  const figures = exact.replace('.', '').replace(/^0+/, '').length;
  expect(near(percent, decimalOf(exact), (decimalOf(exact) / 10n ** BigInt(figures - 1)) as Fixed)).toBe(true);
  if (c.expected['aprcPercentRounded1dp'] !== undefined) expect(aprcPercent(result.rate)).toBe(c.expected['aprcPercentRounded1dp']);
  if (c.independent.realRootsFound !== undefined) expect(result.others).toHaveLength(c.independent.realRootsFound - 1);
}

const checks: Readonly<Record<string, (c: Case) => void>> = {
  aprc: (c) => expectRate(c, flowsOf(c.cashFlows!)),
  'uk-apr-single-payment-365.25': (c) => {
    const years = { numerator: BigInt(c.days!) * 100n, denominator: decimalOf(c.daysInYear!) / 10n ** 38n };
    expectRate(c, [{ at: { numerator: 0n, denominator: 1n }, amount: cents(c.advance!) }, { at: years, amount: -cents(c.payment!) }]);
  },
  'time-interval': (c) => {
    const interval = aprcInterval(businessDate(c.from!), businessDate(c.to!), c.unit!);
    expect(interval).toMatchObject({ wholeUnits: c.expected['wholeUnits'], unitsPerYear: c.expected['unitsPerYear'], days: c.expected['days'] });
    if (c.expected['daysInYear'] !== null) expect(interval.daysInYear).toBe(c.expected['daysInYear']);
    const { numerator, denominator } = yearsOfInterval(interval);
    expect(near(fixedOf(numerator, denominator), decimalOf(`${c.expected['years']}`), fixedOf(1n, 10n ** 12n))).toBe(true);
  },
  'rounding-remark-d': (c) => expect(aprcPercent((decimalOf(c.value!) / 100n) as Fixed, c.decimals)).toBe(c.expected['rounded']),
};

const skipped = skippedOf('aprc-eu');
const run = (vectors.cases as unknown as readonly Case[]).filter((c) => c.verified && !skipped.includes(c.id));

describe('published annual percentage rates of charge', () => {
  for (const c of run) it(`${c.id}: ${c.expected['aprcPercent'] ?? c.type}`, () => checks[c.type]!(c));
  it('are all run, or named with a reason', () => expect(run.length + skipped.length).toBe(75));
});

describe('the equation by dates', () => {
  const monthly = (drawnOn: string, first: [number, number], count: number, amount: string) => aprcFlows(businessDate(drawnOn), 'month', [
    { on: businessDate(drawnOn), amount: cents('200000') },
    { on: businessDate(drawnOn), amount: -cents('4000') },
    ...Array.from({ length: count }, (_, n) => {
      const month = first[1] - 1 + n;
      return { on: businessDate(`${first[0] + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-15`), amount: -cents(amount) };
    }),
  ]);
  // Remark: a day left over is counted in the year that ends with it, so each of the 240 payments has its own 365 or 366.
  it('of the Commission’s example 2 give its rate to the figure shown', () => {
    const result = aprc(monthly('2012-01-12', [2012, 2], 240, '1433.57'));
    expect(result.kind === 'rate' && aprcPercent(result.rate, 3)).toBe('6.434');
  });
  it('before the first drawdown count back from it', () => {
    const [charge] = aprcFlows(businessDate('2013-01-12'), 'month', [{ on: businessDate('2012-01-12'), amount: -100n }]);
    expect(charge!.at.numerator).toBe(-charge!.at.denominator);
  });
  it('in days alone count in the year that ends with them', () => {
    const days = aprcInterval(businessDate('2012-10-10'), businessDate('2012-10-15'), 'day');
    expect(days).toEqual({ wholeUnits: 0, unitsPerYear: 365, days: 5, daysInYear: 366 });
  });
});
