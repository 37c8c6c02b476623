import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { sign } from '../src/signature.ts';

export const KEY = 'test-provider-key';

export type Reply = { readonly status: number; readonly body: Record<string, any> };

/** A signed caller of an in-process sandbox. */
export function clientOf(app: FastifyInstance) {
  const inject = async (method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, body?: unknown, key = KEY): Promise<Reply> => {
    const payload = body === undefined ? undefined : JSON.stringify(body);
    const reply = await app.inject({
      method, url, ...(payload === undefined ? {} : { payload }),
      headers: { ...(payload === undefined ? {} : { 'content-type': 'application/json' }), 'x-signature': sign(key, payload ?? url) },
    });
    return { status: reply.statusCode, body: JSON.parse(reply.body) };
  };
  return {
    get: (url: string, key?: string) => inject('GET', url, undefined, key),
    post: (url: string, body: unknown, key?: string) => inject('POST', url, body, key),
    put: (url: string, body: unknown) => inject('PUT', url, body),
    delete: (url: string) => inject('DELETE', url),
  };
}

export type Heard = { readonly url: string; readonly headers: Record<string, unknown>; readonly text: string };

/** A server that keeps what it hears, answering each request with the next of `statuses` (the last one again and again). */
export async function listener(statuses: readonly number[] = [200]): Promise<{ url: string; heard: Heard[]; server: Server }> {
  const heard: Heard[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (part) => (text += part));
    request.on('end', () => {
      heard.push({ url: request.url!, headers: request.headers, text });
      response.statusCode = statuses[Math.min(heard.length, statuses.length) - 1]!;
      response.end('{}');
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, heard, server };
}

/** Waits until something holds; fails the test after 5 seconds. */
export async function until(holds: () => boolean): Promise<void> {
  for (let tried = 0; tried < 500; tried++) {
    if (holds()) return;
    await new Promise((wake) => setTimeout(wake, 10));
  }
  throw new Error('it never held');
}
