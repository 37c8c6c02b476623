/** Contenders take turns: what else the machine does falls on all of them, and a ratio is taken within its round. */
export type Contender = { readonly name: string; readonly work: (turn: number) => unknown };
export type Measured = { readonly name: string; readonly ns: number; /** How many times as long as the first, the median of its rounds. */ readonly ratio: number };

const ROUNDS = 11;
/** A core's time is told in ticks of up to four: shorter slices would say little. */
const SLICE_MS = 40;

/** Nanoseconds of a core a call, the median of eleven rounds after one that warms up. */
export function measure(contenders: readonly Contender[]): readonly Measured[] {
  const rounds: number[][] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const times = contenders.map(({ work }) => slice(work, round === 0 ? 4 * SLICE_MS : SLICE_MS));
    if (round > 0) rounds.push(times);
  }
  return contenders.map(({ name }, i) => ({
    name,
    ns: median(rounds.map((times) => times[i]!)),
    ratio: median(rounds.map((times) => times[i]! / times[0]!)),
  }));
}

let turn = 0;
function slice(work: (turn: number) => unknown, ms: number): number {
  const begin = coreMs();
  let calls = 0;
  let batch = 1;
  for (;;) {
    for (let i = 0; i < batch; i++) work(turn++);
    calls += batch;
    const passed = coreMs() - begin;
    if (passed >= ms) return (passed * 1e6) / calls;
    if (passed < ms / 8) batch *= 2;
  }
}

/** Time this thread had a core for: what others run meanwhile is not counted. */
function coreMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

const time = (ns: number): string => (ns < 1e6 ? `${(ns / 1000).toFixed(2)} us` : `${(ns / 1e6).toFixed(2)} ms`);

/** A line for each contender; the first is ours. */
export function printTimes(title: string, results: readonly Measured[], notes: Readonly<Record<string, string>> = {}): void {
  console.log(`\n${title}`);
  for (const { name, ns, ratio } of results) {
    const beside = ratio === 1 ? '' : `${ratio.toFixed(1)} x as long`;
    console.log(`  ${name.padEnd(44)} ${time(ns).padStart(11)} ${Math.round(1e9 / ns).toLocaleString('en').padStart(11)}/s  ${beside.padEnd(18)} ${notes[name] ?? ''}`.trimEnd());
  }
}

export type Target = { readonly what: string; readonly wanted: string; readonly got: string; readonly isMet: boolean };

export function printTargets(targets: readonly Target[]): void {
  console.log('\nTargets');
  for (const { what, wanted, got, isMet } of targets) console.log(`  ${isMet ? 'met    ' : 'NOT MET'}  ${what.padEnd(52)} wanted ${wanted.padEnd(14)} got ${got}`);
}
