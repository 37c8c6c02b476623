import { ArgumentError } from './assert.ts';
import { addFixed, divFixed, fixedOf, mulFixed, ONE, ZERO, type Fixed } from './fixed.ts';
import { needBigint, needInteger, needList, needObject } from './needs.ts';
import type { UnitPeriods } from './reg-z-periods.ts';
import { bracketOf, closeIn, worthOf, type Bracket, type Term } from './reg-z-search.ts';

/** Money at unit-periods from the first advance. Amounts above zero, in any whole unit. */
export type RegZFlow = { readonly at: UnitPeriods; readonly amount: bigint };

export type RegZLoan = {
  /** How many unit-periods make a year: 12 months, 52 weeks, 365/42 terms of 42 days. */
  readonly unitPeriodsPerYear: { readonly numerator: bigint; readonly denominator: bigint };
  readonly advances: readonly RegZFlow[];
  readonly payments: readonly RegZFlow[];
};

export type RegZApr =
  | { readonly kind: 'rate'; readonly apr: Fixed }
  /** Nothing advanced or nothing paid, or no rate from −99.99 % to a millionfold a unit-period does it. */
  | { readonly kind: 'none'; readonly why: 'nothing_advanced' | 'nothing_paid' | 'out_of_range' };

const FLOWS_MAX = 10_000;
const PERIODS_MAX = 20_000;
const AMOUNT_MAX = 10n ** 100n;
const FRACTION_MAX = 1_000_000n;
const CHARGE_RATE_MAX = fixedOf(1_000_000n);
const NO_CHARGE: Bracket = [ZERO, ZERO];

/**
 * The annual percentage rate by the actuarial method: w × i, where i per unit-period solves
 * Σ advance / ((1 + e·i)(1 + i)^q) = Σ payment / ((1 + f·i)(1 + i)^t), whole unit-periods compounding and odd fractions simple.
 *
 * Units   a fraction a year, nominal.
 * Rounds  to within 1e-28; `aprcPercent` shows it.
 * Keeps   ends after a bounded number of steps. Where advances and payments alternate so that several rates do it, the one answered
 *         is the first from zero upwards (downwards when less is paid than advanced).
 * Needs   at most 10,000 flows, at 0 to 20,000 unit-periods (fifty years of days), odd parts from 0 to 1 over at most a million, amounts
 *         from 0 to 10^100; 1/100 to 366 unit-periods a year, as a fraction of numbers up to a million.
 * Throws  ArgumentError outside `Needs`.
 * Source  docs/specs/reg-z.md §1 (12 CFR 1026 Appendix J (b)).
 */
export function regZApr(loan: RegZLoan): RegZApr {
  check(loan);
  const { unitPeriodsPerYear, advances, payments } = loan;
  const total = (flows: readonly RegZFlow[]): bigint => flows.reduce((sum, { amount }) => sum + amount, 0n);
  const [advanced, paid] = [total(advances), total(payments)];
  if (advanced === 0n) return { kind: 'none', why: 'nothing_advanced' };
  if (paid === 0n) return { kind: 'none', why: 'nothing_paid' };
  const worth = worthOf([...advances.map((flow) => termOf(flow, 1n)), ...payments.map((flow) => termOf(flow, -1n))]);
  const bracket = paid === advanced ? NO_CHARGE : bracketOf(worth, paid > advanced);
  if (bracket === null) return { kind: 'none', why: 'out_of_range' };
  const rate = closeIn(worth, bracket);
  return { kind: 'rate', apr: ((rate * unitPeriodsPerYear.numerator) / unitPeriodsPerYear.denominator) as Fixed };
}

function check(loan: RegZLoan): void {
  needObject('loan', loan);
  const { unitPeriodsPerYear, advances, payments } = loan;
  needObject('unitPeriodsPerYear', unitPeriodsPerYear);
  const { numerator, denominator } = unitPeriodsPerYear;
  needBigint('unitPeriodsPerYear.numerator', numerator, 1n, FRACTION_MAX);
  needBigint('unitPeriodsPerYear.denominator', denominator, 1n, FRACTION_MAX);
  if (numerator > 366n * denominator || numerator * 100n < denominator) throw new ArgumentError('unitPeriodsPerYear', `${numerator}/${denominator}`, '1/100 to 366');
  checkFlows('advances', advances, 0);
  checkFlows('payments', payments, advances.length);
}

function checkFlows(argument: string, flows: readonly RegZFlow[], others: number): void {
  needList(argument, flows, FLOWS_MAX - others);
  for (let index = 0; index < flows.length; index++) {
    const name = `${argument}[${index}]`;
    const flow: unknown = flows[index];
    needObject(name, flow);
    const { at, amount } = flow as RegZFlow;
    needBigint(`${name}.amount`, amount, 0n, AMOUNT_MAX);
    needObject(`${name}.at`, at);
    needInteger(`${name}.at.whole`, at.whole, 0, PERIODS_MAX);
    needObject(`${name}.at.odd`, at.odd);
    needBigint(`${name}.at.odd.denominator`, at.odd.denominator, 1n, FRACTION_MAX);
    needBigint(`${name}.at.odd.numerator`, at.odd.numerator, 0n, at.odd.denominator);
  }
}

const termOf = ({ at: { whole, odd }, amount }: RegZFlow, sign: 1n | -1n): Term => ({ whole, odd: fixedOf(odd.numerator, odd.denominator), amount: amount * sign });

/**
 * The finance charge on each 100 of amount financed over equal monthly payments, as the tables of annual percentage rates print it.
 *
 * Units   in 100ths of the same unit as the 100: 124 is 1.24 %.
 * Rounds  half up at the 40th digit, after each multiplication.
 * Needs   `apr` above 0, at most 1,000,000; `payments` 1 to 20,000.
 * Throws  ArgumentError outside `Needs`.
 * Source  docs/specs/reg-z.md §3 (Regulation Z, Volume I tables).
 */
export function financeChargePer100(apr: Fixed, payments: number): Fixed {
  needBigint('apr', apr, 1n, CHARGE_RATE_MAX);
  needInteger('payments', payments, 1, PERIODS_MAX);
  const discount = divFixed(ONE, addFixed(ONE, (apr / 12n) as Fixed));
  // What payments of 1 are worth, term by term: near a rate of nothing a closed form would have no digits left.
  let [worth, power] = [ZERO, ONE];
  for (let payment = 1; payment <= payments; payment++) {
    power = mulFixed(power, discount);
    worth = addFixed(worth, power);
  }
  return (100n * (divFixed((BigInt(payments) * ONE) as Fixed, worth) - ONE)) as Fixed;
}
