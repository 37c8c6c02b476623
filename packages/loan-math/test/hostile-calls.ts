import * as door from '../src/index.ts';
import type { Fixed, FundingShare } from '../src/index.ts';
import {
  amount, costFlows, day, fixed, flow, fraction, history, list, nearDay, positive, rate, signed, stated, terms, twoDays, unit, unitPeriods, whole, type Chance,
} from './hostile-chance.ts';

/** How a function is called: arguments as its types and `Needs` ask, which are then made wrong. */
export type Call = {
  readonly args: (c: Chance) => readonly unknown[];
  /** Paths of arguments (`0.months`) where a value of another kind may be taken: left out, or read by nobody. */
  readonly loose?: RegExp;
  /** What it throws besides ArgumentError, as documented. */
  readonly throws?: (error: unknown) => boolean;
  /** Called with `new`. */
  readonly isClass?: true;
};

const { ONE, CN_WORKING_CALENDAR } = door;

const DAY_COUNTS = ['30/360_bond_basis', '30/360_us', '30E/360', '30E+/360', 'act/360', 'act/365F', 'nl/365', 'act/act_isda', 'act/act_afb'];
const THIRTY = ['bond_basis', 'us', 'european', 'isda', 'european_plus', 'excel_nasd'];

const annuityOf = (c: Chance) => ({ rate: rate(c), nper: c.int(1, c.once(10) ? 10_000 : 480), pv: fixed(c), fv: fixed(c), type: c.int(0, 1) });
const paymentsOf = (c: Chance) => ({ nper: c.int(1, c.once(10) ? 480 : 120), pmt: fixed(c), fv: fixed(c), type: c.int(0, 1) });
const withPeriod = (c: Chance) => {
  const annuity = annuityOf(c);
  return [annuity, c.int(1, annuity.nper)];
};
const withSpan = (c: Chance) => {
  const annuity = annuityOf(c);
  const from = c.int(1, annuity.nper);
  return [annuity, from, c.int(from, annuity.nper)];
};

const annuities: Readonly<Record<string, Call>> = {
  'annuity.pmt': { args: (c) => [annuityOf(c)] },
  'annuity.ipmt': { args: withPeriod },
  'annuity.ppmt': { args: withPeriod },
  'annuity.cumipmt': { args: withSpan },
  'annuity.cumprinc': { args: withSpan },
  'annuity.presentValue': { args: (c) => [rate(c), paymentsOf(c)] },
  'annuity.nper': { args: (c) => [rate(c), { pmt: -positive(c), pv: positive(c), fv: 0n, type: c.int(0, 1) }] },
  'annuity.rate': { args: (c) => [positive(c), { ...paymentsOf(c), pmt: -positive(c) }] },
  'annuity.effect': { args: (c) => [rate(c), c.int(1, 365)] },
  'annuity.nominal': { args: (c) => [rate(c), c.int(1, 365)] },
};

const fee = (c: Chance) => ({
  when: c.pick(['deducted', 'paid_up_front', 'monthly', 'with_first']),
  size: c.once(2) ? { kind: 'amount', amount: BigInt(c.int(0, 100)) } : { kind: 'share', share: (ONE * BigInt(c.int(0, 100))) / 1000n, of: c.pick(['original', 'outstanding']) },
});
const price = (c: Chance) =>
  c.once(4)
    ? { kind: 'installment', amount: BigInt(c.int(100, 100_000)), stated: c.once(2) ? null : stated(c) }
    : { kind: 'rate', stated: stated(c), base: c.pick(['original', 'outstanding', 'open']), method: c.pick(['level_installment', 'level_principal', 'interest_first']) };
const offer = (c: Chance) => ({ principal: BigInt(c.int(100, 10 ** 7)), received: c.once(4) ? BigInt(c.int(1, 100)) : null, months: c.int(1, c.once(10) ? 480 : 36), price: price(c), fees: list(c, 3, () => fee(c)) });
const question = (c: Chance) => ({ startOn: nearDay(c), caps: list(c, 3, (index) => ({ id: `cap${index}`, ppm: BigInt(c.int(0, 10 ** 6)) })), bankRatePpm: c.once(3) ? null : BigInt(c.int(0, 10 ** 6)) });
const WORDS = ['12期', '日息万五', '服务费 0.3%/月', '借1万', '到手9500', '每期916.8元', '年化18%', '等本等息', '先息后本', 'with the first installment', '12 months', '3% fee upfront', '月息1分2厘', '免息', '万', '分', '%', '百分之', '一百零三', '1,000', '0.0.1', 'ﷺ', '\ud800'];
const offerRows = (c: Chance) => door.flatFeeSchedule({ principal: amount(c), months: c.int(1, 12), rate: { rate: 0n as Fixed, per: 'month' } });

const offers: Readonly<Record<string, Call>> = {
  advertisedRate: { args: (c) => [stated(c)] },
  feeThatCosts: {
    args: (c) => [{ months: c.int(1, c.once(10) ? 480 : 36), stated: stated(c), base: c.pick(['original', 'outstanding']) }, { measure: c.pick(['irr_times_12', 'effective']), rate: (ONE * BigInt(c.int(0, 100))) / 100n }, c.pick(door.FEE_FORMS)],
  },
  flatFeeSchedule: { args: (c) => [{ principal: amount(c), months: c.int(1, 480), rate: stated(c) }] },
  withFees: { args: (c) => [1_000_000n, offerRows(c), list(c, 20, () => fee(c))] },
  costFlowsOf: { args: (c) => [door.withFees(amount(c), offerRows(c), []), nearDay(c)], loose: /^0\.(principal|deducted|paidUpFront)$|^0\.rows\.\d+\.(total|balance)$/ },
  readOffer: { args: (c) => [(c.once(2) ? '12期 日息万五 ' : '') + Array.from({ length: c.int(0, c.once(20) ? 60 : 3) }, () => c.pick(WORDS)).join(c.pick([' ', '', ', '])), amount(c)] },
  trueCost: { args: (c) => [offer(c), question(c)] },
};

const schedules: Readonly<Record<string, Call>> = {
  quoteOf: { args: (c) => [{ principal: amount(c), method: c.pick(['level_installment', 'level_principal', 'interest_first']), basis: c.pick(['monthly', 'act_360', 'act_act', 'thirty_us']), rate: BigInt(c.int(0, 3_600_000)), months: c.int(1, c.once(10) ? 480 : 36), termDays: null, dueDay: null }, nearDay(c)] },
  levelInstallmentSchedule: { args: (c) => [{ principal: amount(c), rate: BigInt(c.int(0, 10 ** 7)), months: c.int(1, 480) }] },
  levelInstallment: { args: (c) => [{ principal: amount(c), rate: BigInt(c.int(0, 10 ** 7)), months: c.int(1, 480) }] },
  levelPrincipalSchedule: { args: (c) => [{ principal: amount(c), rate: BigInt(c.int(0, 10 ** 7)), months: c.int(1, 480) }] },
  amortize: { args: (c) => [amortization(c)], loose: /downPayment|changes/ },
  installmentOf: { args: (c) => [{ ...amortization(c), shape: c.pick(['level', 'flat_level']) }], loose: /changes/ },
  levelOver: { args: (c) => [amount(c), { periods: [...periods(c)] }], loose: /dueOn$/ },
  periodInterest: { args: (c) => [amount(c), c.pick(periods(c)), c.pick(['half_up', 'half_even'])], loose: /^2$|dueOn/ },
  amortizationPeriods: { args: (c) => [periodPlan(c)] },
  divideRounded: { args: (c) => [signed(c, 30), 1n + whole(c, 20), c.pick(['half_up', 'half_even'])] },
};
const periodPlan = (c: Chance) => ({ from: nearDay(c), count: c.int(1, c.once(10) ? 480 : 24), unit: c.pick(['month', 'week', 'day'] as const), rate: BigInt(c.int(0, 10 ** 7)) as door.AnnualRatePpm, convention: c.pick(['equal', 'act/365F', '30/360_us'] as const) });
const periods = (c: Chance) => door.amortizationPeriods(periodPlan(c));
const amortization = (c: Chance) => ({ principal: amount(c), periods: [...periods(c)], shape: c.pick(['level', 'level_principal', 'flat', 'flat_level', 'bullet']) });

const rates: Readonly<Record<string, Call>> = {
  annualCostOf: { args: (c) => [costFlows(c)] },
  costExceeds: { args: (c) => [costFlows(c), BigInt(c.int(0, 10 ** 7))] },
  datedRatePpm: { args: (c) => [costFlows(c)] },
  costsMoreThan: { args: (c) => [costFlows(c), BigInt(c.int(0, 10 ** 7))] },
  monthlyFlows: { args: (c) => [costFlows(c)] },
  datedFlows: { args: (c) => [costFlows(c)] },
  effectiveRate: { args: (c) => [rate(c), c.int(0, 365)] },
  searchRate: { args: (c) => [list(c, 40, (index) => flow(c, c.once(5) ? c.int(0, 10 ** c.int(1, 9)) : index))] },
  worthAt: { args: (c) => [list(c, 40, (index) => flow(c, index)), rate(c)] },
  xirr: { args: (c) => [list(c, 40, (index) => ({ on: day(c), amount: flow(c, index).amount })), c.pick(['act/365F', 'act/360', '30/360_bond_basis', '30/360_us', '30E/360', 'act/act_isda']), c.int(0, 30)], loose: /^[12]$/ },
  irr: { args: (c) => [list(c, 60, (index) => flow(c, index).amount), c.int(0, 30)], loose: /^1$/ },
  aprc: { args: (c) => [list(c, 40, () => ({ at: fraction(c), amount: signed(c, 12) }))] },
  aprcFlows: { args: (c) => [nearDay(c), c.pick(['year', 'month', 'week', 'day']), list(c, 40, () => ({ on: day(c), amount: signed(c, 12) }))] },
  aprcInterval: { args: (c) => [...twoDays(c), c.pick(['year', 'month', 'week', 'day'])] },
  aprcPercent: { args: (c) => [fixed(c), c.int(0, 20)], loose: /^1$/ },
  yearsOfInterval: { args: (c) => [door.aprcInterval(...twoDays(c), c.pick(['year', 'month', 'week', 'day']))] },
  regZApr: {
    args: (c) => [{ unitPeriodsPerYear: { numerator: BigInt(c.pick([1, 12, 24, 52, 365])), denominator: 1n }, advances: list(c, 40, () => ({ at: unitPeriods(c), amount: whole(c, 9) })), payments: list(c, 40, () => ({ at: unitPeriods(c), amount: whole(c, 9) })) }],
  },
  financeChargePer100: { args: (c) => [positive(c), c.int(1, c.once(10) ? 20_000 : 480)] },
  unitPeriodsBetween: { args: (c) => [...twoDays(c), unit(c)] },
  unitPeriodsPerYear: { args: (c) => [unit(c)] },
  singlePaymentPeriod: { args: twoDays },
};

const numbers: Readonly<Record<string, Call>> = {
  fen: { args: (c) => [signed(c, 15)] },
  divideHalfUp: { args: (c) => [signed(c, 60), 1n + whole(c, 40)] },
  divideFloor: { args: (c) => [signed(c, 60), 1n + whole(c, 40)] },
  formatYuan: { args: (c) => [signed(c, 30)] },
  parseYuan: { args: (c) => [door.formatYuan(signed(c, 15))] },
  annualRatePpm: { args: (c) => [BigInt(c.int(0, 10 ** 7))] },
  formatPercent: { args: (c) => [signed(c, 30)] },
  fixedOf: { args: (c) => [signed(c, 60), 1n + whole(c, 40)], loose: /^1$/ },
  addFixed: { args: (c) => [fixed(c), fixed(c)] },
  subFixed: { args: (c) => [fixed(c), fixed(c)] },
  mulFixed: { args: (c) => [fixed(c), fixed(c)] },
  divFixed: { args: (c) => [fixed(c), positive(c)] },
  powFixed: { args: (c) => [positive(c), c.int(c.once(3) ? -480 : 0, c.once(10) ? 10 ** 9 : 480)] },
  rootFixed: { args: (c) => [positive(c), c.int(1, c.once(10) ? 1000 : 60)] },
  lnFixed: { args: (c) => [positive(c)] },
  ppmOfFixed: { args: (c) => [fixed(c)] },
};

const days: Readonly<Record<string, Call>> = {
  businessDateOf: { args: (c) => [day(c)] },
  businessDate: { args: (c) => [door.formatDate(day(c))] },
  fromCivil: { args: (c) => [c.int(1, 9999), c.int(1, 12), c.int(1, 28)] },
  civilOf: { args: (c) => [day(c)] },
  formatDate: { args: (c) => [day(c)] },
  isLeapYear: { args: (c) => [c.int(1, 9999)] },
  daysInMonth: { args: (c) => [c.int(1, 9999), c.int(1, 12)] },
  addDays: { args: (c) => [nearDay(c), c.int(-10_000, 10_000)] },
  addMonths: { args: (c) => [nearDay(c), c.int(-500, 500), c.int(1, 31)], loose: /^2$/ },
  edate: { args: (c) => [nearDay(c), c.int(-500, 500)] },
  eomonth: { args: (c) => [nearDay(c), c.int(-500, 500)] },
  anchoredMonths: { args: (c) => [nearDay(c), c.int(0, c.once(10) ? 1200 : 48), c.int(1, 31)], loose: /^2$/ },
  days360: { args: (c) => [day(c), day(c), c.pick(THIRTY), c.once(3) ? day(c) : null], loose: /^3$/ },
  yearFraction: { args: (c) => [...twoDays(c), c.pick(DAY_COUNTS)] },
  actActIsma: {
    args: (c) => {
      const [from, to] = twoDays(c);
      const end = Math.min(to + c.int(0, 300), 2_932_896);
      return [from, to, { start: end - c.int(14, 366), end }];
    },
  },
  excelYearFrac: { args: (c) => [day(c), day(c), c.int(0, 4)] },
  isWorkingDay: { args: (c) => [CN_WORKING_CALENDAR, c.int(CN_WORKING_CALENDAR.from, CN_WORKING_CALENDAR.through)] },
  rolledDay: { args: (c) => [CN_WORKING_CALENDAR, c.int(CN_WORKING_CALENDAR.from + 30, CN_WORKING_CALENDAR.through - 30), c.pick(['following', 'modified_following', 'preceding'])] },
  calendarWithin: {
    args: (c) => {
      const from = c.int(CN_WORKING_CALENDAR.from, CN_WORKING_CALENDAR.through);
      return [CN_WORKING_CALENDAR, from, c.int(from, CN_WORKING_CALENDAR.through)];
    },
  },
};

const isBug = (error: unknown): boolean => error instanceof door.InvariantError;
const anyPlain = (c: Chance, depth = 0): unknown =>
  depth > 3 || c.once(2) ? c.pick<unknown>([null, true, 'x', 5, 5n, c.int(-9, 9) || 0]) : c.once(2) ? list(c, 4, () => anyPlain(c, depth + 1)) : { a: anyPlain(c, depth + 1), b: anyPlain(c, depth + 1) };
const known = (c: Chance) => {
  const { terms: contract, events, on } = history(c);
  return [contract, events, on, events.length] as const;
};
const SHARES: readonly (readonly FundingShare[])[] = [[300_000n, 700_000n], [1_000_000n], [333_333n, 333_333n, 333_334n]].map((shares) => shares.map((sharePpm, index) => ({ funder: `f${index}`, sharePpm })));

const lives: Readonly<Record<string, Call>> = {
  validateTerms: { args: (c) => [terms(c)] },
  checkEvents: { args: (c) => known(c).slice(0, 2) },
  quoteOf: { args: (c) => [terms(c), nearDay(c)], loose: /^0\.(?!(principal|method|basis|rate|months|termDays|dueDay)$)/ },
  scheduleOf: { args: (c) => [terms(c), nearDay(c)] },
  positionOn: { args: known, loose: /^3$/ },
  payoffQuote: { args: (c) => known(c).slice(0, 3) },
  accountLines: { args: known, loose: /^3$/ },
  replay: {
    args: (c) => {
      const [contract, events, on] = known(c);
      const taken = c.int(0, Math.min(3, events.length));
      return [contract, events.slice(taken), events.slice(0, taken), on];
    },
  },
  eventsThatCount: { args: (c) => known(c).slice(1) },
  compareEvents: { args: (c) => [c.pick(history(c).events), c.pick(history(c).events)], loose: /\.(?!valueOn|kind|sequence)\w+$/ },
  rankOf: { args: (c) => [c.pick(history(c).events).kind] },
  bucketOf: { args: (c) => [c.int(0, 400)] },
  allocate: {
    args: (c) => [amount(c), list(c, 30, () => ({ fee: whole(c, 5), penalty: whole(c, 5), interest: whole(c, 5), principal: whole(c, 5) })), { allocationOrder: ['fee', 'penalty', 'interest', 'principal'], allocationScope: c.pick(['installment_first', 'component_first']) }],
  },
  splitMovement: {
    args: (c) => {
      const shares = c.pick(SHARES);
      const { state } = door.splitMovement({}, shares, 'disbursed', 10n ** 9n);
      return [door.splitMovement(state, shares, 'principalPaid', amount(c)).state, shares, c.pick(['disbursed', 'principalPaid', 'interestPaid']), 10n ** 9n];
    },
    loose: /funder$|^0(?:\.\w+)?$/,
  },
  splitTotals: { args: (c) => [{}, c.pick(SHARES), { ...door.NO_TOTALS, disbursed: amount(c), interestPaid: amount(c) }], loose: /funder$|^0$/ },
  recomputed: { args: (c) => [{ parts: list(c, 4, () => figure(c)), rounding: c.pick(['half_up', 'down']) }], loose: /label/ },
  isWhole: { args: (c) => [list(c, 4, () => figure(c))], loose: /label/ },
};
const figure = (c: Chance) => ({ label: null, base: amount(c), count: c.int(-3, 3) || 0, bears: c.once(2) ? null : { rate: BigInt(c.int(0, 10 ** 6)), units: c.int(0, 400), perYear: c.pick([12, 360, 365, 366]), share: c.once(2) ? null : { part: c.int(0, 30), whole: c.int(30, 31) } } });

const rest: Readonly<Record<string, Call>> = {
  canonicalJson: { args: (c) => [anyPlain(c)], loose: /./ },
  assert: { args: (c) => [c.once(2), 'what holds'], loose: /./, throws: isBug },
  ArgumentError: { args: (c) => ['months', anyPlain(c), '1 to 480'], loose: /./, isClass: true },
  InvariantError: { args: () => ['what does not hold'], loose: /./, isClass: true },
};

/** Every function on the door, by its name there. */
export const CALLS: Readonly<Record<string, Call>> = { ...numbers, ...days, ...rates, ...annuities, ...schedules, ...offers, ...lives, ...rest };

/** Every function that others can call, from the module's own list. */
export const FUNCTIONS: ReadonlyMap<string, (...args: readonly unknown[]) => unknown> = new Map(
  Object.entries({ ...door, ...Object.fromEntries(Object.entries(door.annuity).map(([name, value]) => [`annuity.${name}`, value])) })
    .filter(([, value]) => typeof value === 'function')
    .map(([name, value]) => [name, value as unknown as (...args: readonly unknown[]) => unknown]),
);

