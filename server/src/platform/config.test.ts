import { describe, expect, it } from 'vitest';
import { ConfigMistakes, readConfig } from './config.ts';

const good = {
  OPERATOR_TOKEN: 'operator-token-0123', PROVIDER_KEY: 'provider-key-012345', FIELD_KEY: 'ab'.repeat(32),
  WECHAT_URL: 'http://127.0.0.1:1/wechat/', BUREAU_URL: 'http://127.0.0.1:1', IDENTITY_URL: 'http://127.0.0.1:1', BANK_URL: 'http://127.0.0.1:1', SMS_URL: 'http://127.0.0.1:1', FUNDER_URL: 'http://127.0.0.1:1',
};
const mistakes = (env: Record<string, string | undefined>): readonly string[] => {
  try {
    readConfig(env);
  } catch (cause) {
    if (cause instanceof ConfigMistakes) return cause.mistakes;
    throw cause;
  }
  return [];
};

describe('the settings', () => {
  it('have defaults for all that a server can choose itself', () => {
    expect(readConfig(good)).toMatchObject({ host: '127.0.0.1', port: 8300, clock: 'system', logLevel: 'info', providerTimeoutMs: 5_000, databaseUrl: undefined });
    expect(readConfig(good).dataDir).toMatch(/\.data$/);
  });

  it('take an empty value for an absent one, and addresses without the slash at their end', () => {
    expect(readConfig({ ...good, DATABASE_URL: '', PORT: '' })).toMatchObject({ databaseUrl: undefined, port: 8300, providers: { wechat: 'http://127.0.0.1:1/wechat' } });
  });

  it('are refused with every mistake at once', () => {
    expect(mistakes({ ...good, PORT: '70000', CLOCK: 'sundial', FIELD_KEY: 'short', DATABASE_URL: 'mysql://x', BANK_URL: 'ftp://x', SMS_URL: undefined, LOG_LEVEL: 'loud', PROVIDER_TIMEOUT_MS: '1.5' })).toEqual([
      'DATABASE_URL is a postgres:// address',
      'PORT is 0 to 65535',
      'CLOCK is "system" or "told"',
      'FIELD_KEY is 32 bytes in hex (64 lower-case digits)',
      'BANK_URL is an http(s) address',
      'SMS_URL is missing',
      'PROVIDER_TIMEOUT_MS is a whole number',
      'LOG_LEVEL is trace, debug, info, warn, error, fatal or silent',
    ]);
  });

  it('that are missing altogether are all named', () => {
    expect(mistakes({})).toHaveLength(9);
  });

  it('never repeat a secret in what they say', () => {
    expect(mistakes({ ...good, OPERATOR_TOKEN: 'hunter2' }).join()).not.toContain('hunter2');
  });
});
