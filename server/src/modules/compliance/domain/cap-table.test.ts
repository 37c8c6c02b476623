import { businessDate } from '@mingdai/loan-math';
import { describe, expect, it } from 'vitest';
import caps from '../data/caps.json' with { type: 'json' };
import lpr from '../data/lpr.json' with { type: 'json' };
import { blockingCap, loadCapTable, warningCaps, type CapRowDocument, type LenderType } from './cap-table.ts';

const table = loadCapTable(caps.rows, lpr.rows);
const row = (changes: Partial<CapRowDocument>): CapRowDocument => ({ rule: 'X', lender_type: 'bank', action: 'block', from: '2026-01-01', through: null, max_term_months: null, cap: { kind: 'fixed', ppm: '240000' }, ...changes });

// docs/specs/price-cap.md §1: the ceiling by lender type, day and term.
const ceilings: readonly (readonly [LenderType, string, number, string, bigint])[] = [
  ['bank', '2025-09-30', 12, 'RATE-021', 240_000n],
  ['bank', '2025-10-01', 12, 'RATE-011', 240_000n],
  ['bank', '2030-01-01', 24, 'RATE-011', 240_000n],
  ['consumer_finance', '2026-10-08', 12, 'RATE-011', 240_000n],
  ['microloan', '2025-12-18', 12, 'RATE-021', 240_000n],
  ['microloan', '2025-12-19', 12, 'RATE-016', 240_000n],
  ['microloan', '2027-12-31', 12, 'RATE-016', 240_000n],
  ['microloan', '2028-01-01', 12, 'RATE-019', 120_000n],
  ['microloan', '2028-01-01', 2, 'RATE-019', 120_000n],
  ['microloan', '2028-01-01', 1, 'RATE-017', 240_000n],
];

describe('the ceiling of a price', () => {
  it.each(ceilings)('of a %s on %s for %i months is rule %s', (lenderType, on, months, rule, capPpm) => {
    expect(blockingCap(table, lenderType, businessDate(on), months)).toMatchObject({ rule, capPpm });
  });

  it('says from which prime rate a multiple follows', () => {
    expect(blockingCap(table, 'microloan', businessDate('2028-06-01'), 12)?.basis).toEqual({ times: 4n, lprPpm: 30_000n, lprSince: businessDate('2025-05-20') });
  });

  it('follows the prime rate from the day it changes', () => {
    const moved = loadCapTable(caps.rows, [...lpr.rows, { from: '2028-05-20', ppm: '28000' }]);
    expect(blockingCap(moved, 'microloan', businessDate('2028-05-19'), 12)?.capPpm).toBe(120_000n);
    expect(blockingCap(moved, 'microloan', businessDate('2028-05-20'), 12)?.capPpm).toBe(112_000n);
  });

  it('is unknown before the first rule: nothing may be sold', () => {
    expect(blockingCap(table, 'bank', businessDate('2017-08-03'), 12)).toBeNull();
  });

  it('is unknown when it is a multiple of a prime rate nobody has published', () => {
    const early = loadCapTable([row({ lender_type: 'microloan', from: '2020-01-01', cap: { kind: 'times_lpr', times: '4' } })], lpr.rows);
    expect(blockingCap(early, 'microloan', businessDate('2025-05-19'), 12)).toBeNull();
  });

  it('warns consumer-finance companies from 20 % on, and only them (RATE-020)', () => {
    expect(warningCaps(table, 'consumer_finance', businessDate('2026-10-08'), 12)).toMatchObject([{ rule: 'RATE-020', capPpm: 200_000n }]);
    expect(warningCaps(table, 'bank', businessDate('2026-10-08'), 12)).toEqual([]);
  });
});

describe('a wrong table stops the start', () => {
  it.each([
    ['a lender type nobody knows', row({ lender_type: 'platform' }), 'known type of lender'],
    ['a cap above the hard stop of 36 % (RATE-024)', row({ cap: { kind: 'fixed', ppm: '360001' } }), '360000'],
    ['a cap that is neither figure nor multiple', row({ cap: { kind: 'guess' } }), 'a figure or a multiple'],
    ['an action nobody knows', row({ action: 'allow' }), 'blocks or warns'],
  ])('%s', (_, wrong, message) => {
    expect(() => loadCapTable([wrong], lpr.rows)).toThrow(message);
  });

  it('two caps of one kind on one day', () => {
    expect(() => loadCapTable([row({ rule: 'A', through: '2026-06-30' }), row({ rule: 'B', from: '2026-06-30' })], lpr.rows)).toThrow('overlap');
    expect(() => loadCapTable([row({ rule: 'A', through: '2026-06-30' }), row({ rule: 'B', from: '2026-07-01' })], lpr.rows)).not.toThrow();
  });

  it('a multiple that passes the hard stop is caught when it is asked', () => {
    const wild = loadCapTable([row({ cap: { kind: 'times_lpr', times: '13' } })], lpr.rows);
    expect(() => blockingCap(wild, 'bank', businessDate('2026-10-08'), 12)).toThrow('360000');
  });
});
