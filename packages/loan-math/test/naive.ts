/**
 * A second, deliberately naive computation of a loan: exact fractions, one day after the other, no formula that
 * skips a day. It shares types and calendar with the library and nothing else; it exists to disagree with the fold.
 * Follows docs/specs/position.md, loan-changes.md and repayment-schedule.md.
 */
import { businessDateOf, type BusinessDate, type Component, type LoanEvent, type LoanTerms } from '../src/index.ts';
import { NaiveContract, type Pause, type Period } from './naive-contract.ts';
import { floored, fraction, largest, max, min, plus, rounded, sum, times, whole, type Fraction } from './naive-fraction.ts';
import { bearingOf, owedOf, penaltyOf, type Row } from './naive-rows.ts';

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
  readonly rows: readonly { readonly number: number; readonly principal: bigint; readonly interest: bigint; readonly penalty: bigint; readonly fee: bigint; readonly paid: bigint; readonly due: number }[];
  /** What the open period's row and the day it falls due are, or null. */
  readonly open: { readonly number: number; readonly due: number; readonly principal: bigint; readonly interest: bigint; readonly fee: bigint } | null;
};

const RANKS = [
  'disbursed', 'cancelled', 'rate_changed', 'rescheduled', 'resumed', 'paused', 'fee_charged', 'waived', 'repayment_received', 'prepaid', 'overpayment_refunded', 'charged_off', 'recovered',
];

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
    if (day < on) loan.dusk(day);
  }
  return loan.seen(on);
}

function empty(status: NaivePosition['status']): NaivePosition {
  const nothing = { fee: 0n, penalty: 0n, interest: 0n, principal: 0n };
  return { status, principalOutstanding: 0n, due: nothing, totals: noTotals(), accrued: fraction(0n), daysPastDue: 0, rows: [], open: null };
}

const noTotals = () => ({
  received: 0n, refunded: 0n, refundLiability: 0n, principalPaid: 0n, interestCharged: 0n, interestPaid: 0n, interestWaived: 0n,
  penaltyCharged: 0n, penaltyPaid: 0n, penaltyWaived: 0n, feeCharged: 0n, feePaid: 0n, feeWaived: 0n, principalChargedOff: 0n, recovered: 0n,
});

class NaiveLoan extends NaiveContract {
  readonly rows: Row[] = [];
  penaltyRate: bigint;
  pausing: Pause | null = null;
  /** Fees that belong to no installment. */
  fees: { charged: bigint; paid: bigint; waived: bigint };
  money = { received: 0n, refunded: 0n, kept: 0n, recovered: 0n, chargedOff: 0n };
  chargedOffOn: number | null = null;

  constructor(terms: LoanTerms, start: BusinessDate) {
    super(terms, start);
    this.penaltyRate = terms.penaltyRate;
    const deducted = this.feesOf('deducted', terms.principal);
    this.fees = { charged: deducted + this.feesOf('upfront', terms.principal), paid: deducted, waived: 0n };
    this.money.received = deducted;
  }

  isPaused = (day: number): boolean => this.pausing !== null && day < this.pausing.until;

  dawn(day: number): void {
    if (this.chargedOffOn !== null) return;
    if (this.pausing !== null && day >= this.pausing.until) this.pausing = null;
    const period = this.period;
    if (period !== null && day > this.start) {
      const part = times(this.rate, period.nights.get(day)!);
      period.run = plus(period.run, times(whole(period.base), part));
      period.borne = plus(period.borne, part);
      if (day === this.due[period.row]!) this.fallDue(period, day);
    }
    for (const row of this.rows) {
      if (row.done || row.askedLateFee || row.nights.length <= this.terms.graceDays) continue;
      row.fee += this.feesOf('overdue', row.principal - row.gotPrincipal);
      row.askedLateFee = true;
    }
    this.tick();
  }

  dusk(day: number): void {
    for (const row of this.rows) {
      const kept = row.nights.length <= this.terms.graceDays && bearingOf(this.terms, row) === 0n;
      if (this.chargedOffOn === null && day >= row.due && !this.isPaused(day)) row.nights.push({ unpaid: bearingOf(this.terms, row), rate: this.penaltyRate });
      if (kept) for (const night of row.nights) night.unpaid = 0n;
    }
  }

  fallDue(period: Period, day: number): void {
    const asks = this.asks(period, day);
    this.close(period, { interest: max(asks.interest, period.aheadI) + period.preI, principal: asks.principal + period.preP, fee: max(period.fee, period.aheadF) });
    this.open(period.row + 1, period.base + period.aheadP - asks.principal, { level: period.later, carried: asks.carriedOn });
  }

  close(period: Period, { interest, principal, fee }: { interest: bigint; principal: bigint; fee: bigint }): void {
    const row: Row = {
      number: period.row, due: this.due[period.row]!, principal, interest, fee, gotPrincipal: period.aheadP + period.preP, gotInterest: period.aheadI + period.preI, gotFee: period.aheadF,
      gotPenalty: 0n, forgivenInterest: 0n, forgivenPenalty: 0n, forgivenFee: 0n, nights: [], askedLateFee: false, done: false,
    };
    row.done = row.gotPrincipal === principal && row.gotInterest === interest && row.gotFee === fee;
    this.rows.push(row);
    this.period = null;
  }

  feeOwed = (): bigint => this.fees.charged - this.fees.paid - this.fees.waived;

  tick(): void {
    for (const row of this.rows) {
      const { fee, penalty, interest, principal } = owedOf(this.terms, row);
      if (fee + penalty + interest + principal === 0n && this.chargedOffOn === null) row.done = true;
    }
  }

  take(event: LoanEvent, day: number): void {
    switch (event.kind) {
      case 'fee_charged': this.fees.charged += event.amount; break;
      case 'overpayment_refunded': this.money.refunded += event.amount; this.money.kept -= event.amount; break;
      case 'recovered': this.money.received += event.amount; this.money.recovered += event.amount; break;
      case 'charged_off': this.chargeOff(day); break;
      case 'waived': this.waive(event.component, event.amount); break;
      case 'repayment_received': this.repay(event.amount, day); break;
      case 'prepaid': this.prepay(event.amount, event.effect, day); break;
      case 'rate_changed': this.changeRate(event.rate, event.penaltyRate, day); break;
      case 'rescheduled': this.reschedule(event, day); break;
      case 'paused': this.pause(event.until, event.interest, day); break;
      case 'resumed': this.resume(day); break;
      default: throw new Error(`not an event of a running loan: ${event.kind}`);
    }
    this.tick();
  }

  changeRate(rate: bigint, penaltyRate: bigint | null, day: number): void {
    if (this.chargedOffOn !== null) return;
    this.rate = fraction(rate, 1_000_000n);
    this.penaltyRate = penaltyRate ?? this.penaltyRate;
    if (this.period === null) return;
    this.divideAfresh(this.period, day);
    if (this.period !== null) this.relevel(this.period, day);
  }

  reschedule({ months, dueDay, includesOverdue }: { months: number; dueDay: number | null; includesOverdue: boolean }, day: number): void {
    if (this.chargedOffOn !== null) return;
    this.pausing = null;
    const old = this.period;
    let base = old?.base ?? 0n;
    for (const row of includesOverdue ? this.rows : []) {
      base += row.done ? 0n : row.principal - row.gotPrincipal;
      if (!row.done) row.principal = row.gotPrincipal;
    }
    if (base === 0n) return;
    const [from, row] = [businessDateOf(day), this.rows.length + 1];
    const anchor = dueDay ?? this.layout.anchor;
    this.isRescheduled = true;
    this.layout = { origin: from, before: row - 1, last: row - 1 + months, shift: this.firstShift(from, anchor), anchor };
    this.due = [...this.due.slice(0, row - 1), day];
    this.plain = [...this.plain.slice(0, row - 1), day];
    this.layDays(row);
    this.open(row, base, { level: 0n, carried: old === null ? 0n : rounded(old.run) + old.carried });
    const period = this.period!;
    if (this.terms.basis === 'monthly') this.spreadStub(period);
    if (old !== null) [period.aheadF, period.preI, period.preP] = [old.aheadF, old.preI + old.aheadI, old.preP + old.aheadP];
    this.relevel(period, day);
  }

  pause(until: number, interest: string, day: number): void {
    if (this.chargedOffOn !== null) return;
    if (this.pausing !== null) this.resume(day);
    const period = this.period;
    this.pausing = { from: day, until, layout: this.layout, due: this.due, plain: this.plain, nights: new Map(period?.nights) };
    if (period === null) return;
    this.push(period, until, this.pausing);
    if (interest === 'stops') for (let night = day + 1; night <= until; night++) period.nights.set(night, whole(0n));
    this.divideAfresh(period, day);
  }

  resume(day: number): void {
    const pausing = this.pausing;
    if (pausing === null || this.chargedOffOn !== null) return;
    this.pausing = null;
    if (this.period === null) return;
    this.push(this.period, day, pausing);
    this.divideAfresh(this.period, day);
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
    money = this.payDues(money);
    if (this.period !== null && money > 0n) money = this.terms.method === 'any_time' ? this.payAnyTime(this.period, money) : this.payAhead(this.period, money, day);
    this.money.kept += money;
  }

  payDues(money: bigint): bigint {
    let left = money;
    const open = this.rows.filter((row) => !row.done);
    const pay = (row: Row | null, component: Component, isFirst: boolean): void => {
      if (component === 'fee' && isFirst) {
        const loose = min(left, this.feeOwed());
        left -= loose;
        this.fees.paid += loose;
      }
      const paid = row === null ? 0n : min(left, owedOf(this.terms, row)[component]);
      left -= paid;
      if (row !== null && component === 'fee') row.gotFee += paid;
      else if (row !== null && component === 'penalty') row.gotPenalty += paid;
      else if (row !== null && component === 'interest') row.gotInterest += paid;
      else if (row !== null) row.gotPrincipal += paid;
    };
    const rows = open.length === 0 ? [null] : open;
    if (this.terms.allocationScope === 'installment_first') for (const row of rows) for (const component of this.terms.allocationOrder) pay(row, component, row === rows[0]);
    else for (const component of this.terms.allocationOrder) for (const row of rows) pay(row, component, row === rows[0]);
    this.tick();
    return left;
  }

  payAhead(period: Period, money: bigint, day: number): bigint {
    const isLast = period.row === this.due.length - 1;
    if (period.fee + period.aheadF > 0n && isLast && money + period.aheadF >= period.base + this.interestNow(period)) return this.settle(period, money);
    const fee = min(money, max(period.fee - period.aheadF, 0n));
    period.aheadF += fee;
    const before = period.aheadI + period.aheadP;
    const offered = before + money - fee;
    if (!this.isRescheduled && period.row <= (this.terms.graceOnInterest ?? 0)) return this.payPrincipalAhead(period, offered, day);
    const interestNow = this.rowInterest(period, 0n, day);
    const use = min(offered, max(this.rowAmount(period, interestNow), before)) - period.aheadP;
    let extra = 0n;
    let interest = use;
    if (use > interestNow) {
      extra = this.largestAhead(period, use, day);
      interest = this.rowInterest(period, extra, day);
    }
    const rest = offered - interest - period.aheadP - extra;
    period.aheadI = interest;
    period.aheadP += extra;
    period.base -= extra;
    return period.base === 0n ? rest + this.closeRepaid(period) : rest;
  }

  payAnyTime(period: Period, money: bigint): bigint {
    const toNow = this.interestNow(period);
    if (money >= period.base + toNow) return this.settle(period, money);
    const floor = max(floored(period.run) - period.aheadI, 0n);
    const interest = money - floor >= period.base ? toNow : min(floor, money);
    period.aheadI += interest;
    period.aheadP += money - interest;
    period.base -= money - interest;
    return 0n;
  }

  settle(period: Period, money: bigint): bigint {
    const interest = this.interestNow(period);
    const principal = period.base;
    period.preI += interest;
    period.preP += principal;
    period.base = 0n;
    return money - interest - principal + this.closeRepaid(period);
  }

  closeRepaid(period: Period): bigint {
    const fee = period.aheadF;
    period.aheadF = 0n;
    this.close(period, { interest: period.aheadI + period.preI, principal: period.aheadP + period.preP, fee: 0n });
    return fee;
  }

  prepay(amount: bigint, effect: string, day: number): void {
    const owed = this.rows.map((row) => owedOf(this.terms, row));
    const dues = this.feeOwed() + sum(owed.map((o) => o.fee + o.penalty + o.interest + o.principal)) + max(-this.money.kept, 0n);
    const period = this.period;
    const ending = period === null ? 0n : period.base + this.interestNow(period) - period.aheadF;
    const isEnough = amount >= dues + ending;
    if (this.chargedOffOn !== null || (!isEnough && effect === 'settle')) return this.repay(amount, day);
    const money = this.payDues(this.receive(amount));
    if (period === null) this.money.kept += money;
    else if (isEnough) this.money.kept += this.settle(period, money);
    else if (money > 0n) this.money.kept += this.terms.method === 'any_time' ? this.payAnyTime(period, money) : this.prepayPart(period, money, effect, day);
  }

  prepayPart(period: Period, money: bigint, effect: string, day: number): bigint {
    const fits = (b: bigint): boolean => b + rounded(times(whole(b), period.borne)) <= money;
    const principal = min(largest(money, fits), period.base - 1n);
    period.base -= principal;
    period.preP += principal;
    period.preI += money - principal;
    const kept = this.money.kept;
    this.divideAfresh(period, day);
    const rest = this.money.kept - kept;
    this.money.kept = kept;
    if (effect === 'smaller_installment' && this.period !== null) this.relevel(period, day);
    return rest;
  }

  divideAfresh(period: Period, day: number): void {
    if (period.aheadI + period.aheadP > 0n) this.money.kept += this.payAhead(period, 0n, day);
  }

  waive(component: Component, amount: bigint): void {
    let left = amount;
    if (component === 'fee') {
      const loose = min(left, this.feeOwed());
      left -= loose;
      this.fees.waived += loose;
    }
    for (const row of this.rows) {
      const part = min(left, owedOf(this.terms, row)[component]);
      left -= part;
      if (component === 'interest') row.forgivenInterest += part;
      else if (component === 'penalty') row.forgivenPenalty += part;
      else row.forgivenFee += part;
    }
  }

  chargeOff(day: number): void {
    const period = this.period;
    if (period !== null) {
      const interest = max(this.interestNow(period), 0n);
      this.close(period, { interest: interest + period.aheadI + period.preI, principal: period.base + period.aheadP + period.preP, fee: period.aheadF });
    }
    this.money.chargedOff = sum(this.rows.map((row) => row.principal - row.gotPrincipal));
    this.chargedOffOn = day;
  }

  seen(on: number): NaivePosition {
    const { period, rows, money, fees } = this;
    const owed = rows.map((row) => owedOf(this.terms, row));
    const oldest = rows.find((row) => !row.done);
    const ahead = period === null ? { i: 0n, p: 0n, f: 0n } : { i: period.aheadI + period.preI, p: period.aheadP + period.preP, f: period.aheadF };
    const isOver = period === null && rows.every((row) => row.done) && this.feeOwed() === 0n && money.kept >= 0n;
    const principalPaid = sum(rows.map((row) => row.gotPrincipal)) + ahead.p;
    return {
      status: this.chargedOffOn !== null ? 'charged_off' : isOver ? 'settled' : 'active',
      principalOutstanding: this.terms.principal - principalPaid - money.chargedOff,
      due: {
        fee: this.feeOwed() + sum(owed.map((o) => o.fee)), penalty: sum(owed.map((o) => o.penalty)), interest: sum(owed.map((o) => o.interest)),
        principal: this.chargedOffOn !== null ? 0n : sum(owed.map((o) => o.principal)),
      },
      totals: {
        received: money.received, refunded: money.refunded, refundLiability: money.kept, principalPaid,
        interestCharged: sum(rows.map((row) => row.interest)) + ahead.i,
        interestPaid: sum(rows.map((row) => row.gotInterest)) + ahead.i,
        interestWaived: sum(rows.map((row) => row.forgivenInterest)),
        penaltyCharged: sum(rows.map((row) => penaltyOf(this.terms, row))),
        penaltyPaid: sum(rows.map((row) => row.gotPenalty)),
        penaltyWaived: sum(rows.map((row) => row.forgivenPenalty)),
        feeCharged: fees.charged + sum(rows.map((row) => row.fee)) + ahead.f,
        feePaid: fees.paid + sum(rows.map((row) => row.gotFee)) + ahead.f,
        feeWaived: fees.waived + sum(rows.map((row) => row.forgivenFee)),
        principalChargedOff: money.chargedOff, recovered: money.recovered,
      },
      accrued: period === null ? fraction(0n) : plus(period.run, whole(period.carried - ahead.i)),
      daysPastDue: oldest === undefined ? 0 : oldest.nights.length,
      rows: rows.map((row) => ({
        number: row.number, principal: row.principal, interest: row.interest, penalty: penaltyOf(this.terms, row), fee: row.fee,
        paid: row.gotPrincipal + row.gotInterest + row.gotPenalty + row.gotFee, due: row.due,
      })),
      open: period === null ? null : this.upcoming(period, on),
    };
  }

  upcoming(period: Period, day: number): NaivePosition['open'] {
    const asks = this.asks(period, day);
    return {
      number: period.row, due: this.due[period.row]!, principal: asks.principal + period.preP, interest: max(asks.interest, period.aheadI) + period.preI, fee: max(period.fee, period.aheadF),
    };
  }
}
