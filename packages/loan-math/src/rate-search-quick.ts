/**
 * Rates in floating point, and the proof that they are right. A guess is found by steps that converge cubically; then the flows' worth is
 * taken at both ends of the answer's rounding cell together with a bound on every rounding error made on the way. Where the signs there are
 * beyond doubt, and differ, the one rate of the flows lies in the cell. Where they are not, the answer is null and whole numbers decide.
 *
 * Source  docs/specs/annual-cost.md §3.
 */

/** Room in which flows are laid out and searched. */
export type QuickRoom = { readonly at: Int32Array; readonly amount: Float64Array; readonly slot: Int32Array; readonly growth: Float64Array };

/**
 * The room is made at the first search and used by all: making it takes as long as a search. Nothing is remembered in it: each search writes
 * whatever it reads, and runs to its end before the next begins.
 */
const KEPT: { room: QuickRoom | null } = { room: null };

/** The room for so many flows: their times and amounts go there, in order. Null when they are too many for it. */
export function quickRoomFor(count: number): QuickRoom | null {
  if (count > FLOWS_MOST) return null;
  return KEPT.room ?? (KEPT.room = { at: new Int32Array(FLOWS_MOST), amount: new Float64Array(FLOWS_MOST), slot: new Int32Array(FLOWS_MOST), growth: new Float64Array(TABLE + 4 + FLOWS_MOST) });
}

/**
 * Flows turned so that their rate is above zero: growth a period is 1 + w, or 1 / (1 + w) when they are turned round in time. `gap` is the
 * periods since the flow before, `slot` where its growth is kept; worth rises with w, or falls. `start` is a guess at ln(1 + w).
 */
export type QuickSeries = {
  readonly count: number; readonly amount: Float64Array; readonly gap: Int32Array; readonly slot: Int32Array; readonly growth: Float64Array; readonly gaps: readonly number[]; readonly gapMost: number;
  readonly isTurned: boolean; readonly isRising: boolean; readonly size: number; readonly span: number; readonly start: number;
};

/** How growth a period becomes the rate asked for: compounded over so many periods, or its own rate times so many. */
export type QuickMeasure = { readonly periods: number; readonly isCompounded: boolean };

/** Half a unit in the last place of a double near 1: what one operation loses at most, relatively. */
const ROUNDOFF = 2 ** -53;
const EXACT_MOST = 2 ** 53;
const FLOWS_MOST = 2_000;
const GAP_MOST = 10_000;
/** Gaps up to this have their growth from a table, longer ones by squaring. */
const TABLE = 64;
const STEPS = 12;
const LOG_MOST = 0.5;
/** Answers of more units than this leave too few digits to tell neighbours apart. */
const UNITS_MOST = 2 ** 46;

/**
 * Flows whose times rise or stay, as the steps between them. Null unless they change sign once, are whole numbers a double holds, do not
 * add up to nothing, and follow each other within 10,000 periods.
 *
 * Needs   a room filled with so many flows. It becomes the series'.
 */
export function quickSeriesOf({ at, amount, slot, growth }: QuickRoom, count: number): QuickSeries | null {
  if (count < 2) return null;
  const from = at[0]!;
  const span = at[count - 1]! - at[0]!;
  const middle = from + span / 2;
  const perSpan = 1 / span;
  let changes = 0;
  let first = 0;
  let last = 0;
  let size = 0;
  let gapMost = 0;
  let before = from;
  let m0 = 0;
  let m1 = 0;
  let m2 = 0;
  let m3 = 0;
  let m4 = 0;
  let m5 = 0;
  for (let i = 0; i < count; i++) {
    const time = at[i]!;
    const value = amount[i]!;
    const gap = time - before;
    if (!(gap >= 0)) return null;
    if (gap > gapMost) gapMost = gap;
    at[i] = gap;
    before = time;
    const x = (middle - time) * perSpan;
    const a1 = value * x;
    const square = x * x;
    const a2 = value * square;
    const a3 = a1 * square;
    m0 += value;
    m1 += a1;
    m2 += a2;
    m3 += a3;
    m4 += a2 * square;
    m5 += a3 * square;
    size += value < 0 ? -value : value;
    if (value === 0) continue;
    if (last === 0) first = value;
    else if (value > 0 !== last > 0) changes++;
    last = value;
  }
  if (changes !== 1 || !(size < EXACT_MOST) || m0 === 0 || gapMost > GAP_MOST || span === 0) return null;
  const isTurned = m0 > 0 === first > 0;
  if (isTurned) turnRound(at, amount, count);
  const gaps = gapMost > TABLE ? slotsInto(slot, at, count) : NONE;
  return {
    count, amount, gap: at, slot: gapMost > TABLE ? slot : at, growth, gaps, gapMost, isTurned, isRising: isTurned !== first > 0, size, span, start: Math.abs(startOf([m0, m1, m2 / 2, m3 / 6, m4 / 24, m5 / 120])) / span,
  };
}

const NONE: readonly number[] = [];

/** Where Σ amount · e^(y · x), taken to the fifth power of y, is nothing: where the search starts, and often ends. */
function startOf([c0, c1, c2, c3, c4, c5]: readonly [number, number, number, number, number, number]): number {
  let y = 0;
  for (let step = 0; step < STEPS; step++) {
    const worth = c0 + y * (c1 + y * (c2 + y * (c3 + y * (c4 + y * c5))));
    const slope = c1 + y * (2 * c2 + y * (3 * c3 + y * (4 * c4 + y * 5 * c5)));
    const move = worth / slope;
    y -= move;
    if (Math.abs(move) < 1e-7) break;
  }
  return y > -8 && y < 8 ? y : 0;
}

/** The last flow first; a step belongs to the flow it leads to. */
function turnRound(gap: Int32Array, amount: Float64Array, count: number): void {
  amount.subarray(0, count).reverse();
  gap.subarray(1, count).reverse();
}

/** Where the growth over each gap is kept, and the gaps too long for the table. */
function slotsInto(slot: Int32Array, gap: Int32Array, count: number): readonly number[] {
  const gaps: number[] = [];
  for (let i = 0; i < count; i++) {
    const length = gap[i]!;
    const known = length <= TABLE ? 0 : gaps.indexOf(length);
    slot[i] = length <= TABLE ? length : TABLE + 1 + (known >= 0 ? known : gaps.push(length) - 1);
  }
  return gaps;
}

/** Where the one root is, for certain: growth a period is (1 + w)·e^d with d between these. */
export type QuickRoot = { readonly w: number; readonly least: number; readonly most: number };

/** The root between bounds that rounding errors set. Null where floating point gets nowhere. */
export function quickRoot(series: QuickSeries): QuickRoot | null {
  let log = series.start;
  for (let step = 0; step < STEPS && log < LOG_MOST; step++) {
    const w = Math.expm1(log);
    const taylor = taylorAt(series, w);
    const { worth, slope, bend } = taylor;
    const move = (-2 * worth * slope) / (2 * slope * slope - worth * bend);
    if (!Number.isFinite(move)) return null;
    // A step this small leaves a distance far below a double's last place; its own remainder is counted in the bounds.
    if (Math.abs(move) <= 1e-5 * log) return enclosed(series, taylor, move);
    log = log + move > 0 ? log + move : 0;
  }
  return null;
}

/** The worth's Taylor series in the logarithm of growth about ln(1 + w), to the second power, and the most the worth itself is off by. */
type Taylor = { readonly w: number; readonly worth: number; readonly slope: number; readonly bend: number; readonly off: number };

function taylorAt(series: QuickSeries, w: number): Taylor {
  const { count, amount, slot, gap } = series;
  const growths = growthsOf(series, w);
  const share = 1.1 * ROUNDOFF + growthShare(series, w);
  let worth = amount[0]!;
  let slope = 0;
  let bend = 0;
  let off = 0;
  for (let i = 1; i < count; i++) {
    const q = growths[slot[i]!]!;
    const power = 1 + q;
    const periods = gap[i]!;
    const rise = periods * worth;
    bend = (bend + periods * (slope + slope + rise)) * power;
    slope = (slope + rise) * power;
    off = off * power + Math.abs(worth) * (share * q);
    const added = worth * q + amount[i]!;
    worth += added;
    off += ROUNDOFF * (Math.abs(added) + Math.abs(worth));
  }
  return { w, worth, slope, bend, off };
}

/** Bounds about a step from Taylor's series at which the worth has opposite signs beyond doubt: rounding, the later terms, and these sums' own. */
function enclosed(series: QuickSeries, { w, worth, slope, bend, off }: Taylor, move: number): QuickRoot | null {
  const { size, span, count } = series;
  const grownSize = 1.1 * size * (1 + w) ** span;
  const reach = Math.abs(move) * span;
  if (!(reach < 1e-3)) return null;
  const crude = 8 * count * (3 * ROUNDOFF + growthShare(series, w)) * grownSize * reach;
  const doubt = 1.01 * off + crude * 2 + grownSize * reach * reach * reach + 8 * ROUNDOFF * (Math.abs(worth) + Math.abs(slope * move));
  const margin = (1.02 * doubt) / Math.abs(slope);
  const [least, most] = [move - margin, move + margin];
  const [below, above] = [worth + least * (slope + (least * bend) / 2), worth + most * (slope + (most * bend) / 2)];
  const isApart = slope > 0 ? below < -doubt && above > doubt : below > doubt && above < -doubt;
  return isApart && margin * span < 1e-4 ? { w, least, most } : null;
}

/** Growth less one over each gap: gaps of 0 to 64 periods (as far as there are such), then the longer ones. */
function growthsOf({ growth: growths, gaps, gapMost }: QuickSeries, w: number): Float64Array {
  const most = gapMost < TABLE ? gapMost : TABLE;
  // Four chains of four periods a step: a processor runs them at once.
  const two = w + w + w * w;
  const three = two + w + two * w;
  const four = two + two + two * two;
  let a = 0;
  let b = w;
  let c = two;
  let d = three;
  for (let gap = 0; gap <= most; gap += 4) {
    growths[gap] = a;
    growths[gap + 1] = b;
    growths[gap + 2] = c;
    growths[gap + 3] = d;
    a = a + four + a * four;
    b = b + four + b * four;
    c = c + four + c * four;
    d = d + four + d * four;
  }
  for (let i = 0; i < gaps.length; i++) growths[TABLE + 1 + i] = grown(w, gaps[i]!).q;
  return growths;
}

/**
 * The most a growth of `growthsOf` is off by, as a share of itself. A step of a chain rounds by at most 2.01 roundoffs of what it comes to,
 * and so did its pair; growth q after i of j steps is at most q·i/j, so that j steps lose at most 2.01·q·(1 + q)·((j + 1)/2 + 1).
 */
function growthShare({ gaps, gapMost }: QuickSeries, w: number): number {
  const most = gapMost < TABLE ? gapMost : TABLE;
  let share = ROUNDOFF * (most / 2 + 4) * 1.01 * Math.exp(w * most);
  for (const gap of gaps) {
    const { q, off } = grown(w, gap);
    share = Math.max(share, (1.001 * off) / q);
  }
  return share;
}

/** The sign of the flows' worth in whole numbers, for the one time in a hundred when floating point cannot tell, where growth a period is 1 + z from zero up and 1 / (1 − z) below. */
export type SignAt = (z: number) => number;

/** A way to round: half up, to so many parts of one. 12 decimals are 10^12 parts. */
export type QuickRounding = { readonly measure: QuickMeasure; readonly parts: number; readonly signAt: SignAt };

/** The one rate of the flows, rounded half up, in parts. Null when it cannot be proven here. */
export function quickRounded(series: QuickSeries, root: QuickRoot, rounding: QuickRounding): number | null {
  const { measure: { periods, isCompounded }, parts } = rounding;
  const { q, off } = isCompounded ? grown(root.w, periods) : { q: root.w, off: 0 };
  const times = isCompounded ? periods : 1;
  const perUnit = isCompounded ? parts : parts * periods;
  const one = partsAt(series, q, root.least * times) * perUnit;
  const other = partsAt(series, q, root.most * times) * perUnit;
  const step = Math.max(Math.abs(root.least), Math.abs(root.most)) * times;
  const doubt = (1.01 * off + (1 + q) * step * (16 * ROUNDOFF + step * step * step)) * perUnit + 6 * ROUNDOFF * Math.abs(one);
  const low = Math.min(one, other) - doubt;
  const high = Math.max(one, other) + doubt;
  const units = Math.round(low);
  if (!(Math.abs(units) < UNITS_MOST)) return null;
  if (low > units - 0.5 && high < units + 0.5) return units + 0;
  return high < units + 1.5 && low > units - 0.5 ? nearer(series, { units, isAbove: low + high > 2 * units + 1 }, rounding) : null;
}

/** (1 + q)·e^d − 1 with d next to nothing; its inverse where time is turned round. */
function partsAt({ isTurned }: QuickSeries, q: number, d: number): number {
  const rate = q + (1 + q) * (d * (1 + (d / 2) * (1 + d / 3)));
  return isTurned ? -rate / (1 + rate) : rate;
}

/** Which of two neighbours the rate rounds to: the sign of the worth just before their boundary, or just after it, proves what is likely. */
function nearer(series: QuickSeries, { units, isAbove }: { readonly units: number; readonly isAbove: boolean }, rounding: QuickRounding): number | null {
  const { isRising, isTurned } = series;
  const inset = 1e-6 + Math.abs(units) * 32 * ROUNDOFF;
  const w = unknownAt(series, (units + 0.5 + (isAbove ? inset : -inset)) / rounding.parts, rounding.measure);
  const answer = isAbove ? units + 1 : units + 0;
  const isProven = isInCell(series, w, rounding, answer) && rounding.signAt(isTurned ? -w : w) === ((isRising !== isTurned) === isAbove ? -1 : 1);
  return isProven ? answer : null;
}

/** The w of a rate, about. */
function unknownAt({ isTurned }: QuickSeries, rate: number, { periods, isCompounded }: QuickMeasure): number {
  const log = isCompounded ? Math.log1p(rate) / periods : Math.log1p(rate / periods);
  return Math.expm1(isTurned ? -log : log);
}

/** Whether the rate at w is inside the rounding cell of so many units beyond doubt. */
function isInCell({ isTurned }: QuickSeries, w: number, { measure, parts }: QuickRounding, units: number): boolean {
  if (!(w > 0)) return false;
  const { q, off } = measure.isCompounded ? grown(w, measure.periods) : { q: w, off: 0 };
  const perUnit = measure.isCompounded ? parts : parts * measure.periods;
  const rate = (isTurned ? -q / (1 + q) : q) * perUnit;
  return Math.abs(rate - units) + 1.01 * off * perUnit + 6 * ROUNDOFF * (Math.abs(units) + 1) < 0.5;
}

/** (1 + w)^count − 1, and the most it can be off by. */
function grown(w: number, count: number): { readonly q: number; readonly off: number } {
  let q = 0;
  let off = 0;
  let squared = w;
  let squaredOff = 0;
  for (let left = count; ; ) {
    if (left % 2 === 1) {
      const next = q + squared + q * squared;
      off = off * (1 + squared) + squaredOff * (1 + q) + off * squaredOff + 2.01 * ROUNDOFF * next;
      q = next;
    }
    left = Math.floor(left / 2);
    if (left === 0) return { q, off: off * 1.001 };
    const next = squared + squared + squared * squared;
    squaredOff = squaredOff * 2 * (1 + squared) + squaredOff * squaredOff + 1.01 * ROUNDOFF * (next + squared * squared);
    squared = next;
  }
}
