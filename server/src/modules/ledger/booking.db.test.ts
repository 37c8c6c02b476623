import { businessDate } from '@mingdai/loan-math';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { system } from '../../kernel/actor.ts';
import { startOf } from '../../kernel/instant.ts';
import { BANK_B, entryAfter, entryOf, PAYOUT, repayment } from './examples.ts';
import { createLedger, digestOf, passingSealingKey, type JournalEntry, type Ledger } from './index.ts';

const at = startOf(businessDate('2026-10-08'));
let database: TestDatabase;
let ledger: Ledger;
beforeAll(async () => {
  database = await testDatabase();
  ledger = createLedger({ db: database.db, clock: { now: () => at, today: () => businessDate('2026-10-08') }, sealingKey: passingSealingKey(), entities: [BANK_B] });
});
afterAll(() => database.drop());

const book = (...entries: JournalEntry[]) => database.db.transaction((tx) => ledger.book(tx, entries));
/** As a command would: a refusal rolls back. */
const command = (key: string, ...entries: JournalEntry[]) =>
  database.funnel.run({ name: 'test.book', key, input: key, actor: system('test'), at, shard: 7 }, async (tx) => {
    const booked = await ledger.book(tx, entries);
    return booked.ok ? { ok: true, value: booked.value.map(({ id, outcome }) => ({ id, outcome })) } : booked;
  });

/** A chain of its own, so that tests do not meet. */
let chains = 0;
function chainOf(length: number): readonly [JournalEntry, ...JournalEntry[]] {
  const chain = `loan_t${++chains}`;
  const entries: [JournalEntry, ...JournalEntry[]] = [entryOf({ chain, id: `je_${chain}_1` })];
  while (entries.length < length) entries.push(entryAfter(entries.at(-1)!));
  return entries;
}

describe('booking', () => {
  it('keeps entries whole, and gives them back in order of their chain', async () => {
    const chain = chainOf(3);
    expect(await book(...chain)).toEqual({ ok: true, value: chain.map((entry) => ({ id: entry.id, digest: digestOf(entry), outcome: 'booked' })) });
    const kept = chain.map((entry) => ({ ...entry, digest: digestOf(entry) }));
    expect(await ledger.entriesOf(chain[0].chain, 7)).toEqual(kept);
    expect(await ledger.entriesOf(chain[0].chain)).toEqual(kept);
    expect(await ledger.headOf(database.db, 7, chain[0].chain)).toEqual({ chainSeq: 3, digest: digestOf(chain[2]!) });
    expect(await ledger.headOf(database.db, 7, 'loan_nobody')).toBeNull();
  });

  it('answers the same entry again without writing it again, alone or among new ones', async () => {
    const [first, second, third] = chainOf(3) as [JournalEntry, JournalEntry, JournalEntry];
    await book(first, second);
    expect(await book(first)).toMatchObject({ ok: true, value: [{ outcome: 'already_booked', digest: digestOf(first) }] });
    expect(await book(first, second, third)).toMatchObject({ ok: true, value: [{ outcome: 'already_booked' }, { outcome: 'already_booked' }, { outcome: 'booked' }] });
    expect(await ledger.entriesOf(first.chain, 7)).toHaveLength(3);
  });

  it('books nothing for nothing', async () => {
    expect(await book()).toEqual({ ok: true, value: [] });
  });

  it('books a thousand entries of many chains at once', async () => {
    const entries = Array.from({ length: 250 }, () => chainOf(4)).flat();
    const booked = await book(...entries);
    expect(booked.ok && booked.value.every(({ outcome }) => outcome === 'booked')).toBe(true);
    expect(await ledger.entriesOf(entries.at(-1)!.chain, 7)).toHaveLength(4);
  });
});

describe('booking is refused, and nothing is written,', () => {
  it('when the same id comes with other content', async () => {
    const [first] = chainOf(1);
    await book(first);
    const other = { ...first, postings: repayment(5n) };
    expect(await command(`reuse ${first.id}`.replace(' ', '-'), other)).toEqual({ ok: false, error: { code: 'journal_id_reused', id: first.id } });
    expect((await ledger.entriesOf(first.chain, 7))[0]!.postings).toEqual(PAYOUT);
  });

  it('when its place in the chain is taken: a fork', async () => {
    const [first, second] = chainOf(2) as [JournalEntry, JournalEntry];
    await book(first, second);
    const fork = entryAfter(first, { id: `${second.id}_fork`, postings: repayment(5n) });
    expect(await command(fork.id, fork)).toEqual({ ok: false, error: { code: 'journal_chain_broken', id: fork.id, chain: fork.chain, chainSeq: 2 } });
    expect(await ledger.entriesOf(first.chain, 7)).toHaveLength(2);
  });

  it.each([
    ['the entry before it is another one', (first: JournalEntry) => entryAfter({ ...first, cause: 'evt_other' }, { id: `${first.id}_a` })],
    ['there is a gap before it', (first: JournalEntry) => entryAfter(entryAfter(first), { id: `${first.id}_b` })],
    ['it names no entry before it', (first: JournalEntry) => entryAfter(first, { id: `${first.id}_c`, previousDigest: null })],
    ['it begins a chain and names one before it', (first: JournalEntry) => entryOf({ id: `${first.id}_d`, chain: `${first.chain}_d`, previousDigest: digestOf(first) })],
  ])('when %s', async (_what, madeFrom) => {
    const [first] = chainOf(1);
    await book(first);
    const wrong = madeFrom(first);
    expect(await command(wrong.id, wrong)).toMatchObject({ ok: false, error: { code: 'journal_chain_broken', id: wrong.id } });
    expect((await ledger.entriesOf(wrong.chain, 7)).filter(({ id }) => id === wrong.id)).toEqual([]);
  });

  it('when the chart has no such account or entity, said with the reason', async () => {
    const [first] = chainOf(1);
    const foreign = { ...first, postings: PAYOUT.map((posting) => ({ ...posting, entity: posting.entity === 'bank_b' ? 'bank_z' : posting.entity })) };
    expect(await command(`${first.id}_z`, foreign)).toEqual({ ok: false, error: { code: 'unknown_account', entity: 'bank_z', account: '1303', why: 'no_such_entity' } });
    expect(await ledger.entriesOf(first.chain, 7)).toEqual([]);
  });

  it('and an unbalanced entry is a bug, whatever came before it', async () => {
    const [first, second] = chainOf(2) as [JournalEntry, JournalEntry];
    const wrong = { ...second, postings: [...second.postings, { entity: 'webank', account: '1002', netFen: 1n }] };
    await expect(book(first, wrong)).rejects.toThrow(`debits equal credits for webank: ${second.id} is 1 fen off`);
    expect(await ledger.entriesOf(first.chain, 7)).toEqual([]);
  });
});

describe('booking by many at once', () => {
  it('books an entry once, however many ask at the same time', async () => {
    const [first] = chainOf(1);
    const answers = await Promise.all(Array.from({ length: 6 }, (_, i) => command(`${first.id}-${i}`, first)));
    const outcomes = answers.map((answer) => (answer.ok ? answer.value[0]!.outcome : answer.error.code)).sort();
    expect(outcomes).toEqual([...Array(5).fill('already_booked'), 'booked']);
    expect(await ledger.entriesOf(first.chain, 7)).toHaveLength(1);
  });

  it('lets one of two that want the same place have it', async () => {
    const [first] = chainOf(1);
    await book(first);
    const rivals = ['a', 'b', 'c', 'd'].map((name, i) => entryAfter(first, { id: `${first.id}_${name}`, postings: repayment(BigInt(i + 1)) }));
    const answers = await Promise.all(rivals.map((rival) => command(rival.id, rival)));
    expect(answers.map((answer) => (answer.ok ? 'booked' : answer.error.code)).sort()).toEqual(['booked', ...Array(3).fill('journal_chain_broken')]);
    expect(await ledger.entriesOf(first.chain, 7)).toHaveLength(2);
  });
});
