import { describe, expect, it } from 'vitest';
import { fen, isWhole, recomputed, type FigurePart, type Figures } from '../src/index.ts';

const unchecked = <T>(value: unknown): T => value as T;
const MOST = 1_000_000_000_000_000n;
const plain = { label: null, base: fen(1n), count: 1, bears: null };
const rate = { rate: 72_000n, units: 31, perYear: 360, share: null };
const bearing = (bears: object, base = 1_000_000n): FigurePart => unchecked({ label: null, base, count: 1, bears: { ...rate, ...bears } });
const sum = (parts: readonly unknown[], rounding: Figures['rounding'] = 'half_up'): bigint => recomputed({ parts: unchecked(parts), rounding });

describe('a computation worked out from its figures', () => {
  it.each([
    ['nothing', [], 0n],
    ['10,000.00 − 1,234.56', [{ ...plain, base: 1_000_000n }, { ...plain, base: -123_456n }], 876_544n],
    ['4,048.10 × 2 + 4,048.08', [{ ...plain, base: 404_810n, count: 2 }, { ...plain, base: 404_808n }], 1_214_428n],
    ['10,000.00 × 7.2% ÷ 360 × 31 days', [bearing({})], 6_200n],
    ['10,000.00 × 7.2% ÷ 12', [bearing({ units: 1, perYear: 12 })], 6_000n],
    ['10,000.00 × 7.2% ÷ 12 × 15/31 + 9,000.00 × 7.2% ÷ 12 × 16/31', [bearing({ units: 1, perYear: 12, share: { part: 15, whole: 31 } }), bearing({ units: 1, perYear: 12, share: { part: 16, whole: 31 } }, 900_000n)], 5_690n],
    ['10,000.00 × 7.3% ÷ 365 × 17 days + 10,000.00 × 7.3% ÷ 366 × 14 days', [bearing({ rate: 73_000n, perYear: 365, units: 17 }), bearing({ rate: 73_000n, perYear: 366, units: 14 })], 6_192n],
    ['12,000.00 × 0.3%', [bearing({ rate: 3_000n, perYear: 1, units: 1 }, 1_200_000n)], 3_600n],
  ])('%s', (_, parts, result) => expect(sum(parts)).toBe(result));

  it('is rounded once: halves away from zero, or what is less than a fen left off', () => {
    // 0.01 × 50% = 0.005; two of them, each half a fen, are one fen together.
    const half = (base: bigint) => bearing({ rate: 500_000n, units: 1, perYear: 1 }, base);
    expect([sum([half(1n)]), sum([half(-1n)]), sum([half(1n)], 'down'), sum([half(-3n)], 'down'), sum([half(1n), half(1n)], 'down')]).toEqual([1n, -1n, 0n, -1n, 1n]);
  });

  it('comes out in whole fen, or does not', () => {
    const half = bearing({ rate: 500_000n, units: 1, perYear: 1 }, 1n);
    expect([isWhole([]), isWhole([half]), isWhole([half, half]), sum([half, half], 'exact')]).toEqual([true, false, true, 1n]);
  });
});

describe('figures that state no computation are refused by name', () => {
  const bound = (name: string, least: number | bigint, most: number | bigint) => [name, `${least} to ${most}`] as const;
  const days = (units: unknown) => [bearing({ units })];
  const share = (part: unknown, whole: unknown) => [bearing({ share: { part, whole } })];
  it.each([
    [bound('parts[0].base', -MOST, MOST), [{ ...plain, base: MOST }], [{ ...plain, base: MOST + 1n }]],
    [bound('parts[0].base', -MOST, MOST), [{ ...plain, base: -MOST }], [{ ...plain, base: -MOST - 1n }]],
    [bound('parts[0].count', -1_000_000, 1_000_000), [{ ...plain, count: 1_000_000 }], [{ ...plain, count: 1_000_001 }]],
    [bound('parts[0].count', -1_000_000, 1_000_000), [{ ...plain, count: -1_000_000 }], [{ ...plain, count: -1_000_001 }]],
    [bound('parts[0].bears.rate', 0, 10_000_000), [bearing({ rate: 10_000_000n })], [bearing({ rate: 10_000_001n })]],
    [bound('parts[0].bears.rate', 0, 10_000_000), [bearing({ rate: 0n })], [bearing({ rate: -1n })]],
    [bound('parts[0].bears.units', 0, 1_000_000), days(1_000_000), days(1_000_001)],
    [bound('parts[0].bears.units', 0, 1_000_000), days(0), days(-1)],
    [bound('parts[0].bears.perYear', 1, 366), [bearing({ perYear: 366 })], [bearing({ perYear: 367 })]],
    [bound('parts[0].bears.perYear', 1, 366), [bearing({ perYear: 1 })], [bearing({ perYear: 0 })]],
    [['parts[0].bears.perYear', 'one of 1, 12, 360, 365, 366'], [bearing({ perYear: 12 })], [bearing({ perYear: 30 })]],
    [bound('parts[0].bears.share.whole', 1, 1_000_000), share(1, 1_000_000), share(1, 1_000_001)],
    [bound('parts[0].bears.share.whole', 1, 1_000_000), share(1, 1), share(0, 0)],
    [bound('parts[0].bears.share.part', 0, 1_000_000), share(1_000_000, 1), share(1_000_001, 1)],
    [bound('parts[0].bears.share.part', 0, 1_000_000), share(0, 1), share(-1, 1)],
    [['parts[0].bears.share', 'an object'], share(1, 2), [bearing({ share: 0.5 })]],
    [['parts[0].bears', 'an object'], [plain], [{ ...plain, bears: 0.072 }]],
    [['parts[1]', 'an object'], [plain, plain], [plain, 7n]],
    [['parts', 'at most 10000 entries'], Array.from({ length: 10_000 }, () => plain), Array.from({ length: 10_001 }, () => plain)],
  ])('%j', ([argument, said], inside, outside) => {
    const argued = (call: () => unknown): unknown => { try { return call(); } catch (error) { const { argument: name, bound: what } = unchecked<{ argument: string; bound: string }>(error); return [name, what]; } };
    expect(typeof isWhole(unchecked(inside))).toBe('boolean');
    expect(argued(() => isWhole(unchecked(outside)))).toEqual([argument, said]);
    expect(argued(() => sum(outside))).toEqual([`figures.${argument}`, said]);
  });

  it('a result beyond any amount, a rounding nobody knows, a sum that needs one', () => {
    const most = { ...plain, base: MOST };
    expect([sum([most]), sum([{ ...most, base: -MOST }])]).toEqual([MOST, -MOST]);
    for (const parts of [[most, plain], [{ ...most, base: -MOST }, { ...plain, base: -1n }]]) expect(() => sum(parts)).toThrow('figures.parts is a list of 2: with a sum within ±1000000000000000 fen');
    expect(() => sum([plain], unchecked('up'))).toThrow('figures.rounding is "up": one of exact, half_up, down');
    expect(() => sum([bearing({ rate: 1n, units: 1 }, 1n)], 'exact')).toThrow('figures.rounding is "exact": half_up or down, for the sum is not in whole fen');
    expect(() => recomputed(unchecked(null))).toThrow('figures is null: an object');
    expect(() => isWhole(unchecked('none'))).toThrow('parts is "none": a list of at most 10000');
  });
});
