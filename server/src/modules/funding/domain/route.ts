import { splitMovement, type BusinessDate, type Fen, type FundingShare } from '@mingdai/loan-math';
import { digestOf } from '../../../kernel/canonical.ts';
import type { FundingError, PassedOver } from '../errors.ts';
import { refuse, ok, type Result } from '../../../kernel/result.ts';
import type { Funder } from './funder.ts';

/** What routing looks at. Nothing in it names a person. */
export type RouteRequest = {
  readonly applicationId: string;
  readonly shard: number;
  /** The lender of the product: it always takes part. */
  readonly lead: string;
  readonly amount: Fen;
  readonly months: number;
  readonly ratePpm: bigint;
  readonly allInPpm: bigint;
  /** First two digits of the resident id number; null when they name no region. */
  readonly region: string | null;
  readonly isStudent: boolean;
  readonly on: BusinessDate;
};

/** One way to fund a loan: who takes how much, in contract order (the lead first). */
export type Plan = { readonly name: string; readonly shares: readonly FundingShare[]; readonly amounts: readonly Fen[] };
export type Ranked = { readonly plans: readonly Plan[]; readonly passedOver: readonly PassedOver[] };

/** A funder with what its licence says about the day. */
export type Candidate = { readonly funder: Funder; readonly isLicensed: boolean };

/**
 * The ways to fund a loan inside the limits of joint lending, best first: the lead alone, or the lead with one partner at the agreed
 * share. The order follows from the application's id and the funders' weights, so the same request is always ranked the same way,
 * whoever else is applying; only a quota that is used up moves a loan to its next plan.
 *
 * Keeps    shares sum to 1_000_000; amounts sum to the loan; every share lies within its agreement.
 * Refuses  lead_funder_unknown, no_funder with what stood in each one's way.
 * Source   docs/specs/funding-routing.md §3 (H1, ILOAN-013, ILOAN-016, ILOAN-021, RATE-015).
 */
export function rankPlans(request: RouteRequest, candidates: readonly Candidate[], excluded: readonly string[]): Result<Ranked, FundingError> {
  const lead = candidates.find(({ funder }) => funder.role === 'lead' && funder.lender.code === request.lead);
  if (lead === undefined) return refuse({ code: 'lead_funder_unknown', funder: request.lead });
  const partners = candidates.filter(({ funder }) => funder.role === 'partner');
  const obstacles = [lead, ...partners].flatMap((candidate) => obstacleOf(request, candidate, excluded) ?? []);
  const canJoin = ({ funder }: Candidate): boolean => !obstacles.some((each) => each.funder === funder.lender.code);
  if (!canJoin(lead)) return refuse({ code: 'no_funder', application_id: request.applicationId, passed_over: obstacles });
  const joint = partners.filter(canJoin).map(({ funder }) => ({ funder, share: sharesWith(lead.funder, funder) }));
  const passedOver = [...obstacles, ...joint.flatMap(({ funder, share }) => (share === null ? [over(funder, 'share_not_allowed', 'ILOAN-013')] : []))];
  const alone = { weight: lead.funder.weight, plan: planOf(request, [{ funder: request.lead, sharePpm: 1_000_000n }]) };
  const together = joint.flatMap(({ funder, share }) => (share === null ? [] : [{ weight: funder.weight, plan: planOf(request, share) }]));
  const scored = [alone, ...together].map(({ weight, plan }) => ({ plan, score: weight * lot(request.applicationId, plan.name) }));
  scored.sort((a, b) => (a.score === b.score ? (a.plan.name < b.plan.name ? -1 : 1) : a.score > b.score ? -1 : 1));
  return ok({ plans: scored.map(({ plan }) => plan), passedOver });
}

/** What keeps a funder out of this loan, or null. */
function obstacleOf(request: RouteRequest, { funder, isLicensed }: Candidate, excluded: readonly string[]): PassedOver | null {
  const { lender, minRate, agreement } = funder;
  if (excluded.includes(lender.code)) return over(funder, 'excluded', 'ILOAN-011');
  if (!isLicensed) return over(funder, 'licence', 'G1');
  if (lender.regions !== 'nationwide' && (request.region === null || !lender.regions.includes(request.region))) return over(funder, 'region', 'ILOAN-016');
  if (request.isStudent) return over(funder, 'student', 'ILOAN-021');
  if (request.ratePpm < minRate) return over(funder, 'price_below_minimum', null);
  if (request.allInPpm < agreement.minAllIn || request.allInPpm > agreement.maxAllIn) return over(funder, 'outside_agreement', 'RATE-015');
  return null;
}

const over = (funder: Funder, why: PassedOver['why'], rule: string | null): PassedOver => ({ funder: funder.lender.code, why, rule });

/** The partner's agreed share and the rest for the lead, or null when the lead's own bounds do not allow it. */
function sharesWith(lead: Funder, partner: Funder): readonly FundingShare[] | null {
  const rest = 1_000_000n - partner.agreement.share;
  if (rest < lead.agreement.minShare || rest > lead.agreement.maxShare) return null;
  return [{ funder: lead.lender.code, sharePpm: rest }, { funder: partner.lender.code, sharePpm: partner.agreement.share }];
}

function planOf({ amount }: RouteRequest, shares: readonly FundingShare[]): Plan {
  const { moved } = splitMovement({}, shares, 'disbursed', amount);
  return { name: planName(shares), shares, amounts: moved as readonly Fen[] };
}

export const planName = (shares: readonly FundingShare[]): string => shares.map(({ funder }) => funder).join('+');

/** A number drawn by lot from the application and the plan: 0 to 2^48 − 1, the same every time. */
const lot = (applicationId: string, plan: string): bigint => BigInt(`0x${digestOf([applicationId, plan]).slice(0, 12)}`);

/** Why these funders, for staff: chosen, tried before, and kept out. */
export function explain(plan: Plan, tried: readonly PassedOver[], passedOver: readonly PassedOver[]): string {
  const shares = plan.shares.map(({ funder, sharePpm }) => `${funder} ${sharePpm / 10_000n} %`).join(', ');
  const others = [...tried, ...passedOver].map(({ funder, why, rule }) => `${funder}: ${why}${rule === null ? '' : ` (${rule})`}`);
  return `Drawn by lot of the application id among the plans that fit: ${shares}.${others.length === 0 ? '' : ` Not: ${others.join('; ')}.`}`;
}
