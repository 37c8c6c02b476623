import { createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { keyIdOf, pemOf, signingKeyFrom, type SigningKey } from '../../platform/signing-key.ts';

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
export const sealingKeyFrom = (options: SealingKeyOptions): SealingKey => sealingKeyOf(signingKeyFrom({ ...options, use: 'ledger', privateFile: 'ledger-sealing.pem' }));

/** A key that lives as long as the process: for tests and trials. */
export function passingSealingKey(): SealingKey {
  const { privateKey } = generateKeyPairSync('ed25519');
  return sealingKeyOf({ privateKey, publicKeys: [createPublicKey(privateKey)] });
}

function sealingKeyOf({ privateKey, publicKeys }: SigningKey): SealingKey {
  const own = publicKeys[0]!;
  const trusted = new Map(publicKeys.map((key) => [keyIdOf(key), key]));
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
