import { defineConfig } from 'vitest/config';

const never = ['**/node_modules/**', '**/dist/**', 'server/test/house/fixtures/**'];

/** Four suites: `unit` touches nothing, `house` reads the source, `server` needs PostgreSQL, `e2e` starts processes and a browser. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['packages/**/*.test.ts', 'server/**/*.test.ts', 'sandbox/**/*.test.ts', 'apps/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts'],
          exclude: [...never, '**/*.db.test.ts', '**/*.e2e.test.ts', 'server/test/house/**'],
          testTimeout: 60_000,
        },
      },
      {
        test: { name: 'house', include: ['server/test/house/*.test.ts'], exclude: never, testTimeout: 60_000 },
      },
      {
        test: {
          name: 'server',
          include: ['server/**/*.db.test.ts', 'sandbox/**/*.db.test.ts', 'packages/**/*.db.test.ts'],
          exclude: never,
          globalSetup: ['server/test/support/global-setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['server/**/*.e2e.test.ts', 'sandbox/**/*.e2e.test.ts', 'apps/**/*.e2e.test.ts'],
          exclude: never,
          fileParallelism: false,
          testTimeout: 240_000,
          hookTimeout: 240_000,
        },
      },
    ],
  },
});
