import { businessDate } from '@mingdai/loan-math';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../test/support/database.ts';
import { instant, type Instant } from '../kernel/instant.ts';
import { NEVER_TOLD, systemClock, toldClock } from './clock.ts';

let test: TestDatabase;
beforeAll(async () => { test = await testDatabase(); });
afterAll(() => test.drop());

const at = (iso: string): Instant => instant(Date.parse(iso));

describe('a told clock', () => {
  it('stands before anyone told it, then where it was told, also after a restart', async () => {
    const clock = await toldClock(test);
    expect(clock.now()).toBe(NEVER_TOLD);
    expect((await clock.tell(at('2026-10-08T09:00:00+08:00'))).ok).toBe(true);
    expect(clock.now()).toBe(at('2026-10-08T01:00:00Z'));
    expect((await toldClock(test)).now()).toBe(at('2026-10-08T01:00:00Z'));
  });

  it('turns to the next business day at midnight in Beijing', async () => {
    const clock = await toldClock(test);
    await clock.tell(at('2026-10-08T15:59:59.999Z'));
    expect(clock.today()).toBe(businessDate('2026-10-08'));
    await clock.tell(at('2026-10-08T16:00:00Z'));
    expect(clock.today()).toBe(businessDate('2026-10-09'));
  });

  it('never goes back', async () => {
    const clock = await toldClock(test);
    await clock.tell(at('2026-11-01T00:00:00Z'));
    expect(await clock.tell(at('2026-10-31T23:59:59.999Z'))).toEqual({ ok: false, error: { code: 'clock_backwards', at: '2026-10-31T23:59:59.999Z', now: '2026-11-01T00:00:00.000Z' } });
    expect(clock.now()).toBe(at('2026-11-01T00:00:00Z'));
    expect((await toldClock(test)).now()).toBe(at('2026-11-01T00:00:00Z'));
  });

  it('told the same instant again changes nothing', async () => {
    const clock = await toldClock(test);
    expect((await clock.tell(at('2026-11-02T00:00:00Z'))).ok).toBe(true);
    expect((await clock.tell(at('2026-11-02T00:00:00Z'))).ok).toBe(true);
    expect(clock.now()).toBe(at('2026-11-02T00:00:00Z'));
  });

  it('keeps every instant, and tells the others each new day and not every second', async () => {
    const days: unknown[] = [];
    test.outbox.on('clock_told', async ({ payload }) => void days.push(payload['at']));
    const clock = await toldClock(test);
    for (const iso of ['2026-12-01T00:00:00.000Z', '2026-12-01T00:00:01.000Z', '2026-12-01T00:00:59.000Z', '2026-12-01T00:01:00.000Z', '2026-12-01T15:59:59.000Z', '2026-12-01T16:00:00.000Z']) {
      await clock.tell(at(iso));
      expect((await toldClock(test)).now()).toBe(at(iso));
    }
    expect(days).toEqual(['2026-12-01T00:00:00.000Z', '2026-12-01T00:01:00.000Z', '2026-12-01T15:59:59.000Z', '2026-12-01T16:00:00.000Z']);
  });

  it('told many things at once stands at the latest', async () => {
    const clock = await toldClock(test);
    await Promise.all([5, 3, 9, 1, 7].map((day) => clock.tell(at(`2027-01-0${day}T00:00:00Z`))));
    expect(clock.now()).toBe(at('2027-01-09T00:00:00Z'));
    expect((await toldClock(test)).now()).toBe(at('2027-01-09T00:00:00Z'));
  });
});

describe('the system clock', () => {
  it('cannot be told', async () => {
    expect(await systemClock().tell(NEVER_TOLD)).toEqual({ ok: false, error: { code: 'clock_not_told', mode: 'system' } });
  });
});
