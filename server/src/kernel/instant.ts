import { businessDateOf, type BusinessDate } from '@mingdai/loan-math';

/** A point in time: whole milliseconds since 1970-01-01T00:00Z. Given in by the edge; nothing inside reads a clock. */
export type Instant = number & { readonly unit: 'instant-ms' };

const BEIJING_OFFSET_MS = 8 * 3_600_000;
const DAY_MS = 86_400_000;

/** Mints an instant from epoch milliseconds. Throws RangeError unless it is a whole number. */
export function instant(epochMs: number): Instant {
  if (!Number.isSafeInteger(epochMs)) throw new RangeError(`instant is whole milliseconds, got ${epochMs}`);
  return epochMs as Instant;
}

/** The business day of an instant: the calendar day in Beijing (UTC+8, no summer time). */
export const dayOf = (at: Instant): BusinessDate => businessDateOf(Math.floor((at + BEIJING_OFFSET_MS) / DAY_MS));

/** The first instant of a business day in Beijing. */
export const startOf = (day: BusinessDate): Instant => instant(day * DAY_MS - BEIJING_OFFSET_MS);

/** ISO 8601 in UTC, e.g. 2026-10-08T01:00:00.000Z. */
export const isoOf = (at: Instant): string => new Date(at).toISOString();
