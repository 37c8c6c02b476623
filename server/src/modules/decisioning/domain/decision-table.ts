import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { StrategyRefusal } from '../errors.ts';
import { domainOf, parseCell, takes, type Cell, type Column, type OnMissing } from './table-cell.ts';

/** A decision table as it is written down and stored. Each row has a cell for every column, as text. */
export type TableDocument = {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly rows: readonly { readonly id: string; readonly when: Readonly<Record<string, string>>; readonly then: Readonly<Record<string, string>> }[];
};

/** A table that was proven: for every combination of values exactly one row answers. Made by `loadTable` only. */
export type DecisionTable = {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly rows: readonly TableRow[];
};
export type TableRow = { readonly id: string; readonly cells: readonly Cell[]; readonly when: Readonly<Record<string, string>>; readonly then: Readonly<Record<string, string>> };

/** What a table is asked with. Numbers are bigint; `number` and text for a number are wrong types, not guesses. */
export type TableInput = bigint | string | boolean | null | undefined;
export type TableInputs = Readonly<Record<string, TableInput>>;

/** What a table says: a row, or why it could not look. There is no third answer, so nothing passes by not being looked at. */
export type Answer =
  | { readonly kind: 'row'; readonly row: TableRow }
  | { readonly kind: 'stopped'; readonly column: string; readonly why: 'missing' | 'wrong_type' | 'out_of_range'; readonly action: Exclude<OnMissing, 'row'> };

const COMBINATIONS_MAX = 100_000;

/**
 * Reads and proves a table: every cell is readable and within its column's range, and over all combinations of values (and of missing
 * ones where a column leaves them to rows) exactly one row answers. The borders of all cells cut each column into pieces on which no
 * cell changes its mind, so one point of each piece proves it for all.
 *
 * Refuses  table_shape_unreadable, table_cell_unreadable, table_too_large, table_overlap, table_incomplete; the last two with an example.
 * Source   docs/specs/decision-tables.md §3.
 */
export function loadTable(document: TableDocument): Result<DecisionTable, StrategyRefusal> {
  const flaw = shapeFlaw(document);
  if (flaw !== undefined) return refuse({ code: 'table_shape_unreadable', table: document.name, what: flaw });
  const rows: TableRow[] = [];
  for (const { id, when, then } of document.rows) {
    const cells: Cell[] = [];
    for (const column of document.columns) {
      const text = when[column.name];
      const cell = typeof text === 'string' ? parseCell(column, text) : { why: 'the row has no cell for this column' };
      if ('why' in cell) return refuse({ code: 'table_cell_unreadable', table: document.name, row: id, column: column.name, cell: String(text), why: cell.why });
      cells.push(cell);
    }
    rows.push({ id, cells, when, then });
  }
  const table = { name: document.name, columns: document.columns, rows };
  const flawInRows = proveExactlyOne(table);
  return flawInRows === undefined ? ok(table) : refuse(flawInRows);
}

/**
 * The one row that answers. A missing value does what its column says; a value of the wrong type is always an error (a bug of the
 * caller, which must stop, not pass); a value outside the range is referred to a person, or declined where missing would be.
 */
export function lookUp(table: DecisionTable, inputs: TableInputs): Answer {
  const points: (bigint | 'missing')[] = [];
  for (const column of table.columns) {
    const value = Object.hasOwn(inputs, column.name) ? inputs[column.name] : undefined;
    if (value === null || value === undefined) {
      if (column.on_missing !== 'row') return { kind: 'stopped', column: column.name, why: 'missing', action: column.on_missing };
      points.push('missing');
      continue;
    }
    const point = pointOf(column, value);
    if (point === 'wrong_type') return { kind: 'stopped', column: column.name, why: point, action: 'error' };
    if (point === 'out_of_range') return { kind: 'stopped', column: column.name, why: point, action: column.on_missing === 'decline' ? 'decline' : 'refer' };
    points.push(point);
  }
  const row = table.rows.find(({ cells }) => cells.every((cell, at) => takes(cell, points[at]!)));
  if (row === undefined) throw new Error(`table ${table.name} was proven complete and has no row`);
  return { kind: 'row', row };
}

/** The pieces of a column on which no cell of the table changes its mind: the first value of each, lowest first; then missing. */
export function piecesOf(table: DecisionTable, at: number): readonly (bigint | 'missing')[] {
  const column = table.columns[at]!;
  const domain = domainOf(column)!;
  const starts = new Set<bigint>([domain.from]);
  for (const { from, through } of table.rows.flatMap(({ cells }) => cells[at]!.ranges)) {
    starts.add(from);
    if (through < domain.through) starts.add(through + 1n);
  }
  const known = [...starts].sort((a, b) => (a < b ? -1 : 1));
  return column.on_missing === 'row' ? [...known, 'missing'] : known;
}

/** Calls `visit` with each combination of pieces until it answers something else than undefined. */
export function everyCombination<T>(pieces: readonly (readonly (bigint | 'missing')[])[], visit: (points: readonly (bigint | 'missing')[]) => T | undefined): T | undefined {
  const points = pieces.map((piece) => piece[0]!);
  const places = pieces.map(() => 0);
  for (;;) {
    const found = visit(points);
    if (found !== undefined) return found;
    let at = pieces.length - 1;
    while (at >= 0 && places[at] === pieces[at]!.length - 1) {
      places[at] = 0;
      points[at] = pieces[at]![0]!;
      at--;
    }
    if (at < 0) return undefined;
    places[at]! += 1;
    points[at] = pieces[at]![places[at]!]!;
  }
}

export const rowsAt = (table: DecisionTable, points: readonly (bigint | 'missing')[]): readonly TableRow[] =>
  table.rows.filter(({ cells }) => cells.every((cell, at) => takes(cell, points[at]!)));

function proveExactlyOne(table: DecisionTable): StrategyRefusal | undefined {
  const pieces = table.columns.map((_, at) => piecesOf(table, at));
  const combinations = pieces.reduce((product, piece) => product * piece.length, 1);
  if (combinations > COMBINATIONS_MAX) return { code: 'table_too_large', table: table.name, combinations: `${combinations}` };
  return everyCombination<StrategyRefusal>(pieces, (points) => {
    const rows = rowsAt(table, points);
    if (rows.length === 1) return undefined;
    const example = Object.fromEntries(table.columns.map((column, at) => [column.name, inWords(column, points[at]!)]));
    return rows.length === 0
      ? { code: 'table_incomplete', table: table.name, example }
      : { code: 'table_overlap', table: table.name, rows: rows.map(({ id }) => id), example };
  });
}

function inWords(column: Column, point: bigint | 'missing'): string {
  if (point === 'missing' || column.type === 'integer') return `${point}`;
  if (column.type === 'flag') return point === 1n ? 'true' : 'false';
  return column.values.find((_, at) => BigInt(at) === point)!;
}

function pointOf(column: Column, value: bigint | string | boolean): bigint | 'wrong_type' | 'out_of_range' {
  if (column.type === 'flag') return typeof value === 'boolean' ? (value ? 1n : 0n) : 'wrong_type';
  if (column.type === 'code') {
    if (typeof value !== 'string') return 'wrong_type';
    const at = column.values.indexOf(value);
    return at === -1 ? 'out_of_range' : BigInt(at);
  }
  if (typeof value !== 'bigint') return 'wrong_type';
  const { from, through } = domainOf(column)!;
  return value < from || value > through ? 'out_of_range' : value;
}

const ON_MISSING: readonly string[] = ['refer', 'decline', 'error', 'row'];
const TYPES: readonly string[] = ['integer', 'code', 'flag'];

function shapeFlaw({ columns, rows }: TableDocument): string | undefined {
  if (columns.length === 0 || rows.length === 0) return 'a table has columns and rows';
  if (new Set(columns.map(({ name }) => name)).size < columns.length) return 'a column is named twice';
  if (new Set(rows.map(({ id }) => id)).size < rows.length) return 'a row id is used twice';
  for (const column of columns) {
    if (!TYPES.includes(column.type)) return `column ${column.name} has the unknown type ${column.type}`;
    if (!ON_MISSING.includes(column.on_missing)) return `column ${column.name} does not say what to do when missing`;
    if (domainOf(column) === undefined) return `column ${column.name} has no range`;
    if (column.type === 'integer' && !column.unit) return `column ${column.name} names no unit`;
  }
  const known = columns.map(({ name }) => name);
  for (const row of rows) {
    const stranger = Object.keys(row.when).find((name) => !known.includes(name));
    if (stranger !== undefined) return `row ${row.id} has a cell for ${stranger}, which is no column`;
  }
  return undefined;
}
