import { allocate, amortize, fen, levelOver, divideRounded, periodInterest, type AmortizationPeriod, type AmortizationShape, type BusinessDate, type Share } from '../../src/index.ts';
import { least, most, paidOf, sum, type Book, type DueRow, type Folded, type Piece } from './book.ts';
import { cumulativeLevelPart, cumulativePart, spansOf, times, type Span } from './days.ts';
import type { Settings } from './settings.ts';

type Payment = Book['payments'][number];
type Row = { from: BusinessDate; due: BusinessDate; principal: bigint; interest: bigint; readonly pieces: Piece[] };

/** A cumulative loan: the schedule is laid out once, or anew after each payment where interest is recalculated. */
export function foldCumulative(settings: Settings, book: Book): Folded {
  if (book.advances.length > 1) throw new Error('several advances on a cumulative loan are not covered');
  if (book.rates.length > 0) throw new Error('a change of rate on a cumulative loan is not covered');
  if (settings.downPayment.numerator > 0n) throw new Error('a down payment on a cumulative loan is not covered');
  const loan = new CumulativeLoan(settings, book);
  return loan.folded();
}

class CumulativeLoan {
  readonly settings: Settings;
  readonly spans: readonly Span[];
  readonly rows: Row[] = [];
  readonly overpaid = new Map<number, bigint>();
  readonly seen = new Set<number>();
  readonly lent: bigint;
  /** Principal paid ahead, as credit against the next installments where that is the effect. */
  credit = 0n;
  installment = 0n;
  balance: bigint;

  constructor(settings: Settings, book: Book) {
    this.settings = settings;
    const [advance] = book.advances;
    this.spans = spansOf(advance?.on ?? settings.submittedOn, settings);
    this.lent = advance?.amount ?? settings.principal;
    this.balance = this.lent;
    const payments = [...book.payments].toSorted((a, b) => a.on - b.on);
    if (settings.recalculates) this.walk(payments, book.knownTo);
    else {
      this.rows = planned(settings, this.spans, this.lent);
      for (const payment of payments) this.settle(payment, this.rows);
    }
  }

  /** Pays what rows ask, oldest first, in the strategy's order; gives back the rest. */
  take({ id, on }: Payment, money: bigint, rows: readonly Row[]): bigint {
    this.seen.add(id);
    const allocationOrder = this.settings.order.slice(0, 4).map(({ component }) => component);
    const owed = rows.map((row) => ({ fee: 0n, penalty: 0n, interest: row.interest - paidOf(row, 'interest'), principal: row.principal - paidOf(row, 'principal') }));
    const { paid, rest } = allocate(money, owed, { allocationOrder, allocationScope: 'installment_first' });
    for (const { row, component, amount } of paid) rows[row]!.pieces.push({ payment: id, on, component: component as 'principal', amount });
    return rest;
  }

  settle(payment: Payment, rows: readonly Row[]): void {
    const rest = this.take(payment, payment.amount, rows);
    if (rest > 0n) this.overpaid.set(payment.id, rest);
  }

  /** Period by period: what is paid in it beyond what is due is principal, and changes the periods after it. */
  walk(payments: readonly Payment[], knownTo: BusinessDate): void {
    const { settings, spans } = this;
    this.installment = this.levelFrom(0);
    for (let index = 0; index < spans.length && this.balance > 0n; index++) {
      const span = spans[index]!;
      let from = span.from;
      for (const payment of payments.filter(({ on }) => (on > span.from || index === 0) && on < span.due && on >= span.from)) from = this.payInside(payment, { index, span, from, knownTo });
      if (this.balance === 0n) break;
      const interest = index < settings.interestFree ? 0n : this.interest(from, span.due, { span, knownTo });
      const isLast = index === spans.length - 1;
      const wanted = isLast ? this.balance : index < settings.graceOnPrincipal ? 0n : most(least(this.plannedFor(interest), this.balance), 0n);
      const principal = isLast ? wanted : most(wanted - this.credit, 0n);
      this.credit = most(this.credit - wanted, 0n);
      const row: Row = { from, due: span.due, principal, interest, pieces: [] };
      this.rows.push(row);
      this.balance -= principal;
      for (const payment of payments.filter(({ on }) => on === span.due)) this.prepay(payment, row, index + 1);
    }
    // What came after the last row, or found nothing left to repay.
    for (const payment of payments) if (!this.seen.has(payment.id)) this.settle(payment, this.rows);
  }

  plannedFor(interest: bigint): bigint {
    return this.settings.isEqualPrincipal ? this.installment : this.installment - interest;
  }

  /** A payment between two due days opens a row of its own: interest to the day, and the rest of the money as principal. */
  payInside(payment: Payment, { index, span, from, knownTo }: { readonly index: number; readonly span: Span; readonly from: BusinessDate; readonly knownTo: BusinessDate }): BusinessDate {
    const overdue = sum(this.rows.map((row) => row.principal + row.interest - paidOf(row)));
    if (payment.amount <= overdue) {
      this.settle(payment, this.rows);
      return from;
    }
    const row: Row = { from, due: payment.on, principal: 0n, interest: this.interest(from, payment.on, { span, knownTo }), pieces: [] };
    this.rows.push(row);
    this.prepay(payment, row, index);
    return payment.on;
  }

  /** What a payment brings beyond everything due is principal of the row, and works on what follows as the product says. */
  prepay(payment: Payment, row: Row, next: number): void {
    const rest = this.take(payment, payment.amount, this.rows);
    const early = least(rest, this.balance);
    if (early > 0n) {
      row.principal += early;
      row.pieces.push({ payment: payment.id, on: payment.on, component: 'principal', amount: early });
      this.balance -= early;
    }
    if (rest > early) this.overpaid.set(payment.id, rest - early);
    if (early > 0n && this.settings.prepaymentEffect === 'RESCHEDULE_NEXT_REPAYMENTS') this.credit += early;
    if (early > 0n && this.settings.prepaymentEffect === 'REDUCE_EMI_AMOUNT' && next < this.spans.length) this.installment = this.levelFrom(next);
  }

  /** The installment (or share of principal) over the periods from one on that repay. */
  levelFrom(index: number): bigint {
    const { settings, spans } = this;
    const count = spans.length - Math.max(index, settings.graceOnPrincipal);
    if (settings.isEqualPrincipal) return divideRounded(this.balance, BigInt(count), 'half_even');
    const factor = times(settings.rate, cumulativeLevelPart(settings));
    return levelOver(fen(this.balance), { periods: Array.from({ length: count }, () => ({ factor })), rounding: 'half_even', multipleOf: settings.multipleOf });
  }

  /** On the balance of the rows, and on principal overdue until it is paid or taken to be. */
  interest(from: BusinessDate, to: BusinessDate, { span, knownTo }: { readonly span: Span; readonly knownTo: BusinessDate }): bigint {
    const factor = (start: BusinessDate): Share => times(this.settings.rate, cumulativePart(start, to, { settings: this.settings, span }));
    const late = this.rows.map((row) => row.principal - paidOf(row, 'principal'));
    const paidLate = this.rows.flatMap((row) => row.pieces.filter((piece) => piece.component === 'principal' && piece.on > from && piece.on < to && piece.on > row.due));
    const overdue = sum(late) + sum(paidLate.map(({ amount }) => amount));
    const until = knownTo > from && knownTo < to ? [{ amount: -sum(late), factor: factor(knownTo) }] : [];
    const isKnown = knownTo > from;
    const changes = isKnown ? [...paidLate.map(({ amount, on }) => ({ amount: -amount, factor: factor(on) })), ...until] : [];
    return periodInterest(fen(this.balance + (isKnown ? overdue : 0n)), { factor: factor(from), changes }, 'half_even');
  }

  folded(): Folded {
    const rows: DueRow[] = this.rows;
    const interestOn = (day: BusinessDate): bigint => sum(this.rows.map((row) => {
      if (row.due <= day) return row.interest;
      return row.from >= day ? 0n : divideRounded(row.interest * BigInt(day - row.from), BigInt(row.due - row.from), 'half_even');
    }));
    return {
      rows,
      overpaid: this.overpaid,
      interestBy: interestOn,
      payoffOn: (day) => {
        const paidInterest = sum(this.rows.map((row) => paidOf(row, 'interest')));
        const owed = this.settings.recalculates ? this.lent - sum(this.rows.map((row) => paidOf(row, 'principal'))) + most(interestOn(day) - paidInterest, 0n) : sum(this.rows.map((row) => row.principal + row.interest - paidOf(row)));
        return owed;
      },
    };
  }
}

/** The schedule of a loan whose interest is not recalculated: the library's, in the peer's settings. */
function planned(settings: Settings, spans: readonly Span[], lent: bigint): Row[] {
  const periods = spans.map((span): AmortizationPeriod => ({ dueOn: span.due, factor: times(settings.rate, cumulativePart(span.from, span.due, { settings, span })) }));
  const { graceOnPrincipal, graceOnInterest, interestFree, multipleOf } = settings;
  const shape: AmortizationShape = settings.isFlat ? 'flat' : settings.isEqualPrincipal ? 'level_principal' : 'level';
  const levelFactor = times(settings.rate, cumulativeLevelPart(settings));
  const rows = amortize({ principal: fen(lent), periods, shape, rounding: 'half_even', multipleOf, levelFactor, flatCharge: 'term', graceOnPrincipal, graceOnInterest, interestFree });
  return rows.map((row, index) => ({ ...spans[index]!, principal: row.principal, interest: row.interest, pieces: [] }));
}
