import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

export const sha256 = (text: string | Buffer): string => createHash('sha256').update(text).digest('hex');

/** Hex HMAC-SHA256 of the bytes as they travel. */
export const sign = (key: string, bytes: string | Buffer): string => createHmac('sha256', key).update(bytes).digest('hex');

/** Compares in constant time: how long it takes tells nothing about how much was right. */
export function isSignedBy(key: string, bytes: string | Buffer, signature: string | undefined): boolean {
  return isSameSecret(sign(key, bytes), signature);
}

export function isSameSecret(expected: string, given: string | undefined): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(expected), hash(given ?? '')) && given !== undefined;
}

/** Encrypts personal data field by field. */
export type FieldCipher = {
  /** `context` says whose and which field it is, e.g. `customers.phone/cus_1`: a text copied elsewhere does not open there. */
  encrypt(text: string, context: string): string;
  /** Throws when the text was altered, is of another context, or its key is not known. */
  decrypt(sealed: string, context: string): string;
  /** The same text gives the same answer: to find a row by a secret value without keeping the value. */
  blind(text: string, context: string): string;
};

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * AES-256-GCM with a fresh nonce each time; the sealed text names its key, so that keys can be changed:
 * new texts take the first key, old ones are opened with the key they name. (`blind` stays on the first
 * key given when the data was made: changing it means blinding again.)
 *
 * Needs  Keys of 64 hex digits.
 */
export function createFieldCipher(current: string, previous: readonly string[] = []): FieldCipher {
  const keys = new Map([current, ...previous].map((hex) => [keyId(hex), Buffer.from(hex, 'hex')]));
  const first = keys.get(keyId(current))!;
  return {
    encrypt(text, context) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', first, nonce).setAAD(Buffer.from(context));
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return `1.${keyId(current)}.${nonce.toString('base64url')}.${body.toString('base64url')}`;
    },
    decrypt(sealed, context) {
      const [version, id, nonce, body] = sealed.split('.');
      const key = keys.get(id ?? '');
      if (version !== '1' || key === undefined || nonce === undefined || body === undefined) throw new Error(`sealed with a key this server does not have (${id ?? 'none'})`);
      const bytes = Buffer.from(body, 'base64url');
      const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'base64url'), { authTagLength: TAG_BYTES }).setAAD(Buffer.from(context));
      decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
      return Buffer.concat([decipher.update(bytes.subarray(0, bytes.length - TAG_BYTES)), decipher.final()]).toString('utf8');
    },
    blind: (text, context) => createHmac('sha256', first).update(`${context}\u0000${text}`).digest('hex'),
  };
}

/** Names a key without telling it. */
const keyId = (hex: string): string => sha256(Buffer.from(hex, 'hex')).slice(0, 8);
