import type { AccountLine, Totals } from '@mingdai/loan-math';
import type { StatementReport } from '@mingdai/statement';
import { useApp } from './app-context.ts';
import { touchedLines } from './figures.ts';
import { day, groupedYuan, signed } from './format.ts';

/** The loan's life in order: what happened, what it moved, where that left it, and why. */
export function AccountView({ report }: { readonly report: StatementReport }) {
  const { words } = useApp();
  const touched = touchedLines(report);
  return (
    <section class="card" id="account" aria-labelledby="account-title">
      <h2 id="account-title">{words.account.title}</h2>
      <p class="hint">{words.account.lead}</p>
      <ol class="account">{report.lines.map((line, index) => <Line key={index} line={line} index={index} isTouched={touched.has(index)} />)}</ol>
    </section>
  );
}

function Line({ line, index, isTouched }: { readonly line: AccountLine; readonly index: number; readonly isTouched: boolean }) {
  const { words, language, said } = useApp();
  const moved = Object.entries(line.moved) as readonly (readonly [keyof Totals, bigint])[];
  return (
    <li id={`line-${index}`} class={`entry entry-${line.kind} ${isTouched ? 'entry-touched' : ''}`}>
      <details>
        <summary>
          <time class="on">{day(line.on, language)}</time>
          <span class="what">{said(line.what)}{isTouched ? <strong class="bad"> {words.account.touched}</strong> : null}</span>
        </summary>
        {line.why.length === 0 ? null : <><h4>{words.account.why}</h4><ul class="why">{line.why.map((reason) => <li key={reason.en}>{said(reason)}</li>)}</ul></>}
      </details>
      <dl class="moved">
        {moved.map(([component, amount]) => <div key={component}><dt>{words.account.component[component]}</dt><dd>{signed(amount)}</dd></div>)}
        <div class="left"><dt>{words.account.outstanding}</dt><dd>{groupedYuan(line.principalOutstanding)}</dd></div>
        <div class="left"><dt>{words.account.due}</dt><dd>{groupedYuan(line.due)}</dd></div>
      </dl>
    </li>
  );
}
