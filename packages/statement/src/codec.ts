import { annualRatePpm, businessDate, fen, FEN_MAX, formatDate, type AnnualRatePpm, type BusinessDate, type Fen, type Words } from '@mingdai/loan-math';
import { isObject, memberPath, type Json } from './json-text.ts';
import { isPlainText, visible } from './plain-text.ts';
import type { StatementProblem } from './report.ts';
import { rule, say } from './words.ts';

/** One shape of JSON, both ways: what writes a value and what reads it strictly cannot drift apart. */
export type Codec<T> = {
  readonly write: (value: T) => Json;
  /** Undefined when it could not be read: what is wrong was then added to `problems`. */
  readonly read: (value: Json, path: string, problems: StatementProblem[]) => T | undefined;
};

/** A member of an object: its name in JSON, and how it is written there. */
export type Field<T> = { readonly json: string; readonly codec: Codec<Exclude<T, undefined>>; readonly isOptional: boolean };

/** All members of a type: one that is added to the type and not here does not compile. */
export type Fields<T> = { readonly [K in keyof T]-?: Field<T[K]> };

export const field = <T>(json: string, codec: Codec<T>): Field<T> => ({ json, codec: codec as Codec<Exclude<T, undefined>>, isOptional: false });
/** Left out when undefined: what was stored before the member existed keeps its text, and its hash. */
export const optionalField = <T>(json: string, codec: Codec<T>): Field<T | undefined> => ({ json, codec: codec as Codec<Exclude<T, undefined>>, isOptional: true });

/** An object with exactly these members. */
export function record<T extends object>(fields: Fields<T>): Codec<T> {
  const rows = Object.keys(fields).map((name) => ({ name, ...(fields as Record<string, Field<unknown>>)[name]! }));
  const known = new Set(rows.map(({ json }) => json));
  return {
    write(value) {
      const members: Record<string, Json> = {};
      for (const { name, json, codec } of rows) {
        const member = (value as Record<string, unknown>)[name];
        if (member !== undefined) members[json] = codec.write(member as never);
      }
      return members;
    },
    read(value, path, problems) {
      if (!isObject(value)) return wrong(problems, path, rule.object, value);
      const before = problems.length;
      const read: Record<string, unknown> = {};
      for (const { name, json, codec, isOptional } of rows) {
        const inside = memberPath(path, json);
        const member = value[json];
        if (member !== undefined) read[name] = codec.read(member, inside, problems);
        else if (!isOptional) problems.push({ path: inside, what: say.missing });
      }
      for (const name of Object.keys(value)) if (!known.has(name)) problems.push({ path: memberPath(path, name), what: say.unknownMember });
      return problems.length === before ? (read as T) : undefined;
    },
  };
}

export const list = <T>(item: Codec<T>, most: number): Codec<readonly T[]> => ({
  write: (items) => items.map(item.write),
  read(value, path, problems) {
    if (!Array.isArray(value) || value.length > most) return wrong(problems, path, rule.list(most), value);
    const before = problems.length;
    const read = (value as readonly Json[]).map((each, index) => item.read(each, `${path}[${index}]`, problems));
    return problems.length === before ? (read as readonly T[]) : undefined;
  },
});

export const nullable = <T>(codec: Codec<T>): Codec<T | null> => ({
  write: (value) => (value === null ? null : codec.write(value)),
  read: (value, path, problems) => (value === null ? null : codec.read(value, path, problems)),
});

/** A text that reads in one way only. */
export const text = (most: number): Codec<string> =>
  leaf(rule.text(most), (value) => value, (value) => (typeof value === 'string' && value.length >= 1 && value.length <= most && isPlainText(value) ? value : undefined));

const CODE = /^[!-~]+$/;

/** An id, a code, a hash: letters, digits and signs of ASCII. */
export const code = (most: number): Codec<string> =>
  leaf(rule.code(most), (value) => value, (value) => (typeof value === 'string' && value.length <= most && CODE.test(value) ? value : undefined));

export const boolean: Codec<boolean> = leaf(rule.boolean, (value) => value, (value) => (typeof value === 'boolean' ? value : undefined));

export const whole = (from: number, to: number): Codec<number> =>
  leaf(rule.whole(from, to), (value) => value, (value) => (typeof value === 'number' && Number.isInteger(value) && value >= from && value <= to ? value : undefined));

export const oneOf = <T extends string>(...words: readonly T[]): Codec<T> => leaf(rule.oneOf(words), (value) => value, (value) => words.find((word) => word === value));

const WHOLE = /^(?:0|-?[1-9]\d{0,15})$/;

export const amountFrom = (from: bigint): Codec<Fen> =>
  leaf(rule.amount(from, FEN_MAX), String, (value) => {
    const read = typeof value === 'string' && WHOLE.test(value) ? BigInt(value) : null;
    return read === null || read < from || read > FEN_MAX ? undefined : fen(read);
  });

/** Any amount. */
export const amount: Codec<Fen> = amountFrom(-FEN_MAX);

export const ppm = (most: bigint): Codec<bigint> =>
  leaf(rule.rate(most), String, (value) => {
    const read = typeof value === 'string' && WHOLE.test(value) ? BigInt(value) : null;
    return read === null || read < 0n || read > most ? undefined : read;
  });

const RATE_MAX = 10_000_000n;
const anyRate = ppm(RATE_MAX);

export const rate: Codec<AnnualRatePpm> = {
  write: String,
  read(value, path, problems) {
    const read = anyRate.read(value, path, problems);
    return read === undefined ? undefined : annualRatePpm(read);
  },
};

export const day: Codec<BusinessDate> = leaf(rule.day, formatDate, (value) => (typeof value === 'string' ? dayOf(value) : undefined));

function dayOf(value: string): BusinessDate | undefined {
  try {
    return businessDate(value);
  } catch {
    return undefined;
  }
}

/** Epoch milliseconds; in JSON as `Date` writes it. */
export const instant: Codec<number> = leaf(rule.instant, (value) => new Date(value).toISOString(), (value) => {
  const read = typeof value === 'string' && value.length === 24 ? Date.parse(value) : Number.NaN;
  return Number.isFinite(read) && new Date(read).toISOString() === value ? read : undefined;
});

export const hex = (digits: number): Codec<string> => {
  const shape = new RegExp(`^[0-9a-f]{${digits}}$`);
  return leaf(rule.hex(digits), (value) => value, (value) => (typeof value === 'string' && shape.test(value) ? value : undefined));
};

export function leaf<T>(bound: Words, write: (value: T) => Json, read: (value: Json) => T | undefined): Codec<T> {
  return { write, read: (value, path, problems) => read(value) ?? wrong(problems, path, bound, value) };
}

function wrong(problems: StatementProblem[], path: string, bound: Words, value: Json): undefined {
  const shown = Array.isArray(value) ? `[… ${value.length}]` : isObject(value) ? '{…}' : visible(JSON.stringify(value).slice(0, 200));
  problems.push({ path, what: say.needs(bound, shown.length > 60 ? `${shown.slice(0, 60)}…` : shown) });
  return undefined;
}

/** Reads what we wrote ourselves. Throws RangeError naming the first thing wrong: then it is not what we wrote. */
export function readOwn<T>(codec: Codec<T>, value: Json, path: string): T {
  const problems: StatementProblem[] = [];
  const read = codec.read(value, path, problems);
  const [first] = problems;
  if (first !== undefined || read === undefined) throw new RangeError(`${first?.path ?? path}: ${first?.what.en ?? 'could not be read'}`);
  return read;
}
