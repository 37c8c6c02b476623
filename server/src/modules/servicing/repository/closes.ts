import { businessDate, formatDate, type BusinessDate } from '@mingdai/loan-math';
import { isoOf, type Instant } from '../../../kernel/instant.ts';
import type { Reader, Tx } from '../../../platform/tx.ts';

export type CloseRun = {
  readonly id: string;
  readonly through: BusinessDate;
  readonly closedAt: Instant;
  readonly loans: number;
  readonly events: number;
  readonly entries: number;
  readonly poolEntries: number;
  readonly foldedAgain: number;
  readonly milliseconds: number;
};

/** The closes are few and concern all: they lie in shard 0. */
const SHARD = 0;

/** The last day whose books are closed, or null. */
export async function closedThrough(reader: Reader): Promise<BusinessDate | null> {
  const { rows } = await reader.query<{ through: string | null }>('select max(through) as through from servicing.close_run where shard = $1', [SHARD]);
  const through = rows[0]?.through ?? null;
  return through === null ? null : businessDate(through);
}

export async function addCloseRun(tx: Tx, run: CloseRun): Promise<void> {
  await tx.query(
    `insert into servicing.close_run (shard, id, through, closed_at, loans, events, entries, pool_entries, folded_again, milliseconds)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [SHARD, run.id, formatDate(run.through), isoOf(run.closedAt), run.loans, run.events, run.entries, run.poolEntries, run.foldedAgain, run.milliseconds],
  );
}
