import { loanPath, onDayQuery, statementKeysReply, statementReply } from '@mingdai/contract';
import { businessDate } from '@mingdai/loan-math';
import { funnelStatus, type RouteScope } from '../../platform/http.ts';
import type { Statements } from './service/statements.ts';
import type { StatementPublicKey } from './statement-key.ts';

const statusOf: Readonly<Record<string, number>> = { ...funnelStatus, loan_not_found: 404, day_not_reached: 422, day_before_disbursement: 422, statement_too_long: 422 };

/** Statements to take along, and the keys they are signed with. */
export function statementRoutes(http: RouteScope, { statements }: { readonly statements: Statements }): void {
  http.get('/v1/loans/:id/statement', {
    config: { access: 'borrower' },
    schema: { summary: 'A signed statement of a loan on a day, to keep: anybody can recompute it', params: loanPath, querystring: onDayQuery, response: { 200: statementReply } },
    handler: async (request, reply) => {
      const { id } = request.params;
      const { on } = request.query;
      const issued = await statements.statement({ loanId: id, customerId: request.actor.id, ...(on === undefined ? {} : { asOf: businessDate(on) }) }, request.by);
      if (!issued.ok) return reply.problem(statusOf[issued.error.code] ?? 409, issued.error);
      const name = `mingdai-statement-${id}-${String(issued.value['as_of'])}.json`;
      // As text: what was signed is handed out member for member, a line each, for people to read.
      return reply.headers({ 'content-type': 'application/json; charset=utf-8', 'content-disposition': `attachment; filename="${name}"` }).send(`${JSON.stringify(issued.value, null, 1)}\n` as never);
    },
  });

  http.get('/v1/statement-keys', {
    config: { access: 'public' },
    schema: { summary: 'The keys that sign, or signed, statements here', response: { 200: statementKeysReply } },
    handler: async (_request, reply) => reply.send({ keys: statements.publicKeys.map(presentKey) }),
  });
}

const presentKey = ({ fingerprint, publicKey, pem, isCurrent }: StatementPublicKey) =>
  ({ key_id: fingerprint.slice(0, 16), fingerprint, algorithm: 'Ed25519' as const, public_key: publicKey, public_key_pem: pem, is_current: isCurrent });
