import { describe, expect, it } from 'vitest';
import vectors from '../vectors/fineract-cases.json' with { type: 'json' };
import { skippedOf } from '../decimal.ts';
import { play } from './scenario.ts';
import type { Case } from './settings.ts';

const cases = vectors.cases as unknown as readonly Case[];
const skipped = skippedOf('fineract-cases');

describe("a peer's loans, every row and split of them", () => {
  for (const c of cases.filter(({ id }) => !skipped.includes(id))) {
    it(`${c.id}: ${c.topic}`, () => {
      const compared = play(c);
      expect(compared.length).toBeGreaterThan(0);
      for (const { step, expected, actual } of compared) expect({ step, ...actual }).toEqual({ step, ...expected });
    });
  }
  it('skips only cases that exist', () => expect(skipped.filter((id) => !cases.some((c) => c.id === id))).toEqual([]));
});
