import { sign } from './signature.ts';
import type { Store } from './world.ts';

/** The bank's news for the lender: signed, kept until it was taken (2xx or a final 4xx), tried again with longer waits. */
export type Callbacks = {
  tell(id: string, body: Readonly<Record<string, string>>, times: number): void;
  /** Sends what was not taken when the process last ended. */
  resume(): void;
  urlIs(url: string): void;
  stop(): void;
};

const TRIES = 10;
const FIRST_WAIT_MS = 200;

export function callbacks(store: Store, config: { url: string | null; key: string }): Callbacks {
  let url = config.url === null ? null : fullUrl(config.url);
  let isStopped = false;

  const post = async (body: Readonly<Record<string, string>>): Promise<boolean> => {
    if (url === null) return false;
    const text = JSON.stringify(body);
    try {
      const reply = await fetch(url, {
        method: 'POST', body: text, signal: AbortSignal.timeout(10_000),
        headers: { 'content-type': 'application/json', 'x-signature': sign(config.key, text) },
      });
      await reply.body?.cancel();
      return reply.status < 500 && reply.status !== 409 && reply.status !== 429;
    } catch {
      return false;
    }
  };

  const send = async (id: string): Promise<void> => {
    for (let tried = 0; tried < TRIES && !isStopped; tried++) {
      const kept = store.world.callbacks.get(id);
      if (kept === undefined) return;
      if (await post(kept.body)) return isStopped ? undefined : store.commit({ t: 'callback_done', id });
      await new Promise((wake) => setTimeout(wake, FIRST_WAIT_MS * 2 ** tried).unref());
    }
  };

  return {
    tell(id, body, times) {
      for (let copy = 1; copy <= times; copy++) {
        const name = `${id}#${copy}`;
        store.commit({ t: 'callback', callback: { id: name, body } });
        void send(name);
      }
    },
    resume() {
      for (const id of store.world.callbacks.keys()) void send(id);
    },
    urlIs(next) {
      url = fullUrl(next);
    },
    stop() {
      isStopped = true;
    },
  };
}

/** A bare origin means the server's usual door. */
function fullUrl(url: string): string {
  const parsed = new URL(url);
  if (parsed.pathname === '/') parsed.pathname = '/v1/callbacks/bank';
  return parsed.href;
}
