import type { Jobs } from '../../platform/jobs.ts';
import { LATE_RELEASE } from './service/deps.ts';
import type { Origination } from './service/origination.ts';

const SWEEP_SECONDS = 5;
const SWEEP_AT_MOST = 100;

/**
 * What moves an application nobody holds: the request that submits or signs drives it on inline, so the sweep finds
 * only what stopped half-way (a killed process, an answer that did not come), and offers that ran out.
 */
export function registerOriginationJobs(jobs: Pick<Jobs, 'every' | 'register'>, origination: Origination): void {
  jobs.every(SWEEP_SECONDS, 'origination.expire', () => origination.expireOffers(SWEEP_AT_MOST));
  jobs.every(SWEEP_SECONDS, 'origination.sweep', () => origination.driveStopped(SWEEP_AT_MOST));
  jobs.register(LATE_RELEASE.job, (payload) => origination.releaseLate(String(payload['application_id'])));
}
