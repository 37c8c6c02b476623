import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** An Ed25519 key of this installation, and the public keys of all it ever used for the same. */
export type SigningKey = {
  readonly privateKey: KeyObject;
  /** Its own first. */
  readonly publicKeys: readonly KeyObject[];
};

export type SigningKeyOptions = {
  readonly dataDir: string;
  /** What it signs: names the files of its public keys, `<use>-<key id>.pub.pem`. */
  readonly use: string;
  /** The file of the private key, made on the first run. */
  readonly privateFile: string;
  /** A PKCS#8 PEM, from a secret store, instead of the file. */
  readonly privateKeyPem?: string | undefined;
};

/**
 * Keys live in `<dataDir>/keys`, outside the database: the private one readable by its owner only, and a public one for every key ever used,
 * so that what an old key signed can be checked after a new one takes over.
 *
 * Throws  when the folder cannot be written or the PEM is no Ed25519 key.
 */
export function signingKeyFrom({ dataDir, use, privateFile, privateKeyPem }: SigningKeyOptions): SigningKey {
  const folder = join(dataDir, 'keys');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const privateKey = createPrivateKey(privateKeyPem ?? keyOfFolder(folder, privateFile));
  if (privateKey.asymmetricKeyType !== 'ed25519') throw new Error(`the ${use} key is an Ed25519 key in PKCS#8 PEM`);
  const own = createPublicKey(privateKey);
  writeOnce(join(folder, `${use}-${keyIdOf(own)}.pub.pem`), pemOf(own), 0o644);
  const kept = readdirSync(folder).filter((name) => name.startsWith(`${use}-`) && /-[0-9a-f]{16}\.pub\.pem$/.test(name)).map((name) => createPublicKey(readFileSync(join(folder, name), 'utf8')));
  return { privateKey, publicKeys: [own, ...kept.filter((key) => !key.equals(own))] };
}

/** SHA-256 of the public key (SPKI, DER), in hex; its first 16 digits are the key's id. */
export const fingerprintOf = (key: KeyObject): string => createHash('sha256').update(key.export({ type: 'spki', format: 'der' })).digest('hex');

export const keyIdOf = (key: KeyObject): string => fingerprintOf(key).slice(0, 16);

export const pemOf = (key: KeyObject): string => key.export({ type: 'spki', format: 'pem' }).toString();

function keyOfFolder(folder: string, privateFile: string): string {
  const file = join(folder, privateFile);
  writeOnce(file, generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), 0o600);
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
