import { describe, expect, it } from 'vitest';
import * as math from '../src/index.ts';
import { addMonths, addDays, businessDate, CN_WORKING_CALENDAR, fen, fixedOf, ONE, ZERO } from '../src/index.ts';

/** A call that is taken, by the names of its arguments. Members of `bare` are called without it, and of `free` anything is taken. */
type Call = readonly [name: string, args: Readonly<Record<string, unknown>>, ways?: { readonly bare?: string; readonly free?: readonly string[] }];

const day = businessDate('2026-01-15');
const later = addMonths(day, 7);
const half = fixedOf(1n, 2n);
const shares = [{ funder: 'a', sharePpm: 300_000n }, { funder: 'b', sharePpm: 700_000n }];
const totals = math.NO_TOTALS;
const loan = { months: 12, stated: { rate: fixedOf(15n, 1000n), per: 'month' }, base: 'original' };
const flow = (whole: number) => ({ at: { whole, odd: { numerator: 1n, denominator: 2n } }, amount: 100n });
const rows = math.flatFeeSchedule({ principal: fen(10_000n), months: 2, rate: { rate: fixedOf(1n, 100n), per: 'month' } });
const level = { rate: half, nper: 3, pv: ONE, fv: ZERO, type: 0 };
const paid = { nper: 3, pmt: -ONE, fv: ZERO, type: 0 };
const fee = { when: 'monthly', size: { kind: 'share', share: fixedOf(1n, 100n), of: 'original' } };

const CALLS: readonly Call[] = [
  ['fen', { amount: 1n }], ['formatYuan', { amount: 1n }], ['parseYuan', { text: '1.00' }],
  ['divideHalfUp', { numerator: 1n, denominator: 2n }], ['divideFloor', { numerator: 1n, denominator: 2n }],
  ['annualRatePpm', { ppm: 1n }], ['formatPercent', { ppm: 1n }],
  ['businessDate', { text: '2026-01-15' }], ['businessDateOf', { epochDay: 1 }], ['civilOf', { date: day }], ['formatDate', { date: day }],
  ['fromCivil', { year: 2026, month: 1, day: 15 }], ['daysInMonth', { year: 2026, month: 1 }], ['isLeapYear', { year: 2026 }],
  ['addDays', { date: day, days: 1 }], ['addMonths', { date: day, months: 1, anchorDay: 31 }],
  ['edate', { date: day, months: 1 }], ['eomonth', { date: day, months: 1 }], ['anchoredMonths', { from: day, count: 2, anchorDay: 31 }],
  ['days360', { from: day, to: later, rule: 'isda', termination: later }], ['yearFraction', { from: day, to: later, convention: 'act/360' }],
  ['excelYearFrac', { a: day, b: later, basis: 1 }],
  ['actActIsma', { from: day, to: later, reference: { start: day, end: later } }],
  ['isWorkingDay', { calendar: CN_WORKING_CALENDAR, day }], ['rolledDay', { calendar: CN_WORKING_CALENDAR, day, rule: 'following' }],
  ['calendarWithin', { calendar: CN_WORKING_CALENDAR, from: day, through: addDays(day, 30) }],
  ['splitMovement', { state: { disbursed: [30n, 70n] }, shares, component: 'principalPaid', total: 10n }, { free: ['shares[0].funder', 'shares[1].funder'] }],
  ['splitTotals', { state: { disbursed: [30n, 70n] }, shares, totals: { ...totals, disbursed: 100n } }, { free: ['shares[0].funder', 'shares[1].funder'] }],
  ['feeThatCosts', { loan, target: { measure: 'effective', rate: half }, form: 'up_front' }, { bare: 'loan.|target.(?=measure)' }],
  ['advertisedRate', { stated: loan.stated }],
  ['fixedOf', { numerator: 1n, denominator: 2n }], ['addFixed', { a: ONE, b: half }], ['subFixed', { a: ONE, b: half }], ['mulFixed', { a: ONE, b: half }],
  ['divFixed', { a: ONE, b: half }], ['powFixed', { base: half, exponent: 3 }], ['rootFixed', { value: half, degree: 3 }], ['lnFixed', { value: half }], ['ppmOfFixed', { value: half }],
  ['canonicalJson', { value: 1 }],
  ['annuity.pmt', { annuity: level }], ['annuity.presentValue', { rate: half, payments: paid }], ['annuity.nper', { rate: half, terms: { pmt: -ONE, pv: ONE, fv: ZERO, type: 0 } }],
  ['annuity.rate', { pv: ONE, payments: paid }], ['annuity.effect', { nominal: half, periods: 12 }], ['annuity.nominal', { effective: half, periods: 12 }],
  ['annuity.ipmt', { annuity: level, period: 1 }], ['annuity.ppmt', { annuity: level, period: 1 }], ['annuity.cumipmt', { annuity: level, from: 1, to: 2 }], ['annuity.cumprinc', { annuity: level, from: 1, to: 2 }],
  ['aprc', { flows: [{ at: { numerator: 0n, denominator: 1n }, amount: 100n }, { at: { numerator: 1n, denominator: 1n }, amount: -110n }] }],
  ['aprcInterval', { from: day, to: later, unit: 'month' }], ['aprcFlows', { drawnOn: day, unit: 'month', money: [{ on: later, amount: 1n }] }],
  ['aprcPercent', { rate: half, decimals: 1 }], ['yearsOfInterval', { interval: math.aprcInterval(day, later, 'month'), unit: 'month' }, { free: ['unit'] }],
  ['regZApr', { loan: { unitPeriodsPerYear: { numerator: 12n, denominator: 1n }, advances: [flow(0)], payments: [flow(1), flow(2)] } }, { bare: 'loan.' }],
  ['financeChargePer100', { apr: half, payments: 12 }], ['unitPeriodsBetween', { from: day, to: later, unit: { kind: 'month', count: 1 } }],
  ['unitPeriodsPerYear', { unit: { kind: 'month', count: 1 } }], ['singlePaymentPeriod', { from: day, to: later }],
  ['flatFeeSchedule', { terms: { principal: fen(10_000n), months: 2, rate: loan.stated } }, { bare: 'terms.' }],
  ['withFees', { principal: fen(10_000n), rows, fees: [fee] }],
  ['costFlowsOf', { flows: math.withFees(fen(10_000n), rows, []), receivedOn: day }, { free: ['flows.principal', 'flows.deducted', 'flows.paidUpFront'] }],
  ['trueCost', {
    offer: { principal: fen(10_000n), received: null, months: 12, price: { kind: 'rate', stated: loan.stated, base: 'open', method: 'level_installment' }, fees: [fee, { when: 'deducted', size: { kind: 'amount', amount: 1n } }] },
    question: { startOn: day, caps: [{ id: 'cap', ppm: 1n }], bankRatePpm: 1n },
  }, { bare: 'offer.|question.' }],
  ['trueCost', {
    offer: { principal: fen(10_000n), received: fen(9_000n), months: 12, price: { kind: 'installment', amount: fen(1_000n), stated: loan.stated }, fees: [] }, question: { startOn: day, caps: [], bankRatePpm: null },
  }, { bare: 'offer.|question.' }],
  ['quoteOf', { terms: { principal: fen(10_000n), method: 'level_installment', basis: 'act_360', rate: 1n, months: 2, termDays: null, dueDay: 5 }, startOn: day }],
  ['readOffer', { text: '12期 日息万五', askedPrincipal: fen(10_000n) }],
];

const WRONG = Symbol('nothing that is asked for');

/** Every place in the arguments, from the outside in. */
function* placesOf(value: unknown, path: readonly string[] = []): Generator<readonly string[]> {
  if (path.length > 0) yield path;
  if (typeof value !== 'object' || value === null) return;
  for (const key of Object.keys(value).slice(0, Array.isArray(value) ? 2 : 20)) yield* placesOf((value as Record<string, unknown>)[key], [...path, key]);
}

function broken(value: unknown, [key, ...rest]: readonly string[]): unknown {
  if (key === undefined) return WRONG;
  const member = broken((value as Record<string, unknown>)[key], rest);
  return Array.isArray(value) ? value.map((each: unknown, index) => (String(index) === key ? member : each)) : { ...(value as object), [key]: member };
}

const nameOf = (path: readonly string[]): string => path.reduce((name, key) => (/^\d+$/.test(key) ? `${name}[${key}]` : name === '' ? key : `${name}.${key}`), '');
const callOf = (name: string, args: unknown): unknown =>
  ((name.startsWith('annuity.') ? math.annuity : math) as unknown as Record<string, (...values: unknown[]) => unknown>)[name.replace('annuity.', '')]!(...Object.values(args as object));

/** What is said of each argument that is wrong, and of each member in it. */
function saidOf(name: string, args: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries([...placesOf(args)].map((path) => {
    try {
      callOf(name, broken(args, path));
      return [nameOf(path), 'taken'];
    } catch (error) {
      return [nameOf(path), error instanceof math.ArgumentError ? error.argument : String(error)];
    }
  }));
}

describe('an argument that is wrong is named', () => {
  for (const [name, args, { bare, free = [] } = {}] of CALLS) {
    it(`by ${name}`, () => {
      callOf(name, args);
      const said = saidOf(name, args);
      const named = (path: string): string => (free.includes(path) ? 'taken' : bare === undefined ? path : path.replace(new RegExp(`^(${bare})`), ''));
      expect(said).toEqual(Object.fromEntries(Object.keys(said).map((path) => [path, named(path)])));
    });
  }
});
