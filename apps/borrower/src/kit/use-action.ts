import { useRef, useState } from 'preact/hooks';
import type { Reply } from '../api/http.ts';
import { useApp } from '../app-context.ts';

/** A no, or no answer: what a screen has to say about it. */
export type Trouble = Exclude<Reply<never>, { kind: 'done' | 'signed_out' }>;

export type Action<A extends readonly unknown[]> = {
  readonly isPending: boolean;
  readonly trouble: Trouble | null;
  run(...args: A): void;
};

/**
 * Something a button does. A second tap while the first is under way does nothing; a session that ended asks to sign in
 * over the screen and leaves everything as it is, to be tapped again.
 */
export function useAction<A extends readonly unknown[], T>(act: (...args: A) => Promise<Reply<T>>, onDone: (value: T) => void): Action<A> {
  const app = useApp();
  const isUnderWay = useRef(false);
  const [isPending, setPending] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);

  const run = (...args: A): void => {
    if (isUnderWay.current) return;
    isUnderWay.current = true;
    setPending(true);
    setTrouble(null);
    void act(...args).then((reply) => {
      isUnderWay.current = false;
      setPending(false);
      if (reply.kind === 'done') onDone(reply.value);
      else if (reply.kind === 'signed_out') app.askToSignIn('ended');
      else setTrouble(reply);
    });
  };
  return { isPending, trouble, run };
}
