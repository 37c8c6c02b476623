import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['packages/**/*.test.ts', 'server/**/*.test.ts', 'sandbox/**/*.test.ts', 'apps/**/*.test.ts'], exclude: ['**/node_modules/**', '**/*.db.test.ts', '**/*.e2e.test.ts', 'server/test/house/**'] } },
      { test: { name: 'server', include: ['server/**/*.db.test.ts', 'sandbox/**/*.db.test.ts'], globalSetup: ['server/test/support/global-setup.ts'], testTimeout: 30_000, hookTimeout: 60_000 } },
      { test: { name: 'e2e', include: ['**/*.e2e.test.ts'], exclude: ['**/node_modules/**'], testTimeout: 120_000, hookTimeout: 120_000 } },
    ],
  },
});
