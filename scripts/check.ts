import { check, sumOf } from './suite.ts';

/** `npm run check`: types, lint, fences, unit and property tests. No database, no browser. */
const started = performance.now();
const { passed, failed } = sumOf(await check());
console.log(`${passed} passed, ${failed} failed in ${((performance.now() - started) / 1000).toFixed(0)} s`);
process.exitCode = failed === 0 ? 0 : 1;
