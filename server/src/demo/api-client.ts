/** A caller of an HTTP API that speaks JSON: the demo and the stories stand outside the server like anyone else. */
export type ApiClient = {
  get(path: string): Promise<ApiReply>;
  /** POST with an idempotency key of the caller's making. */
  post(path: string, body: unknown, key: string): Promise<ApiReply>;
  put(path: string, body: unknown): Promise<ApiReply>;
  /** The same server, spoken to with another bearer token. */
  as(token: string): ApiClient;
};

export type ApiReply = { readonly status: number; readonly body: Record<string, unknown> };

/** An answer the caller did not reckon with: says which call, which status and what the server said. */
export class UnexpectedReply extends Error {
  override readonly name = 'UnexpectedReply';
}

/** A client of the server at `baseUrl`. A refused connection or a time-out is thrown as it is: the caller decides. */
export function apiClient(baseUrl: string, token?: string): ApiClient {
  const call = async (method: string, path: string, body?: unknown, key?: string): Promise<ApiReply> => {
    const reply = await fetch(`${baseUrl}${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(key === undefined ? {} : { 'idempotency-key': key }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(120_000),
    });
    const text = await reply.text();
    return { status: reply.status, body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>) };
  };
  return {
    get: (path) => call('GET', path),
    post: (path, body, key) => call('POST', path, body, key),
    put: (path, body) => call('PUT', path, body),
    as: (other) => apiClient(baseUrl, other),
  };
}

/** The body of a reply that must be a success; throws UnexpectedReply with the server's words otherwise. */
export function succeeded(what: string, reply: ApiReply): Record<string, unknown> {
  if (reply.status >= 200 && reply.status < 300) return reply.body;
  throw new UnexpectedReply(`${what}: HTTP ${reply.status} ${JSON.stringify(reply.body)}`);
}

/** Does `work` for every item, at most `width` at a time; the first failure stops the rest. */
export async function inParallel<T>(items: readonly T[], width: number, work: (item: T) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < items.length) await work(items[next++]!);
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker));
}
