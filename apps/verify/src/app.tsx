import { useEffect, useMemo, useState } from 'preact/hooks';
import { verifyStatement } from '@mingdai/statement';
import { AppProvider, useApp as useMessages, type App as AppValue } from './app-context.ts';
import { DropZone } from './drop-zone.tsx';
import { exampleStatement } from './example.ts';
import type { Language } from './format.ts';
import { takeIn, textIn, type Intake } from './intake.ts';
import { createKeys } from './keys.ts';
import { RefusedView } from './refused.tsx';
import { ReportView } from './report-view.tsx';
import { FileList } from './file-list.tsx';
import { wordsIn } from './words/words.ts';

const keys = createKeys(() => window.localStorage);

type Desk =
  | { readonly kind: 'empty' }
  | { readonly kind: 'reading'; readonly name: string }
  | { readonly kind: 'checked'; readonly taken: readonly Intake[]; readonly shown: number; readonly turn: number };

/** The page: nothing yet, reading, or what was found; always one file shown of those that were put in last. */
export function App() {
  const [language, setLanguage] = useState<Language>(/^zh\b/i.test(navigator.language) ? 'zh' : 'en');
  const [desk, setDesk] = useState<Desk>({ kind: 'empty' });
  const [known, setKnown] = useState(keys.known());
  const words = wordsIn(language);
  const app: AppValue = useMemo(() => ({ words, language, said: (each) => each[language] }), [language]);
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
    document.title = words.title;
  }, [language]);

  const check = async (name: string, taking: () => Promise<readonly Intake[]>): Promise<void> => {
    setDesk({ kind: 'reading', name });
    await aFrame();
    const taken = await taking();
    setDesk((before) => ({ kind: 'checked', taken, shown: 0, turn: before.kind === 'checked' ? before.turn + 1 : Date.now() }));
  };
  const onFiles = (files: readonly File[]): void => {
    if (files.length > 0) void check(files.map(({ name }) => name).join(', '), () => Promise.all(files.map(takeIn)));
  };
  const onText = (name: string, text: string): void => void check(name, async () => [textIn(name, text)]);
  const onExample = (kind: 'good' | 'tampered'): void => onText(`${words.exampleNames[kind]}.json`, exampleStatement(kind));
  const zone = { onFiles, onText: (text: string) => onText(words.pastedName, text), onExample };

  return (
    <AppProvider value={app}>
      <a class="skip" href="#main" onClick={(event) => { event.preventDefault(); document.getElementById('main')?.focus(); }}>{words.skip}</a>
      <header class="top">
        <span class="brand">{words.brand}</span>
        <button type="button" class="language" lang={language === 'zh' ? 'en' : 'zh-CN'} onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh')}>{words.otherLanguage}</button>
      </header>
      <main id="main" tabIndex={-1}>
        <p class="unseen" role="status" aria-live="polite">{desk.kind === 'reading' ? words.reading(desk.name) : ''}</p>
        {desk.kind === 'empty' ? <Empty zone={zone} /> : null}
        {desk.kind === 'reading' ? <p class="waiting"><span class="spin" aria-hidden="true" />{words.reading(desk.name)}</p> : null}
        {desk.kind === 'checked' ? (
          <Checked
            key={desk.turn} desk={desk} known={known} zone={zone} onShow={(shown) => setDesk({ ...desk, shown })} onClose={() => setDesk({ kind: 'empty' })}
            onKnow={(fingerprint, isKnown) => { if (isKnown) keys.learn(fingerprint); else keys.forget(fingerprint); setKnown(keys.known()); }}
          />
        ) : null}
      </main>
      <footer class="foot"><p>{words.privacy}</p></footer>
    </AppProvider>
  );
}

/** Lets the page show that it is reading before the work begins. */
const aFrame = (): Promise<void> => new Promise((resolve) => { requestAnimationFrame(() => setTimeout(resolve)); });

type Zone = { readonly onFiles: (files: readonly File[]) => void; readonly onText: (text: string) => void; readonly onExample: (kind: 'good' | 'tampered') => void };

function Empty({ zone }: { readonly zone: Zone }) {
  const { words } = useMessages();
  return (
    <div class="empty">
      <h1>{words.tagline}</h1>
      <p class="lead">{words.lead}</p>
      <DropZone {...zone} />
      <section class="examples" aria-labelledby="examples">
        <h2 id="examples">{words.examples}</h2>
        <div class="buttons">
          <button type="button" class="quiet" onClick={() => zone.onExample('good')}>{words.exampleGood}</button>
          <button type="button" class="quiet" onClick={() => zone.onExample('tampered')}>{words.exampleTampered}</button>
        </div>
      </section>
      <ul class="promises">{words.promises.map((promise) => <li key={promise}>{promise}</li>)}</ul>
    </div>
  );
}

type CheckedProps = {
  readonly desk: Extract<Desk, { kind: 'checked' }>;
  readonly known: readonly string[];
  readonly zone: Zone;
  readonly onShow: (index: number) => void;
  readonly onClose: () => void;
  readonly onKnow: (fingerprint: string, isKnown: boolean) => void;
};

function Checked({ desk, known, zone, onShow, onClose, onKnow }: CheckedProps) {
  const { words } = useMessages();
  const found = useMemo(
    () => desk.taken.map((each) => (each.kind === 'text' ? { ...each, report: verifyStatement(each.text, { trustedKeyIds: known }) } : each)),
    [desk.taken, known],
  );
  const shown = found[desk.shown];
  useEffect(() => {
    window.scrollTo(0, 0);
    document.getElementById('verdict')?.focus({ preventScroll: true });
  }, [desk.shown]);
  if (shown === undefined) return null;
  return (
    <>
      {found.length > 1 ? <FileList files={found} shown={desk.shown} onShow={onShow} /> : null}
      {shown.kind === 'text' ? <ReportView key={desk.shown} name={shown.name} report={shown.report} onKnow={onKnow} /> : <RefusedView refused={shown} />}
      <section class="again" aria-labelledby="again">
        <h2 id="again">{words.again}</h2>
        <DropZone {...zone} />
        <button type="button" class="plain" onClick={onClose}>{words.close}</button>
      </section>
    </>
  );
}
