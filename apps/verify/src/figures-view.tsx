import { useRef } from 'preact/hooks';
import type { StatementCheck, StatementReport } from '@mingdai/statement';
import { useApp } from './app-context.ts';
import { figuresOf, idOf, type RowGroup } from './figures.ts';
import { day, figure, groupedYuan } from './format.ts';
import { Mark } from './marks.tsx';

type Props = { readonly report: StatementReport; readonly isOnlyDiffering: boolean; readonly onOnlyDiffering: (is: boolean) => void };

/** Every claimed figure beside the one computed anew. */
export function FiguresView({ report, isOnlyDiffering, onOnlyDiffering }: Props) {
  const { words } = useApp();
  const rowsPlace = useRef<HTMLDivElement>(null);
  const { groups, rows } = figuresOf(report.checks, isOnlyDiffering);
  const firstDiffering = rows.find(({ differing }) => differing > 0);
  const openAll = (isOpen: boolean): void => rowsPlace.current?.querySelectorAll('details').forEach((each) => { each.open = isOpen; });
  return (
    <section class="card" id="figures" aria-labelledby="figures-title">
      <h2 id="figures-title">{words.figures.title}</h2>
      {report.checks.length === 0 ? <p class="hint">{words.figures.none}</p> : (
        <>
          <p class="hint">{words.figures.lead}</p>
          <label class="tick"><input type="checkbox" checked={isOnlyDiffering} onChange={(event) => onOnlyDiffering(event.currentTarget.checked)} />{words.figures.onlyDiffering}</label>
        </>
      )}
      {isOnlyDiffering && groups.length === 0 && rows.length === 0 ? <p class="good" role="status">{words.figures.noneDiffering}</p> : null}
      {groups.map(({ section, checks }) => <Checks key={section} title={words.figures.sections[section]} checks={checks} />)}
      {rows.length === 0 ? null : (
        <>
          <div class="head-line">
            <h3>{words.figures.sections.installment}</h3>
            <button type="button" class="plain" onClick={() => openAll(true)}>{words.figures.openAll}</button>
            <button type="button" class="plain" onClick={() => openAll(false)}>{words.figures.closeAll}</button>
          </div>
          <div class="rows" ref={rowsPlace}>{rows.map((row) => <Row key={`${row.number} ${isOnlyDiffering}`} row={row} report={report} isOpen={isOnlyDiffering || row === firstDiffering} />)}</div>
        </>
      )}
    </section>
  );
}

function Row({ row, report, isOpen }: { readonly row: RowGroup; readonly report: StatementReport; readonly isOpen: boolean }) {
  const { words, language } = useApp();
  const computed = report.position?.installments.find(({ number }) => number === row.number);
  const sign = row.differing === 0 ? 'agrees' : 'disagrees';
  return (
    <details class="fold" open={isOpen}>
      <summary>
        <Mark sign={sign} small />
        <span class="name">{words.figures.installment(row.number)}{computed === undefined ? null : <small>{day(computed.dueOn, language)} · {words.values[computed.status]}</small>}</span>
        {computed === undefined ? null : <span class="amount">{groupedYuan(computed.principal + computed.interest + computed.penalty + computed.fee)}</span>}
        <span class="state">{row.differing === 0 ? words.figures.agreeing(String(row.checks.length)) : words.figures.differing(String(row.differing))}</span>
      </summary>
      <Checks title={words.figures.installment(row.number)} checks={row.checks} isInside />
    </details>
  );
}

function Checks({ title, checks, isInside = false }: { readonly title: string; readonly checks: readonly StatementCheck[]; readonly isInside?: boolean }) {
  const { words, said } = useApp();
  const shown = (text: string): string => words.values[text] ?? figure(text, words.units);
  return (
    <div class="wide" role="region" tabIndex={0} aria-label={title}>
      <table class="checks">
        {isInside ? null : <caption>{title}</caption>}
        <thead><tr><th scope="col">{words.figures.name}</th><th scope="col">{words.claimed}</th><th scope="col">{words.recomputed}</th><th scope="col"><span class="unseen">{words.agreesMark}</span></th></tr></thead>
        <tbody>
          {checks.map((check) => (
            <tr key={check.path} id={idOf(check.path)} class={check.agrees ? '' : 'differs'}>
              <th scope="row">{said(check.label)}</th>
              <td>{shown(check.claimed)}</td>
              <td>{shown(check.recomputed)}</td>
              <td><Mark sign={check.agrees ? 'agrees' : 'disagrees'} small /><span class="unseen">{check.agrees ? words.agreesMark : words.differsMark}</span></td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
