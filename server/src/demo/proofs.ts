import { formatYuan } from '@mingdai/loan-math';
import type { Recomputed } from './recompute.ts';

/** One thing that must hold, and whether it did. */
export type ProofLine = { readonly what: string; readonly holds: boolean; readonly detail: string };

type ServerProof = { readonly holds: boolean };
type LoanProof = ServerProof & { readonly loans: number };

/** The answer of POST /v1/operations/proofs, as far as it is printed. */
export type ServerProofs = {
  readonly trial_balance: ServerProof;
  readonly sub_ledger: LoanProof;
  readonly refold: LoanProof;
  readonly pools: ServerProof;
  readonly ledger_chains: ServerProof;
};

/** The same money three times: as the bank tells it line by line, as payments counts it by kind, as cash at bank in the ledger. */
export type Books = {
  readonly bank: readonly { readonly kind: string; readonly amount_fen: string }[];
  readonly payments: readonly { readonly kind: string; readonly count: number; readonly amount_fen: string }[];
  readonly cashFen: bigint;
};
export type BankBooks = { readonly isEqual: boolean; readonly detail: string };

/** Not ours to book: the bank's customers paying in and drawing out. */
const NOT_LENDING: ReadonlySet<string> = new Set(['deposit', 'withdrawal']);
const OUTGOING: ReadonlySet<string> = new Set(['payout', 'debit_return']);

/** Whether bank, payments and ledger agree: the same number of lines and the same net, to the fen. */
export function compareBooks({ bank, payments, cashFen }: Books): BankBooks {
  const theirs = bank.filter(({ kind }) => !NOT_LENDING.has(kind));
  const theirNet = theirs.reduce((sum, { amount_fen }) => sum + BigInt(amount_fen), 0n);
  const ourNet = payments.reduce((sum, { kind, amount_fen }) => sum + (OUTGOING.has(kind) ? -1n : 1n) * BigInt(amount_fen), 0n);
  const ourLines = payments.reduce((sum, { count }) => sum + count, 0);
  return {
    isEqual: theirNet === ourNet && theirNet === cashFen && theirs.length === ourLines,
    detail: `${theirs.length} lines; bank ${formatYuan(theirNet)}, payments ${formatYuan(ourNet)}, ledger ${formatYuan(cashFen)}`,
  };
}

export type Evidence = {
  readonly daysClosed: number;
  /** Days after whose close some entity did not balance. */
  readonly unbalanced: readonly string[];
  readonly proofs: ServerProofs;
  readonly bank: BankBooks;
  readonly naive: Recomputed;
};

const NAMED_AT_MOST = 3;
const some = (what: string, names: readonly string[]): string => (names.length === 0 ? '' : `, ${what}: ${names.slice(0, NAMED_AT_MOST).join('; ')}`);

/** Everything that must hold after a year, one line each. */
export function proofLines({ daysClosed, unbalanced, proofs, bank, naive }: Evidence): readonly ProofLine[] {
  const { trial_balance: balance, sub_ledger: subLedger, refold, pools, ledger_chains: chains } = proofs;
  return [
    { what: 'debits = credits for every entity, on every day', holds: balance.holds && unbalanced.length === 0, detail: `${daysClosed} days${some('not', unbalanced)}` },
    { what: 'each loan = its entries in the ledger', holds: subLedger.holds, detail: `${subLedger.loans} loans` },
    { what: 'each loan folded again from its events = what is stored', holds: refold.holds, detail: `${refold.loans} loans` },
    { what: 'what loans have accrued = the pools = the ledger', holds: pools.holds, detail: 'exact' },
    { what: 'no entry altered, dropped or added', holds: chains.holds, detail: 'digests, chains, seals' },
    { what: "the bank's book = our book", holds: bank.isEqual, detail: bank.detail },
    { what: 'loans recomputed by a second, naive computation', holds: naive.differing.length === 0, detail: `${naive.loans} loans${some('differing', naive.differing)}` },
  ];
}
