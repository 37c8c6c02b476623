import { addMonths, businessDateOf, civilOf, days360, isLeapYear, rolledDay, type BusinessDate, type LoanTerms, type ThirtyRule } from '../src/index.ts';
import { fraction, largest, max, min, over, plus, rounded, sum, times, whole, type Fraction } from './naive-fraction.ts';

export type Period = {
  row: number; base: bigint; run: Fraction; level: bigint; later: bigint; carried: bigint; fee: bigint; asked: bigint | null;
  aheadF: bigint; aheadI: bigint; aheadP: bigint; preI: bigint; preP: bigint;
  /** Part of the year's rate that runs in the night before each day, by day. */
  nights: Map<number, Fraction>;
  /** Σ rate × part of the nights gone by. */
  borne: Fraction;
  rest: { day: number; parts: Fraction } | null;
};

/** How due days follow: row n falls due n − before + shift months after the origin. */
type Layout = { origin: BusinessDate; before: number; last: number; shift: number; anchor: number };

export type Pause = { from: number; until: number; layout: Layout; due: number[]; plain: number[]; nights: Map<number, Fraction> };

/** A loan's calendar and what its periods ask: all that follows from its contract as it stands. */
export class NaiveContract {
  readonly terms: LoanTerms;
  readonly start: BusinessDate;
  rate: Fraction;
  layout: Layout;
  /** Due days by row, day 0 the first; and where they were before they moved to working days. */
  due: number[];
  plain: number[];
  isRescheduled = false;
  period: Period | null = null;

  constructor(terms: LoanTerms, start: BusinessDate) {
    this.terms = terms;
    this.start = start;
    this.rate = fraction(terms.rate, 1_000_000n);
    const anchor = terms.dueDay ?? civilOf(start).day;
    const end = terms.method === 'any_time' ? businessDateOf(start + terms.termDays!) : start;
    this.layout = terms.method === 'any_time' ? { origin: end, before: 1, last: 1, shift: 0, anchor: civilOf(end).day }
      : { origin: start, before: 0, last: terms.months, shift: this.firstShift(start, anchor), anchor };
    this.due = [start];
    this.plain = [start];
    this.layDays(1);
    this.open(1, terms.principal, { level: this.levelFor(1, terms.principal), carried: 0n });
  }

  firstShift = (from: BusinessDate, anchor: number): number => (addMonths(from, 1, anchor) - from < (this.terms.firstPeriodDaysMin ?? 0) ? 1 : 0);

  plainDue = (row: number, months = 0): BusinessDate => addMonths(this.layout.origin, row - this.layout.before + this.layout.shift + months, this.layout.anchor);

  layDays(from: number): void {
    this.plain = this.plain.slice(0, from);
    this.due = this.due.slice(0, from);
    for (let row = from; row <= this.layout.last; row++) {
      const day = this.plainDue(row);
      this.plain.push(day);
      this.due.push(this.roll(day, this.due[row - 1]!));
    }
  }

  roll(day: BusinessDate, after: number): number {
    const { dueRoll } = this.terms;
    if (dueRoll === undefined) return day;
    try {
      const moved = rolledDay(dueRoll.calendar, day, dueRoll.rule);
      return moved > after ? moved : rolledDay(dueRoll.calendar, day, 'following');
    } catch {
      return day;
    }
  }

  feesOf(when: string, base: bigint): bigint {
    return sum((this.terms.fees ?? []).filter((fee) => fee.when === when).map((fee) => fee.amount ?? rounded(fraction(base * fee.ratePpm!, 1_000_000n))));
  }

  open(row: number, base: bigint, { level, carried }: { level: bigint; carried: bigint }): void {
    this.period = null;
    if (base === 0n || row >= this.due.length) return;
    const { principal } = this.terms;
    const fee = this.feesOf('monthly_on_original', principal) + this.feesOf('monthly_on_outstanding', base) + (row === 1 ? this.feesOf('first_installment', principal) : 0n);
    const nights = new Map<number, Fraction>();
    this.period = {
      row, base, run: whole(0n), level, later: level, carried, fee, asked: null, aheadF: 0n, aheadI: 0n, aheadP: 0n, preI: 0n, preP: 0n, nights, borne: whole(0n), rest: null,
    };
    this.spread(this.period, { from: this.due[row - 1]!, to: this.due[row]!, plainFrom: this.plain[row - 1]!, plainTo: this.plain[row]! });
  }

  /** Gives each night of a stretch that is a month (or the one period of a day rate) its part of the year. */
  spread(period: Period, { from, to, plainFrom, plainTo }: { from: number; to: number; plainFrom: number; plainTo: number }): void {
    const { basis } = this.terms;
    for (let day = from + 1; day <= to; day++) {
      let part = fraction(1n, 360n);
      if (basis === 'act_365') part = fraction(1n, 365n);
      else if (basis === 'act_act') part = fraction(1n, isLeapYear(civilOf(businessDateOf(day - 1)).year) ? 366n : 365n);
      else if (basis === 'monthly') part = fraction(1n, 12n * BigInt(to - from));
      else if (basis.startsWith('thirty')) part = fraction(this.thirty(plainFrom, plainTo), 360n * BigInt(to - from));
      period.nights.set(day, this.isFree(period.row) ? whole(0n) : part);
    }
    period.rest = null;
  }

  thirty = (from: number, to: number): bigint =>
    max(BigInt(days360(businessDateOf(from), businessDateOf(to), this.terms.basis.slice(7) as ThirtyRule, businessDateOf(this.plain.at(-1)!))), 0n);

  isFree = (row: number): boolean => row <= (this.terms.interestFree ?? 0);
  isPrincipalFree = (row: number): boolean => !this.isRescheduled && row <= (this.terms.graceOnPrincipal ?? 0);

  /** The part of the year in a row that has not begun. */
  yearOf(row: number): Fraction {
    const { basis } = this.terms;
    const [from, to] = [this.due[row - 1]!, this.due[row]!];
    if (this.isFree(row)) return whole(0n);
    if (basis === 'monthly') return fraction(1n, 12n);
    if (basis.startsWith('thirty')) return fraction(this.thirty(this.plain[row - 1]!, this.plain[row]!), 360n);
    if (basis === 'act_360') return fraction(BigInt(to - from), 360n);
    if (basis === 'act_365') return fraction(BigInt(to - from), 365n);
    let [leap, other] = [0n, 0n];
    for (let day = from; day < to; day++) {
      if (isLeapYear(civilOf(businessDateOf(day)).year)) leap += 1n;
      else other += 1n;
    }
    return plus(fraction(leap, 366n), fraction(other, 365n));
  }

  /** The parts of the year in the nights to come of a period. */
  restOf(period: Period, day: number): Fraction {
    if (period.rest?.day !== day) {
      let parts = whole(0n);
      for (const [night, part] of period.nights) if (night > day) parts = plus(parts, part);
      period.rest = { day, parts };
    }
    return period.rest!.parts;
  }

  /** What rows from `from` on ask to repay a balance; `under`: how the first of them, under way, grows it. */
  levelFor(from: number, balance: bigint, under: Fraction | null = null): bigint {
    const { method } = this.terms;
    if (method !== 'level_installment' && method !== 'level_principal') return 0n;
    let discount = whole(1n);
    let perUnit = whole(0n);
    for (let row = from; row < this.due.length; row++) {
      if (this.isPrincipalFree(row)) continue;
      const growth = method === 'level_principal' ? whole(0n) : row === from && under !== null ? under : times(this.rate, this.yearOf(row));
      discount = over(discount, plus(whole(1n), growth));
      perUnit = plus(perUnit, discount);
    }
    return rounded(over(whole(balance), perUnit));
  }

  /** What a row asks in all beside what went with prepayments, and the interest it leaves to the next. */
  asks(period: Period, day: number): { interest: bigint; principal: bigint; carriedOn: bigint } {
    const interest = this.rowInterest(period, 0n, day);
    const balance = period.base + period.aheadP;
    const isGrace = !this.isRescheduled && period.row <= (this.terms.graceOnInterest ?? 0);
    const planned = isGrace && period.asked !== null ? min(period.asked, balance) : this.plannedPrincipal(period, interest);
    const principal = max(planned, period.aheadP);
    const isLeft = isGrace && principal < balance;
    return { principal, interest: isLeft ? 0n : interest, carriedOn: isLeft ? interest : 0n };
  }

  plannedPrincipal(period: Period, interest: bigint): bigint {
    const balance = period.base + period.aheadP;
    if (period.row === this.due.length - 1) return balance;
    if (this.isPrincipalFree(period.row)) return 0n;
    if (this.terms.method === 'level_principal') return min(period.level, balance);
    return this.terms.method === 'level_installment' ? min(max(period.level - max(interest - period.carried, 0n), 0n), balance) : 0n;
  }

  /** The row's whole interest if `extra` more principal leaves on `day`. */
  rowInterest(period: Period, extra: bigint, day: number): bigint {
    const rest = times(whole(period.base - extra), times(this.rate, this.restOf(period, day)));
    return max(rounded(plus(period.run, rest)) + period.carried - period.preI, 0n);
  }

  interestNow = (period: Period): bigint => rounded(period.run) + period.carried - period.preI - period.aheadI;

  relevel(period: Period, day: number): void {
    if (period.aheadI + period.aheadP === 0n) {
      period.level = period.later = this.levelFor(period.row, period.base, plus(period.borne, times(this.rate, this.restOf(period, day))));
    } else {
      const after = period.base + period.aheadP - this.asks(period, day).principal;
      if (after > 0n && period.row < this.due.length - 1) period.later = this.levelFor(period.row + 1, after);
    }
  }

  /** Months counted back from the due day; the first may be part of one. */
  spreadStub(period: Period): void {
    const first = this.due[period.row - 1]!;
    let end = this.due[period.row]!;
    for (let back = 1; end > first; back++) {
      const begin = this.plainDue(period.row, -back);
      this.spread(period, { from: begin, to: end, plainFrom: begin, plainTo: end });
      end = begin;
    }
  }

  /** Moves due days month by month until the open row's lies after a day. */
  push(period: Period, after: number, { layout, due, plain, nights }: Pause): void {
    this.layout = layout;
    this.due = due;
    this.plain = plain;
    period.nights = new Map(nights);
    period.rest = null;
    let months = 0;
    while (this.due[period.row]! <= after) {
      months += 1;
      this.layout = { ...layout, shift: layout.shift + months };
      this.layDays(period.row);
    }
    let from = due[period.row]!;
    for (let month = 1; month <= months; month++) {
      const [begin, end] = [this.plainDue(period.row, month - 1 - months), this.plainDue(period.row, month - months)];
      const to = month === months ? this.due[period.row]! : end;
      this.spread(period, { from, to, plainFrom: begin, plainTo: end });
      from = to;
    }
  }

  rowAmount(period: Period, interest: bigint): bigint {
    const interestOnly = period.aheadP + interest;
    if (period.row === this.due.length - 1) return period.base + interestOnly;
    if (this.isPrincipalFree(period.row)) return interestOnly;
    if (this.terms.method === 'level_installment') return max(period.level + min(period.carried, interest), interestOnly);
    if (this.terms.method !== 'level_principal') return interestOnly;
    period.asked ??= min(period.level, period.base) + interest;
    return max(period.asked, interestOnly);
  }

  largestAhead(period: Period, money: bigint, day: number): bigint {
    const fits = (b: bigint): boolean => b + this.rowInterest(period, b, day) <= money;
    const saved = times(this.rate, this.restOf(period, day));
    if (saved.n >= saved.d) return fits(period.base) ? period.base : 0n;
    return largest(period.base, fits);
  }

  payPrincipalAhead(period: Period, offered: bigint, day: number): bigint {
    period.asked ??= this.asks(period, day).principal;
    const extra = min(offered - period.aheadP, min(max(period.asked - period.aheadP, 0n), period.base - 1n));
    period.aheadP += extra;
    period.base -= extra;
    return offered - period.aheadP;
  }
}
