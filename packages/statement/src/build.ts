import { ARITHMETIC_VERSION, type BusinessDate, type LoanEvent } from '@mingdai/loan-math';
import { claimsOf } from './claims-json.ts';
import { contentCodec, EVENTS_MAX, STATEMENT_FORMAT, type StatementContent, type StatementJson } from './document.ts';
import type { Json } from './json-text.ts';
import { sealsOf } from './seals.ts';
import { keyIdOf, signedBytes } from './signing.ts';

/** What a statement is made from; the rest of its content follows. */
export type StatementInput = Omit<StatementContent, 'format' | 'arithmetic' | 'currency' | 'claimed'>;

/**
 * A statement of a loan on a day, not yet signed: contract, events, and the figures that follow from them, with their seals.
 *
 * Keeps   the same input gives the same bytes; `verifyStatement` recomputes every figure it claims.
 * Needs   terms that `validateTerms` and events that `checkEvents` accepts, at most 1000 of them that count.
 * Throws  as `positionOn`; RangeError for more events.
 * Source  docs/specs/statement.md.
 */
export function buildStatement(input: StatementInput): StatementJson {
  const { terms, asOf, knownThrough } = input;
  const events = eventsOfStatement(input.events, asOf, knownThrough);
  if (events.length > EVENTS_MAX) throw new RangeError(`a statement lists at most ${EVENTS_MAX} events, got ${events.length}`);
  const content = contentCodec.write({
    format: STATEMENT_FORMAT, arithmetic: ARITHMETIC_VERSION, currency: 'CNY',
    id: input.id, issuedAt: input.issuedAt, asOf, knownThrough, supersedes: input.supersedes, loan: input.loan,
    terms, events, claimed: claimsOf(terms, events, asOf, knownThrough).claims,
  }) as { readonly [name: string]: Json };
  return { ...content, seals: sealsOf(content) };
}

/**
 * The events that a statement lists: those known that count from the day or before, and a taking back of one of them, whenever it counts from:
 * a repayment that was taken back never was. Notes of the books are no events of the loan. In the order in which we learned of them.
 */
export function eventsOfStatement(events: readonly LoanEvent[], asOf: BusinessDate, knownThrough: number): readonly LoanEvent[] {
  const known = events.filter(({ sequence, kind }) => sequence <= knownThrough && kind !== 'fell_due' && kind !== 'crossed_bucket');
  const listed = new Set(known.filter(({ kind, valueOn }) => kind !== 'repayment_reversed' && valueOn <= asOf).map(({ id }) => id));
  return known
    .filter((event) => (event.kind === 'repayment_reversed' ? listed.has(event.reverses) : listed.has(event.id)))
    .sort((a, b) => a.sequence - b.sequence);
}

/** How the issuer signs. The private key stays where it is. */
export type Signer = {
  /** 32 bytes as 64 hex digits. */
  readonly publicKey: string;
  /** Ed25519 over the bytes; 64 bytes as 128 hex digits. */
  sign(bytes: Uint8Array): string;
};

/** The statement, signed. Source: docs/specs/statement.md §6. */
export function signStatement(statement: StatementJson, signer: Signer): StatementJson {
  const signature = { algorithm: 'Ed25519', key_id: keyIdOf(signer.publicKey), public_key: signer.publicKey };
  return { ...statement, signature: { ...signature, value: signer.sign(signedBytes({ ...statement, signature })) } };
}
