import { ArgumentError } from './assert.ts';

const DEPTH_MAX = 100;
const VALUES_MAX = 1_000_000;

/**
 * The one JSON text of a value: keys sorted by code unit, no spaces, bigint as a decimal string, undefined
 * members left out. Two readers that agree on a value agree on its bytes, so it can be hashed and signed.
 *
 * Needs   plain data: null, booleans, texts, bigints, finite numbers other than -0, lists without gaps, objects without a class or
 *         symbols; at most 100 deep (none that holds itself) and a million values (one used twice counts twice).
 * Throws  ArgumentError outside `Needs`, with the path to what has no such text: `value.terms.months`.
 */
export function canonicalJson(value: unknown): string {
  return textOf(value, { path: 'value', depth: 0, count: { values: 0 } });
}

type Place = { readonly path: string; readonly depth: number; readonly count: { values: number } };

function textOf(value: unknown, place: Place): string {
  place.count.values++;
  if (place.count.values > VALUES_MAX) throw new ArgumentError(place.path, value, `at most ${VALUES_MAX} values`);
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'bigint') return `"${value}"`;
  if (typeof value === 'number' && Number.isFinite(value) && !Object.is(value, -0)) return JSON.stringify(value);
  if (typeof value === 'object') {
    if (place.depth === DEPTH_MAX) throw new ArgumentError(place.path, value, `at most ${DEPTH_MAX} deep, for a canonical JSON text`);
    const text = Array.isArray(value) ? listText(value, place) : objectText(value, place);
    if (text !== null) return text;
  }
  throw new ArgumentError(place.path, value, 'plain data with a canonical JSON text');
}

function listText(list: readonly unknown[], { path, depth, count }: Place): string {
  // By index: a gap would leave a hole in the text.
  const texts: string[] = [];
  for (let index = 0; index < list.length; index++) texts.push(textOf(index in list ? (list[index] ?? null) : undefined, { path: `${path}[${index}]`, depth: depth + 1, count }));
  return `[${texts.join(',')}]`;
}

function objectText(value: object, { path, depth, count }: Place): string | null {
  const prototype: unknown = Object.getPrototypeOf(value);
  if ((prototype !== Object.prototype && prototype !== null) || Object.getOwnPropertySymbols(value).length > 0) return null;
  const record = value as Readonly<Record<string, unknown>>;
  const members = Object.keys(record)
    .filter((key) => record[key] !== undefined)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${textOf(record[key], { path: `${path}.${key}`, depth: depth + 1, count })}`);
  return `{${members.join(',')}}`;
}
