import { lowest, type Run } from './account-lines-run.ts';
import { businessDateOf } from './business-date.ts';
import { days360, type ThirtyRule } from './day-count.ts';
import type { Bearing, FigurePart } from './explain.ts';
import { fen } from './money.ts';
import { annualRatePpm } from './rate.ts';
import type { LoanTerms } from './terms.ts';

type Stretch = { readonly from: number; readonly to: number };
type Span = Omit<Bearing, 'rate'>;

/** What runs of principal bear by the contract's basis, as addends. `period` is the whole period they lie in. */
export function interestParts(terms: LoanTerms, runs: readonly Run[], period: Stretch): readonly FigurePart[] {
  return runs.map((run) => bearing(run, spanOf(terms, run, period)));
}

/** What runs of overdue amounts bear, as addends: by the day, whatever the basis. */
export function penaltyParts(runs: readonly Run[]): readonly FigurePart[] {
  return runs.map((run) => bearing(run, daySpan(run)));
}

const bearing = ({ base, rate }: Run, span: Span): FigurePart => ({ label: null, base: fen(base), count: 1, bears: { rate: annualRatePpm(rate), ...span } });

/** How long a run counts: days of a year, or a share of a whole period that counts as a month (or as months of 30 days). */
function spanOf(terms: LoanTerms, run: Run, period: Stretch): Span {
  if (run.rate === 0n || terms.basis.startsWith('act_')) return daySpan(run);
  return terms.basis === 'monthly' ? monthSpan(run) : thirtySpan(terms, run, period);
}

const YEARS: readonly Span['perYear'][] = [360, 365, 366];

function daySpan({ from, to, part, rate }: Run): Span {
  const units = to - from;
  if (rate === 0n) return { units, perYear: 360, share: null };
  const perYear = part.numerator === 1n ? YEARS.find((year) => BigInt(year) === part.denominator) : undefined;
  return perYear === undefined ? { units, perYear: 360, share: shareOf(360n * part.numerator, part.denominator) } : { units, perYear, share: null };
}

/** A twelfth of the year, and of that the days of the month or period that the run covers. */
function monthSpan({ from, to, part }: Run): Span {
  const { part: perDay, whole } = shareOf(12n * part.numerator, part.denominator);
  const days = (to - from) * perDay;
  return { units: 1, perYear: 12, share: days === whole ? null : { part: days, whole } };
}

function thirtySpan(terms: LoanTerms, run: Run, period: Stretch): Span {
  const days = run.to - run.from;
  const whole = period.to - period.from;
  const perDay = shareOf(360n * run.part.numerator, run.part.denominator);
  const units = days360(businessDateOf(period.from), businessDateOf(period.to), terms.basis.slice('thirty_'.length) as ThirtyRule);
  if (units > 0 && units * perDay.whole === whole * perDay.part) return { units, perYear: 360, share: days === whole ? null : { part: days, whole } };
  return { units: days, perYear: 360, share: perDay.part === perDay.whole ? null : perDay };
}

function shareOf(over: bigint, under: bigint): { readonly part: number; readonly whole: number } {
  const { numerator, denominator } = lowest(over, under);
  return { part: Number(numerator), whole: Number(denominator) };
}
