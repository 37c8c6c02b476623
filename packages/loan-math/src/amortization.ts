import { divideToMultiple, rounded, type Rounding, type Share } from './amortization-rounding.ts';
import { interestOf, levelShare, PLAIN, rowsOf, type AmortizationShape, type BalanceChange, type PeriodFactor, type RowPlan } from './amortization-rows.ts';
import { ArgumentError } from './assert.ts';
import { addDays, addMonths, civilOf, type BusinessDate } from './business-date.ts';
import { needDay } from './calendar.ts';
import { yearFraction, type DayCount } from './day-count.ts';
import { fen, FEN_MAX, type Fen } from './money.ts';
import { needBigint, needInteger, needList, needObject, needOneOf, needWhole } from './needs.ts';
import { PPM, type AnnualRatePpm } from './rate.ts';

export type { Rounding, Share } from './amortization-rounding.ts';
export type { AmortizationShape, BalanceChange, PeriodFactor } from './amortization-rows.ts';

/** One period of a schedule: when it falls due, and what 1 bears over it. */
export type AmortizationPeriod = {
  readonly dueOn: BusinessDate;
  /** A rate of 12 % a year over a month of thirty days of 360: 1 / 100. */
  readonly factor: Share;
  /** Further advances (> 0) and early repayments (< 0) inside the period, each with what 1 bears from its day to the due day. */
  readonly changes?: readonly BalanceChange[];
};

export type AmortizationTerms = {
  readonly principal: Fen;
  readonly periods: readonly AmortizationPeriod[];
  /**
   * `level`: the same installment (等额本息). `level_principal`: the same principal (等额本金). `flat`: the same principal, and a charge on what
   * was lent, however little of it is left (等本等息). `flat_level`: that charge, in equal installments. `bullet`: interest, and principal last (先息后本).
   */
  readonly shape: AmortizationShape;
  /** Of a half of a fen. `half_up` when left out. */
  readonly rounding?: Rounding;
  /** The installment (flat: share and charge) is rounded to a multiple of this, as to whole yuan: 100n. 1n when left out. */
  readonly multipleOf?: bigint;
  /** How often the level installment may move by an n-th of what the last row differs by. 0 when left out. */
  readonly respread?: number;
  /** Level only: the installment a contract states. Rows end when nothing is left; the last period takes what is. */
  readonly installment?: Fen;
  /** Level only: what 1 bears in a period, for computing the installment, where a contract counts it unlike the interest. */
  readonly levelFactor?: Share;
  /** Flat only: the charge rounds in each period, or once for the whole term, shared out with the rest in the last row. */
  readonly flatCharge?: 'period' | 'term';
  /** First rows that ask no principal. */
  readonly graceOnPrincipal?: number;
  /** First rows that ask no interest: it runs on, bears nothing, and is asked with the first row after. */
  readonly graceOnInterest?: number;
  /** First periods that bear no interest. */
  readonly interestFree?: number;
  /** First periods that ask nothing, and whose interest is added to the balance. */
  readonly capitalized?: number;
  /** Asked on the first day, before any interest: a row of its own, numbered 1. */
  readonly downPayment?: { readonly amount: Fen; readonly dueOn: BusinessDate };
};

export type AmortizationRow = {
  readonly number: number;
  readonly dueOn: BusinessDate;
  readonly principal: Fen;
  readonly interest: Fen;
  readonly total: Fen;
  /** Interest of the period that was added to the balance instead of asked. */
  readonly capitalized: Fen;
  readonly balance: Fen;
};

const PERIODS_MAX = 480;
/** In a period, and in all of them. */
const CHANGES_MAX = 100;
const CHANGES_IN_ALL_MAX = 1000;
const SHARE_MAX = 10n ** 42n;
const ROUNDINGS: readonly Rounding[] = ['half_up', 'half_even'];
const CONVENTIONS: readonly (DayCount | 'equal')[] = [
  'equal', '30/360_bond_basis', '30/360_us', '30E/360', '30E+/360', 'act/360', 'act/365F', 'nl/365', 'act/act_isda', 'act/act_afb',
];
const SHAPES: readonly AmortizationShape[] = ['level', 'level_principal', 'flat', 'flat_level', 'bullet'];

/**
 * A repayment schedule over periods of any length, as exact fractions: the general form of `levelInstallmentSchedule`,
 * `levelPrincipalSchedule` and `flatFeeSchedule`, for day counts, advances and roundings those do not have.
 *
 * Units   fen; a factor is interest per 1 of balance over the whole period.
 * Rounds  the installment (or share) once, then each period's interest once, as `rounding` says. The last row absorbs the rest.
 * Keeps   Σ principal = principal + Σ changes + Σ capitalized, the down payment included; the last balance is 0; no amount is negative;
 *         a row for each period, unless `installment` repays sooner.
 * Needs   1 to 480 periods; factors of 0 to 10 with numerators and denominators up to 10^42; at most 100 changes in a period and 1000 in all,
 *         which never take the balance below 0; amounts that stay within 10 trillion yuan.
 * Throws  ArgumentError outside these.
 * Source  docs/specs/amortization.md (REPAY-001, REPAY-014).
 */
export function amortize(terms: AmortizationTerms): readonly AmortizationRow[] {
  checkTerms(terms);
  const { downPayment, periods } = terms;
  const down = downPayment === undefined ? [] : [rowOf(1, downPayment.dueOn, { principal: downPayment.amount, interest: 0n, capitalized: 0n, balance: terms.principal - downPayment.amount })];
  return [...down, ...rowsOf(planOf(terms)).rows.map((row, index) => rowOf(down.length + index + 1, periods[index]!.dueOn, row))];
}

/**
 * The installment that all rows but the last ask: shapes `level` and `flat_level`, after any re-spread.
 *
 * Units   fen.
 * Rounds  as `amortize` does.
 * Needs   what `amortize` needs.
 * Throws  ArgumentError outside it; for another shape.
 * Source  docs/specs/amortization.md §2.
 */
export function installmentOf(terms: AmortizationTerms): Fen {
  checkTerms(terms);
  needOneOf('terms.shape', terms.shape, ['level', 'flat_level']);
  return fen(rowsOf(planOf(terms)).level);
}

/**
 * numerator / denominator to the nearest whole.
 *
 * Rounds  once; a half as `rounding` says.
 * Needs   bigints of any size, `denominator` above 0.
 * Throws  ArgumentError outside `Needs`.
 * Source  docs/specs/amortization.md §1.
 */
export function divideRounded(numerator: bigint, denominator: bigint, rounding: Rounding): bigint {
  needWhole('numerator', numerator);
  needWhole('denominator', denominator);
  if (denominator <= 0n) throw new ArgumentError('denominator', denominator, 'above 0');
  needOneOf('rounding', rounding, ROUNDINGS);
  return rounded(numerator, denominator, rounding);
}

/** What a balance is repaid with: the periods, and how the amount is rounded. */
export type LevelPlan = { readonly periods: readonly PeriodFactor[]; readonly rounding?: Rounding; readonly multipleOf?: bigint };

/**
 * The equal installment that repays a balance over some periods, before any re-spread: balance × Π(1 + fᵢ) / F with F₁ = 1,
 * Fᵢ = 1 + Fᵢ₋₁ × (1 + fᵢ).
 *
 * Units   fen.
 * Rounds  once.
 * Needs   what `amortize` needs of a principal and of periods.
 * Throws  ArgumentError outside it.
 * Source  docs/specs/amortization.md §2.
 */
export function levelOver(balance: Fen, plan: LevelPlan): Fen {
  needObject('plan', plan);
  const { periods, rounding = 'half_up', multipleOf = 1n } = plan;
  checkPeriods('plan.periods', periods);
  needBigint('balance', balance, 0n, FEN_MAX);
  needOneOf('plan.rounding', rounding, ROUNDINGS);
  needBigint('plan.multipleOf', multipleOf, 1n, FEN_MAX);
  return fen(divideToMultiple(levelShare(balance, periods), multipleOf, rounding));
}

/**
 * The interest of one period: what its opening balance bears, and each change inside it from its day on.
 *
 * Units   fen.
 * Rounds  once.
 * Needs   what `amortize` needs of a period.
 * Throws  ArgumentError outside it.
 * Source  docs/specs/amortization.md §1.
 */
export function periodInterest(opening: Fen, period: PeriodFactor, rounding: Rounding = 'half_up'): Fen {
  needBigint('opening', opening, 0n, FEN_MAX);
  checkPeriod('period', period);
  needOneOf('rounding', rounding, ROUNDINGS);
  return fen(interestOf(opening, period, rounding));
}

/** Periods of equal length in the calendar, each with its factor. */
export type PeriodPlan = {
  readonly from: BusinessDate;
  readonly count: number;
  readonly unit: 'month' | 'week' | 'day';
  /** 2 with `week`: every fortnight. 1 when left out. */
  readonly every?: number;
  readonly rate: AnnualRatePpm;
  /** `equal`: a year has 12 months, 52 weeks, 360 days, whatever the calendar says. */
  readonly convention: DayCount | 'equal';
  /** Day of month of the due days, with `month`; that of `from` when left out. */
  readonly dueDay?: number;
};

const UNITS_A_YEAR = { month: 12n, week: 52n, day: 360n } as const;

/**
 * The periods of a loan that is repaid every so many months, weeks or days.
 *
 * Units   the rate in ppm a year; factors are exact.
 * Keeps   due days on one day of month, or the last of a shorter month (31 Jan, 28 Feb, 31 Mar).
 * Needs   1 to 480 periods of 1 to 366 units each; a due day of 1 to 31.
 * Throws  ArgumentError outside these.
 * Source  docs/specs/amortization.md §1.
 */
export function amortizationPeriods(plan: PeriodPlan): readonly AmortizationPeriod[] {
  needObject('plan', plan);
  needDay('plan.from', plan.from);
  const { from, count, unit, rate, convention, every = 1, dueDay = civilOf(from).day } = plan;
  needInteger('plan.count', count, 1, PERIODS_MAX);
  needInteger('plan.every', every, 1, 366);
  needInteger('plan.dueDay', dueDay, 1, 31);
  needOneOf('plan.unit', unit, ['month', 'week', 'day']);
  needBigint('plan.rate', rate, 0n, 10n * PPM);
  needOneOf('plan.convention', convention, CONVENTIONS);
  let start = from;
  return Array.from({ length: count }, (_, index): AmortizationPeriod => {
    const steps = (index + 1) * every;
    const dueOn = unit === 'month' ? addMonths(from, steps, dueDay) : addDays(from, unit === 'week' ? steps * 7 : steps);
    const years = convention === 'equal' ? { numerator: BigInt(every), denominator: UNITS_A_YEAR[unit] } : yearFraction(start, dueOn, convention);
    start = dueOn;
    return { dueOn, factor: { numerator: rate * years.numerator, denominator: PPM * years.denominator } };
  });
}

type Amounts = { readonly principal: bigint; readonly interest: bigint; readonly capitalized: bigint; readonly balance: bigint };

function rowOf(number: number, dueOn: BusinessDate, { principal, interest, capitalized, balance }: Amounts): AmortizationRow {
  return { number, dueOn, principal: fen(principal), interest: fen(interest), total: fen(principal + interest), capitalized: fen(capitalized), balance: fen(balance) };
}

function planOf({ principal, downPayment, ...terms }: AmortizationTerms): RowPlan {
  const { periods, shape } = terms;
  return {
    principal: principal - (downPayment?.amount ?? 0n), periods, shape,
    rounding: terms.rounding ?? PLAIN.rounding, multipleOf: terms.multipleOf ?? PLAIN.multipleOf, respread: terms.respread ?? PLAIN.respread,
    installment: terms.installment ?? PLAIN.installment, levelFactor: terms.levelFactor ?? PLAIN.levelFactor, flatCharge: terms.flatCharge ?? PLAIN.flatCharge,
    graceOnPrincipal: terms.graceOnPrincipal ?? PLAIN.graceOnPrincipal, graceOnInterest: terms.graceOnInterest ?? PLAIN.graceOnInterest,
    interestFree: terms.interestFree ?? PLAIN.interestFree, capitalized: terms.capitalized ?? PLAIN.capitalized,
  };
}

function checkTerms(terms: AmortizationTerms): void {
  needObject('terms', terms);
  const { principal, periods, shape, rounding, multipleOf, respread, installment, levelFactor, flatCharge, downPayment } = terms;
  needBigint('terms.principal', principal, 0n, FEN_MAX);
  needOneOf('terms.shape', shape, SHAPES);
  checkPeriods('terms.periods', periods);
  periods.forEach(({ dueOn }, index) => needDay(`terms.periods[${index}].dueOn`, dueOn));
  if (rounding !== undefined) needOneOf('terms.rounding', rounding, ROUNDINGS);
  if (multipleOf !== undefined) needBigint('terms.multipleOf', multipleOf, 1n, FEN_MAX);
  if (respread !== undefined) needInteger('terms.respread', respread, 0, 10);
  if (installment !== undefined) needBigint('terms.installment', installment, 1n, FEN_MAX);
  if (levelFactor !== undefined) checkShare('terms.levelFactor', levelFactor);
  if (flatCharge !== undefined) needOneOf('terms.flatCharge', flatCharge, ['period', 'term']);
  for (const name of ['graceOnPrincipal', 'graceOnInterest', 'interestFree', 'capitalized'] as const) {
    if (terms[name] !== undefined) needInteger(`terms.${name}`, terms[name], 0, periods.length - (name === 'interestFree' ? 0 : 1));
  }
  if (downPayment === undefined) return;
  needObject('terms.downPayment', downPayment);
  needBigint('terms.downPayment.amount', downPayment.amount, 0n, principal);
  needDay('terms.downPayment.dueOn', downPayment.dueOn);
}

function checkPeriods(argument: string, periods: readonly PeriodFactor[]): void {
  needList(argument, periods, PERIODS_MAX);
  needInteger(`${argument}.length`, periods.length, 1, PERIODS_MAX);
  let changes = 0;
  for (let index = 0; index < periods.length; index++) {
    const period: unknown = periods[index];
    checkPeriod(`${argument}[${index}]`, period);
    changes += period.changes?.length ?? 0;
  }
  if (changes > CHANGES_IN_ALL_MAX) throw new ArgumentError(`${argument}.changes`, changes, `at most ${CHANGES_IN_ALL_MAX} in all`);
}

function checkPeriod(argument: string, period: unknown): asserts period is PeriodFactor {
  needObject(argument, period);
  const { factor, changes = [] } = period as PeriodFactor;
  checkShare(`${argument}.factor`, factor);
  needList(`${argument}.changes`, changes, CHANGES_MAX);
  for (let index = 0; index < changes.length; index++) {
    const change: unknown = changes[index];
    needObject(`${argument}.changes[${index}]`, change);
    const { amount, factor: rest } = change as BalanceChange;
    needBigint(`${argument}.changes[${index}].amount`, amount, -FEN_MAX, FEN_MAX);
    checkShare(`${argument}.changes[${index}].factor`, rest);
  }
}

function checkShare(argument: string, share: unknown): void {
  needObject(argument, share);
  const { numerator, denominator } = share as Share;
  needBigint(`${argument}.denominator`, denominator, 1n, SHARE_MAX);
  needBigint(`${argument}.numerator`, numerator, 0n, 10n * denominator);
}
