import { ArgumentError } from './assert.ts';
import { divideHalfUp, fen, FEN_MAX, type Fen } from './money.ts';
import { needBigint, needInteger, needList, needObject, needOneOf } from './needs.ts';
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
 * Needs   at most 10,000 parts, each with a base within ±10^15 fen taken at most 1,000,000 times; a rate of 0 to 10,000,000 ppm; up to
 *         1,000,000 units; a share of up to 1,000,000 over 1 to 1,000,000; a sum within ±10^15 fen, and in whole fen where `rounding` is `exact`.
 * Throws  ArgumentError outside `Needs`.
 * Source  docs/specs/account-lines.md §2.
 */
export function recomputed(figures: Pick<Figures, 'parts' | 'rounding'>): Fen {
  needObject('figures', figures);
  const { parts, rounding } = figures;
  needOneOf('figures.rounding', rounding, ROUNDINGS);
  const { numerator, denominator } = sumOf(parts, 'figures.parts');
  if (rounding === 'exact' && numerator % denominator !== 0n) throw new ArgumentError('figures.rounding', rounding, 'half_up or down, for the sum is not in whole fen');
  const result = rounding === 'down' ? numerator / denominator : divideHalfUp(numerator, denominator);
  if (result > FEN_MAX || result < -FEN_MAX) throw new ArgumentError('figures.parts', parts, `with a sum within ±${FEN_MAX} fen`);
  return fen(result);
}

/**
 * Whether a computation comes out in whole fen without rounding.
 *
 * Needs   parts as `recomputed` takes them.
 * Throws  ArgumentError outside `Needs`.
 * Source  docs/specs/account-lines.md §2.
 */
export function isWhole(parts: readonly FigurePart[]): boolean {
  const { numerator, denominator } = sumOf(parts, 'parts');
  return numerator % denominator === 0n;
}

const PER_YEAR = ['1', '12', '360', '365', '366'] as const;
const ROUNDINGS = ['exact', 'half_up', 'down'] as const;
const PARTS_MAX = 10_000;
const COUNT_MAX = 1_000_000;
const RATE_MAX = 10_000_000n;

/** The exact sum. One denominator holds for all parts of a kind: 12 or 360 or 365 to the year, and the days of a period. */
function sumOf(parts: readonly FigurePart[], name: string): { readonly numerator: bigint; readonly denominator: bigint } {
  needList(name, parts, PARTS_MAX);
  let [numerator, denominator] = [0n, 1n];
  for (let index = 0; index < parts.length; index++) {
    const { base, count, bears } = checked(parts[index]!, `${name}[${index}]`);
    const amount = base * BigInt(count) * (bears === null ? 1n : bears.rate * BigInt(bears.units) * BigInt(bears.share?.part ?? 1));
    const over = bears === null ? 1n : PPM * BigInt(bears.perYear) * BigInt(bears.share?.whole ?? 1);
    if (denominator % over === 0n) numerator += amount * (denominator / over);
    else {
      numerator = numerator * over + amount * denominator;
      denominator *= over;
    }
  }
  return { numerator, denominator };
}

function checked(part: FigurePart, name: string): FigurePart {
  needObject(name, part);
  needBigint(`${name}.base`, part.base, -FEN_MAX, FEN_MAX);
  needInteger(`${name}.count`, part.count, -COUNT_MAX, COUNT_MAX);
  const { bears } = part;
  if (bears === null) return part;
  needObject(`${name}.bears`, bears);
  needBigint(`${name}.bears.rate`, bears.rate, 0n, RATE_MAX);
  needInteger(`${name}.bears.units`, bears.units, 0, COUNT_MAX);
  needInteger(`${name}.bears.perYear`, bears.perYear, 1, 366);
  needOneOf(`${name}.bears.perYear`, String(bears.perYear), PER_YEAR);
  if (bears.share === null) return part;
  needObject(`${name}.bears.share`, bears.share);
  needInteger(`${name}.bears.share.whole`, bears.share.whole, 1, COUNT_MAX);
  needInteger(`${name}.bears.share.part`, bears.share.part, 0, COUNT_MAX);
  return part;
}
