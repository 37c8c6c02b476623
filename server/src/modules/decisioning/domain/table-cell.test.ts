import { describe, expect, it } from 'vitest';
import { parseCell, takes, type Cell, type Column } from './table-cell.ts';

const count: Column = { name: 'enquiries_12m', type: 'integer', unit: 'count', range: ['0', '1_000'], on_missing: 'refer' };
const code: Column = { name: 'lender_type', type: 'code', values: ['bank', 'microloan'], on_missing: 'row' };
const flag: Column = { name: 'is_student', type: 'flag', on_missing: 'refer' };
const points = (cell: Cell | { why: string }, of: readonly bigint[]) => ('why' in cell ? cell.why : of.filter((point) => takes(cell, point)).map(String).join(' '));

describe('a cell of whole numbers', () => {
  const seen = [0n, 1n, 2n, 3n, 4n, 1000n];
  it.each([
    ['any', '0 1 2 3 4 1000'], ['= 3', '3'], ['< 3', '0 1 2'], ['<= 3', '0 1 2 3'], ['> 3', '4 1000'], ['>= 3', '3 4 1000'],
    ['[1, 3]', '1 2 3'], ['[1, 3)', '1 2'], ['(1, 3]', '2 3'], ['(1, 3)', '2'], ['>= 1_000', '1000'],
  ])('%s takes %s', (text, taken) => expect(points(parseCell(count, text), seen)).toBe(taken));

  it.each([
    '', ' ', '3', '> > 3', '> 3x', '>3', '> 3.5', '> -1', '>= three', '[1, 3', '1..3', '[1,3]', '> 1_0', 'ANY', 'any ', 'null', 'true', '{bank}', '> 3 or < 1',
  ])('%j is refused, not taken as a cell that never hits', (text) => expect(parseCell(count, text)).toEqual({ why: 'neither a comparison nor an interval of whole numbers' }));

  it.each([['< 0', 'takes no value at all'], ['(3, 4)', 'takes no value at all'], ['[4, 3]', 'takes no value at all'], ['<= 1_001', 'reaches outside 0 to 1000'], ['= 2000', 'reaches outside 0 to 1000']])(
    '%s is refused: %s', (text, why) => expect(parseCell(count, text)).toEqual({ why }));
});

describe('a cell of codes or flags', () => {
  it('takes what it names', () => {
    expect(points(parseCell(code, '{microloan}'), [0n, 1n])).toBe('1');
    expect(points(parseCell(flag, 'false'), [0n, 1n])).toBe('0');
    expect(points(parseCell(flag, 'any'), [0n, 1n])).toBe('0 1');
  });

  it.each([['{bnak}', 'the column has no code bnak'], ['{bank, bank}', 'a code is named twice'], ['bank', 'codes are written {a, b}'], ['{}', 'codes are written {a, b}']])(
    '%s is refused: %s', (text, why) => expect(parseCell(code, text)).toEqual({ why }));
  it.each(['yes', '1', 'TRUE', '{true}'])('a flag is not %s', (text) => expect(parseCell(flag, text)).toEqual({ why: 'a flag is true or false' }));
});

describe('a missing value', () => {
  it('is never among any, only in a cell that says missing', () => {
    expect(takes(parseCell(code, 'any') as Cell, 'missing')).toBe(false);
    expect(takes(parseCell(code, 'missing') as Cell, 'missing')).toBe(true);
    expect(takes(parseCell(code, 'missing') as Cell, 0n)).toBe(false);
  });
  it('cannot be a row\'s where the column decides it', () => expect(parseCell(count, 'missing')).toEqual({ why: 'the column says refer when missing, so no row can' }));
});
