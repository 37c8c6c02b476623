import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import type { Refusal } from '../../kernel/result.ts';
import type { Log } from '../log.ts';
import { PROBLEM_TYPE, problemBody } from './problem.ts';

declare module 'fastify' {
  interface FastifyReply {
    /** Answers with problem+json. `return reply.problem(status, refusal)`. */
    problem<E extends Refusal>(status: number, refusal: E): this;
  }
}

/** Everything that goes wrong leaves as problem+json: refusals, malformed requests, unknown routes, and bugs under an incident id. */
export function answerFailures(http: FastifyInstance, log: Log): void {
  http.decorateReply('problem', function problem(this: FastifyReply, status: number, refusal: Refusal) {
    return this.code(status).type(PROBLEM_TYPE).send(problemBody(status, refusal, this.request.id));
  });
  http.setNotFoundHandler((_request, reply) => reply.problem(404, { code: 'route_not_found' }));
  http.setErrorHandler((error: FastifyError, request, reply) => {
    if (hasZodFastifySchemaValidationErrors(error)) return reply.problem(400, malformed(error));
    const known = readingFailures[error.code ?? ''];
    if (known !== undefined) return reply.problem(known.status, known.refusal);
    if (isDatabaseAway(error)) {
      log.error({ err: error, request_id: request.id }, 'the database is away');
      return reply.header('retry-after', '2').problem(503, { code: 'temporarily_unavailable' });
    }
    log.error({ err: error, incident: request.id, route: request.routeOptions.url, method: request.method }, 'a request failed by our own fault');
    return reply.problem(500, { code: 'internal_error', incident: request.id });
  });
}

type Shaped = { readonly validation: readonly { readonly keyword?: string; readonly instancePath: string; readonly message?: string; readonly params?: unknown }[]; readonly validationContext?: string };

function malformed(error: unknown): Refusal & { readonly errors: readonly object[] } {
  const { validation, validationContext } = error as Shaped;
  const errors = validation.flatMap(({ instancePath, keyword, message, params }) => {
    const unknown = (params as { keys?: unknown } | undefined)?.keys;
    const at = `${validationContext ?? 'body'}${instancePath === '/' ? '' : instancePath}`;
    const paths = keyword === 'unrecognized_keys' && Array.isArray(unknown) ? unknown.map((key) => `${at}/${String(key)}`) : [at];
    return paths.map((path) => ({ path, rule: keyword ?? 'invalid', message: message ?? 'is not valid' }));
  });
  return { code: 'malformed_request', errors };
}

const unreadable = (rule: string, message: string) => ({ status: 400, refusal: { code: 'malformed_request', errors: [{ path: 'body', rule, message }] } as Refusal });

const readingFailures: Readonly<Record<string, { readonly status: number; readonly refusal: Refusal }>> = {
  FST_ERR_CTP_INVALID_JSON_BODY: unreadable('json', 'is not JSON'),
  FST_ERR_CTP_EMPTY_JSON_BODY: unreadable('json', 'is empty'),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: unreadable('content_length', 'is not as long as it says'),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: { status: 415, refusal: { code: 'media_type_not_supported', needs: 'application/json' } as Refusal },
  FST_ERR_CTP_BODY_TOO_LARGE: { status: 413, refusal: { code: 'body_too_large' } },
  FST_ERR_BAD_URL: { status: 400, refusal: { code: 'malformed_request', errors: [{ path: 'url', rule: 'url', message: 'is not a valid URL' }] } as Refusal },
};

/** Classes 08 (connection), 53 (resources) and 57P (shut down) of SQLSTATE, and sockets that do not open. */
function isDatabaseAway(error: FastifyError): boolean {
  const code = error.code ?? '';
  return /^(08|53|57P)...?/.test(code) || ['ECONNREFUSED', 'ECONNRESET', 'EPIPE'].includes(code) || /timeout exceeded when trying to connect|Connection terminated/.test(error.message);
}
