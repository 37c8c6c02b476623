import { describe, expect, it } from 'vitest';
import { amortizationPeriods, amortize, divideRounded, installmentOf, levelOver, periodInterest, type AmortizationPeriod, type AmortizationTerms, type PeriodPlan } from './amortization.ts';
import { PLAIN, rowsOf } from './amortization-rows.ts';
import { businessDate, formatDate } from './business-date.ts';
import { fen } from './money.ts';
import { annualRatePpm } from './rate.ts';

const unchecked = <T>(value: unknown): T => value as T;
const FEN_MOST = 1_000_000_000_000_000n;
const SHARE_MOST = 10n ** 42n;
const START = businessDate('2026-01-15');
const plan: PeriodPlan = { from: START, count: 3, unit: 'month', rate: annualRatePpm(120_000n), convention: 'equal' };
const months = (count: number): readonly AmortizationPeriod[] => amortizationPeriods({ ...plan, count });
const terms: AmortizationTerms = { principal: fen(100_000n), shape: 'level', periods: months(3) };
const [first, second, third] = terms.periods as readonly [AmortizationPeriod, AmortizationPeriod, AmortizationPeriod];
const withChange = (...changes: readonly unknown[]): AmortizationTerms => ({ ...terms, periods: [first, { ...second, changes: unchecked(changes) }, third] });
const withFactor = (factor: unknown): AmortizationTerms => ({ ...terms, periods: [{ ...first, factor: unchecked(factor) }, second, third] });
const changesOf = (count: number) => Array.from({ length: count }, () => ({ amount: 1n, factor: first.factor }));
const manyChanges = (inTheLast: number): AmortizationTerms => ({ ...terms, periods: [...months(9).map((period) => ({ ...period, changes: changesOf(100) })), { ...first, changes: changesOf(inTheLast) }] });

/** What an amortization may be told: the call just inside its bound, the one just outside, and what is said of it. */
type Bound = readonly [message: string, inside: () => unknown, outside: () => unknown];
const of = (message: string, inside: Partial<AmortizationTerms>, outside: Readonly<Record<string, unknown>>): Bound => [message, () => amortize({ ...terms, ...inside }), () => amortize(unchecked({ ...terms, ...outside }))];

const tables: Readonly<Record<string, readonly Bound[]>> = {
  'an amortization': [
    ['terms is null: an object', () => installmentOf(terms), () => amortize(unchecked(null))],
    ['terms is null: an object', () => amortize(terms), () => installmentOf(unchecked(null))],
    of(`terms.principal is -1: 0 to ${FEN_MOST}`, { principal: fen(0n) }, { principal: -1n }),
    of(`terms.principal is ${FEN_MOST + 1n}: 0 to ${FEN_MOST}`, { principal: fen(FEN_MOST), interestFree: 3 }, { principal: FEN_MOST + 1n }),
    of('terms.shape is "balloon": one of level, level_principal, flat, flat_level, bullet', { shape: 'flat_level' }, { shape: 'balloon' }),
    of('terms.periods is an object: a list of at most 480', {}, { periods: { length: 3 } }),
    of('terms.periods is a list of 481: at most 480 entries', { periods: months(480) }, { periods: Array.from({ length: 481 }, () => first) }),
    of('terms.periods.length is 0: 1 to 480', { periods: months(1) }, { periods: [] }),
    of('terms.periods[1] is undefined: an object', {}, { periods: [first, undefined, third] }),
    of('terms.periods[1].dueOn is 0.5: a day as businessDate() makes one, -719162 to 2932896 (years 1 to 9999)', {}, { periods: [first, { ...second, dueOn: 0.5 }, third] }),
    of('terms.rounding is "down": one of half_up, half_even', { rounding: 'half_even' }, { rounding: 'down' }),
    of(`terms.multipleOf is 0: 1 to ${FEN_MOST}`, { multipleOf: FEN_MOST }, { multipleOf: 0n }),
    of('terms.respread is 11: 0 to 10', { respread: 10 }, { respread: 11 }),
    of(`terms.installment is 0: 1 to ${FEN_MOST}`, { installment: fen(1n) }, { installment: 0n }),
    of('terms.levelFactor is 5: an object', { levelFactor: { numerator: 0n, denominator: 1n } }, { levelFactor: 5 }),
    of('terms.flatCharge is "year": one of period, term', { shape: 'flat', flatCharge: 'term' }, { flatCharge: 'year' }),
    of('terms.graceOnPrincipal is 3: 0 to 2', { graceOnPrincipal: 2 }, { graceOnPrincipal: 3 }),
    of('terms.graceOnInterest is 3: 0 to 2', { graceOnInterest: 2 }, { graceOnInterest: 3 }),
    of('terms.interestFree is 4: 0 to 3', { interestFree: 3 }, { interestFree: 4 }),
    of('terms.capitalized is 3: 0 to 2', { capitalized: 2 }, { capitalized: 3 }),
    of('terms.downPayment is null: an object', {}, { downPayment: null }),
    of('terms.downPayment.amount is 100001: 0 to 100000', { downPayment: { amount: fen(100_000n), dueOn: START } }, { downPayment: { amount: 100_001n, dueOn: START } }),
    of('terms.downPayment.dueOn is "today": a day as businessDate() makes one, -719162 to 2932896 (years 1 to 9999)', {}, { downPayment: { amount: 1n, dueOn: 'today' } }),
    ['terms.shape is "bullet": one of level, flat_level', () => installmentOf({ ...terms, shape: 'flat_level' }), () => installmentOf({ ...terms, shape: 'bullet' })],
  ],
  'a factor': [
    ['terms.periods[0].factor is undefined: an object', () => amortize(terms), () => amortize(withFactor(undefined))],
    [`terms.periods[0].factor.denominator is 0: 1 to ${SHARE_MOST}`, () => amortize(withFactor({ numerator: 0n, denominator: 1n })), () => amortize(withFactor({ numerator: 0n, denominator: 0n }))],
    [`terms.periods[0].factor.denominator is ${SHARE_MOST + 1n}: 1 to ${SHARE_MOST}`, () => amortize(withFactor({ numerator: 1n, denominator: SHARE_MOST })), () => amortize(withFactor({ numerator: 1n, denominator: SHARE_MOST + 1n }))],
    ['terms.periods[0].factor.numerator is -1: 0 to 30', () => amortize(withFactor({ numerator: 0n, denominator: 3n })), () => amortize(withFactor({ numerator: -1n, denominator: 3n }))],
    ['terms.periods[0].factor.numerator is 31: 0 to 30', () => amortize(withFactor({ numerator: 30n, denominator: 3n })), () => amortize(withFactor({ numerator: 31n, denominator: 3n }))],
  ],
  'a change inside a period': [
    ['terms.periods[1].changes is "none": a list of at most 100', () => amortize(withChange()), () => amortize({ ...terms, periods: [first, { ...second, changes: unchecked('none') }, third] })],
    ['terms.periods[1].changes is a list of 101: at most 100 entries', () => amortize(withChange(...changesOf(100))), () => amortize(withChange(...changesOf(101)))],
    ['terms.periods.changes is 1001: at most 1000 in all', () => amortize(manyChanges(100)), () => amortize({ ...terms, periods: [...manyChanges(100).periods, { ...first, changes: changesOf(1) }] })],
    ['terms.periods[1].changes[0] is undefined: an object', () => amortize(withChange(changesOf(1)[0])), () => amortize(withChange(undefined))],
    [`terms.periods[1].changes[1].amount is ${FEN_MOST + 1n}: -${FEN_MOST} to ${FEN_MOST}`, () => periodInterest(fen(1n), { ...first, changes: [{ amount: FEN_MOST, factor: first.factor }] }), () => amortize(withChange(changesOf(1)[0], { amount: FEN_MOST + 1n, factor: first.factor }))],
    ['terms.periods[1].changes[0].factor is undefined: an object', () => amortize(withChange(changesOf(1)[0])), () => amortize(withChange({ amount: 1n }))],
    // 1000.00 bears 10.00: after 340.03, 669.97 is out.
    ['periods[1].changes is -66998: no more goes than is out', () => amortize({ ...withChange({ amount: -66_997n, factor: first.factor }), installment: fen(34_003n) }), () => amortize({ ...withChange({ amount: -66_998n, factor: first.factor }), installment: fen(34_003n) })],
  ],
  'the parts of an amortization': [
    ['numerator is 1: a bigint', () => divideRounded(-1n, 1n, 'half_up'), () => divideRounded(unchecked(1), 1n, 'half_up')],
    ['denominator is 1: a bigint', () => divideRounded(1n, 1n, 'half_up'), () => divideRounded(1n, unchecked(1), 'half_up')],
    ['denominator is 0: above 0', () => divideRounded(1n, 1n, 'half_up'), () => divideRounded(1n, 0n, 'half_up')],
    ['rounding is "down": one of half_up, half_even', () => divideRounded(1n, 2n, 'half_even'), () => divideRounded(1n, 2n, unchecked('down'))],
    ['plan is undefined: an object', () => levelOver(fen(1n), terms), () => levelOver(fen(1n), unchecked(undefined))],
    ['plan.periods is undefined: a list of at most 480', () => levelOver(fen(1n), terms), () => levelOver(fen(1n), unchecked({}))],
    [`balance is -1: 0 to ${FEN_MOST}`, () => levelOver(fen(0n), terms), () => levelOver(unchecked(-1n), terms)],
    ['plan.rounding is "down": one of half_up, half_even', () => levelOver(fen(1n), { ...terms, rounding: 'half_up' }), () => levelOver(fen(1n), { ...terms, rounding: unchecked('down') })],
    [`plan.multipleOf is 0: 1 to ${FEN_MOST}`, () => levelOver(fen(1n), { ...terms, multipleOf: 1n }), () => levelOver(fen(1n), { ...terms, multipleOf: 0n })],
    [`opening is -1: 0 to ${FEN_MOST}`, () => periodInterest(fen(0n), first), () => periodInterest(unchecked(-1n), first)],
    ['period is null: an object', () => periodInterest(fen(0n), first), () => periodInterest(fen(0n), unchecked(null))],
    ['period.factor is undefined: an object', () => periodInterest(fen(0n), first), () => periodInterest(fen(0n), unchecked({}))],
    ['rounding is "down": one of half_up, half_even', () => periodInterest(fen(0n), first, 'half_even'), () => periodInterest(fen(0n), first, unchecked('down'))],
  ],
  'a plan of periods': [
    ['plan is 5: an object', () => amortizationPeriods(plan), () => amortizationPeriods(unchecked(5))],
    ['plan.from is 0.5: a day as businessDate() makes one, -719162 to 2932896 (years 1 to 9999)', () => amortizationPeriods(plan), () => amortizationPeriods({ ...plan, from: unchecked(0.5) })],
    ['plan.count is 481: 1 to 480', () => months(480), () => months(481)],
    ['plan.every is 367: 1 to 366', () => amortizationPeriods({ ...plan, every: 366 }), () => amortizationPeriods({ ...plan, every: 367 })],
    ['plan.every is 0: 1 to 366', () => amortizationPeriods({ ...plan, every: 1 }), () => amortizationPeriods({ ...plan, every: 0 })],
    ['plan.dueDay is 32: 1 to 31', () => amortizationPeriods({ ...plan, dueDay: 31 }), () => amortizationPeriods({ ...plan, dueDay: 32 })],
    ['plan.unit is "year": one of month, week, day', () => amortizationPeriods({ ...plan, unit: 'week' }), () => amortizationPeriods({ ...plan, unit: unchecked('year') })],
    ['plan.rate is 10000001: 0 to 10000000', () => amortizationPeriods({ ...plan, rate: annualRatePpm(10_000_000n) }), () => amortizationPeriods({ ...plan, rate: unchecked(10_000_001n) })],
    ['plan.convention is "act/361": one of equal, 30/360_bond_basis, 30/360_us, 30E/360, 30E+/360, act/360, act/365F, nl/365, act/act_isda, act/act_afb', () => amortizationPeriods({ ...plan, convention: 'act/act_afb' }), () => amortizationPeriods({ ...plan, convention: unchecked('act/361') })],
  ],
};

for (const [what, table] of Object.entries(tables)) {
  describe(`${what} is taken within its bounds`, () => {
    it.each(table)('%s', (message, inside, outside) => {
      expect(inside()).toBeDefined();
      expect(outside).toThrow(expect.objectContaining({ name: 'ArgumentError', message }));
    });
  });
}

it('rows of no shape are a bug', () => expect(() => rowsOf({ ...PLAIN, principal: 1n, periods: [first], shape: unchecked('balloon') })).toThrow(/^no such shape: balloon$/));

describe('periods of the calendar', () => {
  const dates = (more: Partial<PeriodPlan>): readonly string[] => amortizationPeriods({ ...plan, ...more }).map(({ dueOn }) => formatDate(dueOn));
  const factors = (more: Partial<PeriodPlan>): readonly number[] => amortizationPeriods({ ...plan, ...more }).map(({ factor }) => Number(factor.numerator) / Number(factor.denominator));
  it('fall every so many months, weeks or days', () => {
    expect(dates({})).toEqual(['2026-02-15', '2026-03-15', '2026-04-15']);
    expect(dates({ every: 3 })).toEqual(['2026-04-15', '2026-07-15', '2026-10-15']);
    expect(dates({ dueDay: 31 })).toEqual(['2026-02-28', '2026-03-31', '2026-04-30']);
    expect(dates({ unit: 'week', every: 2 })).toEqual(['2026-01-29', '2026-02-12', '2026-02-26']);
    expect(dates({ unit: 'day', every: 10 })).toEqual(['2026-01-25', '2026-02-04', '2026-02-14']);
  });
  it('bear the rate of a twelfth, a fifty-second, a 360th of a year, or of the days', () => {
    expect(factors({})).toEqual([0.01, 0.01, 0.01]);
    expect(factors({ every: 3 })).toEqual([0.03, 0.03, 0.03]);
    expect(factors({ unit: 'week', every: 13 })).toEqual([0.03, 0.03, 0.03]);
    expect(factors({ unit: 'day', every: 30 })).toEqual([0.01, 0.01, 0.01]);
    expect(factors({ convention: 'act/365F', rate: annualRatePpm(365_000n) })).toEqual([0.031, 0.028, 0.031]);
    expect(factors({ convention: 'act/360', rate: annualRatePpm(360_000n) })).toEqual([0.031, 0.028, 0.031]);
    for (const convention of ['30/360_bond_basis', '30/360_us', '30E/360', '30E+/360'] as const) expect(factors({ convention })).toEqual([0.01, 0.01, 0.01]);
    for (const convention of ['nl/365', 'act/act_isda', 'act/act_afb'] as const) expect(factors({ convention, rate: annualRatePpm(365_000n) })).toEqual([0.031, 0.028, 0.031]);
  });
});
