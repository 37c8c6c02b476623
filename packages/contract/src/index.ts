/** The door of @mingdai/contract: every request and reply, one file per resource. */
export * from './consents.ts';
export * from './payments.ts';
export * from './sessions.ts';
export * from './decisions.ts';
export * from './problem.ts';
export * from './products.ts';
export * from './quotes.ts';
export * from './funding.ts';
export * from './applications.ts';
export * from './ledger.ts';
export * from './loans.ts';
export * from './operations.ts';
