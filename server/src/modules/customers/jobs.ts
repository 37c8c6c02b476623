import type { Jobs } from '../../platform/jobs.ts';
import type { Customers } from './service/customers.ts';

const EVERY_SECONDS = 2;
const AT_MOST = 500;

/** Text messages go out on a timer, not with the request that is their reason: no borrower waits for an SMS provider. */
export function registerCustomersJobs(jobs: Pick<Jobs, 'every'>, customers: Customers): void {
  jobs.every(EVERY_SECONDS, 'customers.messages', () => customers.sendMessages(AT_MOST));
}
