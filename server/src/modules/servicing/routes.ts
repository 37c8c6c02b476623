import {
  dayCloseBody, dayCloseReply, debitRunBody, debitRunReply, loanPath, loanRecordReply, loanReply, loansReply, onDayQuery, openItemsReply, portfolioReply, proofsBody, proofsReply,
  repaymentBody, repaymentReply, settlementQuoteReply,
} from '@mingdai/contract';
import { businessDate, fen } from '@mingdai/loan-math';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { funnelStatus, type RouteScope } from '../../platform/http.ts';
import type { ServicingError } from './errors.ts';
import { presentClose, presentDebitRun, presentLoan, presentOpenItem, presentProofs, presentQuote, presentRecord, presentReport, presentSummary } from './present.ts';
import { prove, type ProvingDeps } from './prove.ts';
import type { LoanView, Servicing, ServicingRefusal } from './servicing.ts';


export type OperationsDeps = ProvingDeps & { readonly servicing: Servicing };

/** One row per refusal. */
const statusOf = {
  ...funnelStatus,
  loan_not_found: 404,
  loan_closed: 409,
  loan_not_active: 409,
  amount_not_positive: 422,
  payment_in_flight: 409,
  settlement_amount_differs: 409,
  effect_not_for_purpose: 422,
  day_not_reached: 422,
  day_before_disbursement: 422,
  statement_too_long: 422,
} as const satisfies Record<ServicingRefusal['code'], number>;

const dayOr = (text: string | undefined): [] | [ReturnType<typeof businessDate>] => (text === undefined ? [] : [businessDate(text)]);

export function servicingRoutes(http: RouteScope, deps: OperationsDeps): void {
  borrowerRoutes(http, deps.servicing);
  operatorRoutes(http, deps);
}

function borrowerRoutes(http: RouteScope, servicing: Servicing): void {
  http.get('/v1/loans', {
    config: { access: 'borrower' },
    schema: { summary: "The borrower's loans", response: { 200: loansReply } },
    handler: async (request, reply) => reply.send({ loans: (await servicing.loansOf(request.actor.id)).map(presentSummary) }),
  });

  http.get('/v1/loans/:id', {
    config: { access: 'borrower' },
    schema: { summary: 'A loan on a day, and what each fen is', params: loanPath, querystring: onDayQuery, response: { 200: loanReply } },
    handler: async (request, reply) => {
      const view = ownView(await servicing.loan(request.params.id, ...dayOr(request.query.on)), request.actor.id);
      if (!view.ok) return reply.problem(statusOf[view.error.code], view.error);
      return reply.send(presentLoan(view.value));
    },
  });

  http.get('/v1/loans/:id/record', {
    config: { access: 'borrower' },
    schema: { summary: 'Terms, events and claimed figures: enough to recompute every fen elsewhere', params: loanPath, querystring: onDayQuery, response: { 200: loanRecordReply } },
    handler: async (request, reply) => {
      const view = ownView(await servicing.loan(request.params.id, ...dayOr(request.query.on)), request.actor.id);
      if (!view.ok) return reply.problem(statusOf[view.error.code], view.error);
      return reply.send(presentRecord(view.value));
    },
  });

  http.get('/v1/loans/:id/settlement-quote', {
    config: { access: 'borrower' },
    schema: { summary: 'What ends the loan on a day', params: loanPath, querystring: onDayQuery, response: { 200: settlementQuoteReply } },
    handler: async (request, reply) => {
      const { id } = request.params;
      const owned = await isOwn(servicing, id, request.actor.id);
      const quote = owned.ok ? await servicing.quoteSettlement(id, ...dayOr(request.query.on)) : owned;
      if (!quote.ok) return reply.problem(statusOf[quote.error.code], quote.error);
      return reply.send(presentQuote(id, quote.value));
    },
  });

  http.post('/v1/loans/:id/repayments', {
    config: { access: 'borrower' },
    schema: { summary: 'Repay from the bound card', params: loanPath, body: repaymentBody, response: { 201: repaymentReply, 202: repaymentReply } },
    handler: async (request, reply) => {
      const { purpose, amount_fen, effect } = request.body;
      const asked = await servicing.repay(request.params.id, { purpose, amount: fen(BigInt(amount_fen)), effect }, request.by);
      if (!asked.ok) return reply.problem(statusOf[asked.error.code], asked.error);
      const { paymentId, status } = asked.value;
      const isKnown = status === 'settled' || status === 'refused';
      return reply.code(isKnown ? 201 : 202).send({ payment_id: paymentId, status } as never);
    },
  });
}

function operatorRoutes(http: RouteScope, deps: OperationsDeps): void {
  const { servicing } = deps;
  http.post('/v1/operations/debit-runs', {
    config: { access: 'operator' },
    schema: { summary: 'The direct debits of a day', body: debitRunBody, response: { 201: debitRunReply } },
    handler: async (request, reply) => {
      const run = await servicing.runDebits(businessDate(request.body.on), request.by, request.body.scope);
      if (!run.ok) return reply.problem(statusOf[run.error.code], run.error);
      return reply.code(201).send(presentDebitRun(run.value));
    },
  });

  http.post('/v1/operations/day-closes', {
    config: { access: 'operator' },
    schema: { summary: 'Close the books through a day', body: dayCloseBody, response: { 201: dayCloseReply } },
    handler: async (request, reply) => {
      const closed = await servicing.closeDay(businessDate(request.body.through), request.by);
      if (!closed.ok) return reply.problem(statusOf[closed.error.code], closed.error);
      return reply.code(201).send(presentClose(closed.value));
    },
  });

  http.post('/v1/operations/proofs', {
    config: { access: 'operator', changesNothing: true },
    schema: { summary: 'Recompute what must hold', body: proofsBody, response: { 200: proofsReply } },
    handler: async (request, reply) => reply.send(presentProofs(await prove(deps, request.body.refold ?? 'all'))),
  });

  http.get('/v1/operations/open-items', {
    config: { access: 'operator' },
    schema: { summary: 'What waits for a person or for another try', response: { 200: openItemsReply } },
    handler: async (_request, reply) => reply.send({ items: (await servicing.openItems()).map(presentOpenItem) }),
  });

  http.get('/v1/operations/report', {
    config: { access: 'operator' },
    schema: { summary: 'The portfolio on a day', querystring: onDayQuery, response: { 200: portfolioReply } },
    handler: async (request, reply) => reply.send(presentReport(await servicing.report(...dayOr(request.query.on)))),
  });
}

/** Somebody else's loan is not there. */
function ownView(view: Result<LoanView, ServicingError>, customerId: string): Result<LoanView, ServicingError> {
  return view.ok && view.value.contract.customerId !== customerId ? refuse({ code: 'loan_not_found', loanId: view.value.id }) : view;
}

async function isOwn(servicing: Servicing, loanId: string, customerId: string): Promise<Result<null, ServicingError>> {
  const loans = await servicing.loansOf(customerId);
  return loans.some(({ id }) => id === loanId) ? ok(null) : refuse({ code: 'loan_not_found', loanId });
}
