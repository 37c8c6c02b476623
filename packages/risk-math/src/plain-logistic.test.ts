import { describe, expect, it } from 'vitest';
import { fitPlainLogistic, fractionOf, plainLogisticRisk, separation, type RawColumn } from './index.ts';

const ROWS = 400;
const income = Array.from({ length: ROWS }, (_, row) => (row % 9 === 0 ? null : Math.floor(fractionOf('plain', `${row}`) * 1_000)));
const isBad = income.map((value, row) => fractionOf('plain outcome', `${row}`) < (value === null ? 0.7 : 0.5 - value / 2_500));
const table = (scale: number): readonly RawColumn[] => [
  { name: 'income', kind: 'numeric', values: income.map((value) => (value === null ? null : value * scale)) },
  { name: 'home', kind: 'category', values: income.map((_, row) => ['rent', 'own', 'loan'][row % 3]!) },
];

describe('the plain logistic fit', () => {
  it('does not care in which unit a column is measured', () => {
    const [small, large] = [table(1), table(1e6)].map((columns) => plainLogisticRisk(fitPlainLogistic(columns, isBad), columns));
    for (let row = 0; row < ROWS; row++) expect(large![row]).toBeCloseTo(small![row]!, 5);
  });

  it('has one weight for a number, one for its being missing, and one for each category but the first', () => {
    const model = fitPlainLogistic(table(1), isBad);
    expect(model.fit.coefficients).toHaveLength(4);
    expect(model.fit.converged).toBe(true);
    expect(separation(plainLogisticRisk(model, table(1)), isBad).auc).toBeGreaterThan(0.6);
  });

  it('refuses columns of another shape than it was fitted on', () => {
    const model = fitPlainLogistic(table(1), isBad);
    expect(() => plainLogisticRisk(model, table(1).slice(1))).toThrow('the same columns');
    expect(() => plainLogisticRisk(model, [...table(1)].reverse())).toThrow('is numeric');
  });
});
