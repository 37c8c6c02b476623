import { assert, canonicalJson } from '@mingdai/loan-math';
import pg from 'pg';
import { setTimeout as sleep } from 'node:timers/promises';
import { digestOf } from '../kernel/canonical.ts';
import type { DomainEvent, NewEvent } from '../kernel/event.ts';
import { derivedId, SHARDS } from '../kernel/ids.ts';
import { isoOf } from '../kernel/instant.ts';
import { refuse, type Refusal, type Result } from '../kernel/result.ts';
import { outboxRow, type Outbox } from './outbox.ts';
import type { Connection, Database } from './postgres.ts';
import { VersionConflict, type Command, type CommandTx, type Funnel, type FunnelRefusal, type Tx, type Wake } from './tx.ts';

export type FunnelDeps = {
  readonly database: Database;
  readonly outbox: Outbox;
  /** Sends jobs inside the command's own transaction. */
  readonly send: (tx: Tx, wakes: readonly Wake[]) => Promise<void>;
  /** For metrics: how each run ended (`ok`, a refusal's code, `repeated`, `busy`). */
  readonly observe?: (command: string, outcome: string) => void;
};

const TRIES = 3;
const RETRYABLE: ReadonlySet<string> = new Set(['40001', '40P01']);
const KEY = /^[\x21-\x7e]{1,200}$/;

/**
 * The funnel of tx.ts. Round trips of a command: one to begin and claim the key, the work's own, one to keep
 * the answer and the news and to commit. A command that waits for another with the same key waits in the
 * database, on the claimed row, and then reads that one's answer.
 */
export function createFunnel(deps: FunnelDeps): Funnel {
  return {
    async run<T, E extends Refusal>(command: Command, work: (tx: CommandTx) => Promise<Result<T, E>>): Promise<Result<T, E | FunnelRefusal>> {
      assert(KEY.test(command.key), 'an idempotency key is 1 to 200 visible ASCII characters');
      assert(Number.isInteger(command.shard) && command.shard >= 0 && command.shard < SHARDS, 'a shard is 0 to 255');
      const claim: Claim = { command, inputHash: digestOf(command.input) };
      for (let tries = 1; tries <= TRIES; tries++) {
        const done = await attempt(deps, claim, work);
        if (done === 'again') {
          await sleep(Math.random() * 10 * tries);
          continue;
        }
        await deps.outbox.deliver(done.told);
        deps.observe?.(command.name, done.outcome);
        return done.result;
      }
      deps.observe?.(command.name, 'busy');
      return refuse({ code: 'busy', command: command.name, tries: TRIES });
    },
  };
}

type Claim = { readonly command: Command; readonly inputHash: string };
type Done<T, E> = { readonly result: Result<T, E | FunnelRefusal>; readonly told: readonly DomainEvent[]; readonly outcome: string };
type Work<T, E> = (tx: CommandTx) => Promise<Result<T, E>>;

function attempt<T, E extends Refusal>(deps: FunnelDeps, claim: Claim, work: Work<T, E>): Promise<Done<T, E> | 'again'> {
  return deps.database.withConnection(async (connection, client) => {
    try {
      await prepare(connection, client);
      if (!(await claimed(connection, claim))) return await answerOfBefore(connection, claim);
      const news: NewEvent[] = [];
      const wakes: Wake[] = [];
      const tx: Tx = { kind: 'tx', query: connection.query };
      const result = await work({ ...tx, tell: (event) => void news.push(event), wake: (wake) => void wakes.push(wake) });
      if (!result.ok) return await keepRefusal(connection, claim, result);
      if (wakes.length > 0) await deps.send(tx, wakes);
      const told = news.map((event, index) => eventOf(claim.command, event, index));
      await keepAnswer(connection, claim, { result, told, outbox: deps.outbox });
      return { result, told, outcome: 'ok' };
    } catch (cause) {
      await connection.query('rollback').catch(() => undefined);
      if (cause instanceof VersionConflict || (cause instanceof pg.DatabaseError && RETRYABLE.has(cause.code ?? ''))) return 'again';
      throw cause;
    }
  });
}

const prepared = new WeakSet<object>();

/** The two statements of every command, parsed and planned once a connection: a script of theirs then costs the server little more than its values. */
async function prepare(connection: Connection, client: object): Promise<void> {
  if (prepared.has(client)) return;
  await connection.script(`
    prepare mingdai_claim (int, text, text, text, text, text, timestamptz) as
      insert into platform.command (shard, name, key, input_hash, actor_kind, actor_id, at) values ($1, $2, $3, $4, $5, $6, $7) on conflict (shard, name, key) do nothing;
    prepare mingdai_keep (int, text, text, text) as
      update platform.command set outcome = 'ok', answer = $4 where shard = $1 and name = $2 and key = $3`);
  prepared.add(client);
}

async function claimed(connection: Connection, { command, inputHash }: Claim): Promise<boolean> {
  const { shard, name, key, actor, at } = command;
  const fields = [name, key, inputHash, actor.kind, actor.id, isoOf(at)].map(literal);
  const [, insert] = await connection.script(`begin; execute mingdai_claim (${shard}, ${fields.join(', ')})`);
  return insert!.rowCount === 1;
}

/** The whole work goes; then its answer is kept alone. If another request with the key came between, its answer stands. */
async function keepRefusal<T, E extends Refusal>(connection: Connection, claim: Claim, result: Result<T, E> & { ok: false }): Promise<Done<T, E>> {
  const [, insert] = await connection.script(`rollback; ${insertRefusal(claim, result)}`);
  return insert!.rowCount === 1 ? { result, told: [], outcome: result.error.code } : answerOfBefore(connection, claim);
}

type Kept = { readonly result: Result<unknown, Refusal>; readonly told: readonly DomainEvent[]; readonly outbox: Outbox };

async function keepAnswer(connection: Connection, { command }: Claim, { result, told, outbox }: Kept): Promise<void> {
  const rows = told.map((event) => outboxRow(event, outbox.hasListener(event.type), literal));
  const answers = await connection.script([
    `execute mingdai_keep (${command.shard}, ${literal(command.name)}, ${literal(command.key)}, ${literal(encodeAnswer(result))})`,
    ...(rows.length === 0 ? [] : [`insert into platform.outbox (shard, id, type, subject, at, payload, delivered_at) values ${rows.join(', ')}`]),
    'commit',
  ].join('; '));
  assert(answers.at(-1)!.command === 'COMMIT', 'a command in which a statement failed is not committed');
}

async function answerOfBefore<T, E extends Refusal>(connection: Connection, { command, inputHash }: Claim): Promise<Done<T, E>> {
  const [, found] = await connection.script(`rollback; select input_hash, answer from platform.command where ${isCommand(command)}`);
  const row = found!.rows[0] as { input_hash: string; answer: string } | undefined;
  assert(row !== undefined, 'a claimed key has an answer once it can be seen');
  if (row.input_hash !== inputHash) return { result: refuse({ code: 'idempotency_key_reused', command: command.name, key: command.key }), told: [], outcome: 'idempotency_key_reused' };
  return { result: decodeAnswer(row.answer) as Result<T, E>, told: [], outcome: 'repeated' };
}

function insertRefusal({ command, inputHash }: Claim, refusal: Result<unknown, Refusal> & { ok: false }): string {
  const { shard, name, key, actor, at } = command;
  const fields = [name, key, inputHash, actor.kind, actor.id, isoOf(at), refusal.error.code, encodeAnswer(refusal)].map(literal);
  return `insert into platform.command (shard, name, key, input_hash, actor_kind, actor_id, at, outcome, answer)
    values (${shard}, ${fields.join(', ')}) on conflict (shard, name, key) do nothing`;
}

const isCommand = ({ shard, name, key }: Command): string => `shard = ${shard} and name = ${literal(name)} and key = ${literal(key)}`;

/** The same command tells the same events under the same ids, whoever looks. The payload is what the outbox would read back. */
function eventOf(command: Command, event: NewEvent, index: number): DomainEvent {
  const id = derivedId('evt', String(command.shard), command.name, command.key, String(index));
  return { ...event, id, at: command.at, payload: JSON.parse(JSON.stringify(event.payload)) as DomainEvent['payload'] };
}

const literal = (text: string): string => pg.escapeLiteral(text);

/** Canonical JSON in which a bigint reads `{"$bigint":"12"}`, so that an answer comes back with the types it had. */
export const encodeAnswer = (answer: unknown): string => canonicalJson(tagged(answer));

export const decodeAnswer = (text: string): unknown =>
  JSON.parse(text, (_key, value: unknown) => (isTag(value) ? BigInt(value.$bigint) : value));

function tagged(value: unknown): unknown {
  if (typeof value === 'bigint') return { $bigint: value.toString() };
  if (Array.isArray(value)) return value.map(tagged);
  if (typeof value !== 'object' || value === null) return value;
  if (![Object.prototype, null].includes(Object.getPrototypeOf(value) as object | null)) return value; // canonicalJson refuses it by name
  assert(!('$bigint' in value), 'an answer has no member named $bigint');
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, tagged(member)]));
}

const isTag = (value: unknown): value is { readonly $bigint: string } => typeof value === 'object' && value !== null && '$bigint' in value;
