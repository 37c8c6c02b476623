import { mkdtempSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildStatement, signStatement, verifyStatement } from '@mingdai/statement';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EXAMPLE } from '../../../../packages/statement/test/example.ts';
import { statementKeyFrom, type StatementKey } from './statement-key.ts';

let dataDir: string;
beforeEach(() => { dataDir = mkdtempSync(join(tmpdir(), 'mingdai-key-')); });
afterEach(() => { rmSync(dataDir, { recursive: true, force: true }); });

const folder = (): string => join(dataDir, 'keys');
const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);
const signedBy = ({ signer }: StatementKey): string => JSON.stringify(signStatement(buildStatement(EXAMPLE), signer));

describe('the key that signs statements', () => {
  it('is made once, and its private half is for its owner only', () => {
    const [first, again] = [statementKeyFrom({ dataDir }), statementKeyFrom({ dataDir })];
    expect(again.publicKeys).toEqual(first.publicKeys);
    expect(modeOf(folder())).toBe('700');
    expect(modeOf(join(folder(), 'statement-signing.pem'))).toBe('600');
    expect(readdirSync(folder()).toSorted()).toEqual([`statement-${first.publicKeys[0]!.fingerprint.slice(0, 16)}.pub.pem`, 'statement-signing.pem']);
  });

  it('may be changed: the one before stays listed, and what it signed can be checked', () => {
    const before = statementKeyFrom({ dataDir });
    const old = signedBy(before);
    renameSync(join(folder(), 'statement-signing.pem'), join(dataDir, 'moved-away.pem'));
    const after = statementKeyFrom({ dataDir });
    expect(after.publicKeys.map(({ fingerprint, isCurrent }) => [fingerprint, isCurrent])).toEqual([[after.publicKeys[0]!.fingerprint, true], [before.publicKeys[0]!.fingerprint, false]]);
    expect(after.signer.publicKey).not.toBe(before.signer.publicKey);
    const trustedKeyIds = after.publicKeys.map(({ fingerprint }) => fingerprint);
    for (const text of [old, signedBy(after)]) expect(verifyStatement(text, { trustedKeyIds }).verdict).toBe('agrees');
    expect(verifyStatement(old, { trustedKeyIds: trustedKeyIds.slice(0, 1) }).verdict).toBe('agrees_key_unknown');
  });

  it('that is no key stops the server instead of being replaced', () => {
    statementKeyFrom({ dataDir });
    writeFileSync(join(folder(), 'statement-signing.pem'), '');
    expect(() => statementKeyFrom({ dataDir })).toThrow();
  });
});
