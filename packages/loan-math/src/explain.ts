import { assert } from './assert.ts';
import { divideHalfUp, fen, type Fen } from './money.ts';
import { PPM, type AnnualRatePpm } from './rate.ts';

/** The same sentence in Chinese and in English. */
export type Words = { readonly zh: string; readonly en: string };

/**
 * What an amount bears: amount × rate × units ÷ perYear, and of that part ÷ whole where a share is named.
 * Units are days (360, 365 or 366 to the year) or whole months (12 to the year); 1 stands for a rate that is taken whole, once.
 */
export type Bearing = {
  readonly rate: AnnualRatePpm;
  readonly units: number;
  readonly perYear: 1 | 12 | 360 | 365 | 366;
  readonly share: { readonly part: number; readonly whole: number } | null;
};

/** One addend of a computation: an amount so many times, or what an amount bears. */
export type FigurePart = {
  /** What the amount is called; null where the sentence has said it. */
  readonly label: Words | null;
  /** Fen; negative where it is taken away. */
  readonly base: Fen;
  /** How often the amount is taken: 1 as a rule. */
  readonly count: number;
  readonly bears: Bearing | null;
};

/** The computation a sentence states, as data: the sum of its parts, rounded once as said, is the result. */
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
 * Rounds  once, as `rounding` says: halves away from zero, towards zero, or not at all.
 * Throws  InvariantError when `exact` figures do not come out in whole fen.
 * Source  docs/specs/account-lines.md §2.
 */
export function recomputed({ parts, rounding }: Pick<Figures, 'parts' | 'rounding'>): Fen {
  const { numerator, denominator } = sumOf(parts);
  if (rounding === 'down') return fen(numerator / denominator);
  assert(rounding === 'half_up' || numerator % denominator === 0n, 'exact figures come out in whole fen');
  return fen(divideHalfUp(numerator, denominator));
}

/** Whether a computation comes out in whole fen without rounding. */
export function isWhole(parts: readonly FigurePart[]): boolean {
  const { numerator, denominator } = sumOf(parts);
  return numerator % denominator === 0n;
}

function sumOf(parts: readonly FigurePart[]): { readonly numerator: bigint; readonly denominator: bigint } {
  let [numerator, denominator] = [0n, 1n];
  for (const { base, count, bears } of parts) {
    const whole = BigInt(bears?.share?.whole ?? 1);
    const amount = base * BigInt(count) * (bears === null ? 1n : bears.rate * BigInt(bears.units) * BigInt(bears.share?.part ?? 1));
    const over = bears === null ? 1n : PPM * BigInt(bears.perYear) * whole;
    if (over === denominator) numerator += amount;
    else {
      numerator = numerator * over + amount * denominator;
      denominator *= over;
    }
  }
  return { numerator, denominator };
}
