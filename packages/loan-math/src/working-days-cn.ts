import { businessDate, businessDateOf, type BusinessDate } from './business-date.ts';
import type { WorkingCalendar } from './working-days.ts';

/** A year as the State Council's notice gives it: the days off in runs `MM-DD..MM-DD`, weekends in them included; the weekend days worked for it. */
type AnnouncedYear = readonly [year: number, off: string, worked: string];

/**
 * The Chinese public holidays and make-up working days of 2020 to 2026, as announced.
 *
 * Keeps   `closed` holds weekdays only, `working` weekend days only, both in order.
 * Needs   a new year's row each November, when its notice is out; the last days of December may be changed by the notice for the next year.
 * Source  docs/specs/working-days.md §4, with the notice of each year.
 */
export const CN_WORKING_CALENDAR: WorkingCalendar = /* @__PURE__ */ announced('cn', [
  [2020, '01-01 01-24..02-02 04-04..04-06 05-01..05-05 06-25..06-27 10-01..10-08', '01-19 04-26 05-09 06-28 09-27 10-10'],
  [2021, '01-01..01-03 02-11..02-17 04-03..04-05 05-01..05-05 06-12..06-14 09-19..09-21 10-01..10-07', '02-07 02-20 04-25 05-08 09-18 09-26 10-09'],
  [2022, '01-01..01-03 01-31..02-06 04-03..04-05 04-30..05-04 06-03..06-05 09-10..09-12 10-01..10-07', '01-29 01-30 04-02 04-24 05-07 10-08 10-09'],
  [2023, '01-01..01-02 01-21..01-27 04-05 04-29..05-03 06-22..06-24 09-29..10-06', '01-28 01-29 04-23 05-06 06-25 10-07 10-08'],
  [2024, '01-01 02-10..02-17 04-04..04-06 05-01..05-05 06-10 09-15..09-17 10-01..10-07', '02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12'],
  [2025, '01-01 01-28..02-04 04-04..04-06 05-01..05-05 05-31..06-02 10-01..10-08', '01-26 02-08 04-27 09-28 10-11'],
  [2026, '01-01..01-03 02-15..02-23 04-04..04-06 05-01..05-05 06-19..06-21 09-25..09-27 10-01..10-07', '01-04 02-14 02-28 05-09 09-20 10-10'],
]);

function announced(name: string, years: readonly AnnouncedYear[]): WorkingCalendar {
  const closed: BusinessDate[] = [];
  const working: BusinessDate[] = [];
  for (const [year, off, worked] of years) {
    for (const run of off.split(' ')) {
      const [first, last = first] = run.split('..').map((day) => businessDate(`${year}-${day}`));
      for (let day = first!; day <= last!; day = businessDateOf(day + 1)) if ((day + 3) % 7 < 5) closed.push(day);
    }
    working.push(...worked.split(' ').map((day) => businessDate(`${year}-${day}`)));
  }
  return { name, from: businessDate(`${years[0]![0]}-01-01`), through: businessDate(`${years[years.length - 1]![0]}-12-31`), closed, working };
}
