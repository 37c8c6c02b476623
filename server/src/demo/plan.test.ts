import { describe, expect, it } from 'vitest';
import { planFor } from './plan.ts';

describe('the plan of a demo applicant', () => {
  it('is the same for the same seed and another for another', () => {
    const plans = (seed: string) => Array.from({ length: 50 }, (_, index) => planFor(seed, index, false, 12));
    expect(plans('2026')).toEqual(plans('2026'));
    expect(plans('2026')).not.toEqual(plans('2027'));
  });

  it('lets only people of the class bad stop paying, all of them', () => {
    for (let index = 0; index < 200; index++) {
      expect(planFor('2026', index, true, 12).behaviour.kind).toBe('stops');
      expect(planFor('2026', index, false, 12).behaviour.kind).not.toBe('stops');
    }
  });

  it('never asks for interest first on a term it is not sold for', () => {
    for (let index = 0; index < 200; index++) expect(planFor('2026', index, false, 24).method).toBe('level_installment');
  });
});
