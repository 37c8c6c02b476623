import { applicationBody, applicationPath, applicationReply, applicationsReply, identityBody, nothingBody, sheetConfirmationBody, sheetConfirmationReply, sheetOpeningReply, signatureBody } from '@mingdai/contract';
import { presentInstant, type RouteScope } from '../../platform/http.ts';
import type { FunnelRefusal } from '../../platform/tx.ts';
import { catalogStatus } from '../catalog/index.ts';
import { customersStatusOf, type CustomersError } from '../customers/index.ts';
import type { ApplyingError, OriginationError } from './errors.ts';
import { presentApplication, presentOpenedSheet } from './present.ts';
import type { Origination } from './service/origination.ts';

/** One row per refusal of our own; the catalogue's and customers' keep their statuses. */
const statusOf = {
  purpose_forbidden: 422,
  consent_needed: 403,
  application_already_open: 409,
  application_not_found: 404,
  application_closed: 409,
  application_not_ready: 409,
  offer_expired: 410,
  cost_sheet_differs: 409,
  cost_sheet_not_opened: 409,
  cost_sheet_not_read: 409,
  cost_sheet_not_confirmed: 409,
  cost_sheet_outdated: 409,
  funder_decision_missing: 409,
  identity_check_unknown: 503,
  idempotency_key_reused: 422,
  busy: 409,
} as const satisfies Record<(OriginationError | FunnelRefusal)['code'], number>;

function statusFor({ code }: ApplyingError | FunnelRefusal): number {
  if (code in statusOf) return statusOf[code as keyof typeof statusOf];
  if (code in catalogStatus) return catalogStatus[code as keyof typeof catalogStatus];
  return customersStatusOf(code as CustomersError['code']);
}

export function originationRoutes(http: RouteScope, origination: Origination): void {
  const borrower = { access: 'borrower' } as const;
  questions(http, origination);

  http.post('/v1/applications', {
    config: borrower,
    schema: { summary: 'Apply (C2): evidence, decision and offer follow at once', body: applicationBody, response: { 201: applicationReply } },
    handler: async (request, reply) => {
      const { product_code, amount_fen, months, method, purpose, declared, applicant } = request.body;
      const result = await origination.submit(request.actor.id, {
        productCode: product_code,
        request: { amountFen: BigInt(amount_fen), months, method, purpose, isStudent: declared.is_student },
        applicant: { name: applicant.name, idNumber: applicant.id_number, phone: applicant.phone },
      }, request.by);
      if (!result.ok) return reply.problem(statusFor(result.error), result.error);
      return reply.code(201).send(presentApplication(result.value));
    },
  });

  http.post('/v1/applications/:id/identity', {
    config: borrower,
    schema: { summary: 'Face and four-factor check of the card (C3). After 503 send the same again under the same key', params: applicationPath, body: identityBody, response: { 200: applicationReply } },
    handler: async (request, reply) => {
      const { card_number: cardNumber, face_ticket: faceTicket } = request.body;
      const result = await origination.identify(request.actor.id, request.params.id, { cardNumber, faceTicket, by: request.by });
      if (!result.ok) return reply.problem(statusFor(result.error), result.error);
      return reply.send(presentApplication(result.value));
    },
  });

  http.post('/v1/applications/:id/signature', {
    config: borrower,
    schema: { summary: 'Sign (C4): the cost sheet named must have been opened and confirmed; the payout follows at once (C5)', params: applicationPath, body: signatureBody, response: { 200: applicationReply } },
    handler: async (request, reply) => {
      const result = await origination.sign(request.actor.id, request.params.id, { sheetHash: request.body.sheet_hash, by: request.by });
      if (!result.ok) return reply.problem(statusFor(result.error), result.error);
      return reply.send(presentApplication(result.value));
    },
  });

  http.post('/v1/applications/:id/withdrawal', {
    config: borrower,
    schema: { summary: 'Withdraw: at any time before the payout is on its way', params: applicationPath, body: nothingBody, response: { 200: applicationReply } },
    handler: async (request, reply) => {
      const result = await origination.withdraw(request.actor.id, request.params.id, request.by);
      if (!result.ok) return reply.problem(statusFor(result.error), result.error);
      return reply.send(presentApplication(result.value));
    },
  });
  sheetRoutes(http, origination);
}

function sheetRoutes(http: RouteScope, origination: Origination): void {
  const borrower = { access: 'borrower' } as const;
  http.post('/v1/applications/:id/cost-sheet/openings', {
    config: borrower,
    schema: { summary: 'Open the cost sheet (RATE-005): the reading time begins', params: applicationPath, body: nothingBody, response: { 201: sheetOpeningReply } },
    handler: async (request, reply) => {
      const result = await origination.openSheet(request.actor.id, request.params.id, request.by);
      if (!result.ok) return reply.problem(statusFor(result.error), result.error);
      return reply.code(201).send(presentOpenedSheet(result.value));
    },
  });

  http.post('/v1/applications/:id/cost-sheet/confirmations', {
    config: borrower,
    schema: { summary: 'Confirm that this version of the sheet was read (RATE-005)', params: applicationPath, body: sheetConfirmationBody, response: { 201: sheetConfirmationReply } },
    handler: async (request, reply) => {
      const result = await origination.confirmSheet(request.actor.id, request.params.id, { sheetHash: request.body.sheet_hash, by: request.by });
      if (!result.ok) return reply.problem(statusFor(result.error), result.error);
      const { offer, opened, confirmed } = result.value;
      return reply.code(201).send({ sheet_hash: offer.sheetHash, version: offer.sheet.version, opened_at: presentInstant(opened.at), confirmed_at: presentInstant(confirmed.at) });
    },
  });
}

function questions(http: RouteScope, origination: Origination): void {
  const borrower = { access: 'borrower' } as const;
  http.get('/v1/applications', {
    config: borrower,
    schema: { summary: 'My applications, newest first', response: { 200: applicationsReply } },
    handler: async (request, reply) => reply.send({ applications: (await origination.list(request.actor.id)).map(presentApplication) }),
  });

  http.get('/v1/applications/:id', {
    config: borrower,
    schema: { summary: 'One of my applications, as it stands', params: applicationPath, response: { 200: applicationReply } },
    handler: async (request, reply) => {
      const result = await origination.find(request.actor.id, request.params.id);
      if (!result.ok) return reply.problem(statusFor(result.error), result.error);
      return reply.send(presentApplication(result.value));
    },
  });
}
