import { addDays, businessDate, parseYuan, type BusinessDate, type Share } from '../../src/index.ts';
import { paidOf, sum, type Book, type Folded } from './book.ts';
import { foldCumulative } from './cumulative.ts';
import { foldProgressive } from './progressive.ts';
import { shareOf } from './progressive-model.ts';
import { percentOf, settingsOf, type Case, type FutureRule, type Settings } from './settings.ts';
import { scheduleTable, splitsOf, transactionsTable, type Table } from './tables.ts';

/** What a step of a sequence expects, and what this side has there. */
export type Compared = { readonly step: number; readonly expected: Table; readonly actual: Table };

type Step = Case['sequence'][number];

/** Plays a case's sequence, and gives back every expectation beside ours. */
export function play(c: Case): readonly Compared[] {
  const scenario = new Scenario(settingsOf(c));
  return c.sequence.flatMap((step, index) => {
    const actual = scenario.take(step);
    if (actual === null) return [];
    const { event: _, as_of: asOf, ...expected } = step;
    if (asOf !== undefined && businessDate(String(asOf)) !== scenario.today) throw new Error(`step ${index} is as of ${String(asOf)}`);
    return [{ step: index, expected, actual: onlyAsked(expected, actual) }];
  });
}

/** Of a table, what the other one has: some cases leave columns out. */
function onlyAsked(expected: unknown, actual: unknown): Table {
  if (Array.isArray(expected) && Array.isArray(actual)) return actual.map((row, index) => (index < expected.length ? onlyAsked(expected[index], row) : row)) as unknown as Table;
  if (typeof expected !== 'object' || expected === null || typeof actual !== 'object' || actual === null) return actual as Table;
  return Object.fromEntries(Object.keys(expected).map((name) => [name, onlyAsked((expected as Table)[name], (actual as Table)[name])]));
}

const NOT_YET = businessDate('0001-01-01');

class Scenario {
  settings: Settings;
  today: BusinessDate = NOT_YET;
  approved = false;
  advances: Book['advances'][number][] = [];
  payments: Book['payments'][number][] = [];
  rates: Book['rates'][number][] = [];
  knownTo: BusinessDate = NOT_YET;
  closedOf: BusinessDate | null = null;
  accruals: { on: BusinessDate; amount: bigint; after: number }[] = [];
  readonly replayed = new Set<number>();
  #splits: ReadonlyMap<number, { readonly principal: bigint; readonly interest: bigint }> = new Map();

  constructor(settings: Settings) {
    this.settings = settings;
  }

  get book(): Book {
    const { settings, today } = this;
    // Before anything is paid out, the table shows what would be.
    const advances = this.advances.length > 0 ? this.advances : [{ on: today > NOT_YET ? settings.submittedOn : today, amount: settings.principal }];
    return { advances, payments: this.payments, rates: this.rates, knownTo: this.knownTo };
  }

  folded(): Folded {
    return this.settings.scheduleType === 'PROGRESSIVE' ? foldProgressive(this.settings, this.book) : foldCumulative(this.settings, this.book);
  }

  /** One step of the sequence; for an expectation, what stands here. */
  take(step: Step): Table | null {
    switch (step['event']) {
      case 'business_date': return this.move(day(step['date']));
      case 'set_product_future_installment_rule': return this.rule(String(step['rule']));
      case 'approve': return this.approve();
      case 'disburse': return this.disburse(day(step['date']), parseYuan(String(step['amount'])));
      case 'repay': return this.repay(day(step['date']), parseYuan(String(step['amount'])), false);
      case 'pay_off': return this.repay(day(step['date']), this.folded().payoffOn(day(step['date'])), false);
      case 'reschedule': return this.reschedule(step);
      case 'run_end_of_day': return this.closeDay();
      case 'expect_schedule': return scheduleTable(this.folded(), this.book.advances);
      case 'expect_transactions': return { rows: transactionsTable({ folded: this.folded(), book: this.book, accruals: this.accruals, replayed: this.replayed }) };
      case 'expect_status': return { status: this.status() };
      case 'expect_all_installments_met': return this.folded().rows.every((row) => paidOf(row) === row.principal + row.interest) ? {} : { missing: 'an installment is not met' };
      default: throw new Error(`no such event: ${String(step['event'])}`);
    }
  }

  move(date: BusinessDate): null {
    this.today = date;
    return null;
  }

  rule(rule: string): null {
    if (!['NEXT_INSTALLMENT', 'LAST_INSTALLMENT', 'NEXT_LAST_INSTALLMENT', 'REAMORTIZATION'].includes(rule)) throw new Error(`no such future installment rule: ${rule}`);
    this.settings = { ...this.settings, futureRule: rule as FutureRule };
    return null;
  }

  approve(): null {
    this.approved = true;
    return null;
  }

  disburse(on: BusinessDate, amount: bigint): null {
    this.advances.push({ on, amount });
    this.advances.sort((a, b) => a.on - b.on);
    this.know(this.today);
    const down = shareOf(amount, this.settings.downPayment);
    return down > 0n && this.settings.paysDownPayment ? this.repay(on, down, true) : null;
  }

  repay(on: BusinessDate, amount: bigint, isDownPayment: boolean): null {
    this.payments.push({ id: this.payments.length + 1, on, amount, isDownPayment });
    this.know(this.today);
    const folded = this.folded();
    const splits = splitsOf(folded, this.payments);
    for (const [id, { principal, interest }] of this.#splits) if (splits.get(id)!.principal !== principal || splits.get(id)!.interest !== interest) this.replayed.add(id);
    this.#splits = splits;
    // The last payment of a loan brings its income up to what it was charged.
    if (isMet(folded)) this.accrue(on, sum(folded.rows.map(({ interest }) => interest)));
    return null;
  }

  /** The peer's form: the day from which, and the new rate. Its other fields are refused by name. */
  reschedule(step: Step): null {
    const { event: _, date, submitted_on: submittedOn, from, reschedule_from: rescheduleFrom, reschedule_from_date: fromDate, new_rate: newRate, new_interest_rate: newInterestRate, new_annual_rate_percent: newPercent,
      new_interest_rate_percent: newInterestPercent, new_annual_nominal_rate_percent: newNominal, ...others } = step;
    const unknown = Object.entries(others).filter(([, value]) => value !== null && value !== '');
    if (unknown.length > 0) throw new Error(`reschedule has settings that are not known: ${unknown.map(([name]) => name).join(', ')}`);
    const rate = newRate ?? newInterestRate ?? newPercent ?? newInterestPercent ?? newNominal;
    if (rate === undefined) throw new Error('reschedule has no new rate');
    this.rates.push({ from: day(rescheduleFrom ?? fromDate ?? from ?? date ?? submittedOn), rate: percentOf(rate) satisfies Share });
    this.know(this.today);
    return null;
  }

  know(date: BusinessDate): void {
    if (date > this.knownTo) this.knownTo = date;
  }

  /** The day that ends is the one before: the first close makes up for all days before it in one, later ones day by day. */
  closeDay(): null {
    const ended = addDays(this.today, -1);
    this.know(ended);
    const folded = this.folded();
    const first = this.closedOf === null ? ended : addDays(this.closedOf, 1);
    for (let date = first; date <= ended && !isMet(folded) && this.advances.length > 0; date = addDays(date, 1)) this.accrue(date, folded.interestBy(date));
    if (this.closedOf === null || ended > this.closedOf) this.closedOf = ended;
    return null;
  }

  /** Income is the whole to date, rounded, less what was booked: never a day's interest rounded. */
  accrue(on: BusinessDate, total: bigint): void {
    const amount = total - sum(this.accruals.map((accrual) => accrual.amount));
    if (amount !== 0n) this.accruals.push({ on, amount, after: this.payments.length });
  }

  status(): string {
    if (!this.approved) return 'SUBMITTED_AND_PENDING_APPROVAL';
    if (this.advances.length === 0) return 'APPROVED';
    const folded = this.folded();
    if (folded.overpaid.size > 0) return 'OVERPAID';
    return isMet(folded) ? 'CLOSED_OBLIGATIONS_MET' : 'ACTIVE';
  }
}

const day = (value: unknown): BusinessDate => businessDate(String(value));
const isMet = ({ rows }: Folded): boolean => rows.every((row) => paidOf(row) === row.principal + row.interest);
