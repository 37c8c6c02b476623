import { describe, expect, it } from 'vitest';
import { addDays, aprc, aprcFlows, businessDate, financeChargePer100, fixedOf, ppmOfFixed, regZApr, singlePaymentPeriod, unitPeriodsBetween, unitPeriodsPerYear, type RegZFlow, type UnitPeriod } from '../src/index.ts';

const at = (whole: number, days = 0n) => ({ whole, odd: { numerator: days, denominator: 30n } });
const level = (count: number, amount: bigint, days = 0n): RegZFlow[] => Array.from({ length: count }, (_, n) => ({ at: at(n + 1, days), amount }));
const month = { numerator: 12n, denominator: 1n };
const lent = (amount: bigint): RegZFlow[] => [{ at: at(0), amount }];

/** Who recomputes a rate with the same arithmetic gets the same forty digits. The last dozen are how it was searched, and are no claim about the loan. */
const DIGITS: readonly (readonly [loan: string, advances: readonly RegZFlow[], payments: readonly RegZFlow[], apr: bigint, perYear?: bigint])[] = [
  ['24 payments', lent(500_000n), level(24, 23_000n), 968570806228076748909977531033465156532n],
  ['36 payments after an odd first period', lent(600_000n), level(36, 20_000n, 11n), 1199435701778693607306299237511331945812n],
  ['less back than was lent', lent(500_000n), level(24, 20_000n), -388837171400802034716506980266801062628n],
  ['little of it back, after an odd period', lent(500_000n), level(24, 2_000n, 7n), -16409862680288436599981921823537230838492n],
  ['two advances', [...lent(300_000n), { at: at(3, 15n), amount: 200_000n }], level(12, 46_000n), 2393210985888434474384608002231535941312n],
  ['ten dear weeks', lent(10_000n), level(10, 3_000n), 142063180534593167477964980225974226107052n, 52n],
  ['one unit more, a day later', lent(100_000n), [{ at: at(0, 1n), amount: 100_001n }], 36000000000000000000000000000000000156n],
  ['seven times as much after a month', lent(100n), [{ at: at(1), amount: 700n }], 719999999999999999999999999999999999999748n],
  ['interest first', lent(1_000_000n), [...level(11, 8_000n), { at: at(12), amount: 1_008_000n }], 959999999999999999999999999999999999988n],
  ['as much back as was lent', lent(120_000n), level(12, 10_000n), 0n],
];

describe('the digits of a Regulation Z rate', () => {
  for (const [loan, advances, payments, apr, perYear] of DIGITS) {
    it(`are always these: ${loan}`, () => {
      const found = regZApr({ unitPeriodsPerYear: perYear === undefined ? month : { numerator: perYear, denominator: 1n }, advances, payments });
      expect(found).toEqual({ kind: 'rate', apr });
    });
  }
  it('are none where there is no rate', () => {
    const kind = (advances: readonly RegZFlow[], payments: readonly RegZFlow[]) => {
      const found = regZApr({ unitPeriodsPerYear: month, advances, payments });
      return found.kind === 'none' ? found.why : 'rate';
    };
    expect([kind([], level(3, 1n)), kind(lent(0n), level(3, 1n)), kind(lent(100n), []), kind(lent(100n), level(2, 0n))]).toEqual(['nothing_advanced', 'nothing_advanced', 'nothing_paid', 'nothing_paid']);
    expect([kind(lent(1n), [{ at: at(1), amount: 1_000_001n }]), kind(lent(1n), [{ at: at(1), amount: 10n ** 7n }]), kind(lent(10n ** 5n), [{ at: at(1), amount: 11n }]), kind(lent(10n ** 5n), [{ at: at(1), amount: 9n }])]).toEqual(['rate', 'out_of_range', 'rate', 'out_of_range']);
  });
  it('are asked of a hundredth to 366 unit-periods a year', () => {
    const ask = (numerator: bigint, denominator: bigint) => () => regZApr({ unitPeriodsPerYear: { numerator, denominator }, advances: lent(100n), payments: level(1, 110n) });
    expect([ask(366n, 1n)().kind, ask(1n, 100n)().kind]).toEqual(['rate', 'rate']);
    expect(ask(367n, 1n)).toThrow('unitPeriodsPerYear is "367/1": 1/100 to 366');
    expect(ask(1n, 101n)).toThrow('unitPeriodsPerYear is "1/101": 1/100 to 366');
  });
});

describe('unit-periods', () => {
  const day = businessDate;
  it('of a loan of one payment are its term, in months where it is whole months', () => {
    const yearly = (from: string, to: string) => {
      const { perYear, at: when } = singlePaymentPeriod(day(from), day(to));
      return `${perYear.numerator}/${perYear.denominator} ${when.whole} ${when.odd.numerator}/${when.odd.denominator}`;
    };
    expect([yearly('2026-01-15', '2026-04-15'), yearly('2026-01-15', '2026-04-16'), yearly('2026-01-15', '2026-01-16'), yearly('2026-01-15', '2027-01-15')]).toEqual(['12/3 1 0/1', '365/91 1 0/1', '365/1 1 0/1', '12/12 1 0/1']);
    expect([yearly('2026-01-15', '2027-01-16'), yearly('2026-01-15', '2028-04-15'), yearly('2026-01-15', '2028-04-20'), yearly('2024-02-29', '2026-02-28')]).toEqual(['1/1 1 1/365', '1/1 2 3/12', '1/1 2 95/365', '1/1 1 365/365']);
    expect(() => singlePaymentPeriod(day('2026-01-15'), day('2026-01-15'))).toThrow('after from, ');
  });
  it('are of days, weeks, half months, months and years, so many a year', () => {
    const ways: readonly UnitPeriod[] = [{ kind: 'day' }, { kind: 'week', count: 2 }, { kind: 'semimonth' }, { kind: 'month', count: 3 }, { kind: 'year' }];
    expect(ways.map((unit) => unitPeriodsPerYear(unit)).map(({ numerator, denominator }) => `${numerator}/${denominator}`)).toEqual(['365/1', '52/2', '24/1', '12/3', '1/1']);
    expect(ways.map((unit) => unitPeriodsBetween(day('2026-01-15'), day('2026-05-01'), unit)).map(({ whole, odd }) => `${whole} ${odd.numerator}/${odd.denominator}`)).toEqual(['106 0/1', '7 8/14', '7 2/15', '1 17/90', '0 106/365']);
    for (const count of [0, 12, 1.5]) expect(() => unitPeriodsPerYear({ kind: 'month', count })).toThrow('unit.count is ');
    expect(() => unitPeriodsPerYear({ kind: 'moon' } as never)).toThrow('unit.kind is "moon": day, week, semimonth, month or year');
  });
  it('give the finance charge per 100 that the tables print', () => {
    expect(ppmOfFixed(financeChargePer100(fixedOf(1n, 10n), 12))).toBe(5_499_065n);
  });
});

describe('a rate of charge with a charge before the first drawdown', () => {
  const drawn = businessDate('2026-01-15');
  it('is the one nearest to nothing, the others beside it', () => {
    const found = aprc(aprcFlows(drawn, 'day', [{ on: addDays(drawn, -365), amount: -100n }, { on: drawn, amount: 230n }, { on: addDays(drawn, 365), amount: -132n }]));
    expect(found.kind === 'rate' && [ppmOfFixed(found.rate), found.others.map(ppmOfFixed)]).toEqual([100_000n, [200_000n]]);
    const below = aprc(aprcFlows(drawn, 'day', [{ on: addDays(drawn, -365), amount: -100n }, { on: drawn, amount: 190n }, { on: addDays(drawn, 365), amount: -84n }]));
    expect(below.kind === 'rate' && [ppmOfFixed(below.rate), below.others.map(ppmOfFixed)]).toEqual([200_000n, [-300_000n]]);
  });
  it('is none beyond 10^40, and a price up to there', () => {
    const paid = (amount: bigint) => aprc([{ at: { numerator: 0n, denominator: 1n }, amount: 1n }, { at: { numerator: 1n, denominator: 2n }, amount: -amount }]);
    expect(paid(10n ** 6n).kind).toBe('rate');
    expect(paid(10n ** 21n)).toEqual({ kind: 'none', why: 'out_of_range' });
  });
});
