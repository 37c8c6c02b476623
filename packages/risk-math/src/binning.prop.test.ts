import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binNumeric, type BinningOptions } from './index.ts';

const people = fc.array(fc.record({ value: fc.option(fc.integer({ min: 0, max: 7 }), { freq: 8 }), bad: fc.boolean() }), { minLength: 10, maxLength: 120 })
  .filter((rows) => rows.some(({ bad }) => bad) && rows.some(({ bad }) => !bad));
const trends = fc.constantFrom<BinningOptions['trend']>('any', 'up', 'down');

type Counts = { rows: number; bads: number };
const part = (x: number, of: number) => (x === 0 ? 0 : x * Math.log(x / of));
const gainOf = (bins: readonly Counts[], cost: number) => bins.reduce((sum, { rows, bads }) => sum + part(bads, rows) + part(rows - bads, rows) - cost, 0);

/** Every way to cut eight values into bins, tried one after the other. */
function bestByTryingAll(rows: readonly { value: number; bad: boolean }[], options: BinningOptions): number {
  const present = [...new Set(rows.map(({ value }) => value))].sort((a, b) => a - b);
  let best = Number.NEGATIVE_INFINITY;
  for (let cuts = 0; cuts < 2 ** Math.max(present.length - 1, 0); cuts++) {
    const edges = present.slice(1).filter((_, at) => (cuts >> at) & 1);
    const bins = [...edges, Number.POSITIVE_INFINITY].map((edge, at): Counts => {
      const inside = rows.filter(({ value }) => value < edge && value >= (edges[at - 1] ?? Number.NEGATIVE_INFINITY));
      return { rows: inside.length, bads: inside.filter(({ bad }) => bad).length };
    });
    if (bins.length > options.binsMax) continue;
    if (bins.length > 1 && bins.some(({ rows: size, bads }) => size < options.shareMin * rows.length || bads < options.badsMin)) continue;
    const rates = bins.map(({ rows: size, bads }) => bads / size);
    const follows = rates.every((rate, at) => at === 0 || options.trend === 'any' || (options.trend === 'up' ? rates[at - 1]! < rate : rates[at - 1]! > rate));
    if (follows) best = Math.max(best, gainOf(bins, options.binCost));
  }
  return best;
}

describe('cutting a number into bins', () => {
  it('is as good as the best of all ways to cut it', () => {
    fc.assert(fc.property(people, trends, fc.integer({ min: 1, max: 4 }), (rows, trend, binsMax) => {
      const options: BinningOptions = { binsMax, shareMin: 0.1, badsMin: 2, binCost: 0.5, trend, preBins: 1_000 };
      const known = rows.filter((row): row is { value: number; bad: boolean } => row.value !== null);
      fc.pre(known.length > 0);
      const { bins } = binNumeric(rows.map(({ value }) => value), rows.map(({ bad }) => bad), options);
      expect(gainOf(bins, options.binCost)).toBeCloseTo(bestByTryingAll(known, options), 9);
    }));
  });

  it('counts every row once', () => {
    fc.assert(fc.property(people, trends, (rows, trend) => {
      const { bins, missing, special } = binNumeric(rows.map(({ value }) => value), rows.map(({ bad }) => bad), { binsMax: 4, shareMin: 0.05, badsMin: 1, binCost: 0, trend, special: [3] });
      const all = [...bins, missing, ...special];
      expect(all.reduce((sum, bin) => sum + bin.rows, 0)).toBe(rows.length);
      expect(all.reduce((sum, bin) => sum + bin.bads, 0)).toBe(rows.filter(({ bad }) => bad).length);
    }));
  });
});
