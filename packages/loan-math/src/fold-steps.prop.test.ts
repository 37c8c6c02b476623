import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyHistory } from '../test/arbitraries.ts';
import { anyLife } from '../test/arbitraries-life.ts';
import { foldSteps } from './fold-steps.ts';
import { addDays, eventsThatCount, positionOn } from './index.ts';

describe('a fold that goes on', () => {
  it('stands after each event, and on each day between, where a fold from the beginning ends', () => {
    fc.assert(fc.property(fc.oneof(anyHistory, anyLife), fc.integer({ min: 1, max: 40 }), ({ terms, events, on }, stride) => {
      const counting = eventsThatCount(events, on, Number.MAX_SAFE_INTEGER);
      if (counting[0]?.kind !== 'disbursed') return;
      const steps = foldSteps(terms);
      let day = counting[0].valueOn;
      expect(steps.passTo(day)).toEqual(positionOn(terms, [], day));
      for (const [index, event] of counting.entries()) {
        const taken = counting.slice(0, index);
        for (day = addDays(day, stride); day < event.valueOn; day = addDays(day, stride)) expect(steps.passTo(day)).toEqual(positionOn(terms, taken, day));
        day = event.valueOn;
        expect(steps.take(event)).toEqual(positionOn(terms, counting.slice(0, index + 1), day));
      }
      expect(steps.passTo(on)).toEqual(positionOn(terms, counting, on));
    }), { numRuns: 400 });
  });
});
