import { formatDate, type BusinessDate } from '@mingdai/loan-math';
import { z } from 'zod';
import { isoOf, type Instant } from '../../kernel/instant.ts';
import type { Refusal } from '../../kernel/result.ts';

/** What every refusal looks like on the wire (RFC 9457), with its stable code and the fields that explain it. */
export const problem = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  instance: z.string().optional(),
  errors: z.array(z.object({ path: z.string(), rule: z.string(), message: z.string() })).optional(),
}).meta({ id: 'Problem', description: 'A refusal. `code` is stable; the other members explain it.' });

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

/**
 * The body of a refusal. Its fields appear in snake_case with wire types: see `onWire`.
 *
 * Keeps  `status` is the HTTP status (RFC 9457): a refusal that names the status of a thing (a loan, an application) tells it
 *        as `current_status`.
 */
export function problemBody(status: number, refusal: Refusal, requestId: string): string {
  const { code, status: currentStatus, ...rest } = refusal as Refusal & { readonly status?: unknown };
  const title = code.replaceAll('_', ' ');
  return JSON.stringify({ type: `urn:mingdai:problem:${code}`, title: title[0]!.toUpperCase() + title.slice(1), status, code, instance: `urn:mingdai:request:${requestId}`, ...(onWire({ ...rest, ...(currentStatus === undefined ? {} : { currentStatus }) }) as object) });
}

/**
 * Plain data as JSON sees it: members in snake_case, bigint as decimal strings, `…At` numbers as ISO 8601
 * instants and `…On` numbers as days. Refusals use it; replies are written out by their presenters.
 */
export function onWire(value: unknown, key = ''): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number' && /At$/.test(key)) return isoOf(value as Instant);
  if (typeof value === 'number' && /On$/.test(key)) return formatDate(value as BusinessDate);
  if (Array.isArray(value)) return value.map((item) => onWire(item, key));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [snake(name), onWire(member, name)]));
}

const snake = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** An amount on the wire: a decimal string, in a field named `…_fen`. */
export const presentFen = (amount: bigint): string => amount.toString();
/** A rate on the wire: a decimal string of ppm, in a field named `…_ppm`. */
export const presentPpm = (rate: bigint): string => rate.toString();
/** A day on the wire: `YYYY-MM-DD`, in a field named `…_on`. */
export const presentDate = (day: BusinessDate): string => formatDate(day);
/** An instant on the wire: ISO 8601 in UTC, in a field named `…_at`. */
export const presentInstant = (at: Instant): string => isoOf(at);
