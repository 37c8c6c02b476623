import { describe, expect, it } from 'vitest';
import { createFieldCipher, isSignedBy, sign } from './secrets.ts';

const OLD = '01'.repeat(32);
const NEW = '02'.repeat(32);

describe('personal data, field by field', () => {
  const cipher = createFieldCipher(OLD);

  it('opens with the key and the context it was sealed with', () => {
    const sealed = cipher.encrypt('13800138000', 'phone/cus_1');
    expect(sealed).not.toContain('138');
    expect(cipher.decrypt(sealed, 'phone/cus_1')).toBe('13800138000');
    expect(cipher.decrypt(cipher.encrypt('李娜', 'n'), 'n')).toBe('李娜');
    expect(cipher.decrypt(cipher.encrypt('', 'n'), 'n')).toBe('');
  });

  it('does not open when copied to another person, altered, cut, or without its key', () => {
    const sealed = cipher.encrypt('13800138000', 'phone/cus_1');
    expect(() => cipher.decrypt(sealed, 'phone/cus_2')).toThrow();
    const [v, id, nonce, body] = sealed.split('.');
    const bytes = Buffer.from(body!, 'base64url');
    bytes[0]! ^= 1;
    expect(() => cipher.decrypt([v, id, nonce, bytes.toString('base64url')].join('.'), 'phone/cus_1')).toThrow();
    expect(() => cipher.decrypt(sealed.slice(0, -8), 'phone/cus_1')).toThrow();
    expect(() => createFieldCipher(NEW).decrypt(sealed, 'phone/cus_1')).toThrow(/a key this server does not have/);
    expect(() => cipher.decrypt('nonsense', 'x')).toThrow();
  });

  it('sealed twice never looks the same', () => {
    expect(cipher.encrypt('a', 'c')).not.toBe(cipher.encrypt('a', 'c'));
  });

  it('sealed with the last key still opens after the key was changed', () => {
    const changed = createFieldCipher(NEW, [OLD]);
    expect(changed.decrypt(cipher.encrypt('a', 'c'), 'c')).toBe('a');
    expect(() => cipher.decrypt(changed.encrypt('a', 'c'), 'c')).toThrow();
  });

  it('is found by a blind value that is the same for the same text in the same context only', () => {
    expect(cipher.blind('a', 'id')).toBe(cipher.blind('a', 'id'));
    expect(cipher.blind('a', 'id')).not.toBe(cipher.blind('a', 'phone'));
    expect(cipher.blind('a', 'id')).not.toBe(createFieldCipher(NEW).blind('a', 'id'));
  });
});

describe('a signature', () => {
  it('holds for the bytes and the key it was made with', () => {
    const signature = sign('key', 'body');
    expect(signature).toMatch(/^[0-9a-f]{64}$/);
    expect(isSignedBy('key', Buffer.from('body'), signature)).toBe(true);
    for (const [key, body, given] of [['key', 'Body', signature], ['other', 'body', signature], ['key', 'body', signature.slice(1)], ['key', 'body', ''], ['key', 'body', undefined]] as const) {
      expect(isSignedBy(key, body, given)).toBe(false);
    }
  });
});
