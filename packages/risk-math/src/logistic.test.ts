import { describe, expect, it } from 'vitest';
import { fitLogistic, fractionOf, sigmoid, softplus } from './index.ts';

const ROWS = 2_000;
const draw = (name: string, row: number) => fractionOf(`logistic test ${name}`, `${row}`);
const columns = ['a', 'b'].map((name) => Float64Array.from({ length: ROWS }, (_, row) => draw(name, row) * 4 - 2));
const isBad = Array.from({ length: ROWS }, (_, row) => draw('outcome', row) < sigmoid(-1 + 0.8 * columns[0]![row]! - 1.2 * columns[1]![row]!));

/** The penalised loss written down again, the plain way. */
function lossAt([intercept, ...weights]: readonly number[], ridge: number): number {
  let loss = weights.reduce((sum, weight) => sum + (ridge / 2) * weight ** 2, 0);
  for (let row = 0; row < ROWS; row++) {
    const p = 1 / (1 + Math.exp(-(intercept! + weights[0]! * columns[0]![row]! + weights[1]! * columns[1]![row]!)));
    loss -= isBad[row]! ? Math.log(p) : Math.log(1 - p);
  }
  return loss;
}

describe('a logistic fit', () => {
  it.each([0, 3])('stands where the loss does not fall in any direction (ridge %s)', (ridge) => {
    const fit = fitLogistic(columns, isBad, { ridge });
    const at = [fit.intercept, ...fit.coefficients];
    expect(fit.converged).toBe(true);
    expect(fit.loss).toBeCloseTo(lossAt(at, ridge), 6);
    for (let place = 0; place < 3; place++) {
      const moved = (by: number) => lossAt(at.map((weight, index) => weight + (index === place ? by : 0)), ridge);
      expect((moved(1e-4) - moved(-1e-4)) / 2e-4).toBeCloseTo(0, 3);
      expect(moved(0.01)).toBeGreaterThan(fit.loss);
      expect(moved(-0.01)).toBeGreaterThan(fit.loss);
    }
  });

  it('finds the odds that made the outcomes', () => {
    const fit = fitLogistic(columns, isBad, { ridge: 0 });
    expect(fit.intercept).toBeCloseTo(-1, 0);
    expect(fit.coefficients[0]).toBeCloseTo(0.8, 0);
    expect(fit.coefficients[1]).toBeCloseTo(-1.2, 0);
  });

  it('expects as many bads as there are', () => {
    const fit = fitLogistic(columns, isBad, { ridge: 0 });
    const expected = isBad.reduce((sum, _, row) => sum + sigmoid(fit.intercept + fit.coefficients[0]! * columns[0]![row]! + fit.coefficients[1]! * columns[1]![row]!), 0);
    expect(expected).toBeCloseTo(isBad.filter(Boolean).length, 5);
  });

  it('is finite under a ridge when one column tells all', () => {
    const outcomes = [true, true, false, false];
    const fit = fitLogistic([Float64Array.of(1, 1, -1, -1)], outcomes, { ridge: 1 });
    expect(fit.converged).toBe(true);
    expect(fit.coefficients[0]).toBeGreaterThan(0);
  });

  it('has the log odds as its intercept when there are no columns', () => {
    expect(fitLogistic([], [true, false, false, false], { ridge: 0 }).intercept).toBeCloseTo(Math.log(1 / 3), 9);
  });

  it('refuses columns of another length and numbers that are none', () => {
    expect(() => fitLogistic([Float64Array.of(1)], [true, false], { ridge: 1 })).toThrow('one number a row');
    expect(() => fitLogistic([Float64Array.of(1, NaN)], [true, false], { ridge: 1 })).toThrow('finite');
  });
});

describe('the logistic function', () => {
  it('neither overflows nor loses the small end', () => {
    expect(sigmoid(-800)).toBe(0);
    expect(sigmoid(800)).toBe(1);
    expect(sigmoid(-40)).toBeCloseTo(Math.exp(-40), 30);
    expect(softplus(800)).toBe(800);
    expect(softplus(-800)).toBe(0);
    expect(softplus(0)).toBeCloseTo(Math.LN2, 15);
  });
});
