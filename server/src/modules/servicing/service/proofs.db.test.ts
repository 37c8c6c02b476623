import { businessDate, fen } from '@mingdai/loan-math';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { harness, provesOut, type Harness } from '../../../../test/support/servicing.ts';
import { by, contractOf, DAILY_12 } from '../examples.ts';

// A proof that cannot fail proves nothing: each is shown one thing altered behind the program's back.
let h: Harness;
beforeEach(async () => {
  h = await harness();
  await h.lend(contractOf('li', { terms: DAILY_12 }));
  await h.lend(contractOf('wang'));
  h.on('2026-11-20');
  await h.servicing.closeDay(businessDate('2026-11-20'), by('close', h.now()));
  await provesOut(h);
});
afterEach(() => h.database.drop());

const alter = (sql: string): Promise<unknown> => h.database.db.transaction((tx) => tx.query(sql));

describe('a proof', () => {
  it('of the fold notices a stored balance that was changed', async () => {
    await alter(`update servicing.loan set principal_outstanding_fen = principal_outstanding_fen - 1 where id = (select min(id) from servicing.loan)`);
    expect(await h.servicing.refold('all')).toMatchObject({ isEqual: false, loans: 2, differing: [expect.stringMatching(/^loan_/)] });
  });

  it('of the fold notices an event that was slipped in', async () => {
    await alter(`insert into servicing.loan_event select shard, loan_id, sequence + 10, 'evt_x', 'repayment_received', value_on, booked_at, '{"amount_fen":"100"}' from servicing.loan_event where kind = 'disbursed'`);
    expect((await h.servicing.refold('all')).differing).toHaveLength(2);
  });

  it('of the sub-ledger names the loan and the account of a posting that was changed', async () => {
    await alter(`update ledger.posting set net_fen = net_fen + 7 where account = '1132' and entity = 'bank_b' and (shard, entry_id) = (select shard, id from ledger.entry where kind = 'fell_due' order by shard, id limit 1)`);
    const proof = await h.servicing.subLedger();
    expect(proof.isEqual).toBe(false);
    expect(proof.differences.map(({ entity, account, ledgerFen, loanFen }) => [entity, account, ledgerFen - loanFen])).toEqual([['bank_b', '1132', 7n]]);
  });

  it('of the pools notices a delta that is gone, and income that was booked twice', async () => {
    await alter(`delete from servicing.pool_delta where (shard, loan_id, loan_version, line) = (select shard, loan_id, loan_version, line from servicing.pool_delta where slope <> 0 order by shard, loan_id, loan_version, line limit 1)`);
    expect((await h.servicing.poolProof()).isEqual).toBe(false);
    await alter(`update ledger.posting set net_fen = net_fen * 2 where account in ('1135', '6011')`);
    expect((await h.servicing.poolProof()).ledger.some((row) => row.ledgerFen !== row.poolsFen)).toBe(true);
  });

  it('of a part of the loans folds as many as asked', async () => {
    expect(await h.servicing.refold(1)).toEqual({ isEqual: true, loans: 1, differing: [] });
  });
});

describe('the portfolio report', () => {
  it('counts loans and money on any day, and gives each funder its column', async () => {
    await h.transfer((await h.servicing.loansOf(contractOf('li').customerId))[0]!.id, { id: 'tr', amountFen: 104_500n });
    const then = await h.servicing.report(businessDate('2026-10-31'));
    expect(then).toMatchObject({ loans: { active: 2 }, disbursed: 2_400_000n, received: 0n, principalOutstanding: 2_400_000n, principalOverdue: 0n });
    expect(then.buckets.filter(({ loans }) => loans > 0)).toEqual([{ bucket: 'current', loans: 2, principal: fen(2_400_000n) }]);
    const now = await h.servicing.report();
    expect(now.buckets.filter(({ loans }) => loans > 0).map(({ bucket, loans }) => [bucket, loans])).toEqual([['current', 1], ['M1', 1]]);
    expect(now.received).toBe(104_500n);
    const [bankB, webank] = now.funders;
    expect([bankB!.funder, bankB!.disbursed, webank!.funder, webank!.disbursed]).toEqual(['bank_b', 1_920_000n, 'webank', 480_000n]);
    expect(bankB!.interestEarned).toBeGreaterThan(webank!.interestEarned * 3n);
  });
});
