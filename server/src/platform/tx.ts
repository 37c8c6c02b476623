import type { Actor } from '../kernel/actor.ts';
import type { NewEvent } from '../kernel/event.ts';
import type { Instant } from '../kernel/instant.ts';
import type { Refusal, Result } from '../kernel/result.ts';

export type Row = Record<string, unknown>;
export type Rows<R> = { readonly rows: readonly R[]; readonly rowCount: number };

/** Something that answers SQL. int8 comes as bigint, date as 'YYYY-MM-DD' text, timestamptz as Date, numeric as text. */
export interface Reader {
  query<R = Row>(sql: string, values?: readonly unknown[]): Promise<Rows<R>>;
}

/** A transaction. Every write of every repository takes one; there is no other way to write. */
export interface Tx extends Reader {
  readonly kind: 'tx';
}

/** A job to be woken: sent in the same transaction as the change that needs it (pg-boss). */
export type Wake = { readonly job: string; readonly payload: Readonly<Record<string, unknown>>; readonly afterSeconds?: number };

/** What a command's work is handed: the transaction, and a way to tell news and to ask to be woken. */
export interface CommandTx extends Tx {
  /** Keeps news in the outbox, delivered at least once after the commit. */
  tell(event: NewEvent): void;
  wake(wake: Wake): void;
}

/** One change of state, as the funnel sees it. */
export type Command = {
  /** `module.verb`, e.g. `servicing.repay`. */
  readonly name: string;
  /** The caller's idempotency key, unique per command name: 1 to 200 visible ASCII characters. */
  readonly key: string;
  /** What was asked, as plain data (bigint allowed): hashed, so that the same key with other input is refused. */
  readonly input: unknown;
  readonly actor: Actor;
  readonly at: Instant;
  readonly shard: number;
};

export type FunnelRefusal =
  | { readonly code: 'idempotency_key_reused'; readonly command: string; readonly key: string }
  | { readonly code: 'busy'; readonly command: string; readonly tries: number };

/** Thrown inside a command's work when a row was not at the version it was read at: the funnel tries the whole work again. */
export class VersionConflict extends Error {
  override readonly name = 'VersionConflict';
}

/**
 * The one funnel through which every change of state goes: transaction, idempotency, outbox, audit, bounded retry.
 *
 * - Same command, key and input: the first answer is given again (a refusal too), the work is not done.
 * - Same key, other input: `idempotency_key_reused`.
 * - Work that refuses is rolled back whole; only its answer is kept.
 * - Serialization failures (40001, 40P01) and VersionConflict: the work is done again, 3 tries, then `busy` (not kept).
 * - After the commit, news told by the work is delivered to its listeners in this process before `run` returns;
 *   a listener that throws is logged and served again later by the outbox job.
 *
 * Answers are kept as canonical JSON: `value` must be plain data (strings, numbers, booleans, null, bigint, arrays, objects).
 */
export interface Funnel {
  run<T, E extends Refusal>(command: Command, work: (tx: CommandTx) => Promise<Result<T, E>>): Promise<Result<T, E | FunnelRefusal>>;
}

/** The database as the modules see it: reads outside a transaction, and the funnel for everything else. */
export interface Db extends Reader {
  /** A transaction without idempotency, outbox or audit: for bulk jobs that carry their own (the close of day) and for tests. */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
}
