import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** `npm run api-reference`: docs/api/loan-math.md, every name on the package's door with its type and its doc comment, by area. `-- --check` only says whether it is stale. */
const PACKAGE = fileURLToPath(new URL('../packages/loan-math', import.meta.url));
export const PAGE = fileURLToPath(new URL('../docs/api/loan-math.md', import.meta.url));

/** Areas in the order one meets them, each with the files that are its own. A file that is in none is listed last. */
const AREAS: readonly (readonly [title: string, files: RegExp])[] = [
  ['Money, rates and days', /^(money|rate|business-date|calendar|working-days.*|day-count)$/],
  ['Schedules', /^(terms.*|schedule|level-.*|flat-fee|amortization.*|annuity)$/],
  ['Annual cost', /^(annual-cost.*|xirr|rate-search.*|aprc.*|reg-z.*)$/],
  ["The true cost of a seller's words", /^(offer-.*|true-cost.*|inverse-fee)$/],
  ['Life of a loan', /^(event.*|events-check|position.*|allocation|split)$/],
  ['A loan in words, and what a change does to it', /^(account-lines.*|explain.*|replay.*)$/],
  ['Foundations', /./],
];

type Entry = { readonly name: string; readonly file: string; readonly code: string; readonly doc: string };

/** The page as it should be now. */
export function apiReference(): string {
  const entries = [...entriesOf()].sort((a, b) => (a.name < b.name ? -1 : 1));
  const areaOf = ({ file }: Entry): string => AREAS.find(([, files]) => files.test(file))![0];
  const areas = AREAS.map(([title]) => ({ title, own: entries.filter((entry) => areaOf(entry) === title) }));
  return [
    '# @mingdai/loan-math: reference',
    'Made by `npm run api-reference` from the source. `Needs` is what a function asks of its arguments; outside it throws an `ArgumentError` that names the argument, the value and the bound.',
    areas.map(({ title, own }) => `- [${title}](#${anchorOf(title)}): ${own.filter(isCallable).map(({ name }) => `[\`${name}\`](#${anchorOf(name)})`).join(' ')}`).join('\n'),
    ...areas.flatMap(({ title, own }) => [`## ${title}`, ...[...own.filter(isCallable), ...own.filter((entry) => !isCallable(entry))].map(sectionOf)]),
  ].join('\n\n') + '\n';
}

/** A value one can use, and not only a shape. */
const isCallable = ({ code }: Entry): boolean => !/^(type|interface) /.test(code);
const anchorOf = (title: string): string => title.toLowerCase().replaceAll(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-');
const sectionOf = ({ name, code, doc }: Entry): string => [`### ${name}`, ...(doc === '' ? [] : [doc]), `\`\`\`ts\n${code}\n\`\`\``].join('\n\n');

function* entriesOf(): Generator<Entry> {
  const { options, fileNames } = ts.parseJsonConfigFileContent(ts.readConfigFile(`${PACKAGE}/tsconfig.build.json`, ts.sys.readFile).config, ts.sys, PACKAGE);
  const program = ts.createProgram(fileNames, { ...options, emitDeclarationOnly: true, noEmitOnError: false });
  const emitted = new Map<string, ts.SourceFile>();
  program.emit(undefined, (path, text) => emitted.set(basename(path, '.d.ts'), ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)), undefined, true);
  const checker = program.getTypeChecker();
  const namesOf = function* (symbol: ts.Symbol, prefix: string): Generator<Entry> {
    for (const exported of checker.getExportsOfModule(symbol)) {
      const target = (exported.flags & ts.SymbolFlags.Alias) !== 0 ? checker.getAliasedSymbol(exported) : exported;
      const [declaration] = target.declarations ?? [];
      if (declaration === undefined) continue;
      if (ts.isSourceFile(declaration)) yield* namesOf(target, `${exported.name}.`);
      else {
        const file = basename(declaration.getSourceFile().fileName, '.ts');
        yield { name: `${prefix}${exported.name}`, file, ...shownAs(emitted.get(file)!, target.name) };
      }
    }
  };
  yield* namesOf(checker.getSymbolAtLocation(program.getSourceFile(`${PACKAGE}/src/index.ts`)!)!, '');
}

/** A name's declarations as the types of the build state them, without words every line would repeat; what is written above the first of them. */
function shownAs(file: ts.SourceFile, name: string): Pick<Entry, 'code' | 'doc'> {
  const own = file.statements.filter((statement) =>
    ts.isVariableStatement(statement) ? statement.declarationList.declarations.some((each) => each.name.getText(file) === name) : (statement as ts.DeclarationStatement).name?.getText(file) === name);
  const code = own.map((statement) => statement.getText(file).replace(/^(export )?(declare )?/, '').replaceAll('    ', '  ')).join('\n');
  const comments = own.flatMap((statement) => ts.getLeadingCommentRanges(file.text, statement.getFullStart()) ?? []);
  return { code, doc: comments.length === 0 ? '' : markdownOf(file.text.slice(comments.at(-1)!.pos, comments.at(-1)!.end)) };
}

/** A doc comment of the fixed shape as a paragraph and a list. */
function markdownOf(comment: string): string {
  const lines = comment.replace(/^\/\*\*/, '').replace(/\*\/$/, '').split('\n').map((line) => line.replace(/^\s*\* ?/, '').trimEnd());
  const shaped = lines.map((line) => line.replace(/^\s*(What|Units|Rounds|Keeps|Needs|Throws|Refuses|Source) {1,}(?=\S)/, '- **$1** ').replace(/^ {2,}/, '  '));
  return shaped.join('\n').trim().replaceAll(/docs\/specs\/([a-z0-9-]+\.md)/g, '[$1](../specs/$1)');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv[2] === '--check') {
    if (readFileSync(PAGE, 'utf8') !== apiReference()) throw new Error('docs/api/loan-math.md is not what the source says: npm run api-reference');
  } else {
    mkdirSync(dirname(PAGE), { recursive: true });
    writeFileSync(PAGE, apiReference());
  }
}
