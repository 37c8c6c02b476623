import { useEffect, useRef } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import type { Route } from './route.ts';
import type { Messages } from './words/zh.ts';

type Props = {
  readonly words: Messages;
  readonly route: Route;
  readonly onLanguage: () => void;
  readonly session: { readonly signOut: () => void } | null;
  readonly children: ComponentChildren;
};

/** Header, navigation, language, and the place where a screen stands. Moving to another screen moves the focus to its heading. */
export function Frame({ words, route, onLanguage, session, children }: Props) {
  const isFirst = useRef(true);
  const place = 'id' in route ? `${route.at}/${route.id}` : route.at;
  useEffect(() => {
    if (isFirst.current) { isFirst.current = false; return; }
    window.scrollTo(0, 0);
    document.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
  }, [place]);
  const isLoans = route.at === 'loans' || route.at === 'loan';
  return (
    <>
      <a class="skip" href="#main" onClick={(event) => { event.preventDefault(); document.getElementById('main')?.focus(); }}>{words.skip}</a>
      <header class="top">
        <a class="brand" href="#/">{words.brand}</a>
        <nav aria-label={words.nav.label}>
          <a href="#/" {...(isLoans ? {} : { 'aria-current': 'page' as const })}>{words.nav.borrow}</a>
          <a href="#/loans" {...(isLoans ? { 'aria-current': 'page' as const } : {})}>{words.nav.loans}</a>
        </nav>
        <button type="button" class="language" onClick={onLanguage}>{words.otherLanguage}</button>
      </header>
      <main id="main" tabIndex={-1}>{children}</main>
      <footer class="foot">{session === null ? null : <button type="button" class="quiet" onClick={session.signOut}>{words.signIn.out}</button>}</footer>
    </>
  );
}
