import { isTest, lineAt, linesWith, moduleOf, withoutComments, type Breach, type Rule, type SourceFile } from '../source-files.ts';

const CODE = /\.(ts|tsx|mjs|cjs|js|css|sql)$/;
const OURS = /^(server|sandbox|packages|apps|scripts|bench|bin)\//;
const PRODUCT = /^(server\/src|packages\/[^/]+\/src|apps\/[^/]+\/src)\//;
/**
 * Where numbers are shares and odds, not money; and the first guesses of a search for a rate, which exact tests then settle
 * (rate-search-seed, annual-cost-dated).
 */
const STATISTICS = /^packages\/risk-math\/|\/(score|fit)[\w-]*\.ts$|^packages\/loan-math\/src\/(rate-search-seed|annual-cost-dated)\.ts$/;
const MONEY = '(?:\\w*(?:[fF]en|[aA]mount|[pP]rincipal|[iI]nterest|[bB]alance|[pP]enalty|[pP]ayoff|[iI]nstallment))';

/** The rules about names, numbers and words. */
export const wordRules: readonly Rule[] = [
  {
    name: 'file-length',
    why: 'A file has at most 400 lines: what is longer holds two nouns. Split it by noun.',
    find: (files) =>
      files
        .filter(({ path }) => CODE.test(path) && OURS.test(path))
        .flatMap(({ path, text }) => {
          const lines = text.trimEnd().split('\n').length;
          return lines > 400 ? [{ path, line: 0, seen: `${lines} lines` }] : [];
        }),
  },
  {
    name: 'no-utils',
    why: 'A file is named after the one noun it holds. "utils", "helpers" and "common" name a drawer, and a drawer grows.',
    find: (files) =>
      files
        .filter(({ path }) => OURS.test(path) && /(^|[/._-])(utils?|helpers?|common|misc|stuff|manager)([/._-]|$)/i.test(path))
        .map(({ path }) => ({ path, line: 0, seen: path })),
  },
  {
    name: 'money-is-not-a-number',
    why: 'Money is bigint fen from the wire to the column. Number(), parseFloat() and toFixed() lose fen without a sound: use formatYuan and parseYuan.',
    find: (files) =>
      files
        .filter(({ path }) => PRODUCT.test(path) && /\.tsx?$/.test(path) && !isTest(path) && !STATISTICS.test(path))
        .flatMap((file) => linesWith(withoutComments(file), new RegExp(`\\bparseFloat\\b|\\.toFixed\\(|\\bNumber\\((?:[\\w.]*\\.)?${MONEY}\\)`))),
  },
  {
    name: 'specs-exist',
    why: 'A computation cites the page that defines it. A cited page or section that is not there proves nothing.',
    find(files) {
      const pages = new Map(files.filter(({ path }) => path.startsWith('docs/specs/')).map(({ path, text }) => [path, sectionsOf(text)]));
      return files
        .filter(({ path }) => /\.(ts|tsx|sql|md)$/.test(path) && !path.startsWith('server/test/house/'))
        .flatMap((file) =>
          [...file.text.matchAll(/docs\/specs\/[\w-]+\.md(?:\s+§\s*(\d+(?:\.\d+)*))?/g)].flatMap((match) => {
            const sections = pages.get(match[0].split(' ')[0]!.split('\n')[0]!.trim());
            const isThere = sections !== undefined && (match[1] === undefined || sections.has(match[1]));
            return isThere ? [] : [{ path: file.path, line: lineAt(file.text, match.index), seen: match[0] }];
          }),
        );
    },
  },
  {
    name: 'refusals-are-distinct',
    why: 'A refusal code means one thing: a caller that reads `code` must not have to ask which module said it. Codes are snake_case.',
    find: sharedCodes,
  },
  {
    name: 'module-rooms',
    why:
      'Every module has a README (what it owns, its words, what always holds) and a door, index.ts; its other folders are ' +
      'domain, service, repository, routes, migrations, adapters, data and seed (facts loaded as they stand). Who knows one module knows them all.',
    find: missingRooms,
  },
  {
    name: 'no-left-overs',
    why: 'A test that is skipped and a note to do it later say nothing and are read by nobody. Do it, or take it out.',
    find: (files) =>
      files
        .filter(({ path }) => CODE.test(path) && OURS.test(path))
        .flatMap((file) => linesWith(file, new RegExp(['\\bTO', 'DO\\b|\\bFIX', 'ME\\b|\\bXX', 'X\\b|\\b(?:it|test|describe)\\.(?:on', 'ly|sk', 'ip(?:If)?|run', 'If|to', 'do)\\b|not implem', 'ented'].join('')))),
  },
  {
    name: 'stands-anywhere',
    why: 'A clone stands alone on any machine: no path of the machine it was written on, no private registry, no address of one person.',
    find: (files) =>
      files
        .filter(({ path }) => path !== '.ci/run')
        .flatMap((file) => linesWith(file, new RegExp(['\\.\\./sha', 'red\\b|(?<![\\w.-])/(?:wo', 'rk|ho', 'me|ro', 'ot|fa', 'rm|Us', 'ers)/\\w|registry\\.npm', '|npmmir', 'ror|verda', 'ccio|artifac', 'tory'].join('')))),
  },
  {
    name: 'marketing-words',
    why: 'RATE-031: what a borrower reads may not call a loan cheap, easy or instant. The words are forbidden in marketing since 2026-09-30.',
    find: (files) =>
      files
        .filter(({ path }) => /^(apps\/[^/]+\/(src|index\.html)|packages\/contract\/src)/.test(path))
        .flatMap((file) => linesWith(file, /低风险|低门槛|秒到账|秒批|高收益|低利率|无成本|零成本|low[- ]risk|instant (?:cash|payout|money)|risk[- ]free/i)),
  },
];

function sectionsOf(page: string): ReadonlySet<string> {
  return new Set([...page.matchAll(/^#{1,6}\s+§?\s*(\d+(?:\.\d+)*)(?=[\s.:)])/gm)].map((match) => match[1]!));
}

function sharedCodes(files: readonly SourceFile[]): Breach[] {
  const said = files
    .filter(({ path }) => /^server\/src\/modules\/[^/]+\/errors\.ts$/.test(path) || (/^server\/src\/platform\/.*\.ts$/.test(path) && !isTest(path)))
    .flatMap((file) => {
      const owner = moduleOf(file.path) ?? 'platform';
      const { text } = withoutComments(file);
      return [...text.matchAll(/\bcode:\s*'([^']+)'/g)].map((match) => ({ owner, code: match[1]!, path: file.path, line: lineAt(text, match.index) }));
    });
  const owners = new Map<string, string>();
  return said.flatMap(({ owner, code, path, line }) => {
    if (!/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(code)) return owner === 'platform' ? [] : [{ path, line, seen: code }];
    const first = owners.get(code) ?? owner;
    owners.set(code, first);
    return first === owner ? [] : [{ path, line, seen: `${code} is ${first}'s` }];
  });
}

const ROOMS = new Set(['domain', 'service', 'repository', 'routes', 'migrations', 'adapters', 'data', 'seed']);

function missingRooms(files: readonly SourceFile[]): Breach[] {
  const paths = new Set(files.map(({ path }) => path));
  const modules = new Set([...paths].flatMap((path) => moduleOf(path) ?? []));
  return [...modules].flatMap((name) => {
    const folder = `server/src/modules/${name}`;
    const missing = ['README.md', 'index.ts'].filter((file) => !paths.has(`${folder}/${file}`));
    const rooms = new Set([...paths].filter((path) => path.startsWith(`${folder}/`)).map((path) => path.slice(folder.length + 1).split('/')).filter((parts) => parts.length > 1).map(([room]) => room!));
    return [
      ...missing.map((file) => ({ path: `${folder}/${file}`, line: 0, seen: 'is missing' })),
      ...[...rooms].filter((room) => !ROOMS.has(room)).map((room) => ({ path: `${folder}/${room}`, line: 0, seen: 'is no room of a module' })),
    ];
  });
}
