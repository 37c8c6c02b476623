import { readLendingClub, splitOf } from './fit-scorecard.ts';
import type { JourneyEnd } from './journey.ts';
import { lendingClubPerson, type LendingClubPerson } from './lending-club.ts';
import { planFor, type ApplicantPlan } from './plan.ts';
import { seeded } from './seeded.ts';

/** One applicant of the demo: who it is, what will be done, and how it went. */
export type DemoApplicant = {
  readonly index: number;
  readonly who: LendingClubPerson;
  readonly plan: ApplicantPlan;
  ended: JourneyEnd | null;
};

/** The applicants: rows of the half of the sample that the scorecard never saw, and what each will do. */
export function castOf({ seed, applicants }: { readonly seed: string; readonly applicants: number }): readonly DemoApplicant[] {
  const sample = readLendingClub();
  const heldOut = splitOf(sample).heldOut;
  return heldOut.slice(0, applicants).map((row) => {
    const who = lendingClubPerson(sample.rows[row]!, row);
    return { index: row, who, plan: planFor(seed, row, who.isBad, who.months), ended: null };
  });
}

/** The lender's own pre-screening on the bureau's word: nothing overdue now, at most two late payments in two years (B1). */
export const isInvited = ({ who }: DemoApplicant): boolean => {
  const { report } = who.person.bureau;
  return report['accounts_overdue_now'] === 0 && Number(report['delinquencies_24m']) <= 2;
};

const PURPOSES = ['daily_consumption', 'home_appliances', 'travel', 'renovation', 'electronics'] as const;
export const purposeOf = ({ index }: DemoApplicant): string => PURPOSES[seeded('purpose', String(index)).between(0, PURPOSES.length - 1)]!;
