import { useEffect, useRef, useState } from 'preact/hooks';
import type { SheetOpeningReply } from '@mingdai/contract';
import { useApp } from '../app-context.ts';
import { Button } from '../kit/controls.tsx';
import { TroubleNotice } from '../kit/notices.tsx';
import { ScheduleTable } from '../kit/schedule-table.tsx';
import { useAction } from '../kit/use-action.ts';

type Props = { readonly applicationId: string; readonly opened: SheetOpeningReply; readonly onClose: () => void; readonly onConfirmed: () => void };

/**
 * The all-in cost sheet (个人贷款综合融资成本明示表) in a window over the page, in the server's own words. It can be confirmed only
 * after the reading time the server set (RATE-005); a reload opens it anew, and the server counts for itself.
 */
export function CostSheetDialog({ applicationId, opened, onClose, onConfirmed }: Props) {
  const { api, words, language } = useApp();
  const window_ = useRef<HTMLDialogElement>(null);
  const left = useCountdown(opened.minimum_reading_seconds);
  const confirm = useAction(() => api.confirmSheet(applicationId, opened.sheet_hash), onConfirmed);
  const { sheet } = opened;
  const said = sheet.words[language];
  useEffect(() => { if (window_.current?.open === false) window_.current.showModal(); }, []);

  return (
    <dialog ref={window_} class="sheet" aria-labelledby="sheet-title" onClose={onClose} onCancel={onClose}>
      <div class="sheet-body" tabIndex={0}>
        <h2 id="sheet-title">{said.title}</h2>
        <ul class="sheet-elements">{said.elements.map((line) => <li key={line}>{line}</li>)}</ul>
        <ul class="sheet-lines">{said.lines.map((line) => <li key={line}>{line}</li>)}</ul>
        <h3>{words.sign.schedule}</h3>
        <ScheduleTable rows={sheet.schedule.rows.map((row) => ({ number: row.number, dueOn: row.due_on, principal: BigInt(row.principal_fen), interest: BigInt(row.interest_fen), total: BigInt(row.total_fen) }))} />
        <p class="hint">{words.sign.sheet(opened.version, opened.sheet_hash.slice(0, 16))} · {sheet.rules.join(' ')}</p>
      </div>
      <div class="sheet-foot">
        {left > 0 ? <p class="hint" role="timer">{words.sign.reading(left)}</p> : null}
        <p class="hint" role="status">{left > 0 ? '' : words.sign.readyToConfirm}</p>
        <TroubleNotice trouble={confirm.trouble} onRetry={confirm.run} />
        <div class="sheet-buttons">
          <button type="button" class="main" disabled={left > 0} aria-busy={confirm.isPending} onClick={confirm.run}>{confirm.isPending ? words.working : words.sign.confirm}</button>
          <Button kind="quiet" onClick={onClose}>{words.close}</Button>
        </div>
      </div>
    </dialog>
  );
}

/** Whole seconds left, counted while the page is open. */
function useCountdown(seconds: number): number {
  const [left, setLeft] = useState(seconds);
  useEffect(() => {
    const timer = setInterval(() => setLeft((now) => Math.max(0, now - 1)), 1_000);
    return () => clearInterval(timer);
  }, []);
  return left;
}
