import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { emptyBehaviourReport, emptyBureauReport } from '../domain/evidence.ts';
import { decodeBehaviour } from './behaviour/gateway.ts';
import { decodeBureau } from './bureau/gateway.ts';

const sources = {
  bureau: { decode: decodeBureau, empty: emptyBureauReport, figure: { overdue_now_fen: 0n, installment_balance_fen: 769_300n, enquiries_12m: 3 } },
  behaviour: { decode: decodeBehaviour, empty: emptyBehaviourReport, figure: { annual_income_fen: 24_500_000n, income_years: 5, income_evidence: 'none' } },
} as const;

describe.each(['bureau', 'behaviour'] as const)('a recorded reply of the %s source', (source) => {
  const { decode, empty, figure } = sources[source];
  const said = (name: string) => decode('evd_1', JSON.parse(readFileSync(join(import.meta.dirname, source, 'recorded', `${name}.json`), 'utf8')) as { status: number; body: unknown });

  it('found: every figure with its unit', () => expect(said('found')).toMatchObject({ kind: 'report', status: 'found', report: figure }));

  it('with figures nobody asked for: they are not kept', () => {
    const outcome = said('found-with-more');
    expect(outcome).toEqual(said('found'));
    expect(JSON.stringify(Object.keys(outcome.kind === 'report' ? outcome.report : {}))).not.toMatch(/religion|phone/);
  });

  it.each(['thin', 'thin-empty'])('%s: what is absent or null is unknown, nothing is made up', (name) => expect(said(name)).toEqual({ kind: 'report', status: 'thin', report: empty }));
  it('not found: an answer, not a failure', () => expect(said('not-found')).toEqual({ kind: 'report', status: 'not_found', report: empty }));

  it.each([
    ['found-nothing-in-it', 'found, and nothing in it'], ['text-for-number', /^unreadable figure/], ['number-for-amount', /^unreadable figure .*_fen$/], ['absurd', /^unreadable figure .*_fen$/],
    ['other-report', 'reply to another question'], ['unknown-status', 'unreadable reply'], ['garbage', 'unreadable reply'], ['nothing', 'unreadable reply'],
    ['refused', 'http 403'], ['broken', 'http 500'], ['same-id-other-content', 'http 409'],
  ])('%s: unknown', (name, seen) => {
    const outcome = said(name);
    expect(outcome.kind).toBe('unknown');
    if (outcome.kind === 'unknown') expect(outcome.seen).toMatch(seen);
  });
});
