import { assert, NO_TOTALS, splitMovement, type FundingShare, type SplitState, type Totals } from '@mingdai/loan-math';

/** The accounts that a loan moves, by name. The ledger's chart says which code each has. */
export type LoanAccount =
  | 'cashAtBank' | 'loanPrincipal' | 'interestReceivable' | 'accruedInterest' | 'penaltyReceivable' | 'accruedPenalty' | 'feeReceivable'
  | 'feeIncome' | 'refundLiability' | 'waiverExpense' | 'creditLoss' | 'recovered'
  | 'writtenOffClaims' | 'loansServicedForOthers' | 'memorandumContra';

/** One line of an entry before it has an account code. Debit positive. `clearing` is due from (debit) or due to (credit) another entity. */
export type LoanPosting = {
  readonly entity: string;
  readonly account: LoanAccount | { readonly clearing: string };
  readonly netFen: bigint;
};

/** What the books hold of a loan: its running totals and how each is split over the funders. */
export type BookedTotals = { readonly totals: Totals; readonly split: SplitState };

export const NOTHING_BOOKED: BookedTotals = { totals: NO_TOTALS, split: {} };

/** Who is in the contract, as far as the books care. */
export type Parties = { readonly lender: string; readonly shares: readonly FundingShare[] };

/**
 * The accounting policy, whole. For one fen more of a running total: what the funder's books say (debit +1, credit −1),
 * and whether the fen came in at the bank (`money: 1`), went out (−1), or neither. A funder that is not the lender has no
 * bank account here: its money passes through the lender's and stands in clearing between the two.
 */
const FUNDERS_POLICY = {
  disbursed: { lines: { loanPrincipal: 1n }, money: -1n },
  principalPaid: { lines: { loanPrincipal: -1n }, money: 1n },
  principalChargedOff: { lines: { creditLoss: 1n, loanPrincipal: -1n }, money: 0n },
  interestCharged: { lines: { interestReceivable: 1n, accruedInterest: -1n }, money: 0n },
  interestPaid: { lines: { interestReceivable: -1n }, money: 1n },
  interestWaived: { lines: { waiverExpense: 1n, interestReceivable: -1n }, money: 0n },
  penaltyCharged: { lines: { penaltyReceivable: 1n, accruedPenalty: -1n }, money: 0n },
  penaltyPaid: { lines: { penaltyReceivable: -1n }, money: 1n },
  penaltyWaived: { lines: { waiverExpense: 1n, penaltyReceivable: -1n }, money: 0n },
  recovered: { lines: { recovered: -1n }, money: 1n },
} as const satisfies Policy;

/** What stays with the lender alone: fees, and money that is the borrower's own. */
const LENDERS_POLICY = {
  feeCharged: { lines: { feeReceivable: 1n, feeIncome: -1n }, money: 0n },
  feePaid: { lines: { feeReceivable: -1n }, money: 1n },
  feeWaived: { lines: { waiverExpense: 1n, feeReceivable: -1n }, money: 0n },
  refundLiability: { lines: { refundLiability: -1n }, money: 1n },
} as const satisfies Policy;

type Policy = { readonly [component in keyof Totals]?: { readonly lines: { readonly [account in LoanAccount]?: bigint }; readonly money: bigint } };
type FundersComponent = keyof typeof FUNDERS_POLICY;
export const FUNDERS_COMPONENTS = Object.keys(FUNDERS_POLICY) as readonly FundersComponent[];
const LENDERS_COMPONENTS = Object.keys(LENDERS_POLICY) as readonly (keyof typeof LENDERS_POLICY)[];

/**
 * The postings between two states of a loan: the one function that says what the books make of money.
 *
 * Units   fen; debit positive.
 * Rounds  only in the split over the funders (docs/specs/funding-split.md §1).
 * Keeps   every legal entity's lines sum to zero; the lender's cash moves by received − refunded − disbursed; a component
 *         that is paid off whole leaves no funder a fen of it.
 * Source  docs/specs/postings.md §2.
 */
export function entriesFor(parties: Parties, before: BookedTotals, after: Totals): { readonly postings: readonly LoanPosting[]; readonly booked: BookedTotals } {
  const booked: BookedTotals = { totals: after, split: splitAfter(parties, before, after) };
  return { postings: postingsBetween(parties, before, booked), booked };
}

/** What the books hold of a loan altogether: its postings since it began, as one. */
export const balancesOf = (parties: Parties, booked: BookedTotals): readonly LoanPosting[] => postingsBetween(parties, NOTHING_BOOKED, booked);

function postingsBetween(parties: Parties, before: BookedTotals, after: BookedTotals): readonly LoanPosting[] {
  const lines = new Lines();
  for (const component of FUNDERS_COMPONENTS) {
    if (after.split[component] === before.split[component]) continue;
    const { lines: effects, money } = FUNDERS_POLICY[component];
    parties.shares.forEach(({ funder }, index) => {
      const moved = at(after.split, component, index) - at(before.split, component, index);
      for (const [account, sign] of Object.entries(effects)) lines.add(funder, account as LoanAccount, sign * moved);
      passMoney(lines, { lender: parties.lender, funder, amount: money * moved });
    });
  }
  for (const component of LENDERS_COMPONENTS) {
    const moved = after.totals[component] - before.totals[component];
    if (moved === 0n) continue;
    const { lines: effects, money } = LENDERS_POLICY[component];
    for (const [account, sign] of Object.entries(effects)) lines.add(parties.lender, account as LoanAccount, sign * moved);
    lines.add(parties.lender, 'cashAtBank', money * moved);
  }
  addMemoranda(lines, parties, { before: before.split, after: after.split });
  assert(lines.netOf(parties.lender, 'cashAtBank') === cashOf(after.totals) - cashOf(before.totals), 'cash moves by what was received, refunded and paid out');
  return lines.all();
}

/** Σ over the loan's life of the bank's movements. */
const cashOf = (totals: Totals): bigint => totals.received - totals.refunded - totals.disbursed;

/** Money for a funder comes in (or goes out) at the lender's bank; for another entity than the lender it is agency money, due to it (or from it). */
function passMoney(lines: Lines, { lender, funder, amount }: { readonly lender: string; readonly funder: string; readonly amount: bigint }): void {
  lines.add(lender, 'cashAtBank', amount);
  if (funder === lender) return;
  lines.add(lender, { clearing: funder }, -amount);
  lines.add(funder, { clearing: lender }, amount);
}

/** Off the balance sheet: principal the lender looks after for others, and claims that were charged off but are still owed. */
function addMemoranda(lines: Lines, { lender, shares }: Parties, { before, after }: { readonly before: SplitState; readonly after: SplitState }): void {
  shares.forEach(({ funder }, index) => {
    const memo = (account: LoanAccount, entity: string, amount: bigint): void => {
      lines.add(entity, account, amount);
      lines.add(entity, 'memorandumContra', -amount);
    };
    if (funder !== lender) memo('loansServicedForOthers', lender, outstandingOf(after, index) - outstandingOf(before, index));
    memo('writtenOffClaims', funder, claimsOf(after, index) - claimsOf(before, index));
  });
}

const at = (split: SplitState, component: keyof Totals, index: number): bigint => split[component]?.[index] ?? 0n;
/** A funder's part of the principal still lent. */
export const outstandingOf = (split: SplitState, index: number): bigint =>
  at(split, 'disbursed', index) - at(split, 'principalPaid', index) - at(split, 'principalChargedOff', index);
function claimsOf(split: SplitState, index: number): bigint {
  const claims = at(split, 'principalChargedOff', index) - at(split, 'recovered', index);
  return claims > 0n ? claims : 0n;
}

/** Pairs of (what is asked, what answers it): when a total is answered whole, so is each funder's part. */
const ANSWERED = [
  ['interestCharged', 'interestPaid', 'interestWaived'],
  ['penaltyCharged', 'penaltyPaid', 'penaltyWaived'],
] as const;

function splitAfter({ shares }: Parties, before: BookedTotals, after: Totals): SplitState {
  let split = before.split;
  for (const component of FUNDERS_COMPONENTS) {
    if (after[component] !== before.totals[component]) split = splitMovement(split, shares, component, after[component]).state;
  }
  for (const [charged, paid, waived] of ANSWERED) {
    if (split[paid] === undefined || after[charged] !== after[paid] + after[waived]) continue;
    const whole = shares.map((_, index) => at(split, charged, index) - at(split, waived, index));
    if (whole.some((amount, index) => amount !== at(split, paid, index))) split = { ...split, [paid]: whole };
  }
  return split;
}

/** Postings gathered to one line for each entity and account, in order of first mention, none of zero. */
class Lines {
  readonly #lines = new Map<string, { readonly entity: string; readonly account: LoanPosting['account']; netFen: bigint }>();

  add(entity: string, account: LoanPosting['account'], netFen: bigint): void {
    if (netFen === 0n) return;
    const key = keyOf(entity, account);
    const line = this.#lines.get(key);
    if (line === undefined) this.#lines.set(key, { entity, account, netFen });
    else line.netFen += netFen;
  }

  netOf(entity: string, account: LoanPosting['account']): bigint {
    return this.#lines.get(keyOf(entity, account))?.netFen ?? 0n;
  }

  all(): readonly LoanPosting[] {
    return [...this.#lines.values()].filter(({ netFen }) => netFen !== 0n);
  }
}

const keyOf = (entity: string, account: LoanPosting['account']): string => `${entity}\u0000${typeof account === 'string' ? account : `:${account.clearing}`}`;
