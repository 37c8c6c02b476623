/**
 * How fast the arithmetic is, and who else is right: against decimal.js, big.js and the fastest npm peer that is right on the very task.
 * Prints times, ratios and targets; asserts nothing about time. Run: `npm run bench -- loan-math` (half a minute)
 */
import { judge, publishedQuestions, type Question, type Verdict } from './loan-math/judge.ts';
import { printTargets } from './loan-math/measure.ts';
import { bytesOf } from './loan-math/memory.ts';
import { OURS, PEERS } from './loan-math/peers.ts';
import { taskQuestions } from './loan-math/rates.ts';
import { runTask } from './loan-math/task.ts';

const right = await judgePeers();
const targets = [...runTask('schedule'), ...runTask('irr', right.periodic), ...runTask('xirr', right.dated), ...runTask('life')];
printMemory();
printTargets(targets);

type Right = { readonly dated: ReadonlySet<string>; readonly periodic: ReadonlySet<string> };

/** Who answers the published cases rightly, and who the tasks below. */
async function judgePeers(): Promise<Right> {
  const [published, tasks] = [publishedQuestions(), taskQuestions()];
  const verdicts: Verdict[] = [];
  for (const { name } of [OURS, ...PEERS]) verdicts.push(await judge(name, [...published, ...tasks]));
  console.log(`\nWho is right: ${published.length} published, verified cases (any real rate of several counts; that there is none must be said), and the tasks timed below, to 1e-9`);
  for (const verdict of verdicts) {
    const parts = [
      `XIRR ${score(verdict, published.filter(isDated))}`, `IRR ${score(verdict, published.filter(isPeriodic))}`,
      `60 flows ${score(verdict, tasks.filter(isDated))}`, `36 months ${score(verdict, tasks.filter(isPeriodic))}`,
    ];
    console.log(`  ${verdict.name.padEnd(18)} ${parts.map((part) => part.padEnd(24)).join('')}${verdict.hung > 0 ? `hangs on ${verdict.hung}` : ''}`.trimEnd());
  }
  const others = verdicts.filter(({ name }) => name !== OURS.name);
  const rightOn = (questions: readonly Question[]) => new Set(others.filter((verdict) => questions.every(({ id }) => verdict.right.has(id))).map(({ name }) => name));
  const found = { dated: rightOn(tasks.filter(isDated)), periodic: rightOn(tasks.filter(isPeriodic)) };
  console.log(`  compared against, for 60 flows: ${[...found.dated].join(', ')}; for 36 months: ${[...found.periodic].join(', ')}`);
  return found;
}

function isDated({ dated }: Question): boolean {
  return dated !== null;
}

function isPeriodic({ periodic }: Question): boolean {
  return periodic !== null;
}

function score({ asked, right: answered }: Verdict, questions: readonly Question[]): string {
  const all = questions.filter(({ id }) => asked.has(id));
  return all.length === 0 ? 'not offered' : `${all.filter(({ id }) => answered.has(id)).length} of ${all.length}`;
}

function printMemory(): void {
  const [ours, decimal, big] = [bytesOf('ours'), bytesOf('decimal.js'), bytesOf('big.js')];
  console.log('\nMemory a 36-row schedule keeps');
  for (const [name, bytes] of [['ours', ours], ['decimal.js', decimal], ['big.js', big]] as const) {
    console.log(`  ${name.padEnd(44)} ${bytes.toLocaleString('en').padStart(8)} bytes  ${(bytes / 36).toFixed(0).padStart(5)} a row  ${name === 'ours' ? '' : `${(bytes / ours).toFixed(1)} x as much`}`.trimEnd());
  }
}
