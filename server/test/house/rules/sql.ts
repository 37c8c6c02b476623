import { isTest, lineAt, linesWith, moduleOf, withoutComments, type Breach, type Rule, type SourceFile } from '../source-files.ts';

const COPIED = 'copied everywhere';
const MAY_COPY = ['catalog', 'compliance', 'decisioning', 'funding'];

/** The rules about SQL: whose tables, which words, which keys. */
export const sqlRules: readonly Rule[] = [
  {
    name: 'own-schema',
    why:
      'A module names only tables of its own schema: what is joined to today cannot be moved tomorrow. ' +
      'Ask the other module through its door, or hand on a document.',
    find(files) {
      const schemas = new Set(['platform', ...files.flatMap(({ path }) => moduleOf(path) ?? [])]);
      return holdingSql(files).flatMap((file) =>
        tablesNamed(file)
          .filter(({ schema }) => schemas.has(schema) && schema !== ownerOf(file.path))
          .map(({ schema, table, line }) => ({ path: file.path, line, seen: `${schema}.${table}` })),
      );
    },
  },
  {
    name: 'sql-in-repositories',
    why: 'SQL is written in repository.ts, repository/ and platform/ only: every table has one place where it is read and written.',
    find: (files) =>
      files
        .filter(({ path }) => /^server\/src\/.*\.ts$/.test(path) && !isTest(path) && !isRepository(path))
        .flatMap((file) => linesWith(withoutComments(file), /\.query\s*[(<]/)),
  },
  {
    name: 'portable-sql',
    why:
      'The same schema must run on PostgreSQL 15, on an embedded server and spread over a distributed PostgreSQL: no triggers, ' +
      'no PL/pgSQL, no sequences or serial keys, no advisory locks, no SKIP LOCKED, no LISTEN, no deferred checks, nothing newer than 15.',
    find: (files) => holdingSql(files).flatMap((file) => linesWith(withoutComments(file), NOT_PORTABLE)),
  },
  {
    name: 'shard-leads-every-key',
    why:
      "A borrower's shard is the first column of every primary key, unique key and unique index, so that the tables can be spread. " +
      `A table that is small and the same everywhere says "-- ${COPIED}" and belongs to ${MAY_COPY.join(', ')}.`,
    find: (files) => files.filter(({ path }) => isMigration(path)).flatMap(keysWithoutShard),
  },
  {
    name: 'no-float-columns',
    why: 'Amounts are bigint fen and rates bigint ppm. A float column cannot hold 0.10 yuan.',
    find: (files) =>
      files
        .filter(({ path }) => isMigration(path))
        .flatMap((file) => linesWith(withoutComments(file), /^\s*\w+\s+(real|double precision|float\d?|money)\b/i)),
  },
  {
    name: 'only-added',
    why:
      'Books, events, decisions, offers, contracts and product versions are never edited: a correction is a new row. ' +
      'Such a table says "Rows are only ever added." above its create, and no SQL updates or deletes it.',
    find: brokenAddOnly,
  },
  {
    name: 'one-statement-per-migration',
    why: 'Several distributed databases take one change of schema at a time: a file with two statements can stop half-way and not be run again.',
    find: (files) =>
      files
        .filter(({ path }) => isMigration(path))
        .flatMap((file) => {
          const second = [...withoutComments(file).text.matchAll(/;/g)][1];
          return second === undefined ? [] : [{ path: file.path, line: lineAt(file.text, second.index), seen: 'a second statement ends here' }];
        }),
  },
  {
    name: 'migrations-in-order',
    why: 'Migrations are named 001-what.sql, 002-what.sql and so on without a gap, so that their order is the order of the listing.',
    find(files) {
      const folders = Map.groupBy(files.filter(({ path }) => isMigration(path)), ({ path }) => path.slice(0, path.lastIndexOf('/')));
      return [...folders.values()].flatMap((inFolder) =>
        inFolder
          .toSorted((a, b) => (a.path < b.path ? -1 : 1))
          .flatMap(({ path }, index) => (path.includes(`/${String(index + 1).padStart(3, '0')}-`) && /\/\d{3}-[a-z0-9-]+\.sql$/.test(path) ? [] : [{ path, line: 0, seen: path }])),
      );
    },
  },
];

const NOT_PORTABLE = new RegExp(
  [
    String.raw`\b(?:small|big)?serial\b`,
    String.raw`\bgenerated\s+(?:always|by default)\s+as\s+identity\b`,
    String.raw`\b(?:create|drop|enable|disable)\s+trigger\b`,
    String.raw`\bcreate\s+sequence\b|\bnextval\s*\(`,
    String.raw`\bplpgsql\b|\bcreate\s+(?:or\s+replace\s+)?(?:function|procedure)\b|\bdo\s+\$\$`,
    String.raw`\bpg_(?:try_)?advisory\w*`,
    String.raw`\bskip\s+locked\b`,
    String.raw`\buuidv7\s*\(|\bwithout\s+overlaps\b|\bgenerated\s+always\s+as\s*\(.*\)\s+virtual\b`,
    String.raw`\bdeferrable\b|\bexclude\s+using\b`,
    String.raw`\bcreate\s+extension\b`,
    String.raw`['"\`]\s*(?:listen|notify)\s+[a-z_]+|\bpg_notify\b`,
  ].join('|'),
  'i',
);

/** Tables that are books or documents: they must be marked, wherever they are. */
const MUST_BE_ADDED_ONLY = [
  'ledger.entry', 'ledger.posting', 'ledger.block', 'servicing.loan_event', 'decisioning.decision', 'decisioning.evidence',
  'origination.offer', 'origination.contract', 'servicing.contract', 'catalog.product_version',
];

const isMigration = (path: string): boolean => /^server\/src\/.*\/migrations\/[^/]+\.sql$/.test(path);
const isRepository = (path: string): boolean => /\/repository(\/|\.ts$)/.test(path) || path.startsWith('server/src/platform/');
const ownerOf = (path: string): string => moduleOf(path) ?? (path.startsWith('server/src/platform/') ? 'platform' : '');

/** Files of the server that run SQL in production. */
const holdingSql = (files: readonly SourceFile[]): SourceFile[] =>
  files.filter(({ path }) => isMigration(path) || (/^server\/src\/.*\.ts$/.test(path) && !isTest(path)));

function tablesNamed(file: SourceFile): { schema: string; table: string; line: number }[] {
  const { text } = withoutComments(file);
  const named = text.matchAll(/\b(?:from|join|into|update|table|references|only|truncate|exists|on)\s+"?([a-z_]+)"?\."?([a-z_]+)"?/gi);
  return [...named].map((match) => ({ schema: match[1]!, table: match[2]!, line: lineAt(text, match.index) }));
}

type Table = { readonly name: string; readonly comment: string; readonly body: string; readonly path: string; readonly line: number; readonly bodyAt: number; readonly text: string };

/** The tables a migration makes, each with the comment above it. */
function tablesOf({ path, text }: SourceFile): Table[] {
  return [...text.matchAll(/((?:^[ \t]*--[^\n]*\n)*)^[ \t]*create\s+table\s+(?:if\s+not\s+exists\s+)?([\w.]+)\s*\(/gim)].map((match) => {
    const bodyAt = match.index + match[0].length;
    let depth = 1;
    let end = bodyAt;
    while (depth > 0 && end < text.length) {
      if (text[end] === '(') depth += 1;
      if (text[end] === ')') depth -= 1;
      end += 1;
    }
    return { name: match[2]!, comment: match[1]!, body: text.slice(bodyAt, end), path, line: lineAt(text, bodyAt), bodyAt, text };
  });
}

function keysWithoutShard(file: SourceFile): Breach[] {
  const sql = withoutComments(file).text;
  const copied = new Set(tablesOf(file).filter((table) => `${table.comment}${table.body}`.includes(COPIED)).map(({ name }) => name));
  const inTables = tablesOf(file).flatMap((table): Breach[] => {
    if (copied.has(table.name)) return MAY_COPY.includes(moduleOf(file.path) ?? '') ? [] : [{ path: file.path, line: table.line, seen: `${table.name} is copied everywhere` }];
    const body = withoutComments({ path: file.path, text: table.body }).text;
    return [...body.matchAll(/\b(primary\s+key|unique)\b(?:\s+nulls\s+(?:not\s+)?distinct)?\s*(\(\s*"?(\w+)"?)?/gi)]
      .filter((match) => match[3] !== 'shard')
      .map((match) => ({ path: file.path, line: lineAt(table.text, table.bodyAt + match.index), seen: `${table.name}: ${match[0].replaceAll(/\s+/g, ' ')}` }))
      .concat(/^\s*shard\s+int(eger|4|2)?\b/im.test(body) ? [] : [{ path: file.path, line: table.line, seen: `${table.name} has no shard` }]);
  });
  const indexes = [...sql.matchAll(/create\s+unique\s+index\s+[^;]*?\bon\s+([\w.]+)[^;(]*\(\s*(\w+)/gi)]
    .filter((match) => match[2] !== 'shard' && !copied.has(match[1]!))
    .map((match) => ({ path: file.path, line: lineAt(sql, match.index), seen: match[0].replaceAll(/\s+/g, ' ') }));
  return [...inTables, ...indexes];
}

function brokenAddOnly(files: readonly SourceFile[]): Breach[] {
  const tables = files.filter(({ path }) => isMigration(path)).flatMap(tablesOf);
  const marked = new Set(tables.filter(({ comment }) => /only ever added|immutable|never (edited|changed|updated)/i.test(comment)).map(({ name }) => name));
  const unmarked = tables
    .filter(({ name }) => MUST_BE_ADDED_ONLY.includes(name) && !marked.has(name))
    .map(({ path, line, name }) => ({ path, line, seen: `${name} does not say "Rows are only ever added."` }));
  const edited = holdingSql(files).flatMap((file) => {
    const { text } = withoutComments(file);
    return [...text.matchAll(/\b(?:update|delete\s+from|truncate(?:\s+table)?)\s+([a-z_]+\.[a-z_]+)|\binsert\s+into\s+([a-z_]+\.[a-z_]+)[^;`]*?\bdo\s+update\b/gi)]
      .filter((match) => marked.has(match[1] ?? match[2]!))
      .map((match) => ({ path: file.path, line: lineAt(text, match.index), seen: `${match[0].slice(0, 60).replaceAll(/\s+/g, ' ')}` }));
  });
  return [...unmarked, ...edited];
}
