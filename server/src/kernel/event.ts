import type { Instant } from './instant.ts';

/** News one module tells the others, kept in the outbox with the change that caused it. Payload is plain JSON; amounts are decimal strings. */
export type DomainEvent = {
  readonly id: string;
  /** snake_case, past tense, e.g. `payout_settled`. */
  readonly type: string;
  readonly shard: number;
  /** The id of the thing it is about, e.g. a payout's. */
  readonly subject: string;
  readonly at: Instant;
  readonly payload: Readonly<Record<string, unknown>>;
};

export type NewEvent = Omit<DomainEvent, 'id' | 'at'>;
