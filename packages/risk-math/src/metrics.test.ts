import { describe, expect, it } from 'vitest';
import { RiskMathError, separation } from './index.ts';

describe('the separation of bad from good', () => {
  it('is whole when every bad is riskier than every good', () => {
    expect(separation([9, 8, 2, 1], [true, true, false, false])).toEqual({ auc: 1, gini: 1, ks: 1, rows: 4, bads: 2 });
  });

  it('is nothing when all scores are alike', () => {
    expect(separation([5, 5, 5], [true, false, false])).toEqual({ auc: 0.5, gini: 0, ks: 0, rows: 3, bads: 1 });
  });

  it('needs a bad and a good, as many outcomes as scores, and numbers', () => {
    expect(() => separation([1, 2], [true, true])).toThrow(RiskMathError);
    expect(() => separation([1, 2], [true])).toThrow('one outcome for each score');
    expect(() => separation([1, NaN], [true, false])).toThrow('a score is a number');
  });
});
