import { Big } from 'big.js';
import { Decimal } from 'decimal.js';
import { addDays, businessDate, formatDate, formatYuan, irr, ONE, xirr, type DatedFlow } from '@mingdai/loan-math';
import type { Question } from './judge.ts';
import { PEERS, type PlainFlow } from './peers.ts';
import type { Contender } from './measure.ts';

/** The tasks: what a lender asks of a rate search. Loans differ, so that no digit is lucky. */
const LOANS = 512;
const START = businessDate('2026-10-08');
const SIGNIFICANT = 1e-12;

/** 60 flows: one out, 59 back, a month apart for every other loan, on scattered days for the rest. */
export const datedLoans: readonly (readonly DatedFlow[])[] = Array.from({ length: LOANS }, (_, loan) => [
  { on: START, amount: -1_200_000n - BigInt(loan * 37) },
  ...Array.from({ length: 59 }, (__, i) => ({ on: addDays(START, loan % 2 === 0 ? Math.round((i + 1) * 30.44) : (i + 1) * 30 + (((i + 1) * 17) % 23)), amount: 27_200n })),
]);

/** 37 amounts: one out, 36 equal ones back. */
export const periodicLoans: readonly (readonly bigint[])[] = Array.from({ length: LOANS }, (_, loan) => [-1_200_000n - BigInt(loan * 37), ...Array.from({ length: 36 }, () => 37_200n)]);

const yuan = (fen: bigint): string => (fen < 0n ? `-${formatYuan(-fen)}` : formatYuan(fen));
const plainDated = datedLoans.map((flows): readonly PlainFlow[] => flows.map(({ on, amount }) => ({ day: formatDate(on), amount: yuan(amount) })));
const plainPeriodic = periodicLoans.map((amounts) => amounts.map(yuan));

const rateOf = (found: ReturnType<typeof xirr>): number => {
  if (found.kind !== 'one') throw new Error('a loan has one rate');
  return Number(found.rate) / Number(ONE);
};

/** The tasks themselves as questions: a peer is compared against only where it gets these right. */
export const taskQuestions = (): readonly Question[] => Array.from({ length: 32 }, (_, loan) => loan).flatMap((loan) => [
  { id: `task dated ${loan}`, dated: plainDated[loan]!, periodic: null, answers: [rateOf(xirr(datedLoans[loan]!))], tolerance: 1e-9 },
  { id: `task periodic ${loan}`, dated: null, periodic: plainPeriodic[loan]!, answers: [rateOf(irr(periodicLoans[loan]!))], tolerance: 1e-9 },
]);

/** XIRR of 60 flows by everyone who is right on it. Ours first: 12 decimals, proven. */
export function datedContenders(right: ReadonlySet<string>): readonly Contender[] {
  const peers = PEERS.filter(({ name }) => right.has(name)).map(({ name, dated }): Contender => {
    const runs = plainDated.map((flows) => dated!(flows));
    return { name, work: (turn) => runs[turn % LOANS]!() };
  });
  return [
    { name: 'ours, 12 decimals, proven', work: (turn) => xirr(datedLoans[turn % LOANS]!, 'act/365F', 12) },
    ...peers,
    { name: 'ours, 30 digits', work: (turn) => xirr(datedLoans[turn % LOANS]!) },
    { name: 'decimal.js, Newton, 30 digits', work: (turn) => newtonDecimal(datedDecimals[turn % FEW]!) },
    { name: 'big.js, Newton, 30 digits', work: (turn) => newtonBig(datedBigs[turn % FEW]!) },
  ];
}

/** The rate of a month of 36 payments; × 12 is one multiplication more for each. */
export function periodicContenders(right: ReadonlySet<string>): readonly Contender[] {
  const peers = PEERS.filter(({ name }) => right.has(name)).map(({ name, periodic }): Contender => {
    const runs = plainPeriodic.map((amounts) => periodic!(amounts));
    return { name, work: (turn) => runs[turn % LOANS]!() * 12 };
  });
  return [
    { name: 'ours, 14 decimals, proven', work: (turn) => twelveTimes(irr(periodicLoans[turn % LOANS]!, 14)) },
    ...peers,
    { name: 'ours, 30 digits', work: (turn) => twelveTimes(irr(periodicLoans[turn % LOANS]!)) },
    { name: 'decimal.js, Newton, 30 digits', work: (turn) => newtonDecimal(periodicDecimals[turn % FEW]!) },
    { name: 'big.js, Newton, 30 digits', work: (turn) => newtonBig(periodicBigs[turn % FEW]!) },
  ];
}

const twelveTimes = (found: ReturnType<typeof irr>): bigint => (found.kind === 'one' ? found.rate * 12n : 0n);

/** The same search in decimals: Horner over the gaps, Newton from a twentieth of a per cent, until a step is below 1e-30. Growth a period, less one. */
type Flows<N> = readonly { readonly gap: number; readonly amount: N }[];
const gapsOf = (flows: readonly DatedFlow[]): Flows<string> => flows.map(({ on, amount }, i) => ({ gap: i === 0 ? 0 : on - flows[i - 1]!.on, amount: String(amount) }));
const gapsOfMonths = (amounts: readonly bigint[]): Flows<string> => amounts.map((amount, i) => ({ gap: i === 0 ? 0 : 1, amount: String(amount) }));
const LongDecimal = Decimal.clone({ precision: 36 });
const LongBig = Big();
LongBig.DP = 36;
const decimalsOf = (flows: Flows<string>): Flows<Decimal> => flows.map(({ gap, amount }) => ({ gap, amount: new LongDecimal(amount) }));
const bigsOf = (flows: Flows<string>): Flows<Big> => flows.map(({ gap, amount }) => ({ gap, amount: new LongBig(amount) }));
/** As few as will do: what lives in the heap slows everything in it down. */
const FEW = 16;
const datedDecimals = datedLoans.slice(0, FEW).map((flows) => decimalsOf(gapsOf(flows)));
const periodicDecimals = periodicLoans.slice(0, FEW).map((amounts) => decimalsOf(gapsOfMonths(amounts)));
const datedBigs = datedLoans.slice(0, FEW).map((flows) => bigsOf(gapsOf(flows)));
const periodicBigs = periodicLoans.slice(0, FEW).map((amounts) => bigsOf(gapsOfMonths(amounts)));
const FIRST = '1.0005';

function newtonDecimal(flows: Flows<Decimal>): Decimal {
  let growth = new LongDecimal(FIRST);
  for (let step = 0; step < 60; step++) {
    const powers = new Map<number, Decimal>();
    let [worth, slope] = [flows[0]!.amount, new LongDecimal(0)];
    for (let i = 1; i < flows.length; i++) {
      const { gap, amount } = flows[i]!;
      let power = powers.get(gap);
      if (power === undefined) powers.set(gap, (power = growth.pow(gap)));
      slope = slope.plus(worth.times(gap).div(growth)).times(power);
      worth = worth.times(power).plus(amount);
    }
    const move = worth.div(slope);
    growth = growth.minus(move);
    if (move.abs().lt(1e-30)) break;
  }
  return growth.minus(1);
}

function newtonBig(flows: Flows<Big>): Big {
  let growth = new LongBig(FIRST);
  for (let step = 0; step < 60; step++) {
    const powers = new Map<number, Big>();
    let [worth, slope] = [flows[0]!.amount, new LongBig(0)];
    for (let i = 1; i < flows.length; i++) {
      const { gap, amount } = flows[i]!;
      let power = powers.get(gap);
      if (power === undefined) powers.set(gap, (power = growth.pow(gap).round(36)));
      slope = slope.plus(worth.times(gap).div(growth)).times(power).round(30);
      worth = worth.times(power).plus(amount).round(30);
    }
    const move = worth.div(slope);
    growth = growth.minus(move).round(36);
    if (move.abs().lt(1e-30)) break;
  }
  return growth.minus(1);
}

/** Ours at 12 decimals is ours at 30, and both what the decimals find. */
export function proveRates(): void {
  for (let loan = 0; loan < LOANS; loan++) {
    const near = rateOf(xirr(datedLoans[loan]!, 'act/365F', 12));
    if (Math.abs(near - rateOf(xirr(datedLoans[loan]!))) > SIGNIFICANT) throw new Error('12 decimals are right');
  }
  const wanted = rateOf(irr(periodicLoans[7]!));
  for (const found of [newtonDecimal(periodicDecimals[7]!), newtonBig(periodicBigs[7]!)]) if (Math.abs(Number(found) - wanted) > 1e-15) throw new Error('the decimals agree');
  const daily = Number(newtonDecimal(datedDecimals[8]!));
  if (Math.abs((1 + daily) ** 365 - 1 - rateOf(xirr(datedLoans[8]!))) > 1e-11) throw new Error('the decimals agree on dated flows');
}
