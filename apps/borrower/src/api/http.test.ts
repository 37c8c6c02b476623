import { describe, expect, it } from 'vitest';
import { createHttp } from './http.ts';

const answering = (status: number, body: unknown, headers: Record<string, string> = {}) => {
  const asked: { url: string; init: RequestInit }[] = [];
  const fetcher = async (url: unknown, init: unknown) => {
    asked.push({ url: String(url), init: init as RequestInit });
    return new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers });
  };
  return { asked, http: createHttp('', fetcher as typeof fetch) };
};

describe('asking the server', () => {
  it('a success is done', async () => {
    expect(await answering(201, { id: 'app_1' }).http.ask({ method: 'POST', path: '/v1/applications' })).toEqual({ kind: 'done', value: { id: 'app_1' } });
  });

  it('a refusal keeps its code and what explains it', async () => {
    const { http } = answering(409, { code: 'application_already_open', title: 'Application already open', status: 409, application_id: 'app_1' });
    expect(await http.ask({ method: 'POST', path: '/v1/applications' })).toMatchObject({ kind: 'refused', problem: { code: 'application_already_open', application_id: 'app_1' } });
  });

  it('a session that ended is no refusal of what was asked', async () => {
    expect(await answering(401, { code: 'not_authenticated' }).http.ask({ method: 'GET', path: '/v1/me' })).toEqual({ kind: 'signed_out' });
  });

  it.each([[500, { code: 'internal_error' }], [502, '<html>'], [503, { code: 'temporarily_unavailable' }], [200, 'not json']])('%s says nothing about whether it was done', async (status, body) => {
    expect(await answering(status, body, { 'x-request-id': 'req_1' }).http.ask({ method: 'POST', path: '/v1/x' })).toEqual({ kind: 'unknown', requestId: 'req_1' });
  });

  it('no connection is offline', async () => {
    const http = createHttp('', (() => Promise.reject(new TypeError('failed to fetch'))) as typeof fetch);
    expect(await http.ask({ method: 'GET', path: '/v1/products' })).toEqual({ kind: 'offline' });
  });

  it('sends the key and the token it is given, and none otherwise', async () => {
    const { http, asked } = answering(200, {});
    await http.ask({ method: 'POST', path: '/a', body: { n: '1' }, key: 'k1', token: 't1' });
    await http.ask({ method: 'GET', path: '/b' });
    expect(asked[0]!.init.headers).toMatchObject({ 'idempotency-key': 'k1', authorization: 'Bearer t1', 'content-type': 'application/json' });
    expect(Object.keys(asked[1]!.init.headers as object)).toEqual(['accept']);
  });
});
