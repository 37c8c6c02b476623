import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { rolldown } from 'rolldown';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = (name: string) => fileURLToPath(new URL(`../../../node_modules/.bin/${name}`, import.meta.url));
const built = mkdtempSync(join(tmpdir(), 'loan-math-'));
const dist = join(built, 'dist');
let complaints = '';
let modules: readonly { readonly name: string; readonly tree: ts.SourceFile }[] = [];

beforeAll(() => {
  try {
    execFileSync(bin('tsc'), ['-p', 'tsconfig.build.json', '--outDir', dist], { cwd: root, encoding: 'utf8' });
  } catch (error) {
    complaints = (error as { stdout: string }).stdout;
  }
  if (complaints !== '') return;
  const { exports } = (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { publishConfig: { exports: object } }).publishConfig;
  writeFileSync(join(built, 'package.json'), JSON.stringify({ ...JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')), exports, scripts: {} }));
  for (const file of ['README.md', 'LICENSE']) copyFileSync(join(root, file), join(built, file));
  modules = readdirSync(dist).filter((name) => name.endsWith('.js')).map((name) => ({
    name, tree: ts.createSourceFile(name, readFileSync(join(dist, name), 'utf8'), ts.ScriptTarget.Latest),
  }));
}, 120_000);
afterAll(() => rmSync(built, { recursive: true }));

/** What `code` weighs in a page that uses the package so: minified and packed. */
async function bundleOf(code: string): Promise<{ readonly text: string; readonly gzip: number }> {
  const bundle = await rolldown({
    input: 'entry',
    plugins: [{ name: 'entry', resolveId: (id) => (id === 'entry' ? id : id === '@mingdai/loan-math' ? join(dist, 'index.js') : null), load: (id) => (id === 'entry' ? code : null) }],
    transform: { target: ['chrome80', 'safari14'] },
  });
  const { output } = await bundle.generate({ format: 'es', minify: true });
  return { text: output[0].code, gzip: gzipSync(output[0].code, { level: 9 }).length };
}

describe('the package as others install it', () => {
  it('needs no library newer than ES2020, which is what Chrome 80 and Safari 14 have', () => expect(complaints).toBe(''));

  it('holds the build, the README and the license, and nothing else', () => {
    const [packed] = JSON.parse(execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: built, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })) as [{ files: { path: string }[] }];
    const files = packed.files.map(({ path }) => path);
    expect(files.filter((path) => !path.startsWith('dist/')).sort()).toEqual(['LICENSE', 'README.md', 'package.json']);
    expect(files.filter((path) => path.startsWith('dist/') && !/^dist\/[a-z-]+(\.d\.ts|\.js)$/.test(path))).toEqual([]);
    expect(files).toContain('dist/index.js');
    expect(files).toContain('dist/index.d.ts');
    expect(files.filter((path) => path.includes('test'))).toEqual([]);
  });

  it('depends on nothing', () => {
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as object;
    expect(Object.keys(manifest).filter((key) => key.toLowerCase().includes('dependencies'))).toEqual([]);
    for (const { name, tree } of modules) {
      const outside = ts.preProcessFile(tree.text).importedFiles.filter(({ fileName }) => !/^\.\/[a-z-]+\.js$/.test(fileName));
      expect([name, outside]).toEqual([name, []]);
    }
  });

  it('does nothing when it is imported: declarations only, and no state', () => {
    const declares = [ts.SyntaxKind.FunctionDeclaration, ts.SyntaxKind.ClassDeclaration, ts.SyntaxKind.ImportDeclaration, ts.SyntaxKind.ExportDeclaration];
    for (const { name, tree } of modules) {
      const others = tree.statements.filter((statement) => !declares.includes(statement.kind) && !(ts.isVariableStatement(statement) && (statement.declarationList.flags & ts.NodeFlags.Const) !== 0));
      expect([name, others.map((statement) => statement.getText(tree))]).toEqual([name, []]);
    }
  });

  it('has no syntax that Safari 14 does not read', () => {
    for (const { name, tree } of modules) {
      const seen: string[] = [];
      const visit = (node: ts.Node): void => {
        if (ts.isNamespaceExport(node) || ts.isClassStaticBlockDeclaration(node) || ts.isPropertyDeclaration(node) || ts.isPrivateIdentifier(node)) seen.push(node.getText(tree));
        if (ts.isRegularExpressionLiteral(node) && (/\(\?<[=!]/.test(node.text) || /[dv]\w*$/.test(node.text.slice(node.text.lastIndexOf('/'))))) seen.push(node.text);
        if (ts.isStringLiteralLike(node) && node.text.includes('(?<')) seen.push(node.text);
        if (ts.isBinaryExpression(node) && ['??=', '||=', '&&='].includes(node.operatorToken.getText(tree))) seen.push(node.getText(tree));
        ts.forEachChild(node, visit);
      };
      visit(tree);
      expect([name, seen]).toEqual([name, []]);
    }
  });

  it('leaves nothing of itself where nothing of it is used', async () => {
    expect((await bundleOf("import '@mingdai/loan-math';")).text).toBe('');
  });

  it("fits a borrower's quote screen, the schedule and its annual cost, into 8 kB", async () => {
    const { gzip } = await bundleOf("export { annualRatePpm, businessDate, fen, formatDate, quoteOf } from '@mingdai/loan-math';");
    console.log(`loan-math in a quote screen: ${gzip} bytes gzip`);
    expect(gzip).toBeLessThanOrEqual(8_000);
  });
});
