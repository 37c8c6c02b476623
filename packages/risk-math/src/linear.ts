import { assert } from './assert.ts';

/**
 * Solves A·x = b for a symmetric positive definite A (row-major, size × size) by Cholesky. A and b are left as they are.
 *
 * Throws  RiskMathError when A is not positive definite to working precision.
 */
export function solvePositiveDefinite(a: Float64Array, b: Float64Array): Float64Array {
  const size = b.length;
  assert(a.length === size * size, 'the matrix is square and as wide as the right-hand side');
  const lower = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let sum = a[row * size + column]!;
      for (let k = 0; k < column; k++) sum -= lower[row * size + k]! * lower[column * size + k]!;
      if (row === column) assert(sum > 0, `the matrix is positive definite (pivot ${row} is ${sum})`);
      lower[row * size + column] = row === column ? Math.sqrt(sum) : sum / lower[column * size + column]!;
    }
  }
  const x = new Float64Array(b);
  for (let row = 0; row < size; row++) {
    for (let k = 0; k < row; k++) x[row]! -= lower[row * size + k]! * x[k]!;
    x[row]! /= lower[row * size + row]!;
  }
  for (let row = size - 1; row >= 0; row--) {
    for (let k = row + 1; k < size; k++) x[row]! -= lower[k * size + row]! * x[k]!;
    x[row]! /= lower[row * size + row]!;
  }
  return x;
}
