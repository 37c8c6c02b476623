import type { Clock } from '../../../platform/clock.ts';
import type { Db, Funnel } from '../../../platform/tx.ts';
import type { Ledger } from '../../ledger/index.ts';
import type { Payments } from '../../payments/index.ts';

export type ServicingDeps = {
  readonly db: Db;
  readonly funnel: Funnel;
  readonly clock: Clock;
  readonly ledger: Pick<Ledger, 'book' | 'digestOf' | 'balances' | 'chainBalances'>;
  readonly payments: Pick<Payments, 'request' | 'drive'>;
};

/** What reading and proving need: nothing that writes. */
export type ProofDeps = Pick<ServicingDeps, 'db' | 'clock'> & { readonly ledger: Pick<Ledger, 'balances' | 'chainBalances'> };

/** Does work on each item, so many at once, and gives the answers in the order of the items. */
export async function inParallel<T, R>(items: readonly T[], atOnce: number, work: (item: T) => Promise<R>): Promise<readonly R[]> {
  const answers: R[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < items.length) {
      const index = next++;
      answers[index] = await work(items[index]!);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
  return answers;
}
