import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { link, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseUnavailable } from './unavailable.ts';

/** One life of one process: a number alone is given again to another process after it ends. */
export type ProcessName = string;

/** `pid@start` of a process that lives, else null. A zombie is dead: nobody may ever collect it in a container. */
export function processName(pid: number): ProcessName | null {
  if (!isSignalable(pid)) return null;
  if (process.platform === 'linux') {
    try {
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ');
      return fields[0] === 'Z' || fields[0] === 'X' ? null : `${pid}@${fields[19]}`;
    } catch {
      return null;
    }
  }
  try {
    return `${pid}@${execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim()}`;
  } catch {
    return null;
  }
}

export const isAlive = (name: ProcessName): boolean => processName(Number(name.split('@')[0])) === name;

function isSignalable(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'EPERM';
  }
}

const me = (): ProcessName => processName(process.pid) ?? `${process.pid}@`;

/** Runs `work` while no other process holds the lock file. A lock whose owner is dead is taken over. */
export async function withLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    if (await takeLock(path)) break;
    const owner = await readFile(path, 'utf8').catch(() => '');
    if (owner !== '' && !isAlive(owner.split(' ')[0]!)) await breakLock(path, owner);
    if (Date.now() > deadline) throw new DatabaseUnavailable(`Another process (${owner}) has been starting or stopping the database for a minute: ${path}`);
    await sleep(20);
  }
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

/** Made by linking a file that is already written: a lock is never seen without its owner. */
async function takeLock(path: string): Promise<boolean> {
  const draft = `${path}.${process.pid}-${Math.random().toString(36).slice(2)}`;
  await writeFile(draft, `${me()} ${draft}`, { mode: 0o600 });
  try {
    await link(draft, path);
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw cause;
  } finally {
    await rm(draft, { force: true });
  }
}

/** Moves the dead owner's file away; if a living one came between, it is put back. */
async function breakLock(path: string, owner: string): Promise<void> {
  const aside = `${path}.dead-${process.pid}`;
  await rename(path, aside).catch(() => undefined);
  const moved = await readFile(aside, 'utf8').catch(() => owner);
  if (moved === owner) await rm(aside, { force: true });
  else await rename(aside, path).catch(() => undefined);
}

/** Who uses the server now, as files: the last to leave stops it, and a killed user counts no more. */
export async function joinUsers(folder: string): Promise<{ leave(): Promise<{ othersLeft: number }> }> {
  await mkdir(folder, { recursive: true, mode: 0o755 });
  const mine = join(folder, `${process.pid}-${Math.random().toString(36).slice(2)}`);
  await writeFile(mine, me());
  return {
    async leave() {
      await rm(mine, { force: true });
      let othersLeft = 0;
      for (const name of await readdir(folder)) {
        const user = await readFile(join(folder, name), 'utf8').catch(() => '');
        if (user !== '' && isAlive(user)) othersLeft += 1;
        else await rm(join(folder, name), { force: true });
      }
      return { othersLeft };
    },
  };
}
