import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const fewerRuns = fileURLToPath(new URL('fewer-runs.ts', import.meta.url));

/** The first test that fails ends a mutant's run: single cases first, then published ones, then properties, which take longest. */
class QuickFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const kinds = ['.golden.', '.vectors.', '.prop.'];
    const rank = ({ moduleId }: TestSpecification) => kinds.findIndex((kind) => moduleId.includes(kind));
    return [...files].sort((a, b) => rank(a) - rank(b) || (a.moduleId < b.moduleId ? -1 : 1));
  }
}

/** The package's tests as Stryker runs them, once for each mutant: the same tests, with fewer random cases each. */
export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  plugins: [{
    name: 'fewer-runs',
    enforce: 'pre',
    transform: (code: string) => code.replace("import fc from 'fast-check';", `import { fewerRuns as fc } from ${JSON.stringify(fewerRuns)};`),
  }],
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    // These read the README or the package, not the arithmetic, or call everything thousands of times.
    exclude: ['test/readme.test.ts', 'test/package.test.ts', 'test/hostile*.test.ts'],
    isolate: false,
    testTimeout: 20_000,
    sequence: { sequencer: QuickFirst },
  },
});
