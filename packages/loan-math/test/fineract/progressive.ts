import { addDays, divideRounded, type BusinessDate } from '../../src/index.ts';
import { least, most, paidOf, sum, type Book, type DueRow, type Folded, type Piece } from './book.ts';
import { ProgressiveModel, shareOf } from './progressive-model.ts';
import type { Bucket, Paid, Settings } from './settings.ts';

type Down = { readonly due: BusinessDate; readonly principal: bigint; readonly pieces: Piece[] };
type Asked = { readonly principal: bigint; readonly interest: bigint };
type Payment = Book['payments'][number];

/** Walks a progressive loan through its book, in the order of its days. */
export function foldProgressive(settings: Settings, book: Book): Folded {
  const loan = new ProgressiveLoan(settings, book.advances[0]?.on ?? settings.submittedOn);
  const steps = [
    ...book.advances.map((advance) => ({ on: advance.on, rank: 0, take: () => loan.advance(advance) })),
    ...book.rates.map((change) => ({ on: addDays(change.from, -1), rank: 1, take: () => loan.changeRate(change) })),
    ...book.payments.map((payment) => ({ on: payment.on, rank: 2, take: () => loan.pay(payment) })),
  ];
  for (const step of steps.toSorted((a, b) => a.on - b.on || a.rank - b.rank)) step.take();
  loan.know(book.knownTo);
  return loan.folded();
}

class ProgressiveLoan {
  readonly settings: Settings;
  readonly model: ProgressiveModel;
  readonly downs: Down[] = [];
  readonly pieces: Piece[][];
  readonly overpaid = new Map<number, bigint>();

  constructor(settings: Settings, from: BusinessDate) {
    this.settings = settings;
    this.model = new ProgressiveModel(settings, from);
    this.pieces = this.model.spans.map(() => []);
  }

  advance({ on, amount }: Book['advances'][number]): void {
    const { model, settings } = this;
    const down = shareOf(amount, settings.downPayment);
    if (down > 0n) this.downs.push({ due: on, principal: down, pieces: [] });
    model.advances.push({ on, amount: amount - down });
    const first = model.periodAt(on);
    if (settings.isFlat && first > 0) throw new Error('an advance on a flat loan after its first period is not covered');
    if (settings.isFlat) model.spreadFlat();
    else model.spread(first, model.planned());
    model.settle();
  }

  /** The peer's new rate counts from the day before the one it is asked for. */
  changeRate({ from, rate }: Book['rates'][number]): void {
    const { model } = this;
    const on = addDays(from, -1);
    model.rates = [...model.rates, { from: on, rate }].toSorted((a, b) => a.from - b.from);
    model.spread(model.periodAt(on), model);
    model.settle();
  }

  know(day: BusinessDate): void {
    this.model.knownTo = Math.max(this.model.knownTo, day);
    this.model.settle();
  }

  pay(payment: Payment): void {
    this.know(payment.on);
    const buckets = [...new Set(this.settings.order.map(({ bucket }) => bucket))];
    let left = payment.amount;
    if (this.settings.processing === 'HORIZONTAL') {
      for (const bucket of buckets) left = this.payBucket(payment, left, { bucket, components: this.settings.order.filter((step) => step.bucket === bucket).map(({ component }) => component) });
    } else {
      for (const { bucket, component } of this.settings.order) left = this.payBucket(payment, left, { bucket, components: [component] });
    }
    if (left > 0n) this.overpaid.set(payment.id, left);
  }

  /** One installment after another (re-amortization: all at once, in even parts), each by component, until nothing moves. */
  payBucket(payment: Payment, money: bigint, { bucket, components }: { readonly bucket: Bucket; readonly components: readonly Paid[] }): bigint {
    let left = this.payDowns(payment, money, { bucket, components });
    const done = new Set<number>();
    while (left > 0n) {
      const targets = this.targets(bucket, payment.on, done);
      if (targets.length === 0) break;
      const before = left;
      for (const component of components) {
        const even = divideRounded(left, BigInt(targets.length), 'half_even');
        const rest = left - even * BigInt(targets.length - 1);
        targets.forEach((index, at) => (left -= this.payRow(payment, { index, bucket, component }, at === targets.length - 1 ? rest : even)));
      }
      if (left === before) for (const index of targets) done.add(index);
    }
    return left;
  }

  payDowns({ id, on }: Payment, money: bigint, { bucket, components }: { readonly bucket: Bucket; readonly components: readonly Paid[] }): bigint {
    let left = money;
    for (const down of this.downs) {
      const inBucket: Bucket = down.due < on ? 'PAST_DUE' : down.due === on ? 'DUE' : 'IN_ADVANCE';
      if (inBucket !== bucket || !components.includes('principal')) continue;
      const amount = least(left, down.principal - paidOf(down));
      if (amount > 0n) down.pieces.push({ payment: id, on, component: 'principal', amount });
      left -= most(amount, 0n);
    }
    return left;
  }

  /** The installments a bucket's money may go to next. */
  targets(bucket: Bucket, on: BusinessDate, done: ReadonlySet<number>): readonly number[] {
    const { model, settings } = this;
    const seen = model.seen();
    const open = model.spans.map((_, index) => index).filter((index) => !done.has(index) && seen[index]!.principal + seen[index]!.interest > model.paidTo(index));
    if (bucket === 'PAST_DUE') return open.filter((index) => model.spans[index]!.due < on).slice(0, 1);
    if (bucket === 'DUE') return open.filter((index) => model.spans[index]!.due === on).slice(0, 1);
    const later = open.filter((index) => model.spans[index]!.due > on);
    switch (settings.futureRule) {
      case 'NEXT_INSTALLMENT': return later.slice(0, 1);
      case 'LAST_INSTALLMENT': return later.slice(-1);
      case 'NEXT_LAST_INSTALLMENT': return model.spans[later[0] ?? 0]!.from <= on ? later.slice(0, 1) : later.slice(-1);
      case 'REAMORTIZATION': return later;
    }
  }

  payRow(payment: Payment, { index, bucket, component }: { readonly index: number; readonly bucket: Bucket; readonly component: Paid }, money: bigint): bigint {
    if (component !== 'principal' && component !== 'interest') return 0n;
    const amount = least(money, this.asked(index, payment.on, bucket)[component]);
    if (amount <= 0n) return 0n;
    this.pieces[index]!.push({ payment: payment.id, on: payment.on, component, amount });
    if (component === 'interest') this.model.paidInterest[index]! += amount;
    else this.payPrincipal(index, payment.on, amount);
    this.model.settle();
    return amount;
  }

  payPrincipal(index: number, on: BusinessDate, amount: bigint): void {
    const { model } = this;
    const { from, due } = model.spans[index]!;
    model.paidPrincipal[index]! += amount;
    model.repaid.push({ on: this.settings.interestUntil === 'due_day' && from < on && on < due ? due : on, amount });
    model.settle();
    // An installment paid whole before its period began is closed as it stands.
    if (model.recalculates && model.unpaid.length > 1 && on < from && (model.paidTo(index) > model.installments[index]! || model.paidTo(index) === model.original[index])) {
      model.installments[index] = model.paidTo(index);
    }
  }

  /** What an installment asks of a payment: in advance, the interest of its own days only. */
  asked(index: number, on: BusinessDate, bucket: Bucket): Asked {
    const { model, settings } = this;
    if (bucket !== 'IN_ADVANCE' || !model.recalculates) return openOf(model, index);
    const { from, due } = model.spans[index]!;
    const till = settings.interestUntil === 'due_day' && from < on ? due : on;
    const copy = model.copy();
    copy.settle(till);
    if (till <= from && copy.unpaid.length > 1) {
      copy.installments[index] = copy.original[index]!;
      copy.installments[index]! -= most(copy.seen(till)[index]!.principal - copy.paidPrincipal[index]! - copy.outstanding, 0n);
    }
    const { principal, interest } = openOf(copy, index, till);
    return { principal: least(principal, model.outstanding), interest };
  }

  folded(): Folded {
    const { model } = this;
    const rows: DueRow[] = [
      ...this.downs.map(({ due, principal, pieces }) => ({ from: due, due, principal, interest: 0n, pieces })),
      ...model.seen().map(({ principal, interest }, index) => ({ ...model.spans[index]!, principal, interest, pieces: this.pieces[index]! })),
    ];
    const owedIn = (till: number): bigint => sum(model.seen(till).map(({ interest }, index) => most(interest - model.paidInterest[index]!, 0n)));
    return {
      // A down payment stands before the installment that is due after it.
      rows: rows.toSorted((a, b) => a.due - b.due || a.from - b.from),
      overpaid: this.overpaid,
      interestBy: (day) => sum(model.seen(day).map(({ own }) => own)),
      payoffOn: (day) => sum(this.downs.map((down) => down.principal - paidOf(down))) + model.outstanding + owedIn(this.payoffTill(day)),
    };
  }

  payoffTill(day: BusinessDate): number {
    if (!this.model.recalculates) return Number.POSITIVE_INFINITY;
    return this.settings.interestUntil === 'due_day' ? (this.model.spans.find(({ from, due }) => from < day && day <= due)?.due ?? day) : day;
  }
}

function openOf(model: ProgressiveModel, index: number, till?: number): Asked {
  const { principal, interest } = model.seen(till)[index]!;
  return { principal: principal - model.paidPrincipal[index]!, interest: interest - model.paidInterest[index]! };
}
