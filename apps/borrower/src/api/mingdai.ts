import type {
  ApplicationBody, ApplicationReply, ConsentPurpose, ConsentReply, ConsentTextReply, FunderNamesReply, LoanRecordReply, LoanReply, LoanSummaryView, MeReply, ProductsReply, QuoteBody, QuoteReply,
  RepaymentBody, RepaymentReply, SessionReply, SettlementQuoteReply, SheetOpeningReply,
} from '@mingdai/contract';
import type { Http, Reply } from './http.ts';
import type { Intents } from './intent.ts';

export type Session = { readonly token: string; readonly customerId: string };

/** Everything this page may ask of the server, by name. Each change takes the key of the borrower's intent. */
export type Mingdai = ReturnType<typeof createMingdai>;

export function createMingdai(http: Http, intents: Intents, session: () => Session | null) {
  const token = () => session()?.token ?? null;
  const get = <T>(path: string): Promise<Reply<T>> => http.ask<T>({ method: 'GET', path, token: token() });
  const change = async <T>(intent: string, path: string, body: unknown): Promise<Reply<T>> => {
    const reply = await http.ask<T>({ method: 'POST', path, body, key: intents.keyFor(intent, body), token: token() });
    intents.answered(intent, reply);
    return reply;
  };
  const ofApplication = (id: string, what: string) => `/v1/applications/${encodeURIComponent(id)}/${what}`;
  const ofLoan = (id: string, what: string) => `/v1/loans/${encodeURIComponent(id)}${what}`;

  return {
    products: () => get<ProductsReply>('/v1/products'),
    funders: () => get<FunderNamesReply>('/v1/funders'),
    quote: (body: QuoteBody) => http.ask<QuoteReply>({ method: 'POST', path: '/v1/quotes', body }),
    signIn: (wechatCode: string) => change<SessionReply>('sign-in', '/v1/sessions', { wechat_code: wechatCode }),
    me: () => get<MeReply>('/v1/me'),
    consentText: (purpose: ConsentPurpose, recipient: string) =>
      get<ConsentTextReply>(`/v1/consent-texts?purpose=${purpose}&recipient=${encodeURIComponent(recipient)}`),
    consent: (purpose: ConsentPurpose, recipient: string, textVersion: number) =>
      change<ConsentReply>(`consent/${purpose}`, '/v1/consents', { purpose, recipient, text_version: textVersion }),
    apply: (body: ApplicationBody) => change<ApplicationReply>('apply', '/v1/applications', body),
    applications: () => get<{ readonly applications: readonly ApplicationReply[] }>('/v1/applications'),
    application: (id: string) => get<ApplicationReply>(`/v1/applications/${encodeURIComponent(id)}`),
    identify: (id: string, body: { readonly card_number: string; readonly face_ticket: string }) =>
      change<ApplicationReply>(`identify/${id}`, ofApplication(id, 'identity'), body),
    openSheet: (id: string) => change<SheetOpeningReply>(`open/${id}`, ofApplication(id, 'cost-sheet/openings'), {}),
    confirmSheet: (id: string, sheetHash: string) =>
      change<{ readonly sheet_hash: string }>(`confirm/${id}`, ofApplication(id, 'cost-sheet/confirmations'), { sheet_hash: sheetHash }),
    sign: (id: string, sheetHash: string) =>
      change<ApplicationReply>(`sign/${id}`, ofApplication(id, 'signature'), { sheet_hash: sheetHash, intent: 'I_AGREE' }),
    withdraw: (id: string) => change<ApplicationReply>(`withdraw/${id}`, ofApplication(id, 'withdrawal'), {}),
    loans: () => get<{ readonly loans: readonly LoanSummaryView[] }>('/v1/loans'),
    loan: (id: string) => get<LoanReply>(ofLoan(id, '')),
    loanRecord: (id: string) => get<LoanRecordReply>(ofLoan(id, '/record')),
    statement: (id: string) => get<Readonly<Record<string, unknown>>>(ofLoan(id, '/statement')),
    settlementQuote: (id: string) => get<SettlementQuoteReply>(ofLoan(id, '/settlement-quote')),
    repay: (id: string, body: RepaymentBody) => change<RepaymentReply>(`repay/${id}`, ofLoan(id, '/repayments'), body),
  };
}
