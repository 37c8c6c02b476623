/**
 * How long the close of one day takes on a book of 100,000 monthly loans of which 1/30 fall due, with full postings for two
 * funders; and beside it, in the same run, the row-per-loan way: the same bookings, one transaction a loan, on a
 * sample of the due loans. Run: `npx node bench/close.ts [--json]`; BENCH_LOANS makes the book smaller or larger.
 * Seconds depend on the machine; the ratio is the result.
 */
import { addDays, addMonths, businessDate, fen, formatDate, type BusinessDate } from '@mingdai/loan-math';
import { derivedId } from '../server/src/kernel/ids.ts';
import { dayOf } from '../server/src/kernel/instant.ts';
import { ok } from '../server/src/kernel/result.ts';
import { createLedger, passingSealingKey, type Ledger } from '../server/src/modules/ledger/index.ts';
import { bookEvent, bookThrough, nothingBooked } from '../server/src/modules/servicing/domain/booking.ts';
import { contractToDocument } from '../server/src/modules/servicing/domain/contract.ts';
import { loanFrom, snapshotToDocument, type Loan } from '../server/src/modules/servicing/domain/loan.ts';
import { BANK_B, by, contractOf, DAILY_12, MONTHLY_12, noon } from '../server/src/modules/servicing/examples.ts';
import { createServicing, loanIdOf, type Servicing } from '../server/src/modules/servicing/index.ts';
import { loadLoan, snapshotDigestOf, type LoanPlace } from '../server/src/modules/servicing/repository/loans.ts';
import type { ServicingDeps } from '../server/src/modules/servicing/service/deps.ts';
import { saveBooking, saveBookings } from '../server/src/modules/servicing/service/save-bookings.ts';
import { createFunnel } from '../server/src/platform/funnel.ts';
import { createOutbox } from '../server/src/platform/outbox.ts';
import type { Database } from '../server/src/platform/postgres.ts';
import { openOwnDatabase } from './support/own-database.ts';

const LOANS = Number(process.env['BENCH_LOANS'] ?? 100_000);
const SAMPLE = 300;
const CLIENTS = 16;
const TARGET_SECONDS = 3;
const FIRST = businessDate('2026-10-15');
const CLOSED = addMonths(FIRST, 1);

type Bench = { readonly database: Database; readonly deps: ServicingDeps; readonly servicing: Servicing; readonly ledger: Ledger; today: BusinessDate };

async function main(): Promise<void> {
  const bench = await openBench();
  try {
    note(`generating ${LOANS + SAMPLE} loans`);
    await lend(bench, Array.from({ length: LOANS }, (_, index) => loanOf(`book-${index}`, index)));
    await lend(bench, Array.from({ length: 2 * SAMPLE }, (_, index) => loanOf(`sample-${index}`, 0)));
    bench.today = addDays(CLOSED, -1);
    await close(bench, bench.today);
    await bench.database.db.query('vacuum analyze');
    bench.today = CLOSED;

    const oneByOne = await rowPerLoan(bench, { from: 0, clients: 1 });
    const sixteen = await rowPerLoan(bench, { from: SAMPLE, clients: CLIENTS });
    const before = await rowsIn(bench);
    const started = performance.now();
    const { loans, events, entries, poolEntries } = await close(bench, CLOSED);
    const seconds = (performance.now() - started) / 1000;
    const rows = (await rowsIn(bench)) - before + loans;
    await proves(bench);
    report({ seconds, loans, events, entries, poolEntries, rows, oneByOne: oneByOne * loans, sixteen: sixteen * loans });
  } finally {
    await bench.database.close();
  }
}

/** Monthly loans paid out over 30 days: one thirtieth falls due on any day. Every third charges interest by the day. */
function loanOf(name: string, index: number): Loan {
  const terms = index % 3 === 0 ? DAILY_12 : MONTHLY_12;
  const signed = addDays(FIRST, index % 30);
  const contract = contractOf(name, { terms: { ...terms, principal: fen(BigInt(100_000 + (index % 997) * 5_000)) }, signedAt: noon(signed) });
  return loanFrom(loanIdOf(contract.id), contract);
}

const GENERATED_AT_ONCE = 4_000;

/** Loans as they are the day they were paid out, through the same bookings as any. */
async function lend({ deps }: Bench, loans: readonly Loan[]): Promise<void> {
  for (let from = 0; from < loans.length; from += GENERATED_AT_ONCE) {
    const batch = loans.slice(from, from + GENERATED_AT_ONCE);
    const command = { name: 'bench.lend', key: derivedId('req', batch[0]!.id), input: {}, actor: by('', noon(FIRST)).actor, at: noon(FIRST), shard: 0 };
    const done = await deps.funnel.run(command, async (tx) => {
      await tx.query(
        `insert into servicing.loan (shard, id, customer_id, contract, status, version, sequence, bucket, principal_outstanding_fen, snapshot, snapshot_digest, chain_seq)
         select l.shard, l.id, l.customer_id, l.contract::jsonb, 'awaiting_disbursement', 1, 0, 'current', 0, l.snapshot::jsonb, l.digest, 0
         from unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[]) as l(shard, id, customer_id, contract, snapshot, digest)`,
        [batch.map(({ shard }) => shard), batch.map(({ id }) => id), batch.map(({ contract }) => contract.customerId),
          batch.map(({ contract }) => JSON.stringify(contractToDocument(contract))), batch.map((loan) => JSON.stringify(snapshotToDocument(loan))), batch.map(snapshotDigestOf)],
      );
      const bookings = batch.map((loan) => {
        const on = dayOf(loan.contract.signedAt);
        const event = { id: derivedId('evt', loan.id), kind: 'disbursed', valueOn: on, amount: loan.contract.terms.principal } as const;
        return bookEvent(nothingBooked(loan, []), event, on, { closedThrough: null, at: loan.contract.signedAt });
      });
      return ok({ left: (await saveBookings(deps, tx, bookings.map((booking) => ({ ...booking, news: [] })))).length });
    });
    if (!done.ok) throw new Error(done.error.code);
  }
}

async function close({ servicing }: Bench, through: BusinessDate) {
  const closed = await servicing.closeDay(through, by(`close-${formatDate(through)}`, noon(through)));
  if (!closed.ok) throw new Error(closed.error.code);
  return closed.value;
}

/** Seconds a loan: read it, book it, write it, commit, for each of the sample by itself. */
async function rowPerLoan({ deps }: Bench, { from, clients }: { readonly from: number; readonly clients: number }): Promise<number> {
  const places = Array.from({ length: SAMPLE }, (_, index): LoanPlace => loanOf(`sample-${from + index}`, 0));
  const started = performance.now();
  let next = 0;
  const client = async (): Promise<void> => {
    while (next < places.length) {
      const place = places[next++]!;
      const command = { name: 'bench.close_one', key: place.id, input: {}, actor: by('', noon(CLOSED)).actor, at: noon(CLOSED), shard: place.shard };
      const done = await deps.funnel.run(command, async (tx) => {
        const stored = (await loadLoan(tx, place.id, place.shard))!;
        await saveBooking(deps, tx, bookThrough(nothingBooked(stored.loan, stored.events), CLOSED, { closedThrough: stored.closedThrough, at: noon(CLOSED) }));
        return ok(null);
      });
      if (!done.ok) throw new Error(done.error.code);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return (performance.now() - started) / 1000 / SAMPLE;
}

async function rowsIn({ database }: Bench): Promise<number> {
  const tables = ['servicing.loan_event', 'servicing.pool_delta', 'servicing.pool_day', 'ledger.entry', 'ledger.posting', 'ledger.unsealed_entry'];
  const counts = await Promise.all(tables.map((table) => database.db.query<{ count: bigint }>(`select count(*) as count from ${table}`)));
  return counts.reduce((sum, { rows }) => sum + Number(rows[0]!.count), 0);
}

/** A close that is quick and wrong proves nothing. */
async function proves({ servicing, ledger }: Bench): Promise<void> {
  const net = (await ledger.trialBalance()).reduce((sum, { netFen }) => sum + netFen, 0n);
  const [pools, folded] = [await servicing.poolProof(), await servicing.refold(2_000)];
  if (net !== 0n || !pools.isEqual || !folded.isEqual) throw new Error('the books do not prove out');
}

type Figures = { readonly seconds: number; readonly loans: number; readonly events: number; readonly entries: number; readonly poolEntries: number; readonly rows: number; readonly oneByOne: number; readonly sixteen: number };

function report(figures: Figures): void {
  const { seconds, loans, events, entries, poolEntries, rows, oneByOne, sixteen } = figures;
  if (process.argv.includes('--json')) {
    console.log(JSON.stringify({
      bench: 'close', book: LOANS, due: loans, seconds: round(seconds), target_seconds: TARGET_SECONDS, rows_written: rows, events, entries, pool_entries: poolEntries,
      row_per_loan: { sample: SAMPLE, seconds_extrapolated: round(oneByOne), ratio: round(oneByOne / seconds), clients_16: { seconds_extrapolated: round(sixteen), ratio: round(sixteen / seconds) } },
    }));
    return;
  }
  console.log(`book of ${LOANS.toLocaleString('en')} loans; ${loans.toLocaleString('en')} due on ${formatDate(CLOSED)}; two funders each`);
  console.log(`close of the day              ${seconds.toFixed(2).padStart(8)} s   (target ${TARGET_SECONDS} s)   ${rows.toLocaleString('en')} rows: ${events} events, ${entries} entries, ${poolEntries} pool entries`);
  console.log(`row per loan, 1 client        ${oneByOne.toFixed(2).padStart(8)} s   ${(oneByOne / seconds).toFixed(1)} x as long as the close   (extrapolated from ${SAMPLE} loans, identical postings)`);
  console.log(`row per loan, ${CLIENTS} clients      ${sixteen.toFixed(2).padStart(8)} s   ${(sixteen / seconds).toFixed(1)} x as long as the close   (extrapolated from ${SAMPLE} loans, identical postings)`);
  console.log('proved: trial balance 0, pools = loans, 2,000 loans refolded');
}

const round = (value: number): number => Number(value.toFixed(2));
const note = (line: string): void => void process.stderr.write(`${line}\n`);

async function openBench(): Promise<Bench> {
  const { database } = await openOwnDatabase('close', CLIENTS + 2);
  const clock = { now: () => noon(bench.today), today: () => bench.today };
  const ledger = createLedger({ db: database.db, clock, sealingKey: passingSealingKey(), entities: [BANK_B] });
  const outbox = createOutbox({ db: database.db, onListenerFailed: () => undefined });
  const funnel = createFunnel({ database, outbox, send: async () => undefined });
  const payments = { request: async () => undefined, drive: async () => 'requested' as const };
  const deps: ServicingDeps = { db: database.db, funnel, clock, ledger, payments };
  const bench: Bench = { database, deps, servicing: createServicing(deps), ledger, today: FIRST };
  return bench;
}

await main();
