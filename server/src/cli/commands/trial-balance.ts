import { businessDate, formatYuan, type BusinessDate } from '@mingdai/loan-math';
import { presentTrialBalance, type Ledger, type TrialBalanceRow } from '../../modules/ledger/index.ts';
import { BOOKS_NOTE, withBooks } from '../books.ts';
import { Misuse, type CliCommand, type CommandInput } from '../command.ts';

/** The trial balance of every legal entity, and on request the proof of every digest, chain, block and signature. */
export const command: CliCommand = {
  name: 'trial-balance',
  summary: 'Show every account of every legal entity; debits equal credits for each',
  options: {
    on: { type: 'string', value: 'YYYY-MM-DD', help: 'up to and including this business day; without it, all that is booked' },
    verify: { type: 'boolean', help: 'also recompute every digest, chain, block and signature' },
  },
  notes: `${BOOKS_NOTE}\nExit code 1 when an entity does not balance or the proof finds a fault.`,
  async run(input) {
    const on = dayOf(input.values['on']);
    return withBooks(({ ledger }) => show(ledger, on, input));
  },
};

async function show(ledger: Ledger, on: BusinessDate | null, { values, say, answer }: CommandInput): Promise<number> {
  const rows = await ledger.trialBalance(on ?? undefined);
  const balance = presentTrialBalance(rows, on);
  const proof = values['verify'] === true ? await ledger.verify() : null;
  for (const line of tableOf(rows)) say(line);
  say(rows.length === 0 ? 'Nothing is booked.' : balance.is_balanced ? 'Debits equal credits for every entity.' : 'NOT BALANCED.');
  if (proof !== null) say(proof.ok ? `Proved: ${proof.entries} entries, ${proof.sealed} of them in ${proof.blocks} signed blocks.` : `FAULT ${proof.fault.kind}: ${JSON.stringify(proof.fault)}`);
  answer({ ...balance, ...(proof === null ? {} : { proof }) });
  return balance.is_balanced && (proof === null || proof.ok) ? 0 : 1;
}

/** One block of lines for each entity: account, name, debits, credits, net, in yuan. */
function tableOf(rows: readonly TrialBalanceRow[]): readonly string[] {
  const line = (account: string, name: string, ...amounts: readonly bigint[]) => `  ${account.padEnd(14)}${name.padEnd(46)}${amounts.map((amount) => formatYuan(amount).padStart(20)).join('')}`;
  return [...Map.groupBy(rows, ({ entity }) => entity)].flatMap(([entity, of]) => [
    `${entity.padEnd(62)}${['debit', 'credit', 'net'].map((head) => head.padStart(20)).join('')}`,
    ...of.map(({ account, name, debitFen, creditFen, netFen }) => line(account, name, debitFen, creditFen, netFen)),
    line('', 'total', sumOf(of.map(({ debitFen }) => debitFen)), sumOf(of.map(({ creditFen }) => creditFen)), sumOf(of.map(({ netFen }) => netFen))),
    '',
  ]);
}

const sumOf = (amounts: readonly bigint[]): bigint => amounts.reduce((sum, amount) => sum + amount, 0n);

function dayOf(value: unknown): BusinessDate | null {
  if (typeof value !== 'string') return null;
  try {
    return businessDate(value);
  } catch (cause) {
    throw new Misuse(`--on: ${(cause as Error).message}`);
  }
}
