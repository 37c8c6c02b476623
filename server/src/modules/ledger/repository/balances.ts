import { formatDate } from '@mingdai/loan-math';
import type { Reader, Tx } from '../../../platform/tx.ts';
import type { Balance, BalanceFilter, ChainBalance } from '../ledger.ts';

/**
 * Sums of postings: the rolled-up totals, and the postings of every entry that no roll-up holds yet (in a later block,
 * or in none). One statement, so one view of the books: an entry counts once, wherever it is on its way.
 *
 * Source  docs/specs/ledger.md §5.
 */
export async function balancesOf(reader: Reader, filter: BalanceFilter): Promise<readonly Balance[]> {
  const { rows } = await reader.query<BalanceRow>(BALANCES, [
    filter.on === undefined ? null : formatDate(filter.on), filter.shard ?? null, filter.entity ?? null, filter.account ?? null,
  ]);
  return rows.map((row) => ({
    entity: row.entity, account: row.account, debitFen: row.debit_fen, creditFen: row.credit_fen, netFen: row.debit_fen - row.credit_fen,
  }));
}

/** What each chain of a shard holds on some accounts, zero left out. */
export async function balancesByChain(reader: Reader, shard: number, accounts: readonly string[]): Promise<readonly ChainBalance[]> {
  const { rows } = await reader.query<{ chain: string; entity: string; account: string; net_fen: bigint }>(
    `select e.chain, p.entity, p.account, sum(p.net_fen)::bigint as net_fen
     from ledger.entry e join ledger.posting p on p.shard = e.shard and p.entry_id = e.id
     where e.shard = $1 and p.account = any($2::text[])
     group by e.chain, p.entity, p.account having sum(p.net_fen) <> 0 order by e.chain, p.entity, p.account`,
    [shard, accounts],
  );
  return rows.map(({ chain, entity, account, net_fen }) => ({ chain, entity, account, netFen: net_fen }));
}

/** Adds the totals of all blocks since each shard's last roll-up. Two at once: one adds, the other finds nothing to do. Returns the rows added. */
export async function addRollUps(tx: Tx): Promise<number> {
  const { rows } = await tx.query<{ added: bigint }>(ROLL_UP);
  return Number(rows[0]!.added);
}

export type DayTotal = { readonly bookedOn: string; readonly entity: string; readonly account: string; readonly debitFen: bigint; readonly creditFen: bigint };

/** What a shard's roll-ups say, and through which block: for proving them. */
export async function rolledUp(reader: Reader, shard: number): Promise<{ readonly throughBlock: number; readonly totals: readonly DayTotal[] }> {
  const through = await reader.query<{ through: number }>('select coalesce(max(through_block), 0)::int as through from ledger.roll_up where shard = $1', [shard]);
  const { rows } = await reader.query<BalanceRow & { booked_on: string }>(
    `select booked_on, entity, account, sum(debit_fen)::bigint as debit_fen, sum(credit_fen)::bigint as credit_fen
     from ledger.roll_up_total where shard = $1 group by booked_on, entity, account order by booked_on, entity, account`,
    [shard],
  );
  const totals = rows.map((row) => ({ bookedOn: row.booked_on, entity: row.entity, account: row.account, debitFen: row.debit_fen, creditFen: row.credit_fen }));
  return { throughBlock: through.rows[0]!.through, totals };
}

type BalanceRow = { readonly entity: string; readonly account: string; readonly debit_fen: bigint; readonly credit_fen: bigint };

const BALANCES = `
  with through as (
    select shard, max(through_block) as block from ledger.roll_up group by shard),
  open_entry as (
    select b.shard, held.id
    from ledger.block b left join through t on t.shard = b.shard cross join lateral unnest(b.entry_ids) as held(id)
    where b.number > coalesce(t.block, 0) and ($2::int is null or b.shard = $2)
    union all
    select shard, entry_id from ledger.unsealed_entry where $2::int is null or shard = $2),
  part as (
    select entity, account, debit_fen, credit_fen from ledger.roll_up_total
    where ($1::date is null or booked_on <= $1) and ($2::int is null or shard = $2)
    union all
    select p.entity, p.account, greatest(p.net_fen, 0), greatest(-p.net_fen, 0)
    from open_entry o
    join ledger.entry e on e.shard = o.shard and e.id = o.id and ($1::date is null or e.booked_on <= $1)
    join ledger.posting p on p.shard = o.shard and p.entry_id = o.id)
  select entity, account, sum(debit_fen)::bigint as debit_fen, sum(credit_fen)::bigint as credit_fen
  from part where ($3::text is null or entity = $3) and ($4::text is null or account = $4)
  group by entity, account order by entity collate "C", account collate "C"`;

const ROLL_UP = `
  with head as (
    select shard, max(number) as number, max(through_block) as through_block from ledger.roll_up group by shard),
  next as (
    select b.shard, coalesce(h.number, 0) + 1 as number, coalesce(h.through_block, 0) as after_block, max(b.number) as through_block
    from ledger.block b left join head h on h.shard = b.shard
    where b.number > coalesce(h.through_block, 0) group by b.shard, h.number, h.through_block),
  fresh as (
    insert into ledger.roll_up (shard, number, through_block) select shard, number, through_block from next
    on conflict do nothing returning shard, number),
  added as (
    insert into ledger.roll_up_total (shard, roll_up, booked_on, entity, account, debit_fen, credit_fen)
    select n.shard, n.number, e.booked_on, p.entity, p.account, sum(greatest(p.net_fen, 0)), sum(greatest(-p.net_fen, 0))
    from fresh f join next n on n.shard = f.shard and n.number = f.number
    join ledger.block b on b.shard = n.shard and b.number > n.after_block and b.number <= n.through_block
    cross join lateral unnest(b.entry_ids) as held(id)
    join ledger.entry e on e.shard = b.shard and e.id = held.id
    join ledger.posting p on p.shard = b.shard and p.entry_id = held.id
    group by n.shard, n.number, e.booked_on, p.entity, p.account returning shard)
  select count(*) as added from added`;
