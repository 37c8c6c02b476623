import { describe, expect, it } from 'vitest';
import { fractionOf, splitRows } from './index.ts';

describe('a split by seed', () => {
  it('puts every row into exactly one part, about half into each', () => {
    const { training, heldOut } = splitRows('seed', 10_000, 0.5);
    expect([...training, ...heldOut].sort((a, b) => a - b)).toEqual(Array.from({ length: 10_000 }, (_, row) => row));
    expect(Math.abs(training.length - 5_000)).toBeLessThan(150); // three standard deviations
  });

  it('moves no row when others are added, and others for another seed', () => {
    const small = splitRows('seed', 1_000, 0.5);
    expect(splitRows('seed', 2_000, 0.5).training.filter((row) => row < 1_000)).toEqual(small.training);
    expect(splitRows('other', 1_000, 0.5).training).not.toEqual(small.training);
  });

  it('is the same on every machine', () => {
    expect([0, 1, 2].map((row) => fractionOf('mingdai', `${row}`))).toMatchInlineSnapshot(`
      [
        0.6075330364983529,
        0.692262479569763,
        0.7482395053375512,
      ]
    `);
  });

  it('leaves neither part empty by order', () => {
    expect(() => splitRows('seed', 10, 0)).toThrow('between 0 and 1');
    expect(() => splitRows('seed', 10, 1)).toThrow('between 0 and 1');
  });
});
