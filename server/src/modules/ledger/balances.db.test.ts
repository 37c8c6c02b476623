import { addDays, businessDate } from '@mingdai/loan-math';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { startOf } from '../../kernel/instant.ts';
import { BANK_B, entryAfter, entryOf, repayment } from './examples.ts';
import { ACCOUNTS, clearingWith, createLedger, passingSealingKey, type Balance, type JournalEntry, type Ledger } from './index.ts';

const DAY_1 = businessDate('2026-10-08');
let database: TestDatabase;
let ledger: Ledger;
beforeAll(async () => {
  database = await testDatabase();
  ledger = createLedger({ db: database.db, clock: { now: () => startOf(DAY_1), today: () => DAY_1 }, sealingKey: passingSealingKey(), entities: [BANK_B] });
});
afterAll(() => database.drop());

async function book(entries: readonly JournalEntry[]): Promise<void> {
  const booked = await database.db.transaction((tx) => ledger.book(tx, entries));
  expect(booked.ok).toBe(true);
}

/** A chain that pays out on its first day and repays `amounts` on the days after. */
function loan(chain: string, shard: number, amounts: readonly bigint[]): readonly JournalEntry[] {
  const entries = [entryOf({ shard, chain, id: `je_${chain}_1` })];
  for (const amount of amounts) {
    const before = entries.at(-1)!;
    entries.push(entryAfter(before, { bookedOn: addDays(before.bookedOn, 1), postings: repayment(amount) }));
  }
  return entries;
}

function netsPerEntity(rows: readonly Balance[]): readonly bigint[] {
  return [...Map.groupBy(rows, ({ entity }) => entity).values()].map((of) => of.reduce((sum, { netFen }) => sum + netFen, 0n));
}

describe('the trial balance', () => {
  it('shows what was debited and credited on every account, and is zero for every entity', async () => {
    await book(loan('loan_tb', 3, [1_000n, 2_000n]));
    expect(await ledger.trialBalance(addDays(DAY_1, 1))).toEqual([
      { entity: 'bank_b', account: clearingWith('webank'), name: 'Clearing with another entity (due from, due to)', nameZh: '同业往来（应收应付）', kind: 'asset', normal: 'debit', debitFen: 0n, creditFen: 700_000n, netFen: -700_000n },
      { entity: 'bank_b', account: ACCOUNTS.loanPrincipal, name: 'Loan principal', nameZh: '贷款本金', kind: 'asset', normal: 'debit', debitFen: 700_000n, creditFen: 0n, netFen: 700_000n },
      { entity: 'webank', account: ACCOUNTS.cashAtBank, name: 'Cash at bank (settlement account)', nameZh: '银行存款（结算户）', kind: 'asset', normal: 'debit', debitFen: 1_000n, creditFen: 1_000_000n, netFen: -999_000n },
      { entity: 'webank', account: clearingWith('bank_b'), name: 'Clearing with another entity (due from, due to)', nameZh: '同业往来（应收应付）', kind: 'asset', normal: 'debit', debitFen: 700_000n, creditFen: 0n, netFen: 700_000n },
      { entity: 'webank', account: ACCOUNTS.loanPrincipal, name: 'Loan principal', nameZh: '贷款本金', kind: 'asset', normal: 'debit', debitFen: 300_000n, creditFen: 1_000n, netFen: 299_000n },
    ]);
    expect(netsPerEntity(await ledger.trialBalance())).toEqual([0n, 0n]);
    expect(await ledger.trialBalance(addDays(DAY_1, -1))).toEqual([]);
  });

  it('can be asked for one shard, entity or account, and chain by chain', async () => {
    await book(loan('loan_f', 4, [300n]));
    expect(await ledger.balances({ shard: 4, entity: 'webank', account: ACCOUNTS.cashAtBank })).toEqual([
      { entity: 'webank', account: ACCOUNTS.cashAtBank, debitFen: 300n, creditFen: 1_000_000n, netFen: -999_700n },
    ]);
    expect(await ledger.chainBalances(4, [ACCOUNTS.loanPrincipal])).toEqual([
      { chain: 'loan_f', entity: 'bank_b', account: ACCOUNTS.loanPrincipal, netFen: 700_000n },
      { chain: 'loan_f', entity: 'webank', account: ACCOUNTS.loanPrincipal, netFen: 299_700n },
    ]);
  });

  it('says the same before sealing, after it, after rolling up, and with late entries on top', async () => {
    const days = [0, 1, 2, 3].map((n) => addDays(DAY_1, n));
    const all = () => Promise.all(days.map((day) => ledger.trialBalance(day)));
    await book(loan('loan_r', 5, [10n, 20n, 30n]));
    const before = await all();
    await ledger.seal();
    expect(await all()).toEqual(before);
    expect(await ledger.rollUp()).toBeGreaterThan(0);
    expect(await all()).toEqual(before);
    expect(await ledger.rollUp()).toBe(0);

    await book([entryOf({ shard: 5, chain: 'loan_late', id: 'je_late', bookedOn: DAY_1, postings: repayment(77n) })]);
    const late = await all();
    const cashOn = (rows: readonly Balance[]) => rows.find(({ entity, account }) => entity === 'webank' && account === ACCOUNTS.cashAtBank)!.netFen;
    expect(late.map(cashOn)).toEqual(before.map((rows) => cashOn(rows) + 77n));
    await ledger.seal();
    expect(await all()).toEqual(late);
    await ledger.rollUp();
    expect(await all()).toEqual(late);
    expect(await ledger.verify()).toMatchObject({ ok: true });
  });

  it('is rolled up once when two roll up at the same time', async () => {
    await book(loan('loan_two', 6, [5n]));
    const before = await ledger.trialBalance();
    await ledger.seal();
    await Promise.all([ledger.rollUp(), ledger.rollUp(), ledger.rollUp()]);
    expect(await ledger.trialBalance()).toEqual(before);
  });
});

describe('for any loans', () => {
  let runs = 0;
  const loans = fc.array(fc.record({ shard: fc.integer({ min: 0, max: 3 }), amounts: fc.array(fc.bigInt({ min: 1n, max: 1_000_000n }), { maxLength: 4 }) }), { minLength: 1, maxLength: 6 });

  /** The entries of all chains, mixed by `order`, each chain still in its own order. */
  function mixed(chains: readonly (readonly JournalEntry[])[], order: readonly number[]): readonly JournalEntry[] {
    const left = chains.map((chain) => [...chain]);
    const out: JournalEntry[] = [];
    for (let i = 0; left.some((chain) => chain.length > 0); i++) {
      const open = left.filter((chain) => chain.length > 0);
      out.push(open[(order[i % order.length] ?? 0) % open.length]!.shift()!);
    }
    return out;
  }

  it('the balances do not depend on the order in which chains were booked, or on how much is sealed and rolled up', async () => {
    await fc.assert(fc.asyncProperty(loans, fc.array(fc.nat(50), { minLength: 1, maxLength: 20 }), fc.array(fc.constantFrom('book', 'seal', 'roll'), { maxLength: 12 }), async (made, order, steps) => {
      const run = ++runs;
      const before = new Map((await ledger.balances()).map((row) => [`${row.entity} ${row.account}`, row.netFen]));
      const chains = made.map(({ shard, amounts }, i) => loan(`loan_p${run}_${i}`, shard, amounts));
      const queue = [...mixed(chains, order)];
      for (const step of steps) {
        if (step === 'book' && queue.length > 0) await book([queue.shift()!]);
        if (step === 'seal') await ledger.seal();
        if (step === 'roll') await ledger.rollUp();
      }
      if (queue.length > 0) await book(queue);
      const rows = await ledger.balances();
      const moved = new Map(rows.map((row) => [`${row.entity} ${row.account}`, row.netFen - (before.get(`${row.entity} ${row.account}`) ?? 0n)]));
      const expected = new Map<string, bigint>();
      for (const { entity, account, netFen } of chains.flat().flatMap(({ postings }) => postings)) {
        expected.set(`${entity} ${account}`, (expected.get(`${entity} ${account}`) ?? 0n) + netFen);
      }
      for (const [key, net] of moved) expect(net).toBe(expected.get(key) ?? 0n);
      for (const net of netsPerEntity(rows)) expect(net).toBe(0n);
    }), { numRuns: 25 });
    expect(await ledger.verify()).toMatchObject({ ok: true });
  });
});
