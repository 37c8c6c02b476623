/**
 * How fast the arithmetic is, and who else is right: against decimal.js, big.js and the fastest npm peer that is right on the very task.
 * Prints times, ratios and targets; asserts nothing about time. Run: `npm run bench -- loan-math` (about a minute)
 */
import { annualCostOf, costExceeds, positionOn, scheduleOf } from '@mingdai/loan-math';
import { naivePosition } from '../packages/loan-math/test/naive.ts';
import { judge, publishedQuestions, type Verdict } from './loan-math/judge.ts';
import { history, on, start, terms } from './loan-math/life.ts';
import { measure, printTargets, printTimes, type Measured, type Target } from './loan-math/measure.ts';
import { bytesOf } from './loan-math/memory.ts';
import { OURS, PEERS } from './loan-math/peers.ts';
import { datedContenders, periodicContenders, proveRates, taskQuestions } from './loan-math/rates.ts';
import { bigSchedule, decimalSchedule, ourSchedule, proveSchedules } from './loan-math/schedules.ts';

const targets: Target[] = [];
const target = (what: string, wanted: string, got: string, isMet: boolean): void => void targets.push({ what, wanted, got, isMet });

await judgePeers().then(rates);
schedules();
life();
memory();
printTargets(targets);

type Right = { readonly dated: ReadonlySet<string>; readonly periodic: ReadonlySet<string> };

/** Who answers the published cases rightly, and who the tasks below. */
async function judgePeers(): Promise<Right> {
  const published = publishedQuestions();
  const tasks = taskQuestions();
  const verdicts: Verdict[] = [];
  for (const { name } of [OURS, ...PEERS]) verdicts.push(await judge(name, [...published, ...tasks]));
  console.log(`\nWho is right: ${published.length} published, verified cases (any real rate of several counts; no rate must be said), and the tasks timed below to 1e-9`);
  for (const { name, right, asked, hung } of verdicts) {
    const score = (isOf: (id: string) => boolean): string => {
      const all = [...asked].filter(isOf).length;
      return all === 0 ? 'not offered' : `${[...right].filter(isOf).length} of ${all}`;
    };
    const dated = new Set(published.filter((question) => question.dated !== null).map(({ id }) => id));
    const periodic = new Set(published.filter((question) => question.dated === null).map(({ id }) => id));
    console.log(`  ${name.padEnd(18)} XIRR ${score((id) => dated.has(id)).padEnd(12)} IRR ${score((id) => periodic.has(id)).padEnd(12)} task 60 flows ${score((id) => id.startsWith('task dated')).padEnd(12)} task 36 months ${score((id) => id.startsWith('task periodic')).padEnd(12)}${hung > 0 ? ` hangs on ${hung}` : ''}`);
  }
  const rightOn = (kind: string): ReadonlySet<string> => {
    const wanted = tasks.filter(({ id }) => id.startsWith(kind));
    return new Set(verdicts.filter(({ name, right }) => name !== OURS.name && wanted.every(({ id }) => right.has(id))).map(({ name }) => name));
  };
  return { dated: rightOn('task dated'), periodic: rightOn('task periodic') };
}

function fastest(results: readonly Measured[], names: ReadonlySet<string>): Measured | null {
  return results.filter(({ name }) => names.has(name)).toSorted((a, b) => a.ratio - b.ratio)[0] ?? null;
}

function rates({ dated, periodic }: Right): void {
  proveRates();
  const sixty = measure(datedContenders(dated));
  printTimes('XIRR of 60 flows, 512 loans, half of them on scattered days', sixty);
  const peer = fastest(sixty, dated);
  if (peer !== null) target(`XIRR of 60 flows beside ${peer.name}`, 'at least 5 x', `${peer.ratio.toFixed(1)} x`, peer.ratio >= 5);
  const months = measure(periodicContenders(periodic));
  printTimes('Monthly IRR x 12 of 36 payments, 512 loans', months);
}

function schedules(): void {
  proveSchedules();
  const results = measure([{ name: 'ours', work: ourSchedule }, { name: 'decimal.js', work: decimalSchedule }, { name: 'big.js', work: bigSchedule }]);
  printTimes('Level-installment schedule of 36 rows', results);
  target('36-row schedule beside decimal.js', 'at least 10 x', `${results[1]!.ratio.toFixed(1)} x`, results[1]!.ratio >= 10);
  target('36-row schedules a second on one core', '300,000', Math.round(1e9 / results[0]!.ns).toLocaleString('en'), results[0]!.ns <= 1e9 / 300_000);
}

/** No peer folds the life of a loan: the tests' day-by-day walk stands in. */
function life(): void {
  const events = history();
  const [folded, walked] = [positionOn(terms, events, on).totals, naivePosition(terms, events, on).totals];
  if (folded.interestPaid !== walked.interestPaid || folded.penaltyPaid !== walked.penaltyPaid) throw new Error('both ways give the same totals');
  const results = measure([
    { name: `positionOn, ${events.length} events`, work: () => positionOn(terms, events, on) },
    { name: 'the same, walked day by day (tests only)', work: () => naivePosition(terms, events, on) },
  ]);
  printTimes('Life of a 24-month loan (no peer offers it)', results);
  target('positionOn of a 24-month loan with 30 events', 'at most 20 us', `${(results[0]!.ns / 1000).toFixed(1)} us (best ${(results[0]!.best / 1000).toFixed(1)})`, results[0]!.ns <= 20_000);
  const flows = { received: terms.principal, receivedOn: start, payments: scheduleOf(terms, start).map((row) => ({ dueOn: row.dueOn, principal: row.principal, charges: row.interest })) };
  const others = [
    { name: 'schedule over real days, 24 rows', work: () => scheduleOf(terms, start) },
    { name: 'annual cost by five measures, 24 payments', work: () => annualCostOf(flows) },
    { name: 'cap test by three measures, 24 payments', work: () => costExceeds(flows, 240_000n) },
  ];
  printTimes('Beside it', others.map((other) => measure([other])[0]!));
}

function memory(): void {
  const [ours, decimal, big] = [bytesOf('ours'), bytesOf('decimal.js'), bytesOf('big.js')];
  console.log('\nMemory a 36-row schedule keeps');
  for (const [name, bytes] of [['ours', ours], ['decimal.js', decimal], ['big.js', big]] as const) {
    console.log(`  ${name.padEnd(44)} ${bytes.toLocaleString('en').padStart(8)} bytes  ${(bytes / 36).toFixed(0).padStart(5)} a row  ${name === 'ours' ? '' : `${(bytes / ours).toFixed(1)} x as much`}`.trimEnd());
  }
}
