import { describe, expect, it } from 'vitest';
import { countTests } from './count.ts';

const report = (status: string, ...tests: readonly string[]) => ({
  name: 'a.test.ts',
  status,
  assertionResults: tests.map((state, index) => ({ fullName: `test ${index + 1}`, status: state })),
});
const counted = (exitCode: number, ...files: readonly ReturnType<typeof report>[]) => {
  const success = files.every(({ status }) => status === 'passed');
  const { passed, failed } = countTests(JSON.stringify({ success, testResults: files }), exitCode);
  return { passed, failed };
};

describe('counting a run of tests', () => {
  it('counts what passed and what failed', () => {
    expect(counted(1, report('passed', 'passed', 'passed'), report('failed', 'passed', 'failed'))).toEqual({ passed: 3, failed: 1 });
  });

  it('counts a skipped or planned test as failed', () => {
    expect(counted(0, report('passed', 'passed', 'skipped', 'pending', 'todo'))).toEqual({ passed: 1, failed: 3 });
  });

  it('counts a file that could not be loaded as one failed test', () => {
    expect(counted(1, report('passed', 'passed'), report('failed'))).toEqual({ passed: 1, failed: 1 });
  });

  it('counts an error outside any test', () => {
    expect(counted(1, report('passed', 'passed'))).toEqual({ passed: 1, failed: 1 });
  });

  it('counts a run without a report as failed', () => {
    expect(countTests(null, 0)).toMatchObject({ passed: 0, failed: 1 });
  });
});
