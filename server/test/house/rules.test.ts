import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sqlRules } from './rules/sql.ts';
import { wordRules } from './rules/words.ts';
import { fixture, fixtureFolder, sourceFiles } from './source-files.ts';

const rules = [...sqlRules, ...wordRules];
const project = sourceFiles();

describe('the house rules that are checked by reading', () => {
  it.each(rules)('$name holds', ({ find, why }) => {
    const breaches = find(project).map(({ path, line, seen }) => `${path}:${line}  ${seen}`);
    expect(breaches, why).toEqual([]);
  });
});

describe('a deliberate breach is caught, and only the breach', () => {
  it.each(rules)('$name', ({ name, find }) => {
    const expected = readFileSync(fixtureFolder('rules', name, 'expected.txt'), 'utf8').trim().split('\n');
    const found = find(fixture(name).filter(({ path }) => path !== 'expected.txt')).map(({ path, line }) => `${path}:${line}`);
    expect(found.toSorted()).toEqual(expected.toSorted());
  });
});
