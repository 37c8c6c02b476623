import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPublicKey } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { main } from '../../cli.ts';

type Told = { readonly code: number; readonly out: string; readonly err: string };

async function mingdai(...args: readonly string[]): Promise<Told> {
  const [out, err]: [string[], string[]] = [[], []];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => { out.push(String(text)); return true; });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => { err.push(String(text)); return true; });
  const code = await main(['verify', ...args]);
  vi.restoreAllMocks();
  return { code, out: out.join(''), err: err.join('') };
}
afterEach(() => { vi.restoreAllMocks(); });

const EXAMPLE = join(import.meta.dirname, '../../../../packages/statement/test/vectors/statement-example.json');
const FINGERPRINT = '324b e2de a8bc 4446 1b02 33e5 1fa4 8902 ed6b 1cc6 71e7 739a f255 1e0b fe68 f54e';
const folder = mkdtempSync(join(tmpdir(), 'mingdai-verify-'));
const text = readFileSync(EXAMPLE, 'utf8');

function fileOf(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe('mingdai verify', () => {
  it('says that a good statement agrees, by a fingerprint, a key id or a file of the key; exit code 0', async () => {
    const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), Buffer.from(JSON.parse(text).signature.public_key, 'hex')]);
    const pem = fileOf('key.pub.pem', createPublicKey({ key: spki, format: 'der', type: 'spki' }).export({ type: 'spki', format: 'pem' }).toString());
    for (const key of [FINGERPRINT, FINGERPRINT.replaceAll(' ', ':').toUpperCase(), '324be2dea8bc4446', pem]) {
      const { code, out, err } = await mingdai(EXAMPLE, '--key', key);
      expect([code, err]).toEqual([0, '']);
      expect(out).toMatch(/^AGREES\. /);
      expect(out).toContain('Principal outstanding                                  7072.62           7072.62');
      expect(out).toContain('figures recomputed, all agree.');
    }
  });

  it('without a key shows the fingerprint to compare, and exits 0; by another key than the one asked for, 1', async () => {
    const { code, out } = await mingdai(EXAMPLE);
    expect(code).toBe(0);
    expect(out).toMatch(/^AGREES, KEY UNKNOWN\./);
    expect(out).toContain(FINGERPRINT);
    expect((await mingdai(EXAMPLE, '--key', '0'.repeat(64))).code).toBe(1);
  });

  it('names what was touched and the figures that do not follow, in both languages; exit code 1', async () => {
    const forged = fileOf('forged.json', text.replace('"principal_outstanding_fen": "707262"', '"principal_outstanding_fen": "1"'));
    const { code, out } = await mingdai(forged);
    expect(code).toBe(1);
    expect(out).toMatch(/^DISAGREES\./);
    expect(out).toContain('claimed.principal_outstanding_fen: changed after it was signed: it is not what its seal says (says 0.01, recomputed 7072.62)');
    expect(out).toMatch(/Principal outstanding +0\.01 +7072\.62 {2}<- differs/);
    expect((await mingdai(forged, '--lang', 'zh')).out).toMatch(/^不符。[^]*签名之后被改动[^]*结单为 0\.01，重算为 7072\.62/);
  });

  it('says why a file cannot be read; exit code 1', async () => {
    expect(await mingdai(fileOf('no.json', '{"format":'))).toMatchObject({ code: 1, out: expect.stringMatching(/^UNREADABLE\.[^]*no JSON at line 1, column 11/) });
    expect(await mingdai(fileOf('bytes.json', Uint8Array.of(0x7b, 0xff)))).toMatchObject({ code: 1, err: expect.stringContaining('no UTF-8 text') });
    expect(await mingdai(join(folder, 'nowhere.json'))).toMatchObject({ code: 1, err: expect.stringContaining('There is no file') });
  });

  it('gives the report to a program', async () => {
    const { code, out } = await mingdai(EXAMPLE, '--json', '--key', FINGERPRINT);
    expect(code).toBe(0);
    const report = JSON.parse(out);
    expect(report).toMatchObject({ verdict: 'agrees', problems: [], head: { as_of: '2026-12-30', known_through: 9 }, signature: { is_valid: true, is_trusted: true } });
    expect(report.account.at(-1)).toMatchObject({ kind: 'today', principal_outstanding_fen: '707262' });
  });

  it('asked wrongly says how; exit code 2', async () => {
    for (const args of [[], [EXAMPLE, EXAMPLE], [EXAMPLE, '--key', 'abc'], [EXAMPLE, '--key', EXAMPLE], [EXAMPLE, '--lang', 'fr']]) expect((await mingdai(...args)).code).toBe(2);
  });
});
