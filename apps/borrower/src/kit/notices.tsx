import type { ComponentChildren } from 'preact';
import { useApp } from '../app-context.ts';
import type { Problem } from '../api/http.ts';
import type { Trouble } from './use-action.ts';
import type { Loaded } from './use-load.ts';

/** Says what went wrong, in the borrower's words, with the way on. */
export function TroubleNotice({ trouble, onRetry }: { readonly trouble: Trouble | null; readonly onRetry?: () => void }) {
  const { words } = useApp();
  if (trouble === null) return null;
  return (
    <div class="notice notice-bad" role="alert">
      <p>{troubleText(trouble, words)}</p>
      {onRetry === undefined || trouble.kind === 'refused' ? null : <button type="button" class="quiet" onClick={onRetry}>{words.retry}</button>}
    </div>
  );
}

function troubleText(trouble: Trouble, words: ReturnType<typeof useApp>['words']): string {
  switch (trouble.kind) {
    case 'offline':
      return words.trouble.offline;
    case 'unknown':
      return `${words.trouble.unknown}${trouble.requestId === null ? '' : ` ${words.trouble.request(trouble.requestId)}`}`;
    case 'refused':
      return refusalText(trouble.problem, words.refusals, words.trouble.wrong);
  }
}

export const refusalText = (problem: Problem, refusals: Readonly<Record<string, string>>, otherwise: string): string =>
  refusals[problem.code] ?? `${otherwise}: ${problem.title} (${problem.code})`;

export const Note = ({ children }: { readonly children: ComponentChildren }) => <p class="note">{children}</p>;

/** Nobody is signed in: says so, with the way in. */
export function SignInFirst() {
  const { words, askToSignIn } = useApp();
  return (
    <div class="notice">
      <p>{words.signIn.needed}</p>
      <button type="button" class="main" onClick={() => askToSignIn('needed')}>{words.signIn.submit}</button>
    </div>
  );
}

/** What is loaded, or the ways of not having it. */
export function Shown<T>({ state, onRetry, children }: { readonly state: Loaded<T>; readonly onRetry: () => void; readonly children: (value: T) => ComponentChildren }) {
  const { words } = useApp();
  switch (state.kind) {
    case 'loading':
      return (
        <div class="skeleton" role="status">
          <span class="unseen">{words.loading}</span>
          <i /><i /><i />
        </div>
      );
    case 'signed_out':
      return <SignInFirst />;
    case 'trouble':
      return <TroubleNotice trouble={state.trouble} onRetry={onRetry} />;
    case 'shown':
      return <>{children(state.value)}</>;
  }
}
