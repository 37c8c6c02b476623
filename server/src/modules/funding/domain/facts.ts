/**
 * What a funder is told about a loan it is asked to fund: enough to decide, nothing that names a person (A4, G3). A closed list: what
 * is not here cannot leave.
 */
export type LoanFacts = {
  readonly amountFen: bigint;
  readonly months: number;
  readonly method: string;
  readonly annualRatePpm: bigint;
  readonly allInPpm: bigint;
  readonly purpose: string;
  readonly region: string | null;
  readonly ageYears: number | null;
  /** The lead's own estimate of the probability of default, ppm; each funder weighs it or not. */
  readonly badPpm: bigint | null;
};

/** The facts as they travel. Picks field by field, so that a wider object brings nothing along. */
export const wireFacts = (facts: LoanFacts, sharePpm: bigint) => ({
  amount_fen: `${facts.amountFen}`,
  months: facts.months,
  method: facts.method,
  annual_rate_ppm: `${facts.annualRatePpm}`,
  all_in_ppm: `${facts.allInPpm}`,
  purpose: facts.purpose,
  region: facts.region,
  age_years: facts.ageYears,
  bad_ppm: facts.badPpm === null ? null : `${facts.badPpm}`,
  share_ppm: `${sharePpm}`,
});
export type WireFacts = ReturnType<typeof wireFacts>;
