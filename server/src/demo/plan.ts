import { seeded } from './seeded.ts';

/** How a borrower behaves once the money is out; decided by the seed before anything runs. */
export type Behaviour =
  /** Leaves enough on the account; the direct debit of the due day is paid. */
  | { readonly kind: 'on_time' }
  /** Pays each installment himself, `daysAhead` days before it falls due. */
  | { readonly kind: 'early'; readonly daysAhead: number }
  /** In the months named, the account is empty on the due day and filled `daysLate` days after. */
  | { readonly kind: 'late'; readonly months: readonly number[]; readonly daysLate: number }
  /** Settles the whole loan `daysAfterDue` days after installment `month`. */
  | { readonly kind: 'settles'; readonly month: number; readonly daysAfterDue: number }
  /** Empties the account before installment `month` and never pays again (Class = bad in the sample). */
  | { readonly kind: 'stops'; readonly month: number };

export type ApplicantPlan = {
  /** Days after the first business day on which the person applies: 0 to 27. */
  readonly appliesAfterDays: number;
  readonly method: 'level_installment' | 'interest_first';
  /** Reads the offer and walks away; the offer runs out. */
  readonly letsOfferExpire: boolean;
  /** Types another person's card: the four-factor check fails (C3). */
  readonly mistypesCard: boolean;
  readonly behaviour: Behaviour;
};

/** Days over which the applicants of one demo come in: the due days of the book spread over the month. */
export const APPLICATION_DAYS = 28;

/** What the `index`-th applicant of a demo will do. The class of the sample decides only who stops paying. */
export function planFor(seed: string, index: number, isBad: boolean, months: number): ApplicantPlan {
  const chance = seeded(seed, `applicant/${index}`);
  return {
    appliesAfterDays: chance.between(0, APPLICATION_DAYS - 1),
    method: months <= 12 && chance.chance(15) ? 'interest_first' : 'level_installment',
    letsOfferExpire: chance.chance(3),
    mistypesCard: chance.chance(2),
    behaviour: isBad ? { kind: 'stops', month: chance.between(1, Math.min(months, 9)) } : goodBehaviour(seed, index, months),
  };
}

function goodBehaviour(seed: string, index: number, months: number): Behaviour {
  const chance = seeded(seed, `behaviour/${index}`);
  const kind = chance.between(0, 99);
  if (kind < 62) return { kind: 'on_time' };
  if (kind < 78) return { kind: 'early', daysAhead: chance.between(1, 9) };
  if (kind < 94) {
    const bad = new Set(Array.from({ length: chance.between(1, 3) }, () => chance.between(1, Math.min(months, 11))));
    return { kind: 'late', months: [...bad].sort((a, b) => a - b), daysLate: chance.between(1, 40) };
  }
  return { kind: 'settles', month: chance.between(1, Math.min(months - 1, 10)), daysAfterDue: chance.between(0, 20) };
}
