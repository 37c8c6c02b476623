import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { DemoReport } from './report.ts';
import { runDemo, STARTS_AT } from './run.ts';
import { startWorld } from './world.ts';

const SILENT = { step: () => undefined, end: () => undefined };

/** A lender's first months in a world of its own: database, server and outside world. */
async function demo(width: number): Promise<DemoReport> {
  const dataDir = await mkdtemp(join(tmpdir(), 'mingdai-demo-test-'));
  const world = await startWorld({ dataDir, startsAt: STARTS_AT });
  try {
    return await runDemo(world, { seed: 'twice', applicants: 25, months: 3, width, progress: SILENT });
  } finally {
    await world.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

describe('the demo', () => {
  let alone: DemoReport;
  let together: DemoReport;
  beforeAll(async () => {
    [alone, together] = await Promise.all([demo(1), demo(8)]);
  });

  it('gives the same report to the fen, whether people come one by one or eight at once', () => {
    expect(together).toEqual(alone);
  });

  it('proves all it claims, about people who were really lent to', () => {
    expect(alone.proofs.lines.filter(({ holds }) => !holds)).toEqual([]);
    expect(alone.proofs.all_hold).toBe(true);
    expect(alone.close).toEqual({ days: 92, days_not_balanced: [] });
    expect(alone.funnel.find(({ stage }) => stage === 'applied')!.count).toBe(25);
    expect(alone.funnel.find(({ stage }) => stage === 'paid out')!.count).toBeGreaterThan(3);
    expect(alone.reasons.length).toBeGreaterThan(1);
  });
});
