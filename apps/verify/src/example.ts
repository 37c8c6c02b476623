import { annualRatePpm, businessDate, fen, type LoanEvent, type LoanTerms } from '@mingdai/loan-math';
import { buildStatement, signStatement, type StatementInput } from '@mingdai/statement';
import { getPublicKey, hashes, sign } from '@noble/ed25519';
import { sha512 } from '@noble/hashes/sha2.js';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';

/** A key that is no secret: it signs the example and nothing else. */
const EXAMPLE_KEY = '6d696e67646169206578616d706c65206b65792c206e6f742061207365637265';

const terms: LoanTerms = {
  principal: fen(1_200_000n), method: 'level_installment', basis: 'monthly', rate: annualRatePpm(91_200n), months: 12, termDays: null, dueDay: null,
  graceDays: 3, graceCountsBack: true, penaltyRate: annualRatePpm(136_800n),
  allocationOrder: ['fee', 'penalty', 'interest', 'principal'], allocationScope: 'installment_first',
};

const at = (on: string, sequence: number): Pick<LoanEvent, 'id' | 'sequence' | 'valueOn' | 'bookedAt'> =>
  ({ id: `example-${sequence}`, sequence, valueOn: businessDate(on), bookedAt: Date.parse(`${on}T02:00:00Z`) });

/** Paid out, paid on time twice, late once, some principal ahead of time. */
const events: readonly LoanEvent[] = [
  { ...at('2026-03-10', 1), kind: 'disbursed', amount: fen(1_200_000n) },
  { ...at('2026-04-10', 2), kind: 'repayment_received', amount: fen(105_009n) },
  { ...at('2026-05-10', 3), kind: 'repayment_received', amount: fen(105_009n) },
  { ...at('2026-06-19', 4), kind: 'repayment_received', amount: fen(105_342n) },
  { ...at('2026-06-30', 5), kind: 'prepaid', amount: fen(300_000n), effect: 'smaller_installment' },
];

const input: StatementInput = {
  id: 'statement-example', issuedAt: Date.parse('2026-07-08T01:30:00Z'), asOf: businessDate('2026-07-08'), knownThrough: 5, supersedes: null,
  loan: {
    id: 'loan-example', contractId: 'contract-example', productCode: 'example', productVersion: 1, lender: '示例消费金融公司 (example)',
    signedAt: Date.parse('2026-03-10T01:00:00Z'), sheetHash: '0'.repeat(64),
    shares: [{ funder: 'example-bank', sharePpm: 700_000n }, { funder: 'example-lender', sharePpm: 300_000n }],
  },
  terms, events,
};

/** The text of a statement to try the page with: sound, or with one repayment made smaller after it was signed. */
export function exampleStatement(kind: 'good' | 'tampered'): string {
  hashes.sha512 = sha512;
  const key = hexToBytes(EXAMPLE_KEY);
  const signed = signStatement(buildStatement(input), { publicKey: bytesToHex(getPublicKey(key)), sign: (bytes) => bytesToHex(sign(bytes, key)) });
  const text = JSON.stringify(signed, null, 2);
  return kind === 'good' ? text : text.replace('"105342"', '"85342"');
}
