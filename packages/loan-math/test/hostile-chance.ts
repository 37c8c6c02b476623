import fc from 'fast-check';
import {
  addMonths, businessDate, fixedOf, type BusinessDate, type CostFlows, type Fen, type Fixed, type Flow, type RegZFlow, type YearFraction,
} from '../src/index.ts';
import { anyHistory, anyTerms, type History } from './arbitraries.ts';

/** Chance from a seed: the same seed gives the same life. */
export type Chance = {
  /** A whole number from … to …, both included. */
  readonly int: (from: number, to: number) => number;
  readonly pick: <T>(of: readonly T[]) => T;
  /** True once in so many times. */
  readonly once: (inTimes: number) => boolean;
};

/** Mulberry32. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const int = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  return { int, pick: (of) => of[int(0, of.length - 1)]!, once: (inTimes) => int(1, inTimes) === 1 };
}

/** A bigint of any size up to so many digits: small ones as often as large ones. */
export const whole = (c: Chance, digits: number): bigint => {
  const text = Array.from({ length: c.int(1, digits) }, () => c.int(0, 9)).join('');
  return c.once(8) ? 0n : BigInt(text);
};
export const signed = (c: Chance, digits: number): bigint => (c.once(2) ? whole(c, digits) : -whole(c, digits));
export const amount = (c: Chance): Fen => (1n + whole(c, 9)) as Fen;
export const fixed = (c: Chance): Fixed => (c.once(2) ? fixedOf(signed(c, 6), 10n ** BigInt(c.int(0, 6))) : (signed(c, 60) as Fixed));
export const positive = (c: Chance): Fixed => ((c.once(2) ? fixedOf(whole(c, 6), 10n ** BigInt(c.int(0, 6))) : whole(c, 60)) + 1n) as Fixed;
/** A rate a period: mostly such as loans have, sometimes any the functions take. */
export const rate = (c: Chance): Fixed => (c.once(4) ? fixedOf(BigInt(c.int(-9_999, 10 ** 6)), 10n ** BigInt(c.int(0, 4)) * 10_000n) : fixedOf(BigInt(c.int(0, 3_000)), 10_000n));

const NEAR = [businessDate('2024-01-01'), businessDate('2030-12-31')] as const;
const FAR = [businessDate('0001-01-01'), businessDate('9999-12-31')] as const;
export const day = (c: Chance): BusinessDate => c.int(...(c.once(6) ? FAR : NEAR)) as BusinessDate;
export const nearDay = (c: Chance): BusinessDate => c.int(...NEAR) as BusinessDate;
export const twoDays = (c: Chance): [BusinessDate, BusinessDate] => {
  const [a, b] = [day(c), day(c)];
  return a <= b ? [a, b] : [b, a];
};
export const list = <T>(c: Chance, most: number, of: (index: number) => T): T[] => Array.from({ length: c.int(0, c.once(20) ? most : Math.min(most, 12)) }, (_, index) => of(index));

export const fraction = (c: Chance): YearFraction => ({ numerator: BigInt(c.int(-40, 400)), denominator: BigInt(c.pick([1, 12, 52, 365, 366, 4380, 97])) });
export const flow = (c: Chance, at: number): Flow => ({ at, amount: c.once(3) ? signed(c, 12) : at === 0 ? 1_000_000n : -(1n + whole(c, 6)) });
export const unitPeriods = (c: Chance): RegZFlow['at'] => ({ whole: c.int(0, c.once(10) ? 20_000 : 60), odd: c.pick([{ numerator: 0n, denominator: 1n }, { numerator: 3n, denominator: 7n }, { numerator: 30n, denominator: 30n }]) });
export const unit = (c: Chance): object => c.pick([{ kind: 'day' }, { kind: 'week', count: c.int(1, 52) }, { kind: 'semimonth' }, { kind: 'month', count: c.int(1, 11) }, { kind: 'year' }]);

export function costFlows(c: Chance): CostFlows {
  const receivedOn = nearDay(c);
  const payments = list(c, 60, (index) => ({ dueOn: addMonths(receivedOn, index + 1), principal: amount(c), charges: whole(c, 7) as Fen }));
  return { received: amount(c), receivedOn, payments };
}

export const stated = (c: Chance): object => {
  const per = c.pick(['day', 'month', 'year']);
  return { rate: fixedOf(BigInt(c.int(0, per === 'year' ? 100_000 : c.pick([10, 100, 10_000]))), 10_000n), per };
};

/** Lives of loans come from the tests' own generator: what it learns, these learn. */
const HISTORIES: readonly History[] = fc.sample(anyHistory, { seed: 7, numRuns: 200 });
const TERMS = fc.sample(anyTerms, { seed: 7, numRuns: 200 });
export const history = (c: Chance): History => c.pick(HISTORIES);
export const terms = (c: Chance): History['terms'] => c.pick(TERMS);
