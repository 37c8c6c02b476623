import { existsSync, readFileSync } from 'node:fs';
import fastifyStatic from '@fastify/static';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, type RawReplyDefaultExpression, type RawRequestDefaultExpression, type RawServerDefault } from 'fastify';
import { createJsonSchemaTransform, jsonSchemaTransformObject, serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import { newId } from '../kernel/ids.ts';
import { guard, type AccessDeps } from './http/access.ts';
import { answerFailures } from './http/failures.ts';
import { problem } from './http/problem.ts';
import { lenientPaths } from './http/strict.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';

export type { Access } from './http/access.ts';
export { funnelStatus } from './http/funnel-status.ts';
export { presentDate, presentFen, presentInstant, presentPpm, problem } from './http/problem.ts';

/** Where a module mounts its routes: schemas are zod, requests and replies are typed by them. */
export type RouteScope = FastifyInstance<RawServerDefault, RawRequestDefaultExpression, RawReplyDefaultExpression, FastifyBaseLogger, ZodTypeProvider>;

export type HttpDeps = AccessDeps & {
  readonly log: Log;
  readonly metrics: Metrics;
  /** What must hold before the server takes work, by name: /health/ready. */
  readonly readiness: Readonly<Record<string, () => Promise<boolean>>>;
  /** The built borrower page, served at `/` when the folder exists. */
  readonly pages?: string;
  /** The built page that checks statements, one file, served at `/verify` when it exists. */
  readonly verifyPage?: string;
  readonly version: string;
};

const BODY_MAX_BYTES = 262_144;
const refused = { description: 'A refusal (RFC 9457)', content: { 'application/problem+json': { schema: problem } } };

/**
 * The HTTP server, without the modules' routes: callers mount those, then `listen`.
 *
 * Keeps  A request with wrong types or unknown members changes nothing: nothing is coerced, nothing dropped.
 *        A route that does not say who may call it stops the start; so does a request schema that would let
 *        unknown members pass. Every failure is problem+json. Bodies and addresses are never logged.
 */
export async function createHttp(deps: HttpDeps): Promise<RouteScope> {
  const http = Fastify({
    logger: false, bodyLimit: BODY_MAX_BYTES, genReqId: () => newId('req'), requestIdHeader: false, forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 200 },
  }).withTypeProvider<ZodTypeProvider>();
  http.setValidatorCompiler(validatorCompiler as Parameters<typeof http.setValidatorCompiler>[0]);
  http.setSerializerCompiler(serializerCompiler as Parameters<typeof http.setSerializerCompiler>[0]);
  readJsonOnly(http);
  answerFailures(http as unknown as FastifyInstance, deps.log);
  guard(http as unknown as FastifyInstance, deps);
  checkSchemas(http);
  record(http, deps);
  await describe(http, deps.version);
  healthRoutes(http, deps);
  if (deps.pages !== undefined && existsSync(deps.pages)) await servePages(http, deps.pages);
  if (deps.verifyPage !== undefined && existsSync(deps.verifyPage)) serveFile(http, '/verify', readFileSync(deps.verifyPage));
  return http;
}

/** JSON is the only body; its bytes are kept for signatures. */
function readJsonOnly(http: RouteScope): void {
  const parse = http.getDefaultJsonParser('error', 'error');
  http.removeAllContentTypeParsers();
  http.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    request.rawBody = body;
    parse(request as never, body.toString('utf8'), done);
  });
}

function checkSchemas(http: RouteScope): void {
  http.addHook('onRoute', (route) => {
    const { body, querystring, response } = (route.schema ?? {}) as { body?: z.ZodType; querystring?: z.ZodType; response?: Record<string, unknown> };
    for (const schema of [body, querystring]) {
      const lenient = schema === undefined ? [] : lenientPaths(schema);
      if (lenient.length > 0) throw new Error(`${String(route.method)} ${route.url}: request objects are z.strictObject, so that a misspelt member is refused; not so at ${lenient.join(', ')}`);
    }
    if (route.schema !== undefined && route.url.startsWith('/v1/')) route.schema.response = { '4xx': refused, '5xx': refused, ...response };
  });
}

/** One line and one observation per request: the route's pattern, never its address. */
function record(http: RouteScope, { log, metrics }: HttpDeps): void {
  http.addHook('onRequest', async (request, reply) => {
    reply.headers({ 'x-request-id': request.id, 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
    if (request.url.startsWith('/v1/')) reply.header('cache-control', 'no-store');
  });
  http.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    metrics.request(request.method, route, reply.statusCode, reply.elapsedTime / 1000);
    log.debug({ request_id: request.id, method: request.method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime * 10) / 10, actor: request.actor?.kind }, 'request');
  });
}

/** OpenAPI 3.1 at /openapi.json, and a page to read and try it at /docs that needs no network. */
async function describe(http: RouteScope, version: string): Promise<void> {
  await http.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Mingdai', version, description: 'Amounts are decimal strings of fen in `…_fen`, rates parts per million in `…_ppm`, days `YYYY-MM-DD` in `…_on`, instants ISO 8601 in `…_at`. Every POST that changes something takes an `Idempotency-Key`. Refusals are problem+json with a stable `code`.' },
      components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' }, signature: { type: 'apiKey', in: 'header', name: 'x-signature' } } },
    },
    transformObject: jsonSchemaTransformObject,
    transform: (document) => {
      const described = createJsonSchemaTransform({ skipList: [] })(document as never) as { schema: Record<string, unknown>; url: string };
      const { config, url, method } = document.route as { config?: { access?: string; changesNothing?: boolean }; url: string; method: string | string[] };
      if (!url.startsWith('/v1/')) return { schema: { ...described.schema, hide: !url.startsWith('/health') }, url: described.url };
      const access = config?.access ?? 'public';
      const security = access === 'public' ? [] : access === 'provider' ? [{ signature: [] }] : [{ bearer: [] }];
      const needsKey = method === 'POST' && access !== 'provider' && config?.changesNothing !== true;
      const headers = needsKey ? { headers: { type: 'object', properties: { 'idempotency-key': { type: 'string', minLength: 1, maxLength: 100 } }, required: ['idempotency-key'] } } : {};
      return { schema: { tags: [access], security, ...headers, ...described.schema }, url: described.url };
    },
  });
  await http.register(async (docs) => {
    docs.addHook('onRoute', (route) => { route.config = { ...route.config, access: 'public' }; });
    await docs.register(swaggerUi, { routePrefix: '/docs', uiConfig: { docExpansion: 'list', tryItOutEnabled: false } });
  });
  http.get('/openapi.json', { config: { access: 'public' }, schema: { hide: true } as object }, async (_request, reply) => reply.send(http.swagger() as never));
}

function healthRoutes(http: RouteScope, { readiness, metrics }: HttpDeps): void {
  http.get('/health/live', { config: { access: 'public' } }, async () => ({ status: 'live' }));
  http.get('/health/ready', { config: { access: 'public' } }, async (_request, reply) => {
    const checks = await Promise.all(Object.entries(readiness).map(async ([name, check]) => [name, await check().catch(() => false)] as const));
    const isReady = checks.every(([, holds]) => holds);
    return reply.code(isReady ? 200 : 503).send({ status: isReady ? 'ready' : 'not_ready', checks: Object.fromEntries(checks.map(([name, holds]) => [name, holds ? 'ok' : 'failing'])) } as never);
  });
  http.get('/metrics', { config: { access: 'public' } }, async (_request, reply) => reply.type(metrics.registry.contentType).send((await metrics.registry.metrics()) as never));
}

async function servePages(http: RouteScope, root: string): Promise<void> {
  await http.register(async (pages) => {
    pages.addHook('onRoute', (route) => { route.config = { ...route.config, access: 'public' }; });
    await pages.register(fastifyStatic, { root, prefix: '/', wildcard: false });
  });
}

function serveFile(http: RouteScope, url: string, page: Buffer): void {
  http.get(url, { config: { access: 'public' }, schema: { hide: true } as object }, async (_request, reply) => reply.type('text/html; charset=utf-8').send(page as never));
}
