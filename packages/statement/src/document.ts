import type { BusinessDate, FundingShare, LoanEvent, LoanTerms } from '@mingdai/loan-math';
import { claimsCodec, type Claims } from './claims-json.ts';
import { code, day, field, hex, instant, leaf, list, nullable, oneOf, record, text, whole, type Codec } from './codec.ts';
import { eventCodec } from './event-json.ts';
import type { Json } from './json-text.ts';
import { sealsCodec, type Seals } from './seals.ts';
import { shareCodec, termsCodec } from './terms-json.ts';
import { rule } from './words.ts';

export const STATEMENT_FORMAT = 'mingdai-statement/1';

/** No loan has more: who writes longer lists wants to keep a checker busy. */
export const EVENTS_MAX = 1_000;

/** Which loan it is: stated, not computed. Who borrowed is not said. */
export type StatementLoan = {
  readonly id: string;
  readonly contractId: string;
  readonly productCode: string;
  readonly productVersion: number;
  readonly lender: string;
  /** Epoch milliseconds. */
  readonly signedAt: number;
  readonly sheetHash: string;
  readonly shares: readonly FundingShare[];
};

export type StatementContent = {
  readonly format: string;
  readonly arithmetic: string;
  readonly currency: 'CNY';
  readonly id: string;
  /** Epoch milliseconds. */
  readonly issuedAt: number;
  readonly asOf: BusinessDate;
  /** The sequence of the last event we had learned of, whether or not it counts by the day. */
  readonly knownThrough: number;
  readonly supersedes: string | null;
  readonly loan: StatementLoan;
  readonly terms: LoanTerms;
  readonly events: readonly LoanEvent[];
  readonly claimed: Claims;
};

export type SignatureMembers = { readonly algorithm: 'Ed25519'; readonly keyId: string; readonly publicKey: string; readonly value: string };

export type StatementDocument = StatementContent & { readonly seals: Seals; readonly signature: SignatureMembers };

const only = (word: string): Codec<string> => leaf(rule.oneOf([word]), (value) => value, (value) => (value === word ? word : undefined));

const loan = record<StatementLoan>({
  id: field('id', code(200)),
  contractId: field('contract_id', code(200)),
  productCode: field('product_code', code(200)),
  productVersion: field('product_version', whole(0, 1_000_000_000)),
  lender: field('lender', text(200)),
  signedAt: field('signed_at', instant),
  sheetHash: field('sheet_hash', code(200)),
  shares: field('shares', list(shareCodec, 1_000)),
});

const content = {
  format: field('format', only(STATEMENT_FORMAT)),
  arithmetic: field('arithmetic', code(20)),
  currency: field('currency', oneOf<'CNY'>('CNY')),
  id: field('id', code(200)),
  issuedAt: field('issued_at', instant),
  asOf: field('as_of', day),
  knownThrough: field('known_through', whole(0, 1_000_000_000)),
  supersedes: field('supersedes', nullable(code(200))),
  loan: field('loan', loan),
  terms: field('terms', termsCodec),
  events: field('events', list(eventCodec, EVENTS_MAX)),
  claimed: field('claimed', claimsCodec),
};

/** A statement without seals and signature: what it says. */
export const contentCodec = record<StatementContent>(content);

export const signatureCodec = record<SignatureMembers>({
  algorithm: field('algorithm', oneOf<'Ed25519'>('Ed25519')),
  keyId: field('key_id', hex(16)),
  publicKey: field('public_key', hex(64)),
  value: field('value', hex(128)),
});

export const documentCodec = record<StatementDocument>({ ...content, seals: field('seals', sealsCodec), signature: field('signature', signatureCodec) });

/** A statement as JSON. */
export type StatementJson = { readonly [name: string]: Json };
