import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const fewerRuns = fileURLToPath(new URL('fewer-runs.ts', import.meta.url));

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
    // These read the page or the package, not the arithmetic, or run a million cases.
    exclude: ['test/readme.test.ts', 'test/pack*.test.ts', 'test/hostile*.test.ts'],
    isolate: false,
    testTimeout: 20_000,
  },
});
