import { describe, expect, it } from 'vitest';
import {
  aprcPercent, businessDate, financeChargePer100, fixedOf, regZApr, singlePaymentPeriod, unitPeriodsBetween, unitPeriodsPerYear, type Fixed, type RegZFlow, type UnitPeriod, type YearFraction,
} from '../src/index.ts';
import { decimalOf, skippedOf } from './decimal.ts';
import vectors from './vectors/reg-z.json' with { type: 'json' };

type Money = { readonly amount: string; readonly unitPeriods: number; readonly fraction: string; readonly count?: number; readonly everyUnitPeriods?: number };
type Case = {
  readonly id: string; readonly type: string; readonly verified: boolean; readonly unitPeriod?: string; readonly unitPeriodsPerYear?: string;
  readonly advances?: readonly Money[]; readonly payments?: readonly Money[]; readonly dates?: { readonly advance: string; readonly first?: string; readonly payment?: string };
  readonly aprPercent?: string; readonly monthlyPayments?: number; readonly tolerance?: string; readonly tolerancePercentPoints?: string;
  readonly expected: { readonly aprPercent?: string; readonly financeChargePer100?: string };
  readonly independent: { readonly aprPercent?: string; readonly financeChargePer100?: string };
};

const cents = (text: string): bigint => decimalOf(text) / 10n ** 38n;
const near = (actual: Fixed, wanted: Fixed, tolerance: Fixed): boolean => (actual > wanted ? actual - wanted : wanted - actual) <= tolerance;

function fractionOf(text: string): YearFraction {
  const [numerator, denominator = '1'] = text.split('/');
  return { numerator: BigInt(numerator!), denominator: BigInt(denominator) };
}

const flowsOf = (all: readonly Money[]): readonly RegZFlow[] => all.flatMap(({ amount, unitPeriods, fraction, count = 1, everyUnitPeriods = 1 }) =>
  Array.from({ length: count }, (_, n) => ({ at: { whole: unitPeriods + n * everyUnitPeriods, odd: fractionOf(fraction) }, amount: cents(amount) })));

const UNITS: Readonly<Record<string, UnitPeriod>> = {
  day: { kind: 'day' }, week: { kind: 'week', count: 1 }, '2 weeks': { kind: 'week', count: 2 }, '4 weeks': { kind: 'week', count: 4 }, semimonth: { kind: 'semimonth' },
  month: { kind: 'month', count: 1 }, '2 months': { kind: 'month', count: 2 }, quarter: { kind: 'month', count: 3 }, '6 months': { kind: 'month', count: 6 }, year: { kind: 'year' },
};

const checks: Readonly<Record<string, (c: Case) => void>> = {
  'apr-actuarial': (c) => {
    const result = regZApr({ unitPeriodsPerYear: fractionOf(c.unitPeriodsPerYear!), advances: flowsOf(c.advances!), payments: flowsOf(c.payments!) });
    if (result.kind !== 'rate') throw new Error(result.why);
    const percent = (result.apr * 100n) as Fixed;
    expect(near(percent, decimalOf(c.expected.aprPercent!), (decimalOf(c.tolerancePercentPoints!) + 1n) as Fixed)).toBe(true);
    expect(near(percent, decimalOf(c.independent.aprPercent!), fixedOf(1n, 10n ** 11n))).toBe(true);
  },
  'apr-table-finance-charge-per-100': (c) => {
    const charge = financeChargePer100((decimalOf(c.aprPercent!) / 100n) as Fixed, c.monthlyPayments!);
    expect(near(charge, decimalOf(c.expected.financeChargePer100!), decimalOf(c.tolerance!))).toBe(true);
    expect(near(charge, decimalOf(c.independent.financeChargePer100!), fixedOf(1n, 10n ** 7n))).toBe(true);
  },
};

const cases = vectors.cases as unknown as readonly Case[];
const skipped = skippedOf('reg-z');
const run = cases.filter((c) => c.verified && !skipped.includes(c.id));

describe('published annual percentage rates under Regulation Z', () => {
  for (const c of run) it(`${c.id}: ${c.expected.aprPercent ?? c.expected.financeChargePer100}`, () => checks[c.type]!(c));
  it('are all run, or named with a reason', () => expect(run.length + skipped.length).toBe(55));
});

describe('unit-periods between two days', () => {
  const dated = cases.filter((c) => c.dates?.first !== undefined && c.id !== 'ffiec-yearly-3');
  for (const c of dated) {
    it(`${c.id}: ${c.dates!.advance} to ${c.dates!.first}`, () => {
      const unit = UNITS[c.unitPeriod!]!;
      const { whole, odd } = unitPeriodsBetween(businessDate(c.dates!.advance), businessDate(c.dates!.first!), unit);
      const [first] = c.payments!;
      const wanted = fractionOf(first!.fraction);
      expect(whole).toBe(first!.unitPeriods);
      expect(odd.numerator * wanted.denominator).toBe(wanted.numerator * odd.denominator);
      const [perYear, printed] = [unitPeriodsPerYear(unit), fractionOf(c.unitPeriodsPerYear!)];
      expect(perYear.numerator * printed.denominator).toBe(printed.numerator * perYear.denominator);
    });
  }
  it('are checked for all that print their days', () => expect(dated).toHaveLength(21));
  it('of a year count odd days in 365, where the examiners’ tool counts 360 (ffiec-yearly-3)', () => {
    expect(unitPeriodsBetween(businessDate('2026-04-27'), businessDate('2027-04-30'), { kind: 'year' })).toEqual({ whole: 1, odd: { numerator: 3n, denominator: 365n } });
    expect(unitPeriodsBetween(businessDate('2026-01-31'), businessDate('2027-07-31'), { kind: 'year' })).toEqual({ whole: 1, odd: { numerator: 6n, denominator: 12n } });
  });
  for (const c of cases.filter(({ dates }) => dates?.payment !== undefined)) {
    it(`${c.id}: a single payment’s term is the unit-period`, () => {
      const { perYear, at } = singlePaymentPeriod(businessDate(c.dates!.advance), businessDate(c.dates!.payment!));
      const printed = fractionOf(c.unitPeriodsPerYear!);
      expect(perYear.numerator * printed.denominator).toBe(printed.numerator * perYear.denominator);
      expect(at.whole).toBe(1);
    });
  }
  it('are shown in percent, rounded half up', () => expect(aprcPercent(fixedOf(1_034n, 10_000n), 2)).toBe('10.34'));
});
