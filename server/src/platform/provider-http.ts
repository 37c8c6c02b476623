import { sign } from './secrets.ts';

export type ProviderCall =
  | { readonly method: 'GET'; readonly path: string }
  | { readonly method: 'POST'; readonly path: string; readonly body: unknown };

/**
 * What came back. `no_reply` tells nothing about what the other side did: an adapter decodes it as unknown.
 * `body` is parsed JSON, or undefined when it was none; only the adapter's codec says what a reply means.
 */
export type ProviderReply =
  | { readonly kind: 'reply'; readonly status: number; readonly body: unknown }
  | { readonly kind: 'no_reply'; readonly seen: string };

/** Speaks to one provider. Never throws. */
export type ProviderHttp = (call: ProviderCall) => Promise<ProviderReply>;

export type ProviderHttpOptions = {
  /** Where the provider's interface begins; paths are appended. */
  readonly baseUrl: string;
  /** The key calls are signed with. */
  readonly key: string;
  readonly timeoutMs: number;
  readonly fetch?: typeof fetch;
};

const BODY_MAX_BYTES = 1_000_000;

/**
 * A client that signs each call (header `x-signature`: hex HMAC-SHA256 of the body of a POST, of path and
 * query of a GET), waits at most `timeoutMs` for the whole reply, follows no redirect, and never tries again
 * by itself: only the caller knows whether asking again is safe.
 */
export function providerHttp({ baseUrl, key, timeoutMs, fetch: send = fetch }: ProviderHttpOptions): ProviderHttp {
  return async (call) => {
    const url = new URL(`${baseUrl}${call.path}`);
    const body = call.method === 'POST' ? JSON.stringify(call.body) : null;
    const headers = { accept: 'application/json', 'x-signature': sign(key, body ?? `${url.pathname}${url.search}`), ...(body === null ? {} : { 'content-type': 'application/json' }) };
    try {
      const reply = await send(url, { method: call.method, headers, body, redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) });
      const text = await reply.text();
      return { kind: 'reply', status: reply.status, body: text.length > BODY_MAX_BYTES ? undefined : parsed(text) };
    } catch (cause) {
      return { kind: 'no_reply', seen: seen(cause) };
    }
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The name of the trouble only: an address or a body could hold personal data. */
function seen(cause: unknown): string {
  if (!(cause instanceof Error)) return 'no reply';
  const inner = cause.cause as { code?: unknown } | undefined;
  return typeof inner?.code === 'string' ? inner.code : cause.name;
}
