import { join } from 'node:path';
import { z } from 'zod';

/** Every mistake in the settings, one a line: the program does not start with a wrong one. */
export class ConfigMistakes extends Error {
  override readonly name = 'ConfigMistakes';
  readonly mistakes: readonly string[];
  constructor(mistakes: readonly string[]) {
    super(`The settings have ${mistakes.length} mistake${mistakes.length === 1 ? '' : 's'}:\n${mistakes.map((mistake) => `  ${mistake}`).join('\n')}`);
    this.mistakes = mistakes;
  }
}

const wholeNumber = (least: number, most: number) =>
  z.string().regex(/^\d{1,9}$/, 'is a whole number').transform(Number).refine((n) => n >= least && n <= most, `is ${least} to ${most}`);
const httpUrl = z.url({ protocol: /^https?$/, error: 'is an http(s) address' }).transform((url) => url.replace(/\/+$/, ''));
const secret = z.string().min(16, 'has at least 16 characters');

const settings = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'is a postgres:// address' }).optional(),
  MINGDAI_DATABASE_PORT: wholeNumber(1, 65_535).optional(),
  MINGDAI_DATA_DIR: z.string().min(1, 'names a folder').default(join(import.meta.dirname, '..', '..', '..', '.data')),
  HOST: z.string().min(1, 'is an address to listen on').default('127.0.0.1'),
  PORT: wholeNumber(0, 65_535).default(8300),
  CLOCK: z.enum(['system', 'told'], 'is "system" or "told"').default('system'),
  OPERATOR_TOKEN: secret,
  PROVIDER_KEY: secret,
  FIELD_KEY: z.string().regex(/^[0-9a-f]{64}$/, 'is 32 bytes in hex (64 lower-case digits)'),
  WECHAT_URL: httpUrl,
  BUREAU_URL: httpUrl,
  IDENTITY_URL: httpUrl,
  BANK_URL: httpUrl,
  SMS_URL: httpUrl,
  FUNDER_URL: httpUrl,
  PROVIDER_TIMEOUT_MS: wholeNumber(10, 120_000).default(5_000),
  DAY_RUNS: z.enum(['auto', 'operator'], 'is "auto" or "operator"').default('auto'),
  MINIMUM_READING_SECONDS: wholeNumber(0, 600).default(10),
  ACCEPT_SYNTHETIC_IDS: z.enum(['yes', 'no'], 'is "yes" or "no"').default('no'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], 'is trace, debug, info, warn, error, fatal or silent').default('info'),
});

export type Config = ReturnType<typeof readConfig>;

/**
 * The settings, from the environment. An empty value counts as absent.
 * Throws ConfigMistakes listing every mistake; values are never repeated in it, as some are secret.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>) {
  const given = Object.fromEntries(Object.keys(settings.shape).flatMap((name) => (env[name] === undefined || env[name] === '' ? [] : [[name, env[name]]])));
  const parsed = settings.safeParse(given);
  if (!parsed.success) {
    throw new ConfigMistakes(parsed.error.issues.map(({ path, message }) => {
      const name = String(path[0]);
      return name in given ? `${name} ${message}` : `${name} is missing`;
    }));
  }
  const s = parsed.data;
  return {
    databaseUrl: s.DATABASE_URL, databasePort: s.MINGDAI_DATABASE_PORT, dataDir: s.MINGDAI_DATA_DIR, host: s.HOST, port: s.PORT, clock: s.CLOCK,
    dayRuns: s.DAY_RUNS, minimumReadingSeconds: s.MINIMUM_READING_SECONDS, acceptsSyntheticIds: s.ACCEPT_SYNTHETIC_IDS === 'yes',
    operatorToken: s.OPERATOR_TOKEN, providerKey: s.PROVIDER_KEY, fieldKey: s.FIELD_KEY, providerTimeoutMs: s.PROVIDER_TIMEOUT_MS, logLevel: s.LOG_LEVEL,
    providers: { wechat: s.WECHAT_URL, bureau: s.BUREAU_URL, identity: s.IDENTITY_URL, bank: s.BANK_URL, sms: s.SMS_URL, funder: s.FUNDER_URL },
  } as const;
}
