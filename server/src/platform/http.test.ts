import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { instant } from '../kernel/instant.ts';
import { clockAt } from './clock.ts';
import { createHttp, type HttpDeps, type RouteScope } from './http.ts';
import { createLog } from './log.ts';
import { createMetrics } from './metrics.ts';
import { sign } from './secrets.ts';

const AT = instant(Date.UTC(2026, 9, 8, 1));
const lines: string[] = [];
const deps = (): HttpDeps => ({
  clock: clockAt(AT), operatorToken: 'operator-token-0123456789', providerKey: 'provider-key-0123456789',
  sessionOf: async (token) => (token === 'session-of-li' ? { customerId: 'cus_li' } : null),
  log: createLog('debug', { write: (line) => void lines.push(line) }), metrics: createMetrics(), version: '1.2.3',
  readiness: { database: async () => true, jobs: async () => isJobsUp },
});
let isJobsUp = true;
let http: RouteScope;

beforeAll(async () => {
  const pages = await page();
  http = await createHttp({ ...deps(), pages, verifyPage: join(pages, 'index.html') });
  const body = z.strictObject({ amount_fen: z.string().regex(/^\d{1,15}$/), nested: z.strictObject({ yes: z.boolean() }).optional() });
  const route = (url: string, access: 'public' | 'borrower' | 'operator' | 'provider') =>
    http.post(url, { config: { access }, schema: { body } }, async (request) => ({ amount_fen: request.body.amount_fen, by: request.by }));
  route('/v1/open', 'public');
  route('/v1/mine', 'borrower');
  route('/v1/run', 'operator');
  route('/v1/callbacks/bank', 'provider');
  http.post('/v1/quotes', { config: { access: 'public', changesNothing: true }, schema: { body: z.strictObject({}) } }, async () => ({ quoted: true }));
  http.get('/v1/bug', { config: { access: 'public' } }, async () => { throw new Error('account 6222021234567890123 of 110101199003078515 is broken'); });
  http.get('/v1/leak', { config: { access: 'public' } }, async () => ({ amount_fen: 5n }));
  http.get('/v1/refused', { config: { access: 'public' } }, async (_request, reply) =>
    reply.problem(409, { code: 'price_above_cap', computedPpm: 250_000n, capPpm: 240_000n, expiredAt: AT, dueOn: 20_734, rule: 'RATE-021' }));
  http.get('/v1/away', { config: { access: 'public' } }, async () => { throw Object.assign(new Error('gone'), { code: '57P01' }); });
  await http.ready();
});
afterAll(() => http.close());

async function page(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'mingdai-page-'));
  await writeFile(join(folder, 'index.html'), '<p>weilidai</p>');
  return folder;
}

const post = (url: string, payload: unknown, headers: Record<string, string> = {}) =>
  http.inject({ method: 'POST', url, headers: { 'content-type': 'application/json', ...headers }, payload: typeof payload === 'string' ? payload : JSON.stringify(payload) });
const key = { 'idempotency-key': 'k-1' };
const good = { amount_fen: '100' };

describe('a malformed request is refused by name and place', () => {
  it.each([
    ['an amount as a number', { amount_fen: 100 }, 'body/amount_fen', 'invalid_type'],
    ['an amount of 1.5 fen', { amount_fen: '1.5' }, 'body/amount_fen', 'invalid_format'],
    ['an amount of 10^30', { amount_fen: `1${'0'.repeat(30)}` }, 'body/amount_fen', 'invalid_format'],
    ['a member nobody knows', { ...good, amount: 1 }, 'body/amount', 'unrecognized_keys'],
    ['a member nobody knows, inside', { ...good, nested: { yes: true, no: 1 } }, 'body/nested/no', 'unrecognized_keys'],
    ['a truth value as text', { ...good, nested: { yes: 'true' } }, 'body/nested/yes', 'invalid_type'],
    ['a missing member', {}, 'body/amount_fen', 'invalid_type'],
    ['a list', [], 'body', 'invalid_type'],
    ['no JSON', '{"amount_fen":', 'body', 'json'],
    ['nothing', '', 'body', 'json'],
  ])('%s', async (_what, payload, path, rule) => {
    const reply = await post('/v1/open', payload, key);
    expect(reply.statusCode).toBe(400);
    expect(reply.headers['content-type']).toContain('application/problem+json');
    expect(reply.json()).toMatchObject({ status: 400, code: 'malformed_request', type: 'urn:mingdai:problem:malformed_request' });
    expect(reply.json().errors).toEqual([expect.objectContaining({ path, rule })]);
  });

  it('names every mistake at once', async () => {
    const reply = await post('/v1/open', { amount_fen: -1, nested: { yes: 1 }, extra: 1 }, key);
    expect(reply.json().errors.map(({ path }: { path: string }) => path).sort()).toEqual(['body/amount_fen', 'body/extra', 'body/nested/yes']);
  });

  it('a member that would poison a prototype', async () => {
    expect((await post('/v1/open', '{"amount_fen":"1","__proto__":{"x":1}}', key)).json().code).toBe('malformed_request');
  });

  it('another kind of body, and one that is too large', async () => {
    expect((await http.inject({ method: 'POST', url: '/v1/open', headers: { ...key, 'content-type': 'text/plain' }, payload: 'x' })).json()).toMatchObject({ status: 415, code: 'media_type_not_supported' });
    expect((await post('/v1/open', { amount_fen: 'x'.repeat(300_000) }, key)).json()).toMatchObject({ status: 413, code: 'body_too_large' });
  });
});

describe('every other failure is a problem too', () => {
  it('an address nobody serves', async () => {
    expect((await http.inject('/v1/nothing')).json()).toMatchObject({ status: 404, code: 'route_not_found' });
    expect((await http.inject({ method: 'DELETE', url: '/v1/open' })).json()).toMatchObject({ status: 404, code: 'route_not_found' });
  });

  it('a bug answers with an incident, tells no detail, and is logged without personal data', async () => {
    const reply = await http.inject('/v1/bug');
    expect(reply.json()).toMatchObject({ status: 500, code: 'internal_error', incident: expect.stringMatching(/^req_/) });
    expect(reply.body).not.toContain('broken');
    const logged = lines.find((line) => line.includes(reply.json().incident) && line.includes('own fault'))!;
    expect(logged).toContain('[redacted]');
    expect(logged).not.toMatch(/6222021234567890123|110101199003078515/);
  });

  it('a bigint that no presenter wrote out is a bug, never digits lost', async () => {
    expect((await http.inject('/v1/leak')).json()).toMatchObject({ status: 500, code: 'internal_error' });
  });

  it('a database that is away asks for patience', async () => {
    expect((await http.inject('/v1/away')).json()).toMatchObject({ status: 503, code: 'temporarily_unavailable' });
  });

  it('a refusal is told with its fields in wire form', async () => {
    const reply = await http.inject('/v1/refused');
    expect(reply.statusCode).toBe(409);
    expect(reply.json()).toMatchObject({ code: 'price_above_cap', title: 'Price above cap', computed_ppm: '250000', cap_ppm: '240000', expired_at: '2026-10-08T01:00:00.000Z', due_on: '2026-10-08', rule: 'RATE-021' });
  });
});

describe('who may call', () => {
  const bearer = (token: string) => ({ ...key, authorization: `Bearer ${token}` });

  it('a borrower with a session, and the command is theirs', async () => {
    const reply = await post('/v1/mine', good, bearer('session-of-li'));
    expect(reply.json().by).toEqual({ key: 'cus_li/k-1', actor: { kind: 'borrower', id: 'cus_li' }, at: AT });
  });

  it.each([
    ['no token', '/v1/mine', {}, 401, 'not_authenticated'],
    ['a token of no session', '/v1/mine', bearer('forged'), 401, 'not_authenticated'],
    ['a token that is no token', '/v1/mine', { ...key, authorization: 'Basic abc' }, 401, 'not_authenticated'],
    ['an operator on a borrower route', '/v1/mine', bearer('operator-token-0123456789'), 403, 'not_permitted'],
    ['a borrower on an operator route', '/v1/run', bearer('session-of-li'), 403, 'not_permitted'],
    ['a stranger on an operator route', '/v1/run', bearer('guess'), 401, 'not_authenticated'],
  ])('%s is refused', async (_who, url, headers, status, code) => {
    expect((await post(url, good, headers as Record<string, string>)).json()).toMatchObject({ status, code });
  });

  it('refuses before it reads the body', async () => {
    expect((await post('/v1/mine', 'not json')).json().code).toBe('not_authenticated');
  });

  it('an operator with the token', async () => {
    expect((await post('/v1/run', good, bearer('operator-token-0123456789'))).json().by.actor).toEqual({ kind: 'operator', id: 'operator' });
  });

  it('a provider by its signature over the body; the same callback again is the same command', async () => {
    const text = JSON.stringify(good);
    const signed = { 'x-signature': sign('provider-key-0123456789', text) };
    const [one, two] = [await post('/v1/callbacks/bank', text, signed), await post('/v1/callbacks/bank', text, signed)];
    expect(one.json().by.actor).toEqual({ kind: 'provider', id: 'bank' });
    expect(two.json().by.key).toBe(one.json().by.key);
    const other = await post('/v1/callbacks/bank', text.replace('100', '101'), signed);
    expect(other.json()).toMatchObject({ status: 401, code: 'signature_wrong' });
    expect((await post('/v1/callbacks/bank', text)).json().code).toBe('signature_wrong');
  });

  it('a route that does not say who may call it stops the start', async () => {
    const forgetful = await createHttp(deps());
    forgetful.get('/v1/forgotten', async () => ({}));
    await expect(forgetful.ready()).rejects.toThrow('GET /v1/forgotten');
  });

  it('a request schema that lets unknown members pass stops the start', async () => {
    const lenient = await createHttp(deps());
    expect(() => lenient.post('/v1/lenient', { config: { access: 'public' }, schema: { body: z.strictObject({ a: z.array(z.object({ b: z.string() })) }) } }, async () => ({})))
      .toThrow(/not so at \/a/);
  });
});

describe('the idempotency key', () => {
  it('is asked for on every POST that changes something', async () => {
    expect((await post('/v1/open', good)).json()).toMatchObject({ status: 400, code: 'idempotency_key_missing' });
    expect((await post('/v1/quotes', {})).json()).toEqual({ quoted: true });
  });

  it('is 1 to 100 visible characters', async () => {
    for (const wrong of ['', 'a b', 'x'.repeat(101)]) expect((await post('/v1/open', good, { 'idempotency-key': wrong })).json().code).toBe('idempotency_key_malformed');
  });
});

describe('what operators look at', () => {
  it('readiness names what is missing', async () => {
    expect((await http.inject('/health/live')).json()).toEqual({ status: 'live' });
    expect((await http.inject('/health/ready')).json()).toEqual({ status: 'ready', checks: { database: 'ok', jobs: 'ok' } });
    isJobsUp = false;
    const reply = await http.inject('/health/ready');
    isJobsUp = true;
    expect(reply.statusCode).toBe(503);
    expect(reply.json().checks).toEqual({ database: 'ok', jobs: 'failing' });
  });

  it('metrics count requests by route pattern', async () => {
    await http.inject('/v1/refused');
    expect((await http.inject('/metrics')).body).toMatch(/mingdai_http_request_seconds_count\{method="GET",route="\/v1\/refused",status="409"\} \d/);
  });

  it('the description is OpenAPI 3.1, says who may call and what a refusal looks like', async () => {
    const api = (await http.inject('/openapi.json')).json();
    expect(api.openapi).toBe('3.1.0');
    expect(Object.keys(api.paths)).toContain('/v1/mine');
    expect(api.paths['/v1/mine'].post).toMatchObject({ security: [{ bearer: [] }], parameters: [expect.objectContaining({ name: 'idempotency-key', in: 'header', required: true })] });
    const text = JSON.stringify(api);
    const named = [...text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name!);
    expect([...new Set(named)].filter((name) => api.components.schemas[name] === undefined)).toEqual([]);
    expect(api.paths['/v1/mine'].post.responses['4XX'].content).toEqual({ 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } });
    expect(api.paths['/metrics']).toBeUndefined();
    expect((await http.inject('/docs/')).statusCode).toBe(200);
  });

  it('the page is served beside the API, without a token', async () => {
    expect((await http.inject('/')).body).toContain('weilidai');
    const verify = await http.inject('/verify');
    expect([verify.headers['content-type'], verify.body]).toEqual(['text/html; charset=utf-8', '<p>weilidai</p>']);
    expect((await http.inject('/../package.json')).statusCode).toBe(404);
  });
});
