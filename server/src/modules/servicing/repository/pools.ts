import { businessDate, formatDate, type BusinessDate } from '@mingdai/loan-math';
import { shardOf } from '../../../kernel/ids.ts';
import { VersionConflict, type Reader, type Tx } from '../../../platform/tx.ts';
import type { PoolDay, PoolDelta } from '../domain/pools.ts';

/** A pool's last day and the head of its chain in the ledger. */
export type StoredPoolDay = PoolDay & { readonly pool: string; readonly chain: { readonly seq: number; readonly digest: string | null } };

/** Where a pool's own rows lie: by its key, as its loans lie everywhere. */
export const shardOfPool = (pool: string): number => shardOf(pool);

/** The deltas that count by a day and were in no close yet, summed for each pool and day; from now on they are taken. */
export async function takeDeltas(tx: Tx, through: BusinessDate): Promise<readonly PoolDelta[]> {
  const { rows } = await tx.query<SumRow>(
    `with taken as (
       update servicing.pool_delta set taken_on = $1 where taken_on is null and value_on <= $1
       returning pool, value_on, level, slope, charged_fen, rounding)
     select pool, value_on, sum(level) as level, sum(slope) as slope, sum(charged_fen) as charged_fen, sum(rounding) as rounding
     from taken group by pool, value_on order by pool, value_on`,
    [formatDate(through)],
  );
  return rows.map(deltaFrom);
}

/** All deltas ever, summed for each pool and day: `isTaken` says which. For the proofs. */
export async function sumsOfDeltas(reader: Reader, filter: { readonly through?: BusinessDate; readonly isTaken?: boolean }): Promise<readonly PoolDelta[]> {
  const { rows } = await reader.query<SumRow>(
    `select pool, value_on, sum(level) as level, sum(slope) as slope, sum(charged_fen) as charged_fen, sum(rounding) as rounding
     from servicing.pool_delta where ($1::date is null or value_on <= $1) and ($2::boolean is null or (taken_on is not null) = $2)
     group by pool, value_on order by pool, value_on`,
    [filter.through === undefined ? null : formatDate(filter.through), filter.isTaken ?? null],
  );
  return rows.map(deltaFrom);
}

/** The last day of every pool, on or before a day. */
export async function lastPoolDays(reader: Reader, through?: BusinessDate): Promise<readonly StoredPoolDay[]> {
  const { rows } = await reader.query<DayRow>(
    `select d.pool, d.on_day, d.level, d.slope, d.charged_fen, d.rounding, d.income_booked_fen, d.rounding_booked_fen, d.chain_seq, d.chain_digest
     from servicing.pool_day d
     join (select shard, pool, max(on_day) as on_day from servicing.pool_day where $1::date is null or on_day <= $1 group by shard, pool) as last
       on last.shard = d.shard and last.pool = d.pool and last.on_day = d.on_day
     order by d.pool`,
    [through === undefined ? null : formatDate(through)],
  );
  return rows.map((row) => ({
    pool: row.pool, on: businessDate(row.on_day), level: BigInt(row.level), slope: BigInt(row.slope), chargedFen: row.charged_fen, rounding: BigInt(row.rounding),
    incomeBookedFen: row.income_booked_fen, roundingBookedFen: row.rounding_booked_fen, chain: { seq: row.chain_seq, digest: row.chain_digest },
  }));
}

/** Adds pool days. Throws VersionConflict when another close booked one of them first. */
export async function addPoolDays(tx: Tx, days: readonly StoredPoolDay[]): Promise<void> {
  if (days.length === 0) return;
  const { rowCount } = await tx.query(
    `insert into servicing.pool_day (shard, pool, on_day, level, slope, charged_fen, rounding, income_booked_fen, rounding_booked_fen, chain_seq, chain_digest)
     select * from unnest($1::int[], $2::text[], $3::date[], $4::numeric[], $5::numeric[], $6::bigint[], $7::numeric[], $8::bigint[], $9::bigint[], $10::int[], $11::text[])
     on conflict do nothing`,
    [
      days.map(({ pool }) => shardOfPool(pool)), days.map(({ pool }) => pool), days.map(({ on }) => formatDate(on)), days.map(({ level }) => level), days.map(({ slope }) => slope),
      days.map(({ chargedFen }) => chargedFen), days.map(({ rounding }) => rounding), days.map((day) => day.incomeBookedFen), days.map((day) => day.roundingBookedFen),
      days.map(({ chain }) => chain.seq), days.map(({ chain }) => chain.digest),
    ],
  );
  if (rowCount !== days.length) throw new VersionConflict('another close of day was quicker');
}

type SumRow = { readonly pool: string; readonly value_on: string; readonly level: string; readonly slope: string; readonly charged_fen: string; readonly rounding: string };
type DayRow = {
  readonly pool: string; readonly on_day: string; readonly level: string; readonly slope: string; readonly charged_fen: bigint; readonly rounding: string;
  readonly income_booked_fen: bigint; readonly rounding_booked_fen: bigint; readonly chain_seq: number; readonly chain_digest: string | null;
};

const deltaFrom = (row: SumRow): PoolDelta => ({
  pool: row.pool, valueOn: businessDate(row.value_on), level: BigInt(row.level), slope: BigInt(row.slope), chargedFen: BigInt(row.charged_fen), rounding: BigInt(row.rounding),
});
