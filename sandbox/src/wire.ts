import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { takeFault } from './faults.ts';
import { isSigned, sha256 } from './signature.ts';
import type { Fault, Store } from './world.ts';

/** What a provider says. */
export type Answer = { readonly status: number; readonly body: Readonly<Record<string, unknown>> };

/** One request as a provider sees it. `fault` is the fault that hit it, for the modes a provider plays itself. */
export type Call = {
  readonly body: unknown;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly fault: Fault | null;
};

export type Endpoint = {
  /** What faults and the call log name, e.g. `bank.payouts`; questions end in `.get`. */
  readonly target: string;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** The bank plays `processing_…`, `late_return` and `duplicate_callback` itself, with callbacks. */
  readonly playsOutcomes?: boolean;
  readonly play: (call: Call) => Answer;
};

export type LoggedCall = { readonly at: string; readonly target: string; readonly method: string; readonly url: string; readonly body: unknown; readonly status: number; readonly fault: string | null };

export type CallLog = { readonly last: LoggedCall[]; readonly counts: Map<string, number> };

const LOG_MAX = 20_000;
const HANG_MS = 30_000;
const OUTCOME_MS = 300;

/** Mounts a provider's endpoint: signature, fault, work, log. */
export function mount(app: FastifyInstance, world: { store: Store; log: CallLog; providerKey: string }, endpoint: Endpoint): void {
  const pending = new Set<string>();
  app.route({
    method: endpoint.method,
    url: endpoint.path,
    handler: async (request, reply) => {
      const message = endpoint.method === 'GET' ? request.url : rawBodyOf(request);
      if (!isSigned(world.providerKey, message, request.headers['x-signature'])) {
        return reply.code(401).send({ code: 'signature_wrong' });
      }
      const fault = takeFault(world.store, endpoint.target, `${request.url} ${message.toString()}`);
      const call: Call = { body: request.body, params: request.params as Record<string, string>, query: request.query as Record<string, string>, fault };
      const answer = await answerUnder(fault, endpoint, call);
      note(world.log, endpoint, request, { status: answer === 'cut' ? 0 : answer.status, fault: fault?.mode ?? null, at: world.store.now() });
      return deliver(reply, fault, answer);
    },
  });

  /** The work under a fault. `cut` = the connection breaks without an answer. */
  async function answerUnder(fault: Fault | null, at: Endpoint, call: Call): Promise<Answer | 'cut'> {
    switch (fault?.mode) {
      case 'hang':
        await sleep(fault.delay_ms ?? HANG_MS, undefined, { ref: false });
        return 'cut';
      case 'http_500':
        return { status: 500, body: { code: 'internal_error' } };
      case 'drop_reply':
        await sleep(fault.delay_ms ?? 0);
        at.play(call);
        return 'cut';
      case 'processing_then_paid':
      case 'processing_then_refused':
        return at.playsOutcomes === true ? at.play(call) : playLater(fault, at, call);
      case 'duplicate_callback':
        if (at.playsOutcomes !== true) at.play(call);
        return at.play(call);
      case 'late_return':
        if (at.playsOutcomes !== true) await sleep(fault.delay_ms ?? OUTCOME_MS);
        return at.play(call);
      default:
        if (fault?.delay_ms !== undefined) await sleep(fault.delay_ms);
        return at.play(call);
    }
  }

  /** 202 now; the work is done after the delay, and a question finds the answer from then on. */
  function playLater(fault: Fault, at: Endpoint, call: Call): Answer {
    const key = sha256(JSON.stringify([call.body, call.params]));
    if (!pending.has(key)) {
      pending.add(key);
      const late = fault.mode === 'processing_then_refused' ? ({ ...fault, mode: 'refuse' } as const) : null;
      setTimeout(() => {
        pending.delete(key);
        at.play({ ...call, fault: late });
      }, fault.delay_ms ?? OUTCOME_MS).unref();
    }
    return { status: 202, body: { status: 'processing' } };
  }
}

function deliver(reply: FastifyReply, fault: Fault | null, answer: Answer | 'cut'): FastifyReply {
  if (answer === 'cut') {
    reply.hijack();
    reply.raw.destroy();
    return reply;
  }
  if (fault?.mode === 'garbage') return reply.code(200).type('text/html').send('<html><body>502 Bad Gateway</body></html>');
  return reply.code(answer.status).send(answer.body);
}

function note(log: CallLog, endpoint: Endpoint, request: FastifyRequest, seen: { status: number; fault: string | null; at: number }): void {
  log.counts.set(endpoint.target, (log.counts.get(endpoint.target) ?? 0) + 1);
  log.last.push({
    at: new Date(seen.at).toISOString(), target: endpoint.target, method: endpoint.method, url: request.url, body: request.body ?? null, status: seen.status, fault: seen.fault,
  });
  if (log.last.length > LOG_MAX) log.last.splice(0, LOG_MAX / 2);
}

const raw = new WeakMap<FastifyRequest, Buffer>();

export const rawBodyOf = (request: FastifyRequest): Buffer => raw.get(request) ?? Buffer.alloc(0);

/** JSON bodies are kept as they came beside what they say: the signature is over the bytes. */
export function keepRawBodies(app: FastifyInstance): void {
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    raw.set(request, body as Buffer);
    try {
      done(null, body.length === 0 ? {} : JSON.parse(body.toString()));
    } catch {
      done(Object.assign(new Error('the body is no JSON'), { statusCode: 400 }), undefined);
    }
  });
}

/** What a provider's schema makes of a body, or its 400. */
export function understood<T>(schema: z.ZodType<T>, body: unknown, play: (asked: T) => Answer): Answer {
  const parsed = schema.safeParse(body);
  return parsed.success ? play(parsed.data) : { status: 400, body: { code: 'malformed', detail: z.prettifyError(parsed.error) } };
}

/**
 * The answer to a question with the caller's own id: given once, and again for the same content; the same id
 * with other content is a 409.
 */
export function answerOnce(store: Store, key: string, content: unknown, play: () => Answer): Answer {
  const digest = sha256(JSON.stringify(content));
  const before = store.world.answers.get(key);
  if (before !== undefined) {
    return before.digest === digest ? before : { status: 409, body: { code: 'id_reused_with_other_content' } };
  }
  const answer = play();
  if (answer.status === 200) store.commit({ t: 'answer', key, answer: { digest, ...answer } });
  return answer;
}

export function answerOf(store: Store, key: string): Answer {
  const kept = store.world.answers.get(key);
  return kept === undefined ? { status: 404, body: { code: 'never_seen' } } : { status: kept.status, body: kept.body };
}
