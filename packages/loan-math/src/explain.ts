import { assert } from './assert.ts';
import { divideHalfUp, fen, type Fen } from './money.ts';
import { PPM, type AnnualRatePpm } from './rate.ts';

/** The same sentence in Chinese and in English. */
export type Words = { readonly zh: string; readonly en: string };

/**
 * One addend of a computation: an amount (times a count), or what an amount bears at a yearly rate:
 * amount × rate ÷ yearParts × days ÷ periodDays.
 */
export type FigurePart = {
  /** What the amount is called; null where the computation says it. */
  readonly label: Words | null;
  /** Fen; negative where it is taken away. */
  readonly base: Fen;
  /** How often the amount is taken, 1 as a rule. */
  readonly count: number;
  readonly bears: { readonly rate: AnnualRatePpm; readonly yearParts: 12 | 360 | 365 | 366; readonly days: number; readonly periodDays: number } | null;
};

/** The computation a sentence states, as data: Σ parts, rounded once as said, is the result. */
export type Figures = {
  readonly parts: readonly FigurePart[];
  readonly rounding: 'exact' | 'half_up' | 'down';
  readonly result: Fen;
};

/** A sentence for people, with the computation it states (null when it states none). */
export type Reason = Words & { readonly figures: Figures | null };

/**
 * The result of a computation, worked out from its parts alone: what a doubter does with pencil and paper.
 *
 * Units   fen.
 * Rounds  once, as `rounding` says: halves away from zero, down, or not at all.
 * Throws  InvariantError when `exact` figures do not come out in whole fen.
 * Source  docs/specs/account-lines.md §2.
 */
export function recomputed({ parts, rounding }: Pick<Figures, 'parts' | 'rounding'>): Fen {
  let [numerator, denominator] = [0n, 1n];
  for (const { base, count, bears } of parts) {
    const amount = base * BigInt(count) * (bears === null ? 1n : bears.rate * BigInt(bears.days));
    const over = bears === null ? 1n : PPM * BigInt(bears.yearParts) * BigInt(bears.periodDays);
    numerator = over === denominator ? numerator + amount : numerator * over + amount * denominator;
    denominator = over === denominator ? denominator : denominator * over;
  }
  if (rounding === 'down') return fen(numerator / denominator);
  assert(rounding === 'half_up' || numerator % denominator === 0n, 'exact figures come out in whole fen');
  return fen(divideHalfUp(numerator, denominator));
}
