import type { Jobs } from '../../platform/jobs.ts';
import { ASK_JOB, type Payments } from './service.ts';

const SWEEP_SECONDS = 10;
const SWEEP_AT_MOST = 200;

/**
 * What moves a payment nobody holds. The asker drives it on inline, so most need none of this:
 * - an unknown one has a job of its own, sent in the transaction that found it unknown, later and later;
 * - one whose process died between request, call and answer is found by the sweep. (A job per payment would
 *   do the same at the price of one more row written, fetched and finished for every payment.)
 */
export function registerPaymentsJobs(jobs: Pick<Jobs, 'register' | 'every'>, payments: Payments): void {
  jobs.register(ASK_JOB, async (payload) => {
    if (typeof payload['payment_id'] !== 'string') throw new TypeError(`${ASK_JOB} needs payment_id`);
    await payments.drive(payload['payment_id']);
  });
  jobs.every(SWEEP_SECONDS, 'payments.sweep', () => payments.driveStopped(SWEEP_AT_MOST));
}
