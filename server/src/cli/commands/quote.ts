import { businessDate, parseYuan, type BusinessDate, type Fen } from '@mingdai/loan-math';
import { dayOf } from '../../kernel/instant.ts';
import { systemClock } from '../../platform/clock.ts';
import { Misuse, type CliCommand, type CommandInput } from '../command.ts';
import { presentQuote, productNamed, quoteLines, quoteLoan, type QuoteAsked } from '../loan-quote.ts';

const METHODS = ['level_installment', 'interest_first'] as const;
/** A billion yuan: far beyond any loan here, and whatever is paid back still counts in fen. */
const AMOUNT_MAX = 100_000_000_000n;
const BASES = ['monthly', 'act_360', 'act_365'] as const;

/** What a loan would cost, from the arguments alone: no database, no server. */
export const command: CliCommand = {
  name: 'quote',
  summary: 'Show the schedule of a loan, its yearly cost by every convention, and whether the price is lawful',
  options: {
    amount: { type: 'string', value: 'yuan', help: 'how much, e.g. 12000 or 12000.50' },
    months: { type: 'string', value: 'n', help: 'over how many months, 1 to 480' },
    method: { type: 'string', value: 'method', default: 'level_installment', help: METHODS.join(' or ') },
    rate: { type: 'string', value: 'percent', help: 'nominal yearly rate in percent, e.g. 7.2; at most 4 decimals' },
    basis: { type: 'string', value: 'basis', help: `${BASES.join(', ')}; without it, the product's` },
    start: { type: 'string', value: 'YYYY-MM-DD', help: 'the day the money is paid out; without it, today in Beijing' },
    product: { type: 'string', value: 'code', default: 'weilidai', help: 'whose lender, basis and grace' },
  },
  notes: 'Any amount, term and rate can be quoted, offered or not.\nExit code 1 when the price is above the cap of the lender on that day.',
  run: async ({ values, say, answer }) => {
    const quote = quoteLoan(askedFrom(values));
    if (!quote.ok) throw new Misuse(`no loan can have these terms: ${quote.error.code}`);
    for (const line of quoteLines(quote.value)) say(line);
    answer(presentQuote(quote.value));
    return quote.value.cap.isWithin ? 0 : 1;
  },
};

function askedFrom(values: CommandInput['values']): QuoteAsked {
  const text = (name: string): string => {
    const value = values[name];
    if (typeof value !== 'string' || value === '') throw new Misuse(`--${name} is needed`);
    return value;
  };
  const product = productNamed(text('product'));
  if (product === undefined) throw new Misuse(`--product: there is no ${JSON.stringify(values['product'])}`);
  return {
    product,
    amount: amountFrom(text('amount')),
    months: monthsFrom(text('months')),
    method: oneOf('method', METHODS, text('method')),
    ratePpm: rateFrom(text('rate')),
    basis: oneOf('basis', BASES, typeof values['basis'] === 'string' ? values['basis'] : product.annual_rate.basis),
    startOn: dayFrom(values['start']),
  };
}

function amountFrom(text: string): Fen {
  try {
    const amount = parseYuan(text);
    if (amount > 0n && amount <= AMOUNT_MAX) return amount;
  } catch {
    // said below
  }
  throw new Misuse(`--amount is yuan, from 0.01 to a billion with at most two decimals, got ${JSON.stringify(text)}`);
}

function monthsFrom(text: string): number {
  const months = /^\d{1,3}$/.test(text) ? Number.parseInt(text, 10) : 0;
  if (months < 1 || months > 480) throw new Misuse(`--months is a whole number from 1 to 480, got ${JSON.stringify(text)}`);
  return months;
}

/** `7.2` percent is 72_000 ppm; four decimals are a whole ppm. */
function rateFrom(text: string): bigint {
  const [, whole = '', decimals = ''] = /^(\d{1,3})(?:\.(\d{1,4}))?$/.exec(text) ?? [];
  const ppm = BigInt(whole || '-1') * 10_000n + BigInt(decimals.padEnd(4, '0'));
  if (ppm < 0n || ppm > 3_600_000n) throw new Misuse(`--rate is percent a year, from 0 to 360 with at most four decimals, got ${JSON.stringify(text)}`);
  return ppm;
}

function oneOf<T extends string>(name: string, words: readonly T[], text: string): T {
  const word = words.find((each) => each === text);
  if (word === undefined) throw new Misuse(`--${name} is ${words.join(' or ')}, got ${JSON.stringify(text)}`);
  return word;
}

function dayFrom(value: CommandInput['values'][string]): BusinessDate {
  if (typeof value !== 'string') return dayOf(systemClock().now());
  try {
    const day = businessDate(value);
    if (/^(19|20|21)/.test(value)) return day;
  } catch {
    // said below
  }
  throw new Misuse(`--start is a day of the years 1900 to 2199 that exists, as YYYY-MM-DD, got ${JSON.stringify(value)}`);
}
