import { createHash, randomUUID } from 'node:crypto';

/** Who an id names, by its prefix. Ids are made by the caller's edge, never by the database. */
export type IdPrefix =
  | 'app' | 'att' | 'con' | 'ctr' | 'cus' | 'dec' | 'evd' | 'evt' | 'fdc' | 'idc' | 'je' | 'loan' | 'off' | 'pay' | 'prd' | 'req' | 'ses' | 'sht' | 'stmt';

/** A new id, e.g. `loan_0192f0…` (32 hex digits after the prefix). */
export const newId = (prefix: IdPrefix): string => `${prefix}_${randomUUID().replaceAll('-', '')}`;

/** An id that follows from others: the same parts give the same id, so that doing it again is seen as a repeat. */
export const derivedId = (prefix: IdPrefix, ...parts: readonly string[]): string =>
  `${prefix}_${createHash('sha256').update(parts.join('\u0000')).digest('hex').slice(0, 32)}`;

/** The number of logical shards: part of the data's layout, fixed when a database is made. */
export const SHARDS = 256;

/** The borrower's shard, 0 to 255: the first byte of the SHA-256 of the customer id. It leads every key. */
export const shardOf = (customerId: string): number => createHash('sha256').update(customerId).digest()[0]! % SHARDS;
