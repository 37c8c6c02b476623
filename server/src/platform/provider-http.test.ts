import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { providerHttp } from './provider-http.ts';
import { isSignedBy } from './secrets.ts';

let server: Server;
let base: string;
const seen: { method?: string | undefined; url?: string | undefined; body: string; signature?: string | undefined }[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => { body += chunk.toString(); });
    request.on('end', () => {
      seen.push({ method: request.method, url: request.url, body, signature: request.headers['x-signature'] as string });
      if (request.url === '/bank/hang') return;
      if (request.url === '/bank/cut') return void request.socket.destroy();
      if (request.url === '/bank/html') return void response.writeHead(502).end('<html>');
      if (request.url === '/bank/away') return void response.writeHead(302, { location: '/bank/ok' }).end();
      response.writeHead(200).end(JSON.stringify({ paid: true }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as { port: number }).port}/bank`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const http = () => providerHttp({ baseUrl: base, key: 'shared', timeoutMs: 200 });

describe('a call to a provider', () => {
  it('brings the status and the body', async () => {
    expect(await http()({ method: 'POST', path: '/ok', body: { order_id: 'pay_1' } })).toEqual({ kind: 'reply', status: 200, body: { paid: true } });
  });

  it('is signed: the body of a POST, path and query of a GET', async () => {
    await http()({ method: 'POST', path: '/ok', body: { a: '1' } });
    expect(isSignedBy('shared', '{"a":"1"}', seen.at(-1)!.signature)).toBe(true);
    await http()({ method: 'GET', path: '/statement?from=2026-10-08' });
    expect(seen.at(-1)).toMatchObject({ method: 'GET', url: '/bank/statement?from=2026-10-08' });
    expect(isSignedBy('shared', '/bank/statement?from=2026-10-08', seen.at(-1)!.signature)).toBe(true);
  });

  it('that is answered with something else than JSON keeps the status and has no body', async () => {
    expect(await http()({ method: 'GET', path: '/html' })).toEqual({ kind: 'reply', status: 502, body: undefined });
  });

  it('follows no one elsewhere', async () => {
    expect(await http()({ method: 'GET', path: '/away' })).toMatchObject({ kind: 'reply', status: 302 });
  });

  it.each([['/hang', 'TimeoutError'], ['/cut', 'UND_ERR_SOCKET']])('that ends without a reply (%s) tells only that, once', async (path, what) => {
    const before = seen.length;
    expect(await http()({ method: 'POST', path, body: {} })).toEqual({ kind: 'no_reply', seen: what });
    expect(seen.length).toBe(before + 1);
  });

  it('to nobody tells why, without the address', async () => {
    expect(await providerHttp({ baseUrl: 'http://127.0.0.1:1', key: 'k', timeoutMs: 200 })({ method: 'GET', path: '/x' })).toEqual({ kind: 'no_reply', seen: expect.stringMatching(/^[A-Z_a-z]+$/) });
  });
});
