import { annualRatePpm, businessDate, fen, formatDate, formatYuan, type BusinessDate } from '@mingdai/loan-math';
import { describe, expect, it } from 'vitest';
import { contractOf, MONTHLY_12 } from '../examples.ts';
import { bookEvent, bookThrough, nothingBooked, type Booking, type EntryDraft, type NewLoanEvent } from './booking.ts';
import { loanFrom } from './loan.ts';
import type { LoanPosting } from './postings.ts';

// docs/specs/postings.md §5: what the books make of a loan's life, as a page a finance person can read.

type Happening = { readonly on: string; readonly words: string; readonly event: DistributedOmit };
type DistributedOmit = NewLoanEvent extends infer Each ? (Each extends NewLoanEvent ? Omit<Each, 'id' | 'valueOn'> & { readonly id?: string } : never) : never;

const contract = contractOf('li', { terms: { ...MONTHLY_12, penaltyRate: annualRatePpm(108_000n) } });
const open = { closedThrough: null, at: 0 };
const day = (text: string): BusinessDate => businessDate(text);

const LIFE: readonly Happening[] = [
  { on: '2026-01-05', words: '12,000.00 paid out; 20 % is WeBank\'s money, 80 % Bank B\'s', event: { kind: 'disbursed', amount: fen(1_200_000n) } },
  { on: '2026-02-05', words: 'the first installment, on its day', event: { kind: 'repayment_received', amount: fen(103_943n), id: 'first' } },
  { on: '2026-03-17', words: 'the second, twelve days late, with its penalty', event: { kind: 'repayment_received', amount: fen(104_293n), id: 'second' } },
  { on: '2026-03-20', words: 'the bank takes the second back', event: { kind: 'repayment_reversed', reverses: 'second' } },
  { on: '2026-03-20', words: 'penalty so far waived', event: { kind: 'waived', component: 'penalty', amount: fen(100_000n) } },
  { on: '2026-03-25', words: 'too much', event: { kind: 'prepaid', amount: fen(1_300_000n), effect: 'settle' } },
  { on: '2026-03-26', words: 'the rest sent back', event: { kind: 'overpayment_refunded', amount: fen(189_400n) } },
];

const LOST: readonly Happening[] = [
  LIFE[0]!,
  { on: '2026-01-20', words: 'a fee', event: { kind: 'fee_charged', fee: 'early_statement', amount: fen(1_000n) } },
  { on: '2026-08-10', words: 'charged off after 186 days', event: { kind: 'charged_off' } },
  { on: '2026-09-01', words: 'some of it comes back', event: { kind: 'recovered', amount: fen(200_000n) } },
];

const accountName = (account: LoanPosting['account']): string => (typeof account === 'string' ? account : `clearing with ${account.clearing}`);

function printed({ kind, bookedOn, valueOn, postings }: EntryDraft): string {
  const lines = [...postings].sort((a, b) => (a.entity < b.entity ? 1 : a.entity > b.entity ? -1 : 0)).map(({ entity, account, netFen }) => {
    const amount = formatYuan(netFen < 0n ? -netFen : netFen).padStart(12);
    return `    ${entity.padEnd(8)}${accountName(account).padEnd(28)}${netFen > 0n ? amount : ''.padStart(12)}${netFen < 0n ? amount.padStart(14) : ''}`.trimEnd();
  });
  return [`  ${formatDate(bookedOn)} ${kind}${valueOn === bookedOn ? '' : ` (value day ${formatDate(valueOn)})`}`, ...lines].join('\n');
}

function lifeOf(happenings: readonly Happening[]): string {
  const page: string[] = [`    ${'entity'.padEnd(8)}${'account'.padEnd(28)}${'debit'.padStart(12)}${'credit'.padStart(14)}`];
  let booking: Booking = nothingBooked(loanFrom('loan_li', contract), []);
  for (const [index, { on, words, event }] of happenings.entries()) {
    booking = bookThrough({ ...booking, entries: [] }, day(on), open);
    page.push(...booking.entries.map(printed));
    booking = bookEvent({ ...booking, entries: [] }, { ...event, id: event.id ?? `event_${index}`, valueOn: day(on) } as NewLoanEvent, day(on), open);
    page.push(`${on}: ${words}`, ...booking.entries.map(printed));
  }
  return `${page.join('\n')}\n`;
}

describe('the accounting policy', () => {
  it('books a loan that is late, bounced, waived, overpaid and refunded', async () => {
    await expect(lifeOf(LIFE)).toMatchFileSnapshot('postings.golden.txt');
  });

  it('books a loan that is lost and partly recovered', async () => {
    await expect(lifeOf(LOST)).toMatchFileSnapshot('postings-lost.golden.txt');
  });
});
