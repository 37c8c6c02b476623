import { useEffect, useRef, useState } from 'preact/hooks';
import type { Reply } from '../api/http.ts';
import { useApp } from '../app-context.ts';
import type { Trouble } from './use-action.ts';

export type Loaded<T> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'shown'; readonly value: T }
  | { readonly kind: 'signed_out' }
  | { readonly kind: 'trouble'; readonly trouble: Trouble };

export type Load<T> = { readonly state: Loaded<T>; show(value: T): void; again(): void };

/** What a screen shows of the server, loaded when `of` changes, when asked again, and when somebody signs in. */
export function useLoad<T>(of: string, load: () => Promise<Reply<T>>): Load<T> {
  const app = useApp();
  const [state, setState] = useState<Loaded<T>>({ kind: 'loading' });
  const [turn, setTurn] = useState(0);
  const latest = useRef(0);

  useEffect(() => {
    const mine = ++latest.current;
    void load().then((reply) => {
      if (mine !== latest.current) return;
      if (reply.kind === 'done') setState({ kind: 'shown', value: reply.value });
      else if (reply.kind === 'signed_out') {
        setState({ kind: 'signed_out' });
        app.askToSignIn('ended');
      } else setState({ kind: 'trouble', trouble: reply });
    });
    return () => void (latest.current += 1);
  }, [of, turn, app.isSignedIn]);

  return {
    state,
    show: (value) => setState({ kind: 'shown', value }),
    again: () => {
      setState((now) => (now.kind === 'trouble' ? { kind: 'loading' } : now));
      setTurn((now) => now + 1);
    },
  };
}
