import { useState } from 'preact/hooks';
import type { StatementSignature } from '@mingdai/statement';
import { useApp } from './app-context.ts';
import { inFours } from './format.ts';
import { compareFingerprint } from './keys.ts';

type Props = { readonly signature: StatementSignature; readonly onKnow: (fingerprint: string, isKnown: boolean) => void };

/** Who signed: the key's fingerprint, and the way to find out whose it is. */
export function KeyView({ signature: { fingerprint, isValid, isTrusted }, onKnow }: Props) {
  const { words } = useApp();
  return (
    <section class="card" id="key" aria-labelledby="key-title">
      <h2 id="key-title">{words.key.title}</h2>
      <p class={isValid ? 'good' : 'bad'}>{fingerprint === null ? words.key.unread : isValid ? words.key.valid : words.key.invalid}</p>
      {fingerprint === null ? null : (
        <>
          <p class="hint">{words.key.fingerprint}</p>
          <p class="print-of-key"><code>{inFours(fingerprint)}</code></p>
          {isTrusted ? (
            <p class="good" role="status">{words.key.trusted} <button type="button" class="plain" onClick={() => onKnow(fingerprint, false)}>{words.key.forget}</button></p>
          ) : <Compare fingerprint={fingerprint} onSame={() => onKnow(fingerprint, true)} />}
        </>
      )}
    </section>
  );
}

function Compare({ fingerprint, onSame }: { readonly fingerprint: string; readonly onSame: () => void }) {
  const { words } = useApp();
  const [pasted, setPasted] = useState('');
  const [found, setFound] = useState<ReturnType<typeof compareFingerprint> | null>(null);
  const compare = (): void => {
    const answer = compareFingerprint(pasted, fingerprint);
    setFound(answer);
    if (answer === 'same') onSame();
  };
  return (
    <form class="compare" onSubmit={(event) => { event.preventDefault(); compare(); }}>
      <p class="hint" id="compare-hint">{words.key.compare}</p>
      <label for="fingerprint">{words.key.field}</label>
      <div class="line">
        <input
          id="fingerprint" type="text" spellcheck={false} autocomplete="off" autocapitalize="none" value={pasted} aria-describedby="compare-hint compare-answer" aria-invalid={found === 'other' || found === 'no_fingerprint'}
          onInput={(event) => { setPasted(event.currentTarget.value); setFound(null); }}
        />
        <button type="submit" class="quiet">{words.key.go}</button>
      </div>
      <p id="compare-answer" role="alert" class={found === 'same' ? 'good' : 'bad'}>{found === null ? '' : found === 'same' ? words.key.same : found === 'other' ? words.key.other : words.key.none}</p>
    </form>
  );
}
