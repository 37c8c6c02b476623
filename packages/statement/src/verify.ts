import { accountLines, ARITHMETIC_VERSION, checkEvents, validateTerms, type AccountLine, type LoanEvent, type Position, type Words } from '@mingdai/loan-math';
import { checksOf } from './checks.ts';
import { claimsOf, claimsToJson } from './claims-json.ts';
import { contradictionIn } from './contradictions.ts';
import { documentCodec, signatureCodec, STATEMENT_FORMAT, type StatementDocument } from './document.ts';
import { isObject, readJson, type Json } from './json-text.ts';
import { refusalText } from './refusal-text.ts';
import type { StatementCheck, StatementHead, StatementProblem, StatementReport, StatementSignature, StatementVerdict } from './report.ts';
import { touchedLeaves } from './seals.ts';
import { fingerprintOf, isSignedBy, keyIdOf, signedBytes } from './signing.ts';
import { say } from './words.ts';

export type VerifyOptions = {
  /** Fingerprints (64 hex digits) or key ids (their first 16) of the keys to trust; spaces, colons and capitals do not matter. */
  readonly trustedKeyIds?: readonly string[];
};

/**
 * Checks a statement as anybody can: reads it strictly, checks signature and seals, and computes every figure anew.
 *
 * Keeps   `agrees` and `agrees_key_unknown` mean that nothing of the content was changed since that key signed it and that each claimed
 *         figure follows from the contract and the events listed. White space, the order of members and how characters are
 *         escaped do not matter.
 * Needs   nothing: any text is checked. Never throws.
 * Source  docs/specs/statement.md §7.
 */
export function verifyStatement(text: string, options: VerifyOptions = {}): StatementReport {
  try {
    return verified(text, options.trustedKeyIds ?? []);
  } catch (cause) {
    return report('unreadable', [{ path: '', what: say.notRecomputed(messageOf(cause)) }]); // a text that only wants to keep us busy
  }
}

function verified(text: string, trusted: readonly string[]): StatementReport {
  const { value, isJson, problems: written } = readJson(text);
  if (!isJson || !isObject(value) || value['format'] !== STATEMENT_FORMAT) {
    return report('unreadable', isJson ? [...written, { path: 'format', what: say.noFormat(STATEMENT_FORMAT) }] : written);
  }
  const { signature, problems: unsigned } = signatureOf(value, trusted);
  const touched = touchedLeaves(value, value['seals'] ?? null);
  const misread: StatementProblem[] = [...written];
  const document = documentCodec.read(value, '', misread);
  if (document === undefined || misread.length > 0) return { ...report('unreadable', merged(misread, touched, unsigned)), signature };
  const body = { head: headOf(document), signature, terms: document.terms, events: document.events };
  if (document.arithmetic !== ARITHMETIC_VERSION) {
    const other = { path: 'arithmetic', what: say.otherArithmetic(document.arithmetic, ARITHMETIC_VERSION) };
    return { ...report('unreadable', merged([other], touched, unsigned)), ...body };
  }
  const { problems: differing, ...recomputed } = recompute(document, value['claimed']!);
  const hidden = unsigned.map((problem) => (problem.path === 'signature.value' && touched.length === 0 && differing.length === 0 ? { ...problem, what: say.signatureHidden } : problem));
  const problems = merged(touched, differing, hidden);
  const agreeing = signature.isTrusted ? 'agrees' : 'agrees_key_unknown';
  return { verdict: problems.length > 0 ? 'disagrees' : agreeing, problems, ...body, ...recomputed };
}

/** More help nobody: who changed everything changed the first ones too. */
const PROBLEMS_MAX = 1_000;
const PATH_MAX = 300;

function report(verdict: StatementVerdict, problems: readonly StatementProblem[]): StatementReport {
  return {
    verdict, problems, head: null, signature: { keyId: null, fingerprint: null, isValid: false, isTrusted: false },
    checks: [], lines: [], position: null, terms: null, events: null,
  };
}

/** Each path once: what is said of it first stands, with figures added where a later one has them. */
function merged(...lists: readonly (readonly StatementProblem[])[]): readonly StatementProblem[] {
  const byPath = new Map<string, StatementProblem>();
  for (const problem of lists.flat()) {
    const earlier = byPath.get(problem.path);
    byPath.set(problem.path, earlier === undefined ? problem : { ...problem, ...earlier });
  }
  return [...byPath.values()].slice(0, PROBLEMS_MAX).map((problem) => (problem.path.length > PATH_MAX ? { ...problem, path: `${problem.path.slice(0, PATH_MAX)}…` } : problem));
}

function signatureOf(statement: { readonly [name: string]: Json }, trusted: readonly string[]): { readonly signature: StatementSignature; readonly problems: readonly StatementProblem[] } {
  const problems: StatementProblem[] = [];
  const members = statement['signature'] === undefined ? undefined : signatureCodec.read(statement['signature'], 'signature', problems);
  if (members === undefined) {
    const unread = problems.length > 0 ? problems : [{ path: 'signature', what: say.missing }];
    return { signature: { keyId: null, fingerprint: null, isValid: false, isTrusted: false }, problems: unread };
  }
  const { keyId, publicKey, value } = members;
  const fingerprint = fingerprintOf(publicKey);
  if (keyIdOf(publicKey) !== keyId) problems.push({ path: 'signature.key_id', what: say.keyIdWrong(keyIdOf(publicKey)) });
  const isValid = isSignedBy(publicKey, value, signedBytes(statement)) && problems.length === 0;
  if (!isValid && problems.length === 0) problems.push({ path: 'signature.value', what: say.signatureWrong });
  const isTrusted = trusted.map((key) => key.replace(/^\s*sha-?256/i, '').replace(/[\s:-]/g, '').toLowerCase()).some((key) => key === fingerprint || key === keyIdOf(publicKey));
  return { signature: { keyId, fingerprint, isValid, isTrusted }, problems };
}

type Recomputed = {
  readonly problems: readonly StatementProblem[];
  readonly checks: readonly StatementCheck[];
  readonly lines: readonly AccountLine[];
  readonly position: Position | null;
};

function recompute(document: StatementDocument, claimed: Json): Recomputed {
  const { terms, events, asOf, knownThrough } = document;
  const impossible = contradictionIn(document) ?? impossibleIn({ terms, events, asOf, knownThrough });
  if (impossible !== null) return { problems: [impossible], checks: [], lines: [], position: null };
  try {
    const { claims, position } = claimsOf(terms, events, asOf, knownThrough);
    const checks = checksOf(claimed, claimsToJson(claims));
    const problems = checks.filter(({ agrees }) => !agrees).map((check) => ({ path: check.path, what: differing(check), claimed: check.claimed, recomputed: check.recomputed }));
    return { problems, checks, lines: explained(document), position };
  } catch (cause) {
    return { problems: [{ path: 'events', what: say.notRecomputed(messageOf(cause)) }], checks: [], lines: [], position: null };
  }
}

/** The account in words. Where we cannot tell it, that is our fault, not the issuer's: the figures stand for themselves. */
function explained({ terms, events, asOf, knownThrough }: StatementDocument): readonly AccountLine[] {
  try {
    return accountLines(terms, events, asOf, knownThrough);
  } catch {
    return [];
  }
}

const messageOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause)).slice(0, 300);

const differing = ({ label }: StatementCheck): Words => ({ zh: `${label.zh}：${say.differs.zh}`, en: `${label.en}: ${say.differs.en}` });

/** What no loan can have: found before it is folded, and named. */
function impossibleIn({ terms, events, asOf, knownThrough }: Pick<StatementDocument, 'terms' | 'events' | 'asOf' | 'knownThrough'>): StatementProblem | null {
  const byTerms = validateTerms(terms);
  if (!byTerms.ok) return { path: 'terms', what: say.terms(refusalText(byTerms.error)) };
  for (const [index, event] of events.entries()) {
    const path = `events[${index}]`;
    if (event.sequence > knownThrough) return { path: `${path}.sequence`, what: say.learnedLater(knownThrough) };
    if (event.kind === 'fell_due' || event.kind === 'crossed_bucket') return { path: `${path}.kind`, what: say.marker };
    if (event.valueOn > asOf && !isReversalOf(event, events)) return { path: `${path}.value_on`, what: say.countsLater };
  }
  const byEvents = checkEvents(terms, events);
  if (byEvents.ok) return null;
  const at = events.findIndex(({ id }) => id === byEvents.error.event);
  return { path: at < 0 ? 'events' : `events[${at}]`, what: say.events(refusalText(byEvents.error)) };
}

const isReversalOf = (event: LoanEvent, events: readonly LoanEvent[]): boolean => event.kind === 'repayment_reversed' && events.some(({ id }) => id === event.reverses);

function headOf({ id, arithmetic, currency, issuedAt, asOf, knownThrough, supersedes, loan }: StatementDocument): StatementHead {
  const { shares, ...rest } = loan;
  return {
    id, arithmetic, currency, issuedAt: new Date(issuedAt).toISOString(), asOf, knownThrough, supersedes,
    loan: { ...rest, signedAt: new Date(loan.signedAt).toISOString(), funders: shares },
  };
}
