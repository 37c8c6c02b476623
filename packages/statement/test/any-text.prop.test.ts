import { canonicalJson } from '@mingdai/loan-math';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyHistory } from '../../loan-math/test/arbitraries.ts';
import { fingerprintOf, verifyStatement } from '../src/index.ts';
import { isObject, readJson, type Json } from '../src/json-text.ts';
import { EXAMPLE, EXAMPLE_KEY, exampleStatement, textOf } from './example.ts';

const TRUSTED = { trustedKeyIds: [fingerprintOf(EXAMPLE_KEY.publicKey)] };
const statement = exampleStatement();
const text = textOf(statement);

/** The same value with the members of every object in another order. */
function shuffled(value: Json, order: number): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => shuffled(item, order));
  if (!isObject(value)) return value;
  const names = Object.keys(value);
  const from = order % Math.max(names.length, 1);
  return Object.fromEntries([...names.slice(from).reverse(), ...names.slice(0, from)].map((name) => [name, shuffled(value[name]!, order)]));
}

describe('bytes that do not matter', () => {
  it('white space, the order of members, escapes and a byte order mark change nothing', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 0, max: 4 }), fc.boolean(), (order, indent, isMarked) => {
      const other = `${isMarked ? '\ufeff' : ''}${JSON.stringify(shuffled(statement, order), null, indent)}`;
      expect(verifyStatement(other, TRUSTED)).toEqual(verifyStatement(text, TRUSTED));
    }), { numRuns: 30 });
    expect(verifyStatement(JSON.stringify(statement, null, '\r\n\t '), TRUSTED).verdict).toBe('agrees');
    expect(verifyStatement(text.replace('"webank"', '"\\u0077ebank"'), TRUSTED).verdict).toBe('agrees');
  });
});

describe('any text', () => {
  it('with bytes changed, inserted or deleted agrees only if it still says the same, and otherwise says what is wrong', () => {
    const edit = fc.record({ at: fc.nat(text.length - 1), remove: fc.integer({ min: 0, max: 3 }), insert: fc.oneof(fc.string({ maxLength: 3 }), fc.constantFrom('0', '1', '"', ',', '-', '}', '\\u0000', ' ')) });
    const meaning = canonicalJson(statement);
    fc.assert(fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), (edits) => {
      const other = edits.reduce((now, { at, remove, insert }) => now.slice(0, at) + insert + now.slice(at + remove), text);
      const { verdict, problems } = verifyStatement(other, TRUSTED);
      const { value, isJson, problems: unclear } = readJson(other);
      const saysTheSame = isJson && unclear.length === 0 && canonicalJson(value) === meaning;
      expect(verdict === 'agrees').toBe(saysTheSame);
      if (!saysTheSame) {
        expect(verdict).toMatch(/^(disagrees|unreadable)$/);
        expect(problems[0]!.what.en).not.toBe('');
      }
    }), { numRuns: 300 });
  });

  it('whatever it is, is answered', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json({ maxDepth: 6 }), fc.jsonValue().map((value) => JSON.stringify({ ...statement, events: value }))), (any) => {
      expect(verifyStatement(any, TRUSTED).verdict).toMatch(/^(disagrees|unreadable)$/);
    }), { numRuns: 300 });
  });

  it('that only wants to keep a checker busy is turned away', () => {
    const events = Array.from({ length: 1_001 }, (_, index) => ({ ...(statement['events'] as readonly object[])[1], id: `e${index}`, sequence: index + 1 }));
    const { verdict, problems } = verifyStatement(JSON.stringify({ ...statement, events }));
    expect(verdict).toBe('unreadable');
    expect(problems[0]).toMatchObject({ path: 'events', what: { en: 'must be a list of at most 1000; it is [… 1001]' } });
    expect(verifyStatement('['.repeat(1_000_000)).problems[0]!.what.en).toBe('nested deeper than a statement ever is at line 1, column 18');
    expect(verifyStatement(' '.repeat(8_000_001)).problems[0]!.what.en).toBe('longer than 8000000 characters: no statement is');
    expect(verifyStatement(`{"format":"mingdai-statement/1","x":[${'0,'.repeat(1_100_000)}0]}`).verdict).toBe('unreadable');
  });

  it('is read as JSON.parse reads it, or refused where that refuses it', () => {
    const same = (any: string): void => {
      let parsed: unknown;
      let isParsed = true;
      try {
        parsed = JSON.parse(any);
      } catch {
        isParsed = false;
      }
      const { value, isJson, problems } = readJson(any);
      expect(isJson).toBe(isParsed);
      if (isJson && problems.length === 0) expect(JSON.stringify(value)).toBe(JSON.stringify(parsed));
    };
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json(), fc.string({ unit: fc.constantFrom(...'{}[]",:-0129.eE+tfn\\u ') })), same), { numRuns: 2_000 });
  });
});

describe('any loan', () => {
  it('that the library takes has a statement which agrees, byte for byte the same each time', () => {
    fc.assert(fc.property(anyHistory, ({ terms, events, on }) => {
      const input = { terms, events, asOf: on, knownThrough: events.length, issuedAt: Date.parse('2099-12-31T00:00:00.000Z'), loan: { ...EXAMPLE.loan, signedAt: 0 } };
      const signed = exampleStatement(EXAMPLE_KEY, input);
      expect(textOf(exampleStatement(EXAMPLE_KEY, input))).toBe(textOf(signed));
      const { verdict, problems, checks } = verifyStatement(textOf(signed), TRUSTED);
      expect(problems).toEqual([]);
      expect(verdict).toBe('agrees');
      expect(checks.every(({ label, agrees }) => agrees && label.zh !== label.en)).toBe(true);
    }), { numRuns: 150 });
  });
});
