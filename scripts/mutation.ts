import { spawnSync } from 'node:child_process';

/** `npm run mutation [-- file …]`: does a test fail for each small change of loan-math's code? All of the package, or the files named (or `file:line-line`). */
const files = process.argv.slice(2);
const args = ['stryker', 'run', 'packages/loan-math/stryker.config.json', ...(files.length === 0 ? [] : ['--mutate', files.join(',')])];
process.exitCode = spawnSync('npx', args, { stdio: 'inherit' }).status ?? 1;
