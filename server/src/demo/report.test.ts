import { describe, expect, it } from 'vitest';
import { compareBooks, proofLines, type Books, type Evidence } from './proofs.ts';
import { spread } from './recompute.ts';
import { funnelOf, reasonsOf, type DemoReport } from './report.ts';
import { reportLines } from './report-text.ts';
import type { DemoApplicant } from './cast.ts';

const report: DemoReport = {
  seed: '2026', from: '2026-10-08', through: '2027-10-07',
  funnel: [{ stage: 'applied', count: 1000 }, { stage: 'paid out', count: 612 }],
  reasons: [{ reason: 'declined: not_invited (invitation)', count: 301 }, { reason: 'closed: identity_failed', count: 12 }],
  offers: { made: 640, lowest_ppm: '73005', median_ppm: '146100', highest_ppm: '182500', cap_ppm: '240000', cap_rule: 'RATE-011' },
  portfolio: {
    loans: { active: 500, settled: 112, cancelled: 0, awaiting_disbursement: 0 },
    disbursed_fen: '4512345600', received_fen: '2000000001', refund_liability_fen: '7',
    principal_outstanding_fen: '2712345600', principal_overdue_fen: '91000', interest_charged_fen: '200000', interest_paid_fen: '199999', penalty_charged_fen: '12', penalty_paid_fen: '0',
    buckets: [{ bucket: 'current', loans: 480, principal_fen: '2600000000' }, { bucket: 'M1', loans: 20, principal_fen: '112345600' }],
    funders: [{ funder: 'webank', disbursed_fen: '4512345600', principal_outstanding_fen: '2712345600', interest_earned_fen: '200000', penalty_earned_fen: '12', due_from_lender_fen: '0' }],
  },
  close: { days: 365, days_not_balanced: [] },
  proofs: { all_hold: true, lines: [{ what: 'no entry altered, dropped or added', holds: true, detail: 'digests, chains, seals' }] },
  trial_balance: [{ entity: 'webank', debit_fen: '123456789', credit_fen: '123456789', net_fen: '0' }],
};

const holding: Evidence = {
  daysClosed: 365, unbalanced: [],
  proofs: { trial_balance: { holds: true }, sub_ledger: { holds: true, loans: 612 }, refold: { holds: true, loans: 612 }, pools: { holds: true }, ledger_chains: { holds: true } },
  bank: { isEqual: true, detail: '1 lines' },
  naive: { loans: 200, differing: [] },
};

describe('the demo’s report', () => {
  it('is a page a lender reads', async () => {
    await expect(`${reportLines(report).join('\n')}\n`).toMatchFileSnapshot('report.golden.txt');
  });

  it('says it loudly when something does not add up', () => {
    const text = reportLines({ ...report, proofs: { all_hold: false, lines: [{ what: 'a thing', holds: false, detail: 'off by 1' }] } });
    expect(text).toContain('  NO   a thing (off by 1)');
    expect(text.at(-1)).toBe('SOMETHING DOES NOT ADD UP.');
  });
});

describe('the proofs of the demo', () => {
  it('hold when everything holds', () => {
    expect(proofLines(holding).every(({ holds }) => holds)).toBe(true);
  });

  it.each<[string, Partial<Evidence>, string]>([
    ['one day did not balance', { unbalanced: ['2026-11-11'] }, '365 days, not: 2026-11-11'],
    ['the trial balance is off', { proofs: { ...holding.proofs, trial_balance: { holds: false } } }, '365 days'],
    ['a loan is not what its entries say', { proofs: { ...holding.proofs, sub_ledger: { holds: false, loans: 612 } } }, '612 loans'],
    ['a loan folds to something else', { proofs: { ...holding.proofs, refold: { holds: false, loans: 612 } } }, '612 loans'],
    ['a pool lost a fen', { proofs: { ...holding.proofs, pools: { holds: false } } }, 'exact'],
    ['a chain is broken', { proofs: { ...holding.proofs, ledger_chains: { holds: false } } }, 'digests, chains, seals'],
    ['the bank says something else', { bank: { isEqual: false, detail: 'bank 1.00, payments 2.00' } }, 'bank 1.00, payments 2.00'],
    ['the naive computation differs', { naive: { loans: 200, differing: ['a', 'b', 'c', 'd'] } }, '200 loans, differing: a; b; c'],
  ])('fail, alone and by name, when %s', (_, doctored, detail) => {
    const failing = proofLines({ ...holding, ...doctored }).filter(({ holds }) => !holds);
    expect(failing.map((line) => line.detail)).toEqual([detail]);
  });
});

describe('the bank’s book and ours', () => {
  const books: Books = {
    bank: [{ kind: 'deposit', amount_fen: '999' }, { kind: 'payout', amount_fen: '-1000' }, { kind: 'debit', amount_fen: '300' }, { kind: 'debit_return', amount_fen: '-300' }, { kind: 'transfer_in', amount_fen: '50' }],
    payments: [{ kind: 'payout', count: 1, amount_fen: '1000' }, { kind: 'debit', count: 1, amount_fen: '300' }, { kind: 'debit_return', count: 1, amount_fen: '300' }, { kind: 'transfer_in', count: 1, amount_fen: '50' }],
    cashFen: -950n,
  };
  it('agree to the fen and to the line', () => {
    expect(compareBooks(books)).toEqual({ isEqual: true, detail: '4 lines; bank -9.50, payments -9.50, ledger -9.50' });
  });

  it.each<[string, Partial<Books>]>([
    ['a fen in the ledger', { cashFen: -949n }],
    ['a fen at the bank', { bank: [...books.bank.slice(0, 4), { kind: 'transfer_in', amount_fen: '51' }] }],
    ['a fen in payments', { payments: [...books.payments.slice(0, 3), { kind: 'transfer_in', count: 1, amount_fen: '49' }] }],
    ['a pair that nets to nothing', { bank: [...books.bank, { kind: 'debit', amount_fen: '5' }, { kind: 'debit_return', amount_fen: '-5' }] }],
  ])('differ by %s', (_, doctored) => {
    expect(compareBooks({ ...books, ...doctored }).isEqual).toBe(false);
  });
});

describe('the funnel', () => {
  const applied = (application: Record<string, unknown>) => ({ ended: { end: 'application', id: 'app', application } }) as unknown as DemoApplicant;
  const approve = { outcome: 'approve', reasons: [] };
  const offer = { all_in_cost_ppm: '146100' };
  const cast = [
    applied({ status: 'completed', decision: approve, offer }),
    applied({ status: 'offered', decision: approve, offer }),
    applied({ status: 'closed', close_reason: 'identity_failed', decision: approve, offer: null }),
    applied({ status: 'closed', close_reason: 'declined', decision: { outcome: 'decline', reasons: [{ code: 'not_invited', name: 'invitation' }] }, offer: null }),
    { ended: { end: 'refused', code: 'amount_outside_product' } } as unknown as DemoApplicant,
  ];
  it('counts how far each came', () => {
    expect(funnelOf(cast).map(({ stage, count }) => `${stage} ${count}`)).toEqual(['applied 5', 'decided 4', 'approved 3', 'offered 3', 'identified 1', 'signed 1', 'paid out 1']);
  });

  it('says why the others got nothing', () => {
    expect(reasonsOf(cast).map(({ reason }) => reason)).toEqual(['closed: identity_failed', 'declined: not_invited (invitation)', 'left the offer open: it ran out', 'refused at the door: amount_outside_product']);
  });
});

describe('a sample of loans', () => {
  it('reaches from the first to the last, evenly', () => {
    expect(spread([1, 2, 3], 5)).toEqual([1, 2, 3]);
    expect(spread([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 4)).toEqual([0, 2, 5, 7]);
  });
});
