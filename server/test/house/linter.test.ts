import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { fixtureFolder, ROOT } from './source-files.ts';

type Diagnostic = { readonly code: string; readonly message: string; readonly filename: string; readonly labels: readonly { readonly span: { readonly line: number } }[] };

/** What the linter says about the deliberate breaches, laid out in a folder of their own under the rules of the project. */
async function diagnostics(): Promise<readonly Diagnostic[]> {
  const cwd = await mkdtemp(join(tmpdir(), 'mingdai-lint-'));
  try {
    await cp(fixtureFolder('lint'), cwd, { recursive: true });
    await cp(join(ROOT, '.oxlintrc.json'), join(cwd, '.oxlintrc.json'));
    const printed = await promisify(execFile)(join(ROOT, 'node_modules', '.bin', 'oxlint'), ['--format=json', '.'], { cwd }).then(
      ({ stdout }) => stdout,
      (failed: { stdout: string }) => failed.stdout,
    );
    return (JSON.parse(printed) as { diagnostics: readonly Diagnostic[] }).diagnostics;
  } finally {
    await rm(cwd, { recursive: true, force: true });
  }
}

describe('the linter catches a deliberate breach', async () => {
  const found = await diagnostics();
  const at = (file: string): string[] =>
    found.filter(({ filename }) => filename.endsWith(file)).map(({ code, labels }) => `${labels[0]?.span.line} ${code.replace(/^[\w-]+\((.*)\)$/, '$1')}`);
  const marked = (file: string): string[] =>
    readFileSync(fixtureFolder('lint', file), 'utf8').split('\n').flatMap((line, index) => {
      const rules = /\/\/ breaks: (.*)$/.exec(line)?.[1];
      return rules === undefined ? [] : rules.split(', ').map((rule) => `${index + 1} ${rule}`);
    });

  it.each(['packages/loan-math/src/impure.ts', 'server/src/modules/servicing/domain/impure.ts', 'server/src/modules/servicing/shape.ts'])('in %s', (file) => {
    expect(at(file).toSorted()).toEqual(marked(file).toSorted());
  });

  it('and leaves the same words alone where they belong, in the shell', () => {
    expect(at('server/src/platform/clock.ts')).toEqual([]);
  });

  it('in a file that is too long, and a function that is too long', () => {
    expect(at('server/src/modules/servicing/too-long.ts').map((line) => line.split(' ')[1])).toEqual(expect.arrayContaining(['max-lines', 'max-lines-per-function']));
  });

  it('and says why a rule of the domain may not read a clock', () => {
    expect(found.find(({ message }) => message.includes("'Date'"))?.message ?? '').toMatch(/Date/);
    expect(JSON.stringify(found)).toContain('cannot be replayed');
  });
});
