import { succeeded, type ApiClient } from './api-client.ts';

/** What a person brings to an application. */
export type Applicant = {
  readonly openid: string;
  readonly name: string;
  readonly idNumber: string;
  readonly phone: string;
  readonly cardNumber: string;
  readonly faceTicket: string;
};

export type Wish = {
  readonly productCode: string;
  readonly amountFen: bigint;
  readonly months: number;
  readonly method: string;
  readonly purpose: string;
};

/** Where a journey ended. `refused` is a refusal at the door (problem+json); the others are the application's own states. */
export type JourneyEnd =
  | { readonly end: 'refused'; readonly code: string }
  | { readonly end: 'application'; readonly id: string; readonly application: Record<string, unknown>; readonly session: Session };

export type Session = { readonly customerId: string; readonly api: ApiClient };

/** What the applicant does on the way: reads and walks away, or types another's card. */
export type Detours = { readonly letsOfferExpire: boolean; readonly cardNumber: string };

/** Signs in with a fresh login code of the super-app (C1). */
export async function signIn(api: ApiClient, openid: string, nonce: string): Promise<Session> {
  const body = succeeded('sign in', await api.post('/v1/sessions', { wechat_code: `code-${openid}-${nonce}` }, `session/${openid}/${nonce}`));
  return { customerId: String(body['customer_id']), api: api.as(String(body['token'])) };
}

/** The five stages (C1–C5) over HTTP, as the borrower's page does them. */
export async function applyThroughStages(api: ApiClient, applicant: Applicant, wish: Wish, detours: Detours): Promise<JourneyEnd> {
  const session = await signIn(api, applicant.openid, 'apply');
  const key = (step: string) => `${applicant.openid}/${step}`;
  for (const consent of CONSENTS) succeeded('consent', await session.api.post('/v1/consents', consent, key(`consent/${consent.purpose}`)));
  const submitted = await session.api.post('/v1/applications', {
    product_code: wish.productCode, amount_fen: wish.amountFen.toString(), months: wish.months, method: wish.method, purpose: wish.purpose,
    declared: { is_student: false },
    applicant: { name: applicant.name, id_number: applicant.idNumber, phone: applicant.phone },
  }, key('application'));
  if (submitted.status >= 400 && submitted.status < 500) return { end: 'refused', code: String(submitted.body['code']) };
  let application = succeeded('application', submitted);
  const id = String(application['id']);
  const post = async (step: string, body: unknown) => succeeded(step, await session.api.post(`/v1/applications/${id}/${step}`, body, key(step)));
  if (application['status'] === 'offered' && !detours.letsOfferExpire) {
    application = await identifyWith(session.api, id, { cardNumber: detours.cardNumber, faceTicket: applicant.faceTicket, openid: applicant.openid });
    if (application['status'] === 'identified') {
      const opened = await post('cost-sheet/openings', {});
      await post('cost-sheet/confirmations', { sheet_hash: opened['sheet_hash'] });
      application = await post('signature', { sheet_hash: opened['sheet_hash'], intent: 'I_AGREE' });
    }
  }
  return { end: 'application', id, application, session };
}

/** Tries the same card until the check passes or no try is left. */
async function identifyWith(api: ApiClient, id: string, { cardNumber, faceTicket, openid }: Pick<Applicant, 'cardNumber' | 'faceTicket' | 'openid'>): Promise<Record<string, unknown>> {
  for (let attempt = 1; ; attempt++) {
    const body = succeeded('identity', await api.post(`/v1/applications/${id}/identity`, { card_number: cardNumber, face_ticket: faceTicket }, `${openid}/identity/${attempt}`));
    if (body['status'] !== 'offered') return body;
  }
}

const CONSENTS = [
  { purpose: 'bureau_query', recipient: 'bureau' },
  { purpose: 'identity_check', recipient: 'identity' },
  { purpose: 'funder_share', recipient: 'funders' },
] as const;
