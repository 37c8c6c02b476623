import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import { system, type Actor, type By } from '../../kernel/actor.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Clock } from '../clock.ts';
import { isSameSecret, isSignedBy, sha256 } from '../secrets.ts';

/** Who may call a route. A route that does not say is not served. */
export type Access = 'public' | 'borrower' | 'operator' | 'provider';

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
    /** For a POST that changes nothing (a quote): no idempotency key is asked for. */
    changesNothing?: boolean;
  }
  interface FastifyRequest {
    /** Who asks, when (business clock), and under which key. The key is unique to the actor. */
    by: By;
    actor: Actor;
    at: Instant;
    rawBody: Buffer | null;
  }
}

export type AccessDeps = {
  readonly clock: Clock;
  readonly operatorToken: string;
  readonly providerKey: string;
  readonly sessionOf: (token: string) => Promise<{ readonly customerId: string } | null>;
};

const KEY = /^[\x21-\x7e]{1,100}$/;
const NOBODY: Actor = system('nobody');

/** Decides who asks, before anything of the request is looked at (a provider is known by its signed body, so after reading it). */
export function guard(http: FastifyInstance, deps: AccessDeps): void {
  const undeclared: RouteOptions[] = [];
  http.addHook('onRoute', (route) => void undeclared.push(route));
  http.addHook('onReady', async () => {
    const missing = undeclared.filter(({ config, method }) => config?.access === undefined && method !== 'HEAD').map(({ method, url }) => `${String(method)} ${url}`);
    if (missing.length > 0) throw new Error(`a route says who may call it (config.access): ${missing.join(', ')}`);
  });

  http.decorateRequest('by');
  http.decorateRequest('actor');
  http.decorateRequest('at');
  http.decorateRequest('rawBody', null);

  http.addHook('onRequest', async (request, reply) => {
    request.at = deps.clock.now();
    request.actor = NOBODY;
    const access = request.routeOptions.config.access;
    if (request.is404 || access === 'public' || access === 'provider') return;
    const actor = access === undefined ? null : await actorOf(access, tokenOf(request), deps);
    if (actor === null) return reply.header('www-authenticate', 'Bearer').problem(401, { code: 'not_authenticated' });
    if (actor === 'other') return reply.problem(403, { code: 'not_permitted', needs: access });
    request.actor = actor;
  });

  http.addHook('preValidation', async (request, reply) => {
    const { access, changesNothing } = request.routeOptions.config;
    if (access === 'provider') {
      if (!isSignedBy(deps.providerKey, request.rawBody ?? '', header(request, 'x-signature'))) return reply.problem(401, { code: 'signature_wrong' });
      request.actor = { kind: 'provider', id: request.routeOptions.url?.split('/').at(-1) ?? 'provider' };
    }
    return claimKey(request, reply, changesNothing === true);
  });
}

/** The caller's key, made unique to the caller: two people who choose the same key never meet. */
function claimKey(request: FastifyRequest, reply: FastifyReply, changesNothing: boolean): FastifyReply | undefined {
  const { actor, at } = request;
  const given = header(request, 'idempotency-key');
  if (given !== undefined && !KEY.test(given)) return reply.problem(400, { code: 'idempotency_key_malformed', rule: '1 to 100 visible ASCII characters' });
  const key = given ?? keyFromContent(request, changesNothing);
  if (key === null) return reply.problem(400, { code: 'idempotency_key_missing' });
  request.by = { key: `${actor.id}/${key}`, actor, at };
  return undefined;
}

/** A provider repeats a callback word for word, and a PUT says the same thing twice: the content is the key. */
function keyFromContent(request: FastifyRequest, changesNothing: boolean): string | null {
  if (request.method === 'POST' && request.actor.kind !== 'provider' && !changesNothing) return null;
  return sha256(`${request.method} ${request.url}\n${request.rawBody?.toString('utf8') ?? ''}`);
}

async function actorOf(access: 'borrower' | 'operator', token: string | null, deps: AccessDeps): Promise<Actor | 'other' | null> {
  if (token === null) return null;
  const isOperator = isSameSecret(deps.operatorToken, token);
  if (access === 'operator' && isOperator) return { kind: 'operator', id: 'operator' };
  const session = isOperator ? null : await deps.sessionOf(token);
  if (session === null) return isOperator ? 'other' : null;
  return access === 'borrower' ? { kind: 'borrower', id: session.customerId } : 'other';
}

function tokenOf(request: FastifyRequest): string | null {
  const match = /^Bearer ([\x21-\x7e]{1,512})$/.exec(request.headers.authorization ?? '');
  return match?.[1] ?? null;
}

function header(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
}
