import type { StatementProblem, StatementReport } from '@mingdai/statement';
import { useApp } from './app-context.ts';
import { aboutOf, placeOf } from './figures.ts';
import { day, figure } from './format.ts';
import { Mark } from './marks.tsx';

type Props = { readonly name: string; readonly report: StatementReport; readonly onGo: (id: string) => void };

/** The verdict in plain words, and the first thing wrong with what it should be. */
export function VerdictView({ name, report, onGo }: Props) {
  const { words, language } = useApp();
  const { verdict, problems, checks, head } = report;
  const [first, ...others] = problems;
  const count = String(checks.length);
  const text = {
    agrees: words.verdictText.agrees(count), agrees_key_unknown: words.verdictText.agrees_key_unknown(count),
    disagrees: words.verdictText.disagrees(String(problems.length)), unreadable: words.verdictText.unreadable,
  }[verdict];
  return (
    <section class={`verdict verdict-${verdict}`} aria-labelledby="verdict">
      <Mark sign={verdict} />
      <div>
        <p class="file">{name}{head === null ? null : <> · {head.loan.lender} · {words.facts.asOf} {day(head.asOf, language)}</>}</p>
        <h1 id="verdict" tabIndex={-1}>{words.verdicts[verdict]}</h1>
        <p role="status">{text}</p>
        {verdict === 'disagrees' && checks.length > 0 ? <p class="told">{words.figuresTold(String(checks.filter(({ agrees }) => agrees).length), count)}</p> : null}
      </div>
      {first === undefined ? null : (
        <div class="first">
          <h2>{verdict === 'unreadable' ? words.firstUnreadable : words.firstProblem}</h2>
          <Problem problem={first} report={report} onGo={onGo} />
          {isInput(first) && others.some(({ recomputed }) => recomputed !== undefined) ? <p class="hint">{words.followsFrom}</p> : null}
        </div>
      )}
      {others.length === 0 ? null : (
        <details class="others">
          <summary>{words.allProblems(String(problems.length))}</summary>
          <ol>{problems.slice(0, MOST_SHOWN).map((problem) => <li key={problem.path}><Problem problem={problem} report={report} onGo={onGo} /></li>)}</ol>
          {problems.length > MOST_SHOWN ? <p class="hint">… {problems.length - MOST_SHOWN}</p> : null}
        </details>
      )}
    </section>
  );
}

/** What everything is computed from: where that was touched, figures differ because of it. */
const isInput = ({ path }: StatementProblem): boolean => /^(events|terms)\b/.test(path);

/** Longer lists help nobody: who changed everything changed the first ones too. */
const MOST_SHOWN = 200;

function Problem({ problem, report, onGo }: { readonly problem: StatementProblem; readonly report: StatementReport; readonly onGo: (id: string) => void }) {
  const { words, language, said } = useApp();
  const place = placeOf(problem, report);
  const told = aboutOf(problem, report);
  const about = told === null ? null : 'number' in told ? words.figures.installment(told.number) : `${day(told.line.on, language)} · ${said(told.line.what)}`;
  const shown = (value: string): string => words.values[value] ?? figure(value, words.units);
  return (
    <>
      {about === null ? null : <p class="about">{about}</p>}
      <p class="what">{said(problem.what)}</p>
      {problem.recomputed === undefined ? null : (
        <dl class="against">
          <div class="wrong"><dt>{words.claimed}</dt><dd>{shown(problem.claimed ?? '—')}</dd></div>
          <div><dt>{words.recomputed}</dt><dd>{shown(problem.recomputed)}</dd></div>
        </dl>
      )}
      <p class="where">
        <span>{words.place}</span> <code>{problem.path === '' ? words.whole : problem.path}</code>
        {place === null ? null : <button type="button" class="plain" onClick={() => onGo(place)}>{words.jump}</button>}
      </p>
    </>
  );
}
