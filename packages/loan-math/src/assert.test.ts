import { describe, expect, it } from 'vitest';
import { ArgumentError, assert, InvariantError } from './assert.ts';
import { needInteger, needList, needWhole } from './needs.ts';

describe('a bug', () => {
  it('is thrown with the sentence that did not hold', () => {
    expect(() => assert(false, 'rows add up')).toThrow(InvariantError);
    expect(() => assert(false, 'rows add up')).toThrow('rows add up');
    expect(new InvariantError('x').name).toBe('InvariantError');
    expect(assert(true, 'rows add up')).toBeUndefined();
    expect(() => assert(false, 7 as never)).toThrow('what must hold did not');
  });
});

describe('an argument that is refused', () => {
  it('is told in a message of bounded length, whatever it is', () => {
    expect(new ArgumentError('a'.repeat(400), 1, 'b'.repeat(400)).message).toBe(`${'a'.repeat(400)} is 1: ${'b'.repeat(400)}`);
    expect(new ArgumentError('a'.repeat(401), 1, 'b'.repeat(401)).message).toBe(`${'a'.repeat(400)}… is 1: ${'b'.repeat(400)}…`);
    expect(new ArgumentError(7 as never, 1, null as never).message).toBe('something is 1: something');
    expect(new ArgumentError('x', 't'.repeat(60), 'y').message).toBe(`x is "${'t'.repeat(60)}": y`);
    expect([10n ** 60n, 10n ** 60n + 1n, -(10n ** 60n), -(10n ** 60n) - 1n].map((value) => new ArgumentError('x', value, 'y').message.slice(5, 9))).toEqual(['1000', 'more', '-100', 'less']);
  });
  it('may be a proxy that nobody can ask any more', () => {
    const revoked = Proxy.revocable([], {});
    revoked.revoke();
    expect(() => needList('rows', revoked.proxy, 3)).toThrow('rows is an object: a list of at most 3');
    expect(() => needWhole('amount', 7)).toThrow('amount is 7: a bigint');
    expect(() => needInteger('months', { valueOf: () => 3 }, 1, 9)).toThrow('months is an object: a whole number, 1 to 9');
  });
});
