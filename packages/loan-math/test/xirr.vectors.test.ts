import { describe, expect, it } from 'vitest';
import { businessDate, divideHalfUp, fixedOf, irr, xirr, type Fixed, type Xirr, type XirrBasis } from '../src/index.ts';
import { decimalOf, skippedOf } from './decimal.ts';
import vectors from './vectors/xirr.json' with { type: 'json' };

type Case = {
  readonly id: string; readonly type: string; readonly basis: string; readonly verified: boolean; readonly tolerance?: string;
  readonly cashFlows: readonly { readonly date?: string; readonly period?: number; readonly amount: string }[];
  readonly expected: { readonly rate?: string; readonly rateExact?: string; readonly error?: string };
  readonly independent: { readonly roots?: readonly string[] };
};

const BASES: Readonly<Record<string, XirrBasis>> = { 'act/365F': 'act/365F', 'act/360': 'act/360', '30/360 SIA': '30/360_us', '30E/360': '30E/360', 'act/act ISDA': 'act/act_isda' };
const AMOUNT_DIGITS = 14;
const amountOf = (text: string): bigint => divideHalfUp(decimalOf(text), 10n ** BigInt(40 - AMOUNT_DIGITS));

function found(c: Case): Xirr {
  if (c.type === 'irr-periodic') {
    const amounts: bigint[] = [];
    for (const { period, amount } of c.cashFlows) amounts[period!] = amountOf(amount);
    return irr(amounts);
  }
  const basis = BASES[c.basis];
  if (basis === undefined) throw new Error(`no basis ${c.basis}`);
  return xirr(c.cashFlows.map(({ date, amount }) => ({ on: businessDate(date!), amount: amountOf(amount) })), basis);
}

const ratesOf = (result: Xirr): readonly Fixed[] => (result.kind === 'none' ? [] : result.kind === 'one' ? [result.rate] : result.rates);

/** Within 15 of the 17 figures printed. */
function expectExact(actual: Fixed, text: string): void {
  const wanted = decimalOf(text);
  const size = wanted < 0n ? -wanted : wanted;
  const off = actual > wanted ? actual - wanted : wanted - actual;
  expect(off <= size / 10n ** 15n + fixedOf(1n, 10n ** 17n)).toBe(true);
}

function check(c: Case): void {
  const result = found(c);
  if (c.expected.error !== undefined) {
    expect(result.kind).toBe('none');
    if (result.kind === 'none' && c.expected.error === 'invalid-same-sign') expect(result.why).toBe('same_sign');
    return;
  }
  const rates = ratesOf(result);
  const roots = c.independent.roots ?? [c.expected.rateExact!];
  expect(rates).toHaveLength(roots.length);
  expect(result.kind).toBe(roots.length === 1 ? 'one' : 'several');
  for (const [i, root] of roots.entries()) expectExact(rates[i]!, root);
  const published = decimalOf(c.expected.rate!);
  const off = rates.map((rate) => (rate > published ? rate - published : published - rate));
  expect(off.some((distance) => distance <= decimalOf(c.tolerance!))).toBe(true);
}

const skipped = skippedOf('xirr');
const run = (vectors.cases as unknown as readonly Case[]).filter((c) => c.verified && !skipped.includes(c.id));

describe('published rates of irregular and periodic flows', () => {
  for (const c of run) it(`${c.id}: ${c.expected.error ?? c.expected.rate}`, () => check(c));
  it('are all run, or named with a reason', () => {
    expect(run.length + skipped.length).toBe(79);
    expect(skipped.every((id) => vectors.cases.some((c) => c.id === id))).toBe(true);
  });
});
