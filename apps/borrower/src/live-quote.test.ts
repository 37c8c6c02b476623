import type { ProductReply } from '@mingdai/contract';
import { describe, expect, it } from 'vitest';
import { firstWish, liveQuote, withMethod, type Wish } from './live-quote.ts';

const product = {
  amount: { min_fen: '50000', max_fen: '20000000', step_fen: '100' },
  annual_rate: { min_ppm: '72000', max_ppm: '180000', basis: 'act_360' },
  offerings: [{ method: 'level_installment', months: [6, 12, 24] }, { method: 'interest_first', months: [6, 12] }],
  grace_days: 0,
} as unknown as ProductReply;
const wish: Wish = { amountFen: 1_200_000n, months: 12, method: 'level_installment', purpose: '' };

describe('the quote the page computes by itself', () => {
  // docs/specs/price-cap.md §2: 12,000.00 yuan from 2026-10-08.
  it.each([
    ['level_installment', 72_000n, 73_001n],
    ['level_installment', 180_000n, 182_501n],
    ['interest_first', 180_000n, 182_500n],
    ['level_installment', 236_520n, 239_804n],
    ['interest_first', 240_000n, 243_334n],
  ] as const)('costs by %s at %s ppm what the spec page says: %s ppm', (method, rate, cost) => {
    expect(liveQuote(product, { ...wish, method }, rate, '2026-10-08')?.annualCostPpm).toBe(cost);
  });

  it('repays the principal, and its total is principal and interest', () => {
    const quote = liveQuote(product, wish, 90_000n, '2026-10-08')!;
    expect(quote.rows.reduce((sum, row) => sum + row.principal, 0n)).toBe(1_200_000n);
    expect(quote.total).toBe(1_200_000n + quote.interest);
    expect(quote.rows).toHaveLength(12);
  });

  it('is none while the amount is outside what the product allows', () => {
    expect(liveQuote(product, { ...wish, amountFen: 49_900n }, 90_000n, '2026-10-08')).toBeNull();
    expect(liveQuote(product, { ...wish, amountFen: 20_000_100n }, 90_000n, '2026-10-08')).toBeNull();
  });
});

describe('a wish', () => {
  it('begins with nothing chosen that costs more than it must: a middle amount, twelve months, no purpose', () => {
    expect(firstWish(product)).toEqual(wish);
  });

  it('keeps its months when the method changes, or takes the nearest shorter ones', () => {
    expect(withMethod(product, { ...wish, months: 12 }, 'interest_first').months).toBe(12);
    expect(withMethod(product, { ...wish, months: 24 }, 'interest_first').months).toBe(12);
  });
});
