/**
 * How many transfers a second the ledger books with durable commits, beside what the same server does with
 * plain six-statement transactions. Run: `npx node bench/ledger.ts [--json]`; DATABASE_URL names the server
 * (absent: the embedded one). Rates depend on the machine; the ratios are the result.
 */
import { businessDate } from '@mingdai/loan-math';
import pg from 'pg';
import { system } from '../server/src/kernel/actor.ts';
import { instant } from '../server/src/kernel/instant.ts';
import { ACCOUNTS, createLedger, digestOf, passingSealingKey, type JournalEntry, type Ledger } from '../server/src/modules/ledger/index.ts';
import { createFunnel } from '../server/src/platform/funnel.ts';
import { createOutbox } from '../server/src/platform/outbox.ts';
import type { Database } from '../server/src/platform/postgres.ts';
import type { Funnel } from '../server/src/platform/tx.ts';
import { openOwnDatabase } from './support/own-database.ts';

const CLIENTS = 16;
const BATCH = 1_000;
const ROUNDS = 9;
const ROUND_MS = Number(process.env['BENCH_ROUND_MS'] ?? 1_000);
const ACCOUNTS_TOUCHED = 10_000;
const DAY = businessDate('2026-10-08');
const AT = instant(1_791_396_060_000);

type Bench = { readonly database: Database; readonly ledger: Ledger; readonly funnel: Funnel; readonly pool: pg.Pool };
/** A client's next transfer or transfers; answers how many it made. */
type Client = () => Promise<number>;
type Way = { readonly name: string; readonly clients: number; readonly client: (bench: Bench, name: string) => Client };

/** The first is what the others are measured against. */
const ways: readonly Way[] = [
  { name: 'plain: begin; idempotency row, 2 balances, 2 entries; commit. 16 clients', clients: CLIENTS, client: plainTransfer },
  { name: 'plain without balances: begin; idempotency row, entry, 2 postings; commit. 16 clients', clients: CLIENTS, client: plainEntry },
  { name: 'a command through the funnel that books one entry. 16 clients', clients: CLIENTS, client: throughFunnel },
  { name: 'book() of one entry in its own transaction. 16 clients', clients: CLIENTS, client: bookAlone },
  { name: 'book() of 1,000 entries in one transaction. 1 client', clients: 1, client: bookBatch },
];

async function main(): Promise<void> {
  const bench = await openBench();
  try {
    const rounds: (readonly number[])[] = [];
    for (let round = 0; round <= ROUNDS; round++) {
      const rates: number[] = [];
      for (const [index, way] of ways.entries()) rates.push(await measure(bench, way, `${round}_${index}`));
      if (round > 0) rounds.push(rates); // the first warms up
    }
    report(rounds, await proof(bench));
  } finally {
    await closeBench(bench);
  }
}

/** Transfers a second. */
async function measure(bench: Bench, way: Way, name: string): Promise<number> {
  const start = performance.now();
  const counts = await Promise.all(Array.from({ length: way.clients }, async (_, number) => {
    const client = way.client(bench, `${name}_${number}`);
    let count = 0;
    while (performance.now() - start < ROUND_MS) count += await client();
    return count;
  }));
  return (counts.reduce((sum, count) => sum + count, 0) * 1000) / (performance.now() - start);
}

/** Medians over the rounds; a ratio is taken within its round, so that what else the machine does falls on both sides. */
function report(rounds: readonly (readonly number[])[], verified: string): void {
  const results = ways.map(({ name }, i) => ({
    way: name,
    per_second: Math.round(median(rounds.map((rates) => rates[i]!))),
    to_plain: Number(median(rounds.map((rates) => rates[i]! / rates[0]!)).toFixed(2)),
    to_plain_without_balances: Number(median(rounds.map((rates) => rates[i]! / rates[1]!)).toFixed(2)),
  }));
  if (process.argv.includes('--json')) {
    console.log(JSON.stringify({ bench: 'ledger', results, targets: { 'book() of one entry': 0.8, 'book() of 1,000 entries': 4 }, verified }));
    return;
  }
  console.log(`${'per second'.padStart(10)}  ${'to plain'.padStart(8)}  ${'without balances'.padStart(16)}`);
  for (const { way, per_second, to_plain, to_plain_without_balances } of results) {
    console.log(`${per_second.toLocaleString('en').padStart(10)}  ${`${to_plain.toFixed(2)}x`.padStart(8)}  ${`${to_plain_without_balances.toFixed(2)}x`.padStart(16)}  ${way}`);
  }
  console.log('targets to plain: one entry at least 0.80x, 1,000 entries at least 4.00x');
  console.log(verified);
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

/** A bench that books nonsense quickly proves nothing: the books must balance. */
async function proof({ ledger }: Bench): Promise<string> {
  const rows = await ledger.trialBalance();
  const net = rows.reduce((sum, { netFen }) => sum + netFen, 0n);
  if (net !== 0n) throw new Error(`the trial balance is ${net} fen off`);
  const moved = rows.reduce((sum, { debitFen }) => sum + debitFen, 0n);
  return `trial balance 0.00 after ${moved} fen moved`;
}

function plainEntry({ pool }: Bench, name: string): Client {
  let n = 0;
  return async () => {
    const id = `six_${name}_${++n}`;
    await onConnection(pool, async (run) => {
      await run('begin');
      await run('insert into bench.command (id, answer) values ($1, $2)', [id, 'ok']);
      await run('insert into bench.entry (id, booked_on, kind) values ($1, $2, $3)', [id, '2026-10-08', 'transfer']);
      await run('insert into bench.posting (entry_id, line, account, net_fen) values ($1, 1, $2, $3)', [id, ACCOUNTS.cashAtBank, '100']);
      await run('insert into bench.posting (entry_id, line, account, net_fen) values ($1, 2, $2, $3)', [id, ACCOUNTS.loanPrincipal, '-100']);
      await run('commit');
    });
    return 1;
  };
}

function plainTransfer({ pool }: Bench, name: string): Client {
  let n = 0;
  return async () => {
    const id = `bal_${name}_${++n}`;
    const [from, to] = [Math.floor(Math.random() * ACCOUNTS_TOUCHED), Math.floor(Math.random() * ACCOUNTS_TOUCHED)].sort((a, b) => a - b) as [number, number];
    await onConnection(pool, async (run) => {
      await run('begin');
      await run('insert into bench.command (id, answer) values ($1, $2)', [id, 'ok']);
      await run('update bench.balance set net_fen = net_fen - 100 where account = $1', [from]);
      await run('update bench.balance set net_fen = net_fen + 100 where account = $1', [to]);
      await run('insert into bench.posting (entry_id, line, account, net_fen) values ($1, 1, $2, $3)', [id, String(from), '-100']);
      await run('insert into bench.posting (entry_id, line, account, net_fen) values ($1, 2, $2, $3)', [id, String(to), '100']);
      await run('commit');
    });
    return 1;
  };
}

function throughFunnel({ funnel, ledger }: Bench, name: string): Client {
  const next = chainOf(`fun_${name}`);
  return async () => {
    const entry = next();
    const booked = await funnel.run({ name: 'bench.transfer', key: entry.id, input: { cause: entry.cause }, actor: system('bench'), at: AT, shard: entry.shard }, async (tx) => {
      const done = await ledger.book(tx, [entry]);
      return done.ok ? { ok: true, value: entry.id } : done;
    });
    if (!booked.ok) throw new Error(booked.error.code);
    return 1;
  };
}

function bookAlone({ database, ledger }: Bench, name: string): Client {
  const next = chainOf(`one_${name}`);
  return async () => {
    const booked = await database.db.transaction((tx) => ledger.book(tx, [next()]));
    if (!booked.ok) throw new Error(booked.error.code);
    return 1;
  };
}

function bookBatch({ database, ledger }: Bench, name: string): Client {
  const chains = Array.from({ length: BATCH }, (_, i) => chainOf(`bat_${name}_${i}`));
  return async () => {
    const booked = await database.db.transaction((tx) => ledger.book(tx, chains.map((next) => next())));
    if (!booked.ok) throw new Error(booked.error.code);
    return BATCH;
  };
}

/** The entries of one loan, one after the other. */
function chainOf(chain: string): () => JournalEntry {
  const shard = [...chain].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 256, 7);
  let chainSeq = 0;
  let previousDigest: string | null = null;
  return () => {
    chainSeq += 1;
    const entry: JournalEntry = {
      shard, id: `je_${chain}_${chainSeq}`, chain, chainSeq, previousDigest, kind: 'repayment_received', bookedOn: DAY, valueOn: DAY, cause: `evt_${chain}_${chainSeq}`,
      postings: [{ entity: 'webank', account: ACCOUNTS.cashAtBank, netFen: 100n }, { entity: 'webank', account: ACCOUNTS.loanPrincipal, netFen: -100n }],
    };
    previousDigest = digestOf(entry);
    return entry;
  };
}

const statements = new Map<string, string>();
type Run = (sql: string, values?: readonly unknown[]) => Promise<unknown>;

/** Every statement prepared once a connection, as our own are. */
async function onConnection(pool: pg.Pool, work: (run: Run) => Promise<void>): Promise<void> {
  const client = await pool.connect();
  try {
    await work((text, values) => {
      if (values === undefined) return client.query(text);
      if (!statements.has(text)) statements.set(text, `b${statements.size}`);
      return client.query({ text, values: [...values], name: statements.get(text)! });
    });
  } finally {
    client.release();
  }
}

async function openBench(): Promise<Bench> {
  const { database, url } = await openOwnDatabase('ledger', CLIENTS);
  const pool = new pg.Pool({ connectionString: url, max: CLIENTS });
  pool.on('error', () => undefined);
  for (const sql of BENCH_TABLES) await database.db.query(sql);
  const ledger = createLedger({ db: database.db, clock: { now: () => AT, today: () => DAY }, sealingKey: passingSealingKey() });
  const outbox = createOutbox({ db: database.db, onListenerFailed: () => undefined });
  const funnel = createFunnel({ database, outbox, send: async () => undefined });
  return { database, ledger, funnel, pool };
}

async function closeBench({ database, pool }: Bench): Promise<void> {
  await pool.end();
  await database.close();
}

const BENCH_TABLES = [
  'create schema bench',
  'create table bench.command (id text primary key, answer text not null)',
  'create table bench.entry (id text primary key, booked_on date not null, kind text not null)',
  'create table bench.posting (entry_id text not null, line int not null, account text not null, net_fen bigint not null, primary key (entry_id, line))',
  'create table bench.balance (account int primary key, net_fen bigint not null)',
  `insert into bench.balance select n, 0 from generate_series(0, ${ACCOUNTS_TOUCHED - 1}) as n`,
];

await main();
