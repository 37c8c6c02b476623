import { canonicalJson } from '@mingdai/loan-math';
import { hashes, verify } from '@noble/ed25519';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { isObject, type Json } from './json-text.ts';

/** An Ed25519 public key as SubjectPublicKeyInfo (DER) is this, then the 32 bytes (RFC 8410). */
const SPKI_PREFIX = '302a300506032b6570032100';

/**
 * The fingerprint of a public key: SHA-256 of its SubjectPublicKeyInfo in DER, 64 hex digits, as
 * `openssl pkey -pubin -outform DER | sha256sum` shows it. Its first 16 digits are the key's id.
 *
 * Needs   64 hex digits.
 * Source  docs/specs/statement.md §6.
 */
export const fingerprintOf = (publicKey: string): string => bytesToHex(sha256(concatBytes(hexToBytes(SPKI_PREFIX), hexToBytes(publicKey))));

export const keyIdOf = (publicKey: string): string => fingerprintOf(publicKey).slice(0, 16);

/**
 * The bytes that are signed: the canonical JSON of a statement without `signature.value`, in UTF-8.
 *
 * Source  docs/specs/statement.md §6.
 */
export function signedBytes(statement: { readonly [name: string]: Json }): Uint8Array {
  const { signature, ...content } = statement;
  const { value: _value, ...members } = isObject(signature) ? signature : ({} as { readonly [name: string]: Json });
  return utf8ToBytes(canonicalJson({ ...content, signature: members }));
}

/** SHA-256 of the canonical JSON without `signature`: what a statement says, whoever signed it. */
export function contentHash(statement: { readonly [name: string]: Json }): string {
  const { signature: _signature, ...content } = statement;
  return bytesToHex(sha256(utf8ToBytes(canonicalJson(content))));
}

/** By the strict reading of RFC 8032: one signature has one text. Never throws: what cannot be a signature is none. */
export function isSignedBy(publicKey: string, signature: string, bytes: Uint8Array): boolean {
  if (hashes.sha512 === undefined) hashes.sha512 = sha512;
  try {
    return verify(hexToBytes(signature), bytes, hexToBytes(publicKey), { zip215: false });
  } catch {
    return false;
  }
}
