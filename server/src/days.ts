import { addDays, type BusinessDate } from '@mingdai/loan-math';
import { system } from './kernel/actor.ts';
import type { Clock } from './platform/clock.ts';
import type { Jobs } from './platform/jobs.ts';
import type { Servicing } from './modules/servicing/index.ts';

const EVERY_SECONDS = 15;
/** Direct debits go out in waking hours: from 8 o'clock in Beijing. */
const DEBITS_FROM_HOUR = 8;
/** How far back a program that just started looks for due days on which it was not there to debit. */
const LOOKS_BACK_DAYS = 7;
/** Loans folded anew from their events after each close, others each day. */
const REFOLDED_NIGHTLY = 500;
const HOUR_MS = 3_600_000;
const BEIJING_HOURS = 8;

export type DayRunsDeps = { readonly clock: Clock; readonly servicing: Pick<Servicing, 'closedThrough' | 'closeDay' | 'runDebits' | 'refold'> };

/**
 * The two things a business day asks of the program: its direct debits in the morning, and its close once it is over.
 * Both may be done twice. Days that were missed are closed in one go, and debited each for what is still unpaid. Neither
 * waits for the other: a close that fails keeps no debit back. After a close, a sample of loans is proven against their
 * events; one that differs fails the job by name.
 */
export function registerDayRuns(jobs: Pick<Jobs, 'every'>, { clock, servicing }: DayRunsDeps): void {
  const by = (what: string) => ({ key: `${what}/${clock.today()}`, actor: system('days'), at: clock.now() });

  jobs.every(EVERY_SECONDS, 'days.close', async () => {
    const yesterday = addDays(clock.today(), -1);
    const closed = await servicing.closedThrough();
    if (closed !== null && closed >= yesterday) return;
    const done = await servicing.closeDay(yesterday, by('close'));
    if (!done.ok) throw new Error(`the day was not closed: ${JSON.stringify(done.error)}`);
    const { isEqual, differing } = await servicing.refold(REFOLDED_NIGHTLY);
    if (!isEqual) throw new Error(`loans that are not what their events make them: ${differing.join(', ')}`);
  });

  let debited: BusinessDate | null = null;
  jobs.every(EVERY_SECONDS, 'days.debits', async () => {
    const today = clock.today();
    if (hourOf(clock) < DEBITS_FROM_HOUR) return;
    for (let on = debited ?? addDays(today, -LOOKS_BACK_DAYS); on <= today; on = addDays(on, 1)) {
      await servicing.runDebits(on, by('debits'));
      debited = on;
    }
  });
}

const hourOf = (clock: Clock): number => Math.floor(clock.now() / HOUR_MS + BEIJING_HOURS) % 24;
