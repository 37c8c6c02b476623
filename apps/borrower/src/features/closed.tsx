import type { ApplicationReply } from '@mingdai/contract';
import { useApp } from '../app-context.ts';
import { Button } from '../kit/controls.tsx';
import { Note } from '../kit/notices.tsx';

/** How an application ended. A no names each reason, what was seen, and what was asked. */
export function ClosedPage({ application }: { readonly application: ApplicationReply }) {
  const { words, language, go } = useApp();
  const reasons = application.close_reason === 'declined' || application.close_reason === 'referred' ? (application.decision?.reasons ?? []) : [];
  return (
    <>
      <h1 tabIndex={-1}>{words.closed.title}</h1>
      <div class="notice"><p>{words.closed.reasons[application.close_reason ?? ''] ?? application.close_reason}</p></div>
      {reasons.length === 0 ? null : (
        <section class="card">
          <h2>{words.closed.because}</h2>
          <ul>
            {reasons.map((reason) => (
              <li key={`${reason.code}/${reason.name}`}>{reason.sentence[language]}</li>
            ))}
          </ul>
          <Note>{words.closed.help}</Note>
        </section>
      )}
      <div class="actions"><Button kind="quiet" onClick={() => go('')}>{words.closed.again}</Button></div>
    </>
  );
}
