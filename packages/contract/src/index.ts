/** The door of @mingdai/contract: every request and reply, one file per resource. */
export * from './consents.ts';
export * from './payments.ts';
export * from './sessions.ts';
