import { sign, type KeyObject } from 'node:crypto';
import type { Signer } from '@mingdai/statement';
import { fingerprintOf, pemOf, signingKeyFrom } from '../../platform/signing-key.ts';

/** A public key with which statements of this installation were signed. */
export type StatementPublicKey = { readonly fingerprint: string; readonly publicKey: string; readonly pem: string; readonly isCurrent: boolean };

/** Signs statements, and knows every key that ever did, the current one first. */
export type StatementKey = { readonly signer: Signer; readonly publicKeys: readonly StatementPublicKey[] };

/**
 * The key that signs this installation's statements: a sibling of the ledger's, in `<dataDir>/keys/statement-signing.pem`, so that neither can be made
 * to sign for the other. Public keys stay as `statement-<key id>.pub.pem` when a new key takes over.
 *
 * Throws  when the folder cannot be written or the PEM is no Ed25519 key.
 * Source  docs/specs/statement.md §6.
 */
export function statementKeyFrom(options: { readonly dataDir: string; readonly privateKeyPem?: string | undefined }): StatementKey {
  const { privateKey, publicKeys } = signingKeyFrom({ ...options, use: 'statement', privateFile: 'statement-signing.pem' });
  return {
    signer: { publicKey: rawOf(publicKeys[0]!), sign: (bytes) => sign(null, bytes, privateKey).toString('hex') },
    publicKeys: publicKeys.map((key, index) => ({ fingerprint: fingerprintOf(key), publicKey: rawOf(key), pem: pemOf(key), isCurrent: index === 0 })),
  };
}

/** The 32 bytes of an Ed25519 public key, in hex. */
const rawOf = (key: KeyObject): string => Buffer.from(key.export({ format: 'jwk' }).x!, 'base64url').toString('hex');
