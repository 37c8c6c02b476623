import type { Reply } from './http.ts';

/** Gives each intent of the borrower one idempotency key, however often the button is tapped. */
export type Intents = {
  /** The key for doing `intent` with this input: the same until its answer is known, another once the input changes. */
  keyFor(intent: string, input: unknown): string;
  /** Takes note of an answer: what is known ends the intent; what is not known leaves it open, to be asked again. */
  answered(intent: string, reply: Reply<unknown>): void;
};

/** Refusals that say "ask again": the work itself has not been answered yet. */
const ASK_AGAIN = new Set(['busy', 'identity_check_unknown']);

export function createIntents(newKey: () => string): Intents {
  const open = new Map<string, { readonly input: string; readonly key: string }>();
  return {
    keyFor(intent, input) {
      const said = JSON.stringify(input);
      const known = open.get(intent);
      if (known?.input === said) return known.key;
      const key = newKey();
      open.set(intent, { input: said, key });
      return key;
    },
    answered(intent, reply) {
      const isKnown = reply.kind === 'done' || (reply.kind === 'refused' && !ASK_AGAIN.has(reply.problem.code));
      if (isKnown) open.delete(intent);
    },
  };
}
