import { createHash } from 'node:crypto';
import { canonicalJson } from '@mingdai/loan-math';

/**
 * SHA-256 (hex) of a value's canonical JSON (keys sorted, bigint as decimal strings, undefined left out;
 * see loan-math `canonicalJson`). Two values have one digest exactly when they say the same.
 */
export const digestOf = (value: unknown): string => createHash('sha256').update(canonicalJson(value)).digest('hex');
