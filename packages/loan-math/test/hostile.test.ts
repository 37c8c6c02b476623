import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CALLS, FUNCTIONS } from './hostile-calls.ts';
import { attack } from './hostile.ts';
import { besiege } from './hostile-siege.ts';

describe('hostile arguments', () => {
  it('are made for every function on the door, and for no other', () => expect(Object.keys(CALLS).sort()).toEqual([...FUNCTIONS.keys()].sort()));

  it('are refused by name, and never give a number that is none, or no end', async () => {
    const { tallies, findings } = await besiege({ seed: 20_261_124, from: 0, to: 30_000, hangMs: 20_000 });
    expect(findings).toEqual([]);
    const takesAnything = Object.keys(CALLS).filter((name) => CALLS[name]!.loose?.source === '.');
    const idle = Object.entries(tallies).filter(([name, { accepted, refused }]) => accepted === 0 || (refused === 0 && !takesAnything.includes(name)));
    expect(idle).toEqual([]);
    expect(Object.keys(tallies)).toHaveLength(FUNCTIONS.size);
  }, 120_000);

  it('are the same for the same seed', () => {
    const calls = (seed: number) => Object.entries(attack({ seed, from: 0, to: 1000 }).tallies).map(([name, { accepted, refused }]) => [name, accepted, refused]);
    expect(calls(5)).toEqual(calls(5));
    expect(calls(5)).not.toEqual(calls(6));
  });
});

describe('the doc comment of every function on the door', () => {
  const sources = new URL('../src/', import.meta.url);
  const text = readdirSync(sources).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts')).map((name) => readFileSync(new URL(name, sources), 'utf8')).join('\n');
  const commentOf = (name: string): string => {
    const declared = new RegExp(`/\\*\\*((?:(?!\\*/)[\\s\\S])*)\\*/\\nexport (?:function|const|class) ${name.replace('annuity.', '')}\\b`).exec(text);
    return declared?.[1] ?? '';
  };
  for (const name of FUNCTIONS.keys()) {
    if (name.endsWith('Error')) continue;
    it(`${name} states its needs`, () => {
      expect(commentOf(name)).toMatch(/^ \* Needs {3,4}\S/m);
      expect(commentOf(name)).toMatch(/^ \* (?:Throws {2,3}|Refuses {1,2})\S/m);
    });
  }
});
