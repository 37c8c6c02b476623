import { businessDate, formatDate, type BusinessDate } from '@mingdai/loan-math';
import type { Reader, Tx } from '../../../platform/tx.ts';

/** Something that waits for a person or for another try. `id` is the payment's; `reference` a loan's id, or what was taken for one. */
export type OpenItem = {
  readonly shard: number;
  readonly reference: string;
  readonly id: string;
  readonly kind: 'money_unplaced' | 'refund_refused';
  readonly amountFen: bigint;
  readonly why: string;
  readonly tries: number;
  readonly openedOn: BusinessDate;
};

/** Opens an item. `tries` counts those that were opened for the same reference and kind before. */
export async function openItem(tx: Tx, item: Omit<OpenItem, 'tries'>): Promise<void> {
  await tx.query(
    `insert into servicing.open_item (shard, reference, id, kind, amount_fen, why, opened_on, tries)
     select $1::int, $2::text, $3::text, $4::text, $5::bigint, $6::text, $7::date, 1 + count(*) from servicing.open_item where shard = $1 and reference = $2 and kind = $4`,
    [item.shard, item.reference, item.id, item.kind, item.amountFen, item.why, formatDate(item.openedOn)],
  );
}

/** Ends a loan's refused refunds: what is still owed has been ordered again, or nothing is. */
export async function closeRefusedRefunds(tx: Tx, place: { readonly shard: number; readonly reference: string }, on: BusinessDate): Promise<void> {
  await tx.query(`update servicing.open_item set closed_on = $3 where shard = $1 and reference = $2 and kind = 'refund_refused' and closed_on is null`, [place.shard, place.reference, formatDate(on)]);
}

/** What waits, oldest first. */
export async function itemsWaiting(reader: Reader, limit: number): Promise<readonly OpenItem[]> {
  const { rows } = await reader.query<ItemRow>(`${WAITING} order by opened_on, shard, reference, id limit $1`, [limit]);
  return rows.map(itemFrom);
}

/** Refused refunds to try again: none twice a day, none more than so many times. */
export async function refundsToTry(reader: Reader, before: BusinessDate, most: { readonly tries: number; readonly items: number }): Promise<readonly OpenItem[]> {
  const { rows } = await reader.query<ItemRow>(
    `${WAITING} and kind = 'refund_refused' and opened_on < $1 and tries < $2 order by opened_on, shard, reference, id limit $3`, [formatDate(before), most.tries, most.items]);
  return rows.map(itemFrom);
}

const WAITING = 'select shard, reference, id, kind, amount_fen, why, tries, opened_on from servicing.open_item where closed_on is null';

type ItemRow = {
  readonly shard: number; readonly reference: string; readonly id: string; readonly kind: OpenItem['kind']; readonly amount_fen: bigint; readonly why: string;
  readonly tries: number; readonly opened_on: string;
};

const itemFrom = (row: ItemRow): OpenItem => ({
  shard: row.shard, reference: row.reference, id: row.id, kind: row.kind, amountFen: row.amount_fen, why: row.why, tries: row.tries, openedOn: businessDate(row.opened_on),
});
