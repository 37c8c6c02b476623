import { addDays, businessDate, formatDate, type BusinessDate } from '@mingdai/loan-math';
import { describe, expect, it } from 'vitest';
import { registerDayRuns, type DayRunsDeps } from './days.ts';
import { dayOf, instant, startOf, type Instant } from './kernel/instant.ts';

/** The timers, run by hand, over a clock that is moved by hand. */
function days(startsOn: string, closedThrough: string | null) {
  let now: Instant = startOf(businessDate(startsOn));
  let closed: BusinessDate | null = closedThrough === null ? null : businessDate(closedThrough);
  let failing = false;
  const differing: string[] = [];
  const failed: string[] = [];
  const done: string[] = [];
  const timers = new Map<string, () => Promise<unknown>>();
  const servicing = {
    closedThrough: async () => closed,
    closeDay: async (through: BusinessDate) => {
      if (failing) throw new Error('the close fails');
      done.push(`close ${formatDate(through)}`);
      closed = through;
      return { ok: true };
    },
    refold: async () => ({ isEqual: differing.length === 0, loans: 1, differing }),
    runDebits: async (on: BusinessDate) => void done.push(`debits ${formatDate(on)}`),
  } as unknown as DayRunsDeps['servicing'];
  registerDayRuns({ every: (_, timer, work) => void timers.set(timer, work) }, { clock: { now: () => now, today: () => dayOf(now) }, servicing });
  return {
    failed,
    failsToClose: () => { failing = true; },
    loanDiffers: (id: string) => void differing.push(id),
    async at(day: string, hour: number): Promise<readonly string[]> {
      now = instant(startOf(businessDate(day)) + hour * 3_600_000);
      done.length = 0;
      for (const work of timers.values()) await work().catch((cause: Error) => void failed.push(cause.message));
      return [...done];
    },
  };
}

const from = (first: string, last: string): readonly string[] => {
  const all: string[] = [];
  for (let on = businessDate(first); on <= businessDate(last); on = addDays(on, 1)) all.push(`debits ${formatDate(on)}`);
  return all;
};

describe('the day runs', () => {
  it('close a day once it is over, and debit from eight in the morning', async () => {
    const { at } = days('2026-10-09', '2026-10-07');
    expect(await at('2026-10-09', 0)).toEqual(['close 2026-10-08']);
    expect(await at('2026-10-09', 7.99)).toEqual([]);
    expect(await at('2026-10-09', 8)).toEqual(from('2026-10-02', '2026-10-09'));
    expect(await at('2026-10-09', 23.9)).toEqual(['debits 2026-10-09']);
    expect(await at('2026-10-10', 0)).toEqual(['close 2026-10-09']);
    expect(await at('2026-10-10', 9)).toEqual(from('2026-10-09', '2026-10-10'));
  });

  it('after days on which nothing ran, close all in one go and debit each', async () => {
    const { at } = days('2026-10-09', null);
    await at('2026-10-09', 9);
    expect(await at('2026-10-14', 9)).toEqual(['close 2026-10-13', ...from('2026-10-09', '2026-10-14')]);
  });

  it('debit although the close fails', async () => {
    const { at, failsToClose } = days('2026-10-09', null);
    failsToClose();
    expect(await at('2026-10-09', 9)).toEqual(from('2026-10-02', '2026-10-09'));
  });

  it('name a loan that is not what its events make it, once its day is closed', async () => {
    const { at, failed, loanDiffers } = days('2026-10-09', '2026-10-07');
    await at('2026-10-09', 0);
    expect(failed).toEqual([]);
    loanDiffers('loan_x');
    await at('2026-10-10', 0);
    expect(failed).toEqual(['loans that are not what their events make them: loan_x']);
  });
});
