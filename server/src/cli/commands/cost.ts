import { businessDate, formatYuan, parseYuan, readOffer, type BusinessDate, type Fen, type OfferWords } from '@mingdai/loan-math';
import { createCompliance } from '../../modules/compliance/index.ts';
import { systemClock } from '../../platform/clock.ts';
import { Misuse, type CliCommand, type CommandInput } from '../command.ts';
import { costLines, costReport, presentCost } from '../cost-report.ts';
import { COST_WORDS, type CostLanguage, type CostWords } from '../cost-words.ts';

/** What an offer really costs, from the seller's own words (D3). */
export const command: CliCommand = {
  name: 'cost',
  summary: 'Unmask an offer: what the seller\'s words really cost a year, which caps it breaks, and what a bank would ask',
  words: '<the offer in its seller\'s words>',
  options: {
    amount: { type: 'string', value: 'yuan', default: '10000', help: 'amount lent, where the words name none' },
    'bank-rate': { type: 'string', value: 'percent', default: '7.2', help: 'a bank\'s yearly rate to set beside it' },
    reach: { type: 'string', value: 'percent', help: 'also: which fee makes the advertised rate cost so much a year' },
    on: { type: 'string', value: 'YYYY-MM-DD', help: 'day of payout, and of the caps (today in Beijing)' },
    lang: { type: 'string', value: 'en|zh', default: 'en', help: 'language of the answer' },
  },
  notes: [
    'Examples:',
    '  mingdai cost "12期 日息万五 服务费0.3%/月"',
    '  mingdai cost "daily 0.05%, 12 months, service fee 0.3% a month" --amount 5000',
    '  mingdai cost "借10000到手9500 12期 每期916.8" --lang zh',
    'Nothing is guessed: words it does not know are named, and the exit code is 1.',
  ].join('\n'),
  async run(input) {
    const language = languageOf(input.values['lang']);
    const words = COST_WORDS[language];
    const asked = amountOf(input.values['amount']);
    const settings = {
      startOn: dayOf(input.values['on']),
      bankRatePpm: percentOf('--bank-rate', input.values['bank-rate'], 1000n),
      reachPpm: input.values['reach'] === undefined ? null : percentOf('--reach', input.values['reach'], 10_000n),
    };
    const text = textOf(input.words);
    const read = readOffer(text, asked);
    if (read.kind === 'refused') return refuse(input, { text, read, words, reason: read.refusal });
    const report = costReport(createCompliance(), { offer: read.offer, ...settings });
    if ('refusal' in report) return refuse(input, { text, read, words, reason: report.refusal });
    sayUnderstood(input.say, read, words, asked);
    for (const line of costLines(report, words)) input.say(line);
    input.answer({ kind: 'cost', words: text, understood: read.understood, notes: read.notes, ...presentCost(report) });
    return 0;
  },
};

type Refused = { readonly text: string; readonly read: OfferWords; readonly words: CostWords; readonly reason: Parameters<CostWords['refusal']>[0] };

function refuse(input: CommandInput, { text, read, words, reason }: Refused): number {
  input.note(`${words.notRead}: ${words.refusal(reason)}.`);
  const understood = understoodLine(read, words);
  if (understood !== '') input.note(understood);
  input.answer({ kind: 'refused', words: text, understood: read.understood, refusal: reason });
  return 1;
}

const understoodLine = ({ understood }: OfferWords, words: CostWords): string =>
  understood.length === 0 ? '' : `${words.understood}: ${understood.map(({ as, words: said }) => `${words.as[as]} "${said}"`).join(', ')}`;

function sayUnderstood(say: CommandInput['say'], read: Extract<OfferWords, { kind: 'read' }>, words: CostWords, asked: Fen): void {
  say(understoodLine(read, words));
  if (read.notes.length > 0) say(`${words.takenForGranted}:`);
  for (const note of read.notes) say(`  - ${words.notes(note, formatYuan(asked))}`);
}

function textOf(words: readonly string[]): string {
  const text = words.join(' ').trim();
  if (text === '') throw new Misuse('takes the offer in words, e.g. "12期 日息万五 服务费0.3%/月"');
  if (text.length > 500) throw new Misuse(`takes at most 500 characters, got ${text.length}`);
  return text;
}

function languageOf(value: unknown): CostLanguage {
  if (value === 'en' || value === 'zh') return value;
  throw new Misuse(`--lang is en or zh, got ${JSON.stringify(value)}`);
}

const AMOUNT_MOST = 10_000_000_000n;

function amountOf(value: unknown): Fen {
  const bound = `--amount is 0.01 to ${formatYuan(AMOUNT_MOST)} yuan, got ${JSON.stringify(value)}`;
  try {
    const amount = parseYuan(String(value));
    if (amount >= 1n && amount <= AMOUNT_MOST) return amount;
  } catch {
    throw new Misuse(bound);
  }
  throw new Misuse(bound);
}

function dayOf(value: unknown): BusinessDate {
  if (value === undefined) return systemClock().today();
  try {
    const day = businessDate(String(value));
    if (day >= businessDate('2000-01-01') && day <= businessDate('2100-01-01')) return day;
  } catch {
    throw new Misuse(`--on is a day as YYYY-MM-DD, got ${JSON.stringify(value)}`);
  }
  throw new Misuse(`--on is a day from 2000-01-01 to 2100-01-01, got ${JSON.stringify(value)}`);
}

/** `7.2` → 72000 ppm: at most four decimals. */
function percentOf(option: string, value: unknown, most: bigint): bigint {
  const match = /^(\d{1,5})(?:\.(\d{1,4}))?%?$/.exec(String(value));
  const ppm = match === null ? null : BigInt(match[1]! + (match[2] ?? '').padEnd(4, '0'));
  if (ppm === null || ppm > most * 10_000n) throw new Misuse(`${option} is 0 to ${most} per cent with at most four decimals, got ${JSON.stringify(value)}`);
  return ppm;
}
