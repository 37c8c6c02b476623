import { businessDate } from '@mingdai/loan-math';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { instant, startOf } from '../../kernel/instant.ts';
import { BANK_B, entryAfter, entryOf, repayment } from './examples.ts';
import { createLedger, passingSealingKey, sealingKeyFrom, type JournalEntry, type Ledger, type SealingKey } from './index.ts';

const today = businessDate('2026-10-08');
let database: TestDatabase;
let key: SealingKey;
let ledger: Ledger;
const ledgerWith = (sealingKey: SealingKey) => createLedger({ db: database.db, clock: { now: () => startOf(today), today: () => today }, sealingKey, entities: [BANK_B] });

beforeEach(async () => {
  database = await testDatabase();
  key = passingSealingKey();
  ledger = ledgerWith(key);
});
afterEach(() => database.drop());

const book = (...entries: JournalEntry[]) => database.db.transaction((tx) => ledger.book(tx, entries));

/** Loans 1 to 3 in shard 7, three entries each, sealed in two blocks, and one entry not sealed yet. */
async function threeLoans(): Promise<void> {
  for (const chain of ['loan_1', 'loan_2', 'loan_3']) {
    const first = entryOf({ chain, id: `je_${chain}_1` });
    const second = entryAfter(first);
    await book(first, second);
    if (chain === 'loan_2') await ledger.seal();
    await book(entryAfter(second, { postings: repayment(33n) }));
  }
  await ledger.seal();
  await ledger.rollUp();
  await book(entryOf({ chain: 'loan_4', id: 'je_loan_4_1' }));
}

describe('sealing', () => {
  it('puts every committed entry into one block of its shard, each block after the one before', async () => {
    await threeLoans();
    const blocks = await ledger.exportBlocks();
    expect(blocks.map(({ shard, number, entries }) => [shard, number, entries.length])).toEqual([[7, 1, 5], [7, 2, 4]]);
    expect(blocks[1]!.previousHash).toBe(blocks[0]!.hash);
    expect(await ledger.exportBlocks({ shard: 7, after: 1 })).toEqual([blocks[1]]);
    expect(await ledger.exportBlocks({ shard: 8 })).toEqual([]);
    expect(await ledger.verify()).toEqual({ ok: true, entries: 10, sealed: 9, unsealed: 1, blocks: 2 });
    expect(await ledger.seal(7)).toEqual({ blocks: 1, entries: 1 });
    expect(await ledger.seal()).toEqual({ blocks: 0, entries: 0 });
  });

  it('takes up an entry that commits after a block in which later ones were sealed', async () => {
    let commit: () => void = () => undefined;
    let booked: () => void = () => undefined;
    const isBooked = new Promise<void>((resolve) => { booked = resolve; });
    const slow = database.db.transaction(async (tx) => {
      await ledger.book(tx, [entryOf({ chain: 'loan_slow', id: 'je_0_slow' })]);
      booked();
      await new Promise<void>((resolve) => { commit = resolve; });
    });
    await isBooked;
    await book(entryOf({ chain: 'loan_quick', id: 'je_1_quick' }));
    expect(await ledger.seal()).toEqual({ blocks: 1, entries: 1 });
    commit();
    await slow;
    expect(await ledger.seal()).toEqual({ blocks: 1, entries: 1 });
    expect((await ledger.exportBlocks()).map(({ entries }) => entries.map(({ id }) => id))).toEqual([['je_1_quick'], ['je_0_slow']]);
  });

  it('loses nothing and seals nothing twice while many write and several seal', async () => {
    let writing = true;
    const writers = Array.from({ length: 4 }, async (_, writer) => {
      let last: JournalEntry | null = null;
      for (let n = 1; n <= 30; n++) {
        last = last === null ? entryOf({ shard: writer % 2, chain: `loan_w${writer}`, id: `je_w${writer}_1` }) : entryAfter(last);
        await book(last);
      }
    });
    const sealers = Array.from({ length: 2 }, async () => {
      while (writing) await ledger.seal();
    });
    await Promise.all(writers);
    writing = false;
    await Promise.all(sealers);
    await ledger.seal();
    const ids = (await ledger.exportBlocks()).flatMap(({ entries }) => entries.map(({ id }) => id));
    expect(ids).toHaveLength(120);
    expect(new Set(ids).size).toBe(120);
    expect(await ledger.verify()).toMatchObject({ ok: true, entries: 120, sealed: 120, unsealed: 0 });
  });
});

describe('verification', () => {
  beforeEach(threeLoans);
  const tamper = (sql: string) => database.db.query(sql);
  const faultAfter = async (sql: string) => {
    await tamper(sql);
    const found = await ledger.verify();
    return found.ok ? null : found.fault;
  };

  it.each([
    ['an amount', `update ledger.posting set net_fen = net_fen + 1 where entry_id = 'je_loan_2_2' and line = 1`],
    ['amounts that still balance', `update ledger.posting set net_fen = net_fen * 2 where entry_id = 'je_loan_2_2'`],
    ['an account', `update ledger.posting set account = '6011' where entry_id = 'je_loan_2_2' and line = 2`],
    ['an entity', `update ledger.posting set entity = 'bank_b' where entry_id = 'je_loan_2_2'`],
    ['a day', `update ledger.entry set booked_on = booked_on - 1 where id = 'je_loan_2_2'`],
    ['a value day', `update ledger.entry set value_on = value_on - 1 where id = 'je_loan_2_2'`],
    ['a cause', `update ledger.entry set cause = 'evt_other' where id = 'je_loan_2_2'`],
    ['a posting less', `delete from ledger.posting where entry_id = 'je_loan_2_2' and line = 1`],
    ['a posting more', `insert into ledger.posting values (7, 'je_loan_2_2', 3, 'webank', '1002', 5)`],
    ['the kept digest', `update ledger.entry set digest = repeat('0', 64) where id = 'je_loan_2_2'`],
  ])('names the entry of which %s was changed', async (_what, sql) => {
    expect(await faultAfter(sql)).toMatchObject({ kind: 'entry_altered', shard: 7, entry: 'je_loan_2_2', chain: 'loan_2', chainSeq: 2 });
  });

  it('names the entry that was changed before it was sealed', async () => {
    expect(await faultAfter(`update ledger.posting set net_fen = net_fen * 2 where entry_id = 'je_loan_4_1'`)).toMatchObject({ kind: 'entry_altered', entry: 'je_loan_4_1' });
  });

  it('names the block of an entry that was changed with its digest', async () => {
    const [entry] = (await ledger.entriesOf('loan_3', 7)).slice(-1);
    const forged = { ...entry!, cause: 'evt_forged' };
    const sql = `update ledger.entry set cause = 'evt_forged', digest = '${ledger.digestOf(forged)}' where id = '${forged.id}'`;
    expect(await faultAfter(sql)).toMatchObject({ kind: 'entry_differs_from_block', entry: 'je_loan_3_3' });
  });

  it('names the chain that was rewritten from the middle', async () => {
    const entry = (await ledger.entriesOf('loan_3', 7))[1]!;
    const forged = { ...entry, cause: 'evt_forged' };
    await tamper(`update ledger.entry set cause = 'evt_forged', digest = '${ledger.digestOf(forged)}' where id = '${forged.id}'`);
    await tamper(`update ledger.block set entry_digests = array_replace(entry_digests, '${entry.digest}', '${ledger.digestOf(forged)}')`);
    expect(await faultAfter('select 1')).toMatchObject({ kind: 'block_altered', shard: 7, block: 2 });
  });

  it('names the entry that was dropped, first, middle or last of its chain', async () => {
    await tamper(`delete from ledger.posting where entry_id = 'je_loan_2_3'`);
    expect(await faultAfter(`delete from ledger.entry where id = 'je_loan_2_3'`)).toMatchObject({ kind: 'entry_missing', entry: 'je_loan_2_3', block: 2 });
    await tamper(`delete from ledger.posting where entry_id = 'je_loan_1_2'`);
    expect(await faultAfter(`delete from ledger.entry where id = 'je_loan_1_2'`)).toMatchObject({ kind: 'chain_broken', entry: 'je_loan_1_3', chainSeq: 3 });
  });

  it('names postings that were left without their entry', async () => {
    expect(await faultAfter(`insert into ledger.posting values (7, 'je_ghost', 1, 'webank', '1002', 5)`)).toMatchObject({ kind: 'posting_without_entry', entry: 'je_ghost' });
  });

  it('names an entry that was put in past the door', async () => {
    const ghost = entryOf({ chain: 'loan_ghost', id: 'je_ghost' });
    await book(ghost);
    expect(await faultAfter(`delete from ledger.unsealed_entry where entry_id = 'je_ghost'`)).toMatchObject({ kind: 'entry_not_sealed', entry: 'je_ghost' });
  });

  it.each([
    ['dropped from the middle', 'delete from ledger.block where number = 1', { kind: 'block_missing', block: 1 }],
    ['dropped from the end', 'delete from ledger.block where number = 2', { kind: 'entry_not_sealed' }],
    ['of another time', `update ledger.block set sealed_at = sealed_at + interval '1 second' where number = 2`, { kind: 'block_altered', block: 2 }],
    ['with an entry less', 'update ledger.block set entry_ids = entry_ids[2:], entry_digests = entry_digests[2:] where number = 2', { kind: 'block_altered', block: 2 }],
    ['with a digest more', `update ledger.block set entry_digests = entry_digests || array['x'] where number = 2`, { kind: 'block_altered', block: 2 }],
    ['with another signature', `update ledger.block set signature = repeat('0', 128) where number = 2`, { kind: 'block_signature_wrong', block: 2 }],
    ['signed by a key nobody trusts', `update ledger.block set key_id = 'ffffffffffffffff' where number = 2`, { kind: 'block_key_unknown', block: 2 }],
  ])('names the block that is %s', async (_what, sql, fault) => {
    expect(await faultAfter(sql)).toMatchObject({ shard: 7, ...fault });
  });

  it('catches a whole history sealed anew by whoever stole the key, against blocks exported earlier', async () => {
    await ledger.seal();
    const witnessed = await ledger.exportBlocks();
    await tamper('delete from ledger.roll_up_total');
    await tamper('delete from ledger.roll_up');
    await tamper('delete from ledger.block');
    await tamper(`insert into ledger.unsealed_entry select shard, id from ledger.entry`);
    await ledger.seal();
    expect(await ledger.verify()).toMatchObject({ ok: true });
    expect(await ledger.verify(witnessed)).toMatchObject({ ok: false, fault: { kind: 'block_differs_from_witness', shard: 7, block: 1 } });
  });

  it('catches an end cut off without a trace, against blocks exported earlier', async () => {
    await ledger.seal();
    const witnessed = await ledger.exportBlocks();
    await tamper(`delete from ledger.block where number = 3`);
    await tamper(`delete from ledger.posting where entry_id = 'je_loan_4_1'`);
    await tamper(`delete from ledger.entry where id = 'je_loan_4_1'`);
    expect(await ledger.verify()).toMatchObject({ ok: true });
    expect(await ledger.verify(witnessed)).toMatchObject({ ok: false, fault: { kind: 'block_missing', shard: 7, block: 3 } });
  });

  it('catches a total that was rolled up wrong', async () => {
    expect(await faultAfter(`update ledger.roll_up_total set debit_fen = debit_fen + 1 where entity = 'webank' and account = '1002'`)).toMatchObject({ kind: 'roll_up_differs', shard: 7 });
    expect(await faultAfter(`delete from ledger.roll_up_total where entity = 'webank' and account = '1002'`)).toMatchObject({ kind: 'roll_up_differs', shard: 7 });
  });
});

describe('the sealing key', () => {
  let dataDir: string;
  beforeEach(() => { dataDir = mkdtempSync(join(tmpdir(), 'ledger-key-')); });
  afterEach(() => { rmSync(dataDir, { recursive: true }); });

  it('is made on the first run, readable by its owner only, and found again', async () => {
    const first = sealingKeyFrom({ dataDir });
    expect(sealingKeyFrom({ dataDir }).keyId).toBe(first.keyId);
    expect(statSync(join(dataDir, 'keys', 'ledger-sealing.pem')).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(dataDir, 'keys')).sort()).toEqual([`ledger-${first.keyId}.pub.pem`, 'ledger-sealing.pem']);
  });

  it('may be replaced: blocks signed with the key before it still verify', async () => {
    ledger = ledgerWith(sealingKeyFrom({ dataDir }));
    await book(entryOf());
    await ledger.seal();
    rmSync(join(dataDir, 'keys', 'ledger-sealing.pem'));
    ledger = ledgerWith(sealingKeyFrom({ dataDir }));
    await book(entryOf({ chain: 'loan_2', id: 'je_2' }));
    await ledger.seal();
    const blocks = await ledger.exportBlocks();
    expect(new Set(blocks.map(({ keyId }) => keyId)).size).toBe(2);
    expect(await ledger.verify()).toMatchObject({ ok: true, blocks: 2 });
    expect(await ledgerWith(passingSealingKey()).verify()).toMatchObject({ ok: false, fault: { kind: 'block_key_unknown', block: 1 } });
  });

  it('is refused when it is no Ed25519 key', () => {
    expect(() => sealingKeyFrom({ dataDir, privateKeyPem: 'no key' })).toThrow();
  });

  it('seals at the time of the business clock', async () => {
    await book(entryOf());
    await ledger.seal();
    expect((await ledger.exportBlocks())[0]!.sealedAt).toBe(instant(Date.UTC(2026, 9, 7, 16)));
  });
});
