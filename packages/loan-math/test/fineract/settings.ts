import { businessDate, parseYuan, type BusinessDate, type Share } from '../../src/index.ts';

/** One case as the file has it. Every setting is read by name; one that is not known here is refused by name. */
export type Case = {
  readonly id: string;
  readonly topic: string;
  readonly conventions: Readonly<Record<string, unknown>>;
  readonly loan: Readonly<Record<string, unknown>>;
  readonly sequence: readonly Readonly<Record<string, unknown>>[];
};

export type Bucket = 'PAST_DUE' | 'DUE' | 'IN_ADVANCE';
export type Paid = 'penalty' | 'fee' | 'interest' | 'principal';
export type Step = { readonly bucket: Bucket; readonly component: Paid };
export type FutureRule = 'NEXT_INSTALLMENT' | 'LAST_INSTALLMENT' | 'NEXT_LAST_INSTALLMENT' | 'REAMORTIZATION';

export type Settings = {
  readonly scheduleType: 'PROGRESSIVE' | 'CUMULATIVE';
  readonly processing: 'HORIZONTAL' | 'VERTICAL';
  /** In cents; 1 when the installment is rounded to no multiple. */
  readonly multipleOf: bigint;
  readonly recalculates: boolean;
  readonly interestUntil: 'payment' | 'due_day';
  readonly order: readonly Step[];
  readonly futureRule: FutureRule;
  readonly prepaymentEffect: 'REDUCE_NUMBER_OF_INSTALLMENTS' | 'REDUCE_EMI_AMOUNT' | 'RESCHEDULE_NEXT_REPAYMENTS' | null;
  readonly yearDays: 'ACTUAL' | 360 | 364 | 365;
  readonly monthDays: 'ACTUAL' | 30;
  readonly leapOnlyWithFeb29: boolean;
  readonly yearEndsOn: '31 December' | '1 January';
  readonly downPayment: Share;
  readonly paysDownPayment: boolean;
  readonly principal: bigint;
  readonly submittedOn: BusinessDate;
  readonly rate: Share;
  readonly isFlat: boolean;
  readonly isDaily: boolean;
  readonly isEqualPrincipal: boolean;
  readonly count: number;
  readonly every: number;
  readonly unit: 'DAYS' | 'WEEKS' | 'MONTHS';
  readonly graceOnPrincipal: number;
  readonly graceOnInterest: number;
  readonly interestFree: number;
};

const COMPONENTS: Readonly<Record<string, Paid>> = { PENALTY: 'penalty', FEE: 'fee', INTEREST: 'interest', PRINCIPAL: 'principal' };
const ORDERS: Readonly<Record<string, readonly Paid[]>> = {
  PENALTIES_FEES_INTEREST_PRINCIPAL_ORDER: ['penalty', 'fee', 'interest', 'principal'],
  INTEREST_PRINCIPAL_PENALTIES_FEES_ORDER: ['interest', 'principal', 'penalty', 'fee'],
  PRINCIPAL_INTEREST_PENALTIES_FEES_ORDER: ['principal', 'interest', 'penalty', 'fee'],
};
const BUCKETS: readonly Bucket[] = ['PAST_DUE', 'DUE', 'IN_ADVANCE'];

/** `9.4822` → 94822 / 1000000 with percent 100 times more below. */
export function percentOf(value: unknown): Share {
  const match = /^(\d{1,6})(?:\.(\d{1,12}))?$/.exec(String(value));
  if (match === null) throw new Error(`not a percentage: ${String(value)}`);
  const [, whole = '', decimals = ''] = match;
  return { numerator: BigInt(whole + decimals), denominator: 100n * 10n ** BigInt(decimals.length) };
}

/** Takes settings out by name and, at the end, refuses any that were not asked for. */
class Reader {
  readonly values: Readonly<Record<string, unknown>>;
  readonly where: string;
  readonly #taken = new Set<string>();

  constructor(where: string, values: Readonly<Record<string, unknown>>) {
    this.where = where;
    this.values = values;
  }

  take(name: string, absent: unknown = undefined): unknown {
    this.#taken.add(name);
    const value = this.values[name] ?? absent;
    if (value === undefined) throw new Error(`${this.where}.${name} is missing`);
    return value;
  }

  oneOf<T extends string | boolean>(name: string, words: readonly T[], absent?: T): T {
    const value = this.take(name, absent);
    const found = words.find((word) => word === value);
    if (found === undefined) throw new Error(`${this.where}.${name} is ${JSON.stringify(value)}: one of ${words.join(', ')}`);
    return found;
  }

  whole(name: string, absent?: number): number {
    const value = this.take(name, absent);
    if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) throw new Error(`${this.where}.${name} is ${JSON.stringify(value)}: a whole number`);
    return value;
  }

  end(): void {
    const unknown = Object.keys(this.values).filter((name) => !this.#taken.has(name));
    if (unknown.length > 0) throw new Error(`${this.where} has settings that are not known: ${unknown.join(', ')}`);
  }
}

/** The settings of a case, or an error that names the one that is not known. */
export function settingsOf({ conventions, loan }: Pick<Case, 'conventions' | 'loan'>): Settings {
  const c = new Reader('conventions', conventions);
  const l = new Reader('loan', loan);
  const scheduleType = c.oneOf('schedule_type', ['PROGRESSIVE', 'CUMULATIVE']);
  if (c.whole('currency_decimals') !== 2) throw new Error('conventions.currency_decimals is not 2');
  const recalculates = c.oneOf('interest_recalculation', [true, false], false);
  c.oneOf('recalculation_rest', ['DAILY'], 'DAILY');
  c.oneOf('compounding', ['NONE'], 'NONE');
  c.oneOf('allow_partial_period_interest', [true, false], true);
  c.oneOf('multi_disburse', [true, false], false);
  c.oneOf('recalculation_effect', ['ADJUST_LAST_UNPAID_PERIOD (rescheduleStrategyMethod 4)', 'ADJUST_LAST_UNPAID_PERIOD'], 'ADJUST_LAST_UNPAID_PERIOD');
  const multiple = c.take('instalment_multiples_of', 0);
  const settings: Settings = {
    scheduleType,
    processing: c.oneOf('processing', ['HORIZONTAL', 'VERTICAL'], 'HORIZONTAL'),
    multipleOf: typeof multiple === 'number' && multiple > 0 ? BigInt(multiple) * 100n : 1n,
    recalculates,
    interestUntil: c.oneOf('preclosure_interest', ['TILL_PRE_CLOSE_DATE', 'TILL_REST_FREQUENCY_DATE'], 'TILL_PRE_CLOSE_DATE') === 'TILL_PRE_CLOSE_DATE' ? 'payment' : 'due_day',
    order: orderOf(c.take('allocation_order')),
    futureRule: c.oneOf('future_instalment_rule', ['NEXT_INSTALLMENT', 'LAST_INSTALLMENT', 'NEXT_LAST_INSTALLMENT', 'REAMORTIZATION'], 'NEXT_INSTALLMENT'),
    prepaymentEffect: recalculates && scheduleType === 'CUMULATIVE'
      ? c.oneOf<NonNullable<Settings['prepaymentEffect']>>('prepayment_effect', ['REDUCE_NUMBER_OF_INSTALLMENTS', 'REDUCE_EMI_AMOUNT', 'RESCHEDULE_NEXT_REPAYMENTS']) : null,
    ...dayCountOf(c),
    downPayment: percentOf(c.take('down_payment_percent', '0')),
    paysDownPayment: c.oneOf('auto_repay_down_payment', [true, false], false),
    ...loanOf(l),
  };
  c.end();
  l.end();
  return settings;
}

function dayCountOf(c: Reader): Pick<Settings, 'yearDays' | 'monthDays' | 'leapOnlyWithFeb29' | 'yearEndsOn'> {
  const year = c.oneOf('days_in_year', ['ACTUAL', '360', '364', '365']);
  return {
    yearDays: year === 'ACTUAL' ? year : (Number(year) as 360),
    monthDays: c.oneOf('days_in_month', ['ACTUAL', '30']) === 'ACTUAL' ? 'ACTUAL' : 30,
    leapOnlyWithFeb29: c.oneOf('days_in_year_custom_strategy', ['FULL_LEAP_YEAR', 'FEB_29_PERIOD_ONLY'], 'FULL_LEAP_YEAR') === 'FEB_29_PERIOD_ONLY',
    yearEndsOn: c.oneOf('interest_recognition_on_disbursement_date', [true, false], false) ? '1 January' : '31 December',
  };
}

function loanOf(l: Reader): Pick<Settings, 'principal' | 'submittedOn' | 'rate' | 'isFlat' | 'isDaily' | 'isEqualPrincipal' | 'count' | 'every' | 'unit' | 'graceOnPrincipal' | 'graceOnInterest' | 'interestFree'> {
  const unit = l.oneOf('repay_every_unit', ['DAYS', 'WEEKS', 'MONTHS']);
  const [count, every] = [l.whole('number_of_repayments'), l.whole('repay_every')];
  if (l.oneOf('loan_term_unit', ['DAYS', 'WEEKS', 'MONTHS']) !== unit || l.whole('loan_term') !== count * every) throw new Error('loan.loan_term is not the number of repayments');
  l.take('product');
  l.oneOf('payment_strategy', ['ADVANCED_PAYMENT_ALLOCATION', ...Object.keys(ORDERS)]);
  return {
    principal: parseYuan(String(l.take('principal'))),
    submittedOn: businessDate(String(l.take('submitted_on'))),
    rate: percentOf(l.take('annual_nominal_rate_percent')),
    isFlat: l.oneOf('interest_type', ['FLAT', 'DECLINING_BALANCE']) === 'FLAT',
    isDaily: l.oneOf('interest_calculation_period', ['DAILY', 'SAME_AS_REPAYMENT_PERIOD']) === 'DAILY',
    isEqualPrincipal: l.oneOf('amortization', ['EQUAL_INSTALLMENTS', 'EQUAL_PRINCIPAL_PAYMENTS']) === 'EQUAL_PRINCIPAL_PAYMENTS',
    count, every, unit,
    graceOnPrincipal: l.whole('grace_on_principal_periods', 0),
    graceOnInterest: l.whole('grace_on_interest_payment_periods', 0),
    interestFree: l.whole('interest_free_periods', 0),
  };
}

function orderOf(value: unknown): readonly Step[] {
  if (typeof value === 'string') {
    const components = ORDERS[value];
    if (components === undefined) throw new Error(`conventions.allocation_order is ${value}: one of ${Object.keys(ORDERS).join(', ')}`);
    return BUCKETS.flatMap((bucket) => components.map((component) => ({ bucket, component })));
  }
  if (!Array.isArray(value)) throw new Error('conventions.allocation_order is no list');
  return value.map((word: unknown): Step => {
    const match = /^(PAST_DUE|DUE|IN_ADVANCE)_(PENALTY|FEE|INTEREST|PRINCIPAL)$/.exec(String(word));
    if (match === null) throw new Error(`conventions.allocation_order has ${String(word)}`);
    return { bucket: match[1] as Bucket, component: COMPONENTS[match[2]!]! };
  });
}
