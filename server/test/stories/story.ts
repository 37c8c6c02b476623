import { businessDate, formatDate } from '@mingdai/loan-math';

/**
 * A story is a loan's life in plain text. One line is one step:
 *
 *     2026-11-08  li pays due 1039.43   → status settled  due 0.00
 *
 * A day (never earlier than the line before), what is done, and after the arrow what must be seen:
 * pairs of a name and a value, two spaces between pairs. A line without a day happens on the day of the line before.
 * `#` begins a comment; the first comment is the story's title.
 */
export type Story = { readonly title: string; readonly steps: readonly Step[] };

export type Step = {
  readonly line: number;
  readonly text: string;
  readonly on: string;
  readonly words: readonly string[];
  readonly expected: readonly (readonly [name: string, value: string])[];
};

/** Reads a story. Throws a sentence that names the line for anything that is no step. */
export function parseStory(text: string): Story {
  let title = '';
  let on = '';
  const steps: Step[] = [];
  for (const [index, raw] of text.split('\n').entries()) {
    const line = index + 1;
    const [content = '', comment] = splitComment(raw);
    if (title === '' && comment !== undefined) title = comment;
    if (content.trim() === '') continue;
    const [action = '', seen = ''] = content.split('→');
    let words = action.trim().split(/\s+/);
    if (/^\d{4}-/.test(words[0]!)) {
      const day = formatDate(businessDate(words[0]!));
      if (on !== '' && day < on) throw new Error(`line ${line}: ${day} is before ${on}`);
      on = day;
      words = words.slice(1);
    }
    if (on === '') throw new Error(`line ${line}: the first step names its day`);
    if (words.length === 0) throw new Error(`line ${line}: nothing is done`);
    steps.push({ line, text: raw.trim(), on, words, expected: expectations(seen, line) });
  }
  if (title === '') throw new Error('a story begins with # and its title');
  return { title, steps };
}

function splitComment(raw: string): [string, string | undefined] {
  const at = raw.indexOf('#');
  return at < 0 ? [raw, undefined] : [raw.slice(0, at), raw.slice(at + 1).trim()];
}

function expectations(seen: string, line: number): Step['expected'] {
  return seen.trim() === '' ? [] : seen.trim().split(/\s{2,}/).map((pair) => {
    const at = pair.indexOf(' ');
    if (at < 0) throw new Error(`line ${line}: after the arrow stand pairs of a name and a value, got ${JSON.stringify(pair)}`);
    return [pair.slice(0, at), pair.slice(at + 1).trim()] as const;
  });
}
