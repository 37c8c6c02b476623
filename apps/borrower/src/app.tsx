import { useEffect, useMemo, useState } from 'preact/hooks';
import type { SessionReply } from '@mingdai/contract';
import { createHttp } from './api/http.ts';
import { createIntents } from './api/intent.ts';
import { createMingdai } from './api/mingdai.ts';
import { AppProvider, type App as AppValue, type Shelf } from './app-context.ts';
import { ApplicationPage } from './features/application.tsx';
import { ApplyPage, type Person } from './features/apply.tsx';
import { ChoosePage } from './features/choose.tsx';
import { LoanPage } from './features/loan.tsx';
import { LoansPage, OpenApplications } from './features/loans.tsx';
import { SignInDialog } from './features/sign-in.tsx';
import type { Language } from './format.ts';
import { firstWish, type Wish } from './live-quote.ts';
import { routeOf, type Route } from './route.ts';
import { createStore } from './session-store.ts';
import { loadShelf, type ShelfState } from './shelf.ts';
import { Frame } from './frame.tsx';
import { wordsIn } from './words/words.ts';

const store = createStore(window.sessionStorage);
const intents = createIntents(() => crypto.randomUUID?.() ?? `${Date.now()}-${performance.now()}`);
const api = createMingdai(createHttp('', (input, init) => window.fetch(input, init)), intents, () => store.session());
const NOBODY: Person = { name: '', idNumber: '', phone: '', isStudent: null };

/** The page: language, session, what is on sale, and the screen for the address. */
export function App() {
  const [language, setLanguage] = useState<Language>(store.language() ?? (navigator.language.startsWith('en') ? 'en' : 'zh'));
  const [route, setRoute] = useState<Route>(routeOf(location.hash));
  const [shelf, setShelf] = useState<ShelfState>({ kind: 'loading' });
  const [turn, setTurn] = useState(0);
  const words = wordsIn(language);

  useEffect(() => void loadShelf(api).then(setShelf), [turn]);
  useEffect(() => {
    const moved = () => setRoute(routeOf(location.hash));
    window.addEventListener('hashchange', moved);
    return () => window.removeEventListener('hashchange', moved);
  }, []);
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
    document.title = words.documentTitle;
    store.keepLanguage(language);
  }, [language]);

  const frame = { words, route, onLanguage: () => setLanguage(language === 'zh' ? 'en' : 'zh') };
  if (shelf.kind === 'shown') return <Ready shelf={shelf.value} language={language} route={route} frame={frame} />;
  return (
    <Frame {...frame} session={null}>
      {shelf.kind === 'loading' ? <div class="skeleton" role="status"><span class="unseen">{words.loading}</span><i /><i /><i /></div> : (
        <div class="notice notice-bad" role="alert">
          <p>{shelf.kind === 'empty' ? words.choose.empty : shelf.kind === 'offline' ? words.trouble.offline : words.trouble.unknown}</p>
          <button type="button" class="quiet" onClick={() => setTurn(turn + 1)}>{words.retry}</button>
        </div>
      )}
    </Frame>
  );
}

type ReadyProps = { readonly shelf: Shelf; readonly language: Language; readonly route: Route; readonly frame: Omit<Parameters<typeof Frame>[0], 'session' | 'children'> };

function Ready({ shelf, language, route, frame }: ReadyProps) {
  const [wish, setWish] = useState<Wish>(() => fitting(store.wish(), shelf) ?? firstWish(shelf.product));
  const [person, setPerson] = useState<Person>(NOBODY);
  const [isSignedIn, setSignedIn] = useState(store.session() !== null);
  const [asking, setAsking] = useState<'ended' | 'needed' | null>(null);
  const words = wordsIn(language);

  const signedIn = (session: SessionReply) => {
    store.keepSession({ token: session.token, customerId: session.customer_id });
    setAsking(null);
    setSignedIn(true);
  };
  const signOut = () => { store.keepSession(null); setSignedIn(false); setPerson(NOBODY); location.hash = '#/'; };
  useSignInByAddress(signedIn);

  const app = useMemo<AppValue>(() => ({
    api, language, words, shelf, wish, isSignedIn,
    setWish: (next) => { store.keepWish(next); setWish(next); },
    askToSignIn: (why) => { if (why === 'ended') { store.keepSession(null); setSignedIn(false); } setAsking(why); },
    go: (to) => { location.hash = `#/${to}`; },
  }), [language, shelf, wish, isSignedIn]);

  return (
    <AppProvider value={app}>
      <Frame {...frame} session={isSignedIn ? { signOut } : null}>
        {route.at === 'choose' ? <OpenApplications /> : null}
        <Screen route={route} person={person} setPerson={setPerson} />
      </Frame>
      {asking === null ? null : <SignInDialog why={asking} api={api} words={words} onSignedIn={signedIn} onClose={() => setAsking(null)} />}
    </AppProvider>
  );
}

function Screen({ route, person, setPerson }: { readonly route: Route; readonly person: Person; readonly setPerson: (person: Person) => void }) {
  switch (route.at) {
    case 'choose':
      return <ChoosePage />;
    case 'apply':
      return <ApplyPage person={person} setPerson={setPerson} />;
    case 'application':
      return <ApplicationPage key={route.id} id={route.id} hasAccepted={route.hasAccepted} />;
    case 'loans':
      return <LoansPage />;
    case 'loan':
      return <LoanPage key={route.id} id={route.id} />;
  }
}

/** A kept wish, if what is on sale today still allows it. */
function fitting(wish: Wish | null, { product }: Shelf): Wish | null {
  const offering = product.offerings.find(({ method }) => method === wish?.method);
  return wish !== null && offering?.months.includes(wish.months) === true ? wish : null;
}

/** `?code=…`: how WeChat hands the page a sign-in code. Used once, then taken out of the address. */
function useSignInByAddress(onSignedIn: (session: SessionReply) => void): void {
  useEffect(() => {
    const code = new URLSearchParams(location.search).get('code');
    if (code === null || store.session() !== null) return;
    history.replaceState(null, '', `${location.pathname}${location.hash}`);
    void api.signIn(code).then((reply) => { if (reply.kind === 'done') onSignedIn(reply.value); });
  }, []);
}
