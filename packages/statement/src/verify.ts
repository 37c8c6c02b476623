import type { StatementReport } from './report.ts';

export type VerifyOptions = {
  /** Fingerprints (64 hex digits) or key ids (their first 16) of the keys to trust. */
  readonly trustedKeyIds?: readonly string[];
};

/** Checks a statement's text. Never throws, whatever the text. */
export function verifyStatement(text: string, _options: VerifyOptions = {}): StatementReport {
  return {
    verdict: 'unreadable', problems: [{ path: '', what: { zh: `无法读取（${text.length}）`, en: `not read (${text.length})` } }], head: null,
    signature: { keyId: null, fingerprint: null, isValid: false, isTrusted: false }, checks: [], lines: [], position: null, terms: null, events: null,
  };
}
