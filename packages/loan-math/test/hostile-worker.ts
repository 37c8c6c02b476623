import { parentPort, workerData } from 'node:worker_threads';
import { attack, type Span } from './hostile.ts';

/** One stretch of cases after another, each reported when it is done; the case that is under way stands in shared memory. */
const { spans, current } = workerData as { readonly spans: readonly Span[]; readonly current: Int32Array };

for (const span of spans) {
  const report = attack(span, (index) => Atomics.store(current, 0, index));
  parentPort!.postMessage({ span, report });
}
