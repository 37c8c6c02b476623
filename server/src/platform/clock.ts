import type { BusinessDate } from '@mingdai/loan-math';
import type { Instant } from '../kernel/instant.ts';

/** The business clock, apart from the machine's: the real time, or the time it was last told (an outside party may move it, forward only). */
export interface Clock {
  now(): Instant;
  today(): BusinessDate;
}
