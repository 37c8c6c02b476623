import { Worker } from 'node:worker_threads';
import { caseOf, nameOf, shown, type Finding, type Report, type Span, type Tally } from './hostile.ts';

/** A stretch this long is done again, without the case that hung, when one hangs. */
const STRETCH = 2000;
const WATCH_MS = 500;

export type Siege = { readonly seed: number; readonly from: number; readonly to: number; /** A call this long hangs. */ readonly hangMs: number; readonly except?: readonly string[] };

/** Attacks in a thread of its own, so that a call without end is a finding and not the end. */
export async function besiege({ seed, from, to, hangMs, except = [] }: Siege, told: (done: number) => void = () => undefined): Promise<Report> {
  const tallies: Record<string, Tally> = {};
  const findings: Finding[] = [];
  const skip: number[] = [];
  let done = from;
  while (done < to) {
    const hung = await stretches({ seed, from: done, to, skip, hangMs, except }, ({ span, report }) => {
      done = span.to;
      for (const [name, tally] of Object.entries(report.tallies)) tallies[name] = sumOf(tallies[name], tally);
      findings.push(...report.findings);
      told(done);
    });
    if (hung === null) break;
    skip.push(hung);
    findings.push({ case: hung, function: nameOf(hung), what: `was not done in ${hangMs} ms for ${shown(caseOf(seed, hung).args)}` });
  }
  return { tallies, findings };
}

type Done = { readonly span: Span; readonly report: Report };

/** Answers the case that hung, or null when all are done. */
function stretches({ seed, from, to, skip, hangMs, except = [] }: Siege & { readonly skip: readonly number[] }, done: (message: Done) => void): Promise<number | null> {
  const spans: Span[] = [];
  for (let start = from; start < to; start += STRETCH) spans.push({ seed, from: start, to: Math.min(to, start + STRETCH), skip, except });
  const current = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(new URL('./hostile-worker.ts', import.meta.url), { workerData: { spans, current }, resourceLimits: { maxOldGenerationSizeMb: 2048 } });
  return new Promise((resolve, reject) => {
    let seen = { at: -1, since: performance.now() };
    const watch = setInterval(() => {
      const at = Atomics.load(current, 0);
      if (at !== seen.at) seen = { at, since: performance.now() };
      else if (performance.now() - seen.since > hangMs) void end(() => resolve(at));
    }, WATCH_MS);
    let isOver = false;
    const end = async (settle: () => void): Promise<void> => {
      if (isOver) return;
      isOver = true;
      clearInterval(watch);
      await worker.terminate();
      settle();
    };
    worker.on('message', done);
    worker.on('error', (error) => void end(() => reject(error)));
    worker.on('exit', () => void end(() => resolve(null)));
  });
}

function sumOf(a: Tally | undefined, b: Tally): Tally {
  if (a === undefined) return b;
  const slower = a.slowest > b.slowest ? a : b;
  return { calls: a.calls + b.calls, accepted: a.accepted + b.accepted, refused: a.refused + b.refused, slowest: slower.slowest, slowestCase: slower.slowestCase };
}
