import type { CatalogError } from '../catalog/index.ts';
import type { CustomersError } from '../customers/index.ts';

/** What a person who applies may be refused: our own reasons, and those of the catalogue and of customers, which keep their words. */
export type ApplyingError = OriginationError | CatalogError | CustomersError;

/** Why origination says no, in order of checking. Statuses are those of domain/application.ts. */
export type OriginationError =
  | { readonly code: 'purpose_forbidden'; readonly purpose: string; readonly rule: string }
  /** DATA-001, DATA-011: nothing is asked about a person, or given away, without the consent named. */
  | { readonly code: 'consent_needed'; readonly purpose: string }
  /** One open application per person and product. */
  | { readonly code: 'application_already_open'; readonly application_id: string }
  | { readonly code: 'application_not_found'; readonly application_id: string }
  /** Ended: nothing more can happen to it. */
  | { readonly code: 'application_closed'; readonly status: string; readonly reason: string | null }
  /** The stage before has not ended. */
  | { readonly code: 'application_not_ready'; readonly status: string; readonly command: string }
  | { readonly code: 'offer_expired'; readonly expired_at: string }
  /** The hash confirmed or signed is not that of the offer's cost sheet. */
  | { readonly code: 'cost_sheet_differs'; readonly sheet_hash: string; readonly offered_sheet_hash: string }
  /** RATE-005: this version was not opened, not read for long enough, or not confirmed. */
  | { readonly code: 'cost_sheet_not_opened'; readonly sheet_hash: string; readonly rule: 'RATE-005' }
  | { readonly code: 'cost_sheet_not_read'; readonly sheet_hash: string; readonly rule: 'RATE-005'; readonly seconds_needed: number; readonly seconds_read: number }
  | { readonly code: 'cost_sheet_not_confirmed'; readonly sheet_hash: string; readonly rule: 'RATE-005' }
  /** The sheet shows another day's schedule: open it again for today's. */
  | { readonly code: 'cost_sheet_outdated'; readonly sheet_hash: string; readonly starts_on: string; readonly today: string }
  /** A funder's own yes is missing (ILOAN-011). */
  | { readonly code: 'funder_decision_missing'; readonly funders: readonly string[] }
  /** The identity check gave no answer yet: ask again with the same data. */
  | { readonly code: 'identity_check_unknown'; readonly application_id: string };
