import { useMemo } from 'preact/hooks';
import type { LoanEvent, LoanTerms } from '@mingdai/loan-math';
import type { StatementHead, StatementProblem } from '@mingdai/statement';
import { useApp } from './app-context.ts';
import { contractCost } from './cost.ts';
import { costPercent, day, minute, percent } from './format.ts';
import { termsInWords } from './terms-words.ts';

/** What the statement says of itself: for whom, which day, known how far. Where one was changed after signing, it says so. */
export function FactsView({ head, problems }: { readonly head: StatementHead; readonly problems: readonly StatementProblem[] }) {
  const { words, language } = useApp();
  const { facts } = words;
  const { loan } = head;
  const rows: readonly (readonly [name: string, says: string, path: string])[] = [
    [facts.lender, loan.lender, 'loan.lender'],
    [facts.asOf, day(head.asOf, language), 'as_of'],
    [facts.issuedAt, `${minute(head.issuedAt)} (${facts.beijing})`, 'issued_at'],
    [facts.knownThrough, facts.knownThroughIs(String(head.knownThrough)), 'known_through'],
    [facts.supersedes, head.supersedes === null ? facts.supersedesNone : facts.supersedesIs(head.supersedes), 'supersedes'],
    [facts.arithmetic, facts.arithmeticIs(head.arithmetic), 'arithmetic'],
    [facts.loan, loan.id, 'loan.id'],
    [facts.contract, loan.contractId, 'loan.contract_id'],
    [facts.product, `${loan.productCode} · ${loan.productVersion}`, 'loan.product'],
    [facts.signedAt, `${minute(loan.signedAt)} (${facts.beijing})`, 'loan.signed_at'],
    [facts.funders, loan.funders.map(({ funder, sharePpm }) => `${funder} ${percent(sharePpm)}`).join(' · '), 'loan.shares'],
    [facts.id, head.id, 'id'],
    [facts.sheet, loan.sheetHash, 'loan.sheet_hash'],
  ];
  return (
    <section class="card" id="facts" aria-labelledby="facts-title">
      <h2 id="facts-title">{facts.title}</h2>
      <dl class="pairs">
        {rows.map(([name, says, path]) => (
          <div key={path}><dt>{name}</dt><dd>{says}{problems.some((problem) => problem.path.startsWith(path)) ? <strong class="bad"> {facts.touched}</strong> : null}</dd></div>
        ))}
      </dl>
    </section>
  );
}

export function TermsView({ terms, isTouched }: { readonly terms: LoanTerms; readonly isTouched: boolean }) {
  const { words, said } = useApp();
  return (
    <section class="card" id="terms" aria-labelledby="terms-title">
      <h2 id="terms-title">{words.terms.title}{isTouched ? <strong class="bad"> {words.facts.touched}</strong> : null}</h2>
      <p class="hint">{words.terms.lead}</p>
      <dl class="pairs">{termsInWords(terms).map(({ name, says }) => <div key={name.en}><dt>{said(name)}</dt><dd>{said(says)}</dd></div>)}</dl>
    </section>
  );
}

const MEASURES = ['irrTimes12', 'dated', 'effective', 'effectiveDated', 'simple'] as const;

export function CostView({ terms, events }: { readonly terms: LoanTerms; readonly events: readonly LoanEvent[] }) {
  const { words } = useApp();
  const cost = useMemo(() => contractCost(terms, events), [terms, events]);
  return (
    <section class="card" aria-labelledby="cost-title">
      <h2 id="cost-title">{words.cost.title}</h2>
      <p class="hint">{cost === null ? words.cost.none : words.cost.lead}</p>
      {cost === null ? null : (
        <table class="cost">
          <thead><tr><th scope="col">{words.cost.measure}</th><th scope="col">{words.cost.rate}</th></tr></thead>
          <tbody>{MEASURES.map((measure) => <tr key={measure}><th scope="row">{words.cost[measure]}</th><td>{costPercent(cost[`${measure}Ppm`])}</td></tr>)}</tbody>
        </table>
      )}
    </section>
  );
}
