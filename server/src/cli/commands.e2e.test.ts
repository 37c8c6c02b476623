import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWorld, type World } from '../demo/world.ts';

const LAUNCHER = join(import.meta.dirname, '..', '..', '..', 'bin', 'mingdai.js');
const COMMANDS = ['close-day', 'demo', 'prove', 'quote', 'score', 'trial-balance'];
type Run = { readonly code: number; readonly stdout: string; readonly stderr: string };

async function mingdai(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Run> {
  const child = spawn(process.execPath, [LAUNCHER, ...args], { stdio: ['ignore', 'pipe', 'pipe'], env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env } });
  const out = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => { out.stdout += chunk.toString(); });
  child.stderr.on('data', (chunk: Buffer) => { out.stderr += chunk.toString(); });
  const [code] = (await once(child, 'close')) as [number];
  return { code, ...out };
}

describe('every command', () => {
  it('is listed, and says what it takes', async () => {
    const { stdout } = await mingdai(['--help']);
    for (const name of COMMANDS) expect(stdout).toContain(`\n  ${name} `);
    for (const name of COMMANDS) {
      const help = await mingdai([name, '--help']);
      expect(help).toMatchObject({ code: 0, stderr: '' });
      expect(help.stdout).toContain(`Usage: mingdai ${name} [options]`);
      expect(help.stdout).toContain('--json');
    }
  });

  it.each([
    ['quote'], ['quote --amount 12000 --months 12'], ['quote --amount 0 --months 12 --rate 7.2'], ['quote --amount=-1 --months 12 --rate 7.2'], ['quote --amount 12.345 --months 12 --rate 7.2'],
    ['quote --amount 1e30 --months 12 --rate 7.2'], ['quote --amount 12000 --months 1.5 --rate 7.2'], ['quote --amount 12000 --months 481 --rate 7.2'], ['quote --amount 12000 --months 12 --rate 7.23456'],
    ['quote --amount 12000 --months 12 --rate 7.2 --method balloon'], ['quote --amount 12000 --months 12 --rate 7.2 --basis act_366'], ['quote --amount 12000 --months 12 --rate 7.2 --start 2026-02-30'],
    ['quote --amount 12000 --months 12 --rate 7.2 --product gold'], ['quote --amount 12000 --months 12 --rate 7.2 now'],
    ['demo --applicants 0'], ['demo --months many'], ['prove --refold none'], ['trial-balance --on yesterday'], ['close-day --through 2026-13-01'], ['close-day --server nowhere'], ['score now'],
  ])('%s: asked wrongly, ends with 2 and says why on stderr alone', async (line) => {
    const { code, stdout, stderr } = await mingdai([...line.split(' '), '--json']);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(new RegExp(`^mingdai ${line.split(' ')[0]}: .+\nSee: mingdai ${line.split(' ')[0]} --help\n$`));
  });
});

describe('quote', () => {
  const loan = ['quote', '--amount', '12000', '--months', '12', '--start', '2026-10-08'];
  it('needs neither database nor server, and ends with 1 when the price is above the cap', async () => {
    const env = { MINGDAI_DATA_DIR: '/nowhere', DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing' };
    const fair = await mingdai([...loan, '--rate', '7.2', '--basis', 'monthly'], env);
    expect(fair).toMatchObject({ code: 0, stderr: '' });
    expect(fair.stdout).toContain('1039.43');
    const dear = await mingdai([...loan, '--rate', '24', '--json'], env);
    expect(dear).toMatchObject({ code: 1, stderr: '' });
    expect(JSON.parse(dear.stdout)).toMatchObject({ basis: 'act_360', cap: { is_within: false, rule: 'RATE-011' } });
  });
});

describe('score', () => {
  it('answers figures as JSON, and nothing else', async () => {
    const { code, stdout } = await mingdai(['score', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toBeTypeOf('object');
  });
});

describe('the commands on the books', () => {
  let dir: string;
  let world: World;
  let env: Readonly<Record<string, string>>;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'mingdai-commands-'));
    await chmod(dir, 0o755);
    world = await startWorld({ dataDir: dir, startsAt: '2026-10-08T01:00:00Z' });
    env = { MINGDAI_DATA_DIR: dir, OPERATOR_TOKEN: 'operator-token-of-this-world', PORT: new URL(world.serverUrl).port };
  });
  afterAll(async () => {
    await world.close();
    await rm(dir, { recursive: true, force: true });
  });

  it('close-day closes the day before today, once; a day that has not begun is refused', async () => {
    await world.moveClock('2026-10-09T01:00:00Z');
    const first = await mingdai(['close-day', '--json'], env);
    expect(first.code).toBe(0);
    expect(JSON.parse(first.stdout)).toMatchObject({ through: '2026-10-08', loans: 0 });
    const again = await mingdai(['close-day', '--through', '2026-10-08'], env);
    expect(again).toMatchObject({ code: 0, stdout: '2026-10-08 was closed already.\n' });
    const ahead = await mingdai(['close-day', '--through', '2026-10-20', '--json'], env);
    expect(ahead).toMatchObject({ code: 1, stdout: '' });
    expect(ahead.stderr).toContain('day_not_reached');
    expect(await mingdai(['close-day'], { ...env, PORT: '1' })).toMatchObject({ code: 1, stderr: expect.stringContaining('No server answers') });
  });

  it('prove and trial-balance read the books beside the running server', async () => {
    const proofs = await mingdai(['prove', '--json'], env);
    expect(proofs.code).toBe(0);
    expect(JSON.parse(proofs.stdout)).toMatchObject({ all_hold: true });
    const balance = await mingdai(['trial-balance', '--json', '--verify'], env);
    expect(balance.code).toBe(0);
    expect(JSON.parse(balance.stdout)).toMatchObject({ is_balanced: true, proof: { ok: true } });
  });
});

describe('demo', () => {
  it('under --json answers the report and nothing else', async () => {
    const { code, stdout, stderr } = await mingdai(['demo', '--json', '--applicants', '3', '--months', '1']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ seed: '2026', funnel: expect.arrayContaining([{ stage: 'applied', count: 3 }]), proofs: { all_hold: true } });
    expect(stderr).toMatch(/\d+ s\n$/);
  });
});
