import { describe, expect, it } from 'vitest';
import { ArgumentError } from './assert.ts';
import { canonicalJson } from './canonical-json.ts';

const said = (value: unknown): string => {
  try {
    return canonicalJson(value);
  } catch (error) {
    if (error instanceof ArgumentError) return error.message;
    throw error;
  }
};
const nested = (depth: number, wrap: (inner: unknown) => unknown): unknown => Array.from({ length: depth }).reduce(wrap, 1);

describe('the one JSON text of a value', () => {
  const texts: readonly (readonly [value: unknown, text: string])[] = [
    [null, 'null'], [true, 'true'], [false, 'false'], ['a "b"\n', '"a \\"b\\"\\n"'], ['', '""'],
    [0, '0'], [-1.5, '-1.5'], [1e21, '1e+21'], [0n, '"0"'], [-123_456_789_012_345_678_901n, '"-123456789012345678901"'],
    [[], '[]'], [[1, [2, null], 'c'], '[1,[2,null],"c"]'], [{}, '{}'],
    [{ b: 1, a: { d: 2n, c: [true] } }, '{"a":{"c":[true],"d":"2"},"b":1}'],
    [{ kept: 1, left: undefined, also: null }, '{"also":null,"kept":1}'],
    [Object.assign(Object.create(null) as object, { z: 1, y: 2 }), '{"y":2,"z":1}'],
  ];
  for (const [value, text] of texts) it(`is ${text}`, () => expect(canonicalJson(value)).toBe(text));

  it('has its keys in the order of their code units, capitals before small letters and 10 before 9', () => {
    expect(canonicalJson({ é: 1, z: 2, a: 3, Z: 4, '\u{1F600}': 5, '\uFF5E': 6, 'x9': 7, 'x10': 8, '': 9, '"': 10 }))
      .toBe('{"":9,"\\"":10,"Z":4,"a":3,"x10":8,"x9":7,"z":2,"é":1,"\u{1F600}":5,"\uFF5E":6}');
  });

  const refused: readonly (readonly [what: string, value: unknown, message: string])[] = [
    ['nothing', undefined, 'value is undefined: plain data with a canonical JSON text'],
    ['not a number', { a: Number.NaN }, 'value.a is NaN: plain data with a canonical JSON text'],
    ['infinity', [1, Infinity], 'value[1] is Infinity: plain data with a canonical JSON text'],
    ['a negative zero', -0, 'value is -0: plain data with a canonical JSON text'],
    ['a function', { act: () => 1 }, 'value.act is a function: plain data with a canonical JSON text'],
    ['a symbol', [Symbol('s')], 'value[0] is a symbol: plain data with a canonical JSON text'],
    ['a day with a class', { terms: { on: new Date(0) } }, 'value.terms.on is an object: plain data with a canonical JSON text'],
    ['a map', new Map(), 'value is an object: plain data with a canonical JSON text'],
    ['a member under a symbol', { [Symbol('s')]: 1 }, 'value is an object: plain data with a canonical JSON text'],
    ['a list with a gap', { list: Object.assign([1], { length: 2 }) }, 'value.list[1] is undefined: plain data with a canonical JSON text'],
  ];
  it.each(refused)('is refused to %s', (_what, value, message) => expect(said(value)).toBe(message));

  it('takes an empty place of a list for null', () => expect(canonicalJson([undefined, 1])).toBe('[null,1]'));

  it('goes a hundred deep, in lists and in members', () => {
    expect(canonicalJson(nested(100, (inner) => [inner]))).toBe(`${'['.repeat(100)}1${']'.repeat(100)}`);
    expect(said(nested(102, (inner) => [inner]))).toBe(`value${'[0]'.repeat(100)} is a list of 1: at most 100 deep, for a canonical JSON text`);
    expect(said(nested(102, (inner) => ({ a: inner })))).toBe(`value${'.a'.repeat(100)} is an object: at most 100 deep, for a canonical JSON text`);
  });
  it('is refused to what holds itself', () => {
    const ring: Record<string, unknown> = {};
    ring['again'] = ring;
    expect(said(ring)).toContain('at most 100 deep');
  });
  it('has at most a million values, the list itself among them', () => {
    const zeros = (count: number): readonly number[] => Array.from({ length: count }, () => 0);
    expect(canonicalJson(zeros(999_999))).toHaveLength(2 * 999_999 + 1);
    expect(said(zeros(1_000_000))).toBe('value[999999] is 0: at most 1000000 values');
  });
});
