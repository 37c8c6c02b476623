import { consentBody, consentPath, consentReply, consentTextQuery, consentTextReply, meReply, sessionBody, sessionReply, type ConsentReply } from '@mingdai/contract';
import { presentInstant, type RouteScope } from '../../platform/http.ts';
import type { FunnelRefusal } from '../../platform/tx.ts';
import { CONSENT_TEXT_VERSION, consentText, type Consent } from './domain/consent.ts';
import type { CustomersError } from './errors.ts';
import type { Customers } from './service/customers.ts';

/** One row per refusal. A new code in errors.ts does not compile until it has a status here. */
const statusOf = {
  login_code_refused: 401,
  login_unavailable: 503,
  customer_not_found: 404,
  name_malformed: 422,
  id_number_malformed: 422,
  phone_malformed: 422,
  applicant_under_age: 422,
  id_number_taken: 409,
  id_number_fixed: 409,
  customer_not_registered: 409,
  consent_missing: 403,
  consent_text_outdated: 409,
  consent_not_found: 404,
  card_number_malformed: 422,
  identity_check_reused: 409,
  idempotency_key_reused: 422,
  busy: 409,
} as const satisfies Record<(CustomersError | FunnelRefusal)['code'], number>;

/** For the routes of those who call this module: its refusals keep their statuses. */
export const customersStatusOf = (code: CustomersError['code']): number => statusOf[code];

export function customersRoutes(http: RouteScope, customers: Customers): void {
  http.post('/v1/sessions', {
    config: { access: 'public' },
    schema: { summary: 'Sign in with a WeChat login code', body: sessionBody, response: { 201: sessionReply } },
    handler: async (request, reply) => {
      const result = await customers.signIn(request.body.wechat_code, request.by);
      if (!result.ok) return reply.problem(statusOf[result.error.code], result.error);
      const { customerId, token, expiresAt } = result.value;
      return reply.code(201).send({ customer_id: customerId, token, expires_at: presentInstant(expiresAt) });
    },
  });
  http.get('/v1/me', {
    config: { access: 'borrower' },
    schema: { summary: 'Who is signed in, masked', response: { 200: meReply } },
    handler: async (request, reply) => {
      const me = await customers.me(request.actor.id, request.by);
      if (me === null) return reply.problem(404, { code: 'customer_not_found' });
      return reply.send({
        customer_id: me.customerId, is_registered: me.isRegistered, name: me.name, id_number: me.idNumber, phone: me.phone, card: me.card, consents: me.consents.map(presentConsent),
      });
    },
  });
  consentRoutes(http, customers);
}

function consentRoutes(http: RouteScope, customers: Customers): void {
  http.get('/v1/consent-texts', {
    config: { access: 'public' },
    schema: { summary: 'What a person would agree to', querystring: consentTextQuery, response: { 200: consentTextReply } },
    handler: async (request, reply) => {
      const { purpose, recipient } = request.query;
      return reply.send({ purpose, recipient, text_version: CONSENT_TEXT_VERSION, text: consentText(purpose, recipient) });
    },
  });
  http.post('/v1/consents', {
    config: { access: 'borrower' },
    schema: { summary: 'Agree to one purpose and one recipient', body: consentBody, response: { 201: consentReply } },
    handler: async (request, reply) => {
      const { purpose, recipient, text_version: textVersion } = request.body;
      const result = await customers.giveConsent(request.actor.id, { purpose, recipient, textVersion }, request.by);
      if (!result.ok) return reply.problem(statusOf[result.error.code], result.error);
      return reply.code(201).send(presentConsent(result.value));
    },
  });
  http.delete('/v1/consents/:consent_id', {
    config: { access: 'borrower' },
    schema: { summary: 'Take a consent back', params: consentPath, response: { 200: consentReply } },
    handler: async (request, reply) => {
      const result = await customers.withdrawConsent(request.actor.id, request.params.consent_id, request.by);
      if (!result.ok) return reply.problem(statusOf[result.error.code], result.error);
      return reply.send(presentConsent(result.value));
    },
  });
}

const presentConsent = (consent: Consent): ConsentReply => ({
  consent_id: consent.id,
  purpose: consent.purpose,
  recipient: consent.recipient,
  text_version: consent.textVersion,
  text: consent.text,
  given_at: presentInstant(consent.givenAt),
  withdrawn_at: consent.withdrawnAt === null ? null : presentInstant(consent.withdrawnAt),
});
