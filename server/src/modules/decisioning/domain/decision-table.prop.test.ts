import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadTable, lookUp, type TableDocument } from './decision-table.ts';

// Small tables over 0…6 and three codes (and missing), so that every combination can be tried by hand.
const interval = fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 6 })).map(([a, b]) => `[${Math.min(a, b)}, ${Math.max(a, b)}]`);
const numberCell = fc.oneof(interval, fc.constantFrom('any', 'missing'));
const codeCell = fc.constantFrom('any', '{a}', '{b}', '{c}', '{a, b}', '{b, c}');
const documents = fc.array(fc.tuple(numberCell, codeCell), { minLength: 1, maxLength: 6 }).map((cells): TableDocument => ({
  name: 'random',
  columns: [{ name: 'n', type: 'integer', unit: 'count', range: ['0', '6'], on_missing: 'row' }, { name: 'c', type: 'code', values: ['a', 'b', 'c'], on_missing: 'refer' }],
  rows: cells.map(([n, c], at) => ({ id: `r${at}`, when: { n, c }, then: {} })),
}));
/** A table that covers everything once: cut the numbers, give each piece to one or three rows. */
const completeDocuments = fc.array(fc.boolean(), { minLength: 7, maxLength: 7 }).map((cuts): TableDocument => {
  const starts = cuts.map((cut, at) => (at === 0 || cut ? at : -1)).filter((at) => at >= 0);
  const pieces = [...starts.map((start, at) => `[${start}, ${(starts[at + 1] ?? 7) - 1}]`), 'missing'];
  const rows = pieces.flatMap((n, at) => (cuts[at % 7] ? ['{a}', '{b, c}'] : ['any']).map((c) => ({ n, c })));
  return { name: 'complete', columns: [{ name: 'n', type: 'integer', unit: 'count', range: ['0', '6'], on_missing: 'row' }, { name: 'c', type: 'code', values: ['a', 'b', 'c'], on_missing: 'refer' }], rows: rows.map((when, at) => ({ id: `r${at}`, when, then: {} })) };
});

/** The rows that take a combination, read from the text in another way than the parser does. */
function rowsTaking(document: TableDocument, n: number | null, c: string): readonly string[] {
  return document.rows.filter(({ when }) => {
    const cell = when['n']!;
    const bounds = /^\[(\d), (\d)\]$/.exec(cell);
    const takesN = n === null ? cell === 'missing' : cell === 'any' || (bounds !== null && n >= Number(bounds[1]) && n <= Number(bounds[2]));
    return takesN && (when['c'] === 'any' || when['c']!.includes(c));
  }).map(({ id }) => id);
}
const combinations = [0, 1, 2, 3, 4, 5, 6, null].flatMap((n) => ['a', 'b', 'c'].map((c) => ({ n, c })));

describe('a table loads exactly when every combination has one row', () => {
  it('whatever its cells are', () => {
    fc.assert(fc.property(fc.oneof(documents, completeDocuments), (document) => {
      const counts = combinations.map(({ n, c }) => rowsTaking(document, n, c).length);
      const table = loadTable(document);
      expect(table.ok).toBe(counts.every((count) => count === 1));
      if (!table.ok) expect(counts.some((count) => count > 1) || table.error.code === 'table_incomplete').toBe(true);
    }));
  });

  it('and then answers with that row', () => {
    fc.assert(fc.property(completeDocuments, (document) => {
      const table = loadTable(document);
      if (!table.ok) throw new Error(JSON.stringify(table.error));
      for (const { n, c } of combinations) {
        expect(lookUp(table.value, { n: n === null ? null : BigInt(n), c })).toMatchObject({ kind: 'row', row: { id: rowsTaking(document, n, c)[0] } });
      }
    }));
  });
});
