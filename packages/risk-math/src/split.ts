import { assert } from './assert.ts';

/**
 * Where `key` falls in [0, 1) under `seed`: the same on every machine, unrelated for another seed or key.
 * FNV-1a over the UTF-16 units, finished with the mixer of MurmurHash3 so that neighbouring keys part.
 *
 * Source  docs/specs/scorecard.md §2.
 */
export function fractionOf(seed: string, key: string): number {
  let hash = 0x811c9dc5;
  for (const text of [seed, '\u0000', key]) {
    for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 4_294_967_296;
}

/** The row numbers 0 … count - 1 in two parts; a row's part depends on the seed and its own number only. */
export type Split = { readonly training: readonly number[]; readonly heldOut: readonly number[] };

/**
 * Splits `count` rows by their number. Adding rows at the end moves none of the earlier ones.
 *
 * Throws  RiskMathError unless 0 < trainingShare < 1.
 */
export function splitRows(seed: string, count: number, trainingShare: number): Split {
  assert(trainingShare > 0 && trainingShare < 1, `a training share is between 0 and 1, got ${trainingShare}`);
  const training: number[] = [];
  const heldOut: number[] = [];
  for (let row = 0; row < count; row++) (fractionOf(seed, `${row}`) < trainingShare ? training : heldOut).push(row);
  return { training, heldOut };
}
