import { useEffect, useRef, useState } from 'preact/hooks';
import type { SessionReply } from '@mingdai/contract';
import type { Mingdai } from '../api/mingdai.ts';
import type { Reply } from '../api/http.ts';
import { Button, Field } from '../kit/controls.tsx';
import { TroubleNotice } from '../kit/notices.tsx';
import type { Trouble } from '../kit/use-action.ts';
import type { Messages } from '../words/zh.ts';

type Props = { readonly why: 'ended' | 'needed'; readonly api: Mingdai; readonly words: Messages; readonly onSignedIn: (session: SessionReply) => void; readonly onClose: () => void };

/** Signing in, in a window over the screen: nothing under it is lost. Inside WeChat the code comes with the address. */
export function SignInDialog({ why, api, words, onSignedIn, onClose }: Props) {
  const window_ = useRef<HTMLDialogElement>(null);
  const [code, setCode] = useState('');
  const [isMissing, setMissing] = useState(false);
  const [isPending, setPending] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  useEffect(() => { if (window_.current?.open === false) window_.current.showModal(); }, []);

  const submit = (event: Event) => {
    event.preventDefault();
    setMissing(code.trim() === '');
    if (code.trim() === '' || isPending) return;
    setPending(true);
    setTrouble(null);
    void api.signIn(code.trim()).then((reply: Reply<SessionReply>) => {
      setPending(false);
      if (reply.kind === 'done') onSignedIn(reply.value);
      else setTrouble(reply.kind === 'signed_out' ? { kind: 'unknown', requestId: null } : reply);
    });
  };

  return (
    <dialog ref={window_} class="sheet sign-in" aria-labelledby="sign-in-title" onClose={onClose}>
      <form class="sheet-body" onSubmit={submit} noValidate>
        <h2 id="sign-in-title">{words.signIn.title}</h2>
        {why === 'ended' ? <p class="notice">{words.signIn.ended}</p> : null}
        <Field name="wechat-code" label={words.signIn.code} value={code} hint={words.signIn.hint} error={isMissing ? words.signIn.missing : undefined} onInput={setCode} />
        <TroubleNotice trouble={trouble} />
        <div class="sheet-buttons">
          <Button type="submit" isPending={isPending}>{words.signIn.submit}</Button>
          <Button kind="quiet" onClick={onClose}>{words.close}</Button>
        </div>
      </form>
    </dialog>
  );
}
