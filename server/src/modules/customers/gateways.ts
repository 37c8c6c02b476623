import type { CheckAnswer } from './domain/identity-check.ts';

/** What WeChat makes of a login code. `unknown`: the code may be used up; the person takes a fresh one. */
export type LoginAnswer =
  | { readonly kind: 'person'; readonly openid: string }
  | { readonly kind: 'refused'; readonly reason: 'code_invalid' | 'code_used' | 'blocked' | 'other' }
  | { readonly kind: 'unknown'; readonly seen: string };

export interface LoginGateway {
  exchange(code: string): Promise<LoginAnswer>;
}

export type CheckQuestion = {
  readonly checkId: string;
  readonly name: string;
  readonly idNumber: string;
  readonly cardNumber: string;
  readonly phone: string;
  readonly faceTicket: string;
};

/** Face recognition and the card's four factors in one check (C3). Idempotent at the provider by check id. */
export interface IdentityGateway {
  check(question: CheckQuestion): Promise<CheckAnswer>;
  ask(checkId: string): Promise<CheckAnswer | { readonly outcome: 'never_seen' }>;
}

export type SmsMessage = { readonly id: string; readonly phone: string; readonly text: string };

/** Needs  The provider delivers one message id once: an unknown outcome may then be tried again under the same id. */
export interface SmsGateway {
  send(message: SmsMessage): Promise<'delivered' | 'refused' | 'unknown'>;
}
