import { equalRows } from './amortization-rows.ts';
import { addMonths, type BusinessDate } from './business-date.ts';
import type { CostFlows } from './annual-cost.ts';
import type { Fixed } from './fixed.ts';
import { ONE } from './fixed.ts';
import { needDay } from './calendar.ts';
import { divideHalfUp, fen, FEN_MAX, type Fen } from './money.ts';
import { needBigint, needInteger, needList, needObject } from './needs.ts';
import { checkAmount, checkMonths, checkOneOf, checkPrincipal, checkShare, checkStated, monthlyRatio, type StatedRate } from './true-cost-rate.ts';

export type FlatFeeTerms = { readonly principal: Fen; readonly months: number; readonly rate: StatedRate };

/** One month of an offer. `interest` is what its rate asks, `fee` everything else. */
export type OfferRow = {
  readonly number: number;
  readonly principal: Fen;
  readonly interest: Fen;
  readonly fee: Fen;
  readonly total: Fen;
  readonly balance: Fen;
};

/**
 * The schedule of a flat-fee loan (等本等息): every month the same share of principal, and the same charge on the
 * whole first principal however little of it is left. Only ever shown with its true annual cost.
 *
 * Units   fen; a rate a day counts 30 days a month, a rate a year 12 months.
 * Rounds  the share of principal once and the charge once, half up. The last month absorbs the rest of the principal.
 * Keeps   Σ principal = terms.principal; the last balance is 0; every month asks the same charge.
 * Needs   1 fen to 100 million yuan, 1 to 480 months, a rate of 0 to 100 % a day or month, 0 to 1000 % a year.
 * Throws  ArgumentError outside `Needs`.
 * Source  docs/specs/flat-fee.md §1.
 */
export function flatFeeSchedule(terms: FlatFeeTerms): readonly OfferRow[] {
  needObject('terms', terms);
  const { principal: lent, months, rate } = terms;
  checkPrincipal('principal', lent);
  checkMonths(months);
  checkStated('rate', rate);
  const { top, bottom } = monthlyRatio(rate);
  return equalRows({ principal: lent, count: months, factor: { numerator: top, denominator: bottom }, shape: 'flat' })
    .map(({ principal, interest, balance }, index) => ({ number: index + 1, principal: fen(principal), interest: fen(interest), fee: fen(0n), total: fen(principal + interest), balance: fen(balance) }));
}

/** A charge beside the rate: when it is taken, and how much it is. */
export type OfferFee = {
  /**
   * `deducted`: held back from what reaches the borrower (砍头息). `paid_up_front`: paid by the borrower on the first day.
   * `monthly`: with every installment. `with_first`: once, with the first installment.
   */
  readonly when: 'deducted' | 'paid_up_front' | 'monthly' | 'with_first';
  readonly size: { readonly kind: 'amount'; readonly amount: Fen } | FeeShare;
};

/** A share of the first principal or, for a monthly fee, of what is still out. Other fees fall when all of it is out. */
export type FeeShare = { readonly kind: 'share'; readonly share: Fixed; readonly of: 'original' | 'outstanding' };

/** An offer as money: what comes in on the first day, what goes out then and every month. */
export type OfferFlows = {
  readonly principal: Fen;
  readonly deducted: Fen;
  readonly paidUpFront: Fen;
  /** What the borrower has on the first day when all is taken and paid: may be zero or less. */
  readonly received: Fen;
  readonly rows: readonly OfferRow[];
};

const FEES_MAX = 20;
const ROWS_MAX = 480;

/**
 * Lays fees over a schedule.
 *
 * Rounds  each fee each time it is charged, half up.
 * Keeps   principal and interest of every row as they were; each row's total = principal + interest + fee.
 * Needs   1 fen to 100 million yuan, at most 480 rows with amounts of 0 to 10 trillion yuan, at most 20 fees: a share of 0 to 100 %, an amount of
 *         at most the principal.
 * Throws  ArgumentError outside `Needs`, or when a sum leaves 10 trillion yuan.
 * Source  docs/specs/flat-fee.md §2.
 */
export function withFees(principal: Fen, rows: readonly OfferRow[], fees: readonly OfferFee[]): OfferFlows {
  checkPrincipal('principal', principal);
  checkRows('rows', rows);
  needList('fees', fees, FEES_MAX);
  for (let index = 0; index < fees.length; index++) checkFee(`fees[${index}]`, fees[index] as OfferFee | undefined, principal);
  const sumOf = (when: OfferFee['when'], base: bigint): bigint => fees.reduce((sum, fee) => (fee.when === when ? sum + feeOn(fee, principal, base) : sum), 0n);
  const deducted = sumOf('deducted', principal);
  const paidUpFront = sumOf('paid_up_front', principal);
  let balance: bigint = principal;
  const charged = rows.map((row): OfferRow => {
    const fee = row.fee + sumOf('monthly', balance) + (row.number === 1 ? sumOf('with_first', principal) : 0n);
    balance = row.balance;
    return { ...row, fee: fen(fee), total: fen(row.principal + row.interest + fee) };
  });
  return { principal, deducted: fen(deducted), paidUpFront: fen(paidUpFront), received: fen(principal - deducted - paidUpFront), rows: charged };
}

/**
 * The flows of an offer as `annualCostOf` takes them: row n falls due n calendar months after the first day.
 *
 * Units   fen.
 * Needs   flows as `withFees` makes them; months that stay within the years 1 to 9999.
 * Throws  ArgumentError outside `Needs`.
 * Source  docs/specs/flat-fee.md §2.
 */
export function costFlowsOf(flows: OfferFlows, receivedOn: BusinessDate): CostFlows {
  needObject('flows', flows);
  needDay('receivedOn', receivedOn);
  const { received, rows } = flows;
  needBigint('flows.received', received, -FEN_MAX, FEN_MAX);
  checkRows('flows.rows', rows);
  return { received, receivedOn, payments: rows.map((row) => ({ dueOn: addMonths(receivedOn, row.number), principal: row.principal, charges: fen(row.interest + row.fee) })) };
}

function feeOn({ size }: OfferFee, original: bigint, outstanding: bigint): bigint {
  if (size.kind === 'amount') return size.amount;
  return divideHalfUp((size.of === 'original' ? original : outstanding) * size.share, ONE);
}

function checkRows(argument: string, rows: readonly OfferRow[]): void {
  needList(argument, rows, ROWS_MAX);
  for (let index = 0; index < rows.length; index++) {
    const row: unknown = rows[index];
    needObject(`${argument}[${index}]`, row);
    const { number, ...amounts } = row as OfferRow;
    needInteger(`${argument}[${index}].number`, number, 1, ROWS_MAX);
    for (const name of ['principal', 'interest', 'fee', 'total', 'balance'] as const) needBigint(`${argument}[${index}].${name}`, amounts[name], 0n, FEN_MAX);
  }
}

function checkFee(argument: string, fee: OfferFee | undefined, principal: Fen): void {
  needObject(argument, fee);
  const { when, size } = fee;
  checkOneOf(`${argument}.when`, when, ['deducted', 'paid_up_front', 'monthly', 'with_first']);
  needObject(`${argument}.size`, size);
  checkOneOf(`${argument}.size.kind`, size.kind, ['amount', 'share']);
  if (size.kind === 'amount') checkAmount(`${argument}.size.amount`, size.amount, principal);
  else {
    checkShare(`${argument}.size.share`, size.share);
    checkOneOf(`${argument}.size.of`, size.of, ['original', 'outstanding']);
  }
}
