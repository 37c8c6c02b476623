/** The fences of the house that a dependency checker can keep. Each rule says why, so that a failure teaches. */
const aModule = '^server/src/modules/([^/]+)/';
const isTest = '\\.test\\.tsx?$';
const modules = (...names) => `^server/src/modules/(${names.join('|')})/`;

/** Modules of one level may use themselves and the modules named; everything else is up, or a peer. */
const level = ({ name, of, mayUse, comment }) => ({
  name,
  severity: 'error',
  comment,
  from: { path: modules(...of) },
  to: { path: aModule, pathNot: ['^server/src/modules/$1/', ...(mayUse.length > 0 ? [modules(...mayUse)] : [])] },
});

const level1a = ['ledger', 'compliance'];
const level1b = ['catalog', 'customers', 'payments'];
const level2 = ['decisioning', 'servicing', 'funding'];
const level3 = ['origination', 'collections'];

module.exports = {
  forbidden: [
    {
      name: 'one-door',
      severity: 'error',
      comment: 'A module is entered through its index.ts only: what is not on the door may change without asking anyone.',
      from: { path: aModule },
      to: { path: aModule, pathNot: ['^server/src/modules/$1/', '^server/src/modules/[^/]+/index\\.ts$'] },
    },
    {
      name: 'outside-uses-the-door',
      severity: 'error',
      comment: 'main, the command line and the jobs enter modules through index.ts too: one door serves everyone.',
      from: { path: '^server/src/', pathNot: '^server/src/modules/' },
      to: { path: aModule, pathNot: '/index\\.ts$' },
    },
    {
      name: 'domain-is-pure',
      severity: 'error',
      comment:
        'domain/ may use the math packages, the kernel, its own errors, data and other domain files, and the types on a lower door. ' +
        'No I/O, no libraries: a rule that touches nothing can be read, tested and replayed by itself.',
      from: { path: '^server/src/modules/([^/]+)/domain/', pathNot: isTest },
      to: {
        pathNot: ['^packages/((loan|risk)-math|statement)/', '^server/src/kernel/', '^server/src/modules/$1/(domain/|errors\\.ts$|[^/]+\\.json$)', '^server/src/modules/[^/]+/index\\.ts$'],
      },
    },
    {
      name: 'domain-takes-only-types-from-a-door',
      severity: 'error',
      comment: 'From another module domain/ takes the words (types), never the works: a value on a door may reach a database.',
      from: { path: '^server/src/modules/([^/]+)/domain/', pathNot: isTest },
      to: { path: '^server/src/modules/[^/]+/index\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'math-stands-alone',
      severity: 'error',
      comment: 'The published libraries depend on nothing, so that anybody can check a statement with nothing but the library.',
      from: { path: '^packages/(loan|risk)-math/src/', pathNot: isTest },
      to: { pathNot: '^packages/$1-math/src/' },
    },
    {
      name: 'statement-stands-on-loan-math',
      severity: 'error',
      comment: 'What checks a statement is the published arithmetic and one small library of signatures: it runs anywhere, and asks nobody.',
      from: { path: '^packages/statement/src/', pathNot: isTest },
      to: { pathNot: ['^packages/(statement|loan-math)/src/', 'node_modules/@noble/(ed25519|hashes)/'] },
    },
    {
      name: 'contract-is-only-words',
      severity: 'error',
      comment: 'The contract is shared by server and pages: it may use zod and the math packages, nothing that runs in only one of them.',
      from: { path: '^packages/contract/src/', pathNot: isTest },
      to: { pathNot: ['^packages/(contract|loan-math)/src/', 'node_modules/zod/'] },
    },
    {
      name: 'kernel-knows-nothing',
      severity: 'error',
      comment: 'Level 0: the kernel is shared words without I/O. It may use loan-math and node:crypto, nothing that lends or stores.',
      from: { path: '^server/src/kernel/', pathNot: isTest },
      to: { pathNot: ['^server/src/kernel/', '^packages/loan-math/src/', '^(node:)?crypto$'] },
    },
    {
      name: 'platform-knows-no-lending',
      severity: 'error',
      comment: 'Level 0: platform/ does I/O without lending words. A platform that knows a loan cannot be replaced.',
      from: { path: '^server/src/platform/' },
      to: { path: ['^server/src/modules/', '^server/src/[^/]+\\.ts$', '^server/src/(cli|demo)/'] },
    },
    level({
      name: 'level-1a',
      of: level1a,
      mayUse: [],
      comment: 'Foundations (ledger, compliance) know no other module: books that ask nobody can be trusted by everybody.',
    }),
    level({
      name: 'level-1b',
      of: level1b,
      mayUse: level1a,
      comment: 'catalog, customers and payments may use the foundations only. Payments does not know what a loan is; news travels up as an event.',
    }),
    level({
      name: 'level-2',
      of: level2,
      mayUse: [...level1a, ...level1b],
      comment: 'Engines (decisioning, servicing, funding) use levels 1a and 1b, never each other: what two engines share is a document handed on.',
    }),
    level({
      name: 'level-3',
      of: level3,
      mayUse: [...level1a, ...level1b, ...level2],
      comment: 'Stories (origination, collections) use what is below, never each other: from the contract on, nobody reads the application again.',
    }),
    {
      name: 'level-4',
      severity: 'error',
      comment: 'main and the command line know everyone and are known by no one: a module that imports the top cannot be used without it.',
      from: { path: ['^server/src/(modules|kernel|platform)/', '^packages/'], pathNot: isTest },
      to: { path: ['^server/src/[^/]+\\.ts$', '^server/src/(cli|demo)/'] },
    },
    {
      name: 'sql-lives-in-repositories',
      severity: 'error',
      comment: 'Only repository.ts, repository/ and platform/ may speak to the database: a table has one owner and one place to look.',
      from: { path: '^server/src/', pathNot: ['/repository(/|\\.ts$)', '^server/src/platform/', isTest] },
      to: { path: 'node_modules/(pg|pg-copy-streams|pg-boss)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'sandbox-stands-alone',
      severity: 'error',
      comment: 'The outside world imports nothing of ours: a bank that shared our code would share our mistakes, and agree with us for no reason.',
      from: { path: '^sandbox/' },
      to: { path: '^(server|packages|apps|bench|scripts)/' },
    },
    {
      name: 'nobody-imports-the-sandbox',
      severity: 'error',
      comment: 'The sandbox is reached over HTTP like a real provider. What imports it would not work in production.',
      from: { path: '^(server|packages|apps|bench|scripts)/' },
      to: { path: '^sandbox/' },
    },
    {
      name: 'pages-ask-over-http',
      severity: 'error',
      comment: 'A page may use the contract, loan-math and the statement; everything else it asks the server for, like any other caller.',
      from: { path: '^apps/[^/]+/src/' },
      to: { path: '^(server|sandbox|packages/risk-math)/' },
    },
    {
      name: 'verify-asks-nobody',
      severity: 'error',
      comment: 'The page that checks statements takes nobody at their word: it may use the open arithmetic and the statement package, not the words of the server or another page.',
      from: { path: '^apps/verify/src/' },
      to: { path: '^(packages/contract|apps/(?!verify/)[^/]+)/' },
    },
    {
      name: 'no-test-code-in-the-product',
      severity: 'error',
      comment: 'What runs for a borrower does not depend on tests, their tools or their data.',
      from: { path: '^(server|sandbox|packages/[^/]+|apps/[^/]+)/src/', pathNot: isTest },
      to: { path: ['\\.test\\.tsx?$', '^server/test/', '^(packages|apps)/[^/]+/(test|e2e)/', 'node_modules/(vitest|fast-check|playwright-core)/'] },
    },
    {
      name: 'no-circles',
      severity: 'error',
      comment: 'A circle is one module in two coats: neither file can be read, tested or moved without the other.',
      from: {},
      to: { circular: true },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['/dist/', '^server/test/house/fixtures/'] },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default'] },
  },
};
