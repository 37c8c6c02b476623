import { describe, expect, it } from 'vitest';
import { fingerprintOf, signStatement, verifyStatement, type Json, type StatementJson, type StatementReport } from '../src/index.ts';
import { leavesOf, sealsOf } from '../src/seals.ts';
import { EXAMPLE, EXAMPLE_KEY, exampleStatement, testSigner, textOf } from './example.ts';

const TRUSTED = { trustedKeyIds: [fingerprintOf(EXAMPLE_KEY.publicKey)] };
const statement = exampleStatement();
const check = (changed: Json): StatementReport => verifyStatement(JSON.stringify(changed), TRUSTED);

/** The statement with one thing changed at a path. */
function changed(path: string, change: (value: Json) => Json | undefined): StatementJson {
  const copy = JSON.parse(JSON.stringify(statement)) as Record<string, unknown>;
  const steps = path.startsWith('seals') ? ['seals', JSON.parse(path.slice(6, -1)) as string] : [...path.matchAll(/[^.[\]]+/g)].map(([step]) => step);
  const last = steps.pop()!;
  const holder = steps.reduce<Record<string, unknown>>((value, step) => value[step] as Record<string, unknown>, copy);
  const value = change(holder[last] as Json);
  if (value !== undefined) holder[last] = value;
  else if (Array.isArray(holder)) holder.splice(Number(last), 1);
  else delete holder[last];
  return copy as StatementJson;
}

/** Something else of the same shape where there is one, as a forger would write it. */
function forged(value: Json): Json {
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  if (typeof value !== 'string') return value === null ? '2026-12-31' : 'x';
  if (/^-?\d+$/.test(value)) return String(BigInt(value) + 1n);
  if (/^\d{4}-\d\d-\d\d/.test(value)) return value.replace(/^\d{4}/, (year) => String(Number(year) + 1));
  return value.endsWith('a') ? `${value.slice(0, -1)}b` : `${value.slice(0, -1)}a`;
}

const every = leavesOf(statement).map(({ path }) => path);
const sealed = every.filter((path) => !path.startsWith('seals') && !path.startsWith('signature'));

describe('a statement in which one thing was changed', () => {
  it('was signed in full: there are leaves of every part', () => {
    expect(check(statement)).toMatchObject({ verdict: 'agrees', problems: [], signature: { isValid: true, isTrusted: true } });
    expect(sealed.length).toBeGreaterThan(250);
  });

  it.each([
    ['forged', forged, /^(disagrees|unreadable)$/],
    ['taken out', () => undefined, /^(disagrees|unreadable)$/],
    ['of another type', (value: Json) => [value], /^unreadable$/],
  ] as const)('any leaf %s: does not agree, and the first thing named is that leaf', (_how, change, verdict) => {
    for (const path of sealed) {
      const report = check(changed(path, change));
      expect(report.verdict, path).toMatch(verdict);
      expect(report.problems[0]!.path.replace(/\[0\]$/, ''), path).toBe(path.replace(/\[0\]$/, ''));
      expect(report.signature.isValid, path).toBe(false);
    }
  });

  it('any seal changed: does not agree, and what it seals is named', () => {
    for (const path of sealed) {
      const { verdict, problems } = check(changed(`seals[${JSON.stringify(path)}]`, forged));
      expect(verdict, path).toBe('disagrees');
      expect(problems[0]!.path).toBe(path);
    }
  });

  it.each(['algorithm', 'key_id', 'public_key', 'value'])('signature.%s: does not agree, and that is named', (member) => {
    for (const change of [forged, () => undefined, () => 7 as Json, () => '0'.repeat(64)]) {
      const { verdict, problems, signature } = check(changed(`signature.${member}`, change));
      expect(verdict).toMatch(/^(disagrees|unreadable)$/);
      expect(problems.map(({ path }) => path).join()).toMatch(/^signature\./);
      expect(signature.isValid).toBe(false);
    }
  });
});

describe('events', () => {
  const events = statement['events'] as readonly Json[];
  const withEvents = (list: readonly Json[]): StatementReport => check({ ...statement, events: list });

  it('in another order: does not agree, and the first one moved is named', () => {
    for (let index = 1; index < events.length; index++) {
      const swapped = [...events.slice(0, index - 1), events[index]!, events[index - 1]!, ...events.slice(index + 1)];
      const { verdict, problems } = withEvents(swapped);
      expect(verdict).toBe('disagrees');
      expect(problems[0]!.path).toBe(`events[${index - 1}].id`);
    }
  });

  it('one taken out: does not agree, and the place is named', () => {
    for (let index = 0; index < events.length; index++) {
      const { verdict, problems } = withEvents(events.filter((_, at) => at !== index));
      expect(verdict).toBe('disagrees');
      expect(problems.map(({ path }) => path)).toContain(`events[${index}].id`);
    }
  });

  it('one given twice, or added: does not agree, and it is named', () => {
    const added = { ...(events[1] as object), id: 'evt_9', sequence: 3 };
    for (const extra of [events[1]!, added as Json]) {
      const { verdict, problems } = withEvents([...events, extra]);
      expect(verdict).toBe('disagrees');
      expect(problems.map(({ path }) => path)).toContain(`events[${events.length}].id`);
    }
  });
});

describe('a statement that was signed again', () => {
  it('by another key: the figures agree, the key is not known, and its fingerprint is shown', () => {
    const other = testSigner(8);
    const report = check(exampleStatement(other));
    expect(report).toMatchObject({ verdict: 'agrees_key_unknown', problems: [], signature: { isValid: true, isTrusted: false, fingerprint: fingerprintOf(other.publicKey) } });
  });

  it('with a figure that does not follow: disagrees at that figure, with both', () => {
    const signer = testSigner(8);
    const { signature: _, ...lying } = exampleStatement(signer);
    const claimed = { ...(lying['claimed'] as Record<string, Json>), principal_outstanding_fen: '700000' };
    const resigned = signStatement({ ...lying, claimed, seals: sealsOf({ ...lying, claimed }) }, signer);
    expect(verifyStatement(textOf(resigned), { trustedKeyIds: [fingerprintOf(signer.publicKey)] })).toMatchObject({
      verdict: 'disagrees', signature: { isValid: true, isTrusted: true },
      problems: [{ path: 'claimed.principal_outstanding_fen', claimed: '7000.00', recomputed: '7072.62' }],
    });
  });

  it("with the other key's name on the old signature: disagrees at the signature", () => {
    const other = exampleStatement(testSigner(8));
    const report = check({ ...statement, signature: { ...(other['signature'] as object), value: (statement['signature'] as Record<string, Json>)['value']! } });
    expect(report).toMatchObject({ verdict: 'disagrees', problems: [{ path: 'signature.value' }], signature: { isValid: false, isTrusted: false } });
  });

  it('content and seal changed together, not signed again: disagrees at the signature, and says that they were', () => {
    const other = exampleStatement(EXAMPLE_KEY, { loan: { ...EXAMPLE.loan, lender: 'bank_b' } });
    const report = check({ ...other, signature: statement['signature']! });
    expect(report).toMatchObject({ verdict: 'disagrees', problems: [{ path: 'signature.value', what: { en: expect.stringContaining('changed together') } }] });
  });
});
