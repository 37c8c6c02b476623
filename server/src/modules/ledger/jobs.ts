import type { BusinessDate } from '@mingdai/loan-math';
import type { Clock } from '../../platform/clock.ts';
import type { Jobs } from '../../platform/jobs.ts';
import type { Ledger } from './ledger.ts';

/** Seals every minute; adds the daily totals once a business day (looked for every hour, and after a start). */
export function ledgerJobs(jobs: Pick<Jobs, 'every'>, ledger: Pick<Ledger, 'seal' | 'rollUp'>, clock: Clock): void {
  let rolledUpOn: BusinessDate | null = null;
  jobs.every(60, 'ledger_seal', () => ledger.seal());
  jobs.every(3_600, 'ledger_roll_up', async () => {
    const today = clock.today();
    if (rolledUpOn === today) return;
    await ledger.seal();
    await ledger.rollUp();
    rolledUpOn = today;
  });
}
