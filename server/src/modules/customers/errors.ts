import type { ConsentPurpose } from './domain/consent.ts';

/** The refusals of customers, in order of checking. */
export type CustomersError =
  /** WeChat does not know the code, or it was used. */
  | { readonly code: 'login_code_refused'; readonly reason: string }
  /** WeChat gave no answer: sign in again with a fresh code. */
  | { readonly code: 'login_unavailable' }
  | { readonly code: 'customer_not_found' }
  | { readonly code: 'name_malformed' }
  /** ID-001 (and ID-002 where synthetic numbers are not accepted). */
  | { readonly code: 'id_number_malformed'; readonly rule: 'ID-001' | 'ID-002' }
  /** ID-004 */
  | { readonly code: 'phone_malformed' }
  /** ILOAN-022 */
  | { readonly code: 'applicant_under_age'; readonly rule: 'ILOAN-022'; readonly minimumAge: number }
  /** Another customer has registered this id number. */
  | { readonly code: 'id_number_taken' }
  /** This customer has registered another id number. */
  | { readonly code: 'id_number_fixed' }
  | { readonly code: 'customer_not_registered' }
  /** DATA-001, DATA-010, DATA-011: nothing is given away without a consent that stands. */
  | { readonly code: 'consent_missing'; readonly purpose: ConsentPurpose }
  /** The text agreed to is no longer the current one. */
  | { readonly code: 'consent_text_outdated'; readonly currentVersion: number }
  | { readonly code: 'consent_not_found' }
  /** ID-003 */
  | { readonly code: 'card_number_malformed' }
  /** One check is about one card. */
  | { readonly code: 'identity_check_reused'; readonly checkId: string };
