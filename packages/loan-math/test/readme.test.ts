import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as math from '../src/index.ts';

const page = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const blocks = [...page.matchAll(/## (.+)\n```js\n([\s\S]*?)```/g)].map(([, title, code]) => ({ title: title!, code: code! }));

describe('the README', () => {
  it('has four examples', () => expect(blocks).toHaveLength(4));
  for (const { title, code } of blocks) {
    it(`prints what it says under "${title}"`, () => {
      const printed: string[] = [];
      const body = code.replace(/import (\{[^}]*\}) from '@mingdai\/loan-math';/, 'const $1 = math;');
      new Function('math', 'console', body)(math, { log: (...values: unknown[]) => printed.push(values.map(String).join(' ')) });
      expect(printed).toEqual([...code.matchAll(/console\.log\(.*\); \/\/ (.*)$/gm)].map(([, text]) => text));
    });
  }
});
