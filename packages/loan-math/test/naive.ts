/**
 * A second, deliberately naive computation of a loan: exact fractions, one day after the other, no formula that
 * skips a day. It shares types and calendar with the library and nothing else; it exists to disagree with the fold.
 * Follows docs/specs/position.md.
 */
import { addMonths, civilOf, type BusinessDate, type Component, type LoanEvent, type LoanTerms } from '../src/index.ts';

export type NaivePosition = {
  readonly status: 'awaiting_disbursement' | 'cancelled' | 'active' | 'settled' | 'charged_off';
  readonly principalOutstanding: bigint;
  readonly due: Readonly<Record<Component, bigint>>;
  readonly totals: Readonly<Record<
    | 'received' | 'refunded' | 'refundLiability' | 'principalPaid' | 'interestCharged' | 'interestPaid' | 'interestWaived'
    | 'penaltyCharged' | 'penaltyPaid' | 'penaltyWaived' | 'feeCharged' | 'feePaid' | 'feeWaived' | 'principalChargedOff' | 'recovered', bigint>>;
  /** Interest run up and not charged: numerator, denominator in lowest terms. */
  readonly accrued: Fraction;
  readonly daysPastDue: number;
  /** What each installment fallen due (or closed) asked and got. */
  readonly rows: readonly { readonly number: number; readonly principal: bigint; readonly interest: bigint; readonly penalty: bigint; readonly paid: bigint }[];
};

export type Fraction = { readonly n: bigint; readonly d: bigint };

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? (a < 0n ? -a : a) : gcd(b, a % b));
const fraction = (n: bigint, d = 1n): Fraction => {
  const common = gcd(n, d) || 1n;
  return { n: n / common, d: d / common };
};
const plus = (a: Fraction, b: Fraction): Fraction => fraction(a.n * b.d + b.n * a.d, a.d * b.d);
const times = (a: Fraction, b: Fraction): Fraction => fraction(a.n * b.n, a.d * b.d);
const over = (a: Fraction, b: Fraction): Fraction => fraction(a.n * b.d, a.d * b.n);
const whole = (a: bigint): Fraction => fraction(a);
const rounded = ({ n, d }: Fraction): bigint => (n < 0n ? -rounded({ n: -n, d }) : n / d + (2n * (n % d) >= d ? 1n : 0n));
const floored = ({ n, d }: Fraction): bigint => n / d;
const min = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const max = (a: bigint, b: bigint): bigint => (a > b ? a : b);
const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n);

type Row = {
  number: number; due: number; principal: bigint; interest: bigint;
  gotPrincipal: bigint; gotInterest: bigint; gotPenalty: bigint; forgivenInterest: bigint; forgivenPenalty: bigint;
  /** Unpaid principal at the end of each day from the due day on. */
  unpaid: bigint[];
  done: boolean;
};

type Period = { row: number; base: bigint; run: Fraction; level: bigint; later: bigint; aheadI: bigint; aheadP: bigint; preI: bigint; preP: bigint };

const RANKS = ['disbursed', 'cancelled', 'fee_charged', 'waived', 'repayment_received', 'prepaid', 'overpayment_refunded', 'charged_off', 'recovered'];

/** Walks every day from disbursement to `on`. */
export function naivePosition(terms: LoanTerms, events: readonly LoanEvent[], on: BusinessDate): NaivePosition {
  const reversed = events.flatMap((event) => (event.kind === 'repayment_reversed' ? [event.reverses] : []));
  const counting = events
    .filter((event) => RANKS.includes(event.kind) && event.valueOn <= on && !reversed.includes(event.id))
    .toSorted((a, b) => a.valueOn - b.valueOn || RANKS.indexOf(a.kind) - RANKS.indexOf(b.kind) || a.sequence - b.sequence);
  const start = counting.find((event) => event.kind === 'disbursed');
  if (start === undefined) return empty(counting.some((event) => event.kind === 'cancelled') ? 'cancelled' : 'awaiting_disbursement');
  const loan = new NaiveLoan(terms, start.valueOn);
  for (let day: number = start.valueOn; day <= on; day++) {
    loan.dawn(day);
    for (const event of counting) if (event.valueOn === day && event !== start) loan.take(event, day);
    loan.dusk(day);
  }
  return loan.seen(on);
}

function empty(status: NaivePosition['status']): NaivePosition {
  const nothing = { fee: 0n, penalty: 0n, interest: 0n, principal: 0n };
  return { status, principalOutstanding: 0n, due: nothing, totals: noTotals(), accrued: fraction(0n), daysPastDue: 0, rows: [] };
}

const noTotals = () => ({
  received: 0n, refunded: 0n, refundLiability: 0n, principalPaid: 0n, interestCharged: 0n, interestPaid: 0n, interestWaived: 0n,
  penaltyCharged: 0n, penaltyPaid: 0n, penaltyWaived: 0n, feeCharged: 0n, feePaid: 0n, feeWaived: 0n, principalChargedOff: 0n, recovered: 0n,
});

class NaiveLoan {
  readonly terms: LoanTerms;
  readonly dueDays: number[];
  readonly rows: Row[] = [];
  readonly fees = { charged: 0n, paid: 0n, waived: 0n };
  period: Period | null;
  money = { received: 0n, refunded: 0n, kept: 0n, recovered: 0n, chargedOff: 0n };
  chargedOffOn: number | null = null;

  constructor(terms: LoanTerms, start: BusinessDate) {
    this.terms = terms;
    this.dueDays = [start];
    if (terms.method === 'any_time') this.dueDays.push(start + terms.termDays!);
    else for (let m = 1; m <= terms.months; m++) this.dueDays.push(addMonths(start, m, terms.dueDay ?? civilOf(start).day));
    this.period = null;
    const level = this.levelFor(1, terms.principal);
    this.open(1, terms.principal, level);
  }

  open(row: number, base: bigint, level: bigint): void {
    this.period = base === 0n || row >= this.dueDays.length ? null : { row, base, run: whole(0n), level, later: level, aheadI: 0n, aheadP: 0n, preI: 0n, preP: 0n };
  }

  /** Interest of one yuan-fen for one day of a row. */
  dayRate(row: number): Fraction {
    const yearly = fraction(this.terms.rate, 1_000_000n);
    if (this.terms.basis === 'act_360') return over(yearly, whole(360n));
    if (this.terms.basis === 'act_365') return over(yearly, whole(365n));
    return over(yearly, whole(12n * BigInt(this.dueDays[row]! - this.dueDays[row - 1]!)));
  }

  levelFor(from: number, balance: bigint): bigint {
    if (this.terms.method !== 'level_installment') return 0n;
    let discount = whole(1n);
    let perUnit = whole(0n);
    for (let row = from; row < this.dueDays.length; row++) {
      const days = whole(BigInt(this.dueDays[row]! - this.dueDays[row - 1]!));
      discount = over(discount, plus(whole(1n), times(this.dayRate(row), days)));
      perUnit = plus(perUnit, discount);
    }
    return rounded(over(whole(balance), perUnit));
  }

  dawn(day: number): void {
    const period = this.period;
    if (this.chargedOffOn !== null || period === null) return;
    if (day > this.dueDays[0]!) period.run = plus(period.run, times(whole(period.base), this.dayRate(period.row)));
    if (day === this.dueDays[period.row]!) this.fallDue(period);
  }

  dusk(day: number): void {
    for (const row of this.rows) {
      if (this.chargedOffOn === null && day >= row.due) row.unpaid.push(row.principal - row.gotPrincipal);
      const graceKept = day <= row.due + this.terms.graceDays && row.principal === row.gotPrincipal;
      if (graceKept) row.unpaid.fill(0n);
    }
  }

  fallDue(period: Period): void {
    const interest = max(this.rowInterest(period, 0n, this.dueDays[period.row]!), period.aheadI);
    const principal = this.rowPrincipal(period, interest);
    this.close(period, interest + period.preI, principal + period.preP);
    this.open(period.row + 1, period.base + period.aheadP - principal, period.later);
  }

  rowPrincipal(period: Period, interest: bigint): bigint {
    const balance = period.base + period.aheadP;
    if (period.row === this.dueDays.length - 1) return balance;
    const planned = this.terms.method === 'level_installment' ? min(max(period.level - interest, 0n), balance) : 0n;
    return max(planned, period.aheadP);
  }

  /** The row's whole interest if `extra` more principal leaves on `day`. */
  rowInterest(period: Period, extra: bigint, day: number): bigint {
    let run = period.run;
    const daily = times(whole(period.base - extra), this.dayRate(period.row));
    run = plus(run, times(daily, whole(BigInt(this.dueDays[period.row]! - day))));
    return max(rounded(run) - period.preI, 0n);
  }

  close(period: Period, interest: bigint, principal: bigint): void {
    const row: Row = {
      number: period.row, due: this.dueDays[period.row]!, principal, interest, gotPrincipal: period.aheadP + period.preP, gotInterest: period.aheadI + period.preI,
      gotPenalty: 0n, forgivenInterest: 0n, forgivenPenalty: 0n, unpaid: [], done: false,
    };
    row.done = row.gotPrincipal === principal && row.gotInterest === interest;
    this.rows.push(row);
    this.period = null;
  }

  penalty(row: Row, day: number): bigint {
    const { graceDays, graceCountsBack, penaltyRate, basis } = this.terms;
    const seen = this.chargedOffOn === null ? day : min(BigInt(day), BigInt(this.chargedOffOn));
    if (Number(seen) <= row.due + graceDays) return 0n;
    const perDay = over(fraction(penaltyRate, 1_000_000n), whole(basis === 'act_365' ? 365n : 360n));
    const nights = row.unpaid.slice(graceCountsBack ? 0 : graceDays, Number(seen) - row.due);
    return rounded(times(whole(sum(nights)), perDay));
  }

  owed(row: Row, day: number): { penalty: bigint; interest: bigint; principal: bigint } {
    if (row.done) return { penalty: 0n, interest: 0n, principal: 0n };
    return {
      penalty: this.penalty(row, day) - row.gotPenalty - row.forgivenPenalty,
      interest: row.interest - row.gotInterest - row.forgivenInterest,
      principal: row.principal - row.gotPrincipal,
    };
  }

  feeOwed = (): bigint => this.fees.charged - this.fees.paid - this.fees.waived;

  tick(day: number): void {
    for (const row of this.rows) {
      const { penalty, interest, principal } = this.owed(row, day);
      if (penalty + interest + principal === 0n && this.chargedOffOn === null) row.done = true;
    }
  }

  take(event: LoanEvent, day: number): void {
    switch (event.kind) {
      case 'fee_charged': this.fees.charged += event.amount; break;
      case 'overpayment_refunded': this.money.refunded += event.amount; this.money.kept -= event.amount; break;
      case 'recovered': this.money.received += event.amount; this.money.recovered += event.amount; break;
      case 'charged_off': this.chargeOff(day); break;
      case 'waived': this.waive(event.component, event.amount, day); break;
      case 'repayment_received': this.repay(event.amount, day); break;
      case 'prepaid': this.prepay(event.amount, event.effect, day); break;
      default: throw new Error(`not an event of a running loan: ${event.kind}`);
    }
    this.tick(day);
  }

  receive(amount: bigint): bigint {
    this.money.received += amount;
    const back = min(amount, max(-this.money.kept, 0n));
    this.money.kept += back;
    return amount - back;
  }

  repay(amount: bigint, day: number): void {
    let money = this.receive(amount);
    if (this.chargedOffOn !== null) {
      this.money.recovered += money;
      return;
    }
    money = this.payDues(money, day);
    if (this.period !== null && money > 0n) money = this.terms.method === 'any_time' ? this.payAnyTime(this.period, money, day) : this.payAhead(this.period, money, day);
    this.money.kept += money;
  }

  payDues(money: bigint, day: number): bigint {
    let left = money;
    const open = this.rows.filter((row) => !row.done);
    const pay = (row: Row | null, component: Component): void => {
      const owed = component === 'fee' ? this.feeOwed() : row === null ? 0n : this.owed(row, day)[component];
      const paid = min(left, owed);
      left -= paid;
      if (component === 'fee') this.fees.paid += paid;
      else if (row !== null && component === 'penalty') row.gotPenalty += paid;
      else if (row !== null && component === 'interest') row.gotInterest += paid;
      else if (row !== null) row.gotPrincipal += paid;
    };
    const rows = open.length === 0 ? [null] : open;
    if (this.terms.allocationScope === 'installment_first') for (const row of rows) for (const component of this.terms.allocationOrder) pay(row, component);
    else for (const component of this.terms.allocationOrder) for (const row of rows) pay(row, component);
    this.tick(day);
    return left;
  }

  payAhead(period: Period, money: bigint, day: number): bigint {
    const before = period.aheadI + period.aheadP;
    const interestNow = this.rowInterest(period, 0n, day);
    const asks = period.row === this.dueDays.length - 1 ? period.base + period.aheadP + interestNow
      : max(this.terms.method === 'level_installment' ? period.level : 0n, period.aheadP + interestNow);
    const use = min(before + money, max(asks, before)) - period.aheadP;
    let extra = 0n;
    let interest = use;
    if (use > interestNow) {
      let [low, high] = [0n, period.base];
      while (low < high) {
        const middle = (low + high + 1n) / 2n;
        if (middle + this.rowInterest(period, middle, day) <= use) low = middle;
        else high = middle - 1n;
      }
      extra = low;
      interest = this.rowInterest(period, extra, day);
    }
    const rest = before + money - interest - period.aheadP - extra;
    period.aheadI = interest;
    period.aheadP += extra;
    period.base -= extra;
    if (period.base === 0n) this.close(period, period.aheadI + period.preI, period.aheadP + period.preP);
    return rest;
  }

  payAnyTime(period: Period, money: bigint, day: number): bigint {
    const toNow = rounded(period.run) - period.aheadI;
    if (money >= period.base + toNow) return this.settle(period, money);
    const floor = max(floored(period.run) - period.aheadI, 0n);
    const interest = money - floor >= period.base ? toNow : min(floor, money);
    period.aheadI += interest;
    period.aheadP += money - interest;
    period.base -= money - interest;
    return day >= 0 ? 0n : money;
  }

  settle(period: Period, money: bigint): bigint {
    const interest = rounded(period.run) - period.preI - period.aheadI;
    const principal = period.base;
    period.preI += interest;
    period.preP += principal;
    period.base = 0n;
    this.close(period, period.aheadI + period.preI, period.aheadP + period.preP);
    return money - interest - principal;
  }

  prepay(amount: bigint, effect: string, day: number): void {
    const owed = this.rows.map((row) => this.owed(row, day));
    const dues = this.feeOwed() + sum(owed.map((o) => o.penalty + o.interest + o.principal)) + max(-this.money.kept, 0n);
    const period = this.period;
    const ending = period === null ? 0n : period.base + rounded(period.run) - period.preI - period.aheadI;
    const isEnough = amount >= dues + ending;
    if (this.chargedOffOn !== null || (!isEnough && effect === 'settle')) return this.repay(amount, day);
    const money = this.payDues(this.receive(amount), day);
    if (period === null) this.money.kept += money;
    else if (isEnough) this.money.kept += this.settle(period, money);
    else if (money > 0n) this.money.kept += this.terms.method === 'any_time' ? this.payAnyTime(period, money, day) : this.prepayPart(period, money, effect, day);
  }

  prepayPart(period: Period, money: bigint, effect: string, day: number): bigint {
    const borne = times(this.dayRate(period.row), whole(BigInt(day - this.dueDays[period.row - 1]!)));
    let [low, high] = [0n, money];
    while (low < high) {
      const middle = (low + high + 1n) / 2n;
      if (middle + rounded(times(whole(middle), borne)) <= money) low = middle;
      else high = middle - 1n;
    }
    const principal = min(low, period.base - 1n);
    period.base -= principal;
    period.preP += principal;
    period.preI += money - principal;
    const hasAhead = period.aheadI + period.aheadP > 0n;
    const rest = hasAhead ? this.payAhead(period, 0n, day) : 0n;
    if (effect === 'smaller_installment' && this.period !== null && this.terms.method === 'level_installment') {
      if (!hasAhead) period.level = period.later = this.levelFor(period.row, period.base);
      else {
        const after = period.base + period.aheadP - this.rowPrincipal(period, this.rowInterest(period, 0n, day));
        if (after > 0n && period.row < this.terms.months) period.later = this.levelFor(period.row + 1, after);
      }
    }
    return rest;
  }

  waive(component: Component, amount: bigint, day: number): void {
    let left = amount;
    if (component === 'fee') this.fees.waived += min(left, this.feeOwed());
    for (const row of this.rows) {
      if (component !== 'interest' && component !== 'penalty') break;
      const part = min(left, this.owed(row, day)[component]);
      left -= part;
      if (component === 'interest') row.forgivenInterest += part;
      else row.forgivenPenalty += part;
    }
  }

  chargeOff(day: number): void {
    const period = this.period;
    if (period !== null) {
      const interest = max(rounded(period.run) - period.preI - period.aheadI, 0n);
      this.close(period, interest + period.aheadI + period.preI, period.base + period.aheadP + period.preP);
    }
    this.money.chargedOff = sum(this.rows.map((row) => row.principal - row.gotPrincipal));
    this.chargedOffOn = day;
  }

  seen(on: number): NaivePosition {
    const { period, rows, money, fees } = this;
    const owed = rows.map((row) => this.owed(row, on));
    const oldest = rows.find((row) => !row.done);
    const ahead = period === null ? { i: 0n, p: 0n } : { i: period.aheadI + period.preI, p: period.aheadP + period.preP };
    const isOver = period === null && rows.every((row) => row.done) && this.feeOwed() === 0n && money.kept >= 0n;
    const principalPaid = sum(rows.map((row) => row.gotPrincipal)) + ahead.p;
    return {
      status: this.chargedOffOn !== null ? 'charged_off' : isOver ? 'settled' : 'active',
      principalOutstanding: this.terms.principal - principalPaid - money.chargedOff,
      due: {
        fee: this.feeOwed(), penalty: sum(owed.map((o) => o.penalty)), interest: sum(owed.map((o) => o.interest)),
        principal: this.chargedOffOn !== null ? 0n : sum(owed.map((o) => o.principal)),
      },
      totals: {
        received: money.received, refunded: money.refunded, refundLiability: money.kept, principalPaid,
        interestCharged: sum(rows.map((row) => row.interest)) + ahead.i,
        interestPaid: sum(rows.map((row) => row.gotInterest)) + ahead.i,
        interestWaived: sum(rows.map((row) => row.forgivenInterest)),
        penaltyCharged: sum(rows.map((row) => this.penalty(row, on))),
        penaltyPaid: sum(rows.map((row) => row.gotPenalty)),
        penaltyWaived: sum(rows.map((row) => row.forgivenPenalty)),
        feeCharged: fees.charged, feePaid: fees.paid, feeWaived: fees.waived,
        principalChargedOff: money.chargedOff, recovered: money.recovered,
      },
      accrued: period === null ? fraction(0n) : plus(period.run, whole(-ahead.i)),
      daysPastDue: oldest === undefined ? 0 : Math.max(0, (this.chargedOffOn ?? on) - oldest.due),
      rows: rows.map((row) => ({
        number: row.number, principal: row.principal, interest: row.interest, penalty: this.penalty(row, on), paid: row.gotPrincipal + row.gotInterest + row.gotPenalty,
      })),
    };
  }
}
