import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** A file of the project: its path from the root with `/`, and what it says. */
export type SourceFile = { readonly path: string; readonly text: string };

/** Where a rule is broken. Line 0 is the file (or folder) as a whole. */
export type Breach = { readonly path: string; readonly line: number; readonly seen: string };

/** A rule that can be checked by reading. `why` is what a failure teaches. */
export type Rule = {
  readonly name: string;
  readonly why: string;
  find(files: readonly SourceFile[]): readonly Breach[];
};

export const ROOT = join(import.meta.dirname, '..', '..', '..');
const FIXTURES = join(import.meta.dirname, 'fixtures');

const NOT_OURS = new Set(['node_modules', '.git', '.data', 'dist', 'coverage', 'reports', '.stryker-tmp']);
const NOT_READ = /\.(gz|png|jpe?g|webp|ttf|woff2?|zip|parquet)$|(^|\/)package-lock\.json$/;

/** Every text file of the project, the deliberate breaches left out. */
export const sourceFiles = (): readonly SourceFile[] => filesUnder(ROOT, ROOT);

/**
 * A deliberate breach, laid out like the project it pretends to be. A `¦` is taken out on reading, so that a
 * fixture can hold a forbidden word without this repository holding it.
 */
export const fixture = (rule: string): readonly SourceFile[] => {
  const root = join(FIXTURES, 'rules', rule);
  return filesUnder(root, root).map(({ path, text }) => ({ path, text: text.replaceAll('¦', '') }));
};

export const fixtureFolder = (...parts: readonly string[]): string => join(FIXTURES, ...parts);

function filesUnder(folder: string, root: string): SourceFile[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const full = join(folder, entry.name);
    if (entry.isDirectory()) return NOT_OURS.has(entry.name) || full === FIXTURES ? [] : filesUnder(full, root);
    const path = relative(root, full).split(sep).join('/');
    return entry.isFile() && !NOT_READ.test(path) ? [{ path, text: readFileSync(full, 'utf8') }] : [];
  });
}

/** The lines of a file that a pattern meets, as breaches. */
export function linesWith(file: SourceFile, pattern: RegExp): Breach[] {
  return file.text.split('\n').flatMap((text, index) => {
    const match = pattern.exec(text);
    return match === null ? [] : [{ path: file.path, line: index + 1, seen: match[0].trim() }];
  });
}

export const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;

/** Comments blanked out, lines kept: for rules about what a file does rather than what it says. */
export function withoutComments(file: SourceFile): SourceFile {
  const blank = (match: string): string => match.replaceAll(/[^\n]/g, ' ');
  const text = file.path.endsWith('.sql')
    ? file.text.replaceAll(/--[^\n]*/g, blank)
    : file.text.replaceAll(/\/\*[\s\S]*?\*\//g, blank).replaceAll(/(^|\s)\/\/[^\n]*/g, blank);
  return { path: file.path, text };
}

export const isTest = (path: string): boolean => /\.test\.tsx?$/.test(path) || /^(server|sandbox|apps\/[^/]+|packages\/[^/]+)\/(test|e2e)\//.test(path);

/** The module a file belongs to, or null. */
export const moduleOf = (path: string): string | null => /^server\/src\/modules\/([^/]+)\//.exec(path)?.[1] ?? null;
