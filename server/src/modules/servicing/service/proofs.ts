import { positionOn, type BusinessDate } from '@mingdai/loan-math';
import type { Reader } from '../../../platform/tx.ts';
import { ACCOUNTS } from '../../ledger/index.ts';
import { foldedStateOf, unpaidDueOn, type Loan } from '../domain/loan.ts';
import { accrualsOf, accruedBookedFen, poolKey, poolOf, type Accrued, type Accruals, type AccrualKind } from '../domain/pools.ts';
import { balancesOf } from '../domain/postings.ts';
import { FIRST_PLACE, loansAfter, oneView, snapshotDigestOf, type LoanPlace, type StoredLoan } from '../repository/loans.ts';
import { lastPoolDays, sumsOfDeltas } from '../repository/pools.ts';
import type { PoolProof, RefoldProof, SubLedgerProof, SubLedgerRow } from '../servicing.ts';
import type { ProofDeps } from './deps.ts';
import { accountCode } from './save-bookings.ts';

const PAGE = 2_000;
const SHOWN = 20;
const PPM = 1_000_000n;

/** Every loan, page by page in order of (shard, id). */
export async function* allLoans(reader: Reader, from: LoanPlace = FIRST_PLACE): AsyncGenerator<readonly StoredLoan[]> {
  let after = from;
  for (;;) {
    const page = await loansAfter(reader, after, PAGE);
    if (page.length === 0) return;
    yield page;
    const { loan } = page.at(-1)!;
    after = { shard: loan.shard, id: loan.id };
  }
}

/** The loan as its contract and events alone make it: what was stored must say the same. */
export function refolded({ loan, events }: StoredLoan): Loan {
  if (loan.bookedThrough === null) return loan;
  const position = positionOn(loan.contract.terms, events, loan.bookedThrough);
  return {
    ...loan, status: position.status, sequence: events.length, nextActionOn: position.nextActionOn, unpaidDueOn: unpaidDueOn(position), bucket: position.bucket,
    principalOutstanding: position.principalOutstanding, totals: position.totals, accruals: accrualsOf(position, loan.contract.terms),
  };
}

/** Folds loans anew and compares digests: with what is stored as digest, and with what is stored as figures. */
export async function refold(deps: ProofDeps, sample: number | 'all'): Promise<RefoldProof> {
  const differing: string[] = [];
  let loans = 0;
  const most = sample === 'all' ? Infinity : sample;
  const check = (page: readonly StoredLoan[]): void => {
    for (const stored of page) {
      if (loans >= most) return;
      loans += 1;
      const digest = snapshotDigestOf(refolded(stored));
      if (digest !== stored.snapshotDigest || digest !== snapshotDigestOf({ ...stored.loan, ...foldedStateOf(stored.loan) })) differing.push(stored.loan.id);
    }
  };
  const start: LoanPlace = sample === 'all' ? FIRST_PLACE : { shard: (deps.clock.today() % 256) - 1, id: '' };
  for (const from of sample === 'all' ? [start] : [start, FIRST_PLACE]) {
    for await (const page of allLoans(deps.db, from)) {
      check(page);
      if (loans >= most) break;
    }
  }
  return { isEqual: differing.length === 0, loans, differing: differing.slice(0, SHOWN) };
}

/**
 * What each loan says it has moved, account by account, against its own chain in the ledger.
 *
 * Source  docs/specs/postings.md §4.
 */
export async function subLedger(deps: ProofDeps): Promise<SubLedgerProof> {
  const sums = new Map<string, { entity: string; account: string; ledgerFen: bigint; loansFen: bigint }>();
  const differences: SubLedgerProof['differences'][number][] = [];
  let loans = 0;
  for await (const shard of loansByShard(deps.db)) {
    loans += shard.length;
    const expected = shard.flatMap(expectedBalances);
    const accounts = [...new Set([...Object.values(ACCOUNTS), ...expected.map(({ account }) => account)])];
    const isLoan = new Set(shard.map(({ loan }) => loan.id));
    const both = new Map<string, { loanId: string; entity: string; account: string; ledgerFen: bigint; loanFen: bigint }>();
    const line = (loanId: string, entity: string, account: string) => {
      const key = `${loanId} ${entity} ${account}`;
      const found = both.get(key) ?? { loanId, entity, account, ledgerFen: 0n, loanFen: 0n };
      both.set(key, found);
      return found;
    };
    for (const { loanId, entity, account, netFen } of expected) line(loanId, entity, account).loanFen += netFen;
    for (const { chain, entity, account, netFen } of await deps.ledger.chainBalances(shard[0]!.loan.shard, accounts)) {
      if (isLoan.has(chain)) line(chain, entity, account).ledgerFen += netFen;
    }
    for (const each of both.values()) {
      if (each.ledgerFen !== each.loanFen) differences.push(each);
      const key = `${each.entity} ${each.account}`;
      const sum = sums.get(key) ?? { entity: each.entity, account: each.account, ledgerFen: 0n, loansFen: 0n };
      sums.set(key, { ...sum, ledgerFen: sum.ledgerFen + each.ledgerFen, loansFen: sum.loansFen + each.loanFen });
    }
  }
  const rows: readonly SubLedgerRow[] = [...sums.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  return { isEqual: differences.length === 0, loans, rows, differences: differences.slice(0, SHOWN) };
}

async function* loansByShard(reader: Reader): AsyncGenerator<readonly StoredLoan[]> {
  let shard: StoredLoan[] = [];
  for await (const page of allLoans(reader)) {
    for (const stored of page) {
      if (shard.length > 0 && shard[0]!.loan.shard !== stored.loan.shard) {
        yield shard;
        shard = [];
      }
      shard.push(stored);
    }
  }
  if (shard.length > 0) yield shard;
}

function expectedBalances({ loan }: StoredLoan): readonly { loanId: string; entity: string; account: string; netFen: bigint }[] {
  const { lender, shares } = loan.contract;
  return balancesOf({ lender, shares }, loan).map(({ entity, account, netFen }) => ({ loanId: loan.id, entity, account: accountCode(account), netFen }));
}

/**
 * At one instant: what loans have accrued by their own events = the sum of all pool deltas = the pools as the close left them and
 * what came since; and accrued interest in the ledger = what the pools say is booked.
 *
 * Source  docs/specs/interest-pools.md §4.
 */
export async function poolProof(deps: ProofDeps, on: BusinessDate): Promise<PoolProof> {
  const sums = new Map<string, { loans: bigint; deltas: bigint; booked: bigint; accruedFen: bigint }>();
  const of = (pool: string) => {
    const found = sums.get(pool) ?? { loans: 0n, deltas: 0n, booked: 0n, accruedFen: 0n };
    sums.set(pool, found);
    return found;
  };
  await deps.db.transaction(async (tx) => {
    await oneView(tx);
    for await (const page of allLoans(tx)) for (const stored of page) for (const part of accruedParts(refolded(stored), on)) of(part.pool).loans += part.level;
    for (const { pool, valueOn, level, slope, chargedFen, isTaken } of [
      ...(await sumsOfDeltas(tx, { isTaken: true })).map((delta) => ({ ...delta, isTaken: true })),
      ...(await sumsOfDeltas(tx, { isTaken: false })).map((delta) => ({ ...delta, isTaken: false })),
    ]) {
      const grown = level + slope * BigInt(on - valueOn);
      of(pool).deltas += grown;
      if (isTaken) continue;
      of(pool).booked += grown;
      of(pool).accruedFen -= chargedFen;
    }
    for (const day of await lastPoolDays(tx)) {
      of(day.pool).booked += day.level + day.slope * BigInt(on - day.on);
      of(day.pool).accruedFen += accruedBookedFen(day);
    }
  });
  const pools = [...sums.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([pool, each]) => ({
    pool, loans: each.loans.toString(), deltas: each.deltas.toString(), booked: each.booked.toString(), accruedFen: each.accruedFen,
  }));
  const ledger = await againstLedger(deps, pools);
  const isEqual = pools.every((each) => each.loans === each.deltas && each.deltas === each.booked) && ledger.every((row) => row.ledgerFen === row.poolsFen);
  return { isEqual, on, pools, ledger };
}

/** What a loan has accrued by a day, for each pool it is in. */
function accruedParts(loan: Loan, on: BusinessDate): readonly { readonly pool: string; readonly level: bigint }[] {
  const { contract, bookedThrough, accruals } = loan;
  if (bookedThrough === null) return [];
  const kinds: readonly (readonly [AccrualKind, keyof Accruals])[] = [['contract', 'interest'], ['penalty', 'penalty']];
  return kinds.flatMap(([kind, side]) => {
    const accrued: Accrued = accruals[side];
    const now = accrued.numerator + accrued.perDay * BigInt(on - bookedThrough);
    if (now === 0n) return [];
    return contract.shares.map(({ funder, sharePpm }) => ({
      pool: poolKey({
        lender: contract.lender, productCode: contract.productCode, productVersion: contract.productVersion, funder, stage: 'normal', kind,
        basis: contract.terms.basis, denominator: accrued.denominator * PPM,
      }),
      level: now * sharePpm,
    }));
  });
}

async function againstLedger(deps: ProofDeps, pools: readonly { readonly pool: string; readonly accruedFen: bigint }[]): Promise<PoolProof['ledger']> {
  const rows = new Map<string, { entity: string; account: string; ledgerFen: bigint; poolsFen: bigint }>();
  const row = (entity: string, account: string) => {
    const found = rows.get(`${entity} ${account}`) ?? { entity, account, ledgerFen: 0n, poolsFen: 0n };
    rows.set(`${entity} ${account}`, found);
    return found;
  };
  for (const { pool, accruedFen } of pools) {
    const { funder, kind } = poolOf(pool);
    row(funder, kind === 'contract' ? ACCOUNTS.accruedInterest : ACCOUNTS.accruedPenalty).poolsFen += accruedFen;
  }
  for (const account of [ACCOUNTS.accruedInterest, ACCOUNTS.accruedPenalty]) {
    for (const { entity, netFen } of await deps.ledger.balances({ account })) row(entity, account).ledgerFen += netFen;
  }
  return [...rows.values()];
}
