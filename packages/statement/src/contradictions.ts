import { businessDateOf, formatDate, type BusinessDate } from '@mingdai/loan-math';
import type { StatementDocument } from './document.ts';
import type { StatementProblem } from './report.ts';
import { say } from './words.ts';

const DAY_MS = 86_400_000;
/** Beijing is eight hours ahead of UTC, all the year. */
const BEIJING_MS = 8 * 3_600_000;

const dayOf = (instant: number): BusinessDate => businessDateOf(Math.floor((instant + BEIJING_MS) / DAY_MS));

/**
 * What cannot be true together of a statement, whatever its figures: a signature over it says who said so, not that it can be.
 *
 * Source  docs/specs/statement.md §7.
 */
export function contradictionIn(document: StatementDocument): StatementProblem | null {
  return headContradiction(document) ?? eventContradiction(document);
}

function headContradiction({ id, supersedes, issuedAt, asOf, loan }: StatementDocument): StatementProblem | null {
  if (supersedes === id) return { path: 'supersedes', what: say.supersedesItself };
  if (asOf > dayOf(issuedAt)) return { path: 'as_of', what: say.dayToCome(formatDate(dayOf(issuedAt))) };
  if (loan.signedAt > issuedAt) return { path: 'loan.signed_at', what: say.signedLater };
  const funders = new Set(loan.shares.map(({ funder }) => funder));
  const sum = loan.shares.reduce((total, { sharePpm }) => total + sharePpm, 0n);
  return funders.size === loan.shares.length && sum === 1_000_000n ? null : { path: 'loan.shares', what: say.sharesWrong };
}

function eventContradiction({ events, issuedAt, loan }: StatementDocument): StatementProblem | null {
  const signedOn = dayOf(loan.signedAt);
  let last = 0;
  for (const [index, { kind, sequence, bookedAt, valueOn }] of events.entries()) {
    const path = `events[${index}]`;
    if (sequence <= last) return { path: `${path}.sequence`, what: say.outOfOrder };
    if (bookedAt > issuedAt) return { path: `${path}.booked_at`, what: say.bookedLater };
    if (kind === 'disbursed' && valueOn < signedOn) return { path: `${path}.value_on`, what: say.paidOutUnsigned(formatDate(signedOn)) };
    last = sequence;
  }
  return null;
}
