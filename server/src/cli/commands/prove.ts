import { formatYuan } from '@mingdai/loan-math';
import { createProofs, presentProofs, prove } from '../../modules/servicing/index.ts';
import { BOOKS_NOTE, withBooks } from '../books.ts';
import { Misuse, type CliCommand, type CommandInput } from '../command.ts';

/** Recomputes everything that must hold: balance, sub-ledger, refold, pools, chains and seals. */
export const command: CliCommand = {
  name: 'prove',
  summary: 'Recompute the books: balanced, loans = ledger, loans refolded, pools = loans, chains unbroken',
  options: {
    refold: { type: 'string', value: 'number', help: 'fold only so many loans anew; without it, all' },
  },
  notes: `${BOOKS_NOTE}\nExit code 1 when a proof fails.`,
  async run(input) {
    const sample = sampleOf(input.values['refold']);
    return withBooks(async ({ db, clock, ledger }) => show(presentProofs(await prove({ ledger, servicing: createProofs({ db, clock, ledger }) }, sample)), input));
  },
};

function show(proofs: ReturnType<typeof presentProofs>, { say, answer }: CommandInput): number {
  const line = (holds: boolean, words: string): void => say(`${holds ? 'holds ' : 'FAILS '} ${words}`);
  const { trial_balance, sub_ledger, refold, pools, ledger_chains } = proofs;
  line(trial_balance.holds, `debits equal credits for every entity (${trial_balance.entities.map(({ entity, net_fen }) => `${entity} ${formatYuan(BigInt(net_fen))}`).join(', ') || 'nothing booked'})`);
  line(sub_ledger.holds, `${sub_ledger.loans} loans say what their chains in the ledger say, account by account`);
  line(refold.holds, `${refold.loans} loans folded anew from their events give the stored state`);
  line(pools.holds, `${pools.pools.length} interest pools equal what their loans have accrued on ${pools.on}, exactly, and the ledger holds them`);
  line(ledger_chains.holds, `every digest, chain, block and signature${ledger_chains.fault === null ? '' : `: ${ledger_chains.fault}`}`);
  for (const each of sub_ledger.differences) say(`  ${each.loan_id} ${each.entity} ${each.account}: ledger ${formatYuan(BigInt(each.ledger_fen))}, loan ${formatYuan(BigInt(each.loan_fen))}`);
  for (const id of refold.differing) say(`  ${id} differs`);
  answer(proofs);
  return proofs.all_hold ? 0 : 1;
}

function sampleOf(value: unknown): number | 'all' {
  if (typeof value !== 'string') return 'all';
  if (!/^[1-9]\d{0,6}$/.test(value)) throw new Misuse(`--refold is a number from 1, got ${JSON.stringify(value)}`);
  return Number.parseInt(value, 10);
}
