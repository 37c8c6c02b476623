import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { countTests, type Count } from './count.ts';

/** One thing that can pass or fail: a tool that says yes or no, or a vitest run that counts its tests. */
export type Step = { readonly name: string; readonly command: string; readonly args: readonly string[] };
export type Outcome = { readonly name: string; readonly count: Count; readonly seconds: number; readonly output: string };

const ROOT = join(import.meta.dirname, '..');

/** A tool that is one test: it passes when it ends with 0. */
export const tool = (name: string, command: string, ...args: readonly string[]): Step => ({ name, command, args });

/** A vitest run over some of the suites of vitest.config.ts. */
export const tests = (name: string, ...projects: readonly string[]): Step => ({
  name,
  command: 'vitest',
  args: ['run', ...projects.flatMap((project) => ['--project', project])],
});

/** Runs one step to its end. Never throws: what cannot be started has failed. */
export async function run(step: Step): Promise<Outcome> {
  const started = performance.now();
  const folder = await mkdtemp(join(tmpdir(), 'mingdai-report-'));
  const report = join(folder, 'report.json');
  const isVitest = step.command === 'vitest';
  const args = isVitest ? [...step.args, '--passWithNoTests', '--reporter=dot', '--reporter=json', `--outputFile.json=${report}`] : step.args;
  try {
    const { code, output } = await spawned(step.command, args);
    const count = isVitest ? countTests(await readFile(report, 'utf8').catch(() => null), code) : yesOrNo(code);
    return { name: step.name, count, seconds: (performance.now() - started) / 1000, output };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const yesOrNo = (code: number): Count => (code === 0 ? { passed: 1, failed: 0, names: [] } : { passed: 0, failed: 1, names: [] });

function spawned(command: string, args: readonly string[]): Promise<{ readonly code: number; readonly output: string }> {
  const path = [join(ROOT, 'node_modules', '.bin'), process.env['PATH']].join(delimiter);
  const child = spawn(command, args, { cwd: ROOT, env: { ...process.env, PATH: path, NO_COLOR: '1' }, stdio: ['ignore', 'pipe', 'pipe'] });
  const parts: string[] = [];
  child.stdout.on('data', (part: Buffer) => parts.push(part.toString()));
  child.stderr.on('data', (part: Buffer) => parts.push(part.toString()));
  return new Promise((resolve) => {
    child.on('error', (cause) => resolve({ code: 1, output: `${command}: ${cause.message}` }));
    child.on('close', (code) => resolve({ code: code ?? 1, output: parts.join('') }));
  });
}

/** Says how a step went; what a failing one printed comes whole, so that nobody has to run it again to read it. */
export function tell({ name, count, seconds, output }: Outcome): void {
  const isGood = count.failed === 0;
  console.log(`${isGood ? '✓' : '✗'} ${name.padEnd(24)} ${count.passed} passed, ${count.failed} failed  (${seconds.toFixed(1)} s)`);
  if (isGood) return;
  console.log(output.replaceAll(/^[·x-]{4,}$/gm, '').trim().replaceAll(/^/gm, '    '));
  for (const failed of count.names) console.log(`    failed: ${failed}`);
}

export const sumOf = (outcomes: readonly Outcome[]): { readonly passed: number; readonly failed: number } => ({
  passed: outcomes.reduce((sum, { count }) => sum + count.passed, 0),
  failed: outcomes.reduce((sum, { count }) => sum + count.failed, 0),
});

/** Types, lint, fences and everything that needs no database: two at a time, for a machine with two cores. */
export async function check(): Promise<readonly Outcome[]> {
  const inTurn = async (...steps: readonly Step[]): Promise<Outcome[]> => {
    const outcomes: Outcome[] = [];
    for (const step of steps) {
      const outcome = await run(step);
      tell(outcome);
      outcomes.push(outcome);
    }
    return outcomes;
  };
  const both = await Promise.all([
    inTurn(tool('types', 'tsc', '--noEmit', '-p', 'tsconfig.json'), tool('lint', 'oxlint', '--deny-warnings')),
    inTurn(tests('house and unit', 'house', 'unit')),
  ]);
  return both.flat();
}
