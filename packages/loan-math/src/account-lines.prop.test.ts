import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyHistory } from '../test/arbitraries.ts';
import { grouped } from './explain-text.ts';
import { isTrue, statedIn } from '../test/sentences.ts';
import { accountLines, formatDate, NO_TOTALS, positionOn, recomputed, type AccountLine, type Totals } from './index.ts';

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
          if (stated === null && why.figures !== null) expect([why.figures.parts.length, text.includes(grouped(why.figures.result))]).toEqual([1, true]);
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
        const taken = odd?.parts[0]!.label?.en === 'already taken' ? odd.result : 0n;
        expect(interest!.result + taken).toBe(row.interest);
      }
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
