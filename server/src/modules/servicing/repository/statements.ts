import { businessDate, formatDate, type BusinessDate } from '@mingdai/loan-math';
import { VersionConflict, type Reader, type Tx } from '../../../platform/tx.ts';

/** A statement that was handed out. */
export type IssuedStatement = {
  readonly number: number;
  readonly id: string;
  readonly asOf: BusinessDate;
  readonly knownThrough: number;
  readonly issuedAt: number;
  readonly supersedes: string | null;
  readonly hash: string;
};

type StatementRow = {
  readonly number: number; readonly id: string; readonly as_of: string; readonly known_through: number; readonly issued_at: Date; readonly supersedes: string | null; readonly hash: string;
};

export type LoanKey = { readonly shard: number; readonly loanId: string };

/** All statements of a loan and day, oldest first. */
export async function statementsOf(reader: Reader, { shard, loanId }: LoanKey, asOf: BusinessDate): Promise<readonly IssuedStatement[]> {
  const { rows } = await reader.query<StatementRow>(
    `select number, id, as_of, known_through, issued_at, supersedes, hash from servicing.statement
     where shard = $1 and loan_id = $2 and as_of = $3 order by number`, [shard, loanId, formatDate(asOf)]);
  return rows.map((row) => ({
    number: row.number, id: row.id, asOf: businessDate(row.as_of), knownThrough: row.known_through, issuedAt: row.issued_at.getTime(), supersedes: row.supersedes, hash: row.hash,
  }));
}

/** Throws VersionConflict when another came between. */
export async function insertStatement(tx: Tx, { shard, loanId }: LoanKey, issued: IssuedStatement): Promise<void> {
  const { rowCount } = await tx.query(
    `insert into servicing.statement (shard, loan_id, as_of, number, id, known_through, issued_at, supersedes, hash)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (shard, loan_id, as_of, number) do nothing`,
    [shard, loanId, formatDate(issued.asOf), issued.number, issued.id, issued.knownThrough, new Date(issued.issuedAt).toISOString(), issued.supersedes, issued.hash]);
  if (rowCount === 0) throw new VersionConflict(`statement ${issued.number} of ${loanId} on that day`);
}
