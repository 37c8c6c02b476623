import { describe, expect, it } from 'vitest';
import { binCategory, binNumeric, placeOf, woeOf, type BinningOptions } from './index.ts';

const options: BinningOptions = { binsMax: 5, shareMin: 0.05, badsMin: 1, binCost: 1, trend: 'any' };
/** `rows` people with one value, the first `bads` of them bad. */
const group = <T>(value: T, rows: number, bads: number) => Array.from({ length: rows }, (_, row) => ({ value, bad: row < bads }));
const split = <T>(people: readonly { value: T; bad: boolean }[]) => [people.map(({ value }) => value), people.map(({ bad }) => bad)] as const;

describe('cutting a number into bins', () => {
  it('finds the one border there is, with the weight of evidence of each side', () => {
    const [values, isBad] = split([...group(10, 100, 5), ...group(20, 100, 5), ...group(30, 100, 40)]);
    const binning = binNumeric(values, isBad, options);
    expect(binning.edges).toEqual([30]);
    expect(binning.bins.map(({ rows, bads }) => [rows, bads])).toEqual([[200, 10], [100, 40]]);
    // 190 of 250 goods and 10 of 50 bads, half a row added to each.
    expect(binning.bins[0]!.woe).toBeCloseTo(Math.log((190.5 / 250.5) / (10.5 / 50.5)), 12);
    expect(binning.bins[1]!.woe).toBeLessThan(0);
  });

  it('keeps missing and special values apart, each with its own evidence', () => {
    const [values, isBad] = split<number | null>([...group(1, 100, 10), ...group(9, 100, 30), ...group(null, 50, 2), ...group(-1, 50, 25)]);
    const binning = binNumeric(values, isBad, { ...options, special: [-1] });
    expect(binning.missing).toMatchObject({ rows: 50, bads: 2 });
    expect(binning.special).toMatchObject([{ value: -1, rows: 50, bads: 25 }]);
    expect(woeOf(binning, null)).toBeGreaterThan(0);
    expect(woeOf(binning, -1)).toBeLessThan(0);
    expect(placeOf(binning, -1)).toEqual({ at: 'special', index: 0 });
  });

  it('gives missing no evidence either way when training had none', () => {
    const [values, isBad] = split([...group(1, 50, 5), ...group(2, 50, 20)]);
    expect(binNumeric(values, isBad, options).missing).toEqual({ rows: 0, bads: 0, woe: 0 });
  });

  it('makes one bin of a column that says nothing', () => {
    const [values, isBad] = split([...group(1, 100, 10), ...group(2, 100, 10)]);
    expect(binNumeric(values, isBad, options)).toMatchObject({ edges: [], informationValue: 0 });
  });

  it('makes no bin smaller, or with fewer bads, than asked', () => {
    const [values, isBad] = split([...group(1, 10, 9), ...group(2, 190, 19), ...group(3, 200, 60)]);
    expect(binNumeric(values, isBad, { ...options, shareMin: 0.1 }).edges).toEqual([3]);
    expect(binNumeric(values, isBad, { ...options, shareMin: 0, badsMin: 10 }).edges).toEqual([3]);
    expect(binNumeric(values, isBad, { ...options, shareMin: 0 }).edges).toEqual([2, 3]);
  });

  it('follows the trend it is told: a hump becomes one bin or two, never a hump', () => {
    const [values, isBad] = split([...group(1, 100, 5), ...group(2, 100, 40), ...group(3, 100, 20)]);
    const ratesOf = (trend: BinningOptions['trend']) => binNumeric(values, isBad, { ...options, trend }).bins.map(({ rows, bads }) => bads / rows);
    expect(ratesOf('any')).toEqual([0.05, 0.4, 0.2]);
    expect(ratesOf('up')).toEqual([0.05, 0.3]);
    expect(ratesOf('down')).toHaveLength(1);
  });

  it('puts a value on a border into the bin above it', () => {
    const shape = { kind: 'numeric', edges: [10, 20], special: [] } as const;
    expect([9, 10, 19, 20, 1e9].map((value) => placeOf(shape, value))).toEqual([0, 1, 1, 2, 2].map((index) => ({ at: 'bin', index })));
  });

  it('takes NaN and text for a number as missing when scoring, and refuses NaN when fitting', () => {
    const shape = { kind: 'numeric', edges: [10], special: [] } as const;
    expect(placeOf(shape, NaN)).toEqual({ at: 'missing' });
    expect(placeOf(shape, '12')).toEqual({ at: 'missing' });
    expect(() => binNumeric([1, NaN], [true, false], options)).toThrow('a number or null');
    expect(() => binNumeric([1, 2], [true, true], options)).toThrow('both bad and good');
  });
});

describe('merging categories', () => {
  it('groups those that fare alike, and takes a stranger as missing', () => {
    const [values, isBad] = split([...group('rent', 100, 30), ...group('own', 100, 5), ...group('loan', 100, 6), ...group('other', 100, 31)]);
    const binning = binCategory(values, isBad, options);
    expect(binning.groups).toEqual([['loan', 'own'], ['other', 'rent']]);
    expect(placeOf(binning, 'palace')).toEqual({ at: 'missing' });
    expect(woeOf(binning, 'own')).toBeGreaterThan(woeOf(binning, 'rent'));
  });
});
