import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createJobs } from './jobs.ts';
import { openDatabase, type Database } from './postgres.ts';

const WORKER = join(import.meta.dirname, '..', '..', 'test', 'support', 'run-job.ts');
const children: ChildProcess[] = [];
let dir: string;
let database: Database;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'mingdai-jobs-'));
  await chmod(dir, 0o755);
  database = await openDatabase({ dataDir: dir });
});
afterAll(async () => {
  for (const child of children.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)) {
    child.stdin!.end();
    await once(child, 'exit');
  }
  await database.close();
  await rm(dir, { recursive: true, force: true });
});

function worker(how: 'hang' | 'finish'): ChildProcess {
  const child = spawn(process.execPath, [WORKER, database.url, how], { stdio: ['pipe', 'pipe', 'inherit'] });
  children.push(child);
  return child;
}

const nextLine = async (child: ChildProcess): Promise<string> => ((await once(createInterface({ input: child.stdout! }), 'line')) as [string])[0];

describe('a job whose worker was killed', () => {
  it('is taken up again by the next worker, with the same payload', async () => {
    const sender = createJobs({ url: database.url, onFailed: () => undefined });
    sender.register('held', async () => { throw new Error('not for me'); });
    await sender.start();
    await database.db.transaction((tx) => sender.send(tx, [{ job: 'held', payload: { loan_id: 'loan_1' }, afterSeconds: 1 }]));
    await sender.stop();

    const killed = worker('hang');
    expect(JSON.parse(await nextLine(killed))).toEqual({ loan_id: 'loan_1' });
    const gone = once(killed, 'exit');
    killed.kill('SIGKILL');
    await gone;

    expect(JSON.parse(await nextLine(worker('finish')))).toEqual({ loan_id: 'loan_1' });
  });
});
