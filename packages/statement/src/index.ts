/** The door of @mingdai/statement: the only file others import. */
export * from './report.ts';
export * from './verify.ts';
