import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** Hex HMAC-SHA256 over the raw body of a POST, or over path and query of a GET. */
export const sign = (key: string, message: string | Buffer): string => createHmac('sha256', key).update(message).digest('hex');

export function isSigned(key: string, message: string | Buffer, signature: unknown): boolean {
  if (typeof signature !== 'string') return false;
  const [given, expected] = [Buffer.from(signature), Buffer.from(sign(key, message))];
  return given.length === expected.length && timingSafeEqual(given, expected);
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
