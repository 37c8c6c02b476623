import { businessDate } from '@mingdai/loan-math';
import { describe, expect, it } from 'vitest';
import { BANK_B, entryAfter, entryOf, PAYOUT, repayment } from '../examples.ts';
import { ACCOUNTS } from './accounts.ts';
import { assertBookable, digestOf, netPerEntity, netPostings, type JournalEntry } from './journal.ts';

describe('the digest of an entry', () => {
  it('is that of docs/specs/ledger.md §3, worked example A', () => {
    expect(digestOf(entryOf())).toBe('ce0e853898bb64741414f2d5732a1de27d9d128edfcd586abec1f4ff847af237');
    expect(digestOf(entryAfter(entryOf()))).toBe('a3182692287ecd3004b35b42047994d5709d7102e1ce7735018e64f134faa432');
  });

  const changes: readonly Partial<JournalEntry>[] = [
    { shard: 8 }, { id: 'je_2' }, { chain: 'loan_2' }, { chainSeq: 2 }, { previousDigest: '00' }, { kind: 'prepaid' }, { cause: 'evt_2' },
    { bookedOn: businessDate('2026-10-09') }, { valueOn: businessDate('2026-10-07') },
    { postings: PAYOUT.toReversed() },
    { postings: PAYOUT.map((posting) => ({ ...posting, netFen: posting.netFen + 1n })) },
    { postings: PAYOUT.map((posting) => ({ ...posting, account: ACCOUNTS.cashAtBank })) },
    { postings: PAYOUT.map((posting) => ({ ...posting, entity: BANK_B.code })) },
  ];
  it.each(changes)('is another one when the entry says anything else: %o', (change) => {
    expect(digestOf(entryOf(change))).not.toBe(digestOf(entryOf()));
  });
});

describe('an entry that the books can hold', () => {
  it('balances for each legal entity on its own', () => {
    expect(() => assertBookable(entryOf())).not.toThrow();
    expect([...netPerEntity(PAYOUT)]).toEqual([['webank', 0n], ['bank_b', 0n]]);
  });

  it('is not one that balances only over all entities', () => {
    const crossed = [
      { entity: 'webank', account: ACCOUNTS.loanPrincipal, netFen: 100n },
      { entity: 'bank_b', account: ACCOUNTS.cashAtBank, netFen: -100n },
    ];
    expect(() => assertBookable(entryOf({ postings: crossed }))).toThrow('debits equal credits for webank: je_1 is 100 fen off');
  });

  it('has at least two postings, none of them zero', () => {
    expect(() => assertBookable(entryOf({ postings: [] }))).toThrow('at least two postings');
    expect(() => assertBookable(entryOf({ postings: repayment(0n) }))).toThrow('a posting moves something');
  });

  it('counts its chain from 1', () => {
    expect(() => assertBookable(entryOf({ chainSeq: 0 }))).toThrow('a chain counts from 1');
  });
});

describe('netting postings', () => {
  it('gives one line for each entity and account, and none of zero', () => {
    expect(netPostings([...repayment(100n), ...repayment(50n)])).toEqual(repayment(150n));
    expect(netPostings([...repayment(100n), ...repayment(-100n)])).toEqual([]);
  });
});
