/** The world's clock: it runs beside the machine's at an offset, or stands still at one instant (epoch milliseconds). */
export type ClockState =
  | { readonly running: true; readonly offset_ms: number }
  | { readonly running: false; readonly at_ms: number };

export const readClock = (clock: ClockState, machineNow: number): number => (clock.running ? machineNow + clock.offset_ms : clock.at_ms);

/** The clock that shows `at` now. */
export const clockAt = (at: number, running: boolean, machineNow: number): ClockState =>
  running ? { running, offset_ms: at - machineNow } : { running, at_ms: at };

/** The calendar day in Beijing, e.g. 2026-10-08. */
export const dayOf = (epochMs: number): string => new Date(epochMs + 8 * 3_600_000).toISOString().slice(0, 10);

export const addDays = (day: string, days: number): string => new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
