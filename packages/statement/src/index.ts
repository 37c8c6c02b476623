/** The door of @mingdai/statement: others import this file, or json.ts. */
export { buildStatement, eventsOfStatement, signStatement, type Signer, type StatementInput } from './build.ts';
export { claimsOf, claimsToJson, type Claims } from './claims-json.ts';
export { EVENTS_MAX, STATEMENT_FORMAT, type StatementJson, type StatementLoan } from './document.ts';
export { fractionOf, type FractionText } from './fraction-text.ts';
export * from './json.ts';
export type { Json } from './json-text.ts';
export * from './report.ts';
export { contentHash, fingerprintOf, keyIdOf, signedBytes } from './signing.ts';
export { verifyStatement, type VerifyOptions } from './verify.ts';
