import { closeSync, existsSync, ftruncateSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** An append-only file of JSON lines. A line is handed to the operating system before `append` returns, so a killed process loses none. */
export type Journal<T> = {
  read(): T[];
  append(lines: readonly T[]): void;
  clear(): void;
  close(): void;
};

/** The journal in a folder (made if missing). A last line cut in half by a crash is dropped. */
export function fileJournal<T>(folder: string): Journal<T> {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'sandbox.jsonl');
  const whole = existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
  const end = whole.lastIndexOf(0x0a) + 1;
  const file = openSync(path, 'a');
  if (end < whole.length) ftruncateSync(file, end);
  return {
    read: () => whole.subarray(0, end).toString('utf8').split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as T),
    append: (lines) => {
      if (lines.length > 0) writeSync(file, `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`);
    },
    clear: () => ftruncateSync(file, 0),
    close: () => closeSync(file),
  };
}

/** A journal that forgets: for tests that need no restart. */
export const memoryJournal = <T>(): Journal<T> => ({ read: () => [], append: () => undefined, clear: () => undefined, close: () => undefined });
