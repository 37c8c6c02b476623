import { addDays } from '@mingdai/loan-math';
import { system } from './kernel/actor.ts';
import type { Clock } from './platform/clock.ts';
import type { Jobs } from './platform/jobs.ts';
import type { Servicing } from './modules/servicing/index.ts';

const EVERY_SECONDS = 15;
/** Direct debits go out in waking hours: from 8 o'clock in Beijing. */
const DEBITS_FROM_HOUR = 8;
const HOUR_MS = 3_600_000;
const BEIJING_HOURS = 8;

/**
 * The two things a business day asks of the program: its direct debits in the morning, and its close once it is over.
 * Both may be done twice, and days that were missed are closed in one go.
 */
export function registerDayRuns(jobs: Pick<Jobs, 'every'>, { clock, servicing }: { readonly clock: Clock; readonly servicing: Servicing }): void {
  jobs.every(EVERY_SECONDS, 'days', async () => {
    const at = clock.now();
    const today = clock.today();
    const by = (key: string) => ({ key: `${key}/${today}`, actor: system('days'), at });
    const closed = await servicing.closedThrough();
    const yesterday = addDays(today, -1);
    if (closed === null || closed < yesterday) await servicing.closeDay(yesterday, by('close'));
    const hour = Math.floor(at / HOUR_MS + BEIJING_HOURS) % 24;
    if (hour >= DEBITS_FROM_HOUR) await servicing.runDebits(today, by('debits'));
  });
}
