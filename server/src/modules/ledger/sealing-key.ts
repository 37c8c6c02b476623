import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify, type KeyObject } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Signs blocks, and knows the public keys that this installation trusts. Trust lies outside the database, which is what blocks guard. */
export type SealingKey = {
  /** The first 16 hex digits of the SHA-256 of the public key (SPKI, DER). */
  readonly keyId: string;
  readonly publicKeyPem: string;
  /** Ed25519 over a hash given in hex; the signature in hex. */
  sign(hash: string): string;
  /** Null when the key is not trusted here. */
  isSignedBy(keyId: string, hash: string, signature: string): boolean | null;
};

export type SealingKeyOptions = {
  readonly dataDir: string;
  /** A PKCS#8 PEM, from a secret store; absent: the key of the data folder, made on the first run. */
  readonly privateKeyPem?: string | undefined;
};

/**
 * The key that seals this installation's books. Keys live in `<dataDir>/keys`: the private one readable by its
 * owner only, and one `ledger-<key id>.pub.pem` for every key ever used, so that old blocks can be checked after
 * a new key takes over.
 *
 * Throws  when the folder cannot be written or the PEM is no Ed25519 key.
 * Source  docs/specs/sealing.md §3.
 */
export function sealingKeyFrom({ dataDir, privateKeyPem }: SealingKeyOptions): SealingKey {
  const folder = join(dataDir, 'keys');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const key = createPrivateKey(privateKeyPem ?? keyOfFolder(folder));
  if (key.asymmetricKeyType !== 'ed25519') throw new Error('the sealing key of the ledger is an Ed25519 key in PKCS#8 PEM');
  const publicKeyPem = pemOf(createPublicKey(key));
  writeOnce(join(folder, `ledger-${keyIdOf(createPublicKey(key))}.pub.pem`), publicKeyPem, 0o644);
  const trusted = readdirSync(folder).filter((name) => /^ledger-[0-9a-f]{16}\.pub\.pem$/.test(name)).map((name) => readFileSync(join(folder, name), 'utf8'));
  return sealingKeyOf(key, trusted);
}

/** A key that lives as long as the process: for tests and trials. */
export const passingSealingKey = (): SealingKey => sealingKeyOf(generateKeyPairSync('ed25519').privateKey, []);

function sealingKeyOf(privateKey: KeyObject, trustedPems: readonly string[]): SealingKey {
  const own = createPublicKey(privateKey);
  const trusted = new Map([own, ...trustedPems.map((pem) => createPublicKey(pem))].map((key) => [keyIdOf(key), key]));
  return {
    keyId: keyIdOf(own),
    publicKeyPem: pemOf(own),
    sign: (hash) => sign(null, Buffer.from(hash, 'hex'), privateKey).toString('hex'),
    isSignedBy(keyId, hash, signature) {
      const key = trusted.get(keyId);
      return key === undefined ? null : verify(null, Buffer.from(hash, 'hex'), key, Buffer.from(signature, 'hex'));
    },
  };
}

function keyOfFolder(folder: string): string {
  const file = join(folder, 'ledger-sealing.pem');
  const made = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  writeOnce(file, made, 0o600);
  return readFileSync(file, 'utf8');
}

/** The first to write a file wins; later ones leave it as it is. */
function writeOnce(file: string, text: string, mode: number): void {
  try {
    writeFileSync(file, text, { flag: 'wx', mode });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
  }
}

const pemOf = (key: KeyObject): string => key.export({ type: 'spki', format: 'pem' }).toString();

const keyIdOf = (key: KeyObject): string => createHash('sha256').update(key.export({ type: 'spki', format: 'der' })).digest('hex').slice(0, 16);
