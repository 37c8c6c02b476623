import type { Run } from './account-lines-walk.ts';
import { businessDateOf, civilOf, fromCivil, isLeapYear } from './business-date.ts';
import { days360, type ThirtyRule } from './day-count.ts';
import type { Bearing, FigurePart } from './explain.ts';
import { fen } from './money.ts';
import { annualRatePpm } from './rate.ts';
import type { LoanTerms } from './terms.ts';

type Stretch = { readonly from: number; readonly to: number };
type Span = Omit<Bearing, 'rate'>;

/** What runs of principal bear by the contract's basis, as addends. `period` is the whole period they lie in. */
export function interestParts(terms: LoanTerms, runs: readonly Run[], period: Stretch): readonly FigurePart[] {
  return runs.flatMap((run) => spansOf(terms, run, period).map((span) => bearing(run, span)));
}

/** What runs of overdue amounts bear, as addends: by the day, whatever the basis. */
export function penaltyParts(terms: LoanTerms, runs: readonly Run[]): readonly FigurePart[] {
  const perYear = terms.basis === 'act_365' ? 365 : 360;
  return runs.flatMap((run) => (terms.basis === 'act_act' ? yearSpans(run) : [{ units: run.to - run.from, perYear, share: null } as const]).map((span) => bearing(run, span)));
}

const bearing = ({ base, rate }: Run, span: Span): FigurePart => ({ label: null, base: fen(base), count: 1, bears: { rate: annualRatePpm(rate), ...span } });

/** How long a stretch counts: days of a year, or a share of a whole period that counts as a month (or as months of 30 days). */
function spansOf(terms: LoanTerms, { from, to }: Stretch, period: Stretch): readonly Span[] {
  switch (terms.basis) {
    case 'act_360': return [{ units: to - from, perYear: 360, share: null }];
    case 'act_365': return [{ units: to - from, perYear: 365, share: null }];
    case 'act_act': return yearSpans({ from, to });
    default: {
      const whole = period.to - period.from;
      const share = to - from === whole ? null : { part: to - from, whole };
      if (terms.basis === 'monthly') return [{ units: 1, perYear: 12, share }];
      const rule = terms.basis.slice('thirty_'.length) as ThirtyRule;
      return [{ units: days360(businessDateOf(period.from), businessDateOf(period.to), rule), perYear: 360, share }];
    }
  }
}

/** A stretch cut at the turns of years: each day counts by its own year. */
function yearSpans({ from, to }: Stretch): readonly Span[] {
  const spans: Span[] = [];
  for (let day = from; day < to;) {
    const { year } = civilOf(businessDateOf(day));
    const end = Math.min(to, fromCivil(year + 1, 1, 1));
    spans.push({ units: end - day, perYear: isLeapYear(year) ? 366 : 365, share: null });
    day = end;
  }
  return spans;
}
