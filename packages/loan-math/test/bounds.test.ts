import { describe, expect, it } from 'vitest';
import {
  actActIsma, addDays, addMonths, advertisedRate, anchoredMonths, annualRatePpm, annuity, aprc, aprcFlows, aprcInterval, aprcPercent, ArgumentError, businessDate, businessDateOf, canonicalJson, civilOf, days360,
  daysInMonth, divFixed, divideFloor, divideHalfUp, edate, eomonth, excelYearFrac, feeThatCosts, fen, FEN_MAX, financeChargePer100, fixedOf, formatDate, fromCivil, isLeapYear, lnFixed, ONE, parseYuan, powFixed, readOffer,
  regZApr, rootFixed, singlePaymentPeriod, trueCost, unitPeriodsBetween, unitPeriodsPerYear, yearFraction, yearsOfInterval, ZERO, type BusinessDate, type CostQuestion, type Fixed, type OfferDescription, type RegZFlow,
} from '../src/index.ts';

/** A bound of a function: the call just inside is taken, the one just outside refused in these words. */
type Bound = readonly [bound: string, inside: () => unknown, outside: () => unknown, words: string];

const first = businessDate('0001-01-01');
const last = businessDate('9999-12-31');
const day = businessDate('2026-01-15');
const next = (on: number, days = 1): BusinessDate => (on + days) as BusinessDate;
const fixed = (value: bigint): Fixed => value as Fixed;
const unchecked = <T>(value: unknown): T => value as T;
const FAR = fixedOf(10n ** 60n);
const MILLION = fixedOf(1_000_000n);
const AMOUNT = fixedOf(10n ** 40n);
const LEAST = fixedOf(-9_999n, 10_000n);

const tables: Readonly<Record<string, readonly Bound[]>> = {
  money: [
    ['most fen', () => fen(FEN_MAX), () => fen(FEN_MAX + 1n), 'amount is 1000000000000001: '],
    ['least fen', () => fen(-FEN_MAX), () => fen(-FEN_MAX - 1n), 'amount is -1000000000000001: '],
    ['a whole fen', () => fen(1n), () => fen(unchecked(1)), 'amount is 1: a bigint'],
    ['most yuan', () => parseYuan('10000000000000.00'), () => parseYuan('10000000000000.01'), 'text is "10000000000000.01": an amount in yuan'],
    ['two decimals', () => parseYuan('1.05'), () => parseYuan('1.055'), 'text is "1.055"'],
    ['least denominator', () => divideHalfUp(5n, 1n), () => divideHalfUp(5n, 0n), 'denominator is 0: a bigint above 0'],
    ['least denominator, down', () => divideFloor(5n, 1n), () => divideFloor(5n, 0n), 'denominator is 0: a bigint above 0'],
    ['most ppm', () => annualRatePpm(10_000_000n), () => annualRatePpm(10_000_001n), 'ppm is 10000001: '],
    ['least ppm', () => annualRatePpm(0n), () => annualRatePpm(-1n), 'ppm is -1: '],
  ],
  days: [
    ['last day', () => businessDateOf(last), () => businessDateOf(last + 1), 'epochDay is 2932897: '],
    ['first day', () => businessDateOf(first), () => businessDateOf(first - 1), 'epochDay is -719163: '],
    ['a leap day', () => businessDate('2024-02-29'), () => businessDate('2026-02-29'), 'text is "2026-02-29": a day as YYYY-MM-DD that exists'],
    ['the length of a month', () => fromCivil(2024, 2, 29), () => fromCivil(2026, 2, 29), 'day is 29: 1 to 28'],
    ['the last year', () => fromCivil(9999, 12, 31), () => fromCivil(10_000, 1, 1), 'year is 10000: 1 to 9999'],
    ['December', () => daysInMonth(2026, 12), () => daysInMonth(2026, 13), 'month is 13: 1 to 12'],
    ['the first year', () => isLeapYear(1), () => isLeapYear(0), 'year is 0: 1 to 9999'],
    ['civil: last day', () => civilOf(last), () => civilOf(next(last)), 'date is 2932897: '],
    ['written: first day', () => formatDate(first), () => formatDate(next(first, -1)), 'date is -719163: '],
    ['days to the last', () => addDays(day, last - day), () => addDays(day, last - day + 1), 'within the years 1 to 9999'],
    ['days to the first', () => addDays(day, first - day), () => addDays(day, first - day - 1), 'within the years 1 to 9999'],
    ['months to the last', () => addMonths(businessDate('9999-11-30'), 1), () => addMonths(businessDate('9999-11-30'), 2), 'months is 2: to a day within the years 1 to 9999'],
    ['a day of the month', () => addMonths(day, 1, 31), () => addMonths(day, 1, 32), 'anchorDay is 32: 1 to 31'],
    ['edate', () => edate(first, 1), () => edate(first, -1), 'months is -1: '],
    ['eomonth', () => eomonth(last, -1), () => eomonth(last, 1), 'months is 1: '],
    ['a hundred years of months', () => anchoredMonths(day, 1200), () => anchoredMonths(day, 1201), 'count is 1201: 0 to 1200'],
    ['months to the last day', () => anchoredMonths(businessDate('9999-10-31'), 2), () => anchoredMonths(businessDate('9999-10-31'), 3), 'count is 3: months that end within the year 9999'],
  ],
  'day counts': [
    ['a rule', () => days360(day, last, 'us'), () => days360(day, last, unchecked('uk')), 'rule is "uk": bond_basis, us'],
    ['the end of a deal', () => days360(day, last, 'isda', last), () => days360(day, last, 'isda', next(last)), 'termination is 2932897: '],
    ['a period of no days', () => yearFraction(day, day, 'act/act_afb'), () => yearFraction(day, next(day, -1), 'act/act_afb'), 'on or after from, '],
    ['all years', () => yearFraction(first, last, 'act/act_isda'), () => yearFraction(first, next(last), 'act/act_isda'), 'to is 2932897: '],
    ['a convention', () => yearFraction(day, last, 'act/360'), () => yearFraction(day, last, unchecked('act/361')), 'convention is "act/361": '],
    ['Excel basis', () => excelYearFrac(last, first, 4), () => excelYearFrac(last, first, unchecked(5)), 'basis is 5: 0 to 4'],
    ['a period of 14 days', () => actActIsma(day, day, { start: day, end: next(day, 14) }), () => actActIsma(day, day, { start: day, end: next(day, 13) }), '14 to 366 days after reference.start'],
    ['a period of 366 days', () => actActIsma(first, day, { start: day, end: next(day, 366) }), () => actActIsma(first, day, { start: day, end: next(day, 367) }), '14 to 366 days after reference.start'],
    ['a period that ends on the last day', () => actActIsma(day, next(day, 31), { start: day, end: next(day, 31) }), () => actActIsma(day, next(day, 32), { start: day, end: next(day, 31) }), 'on or after to, '],
  ],
  'fixed numbers': [
    ['a denominator', () => fixedOf(1n, -1n), () => fixedOf(1n, 0n), 'denominator is 0: not 0'],
    ['a divisor', () => divFixed(ONE, fixed(1n)), () => divFixed(ONE, ZERO), 'b is 0: not 0'],
    ['an exponent', () => powFixed(ONE, 1e9), () => powFixed(ONE, 1e9 + 1), 'exponent is 1000000001: -1000000000 to 1000000000'],
    ['the size of a power', () => powFixed(fixedOf(2n), 4_000_000), () => powFixed(fixedOf(2n), 4_000_001), 'below 2^4000000'],
    ['a power to divide by', () => powFixed(fixedOf(1n, 2n), -130), () => powFixed(fixedOf(1n, 2n), -140), 'not nothing at 40 digits'],
    ['the least root', () => rootFixed(fixed(1n), 2), () => rootFixed(ZERO, 2), 'value is 0: 1 to '],
    ['the largest root', () => rootFixed(FAR, 1000), () => rootFixed(fixed(FAR + 1n), 1000), 'value is more than'],
    ['a degree', () => rootFixed(ONE, 1000), () => rootFixed(ONE, 1001), 'degree is 1001: 1 to 1000'],
    ['the least logarithm', () => lnFixed(fixed(1n)), () => lnFixed(ZERO), 'value is 0: 1 to '],
    ['the largest logarithm', () => lnFixed(FAR), () => lnFixed(fixed(FAR + 1n)), 'value is more than'],
  ],
};

const loan = { rate: ZERO, nper: 12, pv: ONE, fv: ZERO, type: 0 } as const;
const payments = { nper: 12, pmt: ONE, fv: ZERO, type: 0 } as const;
const annuities: readonly Bound[] = [
  ['least rate', () => annuity.pmt({ ...loan, rate: LEAST }), () => annuity.pmt({ ...loan, rate: fixed(LEAST - 1n) }), 'annuity.rate is '],
  ['most rate', () => annuity.ipmt({ ...loan, rate: MILLION }, 12), () => annuity.ipmt({ ...loan, rate: fixed(MILLION + 1n) }, 12), 'annuity.rate is '],
  ['most payments', () => annuity.pmt({ ...loan, nper: 10_000 }), () => annuity.pmt({ ...loan, nper: 10_001 }), 'annuity.nper is 10001: 1 to 10000'],
  ['most money', () => annuity.pmt({ ...loan, pv: AMOUNT }), () => annuity.pmt({ ...loan, pv: fixed(AMOUNT + 1n) }), 'annuity.pv is more than'],
  ['a time of payment', () => annuity.pmt({ ...loan, type: 1 }), () => annuity.pmt({ ...loan, type: unchecked(2) }), 'annuity.type is 2: 0 to 1'],
  ['the last payment', () => annuity.ppmt(loan, 12), () => annuity.ppmt(loan, 13), 'period is 13: 1 to 12'],
  ['the first payment', () => annuity.ipmt(loan, 1), () => annuity.ipmt(loan, 0), 'period is 0: 1 to 12'],
  ['one payment', () => annuity.cumipmt(loan, 5, 5), () => annuity.cumipmt(loan, 5, 4), 'to is 4: 5 to 12'],
  ['all payments', () => annuity.cumprinc(loan, 1, 12), () => annuity.cumprinc(loan, 1, 13), 'to is 13: 1 to 12'],
  ['most periods of a value', () => annuity.presentValue(ONE, { ...payments, nper: 10_000 }), () => annuity.presentValue(ONE, { ...payments, nper: 10_001 }), 'payments.nper is 10001: 1 to 10000'],
  ['most periods of a search', () => annuity.rate(ONE, { ...payments, nper: 480 }), () => annuity.rate(ONE, { ...payments, nper: 481 }), 'payments.nper is 481: 1 to 480'],
  ['a payment above the interest', () => annuity.nper(fixedOf(1n, 100n), { pmt: fixedOf(-11n), pv: fixedOf(1000n), fv: ZERO, type: 0 }), () => annuity.nper(fixedOf(1n, 100n), { pmt: fixedOf(-10n), pv: fixedOf(1000n), fv: ZERO, type: 0 }), 'a payment by which the future value is reached'],
  ['a payment without interest', () => annuity.nper(ZERO, { pmt: fixed(-1n), pv: ONE, fv: ZERO, type: 0 }), () => annuity.nper(ZERO, { pmt: ZERO, pv: ONE, fv: ZERO, type: 0 }), 'terms.pmt is 0: not 0'],
  ['a rate near nothing', () => annuity.nper(fixedOf(1n, 10n ** 10n), { pmt: fixed(-ONE), pv: ONE, fv: ZERO, type: 0 }), () => annuity.nper(fixed(ONE / 10n ** 10n - 1n), { pmt: fixed(-ONE), pv: ONE, fv: ZERO, type: 0 }), 'rate is '],
  ['compounding', () => annuity.effect(ONE, 10_000), () => annuity.effect(ONE, 10_001), 'periods is 10001: 1 to 10000'],
  ['taking apart', () => annuity.nominal(ONE, 1000), () => annuity.nominal(ONE, 1001), 'periods is 1001: 1 to 1000'],
];

const at = (numerator: bigint, denominator: bigint) => ({ numerator, denominator });
const flows = (count: number) => Array.from({ length: count }, (_, index) => ({ at: at(BigInt(index), 365n), amount: index === 0 ? 10n ** 9n : -1n }));
const interval = { wholeUnits: 1, unitsPerYear: 12, days: 1, daysInYear: 365 } as const;
const regZ = (count: number, flow: Partial<RegZFlow> & { whole?: number; odd?: RegZFlow['at']['odd'] }, perYear = at(12n, 1n)) => () =>
  regZApr({ unitPeriodsPerYear: perYear, advances: [{ at: { whole: 0, odd: at(0n, 1n) }, amount: 10n ** 6n }], payments: Array.from({ length: count }, () => ({ at: { whole: flow.whole ?? 1, odd: flow.odd ?? at(0n, 1n) }, amount: flow.amount ?? 1000n })) });
const lawRates: readonly Bound[] = [
  ['an interval of no days', () => aprcInterval(day, day, 'month'), () => aprcInterval(next(day), day, 'month'), 'on or after from, '],
  ['a unit', () => aprcInterval(first, last, 'week'), () => aprcInterval(first, last, unchecked('decade')), 'unit is "decade": one of year, month, week, day'],
  ['units of a year', () => yearsOfInterval({ ...interval, unitsPerYear: 366 }), () => yearsOfInterval({ ...interval, unitsPerYear: 367 }), 'interval.unitsPerYear is 367: 1 to 366'],
  ['days of a year', () => yearsOfInterval({ ...interval, daysInYear: 366 }), () => yearsOfInterval({ ...interval, daysInYear: unchecked(367) }), 'interval.daysInYear is 367: 365 to 366'],
  ['10,000 entries', () => aprcFlows(day, 'day', Array.from({ length: 10_000 }, () => ({ on: day, amount: 1n }))), () => aprcFlows(day, 'day', Array.from({ length: 10_001 }, () => ({ on: day, amount: 1n }))), 'money is a list of 10001: at most 10000'],
  ['the size of money', () => aprcFlows(day, 'day', [{ on: day, amount: 10n ** 100n }]), () => aprcFlows(day, 'day', [{ on: day, amount: 10n ** 100n + 1n }]), 'money[0].amount is '],
  ['1,000 flows, and at most 10,000', () => aprc(flows(1000)), () => aprc(flows(10_001)), 'flows is a list of 10001: at most 10000'],
  ['a time after ten thousand years', () => aprc([{ at: at(10_000n, 1n), amount: 1n }]), () => aprc([{ at: at(10_001n, 1n), amount: 1n }]), 'flows[0].at.numerator is 10001: '],
  ['a common part of a year', () => aprc([{ at: at(1n, 10_000_000n), amount: 1n }]), () => aprc([{ at: at(1n, 10_000_001n), amount: 1n }]), 'flows[0].at is an object: '],
  ['the parts in the span', () => aprc([{ at: at(0n, 1n), amount: 1n }, { at: at(100n * 10n ** 7n, 10n ** 7n), amount: -2n }]), () => aprc([{ at: at(0n, 1n), amount: 1n }, { at: at(100n * 10n ** 7n + 1n, 10n ** 7n), amount: -2n }]), 'at most 1000000000 times'],
  ['decimals', () => aprcPercent(ONE, 20), () => aprcPercent(ONE, 21), 'decimals is 21: 0 to 20'],
  ['payments', regZ(9_999, {}), regZ(10_000, {}), 'payments is a list of 10000: at most 9999'],
  ['unit-periods', regZ(1, { whole: 20_000 }), regZ(1, { whole: 20_001 }), 'payments[0].at.whole is 20001: 0 to 20000'],
  ['an odd part', regZ(1, { odd: at(7n, 7n) }), regZ(1, { odd: at(8n, 7n) }), 'payments[0].at.odd.numerator is 8: 0 to 7'],
  ['an amount', regZ(1, { amount: 0n }), regZ(1, { amount: -1n }), 'payments[0].amount is -1: 0 to '],
  ['unit-periods a year', regZ(1, {}, at(366n, 1n)), regZ(1, {}, at(367n, 1n)), 'unitPeriodsPerYear is "367/1": 1/100 to 366'],
  ['a rate of a table', () => financeChargePer100(fixed(1n), 12), () => financeChargePer100(ZERO, 12), 'apr is 0: 1 to '],
  ['payments of a table', () => financeChargePer100(ONE, 20_000), () => financeChargePer100(ONE, 20_001), 'payments is 20001: 1 to 20000'],
  ['weeks of a unit', () => unitPeriodsBetween(day, last, { kind: 'week', count: 52 }), () => unitPeriodsBetween(day, last, { kind: 'week', count: 53 }), 'unit.count is 53: 1 to 52'],
  ['months of a unit', () => unitPeriodsPerYear({ kind: 'month', count: 11 }), () => unitPeriodsPerYear({ kind: 'month', count: 12 }), 'unit.count is 12: 1 to 11'],
  ['a kind of unit', () => unitPeriodsPerYear({ kind: 'year' }), () => unitPeriodsPerYear(unchecked({ kind: 'decade' })), 'unit.kind is "decade": day, week'],
  ['a term of a day', () => singlePaymentPeriod(day, next(day)), () => singlePaymentPeriod(day, day), 'a term is at least a day'],
];

const offer: OfferDescription = { principal: fen(1_000_000n), received: null, months: 12, fees: [], price: { kind: 'rate', stated: { rate: fixedOf(5n, 10_000n), per: 'day' }, base: 'original', method: 'level_installment' } };
const question: CostQuestion = { startOn: day, caps: [], bankRatePpm: null };
const asked = { months: 12, stated: { rate: ZERO, per: 'year' }, base: 'original' } as const;
const offers: readonly Bound[] = [
  ['a rate a day', () => advertisedRate({ rate: ONE, per: 'day' }), () => advertisedRate({ rate: fixed(ONE + 1n), per: 'day' }), 'stated.rate is '],
  ['a rate a year', () => advertisedRate({ rate: fixedOf(10n), per: 'year' }), () => advertisedRate({ rate: fixed(fixedOf(10n) + 1n), per: 'year' }), 'stated.rate is '],
  ['the largest principal', () => trueCost({ ...offer, principal: fen(10n ** 10n) }, question), () => trueCost({ ...offer, principal: fen(10n ** 10n + 1n) }, question), 'principal is 10000000001: 1 to 10000000000'],
  ['480 months', () => trueCost({ ...offer, months: 480 }, question), () => trueCost({ ...offer, months: 481 }, question), 'months is 481: 1 to 480'],
  ['the name of a cap', () => trueCost(offer, { ...question, caps: [{ id: 'x'.repeat(200), ppm: 1n }] }), () => trueCost(offer, { ...question, caps: [{ id: 'x'.repeat(201), ppm: 1n }] }), 'at most 200 characters'],
  ['500 characters', () => readOffer('x'.repeat(500), fen(1n)), () => readOffer('x'.repeat(501), fen(1n)), 'at most 500 characters'],
  ['a target', () => feeThatCosts(asked, { measure: 'effective', rate: fixedOf(100n) }, 'up_front'), () => feeThatCosts(asked, { measure: 'effective', rate: fixed(fixedOf(100n) + 1n) }, 'up_front'), 'target.rate is '],
];

const nested = (depth: number): unknown => Array.from({ length: depth }).reduce<unknown>((inner) => [inner], 1);
const texts: readonly Bound[] = [
  ['a number with a text', () => canonicalJson({ a: [0] }), () => canonicalJson({ a: [-0] }), 'value.a[0] is -0: plain data'],
  ['a hundred deep', () => canonicalJson(nested(100)), () => canonicalJson(nested(101)), 'at most 100 deep'],
  ['a million values', () => canonicalJson(Array.from({ length: 999_999 }, () => 0)), () => canonicalJson(Array.from({ length: 1_000_000 }, () => 0)), 'at most 1000000 values'],
  ['a list without gaps', () => canonicalJson([null]), () => canonicalJson(Object.assign([], { length: 1 })), 'value[0] is undefined: plain data'],
];

for (const [what, table] of Object.entries({ ...tables, annuities, 'rates of the law': lawRates, offers, 'canonical JSON': texts })) {
  describe(`the bounds of ${what}`, () => {
    it.each(table)('%s', (_bound, inside, outside, words) => {
      expect(inside()).toBeDefined();
      expect(outside).toThrow(ArgumentError);
      expect(outside).toThrow(words);
    });
  });
}
