import { businessDate, fen } from '@mingdai/loan-math';
import { describe, expect, it } from 'vitest';
import { presentQuote, productNamed, quoteLines, quoteLoan, type QuoteAsked } from './loan-quote.ts';

const asked: QuoteAsked = { product: productNamed('weilidai')!, amount: fen(1_200_000n), months: 12, method: 'level_installment', ratePpm: 72_000n, basis: 'monthly', startOn: businessDate('2026-10-08') };
const quoted = (changes: Partial<QuoteAsked> = {}) => {
  const quote = quoteLoan({ ...asked, ...changes });
  if (!quote.ok) throw new Error(quote.error.code);
  return quote.value;
};

describe('a quote', () => {
  it('shows each installment, each yearly cost and the cap', async () => {
    const pages = [quoted(), quoted({ basis: 'act_360', method: 'interest_first', months: 6, ratePpm: 180_000n }), quoted({ ratePpm: 245_000n })];
    await expect(`${pages.flatMap((page) => [...quoteLines(page), '', '-----', '']).join('\n')}\n`).toMatchFileSnapshot('loan-quote.golden.txt');
  });

  it('as JSON says the same in fen and ppm', () => {
    const quote = presentQuote(quoted());
    expect(quote).toMatchObject({ product_code: 'weilidai', amount_fen: '1200000', annual_rate_ppm: '72000', start_on: '2026-10-08', interest_fen: '47315', total_fen: '1247315', cap: { is_within: true, rule: 'RATE-011', cap_ppm: '240000' } });
    expect(quote.schedule[0]).toEqual({ number: 1, due_on: '2026-11-08', principal_fen: '96743', interest_fen: '7200', total_fen: '103943' });
    expect(quote.schedule.reduce((sum, row) => sum + BigInt(row.principal_fen), 0n)).toBe(1_200_000n);
  });

  it('above the cap names rule, figure and measure; before any cap rule, that there is none', () => {
    expect(presentQuote(quoted({ ratePpm: 300_000n })).cap).toMatchObject({ is_within: false, code: 'price_above_cap', rule: 'RATE-011', cap_ppm: '240000' });
    expect(presentQuote(quoted({ startOn: businessDate('1950-01-01') })).cap).toMatchObject({ is_within: false, code: 'no_cap_rule' });
    expect(quoteLines(quoted({ startOn: businessDate('1950-01-01') })).at(-1)).toBe('MAY NOT BE CHARGED: no_cap_rule (RATE-027).');
  });

  it('of terms no loan can have is refused by name', () => {
    expect(quoteLoan({ ...asked, months: 481 })).toMatchObject({ ok: false, error: { code: 'months_out_of_range' } });
    expect(quoteLoan({ ...asked, amount: fen(0n) })).toMatchObject({ ok: false, error: { code: 'principal_out_of_range' } });
  });
});
