import { describe, expect, it } from 'vitest';
import { loadTable, lookUp, type DecisionTable, type TableDocument } from './decision-table.ts';
import type { Column, OnMissing } from './table-cell.ts';

const dti = (on_missing: OnMissing): Column => ({ name: 'dti_permille', type: 'integer', unit: 'permille', range: ['0', '10_000'], on_missing });
/** The hard decline of the probe that other engines pass: debt above half of income. */
const hard = (on_missing: OnMissing = 'decline', decline = '> 500'): TableDocument => ({
  name: 'debt',
  columns: [dti(on_missing)],
  rows: [{ id: 'ok', when: { dti_permille: '<= 500' }, then: { outcome: 'pass' } }, { id: 'hard', when: { dti_permille: decline }, then: { outcome: 'decline' } }],
});
function loaded(document: TableDocument): DecisionTable {
  const table = loadTable(document);
  if (!table.ok) throw new Error(JSON.stringify(table.error));
  return table.value;
}

describe('a hard decline never passes silently', () => {
  it('hits where it should', () => {
    expect(lookUp(loaded(hard()), { dti_permille: 700n })).toMatchObject({ kind: 'row', row: { id: 'hard' } });
    expect(lookUp(loaded(hard()), { dti_permille: 500n })).toMatchObject({ kind: 'row', row: { id: 'ok' } });
  });

  it.each(['> > 500', '> 500x', '>500', '', '> 0.5'])('a cell mistyped as %j does not load', (cell) => {
    expect(loadTable(hard('decline', cell))).toMatchObject({ ok: false, error: { code: 'table_cell_unreadable', row: 'hard', column: 'dti_permille', cell } });
  });

  it('a cell that was meant to be > 500 and reads > 600 does not load: 501 would be nobody\'s', () => {
    expect(loadTable(hard('decline', '> 600'))).toEqual({ ok: false, error: { code: 'table_incomplete', table: 'debt', example: { dti_permille: '501' } } });
  });

  it.each<[string, Record<string, bigint | null | undefined>]>([['an absent field', {}], ['null', { dti_permille: null }], ['undefined', { dti_permille: undefined }], ['a field mistyped', { dti: 700n }]])(
    '%s does what the column says', (_what, inputs) => {
      for (const action of ['refer', 'decline', 'error'] as const) {
        expect(lookUp(loaded(hard(action)), inputs)).toEqual({ kind: 'stopped', column: 'dti_permille', why: 'missing', action });
      }
    });

  it.each([['text for a number', '700'], ['a flag for a number', true], ['a float for a whole number', 0.7], ['NaN', Number.NaN], ['an object', {}]])('%s stops with an error', (_what, value) => {
    expect(lookUp(loaded(hard()), { dti_permille: value as never })).toMatchObject({ kind: 'stopped', why: 'wrong_type', action: 'error' });
  });

  it('a value no column can hold is referred, or declined where missing is', () => {
    expect(lookUp(loaded(hard('refer')), { dti_permille: 10_001n })).toMatchObject({ why: 'out_of_range', action: 'refer' });
    expect(lookUp(loaded(hard('decline')), { dti_permille: -1n })).toMatchObject({ why: 'out_of_range', action: 'decline' });
  });

  it('a field that came with the prototype is no field', () => {
    const inherited = Object.create({ dti_permille: 100n }) as Record<string, bigint>;
    expect(lookUp(loaded(hard()), inherited)).toMatchObject({ why: 'missing' });
  });
});

describe('loading a table', () => {
  const two = (rows: TableDocument['rows']): TableDocument => ({
    name: 'two', columns: [dti('row'), { name: 'lender_type', type: 'code', values: ['bank', 'microloan'], on_missing: 'refer' }], rows,
  });
  const row = (id: string, dtiCell: string, lender: string) => ({ id, when: { dti_permille: dtiCell, lender_type: lender }, then: {} });

  it('refuses two rows that could both answer, with an example', () => {
    expect(loadTable(two([row('a', 'any', '{bank}'), row('b', '>= 300', 'any'), row('c', '< 300', '{microloan}'), row('d', 'missing', 'any')]))).toEqual({
      ok: false, error: { code: 'table_overlap', table: 'two', rows: ['a', 'b'], example: { dti_permille: '300', lender_type: 'bank' } },
    });
  });

  it('refuses a table that leaves a missing value to rows and has no row for it', () => {
    expect(loadTable(two([row('a', 'any', 'any')]))).toMatchObject({ ok: false, error: { code: 'table_incomplete', example: { dti_permille: 'missing', lender_type: 'bank' } } });
  });

  it('takes a table in which every combination has its one row', () => {
    expect(loadTable(two([row('a', 'any', '{bank}'), row('b', '< 300', '{microloan}'), row('c', '>= 300', '{microloan}'), row('d', 'missing', 'any')])).ok).toBe(true);
  });

  it.each<[string, (document: TableDocument) => unknown, string]>([
    ['no rows', (document) => ({ ...document, rows: [] }), 'a table has columns and rows'],
    ['a column twice', (document) => ({ ...document, columns: [...document.columns, ...document.columns] }), 'a column is named twice'],
    ['a row id twice', (document) => ({ ...document, rows: [document.rows[0]!, document.rows[0]!] }), 'a row id is used twice'],
    ['a type nobody knows', (document) => ({ ...document, columns: [{ ...document.columns[0], type: 'float' }] }), 'column dti_permille has the unknown type float'],
    ['silence about missing', (document) => ({ ...document, columns: [{ ...document.columns[0], on_missing: undefined }] }), 'column dti_permille does not say what to do when missing'],
    ['a range from high to low', (document) => ({ ...document, columns: [{ ...document.columns[0], range: ['9', '1'] }] }), 'column dti_permille has no range'],
    ['a range that is none', (document) => ({ ...document, columns: [{ ...document.columns[0], range: ['0', 'lots'] }] }), 'column dti_permille has no range'],
    ['no unit', (document) => ({ ...document, columns: [{ ...document.columns[0], unit: '' }] }), 'column dti_permille names no unit'],
    ['a cell for no column', (document) => ({ ...document, rows: [{ ...document.rows[0], when: { dti_permille: 'any', dit: '> 5' } }] }), 'row ok has a cell for dit, which is no column'],
  ])('refuses %s', (_what, change, what) => {
    expect(loadTable(change(hard()) as TableDocument)).toEqual({ ok: false, error: { code: 'table_shape_unreadable', table: 'debt', what } });
  });

  it('refuses a row without a cell, or with one that is no text', () => {
    const without = { ...hard(), rows: [{ id: 'ok', when: {}, then: {} }] };
    expect(loadTable(without)).toMatchObject({ error: { code: 'table_cell_unreadable', why: 'the row has no cell for this column' } });
    expect(loadTable({ ...hard(), rows: [{ id: 'ok', when: { dti_permille: 5 as never }, then: {} }] })).toMatchObject({ error: { code: 'table_cell_unreadable' } });
  });

  it('refuses a table too large to prove', () => {
    const columns = Array.from({ length: 5 }, (_, at): Column => ({ ...dti('refer'), name: `c${at}` }) as Column);
    const rows = Array.from({ length: 12 }, (_, at) => ({ id: `r${at}`, when: Object.fromEntries(columns.map(({ name }) => [name, `= ${at}`])), then: {} }));
    expect(loadTable({ name: 'large', columns, rows })).toMatchObject({ error: { code: 'table_too_large' } });
  });
});
