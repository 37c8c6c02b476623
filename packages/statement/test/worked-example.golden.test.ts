import { readFileSync } from 'node:fs';
import { canonicalJson } from '@mingdai/loan-math';
import { describe, expect, it } from 'vitest';
import { contentHash, fingerprintOf, signedBytes, verifyStatement, type StatementJson } from '../src/index.ts';
import { EXAMPLE_KEY, exampleStatement, textOf } from './example.ts';

const FILE = 'vectors/statement-example.json';
const page = readFileSync(new URL('../../../docs/specs/statement.md', import.meta.url), 'utf8');
const said = (label: string): string => new RegExp(`\\| ${label} \\| \`([^\`]+)\``).exec(page)?.[1] ?? `${label} is not on the page`;

describe('the worked example of docs/specs/statement.md', () => {
  it('is the file that lies beside this test, byte for byte', async () => {
    await expect(textOf(exampleStatement())).toMatchFileSnapshot(FILE);
  });

  it('has the hash, the key and the signature that the page names, and a seal as the page computes it', () => {
    const statement = JSON.parse(readFileSync(new URL(FILE, import.meta.url), 'utf8')) as StatementJson;
    const signature = statement['signature'] as Record<string, string>;
    expect(said('fingerprint of the key')).toBe(fingerprintOf(EXAMPLE_KEY.publicKey));
    expect(said('content hash')).toBe(contentHash(statement));
    expect(said('signature')).toBe(signature['value']);
    expect(said('bytes signed')).toBe(String(signedBytes(statement).length));
    expect(page).toContain(canonicalJson(['claimed.principal_outstanding_fen', '707262']));
    expect(said('seal of the principal outstanding')).toBe((statement['seals'] as Record<string, string>)['claimed.principal_outstanding_fen']);
    expect(verifyStatement(textOf(statement), { trustedKeyIds: [signature['key_id']!] }).verdict).toBe('agrees');
  });
});
