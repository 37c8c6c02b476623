import { businessDate, fen, type LoanEvent, type LoanTerms } from '@mingdai/loan-math';
import { getPublicKey, hashes, sign } from '@noble/ed25519';
import { sha512 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { buildStatement, signStatement, type Signer, type StatementInput, type StatementJson } from '../src/index.ts';

/** A signer from a seed anybody can read: for tests and the worked example only. */
export function testSigner(seed: number): Signer {
  hashes.sha512 = sha512;
  const secret = new Uint8Array(32).fill(seed);
  return { publicKey: bytesToHex(getPublicKey(secret)), sign: (bytes) => bytesToHex(sign(bytes, secret)) };
}

export const EXAMPLE_KEY = testSigner(7);

export const EXAMPLE_TERMS: LoanTerms = {
  principal: fen(1_200_000n), method: 'level_installment', basis: 'act_360', rate: 72_000n as LoanTerms['rate'], months: 12, termDays: null, dueDay: null,
  graceDays: 0, graceCountsBack: false, penaltyRate: 108_000n as LoanTerms['rate'],
  allocationOrder: ['fee', 'penalty', 'interest', 'principal'], allocationScope: 'installment_first',
};

const at = (text: string): number => Date.parse(text);

/** Paid on time, then a debit that bounced, a late payment, and part of the principal ahead of time. */
export const EXAMPLE_EVENTS: readonly LoanEvent[] = [
  { id: 'evt_1', sequence: 1, kind: 'disbursed', valueOn: businessDate('2026-10-08'), bookedAt: at('2026-10-08T02:00:00.000Z'), amount: fen(1_200_000n) },
  { id: 'evt_2', sequence: 2, kind: 'repayment_received', valueOn: businessDate('2026-11-08'), bookedAt: at('2026-11-08T01:00:00.000Z'), amount: fen(103_997n) },
  { id: 'evt_3', sequence: 4, kind: 'repayment_received', valueOn: businessDate('2026-12-08'), bookedAt: at('2026-12-08T01:00:00.000Z'), amount: fen(103_997n) },
  { id: 'evt_4', sequence: 5, kind: 'repayment_reversed', valueOn: businessDate('2026-12-08'), bookedAt: at('2026-12-09T01:00:00.000Z'), reverses: 'evt_3' },
  { id: 'evt_5', sequence: 7, kind: 'repayment_received', valueOn: businessDate('2026-12-20'), bookedAt: at('2026-12-20T04:00:00.000Z'), amount: fen(104_500n) },
  { id: 'evt_6', sequence: 8, kind: 'waived', valueOn: businessDate('2026-12-20'), bookedAt: at('2026-12-20T04:00:00.000Z'), component: 'penalty', amount: fen(10n) },
  { id: 'evt_7', sequence: 9, kind: 'prepaid', valueOn: businessDate('2026-12-28'), bookedAt: at('2026-12-28T04:00:00.000Z'), amount: fen(300_000n), effect: 'smaller_installment' },
];

export const EXAMPLE: StatementInput = {
  id: `stmt_${'0'.repeat(31)}1`, issuedAt: at('2026-12-30T08:00:00.000Z'), asOf: businessDate('2026-12-30'), knownThrough: 9, supersedes: null,
  loan: {
    id: `loan_${'a'.repeat(32)}`, contractId: `ctr_${'b'.repeat(32)}`, productCode: 'weilidai', productVersion: 1, lender: 'webank',
    signedAt: at('2026-10-08T01:59:00.000Z'), sheetHash: 'c'.repeat(64), shares: [{ funder: 'webank', sharePpm: 200_000n }, { funder: 'bank_b', sharePpm: 800_000n }],
  },
  terms: EXAMPLE_TERMS, events: EXAMPLE_EVENTS,
};

export const exampleStatement = (signer: Signer = EXAMPLE_KEY, input: Partial<StatementInput> = {}): StatementJson => signStatement(buildStatement({ ...EXAMPLE, ...input }), signer);

/** As it is handed out: a member a line. */
export const textOf = (statement: StatementJson): string => `${JSON.stringify(statement, null, 1)}\n`;
