import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { solvePositiveDefinite } from './index.ts';

describe('solving a positive definite system', () => {
  it('gives an x that the matrix takes back to the right-hand side', () => {
    const numbers = fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 20, maxLength: 20 });
    fc.assert(fc.property(numbers, (given) => {
      const m = given.slice(0, 16);
      // MᵀM + I is positive definite whatever M is.
      const a = Float64Array.from({ length: 16 }, (_, at) => {
        const [row, column] = [Math.floor(at / 4), at % 4];
        return (row === column ? 1 : 0) + [0, 1, 2, 3].reduce((sum, k) => sum + m[k * 4 + row]! * m[k * 4 + column]!, 0);
      });
      const b = Float64Array.from(given.slice(16));
      const x = solvePositiveDefinite(a, b);
      for (let row = 0; row < 4; row++) expect([0, 1, 2, 3].reduce((sum, k) => sum + a[row * 4 + k]! * x[k]!, 0)).toBeCloseTo(b[row]!, 6);
    }));
  });

  it('refuses a matrix that is not positive definite', () => {
    expect(() => solvePositiveDefinite(Float64Array.of(1, 2, 2, 1), Float64Array.of(1, 1))).toThrow('positive definite');
  });
});
