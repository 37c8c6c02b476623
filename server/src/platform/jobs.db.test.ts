import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { testDatabase, type TestDatabase } from '../../test/support/database.ts';
import { system } from '../kernel/actor.ts';
import { instant } from '../kernel/instant.ts';
import { ok, refuse } from '../kernel/result.ts';
import { createFunnel } from './funnel.ts';
import { createJobs, type Jobs } from './jobs.ts';
import type { Wake } from './tx.ts';

let test: TestDatabase;
const started: Jobs[] = [];
beforeAll(async () => { test = await testDatabase(); });
afterEach(async () => { for (const jobs of started.splice(0)) await jobs.stop(); });
afterAll(() => test.drop());

function make(): Jobs {
  const jobs = createJobs({ url: test.url, onFailed: () => undefined, pollSeconds: 0.5 });
  started.push(jobs);
  return jobs;
}

/** A command that asks for a job, and perhaps refuses. */
function ask(jobs: Jobs, key: string, wake: Wake, refuses = false) {
  const funnel = createFunnel({ database: test.database, outbox: test.outbox, send: jobs.send });
  return funnel.run({ name: 'platform.ask', key, input: {}, actor: system('test'), at: instant(0), shard: 0 }, async (tx) => {
    tx.wake(wake);
    return refuses ? refuse({ code: 'no' }) : ok(1);
  });
}

const eventually = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 15_000, interval: 50 });

describe('a job', () => {
  it('runs with its payload when the command that asked for it was done, and not when it was refused', async () => {
    const ran: unknown[] = [];
    const jobs = make();
    jobs.register('run_me', async (payload) => void ran.push(payload));
    await jobs.start();
    await ask(jobs, 'refused', { job: 'run_me', payload: { id: 'refused' } }, true);
    await ask(jobs, 'done', { job: 'run_me', payload: { id: 'done' } });
    await ask(jobs, 'done', { job: 'run_me', payload: { id: 'done' } });
    await eventually(() => expect(ran).toEqual([{ id: 'done' }]));
  });

  it('that fails is tried again, and ends among the dead letters', async () => {
    let tries = 0;
    const jobs = make();
    jobs.register('fails_once', async () => { if (++tries < 2) throw new Error('not yet'); }, { retryDelaySeconds: 1 });
    jobs.register('always_fails', async () => { throw new Error('never'); }, { retryLimit: 0 });
    await jobs.start();
    await ask(jobs, 'fails-once', { job: 'fails_once', payload: {} });
    await ask(jobs, 'always-fails', { job: 'always_fails', payload: {} });
    await eventually(() => expect(tries).toBe(2));
    await eventually(async () => expect(await jobs.deadLetters()).toBe(1));
  });

  it('of a stopped process waits for the next one', async () => {
    const first = make();
    first.register('later', async () => { throw new Error('not here'); });
    await first.start();
    await ask(first, 'later', { job: 'later', payload: { n: 1 }, afterSeconds: 1 });
    await first.stop();
    const ran: unknown[] = [];
    const second = make();
    second.register('later', async (payload) => void ran.push(payload));
    await second.start();
    await eventually(() => expect(ran).toEqual([{ n: 1 }]));
  });

  it('in hand is finished before stop answers', async () => {
    let ended = false;
    let begun = false;
    const jobs = make();
    jobs.register('slow', async () => {
      begun = true;
      await new Promise((resolve) => setTimeout(resolve, 500));
      ended = true;
    });
    await jobs.start();
    await ask(jobs, 'slow', { job: 'slow', payload: {} });
    await eventually(() => expect(begun).toBe(true));
    await jobs.stop();
    expect(ended).toBe(true);
  });
});

describe('a timer', () => {
  it('that hangs does not keep the process from ending', async () => {
    let begun = false;
    const jobs = createJobs({ url: test.url, onFailed: () => undefined, stopSeconds: 0.2 });
    jobs.every(0.02, 'hangs', () => new Promise(() => { begun = true; }));
    await jobs.start();
    await eventually(() => expect(begun).toBe(true));
    await jobs.stop();
    expect(jobs.isRunning()).toBe(false);
  });

  it('runs again and again, never twice at once, and goes on after a failure', async () => {
    let [running, most, runs] = [0, 0, 0];
    const jobs = make();
    jobs.every(0.02, 'tick', async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 50));
      running -= 1;
      if (++runs === 1) throw new Error('once');
    });
    await jobs.start();
    await eventually(() => expect(runs).toBeGreaterThan(3));
    expect(most).toBe(1);
  });
});
