import { describe, expect, it } from 'vitest';
import { aprcPercent } from './aprc.ts';
import { businessDate } from './business-date.ts';
import { fixedOf, ONE } from './fixed.ts';
import { financeChargePer100, regZApr, type RegZLoan } from './reg-z.ts';
import { singlePaymentPeriod, unitPeriodsBetween, unitPeriodsPerYear, type UnitPeriod } from './reg-z-periods.ts';

const unchecked = <T>(value: unknown): T => value as T;
const day = (text: string) => businessDate(text);
const at = (whole: number, numerator = 0n, denominator = 1n) => ({ whole, odd: { numerator, denominator } });
const loan: RegZLoan = { unitPeriodsPerYear: { numerator: 12n, denominator: 1n }, advances: [{ at: at(0), amount: 100n }], payments: [{ at: at(1), amount: 110n }] };
const perYear = (numerator: bigint, denominator: bigint): RegZLoan => ({ ...loan, unitPeriodsPerYear: { numerator, denominator } });
const ratio = ({ numerator, denominator }: RegZLoan['unitPeriodsPerYear']): string => `${numerator}/${denominator}`;
const paid = (payment: unknown): RegZLoan => ({ ...loan, payments: [unchecked(payment)] });
const shown = (each: RegZLoan): string => {
  const found = regZApr(each);
  return found.kind === 'rate' ? aprcPercent(found.apr, 10) : found.why;
};
const MOST = 10n ** 100n;

describe('an annual percentage rate', () => {
  it('is the rate of a unit-period times those of a year', () => {
    expect([loan, perYear(1n, 100n), perYear(366n, 1n)].map(shown)).toEqual(['120.0000000000', '0.1000000000', '3660.0000000000']);
  });
  it('takes an odd part by simple interest', () => {
    // 110 after half a unit-period: half of 20 %.
    expect(shown(paid({ at: at(0, 1n, 2n), amount: 110n }))).toBe('240.0000000000');
  });
});

describe('what is refused', () => {
  const outside: readonly (readonly [message: string, act: () => unknown])[] = [
    ['loan is null: an object', () => regZApr(unchecked(null))],
    ['unitPeriodsPerYear is 12: an object', () => regZApr({ ...loan, unitPeriodsPerYear: unchecked(12) })],
    ['unitPeriodsPerYear.numerator is 0: 1 to 1000000', () => regZApr(perYear(0n, 1n))],
    ['unitPeriodsPerYear.denominator is 1000001: 1 to 1000000', () => regZApr(perYear(1n, 1_000_001n))],
    ['unitPeriodsPerYear is "367/1": 1/100 to 366', () => regZApr(perYear(367n, 1n))],
    ['unitPeriodsPerYear is "1/101": 1/100 to 366', () => regZApr(perYear(1n, 101n))],
    ['advances is 5: a list of at most 10000', () => regZApr({ ...loan, advances: unchecked(5) })],
    ['payments is 5: a list of at most 9999', () => regZApr({ ...loan, payments: unchecked(5) })],
    ['payments[0] is undefined: an object', () => regZApr(paid(undefined))],
    [`payments[0].amount is -1: 0 to ${MOST}`, () => regZApr(paid({ at: at(1), amount: -1n }))],
    [`payments[0].amount is more than 10^60: 0 to ${MOST}`, () => regZApr(paid({ at: at(1), amount: MOST + 1n }))],
    ['payments[0].at is 1: an object', () => regZApr(paid({ at: 1, amount: 1n }))],
    ['payments[0].at.whole is 20001: 0 to 20000', () => regZApr(paid({ at: at(20_001), amount: 1n }))],
    ['payments[0].at.odd is 0: an object', () => regZApr(paid({ at: { whole: 1, odd: 0 }, amount: 1n }))],
    ['payments[0].at.odd.denominator is 1000001: 1 to 1000000', () => regZApr(paid({ at: at(1, 0n, 1_000_001n), amount: 1n }))],
    ['payments[0].at.odd.numerator is 31: 0 to 30', () => regZApr(paid({ at: at(1, 31n, 30n), amount: 1n }))],
    [`apr is 0: 1 to ${ONE * 1_000_000n}`, () => financeChargePer100(fixedOf(0n), 12)],
    ['payments is 0: 1 to 20000', () => financeChargePer100(ONE, 0)],
    [`to is ${day('2026-01-10')}: after from, ${day('2026-01-10')}: a term is at least a day`, () => singlePaymentPeriod(day('2026-01-10'), day('2026-01-10'))],
    ['unit is null: an object', () => unitPeriodsBetween(day('2026-01-10'), day('2026-02-10'), unchecked(null))],
    ['unit.kind is "decade": day, week, semimonth, month or year', () => unitPeriodsBetween(day('2026-01-10'), day('2026-02-10'), unchecked({ kind: 'decade' }))],
    ['unit.kind is "decade": day, week, semimonth, month or year', () => unitPeriodsPerYear(unchecked({ kind: 'decade' }))],
    ['unit.count is 0: 1 to 52', () => unitPeriodsPerYear({ kind: 'week', count: 0 })],
    ['unit.count is 12: 1 to 11', () => unitPeriodsPerYear({ kind: 'month', count: 12 })],
  ];
  it.each(outside)('%s', (message, act) => expect(act).toThrow(expect.objectContaining({ name: 'ArgumentError', message })));
});

describe('a term of one payment', () => {
  const terms: readonly (readonly [from: string, to: string, perYear: string, whole: number, odd: string])[] = [
    ['2026-01-10', '2026-01-11', '365/1', 1, '0/1'],
    ['2026-01-10', '2026-02-10', '12/1', 1, '0/1'],
    ['2026-01-31', '2026-02-28', '365/28', 1, '0/1'],
    ['2026-01-10', '2026-12-10', '12/11', 1, '0/1'],
    ['2026-01-10', '2027-01-10', '12/12', 1, '0/1'],
    ['2026-01-10', '2027-01-11', '1/1', 1, '1/365'],
    ['2026-01-10', '2027-03-10', '1/1', 1, '2/12'],
    ['2024-01-10', '2026-01-09', '1/1', 1, '365/365'],
  ];
  it.each(terms)('from %s to %s: %s a year', (from, to, year, whole, odd) => {
    const found = singlePaymentPeriod(day(from), day(to));
    expect([ratio(found.perYear), found.at.whole, ratio(found.at.odd)]).toEqual([year, whole, odd]);
  });
});

describe('unit-periods', () => {
  const spans: readonly (readonly [from: string, to: string, unit: UnitPeriod, whole: number, odd: string])[] = [
    ['2026-01-10', '2026-01-25', { kind: 'day' }, 15, '0/1'],
    ['2026-01-10', '2026-01-30', { kind: 'week', count: 2 }, 1, '6/14'],
    ['2026-01-10', '2026-03-27', { kind: 'semimonth' }, 5, '2/15'],
    ['2026-01-10', '2026-03-09', { kind: 'month', count: 1 }, 2, '0/30'],
    ['2025-03-01', '2026-02-28', { kind: 'year' }, 0, '364/365'],
    ['2023-03-01', '2024-02-29', { kind: 'year' }, 0, '365/365'],
    ['2026-01-10', '2029-08-10', { kind: 'year' }, 3, '7/12'],
  ];
  it.each(spans)('from %s to %s by %o: %i and %s', (from, to, unit, whole, odd) => {
    const found = unitPeriodsBetween(day(from), day(to), unit);
    expect([found.whole, ratio(found.odd)]).toEqual([whole, odd]);
  });
});
