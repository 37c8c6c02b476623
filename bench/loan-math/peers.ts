import { createRequire } from 'node:module';
import { businessDate, irr, ONE, xirr, type Xirr } from '@mingdai/loan-math';

/** What others publish for the same questions, each called as its own page says. Some have no types, and all are CommonJS. */
const load = createRequire(import.meta.url);
const xirrPackage = load('xirr') as (flows: readonly { readonly amount: number; readonly when: Date }[]) => number;
const webcarrot = load('@webcarrot/xirr') as { readonly xirr: (flows: readonly { readonly amount: number; readonly date: Date }[]) => number };
const nodeIrr = load('node-irr') as {
  readonly xirr: (flows: readonly { readonly amount: number; readonly date: Date }[]) => { readonly days: number; readonly rate: number };
  readonly irr: (amounts: readonly number[]) => number;
};
const financial = load('financial') as { readonly irr: (amounts: readonly number[]) => number };
const Finance = load('financejs') as new () => { readonly XIRR: (amounts: readonly number[], dates: readonly Date[]) => number; readonly IRR: (...amounts: readonly number[]) => number };

/** A flow as text, so that it goes to a worker as it is: amounts in yuan, exact. */
export type PlainFlow = { readonly day: string; readonly amount: string };

/** A peer takes flows in its own shape, made ready beforehand, and answers the rate as a fraction: a year's, or a period's. */
export type Peer = {
  readonly name: string;
  readonly dated?: (flows: readonly PlainFlow[]) => () => number;
  readonly periodic?: (amounts: readonly string[]) => () => number;
};

const dateOf = (day: string): Date => new Date(`${day}T00:00:00Z`);
const datedOf = (flows: readonly PlainFlow[]) => flows.map(({ day, amount }) => ({ amount: Number(amount), date: dateOf(day) }));

export const PEERS: readonly Peer[] = [
  {
    name: 'xirr',
    dated: (flows) => {
      const given = flows.map(({ day, amount }) => ({ amount: Number(amount), when: dateOf(day) }));
      return () => xirrPackage(given);
    },
  },
  {
    name: '@webcarrot/xirr',
    dated: (flows) => {
      const given = datedOf(flows);
      return () => webcarrot.xirr(given);
    },
  },
  {
    name: 'node-irr',
    dated: (flows) => {
      const given = datedOf(flows);
      return () => (1 + nodeIrr.xirr(given).rate) ** 365 - 1; // it answers a day's
    },
    periodic: (amounts) => {
      const given = amounts.map(Number);
      return () => nodeIrr.irr(given);
    },
  },
  {
    name: 'financejs',
    dated: (flows) => {
      const [finance, amounts, dates] = [new Finance(), flows.map(({ amount }) => Number(amount)), flows.map(({ day }) => dateOf(day))];
      return () => finance.XIRR(amounts, dates) / 100; // in percent, of two decimals
    },
    periodic: (amounts) => {
      const [finance, given] = [new Finance(), amounts.map(Number)];
      return () => finance.IRR(...given) / 100;
    },
  },
  {
    name: 'financial',
    periodic: (amounts) => {
      const given = amounts.map(Number);
      return () => financial.irr(given);
    },
  },
];

/** Ours, judged by the same rule as the others: all its digits, as a double. */
export const OURS: Peer = {
  name: 'ours',
  dated: (flows) => () => firstOf(xirr(flows.map(({ day, amount }) => ({ on: businessDate(day), amount: wholeOf(amount) })))),
  periodic: (amounts) => () => firstOf(irr(amounts.map(wholeOf))),
};

function firstOf(found: Xirr): number {
  if (found.kind === 'none') return Number.NaN;
  const rate = found.kind === 'one' ? found.rate : found.rates[0]!;
  return rate > HUGE ? Number(rate / ONE) : Number(rate) / Number(ONE);
}
const HUGE = ONE * 10n ** 20n;

/** Amounts as 10^-14 of a yuan. */
function wholeOf(amount: string): bigint {
  const [digits, exponent = '0'] = amount.toLowerCase().split('e') as [string, string?];
  const [whole, fraction = ''] = digits.split('.') as [string, string?];
  const places = 14 + Number(exponent) - fraction.length;
  const value = BigInt(whole + fraction);
  return places >= 0 ? value * 10n ** BigInt(places) : value / 10n ** BigInt(-places);
}
