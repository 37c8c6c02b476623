import { describe, expect, it } from 'vitest';
import { eventsFrom, examplesOf, termsFrom } from '../test/spec-page.ts';
import {
  allocate, annualCostOf, businessDate, days360, fen, formatDate, formatYuan, parseYuan, payoffQuote, positionOn, scheduleOf, splitMovement,
  addMonths, type BusinessDate, type Owed, type Position, type SplitState, type ThirtyRule,
} from './index.ts';

const ORDER = ['fee', 'penalty', 'interest', 'principal'] as const;

describe('docs/specs/repayment-schedule.md', () => {
  const examples = examplesOf('repayment-schedule.md', 'no');
  it('has its thirteen examples', () => expect(examples).toHaveLength(13));
  for (const { block, rows } of examples) {
    it(block[0]!, () => {
      const { terms, from } = termsFrom(block[0]!);
      const computed = scheduleOf(terms, from!).map((row) => [String(row.number), formatDate(row.dueOn), ...[row.principal, row.interest, row.total, row.balance].map(formatYuan)]);
      expect(computed).toEqual(rows);
    });
  }
});

describe('docs/specs/repayment-schedule.md, with fees', () => {
  const examples = examplesOf('repayment-schedule.md', 'installment');
  it('has its two examples', () => expect(examples).toHaveLength(2));
  for (const { block, rows } of examples) {
    it(block[0]!, () => {
      const { terms, from } = termsFrom(block[0]!);
      const computed = scheduleOf(terms, from!).map((row) => (
        [String(row.number), formatDate(row.dueOn), ...[row.principal, row.interest, row.fee, row.total, row.balance].map(formatYuan)]));
      expect(computed).toEqual(rows);
    });
  }
});

const dayOrNone = (day: BusinessDate | null): string => (day === null ? '–' : formatDate(day));

/** The tables of a page by its first column, each row computed from the position on its day. */
function comparesPositions(page: string, column: string, count: number, shown: (p: Position) => readonly string[]): void {
  const examples = examplesOf(page, column);
  it(`has its ${count} examples by ${column}`, () => expect(examples).toHaveLength(count));
  for (const { block, rows } of examples) {
    it(block.join(' · '), () => {
      const { terms } = termsFrom(block[0]!);
      expect(rows.map(([on]) => [on, ...shown(positionOn(terms, eventsFrom(block.slice(1)), businessDate(on!)))])).toEqual(rows);
    });
  }
}

const standing = (p: Position): readonly string[] => [
  ...[p.principalOutstanding, p.due.interest, p.due.principal, p.due.penalty].map(formatYuan), String(p.daysPastDue), p.bucket,
  formatYuan(p.totals.refundLiability), p.status, dayOrNone(p.nextActionOn),
];

describe('docs/specs/loan-changes.md', () => {
  comparesPositions('loan-changes.md', 'on', 4, standing);
  comparesPositions('loan-changes.md', 'day', 3, ({ due, totals, daysPastDue, nextActionOn }) => [
    ...[due.fee, due.interest, due.principal, due.penalty, totals.feeCharged, totals.feePaid, totals.received].map(formatYuan), String(daysPastDue), dayOrNone(nextActionOn),
  ]);
  const plans = examplesOf('loan-changes.md', 'row');
  it('has its five examples by row', () => expect(plans).toHaveLength(5));
  for (const { block, rows } of plans) {
    it(`${block.join(' · ')}: installments`, () => {
      const events = eventsFrom(block.slice(1));
      const computed = positionOn(termsFrom(block[0]!).terms, events, events.at(-1)!.valueOn).installments.map((row) => [
        String(row.number), formatDate(row.dueOn), ...[row.principal, row.interest, row.fee, row.principalPaid + row.interestPaid + row.feePaid, row.balanceAfter].map(formatYuan), row.status,
      ]);
      expect(computed).toEqual(rows);
    });
  }
});

describe('docs/specs/position.md', () => {
  const examples = examplesOf('position.md', 'on');
  comparesPositions('position.md', 'on', 6, standing);
  it('quotes the settlement of §6', () => {
    const [line, ...events] = examples[0]!.block;
    const quote = payoffQuote(termsFrom(line!).terms, eventsFrom(events.slice(0, 2)), businessDate('2026-03-17'));
    expect([quote.total, quote.penalty, quote.interest, quote.principal].map(formatYuan)).toEqual(['11125.63', '3.50', '89.56', '11032.57']);
  });
});

describe('docs/specs/allocation.md', () => {
  for (const [index, money] of ['150.00', '20.00'].entries()) {
    for (const allocationScope of ['installment_first', 'component_first'] as const) {
      it(`spreads ${money} ${allocationScope}`, () => {
        const rows = examplesOf('allocation.md', 'scope')[index]!.rows.filter(([scope]) => scope === allocationScope);
        const owed = rows.map((row) => Object.fromEntries(ORDER.map((component, i) => [component, parseYuan(row[i + 2]!) as bigint])) as Owed);
        const { paid } = allocate(parseYuan(money), owed, { allocationOrder: ORDER, allocationScope });
        const computed = rows.map((_, row) => ORDER.map((component) => formatYuan(paid.find((p) => p.row === row && p.component === component)?.amount ?? 0n)));
        expect(computed).toEqual(rows.map((row) => row.slice(6)));
      });
    }
  }
});

describe('docs/specs/funding-split.md', () => {
  it('splits its example to the fen', () => {
    const shares = [['A', 700_000n], ['B', 200_000n], ['C', 100_000n]].map(([funder, sharePpm]) => ({ funder: funder as string, sharePpm: sharePpm as bigint }));
    let state: SplitState = {};
    for (const [component, value, ...funders] of examplesOf('funding-split.md', 'total')[0]!.rows) {
      state = splitMovement(state, shares, component as 'disbursed', parseYuan(value!)).state;
      expect(state[component as 'disbursed']!.map(formatYuan)).toEqual(funders);
    }
  });
});

describe('docs/specs/annual-cost.md', () => {
  for (const [received, months, principal, charges, irr, effective] of examplesOf('annual-cost.md', 'received')[0]!.rows) {
    it(`${received} with ${charges} a month costs ${irr} ppm`, () => {
      const receivedOn = businessDate('2026-01-15');
      const payments = Array.from({ length: Number(months) }, (_, i) => ({ dueOn: addMonths(receivedOn, i + 1), principal: parseYuan(principal!), charges: parseYuan(charges!) }));
      const result = annualCostOf({ received: fen(parseYuan(received!)), receivedOn, payments });
      expect(result).toMatchObject({ kind: 'cost', cost: { irrTimes12Ppm: BigInt(irr!), effectivePpm: BigInt(effective!) } });
    });
  }
});

describe('docs/specs/day-count.md', () => {
  for (const [from, rule, to, days] of examplesOf('day-count.md', 'from')[0]!.rows) {
    it(`${from} to ${to} by ${rule} is ${days} days`, () => {
      expect(days360(businessDate(from!), businessDate(to!), rule as ThirtyRule)).toBe(Number(days));
    });
  }
});
