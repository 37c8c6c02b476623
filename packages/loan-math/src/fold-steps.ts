import type { BusinessDate } from './business-date.ts';
import type { LoanEvent } from './event.ts';
import { applyEvent } from './loan-apply.ts';
import { advance, startOf, type LoanState } from './loan-state.ts';
import { positionOn } from './position-on.ts';
import { presented } from './position-present.ts';
import type { Position } from './position.ts';
import { planOf } from './plan.ts';
import type { LoanTerms } from './terms.ts';

/** A fold that goes on from where it stands: a life is walked through once, however many stops it has. */
export type FoldSteps = {
  /** Takes the next event on its day. */
  readonly take: (event: LoanEvent) => Position;
  /** Lets time pass. */
  readonly passTo: (day: BusinessDate) => Position;
};

/**
 * The positions of a loan one after another, each from the one before.
 *
 * Keeps   each is what `positionOn` says of the events taken so far and that day.
 * Needs   events that `positionOn` accepts, in the order of the fold, the first one `disbursed`; days that do not go back.
 */
export function foldSteps(terms: LoanTerms): FoldSteps {
  let state: LoanState | null = null;
  let known = 0;
  const at = (day: BusinessDate): Position => (state === null ? positionOn(terms, [], day, 0) : presented(state, day, known));
  return {
    take(event) {
      if (event.sequence > known) known = event.sequence;
      if (state === null) state = startOf(planOf(terms, event.valueOn));
      else {
        advance(state, event.valueOn);
        applyEvent(state, event);
      }
      // Interest and fees of the day itself, as a fold that ends here lets them run.
      advance(state, event.valueOn);
      return at(event.valueOn);
    },
    passTo(day) {
      if (state !== null) advance(state, day);
      return at(day);
    },
  };
}
