/** A refusal of the server (RFC 9457): `code` is stable, the other members explain it. */
export type Problem = { readonly code: string; readonly title: string; readonly status: number } & Readonly<Record<string, unknown>>;

/**
 * What we know after asking the server. `unknown` and `offline` are no failures of the request: it may have been
 * done. Asking again with the same key is safe and finds out.
 */
export type Reply<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'refused'; readonly problem: Problem }
  | { readonly kind: 'signed_out' }
  | { readonly kind: 'offline' }
  | { readonly kind: 'unknown'; readonly requestId: string | null };

export type Ask = {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: unknown;
  /** The idempotency key of the borrower's intent; only for a POST that changes something. */
  readonly key?: string;
  readonly token?: string | null;
};

/** The one way this page speaks to the server. */
export interface Http {
  ask<T>(ask: Ask): Promise<Reply<T>>;
}

const TIMEOUT_MS = 40_000;

/** `fetcher` is handed in: the browser's in the page, a played one in tests. */
export function createHttp(base: string, fetcher: typeof fetch): Http {
  return {
    async ask<T>({ method, path, body, key, token }: Ask): Promise<Reply<T>> {
      const headers: Record<string, string> = { accept: 'application/json' };
      if (body !== undefined) headers['content-type'] = 'application/json';
      if (key !== undefined) headers['idempotency-key'] = key;
      if (typeof token === 'string') headers['authorization'] = `Bearer ${token}`;
      try {
        const init: RequestInit = { method, headers, signal: timeout(TIMEOUT_MS), ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
        return await read<T>(await fetcher(`${base}${path}`, init));
      } catch {
        return { kind: 'offline' };
      }
    },
  };
}

async function read<T>(reply: Response): Promise<Reply<T>> {
  const requestId = reply.headers.get('x-request-id');
  const said = (await reply.json().catch(() => null)) as unknown;
  if (reply.ok && said !== null) return { kind: 'done', value: said as T };
  if (reply.status === 401) return { kind: 'signed_out' };
  const problem = said as Problem | null;
  const isAnswer = reply.status >= 400 && reply.status < 500 && typeof problem?.code === 'string';
  return isAnswer ? { kind: 'refused', problem } : { kind: 'unknown', requestId };
}

function timeout(milliseconds: number): AbortSignal {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), milliseconds);
  return controller.signal;
}
