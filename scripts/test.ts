import { check, run, sumOf, tell, tests, tool, type Outcome } from './suite.ts';

/**
 * `npm test`: every suite there is, whatever fails on the way. The last line is `N passed, N failed`.
 * TEST_DATABASE_URL (or DATABASE_URL) names a PostgreSQL to use instead of the embedded one.
 */
const outcomes: Outcome[] = [...(await check())];
for (const step of [tool('page', 'npm', 'run', '--silent', 'page'), tests('server', 'server'), tests('journeys', 'e2e')]) {
  const outcome = await run(step);
  tell(outcome);
  outcomes.push(outcome);
}
const { passed, failed } = sumOf(outcomes);
process.exitCode = failed === 0 ? 0 : 1;
console.log(`${passed} passed, ${failed} failed`);
