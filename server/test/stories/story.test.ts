import { describe, expect, it } from 'vitest';
import { parseStory } from './story.ts';

describe('a story in plain text', () => {
  it('is a title and steps with a day, words and what must be seen', () => {
    const story = parseStory('# On time\n2026-10-08  li applies 12000.00   → status offered  limit 20000.00\n            li signs\n');
    expect(story.title).toBe('On time');
    expect(story.steps).toMatchObject([
      { on: '2026-10-08', words: ['li', 'applies', '12000.00'], expected: [['status', 'offered'], ['limit', '20000.00']] },
      { on: '2026-10-08', words: ['li', 'signs'], expected: [] },
    ]);
  });

  it.each([
    ['# t\nli signs', 'line 2: the first step names its day'],
    ['# t\n2026-10-08 a b\n2026-10-07 a b', 'line 3: 2026-10-07 is before 2026-10-08'],
    ['# t\n2026-10-08 a b → status', 'line 2: after the arrow'],
    ['2026-10-08 a b', 'a story begins with # and its title'],
    ['# t\n2026-02-30 a b', 'a day as YYYY-MM-DD that exists'],
  ])('names what is wrong with %j', (text, message) => {
    expect(() => parseStory(text)).toThrow(message);
  });
});
