import type { Words } from '@mingdai/loan-math';
import { visible } from './plain-text.ts';
import type { StatementProblem } from './report.ts';
import { say } from './words.ts';

/** A value of JSON. Objects have no prototype: a member may have any name. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** More than any statement of a loan takes: 480 installments and 1000 events come to 2 MB. */
export const TEXT_MAX = 8_000_000;
const DEPTH_MAX = 16;
/** 480 installments, 1000 events, 40,000 days of a calendar, and a seal for each: half of this. */
const VALUES_MAX = 250_000;

/**
 * Reads JSON as a signed document needs it read: one meaning, or a problem.
 *
 * Keeps    what `JSON.parse` reads, it reads alike; but a member given twice, and a number that is not written as whole numbers are
 *          (1.0, 1e3, -0, beyond 2^53), are problems with their path. All of them are listed; the value then holds the last member.
 * Refuses  text that is no JSON, with line and column; longer than 8,000,000 characters; of more than 250,000 values; nested deeper than 16.
 *          The value is then null.
 *          Never throws.
 * Source   docs/specs/statement.md §2.
 */
export function readJson(text: string): { readonly value: Json | null; readonly isJson: boolean; readonly problems: readonly StatementProblem[] } {
  const problems: StatementProblem[] = [];
  const body = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text; // some editors put a byte order mark first
  if (body.length > TEXT_MAX) return { value: null, isJson: false, problems: [{ path: '', what: say.tooLong(TEXT_MAX) }] };
  const scan: Scan = { text: body, at: 0, values: 0, problems };
  try {
    const value = valueAt(scan, '', 0);
    skipSpace(scan);
    if (scan.at < body.length) stop(scan, say.afterEnd);
    return { value, isJson: true, problems };
  } catch (cause) {
    if (!(cause instanceof NoJson)) throw cause;
    return { value: null, isJson: false, problems: [{ path: '', what: cause.what }] };
  }
}

/** `members('a', 'b')` → `a.b`; a name that is no plain word stands in brackets. */
export function memberPath(path: string, name: string): string {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) return `${path}[${visible(JSON.stringify(name))}]`;
  return path === '' ? name : `${path}.${name}`;
}

export const isObject = (value: unknown): value is { readonly [name: string]: Json } => typeof value === 'object' && value !== null && !Array.isArray(value);

type Scan = { readonly text: string; at: number; values: number; readonly problems: StatementProblem[] };

/** Ends the reading from any depth; never leaves `readJson`. */
class NoJson extends Error {
  readonly what: Words;
  constructor(what: Words) {
    super(what.en);
    this.what = what;
  }
}

function stop({ text, at }: Scan, what: (line: number, column: number) => Words): never {
  const before = text.slice(0, at).split('\n');
  throw new NoJson(what(before.length, before[before.length - 1]!.length + 1));
}

function skipSpace(scan: Scan): void {
  for (;;) {
    const code = scan.text.charCodeAt(scan.at);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
    scan.at++;
  }
}

function valueAt(scan: Scan, path: string, depth: number): Json {
  if (depth > DEPTH_MAX) stop(scan, say.tooDeep);
  scan.values++;
  if (scan.values > VALUES_MAX) stop(scan, say.tooMany);
  skipSpace(scan);
  switch (scan.text[scan.at]) {
    case '{': return objectAt(scan, path, depth);
    case '[': return listAt(scan, path, depth);
    case '"': return stringAt(scan);
    case 't': return wordAt(scan, 'true', true);
    case 'f': return wordAt(scan, 'false', false);
    case 'n': return wordAt(scan, 'null', null);
    default: return numberAt(scan, path);
  }
}

function objectAt(scan: Scan, path: string, depth: number): Json {
  const members = Object.create(null) as Record<string, Json>;
  scan.at++;
  skipSpace(scan);
  if (scan.text[scan.at] === '}') return ended(scan, members);
  for (;;) {
    skipSpace(scan);
    if (scan.text[scan.at] !== '"') stop(scan, say.noJson);
    const name = stringAt(scan);
    const inside = memberPath(path, name);
    if (name in members) scan.problems.push({ path: inside, what: say.givenTwice });
    skipSpace(scan);
    if (scan.text[scan.at] !== ':') stop(scan, say.noJson);
    scan.at++;
    members[name] = valueAt(scan, inside, depth + 1);
    if (!hasMore(scan, '}')) return members;
  }
}

function listAt(scan: Scan, path: string, depth: number): Json {
  const items: Json[] = [];
  scan.at++;
  skipSpace(scan);
  if (scan.text[scan.at] === ']') return ended(scan, items);
  for (;;) {
    items.push(valueAt(scan, `${path}[${items.length}]`, depth + 1));
    if (!hasMore(scan, ']')) return items;
  }
}

function ended<T>(scan: Scan, value: T): T {
  scan.at++;
  return value;
}

/** Past a comma, or past the end. */
function hasMore(scan: Scan, end: string): boolean {
  skipSpace(scan);
  const next = scan.text[scan.at];
  if (next !== ',' && next !== end) stop(scan, say.noJson);
  scan.at++;
  return next === ',';
}

/** Of the length that any text of a statement may have, and more. */
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})){0,10000}"/y;

function stringAt(scan: Scan): string {
  STRING.lastIndex = scan.at;
  const match = STRING.exec(scan.text);
  if (match === null) stop(scan, say.noText);
  scan.at = STRING.lastIndex;
  return JSON.parse(match[0]) as string;
}

function wordAt<T>(scan: Scan, word: string, value: T): T {
  if (!scan.text.startsWith(word, scan.at)) stop(scan, say.noJson);
  scan.at += word.length;
  return value;
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

function numberAt(scan: Scan, path: string): number {
  NUMBER.lastIndex = scan.at;
  const match = NUMBER.exec(scan.text);
  if (match === null) stop(scan, say.noJson);
  scan.at = NUMBER.lastIndex;
  const value = Number(match[0]);
  if (!Number.isSafeInteger(value) || String(value) !== match[0]) scan.problems.push({ path, what: say.notCanonical(match[0].slice(0, 40)) });
  return Number.isFinite(value) && !Object.is(value, -0) ? value : 0;
}
