import { readFileSync } from 'node:fs';
import { format } from 'node:util';
import { describe, expect, it } from 'vitest';
import * as math from '../src/index.ts';

const page = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const sections = page.split(/^## /m).map((section) => ({ title: section.split('\n')[0]!, blocks: [...section.matchAll(/```js\n([\s\S]*?)```/g)].map(([, code]) => code!) }));
const blocks = sections.flatMap((section) => section.blocks.map((code, n) => ({ title: `${section.title} ${n + 1}`, code })));

/** What a block says it prints: behind the call, or in the lines below it or below the loop it stands in. */
function saysItPrints(code: string): readonly string[] {
  let isBelowCall = false;
  return code.split('\n').flatMap((line) => {
    const alone = /^\/\/ (.*)$/.exec(line);
    if (alone !== null) return isBelowCall ? [alone[1]!] : [];
    isBelowCall = line.includes('console.log') || (isBelowCall && line === '}');
    const behind = /console\.log\(.*\); \/\/ (.*)$/.exec(line);
    return behind === null ? [] : [behind[1]!];
  });
}

describe('the README', () => {
  it('has an example of every area', () => expect(blocks).toHaveLength(10));
  for (const { title, code } of blocks) {
    it(`prints what it says under "${title}"`, () => {
      const printed: string[] = [];
      const body = code.replace(/import (\{[^}]*\}) from '@mingdai\/loan-math';/, 'const $1 = math;');
      new Function('math', 'console', body)(math, { log: (...values: unknown[]) => printed.push(format(...values)) });
      expect(printed).not.toEqual([]);
      expect(printed).toEqual(saysItPrints(code));
    });
  }
});
