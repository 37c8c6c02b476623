import { annualCostOf, type AnnualCost } from './annual-cost.ts';
import { ArgumentError } from './assert.ts';
import type { BusinessDate } from './business-date.ts';
import { needDay } from './calendar.ts';
import { fen, FEN_MAX, type Fen } from './money.ts';
import { needBigint, needInteger, needObject, needOneOf } from './needs.ts';
import { scheduleRows, type Installment } from './schedule-rows.ts';
import { TERM_DAYS_MAX, TERMS_MONTHS_MAX, TERMS_RATE_MAX } from './terms-check.ts';
import type { InterestBasis, LoanTerms } from './terms.ts';

/** What somebody who thinks of borrowing chooses, and what the product says of its price. The rest of a contract does not show in a schedule. */
export type QuoteTerms = Pick<LoanTerms, 'principal' | 'method' | 'basis' | 'rate' | 'months' | 'termDays' | 'dueDay'>;

export type LoanQuote = {
  readonly rows: readonly Installment[];
  /** All interest, and all that is repaid. */
  readonly interest: Fen;
  readonly total: Fen;
  /** Null where no rate explains the rows: a loan of a few fen that is paid back at once. */
  readonly cost: AnnualCost | null;
};

const DAY_RATES: readonly InterestBasis[] = ['act_360', 'act_365', 'act_act'];
const PERIOD_RATES: readonly InterestBasis[] = ['monthly', 'thirty_bond_basis', 'thirty_us', 'thirty_european', 'thirty_european_plus', 'thirty_isda', 'thirty_excel_nasd'];

/**
 * What a plain loan asks and costs, for a screen on which somebody moves a slider: the schedule and its annual cost, and little code to load
 * (the contract's fees, graces and rolled days are left to `scheduleOf`).
 *
 * Units   fen; ppm a year.
 * Rounds  as `scheduleOf` and `annualCostOf`.
 * Keeps   rows = those of `scheduleOf` for a contract of these terms and nothing more.
 * Needs   1 fen to 10 trillion yuan, which all that is repaid stays within; a rate of 0 to 1 % a day; 1 to 480 months, or `any_time`: 1, with a rate by the day and 1 to 14,610 `termDays`,
 *         null otherwise; a `dueDay` of 1 to 31 or null, which it is with `monthly` and `any_time`; a first day from which the last lies within the year 9999.
 * Throws  ArgumentError outside `Needs`.
 * Source  docs/specs/repayment-schedule.md §2, docs/specs/annual-cost.md §2.
 */
export function quoteOf(terms: QuoteTerms, startOn: BusinessDate): LoanQuote {
  needPlain(terms);
  needDay('startOn', startOn);
  const { principal, method, basis, rate, months, termDays, dueDay } = terms;
  const rows = scheduleRows({
    principal, method, basis, rate, months, termDays, dueDay,
    graceDays: 0, graceCountsBack: false, penaltyRate: rate, allocationOrder: [], allocationScope: 'installment_first',
  }, startOn);
  const interest = rows.reduce((sum, row) => sum + row.interest, 0n);
  const result = annualCostOf({ received: principal, receivedOn: startOn, payments: rows.map((row) => ({ dueOn: row.dueOn, principal: row.principal, charges: row.interest })) });
  return { rows, interest: fen(interest), total: fen(principal + interest), cost: result.kind === 'cost' ? result.cost : null };
}

function needPlain(terms: QuoteTerms): void {
  needObject('terms', terms);
  const { principal, method, basis, rate, months, termDays, dueDay } = terms;
  needBigint('terms.principal', principal, 1n, FEN_MAX);
  needOneOf('terms.method', method, ['level_installment', 'level_principal', 'interest_first', 'any_time']);
  const isAnyTime = method === 'any_time';
  needOneOf('terms.basis', basis, isAnyTime ? DAY_RATES : [...DAY_RATES, ...PERIOD_RATES]);
  needBigint('terms.rate', rate, 0n, TERMS_RATE_MAX);
  needInteger('terms.months', months, 1, isAnyTime ? 1 : TERMS_MONTHS_MAX);
  if (isAnyTime) needInteger('terms.termDays', termDays, 1, TERM_DAYS_MAX);
  else if (termDays !== null) throw new ArgumentError('terms.termDays', termDays, 'null, but with any_time');
  if (dueDay === null) return;
  if (isAnyTime || basis === 'monthly') throw new ArgumentError('terms.dueDay', dueDay, 'null, with any_time and with monthly');
  needInteger('terms.dueDay', dueDay, 1, 31);
}
