import { describe, expect, it } from 'vitest';
import { ArgumentError, assert, InvariantError } from './assert.ts';

const unchecked = <T>(value: unknown): T => value as T;
const messageOf = (argument: unknown, value: unknown, bound: unknown): string => new ArgumentError(unchecked(argument), value, unchecked(bound)).message;

describe('what must hold', () => {
  it('passes in silence when it does', () => expect(assert(true, 'the balance is 0')).toBeUndefined());
  it('is a bug when it does not, in the words it was stated in', () => {
    const broken = (): void => assert(false, 'the balance is 0');
    expect(broken).toThrow(InvariantError);
    expect(broken).toThrow(/^the balance is 0$/);
    expect(new InvariantError('x').name).toBe('InvariantError');
  });
  it('has words of its own when it was stated in none', () => expect(new InvariantError(unchecked(Symbol('s'))).message).toBe('what must hold did not'));
});

describe('what is said of an argument', () => {
  it('is cut after 400 characters of its path, and of its bound', () => {
    expect(messageOf('a'.repeat(400), 1, 'b'.repeat(400))).toBe(`${'a'.repeat(400)} is 1: ${'b'.repeat(400)}`);
    expect(messageOf('a'.repeat(401), 1, 'b'.repeat(401))).toBe(`${'a'.repeat(400)}… is 1: ${'b'.repeat(400)}…`);
  });
  it('is "something" where the path or the bound are no text', () => expect(messageOf(undefined, 1, Symbol('s'))).toBe('something is 1: something'));
  it('is cut after 60 characters of its value', () => {
    expect(messageOf('text', 'x'.repeat(60), 'short')).toBe(`text is "${'x'.repeat(60)}": short`);
    expect(messageOf('text', 'x'.repeat(61), 'short')).toBe(`text is "${'x'.repeat(60)}…": short`);
  });
  it('is a number up to 10^60, and its size beyond', () => {
    const shown = (value: bigint): string => messageOf('n', value, 'less');
    expect([10n ** 60n, 10n ** 60n + 1n, -(10n ** 60n), -(10n ** 60n) - 1n].map(shown)).toEqual([
      `n is 1${'0'.repeat(60)}: less`, 'n is more than 10^60: less', `n is -1${'0'.repeat(60)}: less`, 'n is less than -10^60: less',
    ]);
  });
});
