import { createHash } from 'node:crypto';

/** A stream of chances that depends on nothing but its name: the same seed and name give the same stream on every machine. */
export type Seeded = {
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number;
  /** True with a chance of `percent` in a hundred. */
  chance(percent: number): boolean;
};

/**
 * The stream named `name` under `seed`: SHA-256 in counter mode, 4 bytes a draw.
 * Each thing that is decided by chance takes its own named stream, so that a new decision elsewhere moves none of the old ones.
 */
export function seeded(seed: string, name: string): Seeded {
  let counter = 0;
  const draw = (): number => createHash('sha256').update(`${seed}/${name}/${counter++}`).digest().readUInt32BE(0);
  const between = (low: number, high: number): number => low + (draw() % (high - low + 1));
  return { between, chance: (percent) => between(0, 99) < percent };
}
