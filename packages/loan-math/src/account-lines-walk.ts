import { noteDays, noteEvent, noteFallen, openBook, type Book } from './account-lines-book.ts';
import type { BusinessDate } from './business-date.ts';
import type { LoanEvent } from './event.ts';
import { foldSteps } from './fold-steps.ts';
import { positionOn } from './position-on.ts';
import type { Position } from './position.ts';
import type { LoanTerms } from './terms.ts';

/** One step of a life: an event, or (event null) time that passed up to a day on which something came of it. */
export type Step = { readonly on: BusinessDate; readonly event: LoanEvent | null; readonly before: Position; readonly after: Position };

/**
 * Walks through a loan's life in the order of the fold, telling each step: every day on which time alone changes something to
 * book, every event, and last the day `on`.
 *
 * Needs   events that count, in the order of the fold, the first one `disbursed`.
 * Throws  as `positionOn`.
 */
export function walk(terms: LoanTerms, counting: readonly LoanEvent[], on: BusinessDate, tell: (step: Step, book: Book) => void): Book {
  positionOn(terms, counting, on); // what no loan can have had is refused before anything is told of it
  const book = openBook(terms);
  const fold = foldSteps(terms);
  let now = fold.passTo(counting[0]!.valueOn);
  const passTo = (day: BusinessDate): void => {
    while (now.on < day) {
      const stop = now.nextActionOn !== null && now.nextActionOn < day ? now.nextActionOn : day;
      const before = now;
      noteDays(book, before, stop);
      now = fold.passTo(stop);
      noteFallen(book, before, now);
      tell({ on: stop, event: null, before, after: now }, book);
    }
  };
  for (const event of counting) {
    passTo(event.valueOn);
    const before = now;
    now = fold.take(event);
    noteEvent(book, event, { before, after: now });
    tell({ on: event.valueOn, event, before, after: now }, book);
  }
  passTo(on);
  return book;
}
