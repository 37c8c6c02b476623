import { describe, expect, it } from 'vitest';
import { day, dayRate, groupedYuan, minute, money, percent, wholeYuan } from './format.ts';

describe('what a borrower reads', () => {
  it.each([
    [0n, '0.00'], [5n, '0.05'], [123_456n, '1,234.56'], [20_000_000n, '200,000.00'], [100_000_000_000n, '1,000,000,000.00'],
  ])('%s fen is %s yuan', (fen, text) => {
    expect(groupedYuan(fen)).toBe(text);
  });

  it('names the currency, and keeps the sign before it', () => {
    expect(money('1021105', 'zh')).toBe('¥10,211.05');
    expect(money(-1_021_105n, 'en')).toBe('-CN¥10,211.05');
    expect(wholeYuan('20000000', 'zh')).toBe('¥200,000');
  });

  it.each([
    ['72000', '7.2%'], ['90000', '9%'], ['182501', '18.25%'], ['182549', '18.25%'], ['182550', '18.26%'], ['99995', '10%'], ['1000000', '100%'], ['49', '0%'],
  ])('shows %s ppm as %s: two decimals at most, half up', (ppm, text) => {
    expect(percent(ppm)).toBe(text);
    expect(percent(BigInt(ppm))).toBe(text);
  });

  it('says a day rate of a 360-day year', () => {
    expect(dayRate('72000')).toBe('0.02%');
    expect(dayRate('180000')).toBe('0.05%');
    expect(dayRate('90000')).toBe('0.025%');
  });

  it('writes days and minutes in Beijing, wherever the phone is', () => {
    expect(day('2026-12-10', 'zh')).toBe('2026年12月10日');
    expect(day('2026-12-10', 'en')).toBe('10 Dec 2026');
    expect(minute('2026-11-30T22:56:00.000Z', 'zh')).toBe('2026年12月1日 06:56');
  });
});
