/** One task, in a process of its own: `node bench/loan-math/task.ts <task> [names of the peers that are right on it]`. The last line is its targets, as JSON. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { annualCostOf, costExceeds, positionOn, scheduleOf } from '@mingdai/loan-math';
import { measure, printTimes, type Measured, type Target } from './measure.ts';

export type Task = 'schedule' | 'xirr' | 'irr' | 'life';

/** Runs a task in a fresh process, where no other task has left a heap or compiled code behind, its own loaded alone; prints what it prints. */
export function runTask(task: Task, right: ReadonlySet<string> = new Set()): readonly Target[] {
  const lines = execFileSync(process.execPath, ['--no-warnings', fileURLToPath(import.meta.url), task, ...right], { encoding: 'utf8' }).trimEnd().split('\n');
  console.log(lines.slice(0, -1).join('\n'));
  return JSON.parse(lines.at(-1)!) as readonly Target[];
}

type Run = (right: ReadonlySet<string>) => Promise<readonly Target[]>;
const TASKS: Readonly<Record<Task, Run>> = { schedule, xirr, irr, life };

async function schedule(): Promise<readonly Target[]> {
  const { bigSchedule, decimalSchedule, ourSchedule, proveSchedules } = await import('./schedules.ts');
  proveSchedules();
  const results = measure([{ name: 'ours', work: ourSchedule }, { name: 'decimal.js', work: decimalSchedule }, { name: 'big.js', work: bigSchedule }]);
  printTimes('Level-installment schedule of 36 rows', results);
  const [ours, decimal] = results as [Measured, Measured];
  return [
    { what: '36-row schedule beside decimal.js', wanted: 'at least 10 x', got: `${decimal.ratio.toFixed(1)} x`, isMet: decimal.ratio >= 10 },
    { what: '36-row schedules a second on one core', wanted: '300,000', got: Math.round(1e9 / ours.ns).toLocaleString('en'), isMet: ours.ns <= 1e9 / 300_000 },
  ];
}

async function xirr(right: ReadonlySet<string>): Promise<readonly Target[]> {
  const { datedContenders, proveRates } = await import('./rates.ts');
  proveRates();
  const results = measure(datedContenders(right));
  printTimes('XIRR of 60 flows, 512 loans, half of them on scattered days', results);
  const fastest = results.filter(({ name }) => right.has(name)).toSorted((a, b) => a.ratio - b.ratio)[0];
  if (fastest === undefined) return [];
  return [{ what: `XIRR of 60 flows beside ${fastest.name}`, wanted: 'at least 5 x', got: `${fastest.ratio.toFixed(1)} x`, isMet: fastest.ratio >= 5 }];
}

async function irr(right: ReadonlySet<string>): Promise<readonly Target[]> {
  const { periodicContenders, proveRates } = await import('./rates.ts');
  proveRates();
  printTimes('Monthly IRR x 12 of 36 payments, 512 loans', measure(periodicContenders(right)));
  return [];
}

/** No peer folds the life of a loan: the tests' day-by-day walk stands in. */
async function life(): Promise<readonly Target[]> {
  const [{ history, on, start, terms }, { naivePosition }] = await Promise.all([import('./life.ts'), import('../../packages/loan-math/test/naive.ts')]);
  const events = history();
  const [folded, walked] = [positionOn(terms, events, on).totals, naivePosition(terms, events, on).totals];
  if (folded.interestPaid !== walked.interestPaid || folded.penaltyPaid !== walked.penaltyPaid) throw new Error('both ways give the same totals');
  // One after the other: the walk leaves so much behind that whatever takes turns with it meets a cold cache.
  const fold = measure([{ name: `positionOn, ${events.length} events`, work: () => positionOn(terms, events, on) }])[0]!;
  const walk = measure([{ name: 'the same, walked day by day (tests only)', work: () => naivePosition(terms, events, on) }])[0]!;
  printTimes('Life of a 24-month loan (no peer offers it)', [fold, { ...walk, ratio: walk.ns / fold.ns }]);
  const flows = { received: terms.principal, receivedOn: start, payments: scheduleOf(terms, start).map((row) => ({ dueOn: row.dueOn, principal: row.principal, charges: row.interest })) };
  const others = [
    { name: 'schedule over real days, 24 rows', work: () => scheduleOf(terms, start) },
    { name: 'annual cost by five measures, 24 payments', work: () => annualCostOf(flows) },
    { name: 'cap test by three measures, 24 payments', work: () => costExceeds(flows, 240_000n) },
  ];
  printTimes('Beside it', others.map((other) => measure([other])[0]!));
  const { ns } = fold;
  return [{ what: 'positionOn of a 24-month loan with 30 events', wanted: 'at most 20 us', got: `${(ns / 1000).toFixed(1)} us`, isMet: ns <= 20_000 }];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [task, ...right] = process.argv.slice(2) as [Task, ...string[]];
  console.log(JSON.stringify(await TASKS[task](new Set(right))));
}
