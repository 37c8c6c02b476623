/** Bytes that schedules keep, each way in a process of its own: `node --expose-gc bench/loan-math/memory.ts ours|decimal.js|big.js` prints one number. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { bigSchedule, decimalSchedule, ourSchedule } from './schedules.ts';

const KEPT = 4_000;
const WAYS: Readonly<Record<string, (turn: number) => unknown>> = { ours: ourSchedule, 'decimal.js': decimalSchedule, 'big.js': bigSchedule };

/** Bytes a 36-row schedule, measured in a fresh process. */
export function bytesOf(way: string): number {
  const args = ['--expose-gc', '--no-warnings', fileURLToPath(import.meta.url), way];
  return Number(execFileSync(process.execPath, args, { encoding: 'utf8' }).trim());
}

function measureHere(way: string): number {
  const collect = (globalThis as unknown as { readonly gc: () => void }).gc;
  const kept: unknown[] = Array.from({ length: KEPT }, () => null);
  const heap = (): number => {
    for (let i = 0; i < 4; i++) collect();
    return process.memoryUsage().heapUsed;
  };
  for (let i = 0; i < 200; i++) WAYS[way]!(i); // compiled code stays too
  const before = heap();
  for (let i = 0; i < KEPT; i++) kept[i] = WAYS[way]!(i);
  const after = heap();
  if (kept.length !== KEPT) throw new Error('all are kept');
  return Math.round((after - before) / KEPT);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(measureHere(process.argv[2]!));
