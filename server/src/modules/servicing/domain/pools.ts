import { assert, divideHalfUp, PPM, type BusinessDate, type FundingShare, type InterestBasis, type LoanTerms, type Position } from '@mingdai/loan-math';

/** How something grows on a loan by time alone: `numerator` / `denominator` fen now, `perDay` / `denominator` more each day. */
export type Accrued = { readonly numerator: bigint; readonly denominator: bigint; readonly perDay: bigint };

/** What a loan has earned and not yet charged, by kind: the state its pool deltas are differences of. */
export type Accruals = { readonly interest: Accrued; readonly penalty: Accrued };

export const NOTHING_ACCRUED: Accruals = {
  interest: { numerator: 0n, denominator: 1n, perDay: 0n },
  penalty: { numerator: 0n, denominator: 1n, perDay: 0n },
};

/**
 * What stands accrued on a position. Penalty: what has run up on installments of which something still bears it, less what was charged
 * of it, so that between two bookings it grows, and right after one it holds only the broken fen.
 */
export function accrualsOf(position: Position, { penaltyOn }: Pick<LoanTerms, 'penaltyOn'>): Accruals {
  const { accruedInterest: interest, accruedPenalty: penalty } = position;
  let charged = 0n;
  const bears = (row: Position['installments'][number]): boolean =>
    row.principalPaid < row.principal || (penaltyOn === 'principal_and_interest' && row.interestPaid + row.interestWaived < row.interest);
  for (const row of position.installments) if (bears(row)) charged += row.penalty;
  return {
    interest: { numerator: interest.at.numerator, denominator: interest.at.denominator, perDay: interest.perDay },
    penalty: { numerator: penalty.at.numerator - charged * penalty.at.denominator, denominator: penalty.at.denominator, perDay: penalty.perDay },
  };
}

export type AccrualKind = 'contract' | 'penalty';

/** A group of loan parts that accrue alike: the general ledger sees the pool, never the loan. */
export type Pool = {
  readonly lender: string;
  readonly productCode: string;
  readonly productVersion: number;
  readonly funder: string;
  readonly stage: 'normal';
  readonly kind: AccrualKind;
  readonly basis: InterestBasis;
  /** Of every number in the pool: the accrual's own denominator × 1_000_000 (the shares'). */
  readonly denominator: bigint;
};

export type PoolFamily = Omit<Pool, 'kind' | 'denominator' | 'funder'>;

const POOL = /^pool:([a-z0-9_]+):([^:]+)@(\d+):([a-z0-9_]+):(normal):(contract|penalty):(monthly|thirty_[a-z_]+|act_360|act_365|act_act):(\d+)$/;

/** The pool as one word: its key in the database and its chain in the ledger. */
export const poolKey = (pool: Pool): string =>
  `pool:${pool.lender}:${pool.productCode}@${pool.productVersion}:${pool.funder}:${pool.stage}:${pool.kind}:${pool.basis}:${pool.denominator}`;

export function poolOf(key: string): Pool {
  const match = POOL.exec(key);
  assert(match !== null, `a pool's key has its eight parts: ${key}`);
  const [, lender, productCode, productVersion, funder, stage, kind, basis, denominator] = match as unknown as readonly string[];
  return {
    lender: lender!, productCode: productCode!, productVersion: Number.parseInt(productVersion!, 10), funder: funder!,
    stage: stage as Pool['stage'], kind: kind as AccrualKind, basis: basis as InterestBasis, denominator: BigInt(denominator!),
  };
}

/**
 * What one change of one loan adds to a pool, counting from `valueOn`. Insert-only: nobody waits for it.
 * `level` and `rounding` are over the pool's denominator, `slope` is per day; `chargedFen` went from accrued to receivable.
 */
export type PoolDelta = {
  readonly pool: string;
  readonly valueOn: BusinessDate;
  readonly level: bigint;
  readonly slope: bigint;
  readonly chargedFen: bigint;
  readonly rounding: bigint;
};

/** One kind of accrual of a loan before and after a change, and what the change charged. */
export type AccrualChange = {
  readonly before: Accrued;
  /** Days since `before` was so. */
  readonly days: number;
  readonly after: Accrued;
  /** Moved from accrued to receivable: in all, and by funder. */
  readonly charged: bigint;
  readonly chargedByFunder: readonly bigint[];
  /**
   * What a difference is that neither time nor the charge explains. `rounding`: the loan rounded its own interest.
   * `income`: we learned that it earned more or less than we thought.
   */
  readonly difference: 'rounding' | 'income';
};

/**
 * The pool deltas of one change of one loan: what it was expected to stand at leaves, what it stands at enters.
 *
 * Keeps   for every funder: Δaccrued = income − charged − rounding, exactly.
 * Source  docs/specs/interest-pools.md §2.
 */
export function poolDeltas(pools: { readonly family: PoolFamily; readonly kind: AccrualKind; readonly shares: readonly FundingShare[] }, change: AccrualChange, on: BusinessDate): readonly PoolDelta[] {
  const { before, after, charged, difference } = change;
  const expected = before.numerator + before.perDay * BigInt(change.days);
  const wasNothing = expected === 0n && before.perDay === 0n;
  const isNothing = after.numerator === 0n && after.perDay === 0n;
  if (wasNothing && isNothing && charged === 0n && change.chargedByFunder.every((fen) => fen === 0n)) return [];
  const home = wasNothing ? after.denominator : before.denominator;
  const isSamePool = isNothing || wasNothing || before.denominator === after.denominator;
  // Interest of a period that is asked with a later one is whole fen: they move to the next period's pool with the loan.
  const broken = after.numerator % after.denominator;
  assert(isSamePool || difference === 'income' || broken === 0n, 'a loan that moves to another pool by time alone takes whole fen there');

  return pools.shares.flatMap(({ funder, sharePpm }, index): PoolDelta[] => {
    const key = (denominator: bigint): string => poolKey({ ...pools.family, kind: pools.kind, funder, denominator: denominator * PPM });
    const chargedFen = change.chargedByFunder[index] ?? 0n;
    const moved = chargedFen * home * PPM;
    const stays = isSamePool ? after.numerator : 0n;
    const kept = isSamePool ? after.numerator : (after.numerator / after.denominator) * home;
    const rounding = difference === 'rounding' ? (expected - kept) * sharePpm - moved : charged * home * sharePpm - moved;
    const leaving: PoolDelta = {
      pool: key(home), valueOn: on, chargedFen, rounding,
      level: (stays - expected) * sharePpm,
      slope: ((isSamePool ? after.perDay : 0n) - before.perDay) * sharePpm,
    };
    const entering: PoolDelta = { pool: key(after.denominator), valueOn: on, chargedFen: 0n, rounding: 0n, level: after.numerator * sharePpm, slope: after.perDay * sharePpm };
    return (isSamePool ? [leaving] : [leaving, entering]).filter((delta) => delta.level !== 0n || delta.slope !== 0n || delta.chargedFen !== 0n || delta.rounding !== 0n);
  });
}

/** A pool at the end of a day: exact sums since it began, and what of them stands in the general ledger. */
export type PoolDay = {
  readonly on: BusinessDate;
  /** Exact accrued and not charged, and what a day adds. */
  readonly level: bigint;
  readonly slope: bigint;
  readonly chargedFen: bigint;
  readonly rounding: bigint;
  readonly incomeBookedFen: bigint;
  readonly roundingBookedFen: bigint;
};

export const poolBefore = (on: BusinessDate): PoolDay => ({ on, level: 0n, slope: 0n, chargedFen: 0n, rounding: 0n, incomeBookedFen: 0n, roundingBookedFen: 0n });

export type PoolEntry = { readonly incomeFen: bigint; readonly roundingFen: bigint };

/**
 * Takes a pool to the next day and says what to book.
 *
 * Units   level, slope, rounding over the pool's denominator; fen otherwise.
 * Rounds  the sum of all income since the pool began, half up; and the accrued balance: never a day's part by itself.
 * Keeps   accrued in the books = income − charged − rounding booked = the exact level, rounded; income and rounding are each
 *         within a fen of exact, however many days were booked at once or one by one.
 * Source  docs/specs/interest-pools.md §3.
 */
export function nextPoolDay(denominator: bigint, before: PoolDay, on: BusinessDate, deltas: readonly Omit<PoolDelta, 'pool'>[]): { readonly day: PoolDay; readonly entry: PoolEntry } {
  let level = before.level + before.slope * BigInt(on - before.on);
  let { slope, chargedFen, rounding } = before;
  for (const delta of deltas) {
    level += delta.level + delta.slope * BigInt(on - delta.valueOn);
    slope += delta.slope;
    chargedFen += delta.chargedFen;
    rounding += delta.rounding;
  }
  const incomeBookedFen = divideHalfUp(level + rounding + chargedFen * denominator, denominator);
  const roundingBookedFen = incomeBookedFen - chargedFen - divideHalfUp(level, denominator);
  return {
    day: { on, level, slope, chargedFen, rounding, incomeBookedFen, roundingBookedFen },
    entry: { incomeFen: incomeBookedFen - before.incomeBookedFen, roundingFen: roundingBookedFen - before.roundingBookedFen },
  };
}

/** The accrued balance a pool has in the books. */
export const accruedBookedFen = (day: PoolDay): bigint => day.incomeBookedFen - day.chargedFen - day.roundingBookedFen;
