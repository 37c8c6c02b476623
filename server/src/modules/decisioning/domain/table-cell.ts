/** A column of a decision table: what it holds, in what unit, within which range, and what to do when it is not known. */
export type Column =
  | { readonly name: string; readonly type: 'integer'; readonly unit: string; readonly range: readonly [string, string]; readonly on_missing: OnMissing }
  | { readonly name: string; readonly type: 'code'; readonly values: readonly string[]; readonly on_missing: OnMissing }
  | { readonly name: string; readonly type: 'flag'; readonly on_missing: OnMissing };

/**
 * What an unknown value does. `refer`, `decline`, `error` end the table there. `row`: the table itself must say, in rows whose cell is
 * `missing`; the proof of completeness covers it.
 */
export type OnMissing = 'refer' | 'decline' | 'error' | 'row';

/**
 * A cell, parsed: the values it takes as closed ranges of whole numbers (a code is its place in the list; a flag is 0 or 1), and
 * whether it takes a missing value. Never both.
 */
export type Cell = { readonly ranges: readonly Range[]; readonly takesMissing: boolean };
export type Range = { readonly from: bigint; readonly through: bigint };

/** Whole numbers in a table may be grouped: 20_000_000. */
export function wholeNumber(text: string): bigint | undefined {
  return /^(?:\d+|\d{1,3}(?:_\d{3})+)$/.test(text) ? BigInt(text.replaceAll('_', '')) : undefined;
}

/** The whole of a column's known values. */
export function domainOf(column: Column): Range | undefined {
  if (column.type === 'flag') return { from: 0n, through: 1n };
  if (column.type === 'code') return column.values.length === 0 ? undefined : { from: 0n, through: BigInt(column.values.length - 1) };
  const [from, through] = [wholeNumber(column.range[0]), wholeNumber(column.range[1])];
  return from === undefined || through === undefined || from > through ? undefined : { from, through };
}

/**
 * Reads a cell. The whole language: `any` (every known value, never a missing one), `missing`, `= 3`, `< 3`, `<= 3`, `> 3`, `>= 3`,
 * `[3, 7)` and its kin for integers; `{a, b}` for codes; `true`, `false` for flags. Anything else is an error in words: there is no
 * cell that quietly takes nothing.
 *
 * Source  docs/specs/decision-tables.md §2.
 */
export function parseCell(column: Column, text: string): Cell | { readonly why: string } {
  const domain = domainOf(column);
  if (domain === undefined) return { why: 'the column has no range' };
  if (text === 'any') return { ranges: [domain], takesMissing: false };
  if (text === 'missing') {
    return column.on_missing === 'row' ? { ranges: [], takesMissing: true } : { why: `the column says ${column.on_missing} when missing, so no row can` };
  }
  if (column.type === 'code') return parseCodes(column.values, text);
  if (column.type === 'flag') {
    if (text !== 'true' && text !== 'false') return { why: 'a flag is true or false' };
    const value = text === 'true' ? 1n : 0n;
    return { ranges: [{ from: value, through: value }], takesMissing: false };
  }
  const range = parseRange(text, domain);
  if (range === undefined) return { why: 'neither a comparison nor an interval of whole numbers' };
  if (range.from > range.through) return { why: 'takes no value at all' };
  if (range.from < domain.from || range.through > domain.through) return { why: `reaches outside ${domain.from} to ${domain.through}` };
  return { ranges: [range], takesMissing: false };
}

export const takes = (cell: Cell, point: bigint | 'missing'): boolean =>
  point === 'missing' ? cell.takesMissing : cell.ranges.some(({ from, through }) => point >= from && point <= through);

function parseRange(text: string, domain: Range): Range | undefined {
  const comparison = /^(=|<=|<|>=|>) ([\d_]+)$/.exec(text);
  if (comparison !== null) {
    const bound = wholeNumber(comparison[2]!);
    if (bound === undefined) return undefined;
    switch (comparison[1]) {
      case '=': return { from: bound, through: bound };
      case '<': return { from: domain.from, through: bound - 1n };
      case '<=': return { from: domain.from, through: bound };
      case '>': return { from: bound + 1n, through: domain.through };
      default: return { from: bound, through: domain.through };
    }
  }
  const interval = /^([[(])([\d_]+), ([\d_]+)([\])])$/.exec(text);
  if (interval === null) return undefined;
  const [low, high] = [wholeNumber(interval[2]!), wholeNumber(interval[3]!)];
  if (low === undefined || high === undefined) return undefined;
  return { from: interval[1] === '[' ? low : low + 1n, through: interval[4] === ']' ? high : high - 1n };
}

function parseCodes(values: readonly string[], text: string): Cell | { readonly why: string } {
  const match = /^\{([a-z0-9_]+(?:, [a-z0-9_]+)*)\}$/.exec(text);
  if (match === null) return { why: 'codes are written {a, b}' };
  const names = match[1]!.split(', ');
  const stranger = names.find((name) => !values.includes(name));
  if (stranger !== undefined) return { why: `the column has no code ${stranger}` };
  if (new Set(names).size < names.length) return { why: 'a code is named twice' };
  return { ranges: names.map((name) => BigInt(values.indexOf(name))).map((at) => ({ from: at, through: at })), takesMissing: false };
}
