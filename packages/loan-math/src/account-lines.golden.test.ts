import { describe, expect, it } from 'vitest';
import { accountText, pairsOf, replayText } from '../test/account-text.ts';
import { eventsFrom, termsFrom } from '../test/spec-page.ts';
import { accountLines, businessDate, replay } from './index.ts';

/** `on 2026-04-20` closes a loan block; `added` parts the events known from those added. */
function readLoan(block: readonly string[]) {
  const on = businessDate(block[block.length - 1]!.slice('on '.length));
  const lines = block.slice(1, -1);
  const cut = lines.indexOf('added');
  const events = eventsFrom(lines.filter((line) => line !== 'added'));
  return { terms: termsFrom(block[0]!).terms, events: cut < 0 ? events : events.slice(0, cut), added: cut < 0 ? [] : events.slice(cut), on };
}

describe.each([['account-lines.md', 3], ['account-lines-changes.md', 20]])('docs/specs/%s', (page, count) => {
  const pairs = pairsOf(page, 'account');
  it('has its examples', () => expect(pairs).toHaveLength(count));
  for (const { loan, text } of pairs) {
    it(`tells the account of ${loan[0]!}`, () => {
      const { terms, events, on } = readLoan(loan);
      expect(accountText(accountLines(terms, events, on))).toBe(text);
    });
  }
});

describe('docs/specs/replay.md', () => {
  const pairs = pairsOf('replay.md', 'replay');
  it('has its examples', () => expect(pairs).toHaveLength(11));
  for (const { loan, text } of pairs) {
    it(`says what ${loan[loan.indexOf('added') + 1]!} changes on ${loan[0]!}`, () => {
      const { terms, events, added, on } = readLoan(loan);
      const result = replay(terms, events, added, on);
      expect(result.ok && replayText(result)).toBe(text);
    });
  }
});
