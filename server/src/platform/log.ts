import pino, { type DestinationStream, type Logger } from 'pino';

export type Log = Logger;

const REDACTED = '[redacted]';
const PERSONAL_KEYS: ReadonlySet<string> = new Set([
  'name', 'fullname', 'realname', 'idnumber', 'idno', 'phone', 'mobile', 'cardnumber', 'cardno', 'cardtoken', 'faceticket', 'address', 'openid', 'unionid',
  'token', 'accesstoken', 'operatortoken', 'subjecttoken', 'authorization', 'cookie', 'password', 'secret', 'sessionkey', 'providerkey', 'fieldkey', 'wechatcode', 'xsignature',
]);
/** Resident identity numbers (18), bank cards (16 to 19 digits), mainland mobiles (11), standing alone. */
const PERSONAL_TEXT = /(?<![0-9A-Za-z_])(?:\d{17}[\dXx]|\d{16,19}|(?:\+?86[- ]?)?1[3-9]\d{9})(?![0-9A-Za-z_])/g;

/**
 * Structured logs, one JSON object a line, times in ISO 8601. Personal data is taken out twice: by the name
 * of the field, and by what it looks like wherever it stands, messages and stacks included.
 */
export function createLog(level: string, out?: DestinationStream): Log {
  return pino({
    level,
    base: null,
    serializers: { err: (fields: unknown) => fields }, // already written out by `redacted`
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }), log: (fields) => redacted(fields) as Record<string, unknown> },
    hooks: {
      logMethod(args, method) {
        const [first, ...rest] = args as unknown[];
        const said = first instanceof Error ? [{ err: first }, ...(rest.length === 0 ? [first.message] : rest)] : [first, ...rest];
        method.apply(this, said.map((arg) => (typeof arg === 'string' ? withoutPersonalText(arg) : arg)) as Parameters<typeof method>);
      },
    },
  }, out ?? pino.destination({ dest: 1, sync: false }));
}

export const withoutPersonalText = (text: string): string => text.replace(PERSONAL_TEXT, REDACTED);

/** A copy without personal data, at any depth. */
export function redacted(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return withoutPersonalText(value);
  if (typeof value === 'bigint' || typeof value === 'number') {
    const text = String(value);
    return withoutPersonalText(text) === text ? (typeof value === 'bigint' ? text : value) : REDACTED;
  }
  if (typeof value !== 'object' || value === null) return value;
  if (depth > 8) return '[deep]';
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Error) return redactedError(value, depth);
  if (Array.isArray(value)) return value.map((item) => redacted(item, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, isPersonal(key) ? REDACTED : redacted(member, depth + 1)]));
}

const isPersonal = (key: string): boolean => PERSONAL_KEYS.has(key.toLowerCase().replaceAll(/[_-]/g, ''));

function redactedError(error: Error, depth: number): unknown {
  const { cause } = error;
  return {
    type: error.constructor.name, message: withoutPersonalText(error.message), stack: withoutPersonalText(error.stack ?? ''),
    ...('code' in error ? { code: error.code } : {}), ...(cause === undefined ? {} : { cause: redacted(cause, depth + 1) }),
  };
}
