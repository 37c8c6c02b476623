import type { AccountLine } from '@mingdai/loan-math';
import type { StatementCheck, StatementProblem, StatementReport } from '@mingdai/statement';

export type FigureGroup = { readonly section: StatementCheck['section']; readonly checks: readonly StatementCheck[] };
export type RowGroup = { readonly number: number; readonly checks: readonly StatementCheck[]; readonly differing: number };

const ORDER = ['position', 'due', 'payoff', 'totals'] as const;

/** The claimed figures by section, in the order of reading; of the installments each is a group of its own. */
export function figuresOf(checks: readonly StatementCheck[], isOnlyDiffering: boolean): { readonly groups: readonly FigureGroup[]; readonly rows: readonly RowGroup[] } {
  const shown = isOnlyDiffering ? checks.filter(({ agrees }) => !agrees) : checks;
  const groups = ORDER
    .map((section) => ({ section, checks: shown.filter((check) => check.section === section) }))
    .filter((group) => group.checks.length > 0);
  const rows = new Map<number, StatementCheck[]>();
  for (const check of shown) {
    if (check.section !== 'installment') continue;
    const number = check.installment ?? 0;
    rows.set(number, [...(rows.get(number) ?? []), check]);
  }
  return {
    groups,
    rows: [...rows].map(([number, each]) => ({ number, checks: each, differing: each.filter(({ agrees }) => !agrees).length })),
  };
}

/** The id of the element that shows a path. */
export const idOf = (path: string): string => `at-${path.replace(/[^A-Za-z0-9]+/g, '-')}`;

/** The id of the element where a problem is to be seen, or null when the page has none for it. */
export function placeOf({ path }: StatementProblem, report: StatementReport): string | null {
  if (report.checks.some((check) => check.path === path)) return idOf(path);
  const index = /^events\[(\d+)\]/.exec(path)?.[1];
  if (index !== undefined) {
    const line = lineOf(report, Number(index));
    return line === null ? null : `line-${line}`;
  }
  if (/^terms\b/.test(path)) return report.terms === null ? null : 'terms';
  if (/^signature\b/.test(path)) return 'key';
  if (/^claimed\b/.test(path)) return report.checks.length === 0 ? null : 'figures';
  return report.head === null || path === '' ? null : 'facts';
}

/** What a problem is about, as people speak of it: an installment, or a thing that happened. */
export function aboutOf({ path }: StatementProblem, report: StatementReport): { readonly number: number } | { readonly line: AccountLine } | null {
  const check = report.checks.find((each) => each.path === path);
  if (check !== undefined) return check.installment === null ? null : { number: check.installment };
  const index = /^events\[(\d+)\]/.exec(path)?.[1];
  const line = index === undefined ? null : lineOf(report, Number(index));
  return line === null ? null : { line: report.lines[line]! };
}

/** The account line that tells of an event, by the event's place in the document. */
function lineOf({ events, lines }: StatementReport, index: number): number | null {
  const event = events?.[index];
  const at = event === undefined ? -1 : lines.findIndex((line) => line.event === event.id);
  return at < 0 ? null : at;
}

/** The account lines whose event is named by a problem. */
export function touchedLines(report: StatementReport): ReadonlySet<number> {
  const touched = new Set<number>();
  for (const { path } of report.problems) {
    const index = /^events\[(\d+)\]/.exec(path)?.[1];
    const line = index === undefined ? null : lineOf(report, Number(index));
    if (line !== null) touched.add(line);
  }
  return touched;
}
