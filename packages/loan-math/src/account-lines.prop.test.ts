import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyHistory } from '../test/arbitraries.ts';
import { anyChangedLife } from '../test/changed-lives.ts';
import { grouped } from './explain-text.ts';
import { isTrue, statedIn } from '../test/sentences.ts';
import { accountLines, eventsThatCount, formatDate, NO_TOTALS, positionOn, recomputed, scheduleOf, type AccountLine, type Totals } from './index.ts';

const RUNS = { numRuns: 400 };
const KEYS = Object.keys(NO_TOTALS) as (keyof Totals)[];

const summed = (lines: readonly AccountLine[]): Record<string, bigint> => {
  const sums: Record<string, bigint> = {};
  for (const key of KEYS) sums[key] = lines.reduce((sum, line) => sum + (line.moved[key] ?? 0n), 0n);
  return sums;
};
const reasonsOf = (lines: readonly AccountLine[]) => lines.flatMap((line) => line.why.map((why) => ({ line, why })));

describe('the account of a loan', () => {
  it('moves every fen of the totals in exactly one line', () => {
    fc.assert(fc.property(anyHistory, ({ terms, events, on }) => {
      const lines = accountLines(terms, events, on);
      expect(summed(lines)).toEqual(positionOn(terms, events, on).totals);
      for (const { moved } of lines) for (const value of Object.values(moved)) expect(value).not.toBe(0n);
    }), RUNS);
  });

  it('states computations that come out, from the figures alone', () => {
    fc.assert(fc.property(anyHistory, ({ terms, events, on }) => {
      for (const { why } of reasonsOf(accountLines(terms, events, on))) if (why.figures !== null) expect(recomputed(why.figures)).toBe(why.figures.result);
    }), RUNS);
  });

  it('says in both languages what a reader with pencil and paper finds to be so', () => {
    fc.assert(fc.property(anyHistory, ({ terms, events, on }) => {
      for (const { why } of reasonsOf(accountLines(terms, events, on))) {
        for (const text of [why.zh, why.en]) {
          const stated = statedIn(text);
          if (stated === null && why.figures !== null) expect([why.figures.parts.length <= 1, text.includes(grouped(why.figures.result))]).toEqual([true, true]);
          if (stated !== null) expect(why.figures).not.toBeNull();
          if (stated === null || why.figures === null) continue;
          expect({ text, isTrue: isTrue(stated), result: stated.result }).toEqual({ text, isTrue: true, result: why.figures.result });
        }
      }
    }), RUNS);
  });

  it('has a sentence with figures for every line in which interest or penalty moves', () => {
    fc.assert(fc.property(anyHistory, ({ terms, events, on }) => {
      for (const { moved, why, what } of accountLines(terms, events, on)) {
        expect(what.zh.length * what.en.length).toBeGreaterThan(0);
        if ((moved.interestCharged ?? 0n) !== 0n || (moved.penaltyCharged ?? 0n) !== 0n || (moved.principalPaid ?? 0n) !== 0n) {
          expect(why.some(({ figures }) => figures !== null)).toBe(true);
        }
      }
    }), RUNS);
  });

  it('works out the interest of each installment fallen due, and all penalty, from days and principal', () => {
    fc.assert(fc.property(anyHistory, ({ terms, events, on }) => {
      const position = positionOn(terms, events, on);
      const lines = accountLines(terms, events, on);
      for (const line of lines) {
        if (line.kind === 'overdue') expect(line.why.every(({ figures }) => figures !== null)).toBe(true);
        if (line.kind !== 'fell_due') continue;
        const row = position.installments.find(({ number }) => number === line.installment)!;
        const [interest, odd] = line.why.map(({ figures }) => figures);
        const taken = odd?.parts[0]?.label?.en === 'already taken' ? odd.result : 0n;
        expect(interest!.result + taken).toBe(row.interest);
      }
    }), RUNS);
  });

  it('counts every day of a period once, and every day of penalty from the due day or the end of grace', () => {
    fc.assert(fc.property(anyHistory, ({ terms, events, on }) => {
      if (terms.basis === 'monthly') return;
      const { installments, disbursedOn } = positionOn(terms, events, on);
      for (const { kind, installment, why, on: day } of accountLines(terms, events, on)) {
        const days = (why[0]?.figures?.parts ?? []).reduce((sum, { bears }) => sum + (bears?.units ?? 0), 0);
        if (kind === 'fell_due') expect(days).toBe(day - (installment === 1 ? disbursedOn! : installments[installment! - 2]!.dueOn));
        if (kind !== 'overdue' || installment === null) continue;
        const { dueOn } = installments[installment - 1]!;
        expect(days).toBeLessThanOrEqual(day - dueOn - (terms.graceCountsBack ? 0 : terms.graceDays));
      }
    }), RUNS);
  });

  it('names the level amount of the schedule, as long as nobody asked for smaller installments', () => {
    fc.assert(fc.property(anyHistory, ({ terms, events, on, start }) => {
      if (events.some((event) => event.kind === 'prepaid' && event.effect === 'smaller_installment')) return;
      const [first, ...others] = scheduleOf(terms, start);
      for (const { why } of accountLines(terms, events, on)) {
        const level = why.flatMap(({ figures }) => figures?.parts ?? []).find(({ label }) => label?.en === 'level amount');
        if (level !== undefined && first!.principal > 0n && others.length > 0) expect(level.base).toBe(first!.principal + first!.interest);
      }
    }), RUNS);
  });

  it('says that the loan is repaid on the day on which it is, and not on another', () => {
    fc.assert(fc.property(anyHistory, ({ terms, events, on }) => {
      const { settledOn } = positionOn(terms, events, on);
      const said = accountLines(terms, events, on).filter(({ why }) => why.some(({ en }) => en.startsWith('With this the loan is repaid')));
      for (const line of said.slice(-1)) if (settledOn !== null) expect(line.on).toBeLessThanOrEqual(settledOn);
      if (said.length === 0) expect(settledOn === null || events.some(({ kind }) => kind === 'waived' || kind === 'overpayment_refunded')).toBe(true);
    }), RUNS);
  });

  it('shows where all the money of each payment went', () => {
    fc.assert(fc.property(anyHistory, ({ terms, events, on }) => {
      for (const { event, why, moved } of accountLines(terms, events, on)) {
        const spread = why.find(({ en }) => en.startsWith('Where the money went'));
        if (spread === undefined) continue;
        const paid = events.find(({ id }) => id === event)!;
        expect(spread.figures!.result).toBe('amount' in paid ? paid.amount : 0n);
        expect(moved.received).toBe(spread.figures!.result);
      }
    }), RUNS);
  });

  it('has told after each event what the totals are at that event', () => {
    fc.assert(fc.property(anyHistory, ({ terms, events, on }) => {
      const counting = eventsThatCount(events, on, events.length);
      const lines = accountLines(terms, events, on);
      counting.forEach((event, index) => {
        const at = lines.findIndex((line) => line.event === event.id);
        const { totals, due } = positionOn(terms, counting.slice(0, index + 1), event.valueOn);
        expect(summed(lines.slice(0, at + 1))).toEqual(totals);
        expect(lines[at]!.due).toBe(due.total);
      });
    }), RUNS);
  });

  it('goes in order of days, and its last line stands where the position stands', () => {
    fc.assert(fc.property(anyHistory, ({ terms, events, on }) => {
      const lines = accountLines(terms, events, on);
      const position = positionOn(terms, events, on);
      for (let index = 1; index < lines.length; index++) expect(formatDate(lines[index]!.on) >= formatDate(lines[index - 1]!.on)).toBe(true);
      const last = lines[lines.length - 1]!;
      expect([last.kind, last.on, last.due, last.principalOutstanding]).toEqual(['today', on, position.due.total, position.principalOutstanding]);
    }), RUNS);
  });

  it('has one line for each event that is known and one for each installment that fell due', () => {
    fc.assert(fc.property(anyHistory, ({ terms, events, on }) => {
      const told = accountLines(terms, events, on).flatMap(({ event }) => (event === null ? [] : [event]));
      expect(told.toSorted()).toEqual(events.filter((event) => event.valueOn <= on).map(({ id }) => id).toSorted());
    }), RUNS);
  });
});

describe('the account of a loan whose contract has more to it, and changes on the way', () => {
  it('moves every fen of the totals in exactly one line', () => {
    fc.assert(fc.property(anyChangedLife, ({ terms, events, on }) => {
      expect(summed(accountLines(terms, events, on))).toEqual(positionOn(terms, events, on).totals);
    }), RUNS);
  });

  it('says what a reader with pencil and paper finds to be so', () => {
    fc.assert(fc.property(anyChangedLife, ({ terms, events, on }) => {
      for (const { why } of reasonsOf(accountLines(terms, events, on))) {
        for (const text of [why.zh, why.en]) {
          const stated = statedIn(text);
          if (stated !== null) expect({ text, isTrue: isTrue(stated) && stated.result === why.figures?.result }).toEqual({ text, isTrue: true });
        }
      }
    }), RUNS);
  });

  it('works out all interest that falls due, and all penalty, from days, principal and what earlier installments left', () => {
    fc.assert(fc.property(anyChangedLife, ({ terms, events, on }) => {
      const lines = accountLines(terms, events, on);
      lines.forEach((line) => {
        if (line.kind === 'overdue') expect(line.why.filter(({ figures }) => figures === null)).toEqual([]);
        if (line.kind !== 'fell_due') return;
        const [interest, more] = line.why.map(({ figures, en }) => ({ figures, en }));
        const due = line.why.find(({ en }) => en.startsWith('Due today'))?.figures?.parts.find(({ label }) => label?.en === 'interest')?.base ?? null;
        const left = more?.en.includes('left for the next one') === true ? more.figures!.result : 0n;
        const taken = more?.en.includes('what is over') === true ? more.figures!.result : 0n;
        if (due !== null) expect(interest!.figures!.result - left + taken).toBe(due);
      });
    }), RUNS);
  });

  it('shows where all the money of each payment went', () => {
    fc.assert(fc.property(anyChangedLife, ({ terms, events, on }) => {
      for (const { event, why, moved } of accountLines(terms, events, on)) {
        const spread = why.find(({ en }) => en.startsWith('Where the money went'));
        if (spread === undefined) continue;
        const paid = events.find(({ id }) => id === event)!;
        expect([spread.figures!.result, moved.received]).toEqual('amount' in paid ? [paid.amount, paid.amount] : []);
      }
    }), RUNS);
  });
});
