import { canonicalJson } from '@mingdai/loan-math';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Codec } from './codec.ts';
import { isObject, memberPath, type Json } from './json-text.ts';
import { visible } from './plain-text.ts';
import type { StatementProblem } from './report.ts';
import { say } from './words.ts';

/** For each leaf of a statement, by its path: the first 16 hex digits of the SHA-256 of path and value. */
export type Seals = { readonly [path: string]: string };

export type Leaf = { readonly path: string; readonly value: Json };

/**
 * Every leaf of a JSON value in the order of the text: what has no members. An empty list or object is one.
 *
 * Source  docs/specs/statement.md §5.
 */
export function leavesOf(value: Json, path = ''): readonly Leaf[] {
  if (Array.isArray(value) && value.length > 0) return (value as readonly Json[]).flatMap((item, index) => leavesOf(item, `${path}[${index}]`));
  if (isObject(value)) {
    const names = Object.keys(value);
    if (names.length > 0) return names.flatMap((name) => leavesOf(value[name]!, memberPath(path, name)));
  }
  return [{ path, value }];
}

/** All that is sealed: the statement but for its seals and its signature. */
export function sealedLeaves(statement: { readonly [name: string]: Json }): readonly Leaf[] {
  return Object.keys(statement)
    .filter((name) => name !== 'seals' && name !== 'signature')
    .flatMap((name) => leavesOf(statement[name]!, memberPath('', name)));
}

export function sealsOf(statement: { readonly [name: string]: Json }): Seals {
  const seals: Record<string, string> = {};
  for (const leaf of sealedLeaves(statement)) seals[leaf.path] = sealOf(leaf);
  return seals;
}

/** Path and value in one hash: a leaf moved elsewhere does not fit there. */
const sealOf = ({ path, value }: Leaf): string => bytesToHex(sha256(utf8ToBytes(canonicalJson([path, value])))).slice(0, 16);

/** What does not fit its seal, was added or is gone: leaves in the order of the text, then those that are gone. */
export function touchedLeaves(statement: { readonly [name: string]: Json }, seals: Json): readonly StatementProblem[] {
  if (!isObject(seals)) return [{ path: 'seals', what: say.sealsWrong }];
  const unseen = new Set(Object.keys(seals));
  const touched: StatementProblem[] = [];
  for (const leaf of sealedLeaves(statement)) {
    const seal = unseen.delete(leaf.path) ? seals[leaf.path] : undefined;
    if (seal === undefined) touched.push({ path: leaf.path, what: say.added });
    else if (seal !== sealOf(leaf)) touched.push({ path: leaf.path, what: say.touched });
  }
  return [...touched, ...[...unseen].map((path) => ({ path: visible(path), what: say.removed }))];
}

const SEAL = /^[0-9a-f]{16}$/;

/** Which leaves there are follows from the rest of the statement; `touchedLeaves` looks at that. */
export const sealsCodec: Codec<Seals> = {
  write: (seals) => ({ ...seals }),
  read(value, path, problems) {
    if (isObject(value) && Object.keys(value).every((name) => typeof value[name] === 'string' && SEAL.test(value[name] as string))) return value as Seals;
    problems.push({ path, what: say.sealsWrong });
    return undefined;
  },
};
