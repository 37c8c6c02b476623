/** The door of @mingdai/statement: the only file others import. */
export { buildStatement, eventsOfStatement, signStatement, type Signer, type StatementInput } from './build.ts';
export { claimsOf, claimsToJson, type Claims } from './claims-json.ts';
export { EVENTS_MAX, STATEMENT_FORMAT, type StatementJson, type StatementLoan } from './document.ts';
export { eventFromJson, eventFromPayload, eventToJson, payloadToJson, type EventJson, type EventPayload } from './event-json.ts';
export type { Json } from './json-text.ts';
export * from './report.ts';
export { contentHash, fingerprintOf, keyIdOf, signedBytes } from './signing.ts';
export { termsFromJson, termsToJson, type TermsJson } from './terms-json.ts';
export { verifyStatement, type VerifyOptions } from './verify.ts';
