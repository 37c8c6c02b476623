export type Count = { readonly passed: number; readonly failed: number; readonly names: readonly string[] };

type Report = {
  readonly success: boolean;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
};

/**
 * Counts a vitest JSON report. A test that was skipped, or is only planned, counts as failed: it says nothing.
 * A file that could not be loaded counts as one failed test, and so does a run that failed outside any test.
 */
export function countTests(json: string | null, exitCode: number): Count {
  if (json === null) return { passed: 0, failed: 1, names: ['the run ended without a report'] };
  const report = JSON.parse(json) as Report;
  const all = report.testResults.flatMap(({ assertionResults }) => assertionResults);
  const notPassed = all.filter(({ status }) => status !== 'passed').map(({ fullName, status }) => `${fullName} (${status})`);
  const notLoaded = report.testResults
    .filter(({ status, assertionResults }) => status === 'failed' && assertionResults.every((test) => test.status === 'passed'))
    .map(({ name }) => `${name} (could not be run to its end)`);
  const names = [...notPassed, ...notLoaded];
  if (names.length === 0 && (exitCode !== 0 || !report.success)) names.push('something failed outside any test');
  return { passed: all.length - notPassed.length, failed: names.length, names };
}
