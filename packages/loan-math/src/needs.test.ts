import { describe, expect, it } from 'vitest';
import { ArgumentError } from './assert.ts';
import { needBigint, needBoolean, needFunction, needInteger, needList, needObject, needOneOf, needText, needWhole } from './needs.ts';

const said = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof ArgumentError) return error.message;
    throw error;
  }
  return 'taken';
};

describe('an argument outside its bounds', () => {
  it('is named, with its value and the bound', () => {
    const error = new ArgumentError('months', 481, '1 to 480');
    expect(error).toBeInstanceOf(RangeError);
    expect([error.name, error.message, error.argument, error.value, error.bound]).toEqual(['ArgumentError', 'months is 481: 1 to 480', 'months', 481, '1 to 480']);
  });
  it('is shown in a few words, whatever it is', () => {
    const revoked = Proxy.revocable({}, {});
    revoked.revoke();
    const shown = (value: unknown): string => new ArgumentError('x', value, 'y').message.slice('x is '.length, -': y'.length);
    expect([1.5, -0, Number.NaN, 12n, 10n ** 4000n, -(10n ** 4000n), '1"', null, undefined, true, [1, 2], {}, () => 1, Symbol('s'), revoked.proxy].map(shown)).toEqual(
      ['1.5', '-0', 'NaN', '12', 'more than 10^60', 'less than -10^60', '"1\\""', 'null', 'undefined', 'true', 'a list of 2', 'an object', 'a function', 'a symbol', 'an object'],
    );
    expect(shown('a'.repeat(1000))).toBe(`"${'a'.repeat(60)}…"`);
  });
});

describe('what is needed', () => {
  it('is a whole number from … to …', () => {
    expect([1, 480].map((value) => said(() => needInteger('months', value, 1, 480)))).toEqual(['taken', 'taken']);
    expect([0, 481, 1.5, '12', 12n, Number.NaN, Infinity].map((value) => said(() => needInteger('months', value, 1, 480)))).toEqual([
      'months is 0: 1 to 480', 'months is 481: 1 to 480', 'months is 1.5: a whole number, 1 to 480', 'months is "12": a whole number, 1 to 480',
      'months is 12: a whole number, 1 to 480', 'months is NaN: a whole number, 1 to 480', 'months is Infinity: a whole number, 1 to 480',
    ]);
    expect(said(() => needInteger('days', -0, 0, 9))).toBe('days is -0: a whole number, 0 to 9');
  });
  it('is a bigint from … to …', () => {
    expect([0n, 9n].map((value) => said(() => needBigint('fee', value, 0n, 9n)))).toEqual(['taken', 'taken']);
    expect([-1n, 10n, 5, '5', undefined].map((value) => said(() => needBigint('fee', value, 0n, 9n)))).toEqual([
      'fee is -1: 0 to 9', 'fee is 10: 0 to 9', 'fee is 5: a bigint, 0 to 9', 'fee is "5": a bigint, 0 to 9', 'fee is undefined: a bigint, 0 to 9',
    ]);
  });
  it('is a bigint of any size', () => {
    expect([-(10n ** 100n), 0n].map((value) => said(() => needWhole('numerator', value)))).toEqual(['taken', 'taken']);
    expect(said(() => needWhole('numerator', 1))).toBe('numerator is 1: a bigint');
  });
  it('is no list that cannot be looked into', () => {
    const { proxy, revoke } = Proxy.revocable<unknown[]>([], {});
    revoke();
    expect(said(() => needList('flows', proxy, 1))).toBe('flows is an object: a list of at most 1');
    expect(said(() => needObject('terms', proxy))).toBe('taken');
  });
  it('is a word, a text, a list, an object, a function, true or false', () => {
    expect([
      said(() => needOneOf('per', 'week', ['day', 'month'])), said(() => needOneOf('per', 'day', ['day', 'month'])), said(() => needOneOf('per', 'toString', ['day'])),
      said(() => needText('text', 'abc', 2)), said(() => needText('text', 1, 2)), said(() => needText('text', 'ab', 2)),
      said(() => needList('flows', [1, 2], 1)), said(() => needList('flows', { length: 1 }, 1)), said(() => needList('flows', [1], 1)),
      said(() => needObject('terms', null)), said(() => needObject('terms', [])), said(() => needObject('terms', 'x')), said(() => needObject('terms', {})),
      said(() => needFunction('act', 1)), said(() => needFunction('act', () => 1)),
      said(() => needBoolean('isOpen', 0)), said(() => needBoolean('isOpen', false)),
    ]).toEqual([
      'per is "week": one of day, month', 'taken', 'per is "toString": one of day',
      'text is "abc": at most 2 characters', 'text is 1: a text of at most 2 characters', 'taken',
      'flows is a list of 2: at most 1 entries', 'flows is an object: a list of at most 1', 'taken',
      'terms is null: an object', 'terms is a list of 0: an object', 'terms is "x": an object', 'taken',
      'act is 1: a function', 'taken',
      'isOpen is 0: true or false', 'taken',
    ]);
  });
});
