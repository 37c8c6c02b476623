import { useEffect, useState } from 'preact/hooks';
import type { StatementReport } from '@mingdai/statement';
import { AccountView } from './account-view.tsx';
import { useApp } from './app-context.ts';
import { CostView, FactsView, TermsView } from './contract-view.tsx';
import { FiguresView } from './figures-view.tsx';
import { KeyView } from './key-view.tsx';
import { VerdictView } from './verdict-view.tsx';

type Props = { readonly name: string; readonly report: StatementReport; readonly onKnow: (fingerprint: string, isKnown: boolean) => void };

/** All that was found about one statement, the verdict first. */
export function ReportView({ name, report, onKnow }: Props) {
  const { words } = useApp();
  const [isOnlyDiffering, setOnlyDiffering] = useState(false);
  useOpenForPrint();
  const { signature } = report;
  const goTo = (id: string): void => {
    setOnlyDiffering(false);
    setTimeout(() => bringUp(id));
  };
  return (
    <>
      <VerdictView name={name} report={report} onGo={goTo} />
      <div class="columns">
        <div class="beside">
          {signature.fingerprint === null && report.head === null ? null : <KeyView key={signature.fingerprint} signature={signature} onKnow={onKnow} />}
          {report.head === null ? null : <FactsView head={report.head} problems={report.problems} />}
          {report.terms === null ? null : <TermsView terms={report.terms} isTouched={report.problems.some(({ path }) => path.startsWith('terms'))} />}
          {report.terms === null || report.events === null || report.checks.length === 0 ? null : <CostView terms={report.terms} events={report.events} />}
        </div>
        <div class="middle">
          {report.head === null ? null : <FiguresView report={report} isOnlyDiffering={isOnlyDiffering} onOnlyDiffering={setOnlyDiffering} />}
          {report.lines.length === 0 ? null : <AccountView report={report} />}
          {report.head === null ? null : <p class="print"><button type="button" class="quiet" onClick={() => window.print()}>{words.print}</button></p>}
        </div>
      </div>
    </>
  );
}

/** Opens what holds an element, and puts it under the reader's eyes and keys. */
function bringUp(id: string): void {
  const place = document.getElementById(id);
  if (place === null) return;
  for (let around: Element | null = place; around !== null; around = around.parentElement) if (around instanceof HTMLDetailsElement) around.open = true;
  place.querySelector('details')?.setAttribute('open', '');
  place.setAttribute('tabindex', '-1');
  place.scrollIntoView({ block: 'center' });
  place.focus({ preventScroll: true });
}

/** On paper everything is open. */
function useOpenForPrint(): void {
  useEffect(() => {
    let opened: HTMLDetailsElement[] = [];
    const before = () => {
      opened = [...document.querySelectorAll<HTMLDetailsElement>('.columns details:not([open]), .verdict details:not([open])')];
      for (const each of opened) each.open = true;
    };
    const after = () => { for (const each of opened) each.open = false; };
    window.addEventListener('beforeprint', before);
    window.addEventListener('afterprint', after);
    return () => {
      window.removeEventListener('beforeprint', before);
      window.removeEventListener('afterprint', after);
    };
  }, []);
}
