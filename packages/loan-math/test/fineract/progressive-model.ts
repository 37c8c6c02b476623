import { amortize, divideRounded, fen, installmentOf, levelOver, periodInterest, type AmortizationPeriod, type BusinessDate, type Share } from '../../src/index.ts';
import { most, sum, type Book } from './book.ts';
import { NOTHING, plus, share, sliceOfYear, spansOf, times, type Span } from './days.ts';
import type { Settings } from './settings.ts';

/** A period as it looks now: what it bears, and what of that it asks. What it bears and does not ask, the next one does. */
export type Seen = { readonly own: bigint; readonly interest: bigint; readonly principal: bigint };

const NEVER = Number.POSITIVE_INFINITY;
const RESPREADS = 3;

/**
 * The peer's progressive loan between two payments: an installment for each period, and what was paid to it. Interest follows from the balance
 * of each day; principal that is overdue stays in it until it is paid, or until the day the book is known to. Interest itself, the installment
 * and its re-spread are the library's.
 */
export class ProgressiveModel {
  readonly settings: Settings;
  readonly spans: readonly Span[];
  readonly recalculates: boolean;
  installments: bigint[];
  original: bigint[];
  paidPrincipal: bigint[];
  paidInterest: bigint[];
  advances: Book['advances'][number][] = [];
  /** Principal paid, on the day from which it bears no more interest. */
  repaid: Book['advances'][number][] = [];
  rates: Book['rates'][number][];
  flatCharges: readonly bigint[] | null = null;
  knownTo: number = Number.NEGATIVE_INFINITY;

  constructor(settings: Settings, from: BusinessDate) {
    this.settings = settings;
    this.spans = spansOf(from, settings);
    this.recalculates = settings.recalculates && settings.rate.numerator > 0n && !settings.isFlat;
    this.rates = [{ from, rate: settings.rate }];
    const none = (): bigint[] => this.spans.map(() => 0n);
    [this.installments, this.original, this.paidPrincipal, this.paidInterest] = [none(), none(), none(), none()];
  }

  copy(): ProgressiveModel {
    const { installments, original, paidPrincipal, paidInterest, advances, repaid, rates, flatCharges, knownTo } = this;
    return Object.assign(new ProgressiveModel(this.settings, this.spans[0]!.from), {
      installments: [...installments], original: [...original], paidPrincipal: [...paidPrincipal], paidInterest: [...paidInterest],
      advances: [...advances], repaid: [...repaid], rates: [...rates], flatCharges, knownTo,
    });
  }

  paidTo(index: number): bigint {
    return this.paidPrincipal[index]! + this.paidInterest[index]!;
  }

  get lent(): bigint {
    return sum(this.advances.map(({ amount }) => amount));
  }

  get outstanding(): bigint {
    return this.lent - sum(this.paidPrincipal);
  }

  get unpaid(): readonly number[] {
    return this.spans.map((_, index) => index).filter((index) => this.installments[index] !== this.paidTo(index));
  }

  /** Every period, with interest up to a day. */
  seen(till: number = NEVER): readonly Seen[] {
    const seen: Seen[] = [];
    let carried = 0n;
    for (let index = 0; index < this.spans.length; index++) {
      const own = this.flatCharges?.[index] ?? periodInterest(fen(most(this.balanceOn(this.spans[index]!.from, seen), 0n)), this.periodOf(index, seen, till), 'half_even');
      const borne = own + carried;
      const isPrincipalAhead = this.recalculates && this.paidPrincipal[index]! > this.installments[index]! - borne;
      const interest = this.recalculates ? most(isPrincipalAhead ? this.paidInterest[index]! : borne, this.paidInterest[index]!) : borne;
      const principal = this.recalculates ? most(this.installments[index]! - interest, this.paidPrincipal[index]!) : this.installments[index]! - interest;
      carried = borne - interest;
      seen.push({ own, interest, principal });
    }
    return seen;
  }

  /** What bears interest on a day, the periods before it having been looked at. */
  balanceOn(day: number, before: readonly Seen[]): bigint {
    const lent = sum(this.advances.filter(({ on }) => on <= day).map(({ amount }) => amount));
    const repaid = this.recalculates ? sum(this.repaid.filter(({ on }) => on <= day).map(({ amount }) => amount)) : 0n;
    const expected = before.map(({ principal }, index) => (this.closes(index) <= day ? principal - (this.recalculates ? this.paidPrincipal[index]! : 0n) : 0n));
    return lent - repaid - sum(expected);
  }

  /** The day on which what is left of a period's principal is taken to be paid. */
  closes(index: number): number {
    const { due } = this.spans[index]!;
    return this.recalculates ? Math.max(due, this.knownTo) : due;
  }

  /** A period for the library: the factor of the whole, and each change of balance inside with the factor of the rest. */
  periodOf(index: number, before: readonly Seen[], till: number = NEVER, isForLevel = false): AmortizationPeriod {
    const span = this.spans[index]!;
    const days = [...this.advances, ...(this.recalculates ? this.repaid : [])].map(({ on }): number => on);
    const inside = [...days, ...before.map((_, at) => this.closes(at)), ...this.rates.map(({ from }) => from)].filter((day) => day > span.from && day < span.due);
    const starts = [...new Set([span.from, ...inside])].toSorted((a, b) => a - b) as BusinessDate[];
    const factors = starts.map((start, at) => this.factorOf({ start, end: starts[at + 1] ?? span.due, span, isForLevel }, till));
    const rest = (at: number): Share => factors.slice(at).reduce(plus, NOTHING);
    const changes = starts.slice(1).map((start, at) => ({ amount: this.balanceOn(start, before) - this.balanceOn(starts[at]!, before), factor: rest(at + 1) }));
    return { dueOn: span.due, factor: rest(0), changes: changes.filter(({ amount }) => amount !== 0n) };
  }

  factorOf({ start, end, span, isForLevel }: { readonly start: BusinessDate; readonly end: BusinessDate; readonly span: Span; readonly isForLevel: boolean }, till: number): Share {
    const last = Math.min(end, till);
    if (last <= start) return NOTHING;
    const { rate } = this.rates.filter(({ from }) => from <= start).at(-1)!;
    if (isForLevel) return times(rate, sliceOfYear({ from: start, to: end, span }, this.settings));
    // The rest of the period is counted whole and shared out by days: a slice that ends before a year does has part of the days after it.
    return times(times(rate, sliceOfYear({ from: start, to: span.due, span }, this.settings)), share(BigInt(last - start), BigInt(span.due - start)));
  }

  /** The last period not paid in full asks whatever makes the installments sum to what was lent and its interest. */
  settle(till: number = NEVER): void {
    for (let turn = 0; turn <= this.spans.length && this.recalculates; turn++) {
      for (const [index, { principal }] of this.seen(till).entries()) {
        const beyond = principal - this.paidPrincipal[index]! - this.outstanding;
        if (beyond > 0n) this.installments[index] = most(this.installments[index]! - beyond, this.paidTo(index));
      }
      const last = this.unpaid.at(-1);
      if (last === undefined) return;
      this.installments[last]! += this.lent + sum(this.seen(till).map(({ interest }) => interest)) - sum(this.installments);
      if (this.installments[last]! >= this.paidTo(last)) return;
      this.installments[last] = this.paidTo(last);
    }
  }

  /** The period a change on this day belongs to: a due day belongs to the period it opens. */
  periodAt(day: BusinessDate): number {
    const index = this.spans.findIndex(({ due }) => day < due);
    return index === -1 ? this.spans.length - 1 : index;
  }

  /** New installments from a period on: the level one over what is then out, and its re-spread. */
  spread(first: number, plan: ProgressiveModel): void {
    const before = plan.seen().slice(0, first);
    const { settings, spans } = this;
    const opening = most(plan.balanceOn(spans[first]!.from, before), 0n);
    const grace = Math.min(Math.max(0, settings.graceOnPrincipal - first), spans.length - first - 1);
    const periods = spans.slice(first).map((_, at) => plan.periodOf(first + at, at === 0 ? before : [], NEVER, true));
    const lent = opening + sum(periods.slice(0, grace + 1).flatMap(({ changes = [] }) => changes.filter(({ amount }) => amount > 0n).map(({ amount }) => amount)));
    if (lent === 0n) return;
    // The peer rounds to the cent, then to the multiple.
    const cents = levelOver(fen(lent), { periods: periods.slice(grace).map(({ factor }) => ({ factor })), rounding: 'half_even' });
    const whole = divideRounded(cents, settings.multipleOf, 'half_even') * settings.multipleOf;
    const terms = { principal: fen(opening), periods, shape: 'level', rounding: 'half_even', graceOnPrincipal: grace } as const;
    const level = installmentOf({ ...terms, installment: fen(whole === 0n ? cents : whole), multipleOf: settings.multipleOf, respread: RESPREADS });
    const rows = amortize({ ...terms, installment: level });
    for (let index = first; index < spans.length; index++) {
      const asked = index - first < grace ? rows[index - first]!.total : level;
      if (asked >= this.paidTo(index)) [this.installments[index], this.original[index]] = [asked, asked];
    }
    if (!this.recalculates) this.closeOff();
  }

  /** Without recalculation nothing is settled later: the last installment takes the rest now. */
  closeOff(): void {
    const last = this.spans.length - 1;
    this.installments[last] = this.lent + sum(this.seen().map(({ interest }) => interest)) - sum(this.installments.slice(0, -1));
    this.original[last] = this.installments[last]!;
  }

  /** Flat interest on what was lent, in equal installments. */
  spreadFlat(): void {
    const periods = this.spans.map((_, index) => this.periodOf(index, []));
    const opening = this.balanceOn(this.spans[0]!.from, []);
    const { multipleOf, graceOnPrincipal, interestFree } = this.settings;
    const rows = amortize({ principal: fen(opening), periods, shape: 'flat_level', rounding: 'half_even', multipleOf, graceOnPrincipal, interestFree });
    this.flatCharges = rows.map(({ interest }) => interest);
    this.installments = rows.map(({ total }) => total);
    this.original = [...this.installments];
  }

  /** The same loan as if nothing had ever been paid, or been late. */
  planned(): ProgressiveModel {
    const copy = this.copy();
    return Object.assign(copy, { paidPrincipal: this.spans.map(() => 0n), paidInterest: this.spans.map(() => 0n), repaid: [], knownTo: Number.NEGATIVE_INFINITY });
  }
}

/** A share of an amount, as the peer rounds it. */
export const shareOf = (amount: bigint, part: Share): bigint => divideRounded(amount * part.numerator, part.denominator, 'half_even');
