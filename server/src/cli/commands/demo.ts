import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { progressOn } from '../../demo/progress.ts';
import { reportLines } from '../../demo/report-text.ts';
import { runDemo, STARTS_AT } from '../../demo/run.ts';
import { startWorld } from '../../demo/world.ts';
import { Misuse, type CliCommand, type CommandInput } from '../command.ts';

/** A lender's first year on real applicants, in minutes. */
export const command: CliCommand = {
  name: 'demo',
  summary: 'Let real applicants apply, be paid, repay and fall behind for a year; print a lender’s report',
  options: {
    seed: { type: 'string', value: 'text', default: '2026', help: 'the same seed gives the same report, to the fen' },
    applicants: { type: 'string', value: 'n', default: '1000', help: 'how many people of the sample apply, 1 to 4900' },
    months: { type: 'string', value: 'n', default: '12', help: 'how many months of business days pass, 1 to 36' },
    keep: { type: 'boolean', help: 'keep the folder with the database and the logs' },
  },
  notes: 'Starts a platform of its own (database, server, outside world) in a temporary folder and speaks to it over HTTP like anyone else.\nDATABASE_URL names another, empty PostgreSQL to use. Exit code 1 when a proof does not hold.',
  run,
};

async function run({ values, say, note, answer }: CommandInput): Promise<number> {
  const options = { seed: String(values['seed']), applicants: wholeNumber(values['applicants'], 'applicants', 4_900), months: wholeNumber(values['months'], 'months', 36) };
  const dataDir = await mkdtemp(join(tmpdir(), 'mingdai-demo-'));
  const progress = progressOn(process.stderr);
  const startedAt = performance.now();
  progress.step(0, 1, 'starting the platform');
  let isDone = false;
  try {
    const world = await startWorld({ dataDir, startsAt: STARTS_AT, databaseUrl: process.env['DATABASE_URL'] || undefined });
    try {
      const report = await runDemo(world, { ...options, progress });
      progress.end();
      for (const line of reportLines(report)) say(line);
      answer(report);
      note(`${Math.round((performance.now() - startedAt) / 1000)} s${values['keep'] === true ? `; everything is kept in ${dataDir}` : ''}`);
      isDone = true;
      return report.proofs.all_hold ? 0 : 1;
    } finally {
      progress.end();
      await world.close();
    }
  } finally {
    if (isDone && values['keep'] !== true) await rm(dataDir, { recursive: true, force: true });
    else if (!isDone) note(`The logs are in ${dataDir}.`);
  }
}

function wholeNumber(value: unknown, name: string, most: number): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1 || number > most) throw new Misuse(`--${name} is a whole number from 1 to ${most}, got ${JSON.stringify(value)}`);
  return number;
}
